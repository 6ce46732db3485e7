"""Whatever was typed, what the program writes it can open."""

import numpy as np
import pytest

from playground.engine.activations import Activation, Sigmoid
from playground.engine.clipping import Clipping
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense, LayerNorm
from playground.engine.losses import Loss
from playground.engine.optimizers import Adam, Momentum, Optimizer
from playground.engine.regularizers import Regularizer
from playground.engine.schedules import ReduceOnPlateau, Schedule
from playground.engine.stopping import EarlyStopping
from playground.experiment import Experiment
from playground.fields import describe
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight
from playground.value import InvalidValue

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

LARGEST = {precision: float(np.finfo(precision).max) for precision in ("float32", "float64")}


def experiment(precision="float32", layers=None, **training):
    start = Experiment(precision=precision)
    dataset = start.data.dataset.with_(samples=60)
    hidden = layers or (Dense(id="hidden", units=3), BatchNorm(id="norm"))
    output = Dense(id="output", units=1, activation=Sigmoid())
    return start.with_(
        data=start.data.with_(dataset=dataset, validation_percent=20),
        network=Architecture(layers=(*hidden, output)),
        training=start.training.with_(**training),
    )


def assert_opens_again(trainer):
    """What is saved opens, and goes on to where the trainer itself goes."""
    saved = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    second = Trainer(saved.experiment, saved.checkpoint)
    for name, values in trainer.network.tensors():
        np.testing.assert_array_equal(values, dict(second.network.tensors())[name])


# --- weights ---


@pytest.mark.parametrize("precision", LARGEST)
@pytest.mark.parametrize("share", [1.0, -1.0, 1e-10, -1e-19, 1e-30])
@pytest.mark.parametrize("optimizer", [Adam(), Momentum()], ids=["adam", "momentum"])
def test_after_any_weight_was_typed(precision, share, optimizer):
    rules = {"stopping": EarlyStopping(patience=2), "schedule": ReduceOnPlateau(patience=1)}
    start = experiment(precision, optimizer=optimizer, last_batch="carry", batch_size=7, **rules)
    trainer = Trainer(start)
    for unit, source in ((0, 0), (1, 1), (2, -1)):
        trainer.set_weight(TypedWeight("hidden", unit, source, share * LARGEST[precision]))
        assert_opens_again(trainer)
        for _ in range(3):
            trainer.run_epoch()
            assert_opens_again(trainer)
    trainer.finish()
    assert_opens_again(trainer)


def test_a_precision_that_cannot_hold_what_was_typed_is_refused_and_nothing_is_lost():
    start = experiment("float64")
    trainer = Trainer(start)
    trainer.set_weight(TypedWeight("hidden", 1, 0, 1e39))
    with pytest.raises(InvalidValue, match="float32 holds numbers up to 3"):
        trainer.apply(start.with_(precision="float32"))
    assert trainer.network.dtype == "float64"
    assert dict(trainer.network.tensors())["hidden.weights"][1, 0] == 1e39
    trainer.set_weight(TypedWeight("hidden", 1, 0, 1e30))
    trainer.apply(start.with_(precision="float32"))
    assert dict(trainer.network.tensors())["hidden.weights"][1, 0] == np.float32(1e30)
    assert_opens_again(trainer)


def test_a_layer_that_comes_back_with_numbers_too_large_for_the_precision_begins_anew():
    start = experiment("float64")
    trainer = Trainer(start)
    trainer.set_weight(TypedWeight("hidden", 1, 0, 1e39))
    without = experiment("float64", layers=(Dense(id="other", units=3),))
    trainer.apply(without)
    trainer.apply(without.with_(precision="float32"))
    said = str(trainer.apply(start.with_(precision="float32")))
    assert "others start anew" in said
    assert_opens_again(trainer)


# --- settings ---


def extremes(family):
    """Every member with each of its numbers at the ends of what may be typed."""
    return [
        pytest.param(member(**{field.name: number}), id=f"{member.tag()} {field.name}={number:g}")
        for member in family.members()
        for field in describe(member)
        if field.type in (int, float)
        for number in ends(field)
    ]


def ends(field):
    """The least and the largest number that a field takes from a person."""
    low, high = field.low, field.high
    if field.type is int:
        return [number for number in (low, high) if number is not None]
    least = 1.2e-38 if low == 0 and field.above else np.nextafter(low, high) if field.above else low
    most = np.nextafter(high, low) if field.below else high
    return [float(least), float(most)]


def run(start):
    trainer = Trainer(start)
    for _ in range(2):
        trainer.run_epoch()
    return trainer


@pytest.mark.parametrize("optimizer", extremes(Optimizer))
def test_after_any_number_of_an_optimizer(optimizer):
    assert_opens_again(run(experiment(optimizer=optimizer)))


@pytest.mark.parametrize("schedule", extremes(Schedule))
def test_after_any_number_of_a_schedule(schedule):
    assert_opens_again(run(experiment(schedule=schedule)))


@pytest.mark.parametrize("regularizer", extremes(Regularizer))
def test_after_any_number_of_a_regularizer(regularizer):
    assert_opens_again(run(experiment(regularizer=regularizer)))


@pytest.mark.parametrize("clipping", extremes(Clipping))
def test_after_any_number_of_a_clipping(clipping):
    assert_opens_again(run(experiment(clipping=clipping)))


@pytest.mark.parametrize("activation", extremes(Activation))
def test_after_any_number_of_an_activation(activation):
    assert_opens_again(run(experiment(layers=(Dense(id="hidden", activation=activation),))))


@pytest.mark.parametrize("loss", extremes(Loss))
def test_after_any_number_of_a_loss(loss):
    assert_opens_again(run(experiment().with_loss(loss) if loss.suits(2) else experiment()))


@pytest.mark.parametrize("layer", [BatchNorm, LayerNorm])
@pytest.mark.parametrize("epsilon", [1.2e-38, 1.0])
def test_after_any_epsilon_of_a_normalization(layer, epsilon):
    layers = (Dense(id="hidden"), layer(id="norm", epsilon=epsilon))
    assert_opens_again(run(experiment(layers=layers, batch_size=1)))
