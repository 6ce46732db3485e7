"""A check of gradients says right of what is right, names the layer of a mistake, and knows a kink."""

import numpy as np
import pytest

from playground.analysis.inspections.gradient_check import GradientCheck, checking
from playground.analysis.inspections.gradient_check.checking import check
from playground.analysis.inspections.gradient_check.judging import Correctness
from playground.analysis.inspections.gradient_check.results import STEPS
from playground.data import Data
from playground.data.datasets.recipes import Plane, Spiral
from playground.engine.activations import Linear, Relu, Sigmoid, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense, Dropout, Flatten, Reshape, TiedDense
from playground.engine.layers.base import Operations
from playground.engine.layers.pooling import MaxPool
from playground.engine.layers.scale import Scale
from playground.engine.losses import SquaredError
from playground.engine.regularizers import L1, L2
from playground.experiment import Experiment, Training
from playground.files.names import EXAMPLES
from playground.files.sources import resolve
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from playground.value import InvalidValue

FEW = GradientCheck(entries=5, samples=4)


def moment(*layers, steps=0, dataset=None, **training):
    """A network on points of the plane whose value is a number, with the squared error."""
    output = Dense(id="output", units=1, activation=Linear())
    trainer = Trainer(
        Experiment(
            data=Data().with_dataset(dataset or Plane(samples=40)),
            network=Architecture(layers=(*layers, output)),
            training=Training(**({"loss": SquaredError()} | training)),
        )
    )
    trainer.run(steps)
    return Moment.of(trainer)


def hidden(name, activation=None, units=4):
    return Dense(id=name, units=units, activation=activation or Tanh())


def verdicts(found):
    return {layer.layer_id: layer.verdict for layer in found.layers}


def entries(found, layer_id):
    layer = next(layer for layer in found.layers if layer.layer_id == layer_id)
    return {(entry.part, entry.index): entry for entry in layer.entries}


# --- what is right ----------------------------------------------------------------------------------


def test_of_one_linear_neuron_it_is_what_one_works_out_by_hand():
    at = moment()
    found = check(at, GradientCheck(samples=8))
    x, t = at.data.train.inputs[:8].astype(float), at.data.train.targets[:8].astype(float)
    *weights, bias = at.parameters.astype(float)
    off = 2 / 8 * (x @ weights + bias - t)
    slopes = {
        ("weights", (0, 0)): off @ x[:, 0],
        ("weights", (0, 1)): off @ x[:, 1],
        ("bias", (0,)): off.sum(),
    }
    for name, entry in entries(found, "output").items():
        assert entry.found.analytic == pytest.approx(slopes[name], rel=1e-12)
        assert entry.found.numerical == pytest.approx(slopes[name], rel=1e-8)
        assert entry.found.verdict is Correctness.RIGHT
    assert len(entries(found, "output")) == 3


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_example_has_a_mistake(name):
    saved = resolve(name).saved
    found = check(Moment.of(Trainer(saved.experiment, saved.checkpoint)), FEW)
    assert Correctness.WRONG not in verdicts(found).values()
    assert found.blamed == ()
    assert all(layer.error < 1e-5 for layer in found.layers)


def test_every_number_is_checked_where_there_are_few_and_so_many_by_chance_where_there_are_more():
    at = moment(hidden("a", units=30), hidden("b", units=3))
    a, b, output = check(at, GradientCheck(entries=50, samples=2)).layers
    assert (a.size, a.weights.count) == (90, 50)
    assert (b.size, b.weights.count) == (93, 50)
    assert (output.size, output.weights.count) == (4, 4)


def test_chance_is_left_out_and_a_batch_is_normalized_as_in_training():
    at = moment(hidden("a"), BatchNorm(id="norm"), Dropout(id="drop", probability=0.5), hidden("b"), steps=5)
    found = check(at, GradientCheck(samples=6))
    assert set(verdicts(found).values()) == {Correctness.RIGHT}
    assert check(at, GradientCheck(samples=6)) == found


def test_the_penalty_counts():
    plain, dear = (moment(regularizer=L2(strength=strength)) for strength in (0.0, 3.0))
    without, by_weight = entries(check(plain, FEW), "output"), entries(check(dear, FEW), "output")
    for source, weight in enumerate(dear.parameters[:2].astype(float)):
        here = by_weight["weights", (0, source)].found
        assert here.numerical == pytest.approx(without["weights", (0, source)].found.analytic + 3 * weight)
        assert here.verdict is Correctness.RIGHT


