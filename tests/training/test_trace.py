"""A trace has the numbers of a real step of training, whatever the network, the loss and the optimizer."""

import numpy as np
import pytest
from training_examples import experiment, regression, train, two_layers

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.copying import as_code, as_latex, as_text
from playground.analysis.inspections.trace.made_of import made_of, seen_of_input
from playground.analysis.inspections.trace.parts import parts
from playground.analysis.inspections.trace.report import report
from playground.analysis.inspections.trace.source import StepSource
from playground.analysis.inspections.trace.trace import traced
from playground.data.datasets.recipes.many_classes import Blobs
from playground.engine.activations import Linear, PRelu, Relu, Sigmoid, Softmax, Tanh
from playground.engine.clipping import ClipByNorm, ClipByValue
from playground.engine.layers import Add, BatchNorm, Dense, Dropout
from playground.engine.layers.activation import ActivationLayer
from playground.engine.layers.dense import TiedDense
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, SquaredError
from playground.engine.optimizers import Adam, AdamW, GradientDescent, Momentum, Optimizer, RmsProp
from playground.engine.regularizers import L1, L2, MaxNorm, Regularizer
from playground.files.sources import resolve
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from playground.value import InvalidValue

BATCH = Tracing(of="batch")
OPTIMIZERS = pytest.mark.parametrize(
    "optimizer",
    [
        *(member() for member in Optimizer.members()),
        Adam(bias_correction=False), Momentum(form="averaged"), Momentum(form="nesterov"),
        RmsProp(momentum=0.9, centred=True),
    ],
    ids=lambda optimizer: optimizer.tag(),
)  # fmt: skip
REGULARIZERS = pytest.mark.parametrize(
    "regularizer",
    [
        *(member() for member in Regularizer.members()),
        L1(method="proximal"), L1(method="tf_playground"), MaxNorm(limit=0.5),
    ],
    ids=lambda regularizer: regularizer.tag(),
)  # fmt: skip


def trace_of(trainer, tracing=BATCH):
    return traced(StepSource.of(trainer), tracing)


def assert_is_the_next_step(trainer, rtol=0.0):
    """The trace of the next batch, held against the step that the trainer then takes."""
    found = trace_of(trainer)
    before = {name: values.copy() for name, values in trainer.network.tensors()}
    trainer.run(1)
    network = trainer.network
    for name, values in network.tensors():
        np.testing.assert_allclose(before[name] + found.change[name], values, rtol=1e-6, atol=1e-7)
        np.testing.assert_allclose(
            found.values[f"{_name(found, name)}_after"].ravel(), values.ravel(), rtol=rtol
        )
    return found


def _name(found, tensor):
    return parts(found.ran)[tensor].name


def assert_lines_give_their_values(found, rtol=1e-9):
    """Every line that is written out gives the number that stands for it."""
    for line in found.lines():
        if line.source:
            worked = np.broadcast_to(line.worked(found.values), found.values[line.name].shape)
            np.testing.assert_allclose(worked, found.values[line.name], rtol=rtol, atol=1e-12)


def assert_code_gives_the_same(found, rtol=1e-9):
    made = {}
    exec(as_code(found), made)
    names = {line.name for line in found.lines()}
    for name in names:
        np.testing.assert_allclose(
            made[name] + np.zeros_like(found.values[name]), found.values[name], rtol=rtol, atol=1e-12
        )


# --- the next step, to the last bit -------------------------------------------------------------------


@OPTIMIZERS
def test_the_update_is_that_of_the_optimizer(optimizer):
    trainer = Trainer(experiment(optimizer=optimizer))
    for steps in (1, 5):
        train(trainer, steps)
        found = assert_is_the_next_step(trainer)
        changed = not optimizer.tag().startswith(("nadam", "adadelta"))  # which reuse the gradient's room
        assert not changed or np.array_equal(found.ran.gradients, trainer.network.gradients)
        assert_lines_give_their_values(found)
        assert_code_gives_the_same(found)


@REGULARIZERS
@pytest.mark.parametrize("optimizer", [GradientDescent(), AdamW(weight_decay=0.5)], ids=lambda o: o.tag())
def test_penalties_come_where_the_engine_has_them(regularizer, optimizer):
    trainer = Trainer(experiment(optimizer=optimizer, regularizer=regularizer))
    trainer.run(2)
    found = assert_is_the_next_step(trainer)
    assert_lines_give_their_values(found)
    assert_code_gives_the_same(found)


@pytest.mark.parametrize("clipping", [ClipByValue(limit=0.01), ClipByNorm(limit=0.02)], ids=lambda c: c.tag())
def test_the_gradient_is_clipped_behind_the_penalty(clipping):
    trainer = Trainer(experiment(clipping=clipping, regularizer=L2(strength=0.1), optimizer=Adam()))
    trainer.run(2)
    found = assert_is_the_next_step(trainer)
    assert_lines_give_their_values(found)
    assert "g_clipped_W1" in found.values


