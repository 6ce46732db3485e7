"""The experiment fits itself to data and loss, and says in sentences what cannot train."""

import math

import numpy as np
import pytest

from playground.data import Data, Dataset, Recipe
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Blobs, Circle, Plane, Sine, Spiral
from playground.data.features import Whole, X, XSquared
from playground.data.scaling import MinMax
from playground.engine.activations import Activation, Linear, Relu, Sigmoid, Softmax, Step, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import ActivationLayer, BatchNorm, Dense, Dropout, LayerProblem
from playground.engine.layers.convolution import Conv2D
from playground.engine.losses import (
    AbsoluteError,
    BinaryCrossEntropy,
    CrossEntropy,
    Hinge,
    Huber,
    Loss,
    Perceptron,
    SquaredError,
    ZeroOne,
)
from playground.experiment import Experiment, Training
from playground.randomness import Randomness
from playground.training.trainer import Trainer
from playground.value import InvalidValue

DATASETS = pytest.mark.parametrize(
    "dataset",
    [member(samples=60) if issubclass(member, Recipe) else member() for member in Dataset.ready()],
    ids=lambda dataset: dataset.tag(),
)
LOSSES = pytest.mark.parametrize("loss", [member() for member in Loss.members()], ids=lambda loss: loss.tag())


def experiment(dataset=None, loss=None, **output):
    """An experiment of one hidden layer whose output and loss are taken as given."""
    return Experiment(
        data=Data().with_dataset(dataset or Circle(samples=60)),
        network=Architecture(layers=(Dense(id="hidden", units=3), Dense(id="output", **output))),
        training=Training(loss=loss or BinaryCrossEntropy()),
    )


def texts(found):
    return [str(problem.text) for problem in found.problems()]


# --- fitting ----------------------------------------------------------------------------------------


def test_the_default_experiment_can_train():
    assert Experiment().problems() == ()
    assert Experiment().fitted() == Experiment()


@DATASETS
@LOSSES
def test_every_dataset_trains_with_every_loss_that_suits_it(dataset, loss):
    fitted = Experiment().with_dataset(dataset)
    assert fitted.problems() == ()
    if not loss.suits(fitted.task.classes):
        with pytest.raises(InvalidValue, match="does not suit"):
            fitted.with_loss(loss)
        return
    fitted = fitted.with_loss(loss)
    assert fitted.training.loss == loss
    if not loss.trainable:
        assert len(fitted.problems()) == 1
        return
    assert fitted.problems() == ()
    trainer = Trainer(fitted)
    before = trainer.network.parameters.copy()
    for _ in range(2):
        trainer.run_epoch()
    assert trainer.divergence is None
    assert math.isfinite(trainer.recorder.measures[0].loss)
    assert math.isfinite(trainer.recorder.measures[1].loss)
    assert not np.array_equal(trainer.network.parameters, before)


@DATASETS
@pytest.mark.parametrize("other", Dataset.ready(), ids=lambda member: member.tag())
def test_from_any_dataset_to_any_other_nothing_stands_in_the_way(dataset, other):
    assert Experiment().with_dataset(dataset).with_dataset(other()).problems() == ()


@LOSSES
@pytest.mark.parametrize("other", [member() for member in Loss.members()], ids=lambda loss: loss.tag())
@pytest.mark.parametrize("classes", [0, 2, 3])
def test_from_any_loss_to_any_other_nothing_stands_in_the_way(loss, other, classes):
    dataset = Blobs(samples=60, classes=classes) if classes else Plane(samples=60)
    start = Experiment().with_dataset(dataset)
    if loss.suits(classes) and other.suits(classes):
        changed = start.with_loss(loss).with_loss(other)
        assert changed.training.loss == other
        assert bool(changed.problems()) is not other.trainable
        assert changed.fitted().problems() == ()


@DATASETS
@LOSSES
def test_fitting_again_changes_nothing(dataset, loss):
    fitted = experiment(dataset, loss, units=5, activation=Relu()).fitted()
    assert fitted.problems() == ()
    assert fitted.fitted() == fitted


def test_another_dataset_keeps_the_hidden_layers_and_the_training():
    start = Experiment(training=Training(batch_size=7, epochs=3))
    changed = start.with_dataset(Plane())
    assert changed.network.layers[:-1] == start.network.layers[:-1]
    assert changed.training == start.training.with_(loss=SquaredError())
    assert changed.network.output == start.network.output.with_(activation=Linear())
    assert changed.randomness == start.randomness


