"""The trainer: rates, measures, and live changes that keep what was learnt."""

import gc
import math
import tracemalloc

import numpy as np
import pytest
from training_examples import SlowNetwork, experiment, named, regression, samples_of, train, two_layers

from playground.data.datasets.recipes import Blobs, Circle, Moons, Xor
from playground.data.features import XY, X, XSquared, Y
from playground.engine.activations import Relu, Sigmoid, Softmax, Tanh
from playground.engine.layers import BatchNorm, Dense, Dropout, LayerProblem
from playground.engine.losses import CrossEntropy, Hinge, SquaredError
from playground.engine.optimizers import Adam, GradientDescent, Momentum, Optimizer
from playground.engine.regularizers import L1, L2, Regularizer
from playground.engine.schedules import (
    Constant,
    Cosine,
    CosineRestarts,
    Exponential,
    InverseTime,
    LinearCosine,
    NaturalExponential,
    NoisyLinearCosine,
    OneCycle,
    PiecewiseConstant,
    Polynomial,
    ReduceOnPlateau,
    Schedule,
    StepDecay,
    Warmup,
)
from playground.randomness import Pcg64, TFPlaygroundRandomness
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight


def trained(start, steps=12):
    trainer = Trainer(start)
    train(trainer, steps)
    return trainer


def with_training(start, **changes):
    return start.with_(training=start.training.with_(**changes))


def with_layers(start, *layers):
    return start.with_(network=start.network.with_(layers=layers))


def assert_same(found, expected, *names):
    for name in names or expected:
        np.testing.assert_array_equal(found[name], expected[name], err_msg=name)


# --- starting ---------------------------------------------------------------------------------------


def test_it_begins_measured_at_step_nought():
    trainer = Trainer(experiment())
    assert (trainer.epoch, trainer.step, trainer.machine.batch) == (0, 0, 0)
    assert trainer.recorder.history.columns()["epoch"].tolist() == [0]
    assert trainer.divergence is None


def test_an_experiment_with_problems_is_refused_in_its_sentence():
    wrong = experiment(Dense(id="output", units=2, activation=Sigmoid()))
    with pytest.raises(LayerProblem, match="needs 1 here"):
        Trainer(wrong)


@pytest.mark.parametrize("make", [experiment, regression])
def test_the_measured_loss_is_the_mean_over_all_samples(make):
    trainer = Trainer(make())
    slow = SlowNetwork(trainer)
    train(trainer, 20)
    for sums_from, measures in ((trainer.data.train, 0), (trainer.data.test, 1)):
        outputs = trainer.network.predict(sums_from.inputs)[:, 0]
        targets = sums_from.targets
        if make is regression:
            expected = np.mean((outputs - targets) ** 2)
        else:
            expected = -np.mean(np.log(np.where(targets == 1, outputs, 1 - outputs)))
        assert trainer.recorder.evaluate()[measures].loss == pytest.approx(expected, rel=1e-12)
    assert slow.loss == trainer.experiment.training.loss


def test_accuracy_counts_the_right_sides_of_the_threshold():
    for layer, low in ((Sigmoid(), 0.0), (Tanh(), -1.0)):
        trainer = trained(experiment(Dense(id="output", units=1, activation=layer), loss=SquaredError()))
        assert trainer.sides.low == low
        outputs = trainer.network.predict(trainer.data.test.inputs)[:, 0]
        right = (outputs >= (low + 1) / 2) == (trainer.data.test.targets == 1)
        assert trainer.recorder.evaluate()[1].metrics["accuracy"] == right.mean()


def test_the_penalty_is_told_beside_the_loss_and_not_within_it():
    plain, charged = Trainer(experiment()), Trainer(experiment(regularizer=L2(strength=0.5)))
    assert charged.recorder.measures[0].loss == plain.recorder.measures[0].loss
    weights = [tensor for name, tensor in charged.network.tensors() if name.endswith("weights")]
    assert charged.update.penalty() == pytest.approx(0.25 * sum((w**2).sum() for w in weights))
    assert charged.recorder.history.columns()["penalty"][-1] == charged.update.penalty()
    assert plain.update.penalty() == 0