def test_a_batch_of_a_shuffled_epoch_is_the_one_that_comes():
    trainer = Trainer(experiment(shuffle=True))
    for _ in range(6):  # over the end of an epoch
        assert_is_the_next_step(trainer)


def test_what_a_short_batch_left_over_is_in_the_next_gradient():
    trainer = Trainer(experiment(last_batch="carry"))
    train(trainer, 4)
    assert trainer.machine.carried is not None
    found = assert_is_the_next_step(trainer)
    assert "left over" in " ".join(map(str, found.notes))


def test_dropout_is_drawn_as_the_next_step_draws_it():
    layers = (Dense(id="a", units=6), Dropout(id="drop", probability=0.5), *two_layers())
    trainer = Trainer(experiment(*layers))
    found = assert_is_the_next_step(trainer)
    assert "as the next step would" in str(found.notes[0])
    still = trace_of(trainer, Tracing(chance=False))
    np.testing.assert_array_equal(still.values["a1"], still.values["a2"])
    assert "left out" in str(still.notes[0])


@pytest.mark.parametrize("name", ["denoising", "karate_gcn", "adding_lstm", "augmentation", "three_classes"])
def test_examples_of_all_kinds_are_traced_step_by_step(name):
    saved = resolve(name).saved
    trainer = Trainer(saved.experiment, saved.checkpoint)
    trainer.run(1)
    assert_is_the_next_step(trainer)
    found = trace_of(trainer, Tracing(sample=1))
    assert_lines_give_their_values(found, rtol=2e-3)
    assert as_text(found)
    assert as_latex(found)
    assert set(report(found)["layers"]) == {layer.id for layer in saved.experiment.network.layers}


def test_tracing_leaves_the_run_as_it_was():
    layers = (Dense(id="a", units=4), BatchNorm(id="norm"), Dropout(id="drop"), *two_layers())
    trainer, other = (Trainer(experiment(*layers, shuffle=True, optimizer=Adam())) for _ in range(2))
    for _ in range(3):
        trace_of(trainer)
        trace_of(trainer, Tracing())
        trainer.run(2)
        other.run(2)
    np.testing.assert_array_equal(trainer.network.parameters, other.network.parameters)


# --- by hand --------------------------------------------------------------------------------------------


def test_one_sample_by_hand_through_a_2_2_1_network():
    trainer = Trainer(experiment(*two_layers(hidden=2), optimizer=GradientDescent(learning_rate=0.1)))
    trainer.run(3)
    tensors = dict(trainer.network.tensors())
    w1, b1, w2, b2 = (
        tensors[f"{layer}.{part}"].copy() for layer in ("hidden", "output") for part in ("weights", "bias")
    )
    x, t = trainer.sides.train.inputs[7, :-1], trainer.sides.train.targets[7, 0]
    z1 = w1 @ x + b1
    a1 = np.tanh(z1)
    (z2,) = w2 @ a1 + b2
    p = 1 / (1 + np.exp(-z2))
    delta2 = p - t
    delta1 = w2[0] * delta2 * (1 - a1**2)
    told = report(trace_of(trainer, Tracing(sample=7)))
    hidden, output = told["layers"]["hidden"], told["layers"]["output"]
    wanted = [
        (told["input"], x), (told["target"], [t]), (told["output"], [p]),
        (told["loss"], -t * np.log(p) - (1 - t) * np.log(1 - p)),
        (hidden["z"], z1), (hidden["a"], a1), (hidden["da"], w2[0] * delta2), (hidden["delta"], delta1),
        (hidden["dW"], np.outer(delta1, x)), (hidden["db"], delta1),
        (hidden["update"]["weights"], -0.1 * np.outer(delta1, x)), (hidden["update"]["bias"], -0.1 * delta1),
        (output["z"], [z2]), (output["a"], [p]), (output["delta"], [delta2]),
        (output["dW"], [delta2 * a1]), (output["db"], [delta2]),
        (output["update"]["weights"], [-0.1 * delta2 * a1]), (output["update"]["bias"], [-0.1 * delta2]),
    ]  # fmt: skip
    for found, by_hand in wanted:
        np.testing.assert_allclose(found, by_hand, rtol=1e-9)