def test_a_loss_that_suits_the_new_dataset_stays():
    start = Experiment().with_loss(Hinge())
    assert start.with_dataset(Spiral()).training.loss == Hinge()
    assert start.with_dataset(Blobs(classes=4)).training.loss == Hinge()
    assert start.with_dataset(Blobs(classes=4)).network.output.units == 4
    assert start.with_dataset(Plane()).training.loss == SquaredError()


def test_the_usual_loss_is_chosen_by_the_task():
    assert Experiment().with_dataset(Blobs(classes=3)).training.loss == CrossEntropy()
    assert Experiment().with_dataset(Sine()).training.loss == SquaredError()
    assert experiment(Circle(), AbsoluteError()).fitted().training.loss == AbsoluteError()
    assert Experiment().with_dataset(Sine()).with_loss(Huber()).fitted().training.loss == Huber()
    assert Experiment().with_dataset(Sine()).with_dataset(Circle()).problems() == ()


def test_inputs_that_the_new_dataset_cannot_give_are_left_out():
    start = Experiment(data=Data().with_(inputs=(X(), XSquared())))
    assert start.with_dataset(Sine()).data.inputs == (X(), XSquared())
    assert len(Experiment().with_dataset(Sine()).data.inputs) == 1


def test_softmax_becomes_sigmoid_where_one_output_is_left():
    two = Experiment().with_loss(CrossEntropy())
    assert (two.network.output.units, two.network.output.activation) == (2, Softmax())
    one = two.with_loss(SquaredError())
    assert (one.network.output.units, one.network.output.activation) == (1, Sigmoid())


def test_a_network_without_output_layer_is_not_fitted_and_says_so():
    empty = Experiment(network=Architecture())
    assert empty.fitted() == empty
    assert texts(empty) == ["The network has no layers."]


# --- what does not go together ----------------------------------------------------------------------

MISMATCHES = {
    "a loss for two classes on three": (
        experiment(Blobs(samples=60, classes=3), BinaryCrossEntropy(), units=1, activation=Sigmoid()),
        "Binary cross-entropy does not suit 3 classes; choose another loss.",
    ),
    "a loss for classes on numbers": (
        experiment(Plane(samples=60), CrossEntropy(), units=2, activation=Softmax()),
        "Cross-entropy (softmax) does not suit numbers; choose another loss.",
    ),
    "too many outputs": (
        experiment(units=2, activation=Sigmoid()),
        "Binary cross-entropy needs 1 here, and the output has 2 neurons.",
    ),
    "too few outputs": (
        experiment(Blobs(samples=60, classes=3), SquaredError(), units=1),
        "Squared error needs 3 here, and the output has 1 neuron.",
    ),
    "an output of the wrong activation": (
        experiment(units=1, activation=Tanh()),
        "Binary cross-entropy needs Sigmoid; the output has Tanh.",
    ),
    "a hinge on softmax": (
        experiment(Blobs(samples=60, classes=3), Hinge(), units=3, activation=Softmax()),
        "Hinge needs Linear; the output has Softmax.",
    ),
    "three classes on one output": (
        experiment(Blobs(samples=60, classes=3), CrossEntropy(), units=1, activation=Softmax()),
        "Cross-entropy (softmax) needs 3 here, and the output has 1 neuron.",
    ),
    "a perceptron of three classes": (
        experiment(Blobs(samples=60, classes=3), Perceptron(), units=3, activation=Linear()),
        "Perceptron does not suit 3 classes; choose another loss.",
    ),
    "a perceptron on tanh": (
        experiment(loss=Perceptron(), units=1, activation=Tanh()),
        "Perceptron needs Linear or Step; the output has Tanh.",
    ),
    "a step under a loss that needs a slope": (
        experiment(loss=SquaredError(), units=1, activation=Step()),
        "Step has no slope, so nothing can learn through it; "
        "choose another activation, or the perceptron loss.",
    ),
    "a step for numbers": (
        experiment(Plane(samples=60), SquaredError(), units=1, activation=Step()),
        "Step has no slope, so nothing can learn through it; choose another activation.",
    ),
    "a loss without a slope": (
        experiment(loss=ZeroOne(), units=1, activation=Tanh()),
        "0-1 loss has no slope, so nothing can learn through it; "
        "train with Binary cross-entropy or Cross-entropy (softmax) and watch the accuracy.",
    ),
    "a loss without a slope on three classes": (
        experiment(Blobs(samples=60, classes=3), ZeroOne(), units=3, activation=Tanh()),
        "0-1 loss has no slope, so nothing can learn through it; "
        "train with Cross-entropy (softmax) or Squared error and watch the accuracy.",
    ),
    "softmax of one neuron": (
        experiment(loss=SquaredError(), units=1, activation=Softmax()),
        "Softmax of one neuron is always 1; choose another activation.",
    ),
}