def test_regularizers_are_part_of_the_step():
    trainer = Trainer(experiment(regularizer=L2(strength=0.3)))
    slow, (x, t) = SlowNetwork(trainer), samples_of(trainer)[0]
    sums = {}
    for x, t in samples_of(trainer)[:5]:
        slow.add(sums, x, t)
    for name, (of_weights, of_bias) in sums.items():
        sums[name] = of_weights + 5 * 0.3 * slow.weights[name], of_bias
    slow.descend(sums, 5, 0.1)
    trainer.run(1)
    slow.assert_equals(trainer)


def test_the_norm_of_each_layers_gradient_is_told():
    trainer = trained(experiment(BatchNorm(id="norm"), *two_layers()))
    assert set(trainer.recorder.gradient_norms()) == {"norm", "hidden", "output"}
    parts = dict(trainer.network.tensors(trainer.network.gradients))
    expected = math.hypot(np.linalg.norm(parts["hidden.weights"]), np.linalg.norm(parts["hidden.bias"]))
    assert trainer.recorder.gradient_norms()["hidden"] == pytest.approx(expected)


def test_the_norm_of_a_gradient_is_finite_while_its_numbers_are():
    trainer = Trainer(experiment(*two_layers(), precision="float32"))
    gradients = trainer.network.gradients
    gradients[:] = 2e30
    with np.errstate(over="ignore"):
        norms = trainer.recorder.gradient_norms()
    sizes = {name: span.stop - span.start for name, span in trainer.network.spans().items()}
    assert norms == pytest.approx({name: 2e30 * math.sqrt(size) for name, size in sizes.items()})


def test_the_history_tells_every_epoch_what_was_measured():
    trainer = Trainer(experiment(schedule=StepDecay(factor=0.5, every=1)))
    for _ in range(3):
        trainer.run_epoch()
    columns = trainer.recorder.history.columns()
    assert columns["epoch"].tolist() == [0, 1, 2, 3]
    assert columns["step"].tolist() == [0, 5, 10, 15]
    assert columns["learning_rate"].tolist() == [0.1, 0.05, 0.025, 0.0125]
    train_side, test_side = trainer.recorder.evaluate()
    assert columns["train_loss"][-1] == train_side.loss
    assert columns["test_loss"][-1] == test_side.loss
    assert columns["train_accuracy"][-1] == train_side.metrics["accuracy"]
    assert columns["test_accuracy"][-1] == test_side.metrics["accuracy"]
    assert columns["gradient_norm.hidden"][-1] == trainer.recorder.gradient_norms()["hidden"]


def test_a_gradient_that_was_never_computed_is_not_recorded_as_zero():
    trainer = Trainer(experiment())
    trainer.run_epoch()
    network = trainer.experiment.network
    grown = network.with_(layers=(network.layers[0], Dense(id="new"), network.layers[1]))
    trainer.apply(trainer.experiment.with_(network=grown))
    at_once = {name: column[-1] for name, column in trainer.recorder.history.columns().items()}
    trainer.run_epoch()
    columns = trainer.recorder.history.columns()

    assert np.isnan(columns["gradient_norm.hidden"][0])
    assert math.isnan(at_once["gradient_norm.new"])
    assert at_once["gradient_norm.hidden"] > 0
    assert columns["gradient_norm.new"][-1] > 0


def test_the_gradient_of_a_frozen_layer_is_recorded_as_zero():
    hidden, output = two_layers()
    trainer = Trainer(experiment(hidden.with_(frozen=True), output))
    trainer.run_epoch()
    assert trainer.recorder.history.columns()["gradient_norm.hidden"][-1] == 0


# --- schedules --------------------------------------------------------------------------------------