def test_softmax_is_shifted_exponentiated_normalized_and_its_logarithm_taken():
    layers = (Dense(id="output", units=3, activation=Softmax()),)
    trainer = Trainer(experiment(*layers, dataset=Blobs(samples=60), loss=CrossEntropy()))
    found = trace_of(trainer, Tracing(sample=2))
    (loss,) = [stage for stage in found.stages if stage.kind == "loss"]
    assert [line.name for line in loss.lines] == ["s", "e", "p", "log_p", "L"]
    z, t = found.values["z1"], found.values["t"]
    p = np.exp(z) / np.exp(z).sum()
    np.testing.assert_allclose(found.values["p"], p, rtol=1e-9)
    np.testing.assert_allclose(found.loss, -np.log(p[t == 1])[0], rtol=1e-9)
    np.testing.assert_allclose(found.values["delta1"], p - t, rtol=1e-9)


def test_the_loss_of_a_batch_is_the_mean_and_gradients_are_sums_over_its_samples():
    trainer = Trainer(regression())
    found = trace_of(trainer)
    a, t, x = found.values["a2"], found.values["t"], found.values["x"]
    assert x.shape == (2, 5)
    np.testing.assert_allclose(found.loss, np.mean((a - t) ** 2), rtol=1e-9)
    np.testing.assert_allclose(found.values["delta2"], 2 * (a - t) / 5, rtol=1e-9)
    np.testing.assert_allclose(found.values["dW1"], found.values["delta1"] @ x.T, rtol=1e-9)


def test_balanced_classes_count_in_the_loss_and_in_the_gradient():
    loss = BinaryCrossEntropy(class_weights="balanced", label_smoothing=0.1)
    found = assert_is_the_next_step(Trainer(experiment(loss=loss)))
    assert_lines_give_their_values(found)
    assert found.values["c"].mean() == pytest.approx(1)


# --- networks of all kinds --------------------------------------------------------------------------------


def test_shared_weights_have_their_gradient_from_both_sides():
    layers = (Dense(id="encoder", units=1, activation=Tanh()), TiedDense(id="decoder", of="encoder"))
    base = experiment(*two_layers())
    data = base.data.with_(targets="inputs")
    trainer = Trainer(
        base.with_(
            data=data,
            network=base.network.with_(layers=layers),
            training=base.training.with_(loss=SquaredError()),
        )
    )
    found = assert_is_the_next_step(trainer)
    assert_lines_give_their_values(found)
    assert_code_gives_the_same(found)
    written = {line.name: line.source for line in found.lines()}
    assert written["dW1"] == "delta1 @ x.T + a1 @ delta2.T"


def test_what_layers_add_to_the_loss_is_in_it():
    saved = resolve("sparse").saved
    found = trace_of(Trainer(saved.experiment, saved.checkpoint))
    assert found.ran.term > 0.01
    assert found.loss == pytest.approx(float(found.values["L"].mean()) + found.ran.term, rel=1e-5)
    assert "Layers add" in str(found.notes[-1])


def test_a_frozen_layer_has_error_terms_and_does_not_move():
    layers = (Dense(id="still", units=3, frozen=True), Dense(id="output", units=1, activation=Sigmoid()))
    found = assert_is_the_next_step(Trainer(experiment(*layers, optimizer=Adam())))
    told = report(found)["layers"]["still"]
    assert np.any(told["delta"])
    assert not np.any(told["dW"])
    assert not np.any(told["update"]["weights"])


def test_skips_activations_apart_and_learned_slopes_are_written_out_too():
    layers = (
        Dense(id="a", units=3, activation=PRelu(shared=False)),
        Dense(id="b", units=3, activation=Linear()),
        Add(id="sum", inputs=("a", "b")),
        ActivationLayer(id="bent", activation=Relu()),
        Dense(id="output", units=1, activation=Sigmoid()),
    )
    found = assert_is_the_next_step(Trainer(experiment(*layers)))
    assert_lines_give_their_values(found)
    assert_code_gives_the_same(found)
    written = {line.name: line.source for line in found.lines()}
    assert written["a3"] == "a1 + a2"
    assert written["da1"] == "W2.T @ delta2 + da3"
    assert written["da3"] == "delta4"


def test_a_node_of_a_graph_is_asked_about_alone_in_the_whole_graph():
    saved = resolve("karate_gcn").saved
    trainer = Trainer(saved.experiment, saved.checkpoint)
    found = trace_of(trainer, Tracing(sample=1))
    last = len(found.ran.network.graph.nodes)
    assert np.any(found.values[f"delta{last}"][:, 0])
    assert not np.any(found.values[f"delta{last}"][:, 1:])
    side = trainer.sides.train
    node = side.whole.of_samples[side.split.rows[1]]
    np.testing.assert_array_equal(found.values["x"][:, 0], side.whole.inputs[node].astype(np.float32))


def test_a_network_that_diverged_is_traced_as_it_stands():
    trainer = Trainer(regression(Relu(), optimizer=GradientDescent(learning_rate=1e6)))
    with np.errstate(all="ignore"):
        train(trainer, 200)
    assert trainer.divergence is not None
    assert report(trace_of(trainer, Tracing()))["layers"]["output"]["a"] is not None