@pytest.mark.parametrize(("found", "sentence"), MISMATCHES.values(), ids=MISMATCHES)
def test_a_mismatch_is_a_sentence_on_the_output(found, sentence):
    assert [(each.layer_id, str(each.text)) for each in found.problems()] == [("output", sentence)]


@pytest.mark.parametrize(("found", "sentence"), MISMATCHES.values(), ids=MISMATCHES)
def test_fitting_mends_every_mismatch(found, sentence):
    assert found.fitted().problems() == ()


@pytest.mark.parametrize(
    "dataset", [Circle(samples=60), Blobs(samples=60), Plane(samples=60)], ids=lambda dataset: dataset.tag()
)
@LOSSES
@pytest.mark.parametrize("units", [1, 2, 3])
def test_what_has_no_problem_trains_and_what_has_one_is_told_at_the_output(dataset, loss, units):
    for activation in Activation.members():
        found = experiment(dataset, loss, units=units, activation=activation())
        if found.problems():
            assert [problem.layer_id for problem in found.problems()] == ["output"]
            continue
        trainer = Trainer(found)
        trainer.run(1)
        assert np.isfinite(trainer.network.parameters).all(), activation.tag()


@pytest.mark.parametrize(
    "hidden", [Dense(id="hidden", activation=Step()), ActivationLayer(id="hidden", activation=Step())]
)
def test_a_hidden_layer_without_a_slope_is_told_where_it_is(hidden):
    output = Dense(id="output", units=1, activation=Step())
    layers = (Dense(id="dense"), hidden, output)
    found = Experiment(network=Architecture(layers=layers), training=Training(loss=Perceptron()))
    sentence = "Step has no slope, so nothing can learn through it; choose another activation."
    assert [(each.layer_id, str(each.text)) for each in found.problems()] == [("hidden", sentence)]


def test_a_single_perceptron_learns_to_separate_what_can_be_separated():
    output = Dense(id="output", units=1, activation=Step())
    network = Architecture(layers=(output,))
    data = Data().with_dataset(Blobs(samples=80, classes=2, noise=0))
    found = Experiment(data=data, network=network, training=Training(loss=Perceptron(), batch_size=1))
    assert found.problems() == ()
    trainer = Trainer(found)
    for _ in range(30):
        trainer.run_epoch()
    train, test = trainer.recorder.measures
    assert train.metrics["accuracy"] == test.metrics["accuracy"] == 1
    assert train.loss == 0


def test_problems_of_the_network_come_with_those_of_the_output():
    layers = (Dense(id="hidden", inputs=("nobody",)), Dense(id="output", units=2, activation=Sigmoid()))
    found = Experiment(network=Architecture(layers=layers))
    assert [problem.layer_id for problem in found.problems()] == ["hidden", "output"]


@pytest.mark.parametrize("last", [Dropout(id="last"), BatchNorm(id="last")])
def test_a_last_layer_that_is_no_output_is_refused(last):
    found = Experiment(network=Architecture(layers=(Dense(id="dense"), last)))
    assert [problem.layer_id for problem in found.problems()] == ["last"]


def test_a_network_too_large_for_the_memory_is_refused_before_it_is_built():
    huge = experiment(units=1, activation=Sigmoid())
    layers = [Dense(id=f"dense{number}", units=4096) for number in range(4)]
    huge = huge.with_(network=Architecture(layers=(*layers, huge.network.output)))
    (problem,) = huge.problems()
    assert str(problem.text).startswith("The network has 50,3")
    assert str(problem.text).endswith("parameters, more than 50,000,000; make layers smaller.")
    with pytest.raises(LayerProblem, match="make layers smaller"):
        Trainer(huge)