SCHEDULES = [
    Constant(),
    StepDecay(factor=0.5, every=1),
    PiecewiseConstant(unit="steps", boundaries=(3, 8), values=(0.1, 0.2, 0.05)),
    Exponential(unit="steps", decay_steps=3, decay_rate=0.5),
    NaturalExponential(unit="steps", decay_steps=3),
    InverseTime(unit="epochs", decay_steps=1),
    Polynomial(unit="steps", decay_steps=6, cycle=True),
    Cosine(unit="epochs", decay_steps=2),
    CosineRestarts(unit="steps", decay_steps=3),
    LinearCosine(unit="steps", decay_steps=9),
    NoisyLinearCosine(unit="steps", decay_steps=9),
    ReduceOnPlateau(),
    OneCycle(unit="steps", total_steps=11),
    Warmup(unit="steps", warmup_steps=4, inner=Cosine(unit="steps", decay_steps=9)),
]


def test_every_schedule_is_among_those_tried():
    assert {type(schedule) for schedule in SCHEDULES} == set(Schedule.members())


@pytest.mark.parametrize("schedule", SCHEDULES, ids=lambda schedule: schedule.tag())
def test_each_step_goes_by_the_rate_that_the_schedule_gives_it(schedule):
    trainer = Trainer(experiment(schedule=schedule))
    for step in range(13):
        expected = schedule.rate(0.1, step, 5)
        assert trainer.machine.rate == pytest.approx(expected, abs=1e-15)
        before = trainer.network.parameters.copy()
        trainer.run(1)
        moved = before - trainer.network.parameters
        np.testing.assert_allclose(moved, expected * trainer.network.gradients, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("warmup", [0, 2])
def test_a_plateau_of_the_validation_loss_lowers_the_rate(warmup):
    schedule = ReduceOnPlateau(factor=0.5, patience=1, min_delta=10)  # no gain is large enough
    schedule = Warmup(warmup_steps=warmup, inner=schedule) if warmup else schedule
    trainer = Trainer(experiment(schedule=schedule))
    found = []
    for _ in range(warmup + 3):
        trainer.run_epoch()
        found.append(trainer.machine.rate)
    assert found[warmup:] == [0.1, 0.05, 0.025]


# --- live changes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"batch_size": 7},
        {"shuffle": True},
        {"last_batch": "carry"},
        {"epochs": 5},
        {"loss": SquaredError()},
        {"schedule": Cosine()},
        {"optimizer": GradientDescent(learning_rate=1.0)},
        *({"optimizer": kind()} for kind in Optimizer.members()),
        *({"regularizer": kind()} for kind in Regularizer.members()),
    ],
    ids=str,
)
def test_changes_of_training_keep_every_weight_and_act_from_the_next_step(changes):
    start = experiment(regularizer=L1(strength=0.01))
    trainer, untouched = trained(start), trained(start)
    before, epoch, step = named(trainer), trainer.epoch, trainer.step
    changed = with_training(start, **changes)
    assert trainer.apply(changed) is None
    assert trainer.experiment == changed
    assert_same(named(trainer), before)
    assert (trainer.epoch, trainer.step) == (epoch, step)
    train(trainer, 8)
    train(untouched, 8)
    differs = not np.array_equal(trainer.network.parameters, untouched.network.parameters)
    assert differs == ((changes != {"epochs": 5} and changes != {"regularizer": L1()}) or differs)
    assert np.isfinite(trainer.network.parameters).all()


def test_a_changed_rate_acts_from_the_next_step_in_the_middle_of_an_epoch():
    start = experiment()
    trainer = trained(start, 7)
    assert trainer.machine.batch == 2
    trainer.apply(with_training(start, optimizer=GradientDescent(learning_rate=0.7)))
    assert trainer.machine.batch == 2
    before = trainer.network.parameters.copy()
    trainer.run(1)
    np.testing.assert_allclose(
        before - trainer.network.parameters, 0.7 * trainer.network.gradients, rtol=1e-9
    )