def test_one_neuron_is_a_network_too():
    trainer = Trainer(experiment(Dense(id="output", units=1, activation=Sigmoid())))
    assert_code_gives_the_same(assert_is_the_next_step(trainer))


# --- what cannot be ---------------------------------------------------------------------------------------


def test_a_sample_past_the_end_is_refused_in_a_sentence():
    trainer = Trainer(experiment())
    with pytest.raises(InvalidValue, match="no training sample 22: there are 22, counted from 0"):
        trace_of(trainer, Tracing(sample=22))
    with pytest.raises(InvalidValue, match="no validation sample 0: there are 0, counted from 0"):
        trace_of(trainer, Tracing(sample=0, side="validation"))
    with pytest.raises(InvalidValue, match="no test sample 100: there are 22"):
        trace_of(trainer, Tracing(sample=100, side="test"))


def test_a_batch_that_never_comes_is_refused_in_a_sentence():
    trainer = Trainer(experiment(batch_size=50, last_batch="carry"))
    with pytest.raises(InvalidValue, match="There is no next batch"):
        trace_of(trainer)


@pytest.mark.parametrize("side", ["validation", "test"])
def test_a_sample_that_is_not_learnt_from_has_gradients_and_no_update(side):
    loss = BinaryCrossEntropy(label_smoothing=0.2, class_weights="balanced")
    layers = (Dense(id="hidden", units=3), Dropout(id="drop", probability=0.5), *two_layers()[1:])
    base = experiment(*layers, loss=loss)
    trainer = Trainer(base.with_(data=base.data.with_(validation_percent=20)))
    split = trainer.data.side(side)
    found = trace_of(trainer, Tracing(side=side, sample=3))
    np.testing.assert_array_equal(found.values["x"][:, 0], split.inputs[3])
    assert found.row == split.rows[3]
    assert found.loss == pytest.approx(Moment.of(trainer).judge(split).losses[3], rel=1e-6)
    np.testing.assert_array_equal(found.values["a1"], found.values["a2"])
    np.testing.assert_allclose(found.values["dW3"], found.values["delta3"] @ found.values["a2"].T, rtol=1e-6)
    assert [stage.kind for stage in found.stages][-1] == "backward"
    assert "not learnt from" in str(found.notes[0])
    told = report(found)
    assert told["learning_rate"] is None
    assert told["layers"]["output"]["update"] == {"weights": None, "bias": None}
    assert_code_gives_the_same(found)


# --- what a value is made of ------------------------------------------------------------------------------


def told(found, name, row):
    return " ".join(str(text) for text in made_of(found, name, row))


def test_a_value_of_a_map_is_its_window_times_the_kernel():
    saved = resolve("digits_cnn").saved
    found = trace_of(Trainer(saved.experiment, saved.checkpoint), Tracing(sample=1))
    z = found.values["z1"]
    np.testing.assert_array_equal(np.maximum(z, 0), found.values["a1"])
    row = int(z.argmax())
    down, across, channel = np.unravel_index(row, (8, 8, 8))
    place = f"row {down + 1}, column {across + 1}, channel {channel + 1}"
    assert told(found, "z1", row).startswith(place)
    assert told(found, "z1", row).endswith(f"= {z[row, 0]:.4g}")
    inside = [range(max(at - 1, 0), min(at + 2, 8)) for at in (down, across)]
    assert seen_of_input(found, "z1", row) == tuple(inside)
    assert seen_of_input(found, "z6", 0) == ()


def test_a_state_tells_its_gates_at_its_step():
    saved = resolve("adding_lstm").saved
    found = trace_of(Trainer(saved.experiment, saved.checkpoint), Tracing(sample=1))
    text = told(found, "a1", 3)
    assert text.startswith("at step 50: state ")
    assert "forget gate" in text
    state = float(found.values["a1"][3, 0])
    assert found.ran.seen[next(iter(found.ran.seen))]["state"][-1, 3] == pytest.approx(state)


def test_a_node_tells_what_its_neighbours_bring():
    saved = resolve("karate_gcn").saved
    trainer = Trainer(saved.experiment, saved.checkpoint)
    found = trace_of(trainer, Tracing(sample=1))
    (layer, *_) = found.ran.network.graph.nodes
    sources, brought = found.ran.neighbours[layer.layer.id]
    bias = found.ran.network.block(layer.layer.id, "weights", found.before)[:, -1]
    np.testing.assert_allclose(brought.sum(axis=1) + bias, found.values["z1"][:, 0], rtol=1e-5)
    assert found.ran.network.graph.nodes[0].units == len(brought)
    assert str(sources[0] + 1) in told(found, "z1", 0)