def test_a_step_of_any_size_finds_no_mistake_where_there_is_none():
    at = moment(hidden("a"), hidden("b"))
    for step in (1e-1, 1e-3, 1e-7, 1e-9):
        assert set(verdicts(check(at, GradientCheck(step=step))).values()) == {Correctness.RIGHT}


def test_what_is_shared_is_right_and_what_is_frozen_is_left_out():
    at = moment(
        hidden("a", units=3), hidden("b", units=2), TiedDense(id="c", of="b"), hidden("d").with_(frozen=True)
    )
    found = {layer.layer_id: layer for layer in check(at, GradientCheck()).layers}
    assert found["b"].weights.verdict is found["c"].weights.verdict is Correctness.RIGHT
    assert found["d"].frozen
    assert (found["d"].weights.count, found["d"].weights.verdict) == (0, None)
    assert found["d"].values.verdict is Correctness.RIGHT


def test_the_error_over_the_step_is_a_v_and_differences_over_both_sides_are_better():
    entry = entries(check(moment(hidden("a")), FEW), "output")["bias", (0,)]
    by_step = dict(zip(STEPS, entry.forward, strict=True))
    assert by_step[1e-1] > 1e3 * min(entry.forward) < 1e3 * by_step[1e-12]
    at = moment(hidden("a"), hidden("b"))
    entry = next(iter(entries(check(at, FEW), "a").values()))
    central = dict(zip(STEPS, entry.central, strict=True))
    assert central[1e-1] > 1e3 * min(entry.central) < 1e-3 * central[1e-12]
    assert min(entry.central) < min(entry.forward)


def test_the_run_is_not_touched():
    at = moment(hidden("a"), BatchNorm(id="norm"))
    before, state = at.parameters.copy(), {name: values.copy() for name, values in at.state.items()}
    check(at, FEW)
    np.testing.assert_array_equal(at.parameters, before)
    for name, values in state.items():
        np.testing.assert_array_equal(at.state[name], values)


# --- what is wrong ----------------------------------------------------------------------------------


def test_a_wrong_derivative_of_an_activation_is_found_in_its_layer(monkeypatch):
    def too_steep(self, z, a, out, work):
        np.multiply(a, 1.02, out=out)
        np.subtract(1, out, out=out)
        np.multiply(out, a, out=out)

    monkeypatch.setattr(Sigmoid, "derivative", too_steep)
    found = check(moment(hidden("a"), hidden("b", Sigmoid()), hidden("c")), FEW)
    assert found.blamed == ("b",)
    assert verdicts(found) == {
        "a": Correctness.WRONG,
        "b": Correctness.WRONG,
        "c": Correctness.RIGHT,
        "output": Correctness.RIGHT,
    }


def test_a_layer_that_hands_back_what_is_wrong_is_found_though_its_own_weights_are_right(monkeypatch):
    bind = Scale.bind

    def crooked(self, wires):
        operations = bind(self, wires)
        upstream = wires.input_gradients[0].values if wires.input_gradients else None
        if upstream is None:
            return operations
        return Operations(
            operations.forward, [*operations.backward, lambda: np.negative(upstream, out=upstream)]
        )

    monkeypatch.setattr(Scale, "bind", crooked)
    found = check(moment(hidden("a"), Scale(id="scale"), hidden("b")), FEW)
    assert found.blamed == ("scale",)
    by_id = {layer.layer_id: layer for layer in found.layers}
    assert by_id["scale"].weights.verdict is Correctness.RIGHT
    assert by_id["a"].error == pytest.approx(2)


def test_a_wrong_loss_is_blamed_on_the_output(monkeypatch):
    monkeypatch.setattr(SquaredError, "gradient", lambda self, z, a, t, out, work: np.subtract(a, t, out=out))
    found = check(moment(hidden("a")), FEW)
    assert found.blamed == ("output",)


def test_what_only_reshapes_is_not_blamed_for_the_layer_behind_it(monkeypatch):
    monkeypatch.setattr(MaxPool, "bind", _summing(MaxPool.bind))
    layers = (Reshape(id="grid", shape=(4, 4, 1)), MaxPool(id="pool"), Flatten(id="flat"))
    found = check(moment(hidden("a", units=16), *layers), FEW)
    assert found.blamed == ("pool",)


