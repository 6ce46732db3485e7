"""What the compiled machine measures is what NumPy measures, for every loss and on every side."""

import numpy as np
import pytest
from machines import COMPILED, on_both
from machines import loops as loops
from training_examples import experiment, regression, train

from playground.data.data import Data
from playground.data.datasets.recipes import Rings
from playground.engine.activations import Linear, Softmax, Tanh
from playground.engine.clipping import NoClipping
from playground.engine.graph import Architecture
from playground.engine.layers import Add, Dense
from playground.engine.loops import loop_of
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Loss, SquaredError
from playground.training.compiled import evaluator
from playground.training.evaluator import Evaluator
from playground.training.trainer import Trainer

pytestmark = [pytest.mark.filterwarnings("ignore::RuntimeWarning"), pytest.mark.timeout(600)]  # to compile

TRAINABLE = [pytest.param(kind, id=kind.__name__) for kind in Loss.members() if kind.trainable]


def by_numpy(trainer, samples, detailed=False):
    """What NumPy measures of the same network."""
    plain = trainer.experiment.training.loss
    classes, threshold = trainer.data.task.classes, (trainer.sides.low + 1) / 2
    return Evaluator(trainer.network, plain, classes, threshold).measure(samples, detailed)


def assert_measured_alike(trainer, tolerance=1e-12):
    """On all sides of the split there are."""
    sides = trainer.sides
    for samples in (sides.train, sides.test, sides.validation):
        if samples is None:
            continue
        found, expected = trainer.recorder.measure_on(samples), by_numpy(trainer, samples)
        assert found.loss == pytest.approx(expected.loss, rel=tolerance)
        assert found.metrics == pytest.approx(expected.metrics, rel=tolerance)
        assert (found.smoothed is None) == (expected.smoothed is None)
        if found.smoothed is not None:
            assert found.smoothed == pytest.approx(expected.smoothed, rel=tolerance)
        detailed = trainer.recorder.measure_on(samples, detailed=True)
        assert detailed.loss == found.loss
        assert detailed.metrics == pytest.approx(by_numpy(trainer, samples, True).metrics, nan_ok=True)


def of_classes(classes, loss, activation):
    last = Dense(id="output", units=loss.outputs(classes), activation=activation)
    return experiment(
        Dense(id="hidden", units=3), last, dataset=Rings(classes=classes, samples=44), loss=loss
    )


def compiled(start, steps=3):
    trainer = Trainer(start, choice=COMPILED)
    assert trainer.machine.name == "compiled", trainer.machine.reason
    train(trainer, steps)
    return trainer


def test_every_loss_to_train_with_has_a_compiled_value():
    assert all(loop_of(kind, "each") is not None for kind in Loss.members() if kind.trainable)


@pytest.mark.parametrize("kind", TRAINABLE)
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_losses_are_measured_alike(kind, classes, loops):
    loss = kind()
    if not loss.suits(classes):
        pytest.skip("it is not made for that")
    activation = loss.output_activation(classes, Linear() if classes == 0 else Tanh())
    start = regression(loss=loss) if classes == 0 else of_classes(classes, loss, activation)
    assert_measured_alike(compiled(start))


@pytest.mark.parametrize("loss", [SquaredError(half=True), SquaredError()], ids=str)
def test_several_numbers_are_measured_alike(loss, loops):
    """An autoencoder has two outputs."""
    data = Data(dataset=Rings(samples=20), targets="inputs", train_percent=50)
    layers = Dense(id="code", units=1), Dense(id="output", units=2, activation=Linear())
    start = experiment(*layers, loss=loss).with_(data=data)
    assert_measured_alike(compiled(start))


@pytest.mark.parametrize(("loss", "classes"), [(BinaryCrossEntropy, 2), (CrossEntropy, 3)])
def test_smoothed_labels_are_measured_beside_the_true_ones(loss, classes, loops):
    smoothed = loss(label_smoothing=0.2, class_weights="balanced")
    activation = smoothed.output_activation(classes, Softmax())
    trainer = compiled(of_classes(classes, smoothed, activation))
    assert trainer.recorder.measures[0].smoothed != trainer.recorder.measures[0].loss
    assert_measured_alike(trainer)


@pytest.mark.parametrize("at_once", [1, 7, 22, 1000])
def test_many_samples_are_measured_piece_by_piece(at_once, loops, monkeypatch):
    """The last piece begins among the samples of the one before, which count once."""
    monkeypatch.setattr(evaluator, "AT_ONCE", at_once)
    assert_measured_alike(compiled(experiment()))


def test_single_precision_is_measured_alike(loops):
    assert_measured_alike(compiled(experiment().with_(precision="float32")), 1e-5)


def test_layers_that_join_others_are_measured_alike(loops):
    hidden, more = Dense(id="hidden", units=3), Dense(id="more", units=3)
    output = experiment().network.output
    start = experiment(hidden, more, Add(id="sum", inputs=("more", "hidden")), output)
    assert_measured_alike(compiled(start))


def test_the_record_of_a_run_is_the_same_within_rounding(loops):
    """Losses, metrics, lengths of gradients, rates: every column of every epoch."""
    slow, quick = on_both(experiment(shuffle=True))
    train(slow, 12)
    train(quick, 12)
    expected, found = slow.recorder.history.columns(), quick.recorder.history.columns()
    assert list(found) == list(expected)
    for name, column in expected.items():
        np.testing.assert_allclose(found[name], column, rtol=1e-10, err_msg=name)


@pytest.mark.parametrize("size", [0.0, 1e-200, 1e200, np.inf, np.nan])
def test_gradients_are_as_long_as_numpy_says_however_small_or_large(size, loops):
    trainer = compiled(experiment())
    trainer.network.gradients[:] = size
    numpy = Evaluator(trainer.network, trainer.experiment.training.loss, 2, 0.5)
    assert trainer.recorder.gradient_norms() == pytest.approx(numpy.norms(), nan_ok=True)


def test_weights_that_are_typed_are_measured_at_once(loops):
    trainer = compiled(experiment())
    before = trainer.recorder.measure_on(trainer.sides.test).loss
    trainer.network.block("hidden", "weights")[:] = 2.0
    assert trainer.recorder.measure_on(trainer.sides.test).loss != before
    assert_measured_alike(trainer)


def test_another_loss_is_measured_from_then_on(loops):
    trainer = compiled(experiment())
    last = trainer.experiment.network.output.with_(activation=Tanh())
    hidden = trainer.experiment.network.layers[0]
    settings = {"loss": SquaredError(), "clipping": NoClipping()}
    training = trainer.experiment.training.with_(**settings)
    trainer.apply(trainer.experiment.with_(training=training, network=Architecture(layers=(hidden, last))))
    assert trainer.machine.name == "compiled"
    assert_measured_alike(trainer)


def test_samples_that_are_not_there_are_measured_as_nothing(loops):
    start = experiment()
    trainer = compiled(start.with_(data=start.data.with_(train_percent=100)))
    assert np.isnan(trainer.recorder.measures[1].loss)