def test_what_the_optimizer_remembers_survives_a_change_of_its_rate():
    start = experiment(optimizer=Momentum(learning_rate=0.1))
    changed, untouched = trained(start), trained(start)
    changed.apply(with_training(start, optimizer=Momentum(learning_rate=0.1, form="nesterov")))
    changed.apply(start)
    train(changed, 10)
    train(untouched, 10)
    np.testing.assert_array_equal(changed.network.parameters, untouched.network.parameters)


def test_an_epoch_begins_again_when_the_batches_change():
    start = experiment()
    trainer = trained(start, 7)
    trainer.apply(with_training(start, batch_size=11))
    assert (trainer.epoch, trainer.machine.batch, trainer.steps_per_epoch) == (1, 0, 2)
    trainer.run_epoch()
    assert (trainer.epoch, trainer.step) == (2, 9)


def test_a_new_layer_starts_anew_and_all_others_keep_their_weights():
    hidden, output = two_layers()
    start = experiment(hidden, output)
    trainer = trained(start)
    before = named(trainer)
    sentence = str(trainer.apply(with_layers(start, hidden, Dense(id="new", units=3), output)))
    assert sentence == "Kept the weights of 2 of 3 layers; the others start anew."
    assert_same(named(trainer), before)
    fresh = dict(Trainer(trainer.experiment).network.tensors())
    np.testing.assert_array_equal(named(trainer)["new.weights"], fresh["new.weights"])


def test_a_resized_layer_and_its_reader_start_anew_and_the_rest_stays():
    first, second, output = Dense(id="first", units=4), Dense(id="second", units=3), two_layers()[1]
    start = experiment(first, second, output)
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(with_layers(start, first, second.with_(units=5), output))
    found = named(trainer)
    assert_same(found, before, "first.weights", "first.bias")
    assert found["second.weights"].shape == (5, 4)
    assert found["output.weights"].shape == (1, 5)
    train(trainer, 5)


def test_undoing_brings_back_a_removed_layer_as_it_was():
    first, second, output = Dense(id="first", units=3), Dense(id="second", units=3), two_layers()[1]
    start = experiment(first, second, output)
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(with_layers(start, first, output))
    assert "second.weights" not in named(trainer)
    assert str(trainer.apply(start)) == "Kept the weights of all layers."
    assert_same(named(trainer), before)


def test_a_removed_layer_waits_while_the_others_learn():
    first, second, output = Dense(id="first", units=3), Dense(id="second", units=3), two_layers()[1]
    start = experiment(first, second, output)
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(with_layers(start, first, output))
    train(trainer, 6)
    between = named(trainer)
    trainer.apply(start)
    assert_same(named(trainer), before, "second.weights", "second.bias")
    assert_same(named(trainer), between, "first.weights", "output.weights")


def test_running_averages_are_kept_with_their_layer():
    layers = (Dense(id="hidden", units=3), BatchNorm(id="norm"), two_layers()[1])
    start = experiment(*layers)
    trainer = trained(start)
    averages = {name: values.copy() for name, values in trainer.network.state_tensors()}
    trainer.apply(with_layers(start, layers[0], layers[1], Dense(id="new", units=3), layers[2]))
    assert_same(dict(trainer.network.state_tensors()), averages)


def test_what_the_optimizer_remembers_of_a_layer_is_kept_with_it():
    hidden, output = two_layers()
    start = experiment(hidden, output, optimizer=Adam())
    trainer = trained(start)
    before = trainer.checkpoint().remembered
    trainer.apply(with_layers(start, hidden, Dense(id="new", units=3), output))
    after = trainer.checkpoint().remembered
    names = [name for name in before if name.startswith(("mean/", "square/"))]
    assert len(names) == 2 * len(dict(Trainer(start).network.tensors()))
    assert_same(after, before, *names)
    assert not after["mean/new.weights"].any()


def test_a_changed_activation_keeps_all_weights():
    hidden, output = two_layers()
    start = experiment(hidden, output)
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(with_layers(start, hidden.with_(activation=Relu()), output))
    assert_same(named(trainer), before)