@pytest.mark.parametrize(
    ("training", "words"),
    [
        ({"batch_size": 1}, "The batches are too small"),
        ({"batch_size": 3}, "The last batch of an epoch is too small"),
        ({"batch_size": 3, "last_batch": "carry"}, "The last batch of an epoch is too small"),
        ({"batch_size": 3, "last_batch": "drop"}, ""),
        ({"batch_size": 3, "full_batch": True}, ""),
        ({"batch_size": 4}, ""),
        ({"batch_size": 500}, ""),
    ],
)
def test_batches_too_small_for_batch_norm_are_told_at_the_layer(training, words):
    """There are 250 samples to train on: 83 batches of 3 and one sample more."""
    start = Experiment()
    layers = (Dense(id="hidden"), BatchNorm(id="norm"), Dense(id="output", units=1, activation=Sigmoid()))
    found = start.with_(network=Architecture(layers=layers), training=start.training.with_(**training))
    texts = [str(remark.text) for remark in found.remarks() if remark.layer_id == "norm"]
    assert [text.partition(":")[0] for text in texts] == ([words] if words else [])
    assert found.problems() == ()


def test_the_loss_refused_is_named():
    with pytest.raises(InvalidValue, match=r"Cross-entropy \(softmax\) does not suit numbers"):
        Experiment().with_dataset(Plane()).with_loss(CrossEntropy())
    with pytest.raises(InvalidValue, match="Binary cross-entropy does not suit 4 classes"):
        Experiment().with_dataset(Blobs(classes=4)).with_loss(BinaryCrossEntropy())


# --- as a value -------------------------------------------------------------------------------------


@DATASETS
def test_an_experiment_goes_into_a_file_and_comes_back(dataset):
    kept = Experiment().with_dataset(dataset)
    assert Experiment.model_validate_json(kept.model_dump_json()) == kept


@pytest.mark.parametrize("kind", Randomness.members(), ids=lambda kind: kind.tag())
def test_the_same_experiment_trains_to_the_same_bits(kind):
    chosen = Experiment(randomness=kind()).with_dataset(Circle(samples=60))
    once, again = Trainer(chosen), Trainer(chosen)
    for trainer in (once, again):
        trainer.run_epoch()
    np.testing.assert_array_equal(once.network.parameters, again.network.parameters)


def test_each_draw_of_the_weights_is_another_on_the_same_data():
    first, second = Trainer(Experiment()), Trainer(Experiment(weights_draw=1))
    np.testing.assert_array_equal(first.data.train.inputs, second.data.train.inputs)
    assert not np.array_equal(first.network.parameters, second.network.parameters)


# --- pictures as outputs ----------------------------------------------------------------------------


def picture_autoencoder(*last):
    data = Data(dataset=Digits(), inputs=(Whole(),), targets="inputs", scaling=MinMax())
    layers = (Conv2D(id="code", filters=2, kernel=3, padding="same"), *last)
    return Experiment(
        data=data,
        network=Architecture(layers=layers),
        training=Training(loss=SquaredError()),
    )


def conv(**fields):
    return Conv2D(id="output", kernel=3, padding="same", **fields)


def test_a_convolution_may_give_a_picture_back():
    experiment = picture_autoencoder(conv(filters=1, activation=Linear()))
    assert experiment.problems() == ()
    assert experiment.graph.nodes[-1].shape == experiment.data.input_shape


def test_a_picture_of_another_size_is_a_problem():
    (problem,) = picture_autoencoder(conv(filters=2)).problems()
    assert problem.layer_id == "output"
    assert "needs 64 here, and the output has 128 neurons" in str(problem.text)


def test_a_picture_tells_no_classes_apart():
    experiment = picture_autoencoder(conv(filters=1))
    classes = experiment.with_data(experiment.data.with_(targets="dataset"))
    assert classes.problems()[0].layer_id == "output"
    whole = Conv2D(id="output", filters=10, kernel=8, activation=Softmax())
    changed = experiment.network.with_(layers=(experiment.network.layers[0], whole))
    (problem,) = classes.with_(network=changed).problems()
    assert "gives a picture" in str(problem.text)