def _summing(bind):
    def crooked(self, wires):
        operations = bind(self, wires)
        if not wires.input_gradients or wires.input_gradients[0] is None:
            return operations
        upstream = wires.input_gradients[0].values
        return Operations(
            operations.forward, [*operations.backward, lambda: np.add(upstream, 1, out=upstream)]
        )

    return crooked


# --- kinks ------------------------------------------------------------------------------------------


def put(at, **blocks):
    """Weights by hand: rows of weights and bias by layer."""
    for name, rows in blocks.items():
        at.network.block(name, "weights")[:] = rows
    at.parameters[:] = at.network.parameters
    return at


def test_a_neuron_that_stands_at_the_kink_of_relu_is_no_mistake():
    at = put(moment(hidden("a", Relu(), units=1)), a=[0, 0, 0], output=[1, 0])
    found = check(at, GradientCheck())
    assert verdicts(found)["a"] is Correctness.KINK
    assert found.blamed == ()
    assert entries(found, "a")["bias", (0,)].found.analytic == 0


def test_a_neuron_whose_net_input_changes_sign_within_the_step_is_no_mistake():
    at = moment(hidden("a", Relu(), units=1))
    x = at.data.train.inputs[0].astype(float)
    put(at, a=[0, 0, 4e-4], output=[1, 0])
    at.network.block("a", "weights")[0, :2] = -x * 3.99e-4 / (x @ x)
    at.parameters[:] = at.network.parameters
    found = check(at, GradientCheck(samples=1, step=1e-5))
    entry = entries(found, "a")["bias", (0,)].found
    assert entry.verdict is Correctness.KINK
    assert entry.error < 1e-5


def test_two_kinks_at_once_that_cancel_one_another_are_no_mistake():
    """ReLU(w) − ReLU(−w) is w, whose slope is 1; by the slopes of ReLU at 0 it is 0 (Bertoin et al. 2021)."""
    at = put(
        moment(hidden("a", units=1), hidden("b", Relu(), units=2)),
        a=[0, 0, 0],
        b=[[1, 0], [-1, 0]],
        output=[1, -1, 0],
    )
    found = check(at, GradientCheck())
    assert entries(found, "a")["bias", (0,)].found.verdict is Correctness.KINK
    assert found.blamed == ()


def test_a_wrong_derivative_of_relu_is_a_mistake_and_no_kink(monkeypatch):
    def half(self, z, a, out, work):
        np.greater(z, 0, out=out)
        np.multiply(out, 0.5, out=out)

    monkeypatch.setattr(Relu, "derivative", half)
    found = check(moment(hidden("a", Relu()), dataset=Spiral()), GradientCheck())
    assert found.blamed == ("a",)


def test_a_weight_of_zero_under_l1_is_no_mistake():
    at = put(moment(regularizer=L1(strength=2.0)), output=[0, 1, 0])
    found = entries(check(at, FEW), "output")
    assert found["weights", (0, 0)].found.verdict is not Correctness.WRONG
    assert found["weights", (0, 1)].found.verdict is Correctness.RIGHT


# --- what cannot be ---------------------------------------------------------------------------------


def test_a_loss_that_is_not_finite_is_refused_in_a_sentence():
    at = moment(hidden("a"))
    at.parameters[-1] = np.float32(1e30)
    at.parameters[-2] = np.inf
    with pytest.raises(InvalidValue, match="The loss is not finite"):
        check(at, FEW)


def test_it_tells_how_far_it_is_a_piece_at_a_time(monkeypatch):
    monkeypatch.setattr(checking, "PIECE", -1)
    *told, found = checking.pieces(moment(hidden("a")), FEW)
    assert [piece.done for piece in told] == list(range(1, 27))
    assert {piece.of for piece in told} == {5 + 16 + 5}
    assert told[-1].layers == found.layers[:1]


def test_it_ends_when_asked(monkeypatch):
    monkeypatch.setattr(checking, "PIECE", -1)
    answers = iter([False, False, True])
    assert check(moment(hidden("a")), FEW, lambda: next(answers)) is None
    assert next(answers, None) is None


def test_classes_that_are_weighed_and_labels_that_are_smoothed_are_right():
    experiment = resolve("three_classes").saved.experiment
    loss = experiment.training.loss.with_(class_weights="balanced", label_smoothing=0.1)
    trainer = Trainer(experiment.with_(training=experiment.training.with_(loss=loss)))
    assert set(verdicts(check(Moment.of(trainer), FEW)).values()) == {Correctness.RIGHT}