def test_changed_data_are_learnt_by_the_same_network():
    start = experiment()
    trainer = trained(start)
    before, old = named(trainer), trainer.data
    sentence = str(trainer.apply(start.with_(data=start.data.with_(dataset=Xor(samples=60)))))
    assert sentence == "Kept all weights; the same network now learns the new data."
    assert_same(named(trainer), before)
    assert trainer.data is not old
    assert len(trainer.sides.train.inputs) == 30
    train(trainer, 5)


def test_another_task_changes_only_what_it_must():
    start = experiment(Dense(id="a", units=4), *two_layers())
    trainer = trained(start)
    before = named(trainer)
    changed = start.with_dataset(Blobs(samples=60, classes=3))
    assert str(trainer.apply(changed)) == "Kept the weights of 2 of 3 layers; the others start anew."
    assert_same(named(trainer), before, "a.weights", "hidden.weights")
    assert changed.training.loss == CrossEntropy()
    assert changed.network.output.activation == Softmax()
    train(trainer, 5)


def test_another_input_starts_the_first_layer_anew():
    start = experiment(Dense(id="a", units=4), *two_layers())
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(start.with_(data=start.data.with_(inputs=(X(), Y(), XSquared()))))
    assert named(trainer)["a.weights"].shape == (4, 3)
    assert_same(named(trainer), before, "hidden.weights", "output.weights")


def test_other_inputs_of_the_same_number_keep_the_network():
    start = experiment()
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(start.with_(data=start.data.with_(inputs=(X(), XY()))))
    assert_same(named(trainer), before)
    np.testing.assert_array_equal(trainer.data.train.inputs[:, 1], np.prod(trainer.data.train.raw, axis=1))


@pytest.mark.parametrize(
    "changes", [{"randomness": Pcg64(seed=5)}, {"weights_draw": 1}, {"randomness": TFPlaygroundRandomness()}]
)
def test_other_random_numbers_start_again(changes):
    start = experiment()
    trainer = trained(start)
    changed = start.with_(**changes)
    assert str(trainer.apply(changed)) == "Started again with new random numbers."
    assert (trainer.epoch, trainer.step, trainer.machine.batch) == (0, 0, 0)
    assert trainer.recorder.history.columns()["epoch"].tolist() == [0]
    assert_same(named(trainer), named(Trainer(changed)))


def test_single_precision_keeps_the_weights_as_well_as_it_can():
    start = experiment(BatchNorm(id="norm"), *two_layers(), optimizer=Adam())
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(start.with_(precision="float32"))
    found = named(trainer)
    for name, tensor in before.items():
        assert found[name].dtype == np.float32
        np.testing.assert_array_equal(found[name], tensor.astype(np.float32))
    train(trainer, 5)
    trainer.apply(start)
    assert trainer.network.dtype == np.float64


def test_a_change_that_cannot_be_changes_nothing():
    start = experiment()
    trainer = trained(start)
    before = named(trainer)
    wrong = with_layers(start, Dense(id="hidden", inputs=("nobody",)), two_layers()[1])
    with pytest.raises(LayerProblem, match="nobody"):
        trainer.apply(wrong)
    assert trainer.experiment == start
    assert_same(named(trainer), before)
    train(trainer, 5)


def test_changes_are_measured_at_once():
    start = experiment()
    trainer = trained(start, 10)
    trainer.apply(with_training(start, loss=SquaredError()))
    assert trainer.recorder.measures == trainer.recorder.evaluate()
    assert trainer.recorder.history.columns()["train_loss"][-1] == trainer.recorder.measures[0].loss
    assert trainer.recorder.history.columns()["epoch"].tolist() == [0, 1, 2]


def test_a_dropout_layer_put_in_takes_effect_and_taken_out_leaves_no_trace():
    hidden, output = two_layers()
    start = experiment(hidden, output)
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(with_layers(start, hidden, Dropout(id="drop", probability=0.5), output))
    assert_same(named(trainer), before)
    train(trainer, 5)
    trainer.apply(start)
    train(trainer, 5)


# --- by hand ----------------------------------------------------------------------------------------


def test_a_weight_is_set_by_hand_and_measured_at_once():
    trainer = trained(experiment())
    before, loss = named(trainer), trainer.recorder.measures[0].loss
    trainer.set_weight(TypedWeight("hidden", 1, 0, 2.5))
    expected = before["hidden.weights"].copy()
    expected[1, 0] = 2.5
    np.testing.assert_array_equal(named(trainer)["hidden.weights"], expected)
    np.testing.assert_array_equal(named(trainer)["hidden.bias"], before["hidden.bias"])
    assert trainer.recorder.measures[0].loss != loss


def test_source_minus_one_is_the_bias():
    trainer = trained(experiment())
    before = named(trainer)
    trainer.set_weight(TypedWeight("hidden", 2, -1, -0.75))
    assert named(trainer)["hidden.bias"][2] == -0.75
    assert_same(named(trainer), before, "hidden.weights")


def test_restarting_comes_back_to_the_same_initial_weights_and_run():
    start = experiment(shuffle=True)
    trainer = Trainer(start)
    first = named(trainer)
    train(trainer, 12)
    after = named(trainer)
    trainer = Trainer(start)
    assert (trainer.epoch, trainer.step, trainer.machine.batch) == (0, 0, 0)
    assert_same(named(trainer), first)
    train(trainer, 12)
    assert_same(named(trainer), after)


# --- memory -----------------------------------------------------------------------------------------


def test_a_thousand_steps_leave_nothing_in_memory():
    layers = (Dense(id="hidden", units=16), BatchNorm(id="norm"), Dropout(id="drop"), two_layers()[1])
    start = experiment(*layers, dataset=Circle(samples=2400), optimizer=Adam(), batch_size=1, shuffle=True)
    trainer = Trainer(start)
    train(trainer, 50)
    gc.collect()
    tracemalloc.start()
    try:
        train(trainer, 100)  # until the stock of freed objects that Python keeps is full
        before, _ = tracemalloc.get_traced_memory()
        train(trainer, 1000)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (trainer.epoch, trainer.step) == (0, 1150)
    assert after - before < 4_000


# --- learning at all --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dataset", "loss"),
    [(Circle(), None), (Xor(), Hinge()), (Blobs(classes=4), None), (Moons(), None)],
)
def test_a_network_learns_what_it_can(dataset, loss):
    layers = (Dense(id="a", units=12), Dense(id="b", units=8), two_layers()[1])
    start = experiment(
        *layers, dataset=dataset, optimizer=Adam(learning_rate=0.02), batch_size=10, shuffle=True
    )
    start = start.fitted() if loss is None else start.with_loss(loss)
    trainer = Trainer(start)
    for _ in range(60):
        trainer.run_epoch()
    assert trainer.recorder.measures[0].metrics["accuracy"] > 0.95


def test_undoing_an_insertion_brings_back_the_weights_of_the_layer_behind_it():
    hidden, output = two_layers()
    start = experiment(hidden, output, optimizer=Adam())
    trainer = trained(start)
    before, remembered = named(trainer), trainer.checkpoint().remembered
    trainer.apply(with_layers(start, Dense(id="new", units=7), hidden, output))
    trainer.apply(start)
    assert_same(named(trainer), before)
    assert_same(trainer.checkpoint().remembered, remembered)


def test_a_layer_that_is_frozen_stays_whatever_momentum_it_had():
    hidden, output = two_layers()
    start = experiment(hidden, output, optimizer=Momentum(learning_rate=0.1), regularizer=L2(strength=0.1))
    trainer = trained(start)
    before = named(trainer)
    trainer.apply(with_layers(start, hidden.with_(frozen=True), output))
    train(trainer, 10)
    assert_same(named(trainer), before, "hidden.weights", "hidden.bias")
    assert not np.array_equal(named(trainer)["output.weights"], before["output.weights"])
