from dataclasses import replace

import numpy as np
import pytest

from playground.data.datasets.recipes import Blobs, MultiGauss
from playground.engine.activations import Relu, Sigmoid
from playground.engine.losses import CrossEntropy, Hinge
from playground.experiment import Experiment
from widgets.colouring import ByClass, Diverging
from widgets.plots.output_meaning import output_meaning
from widgets.theme import DARK, OKABE_ITO

BLOBS = Experiment().with_dataset(Blobs(classes=3, samples=60))


def texts(fields):
    return [(field.caption, field.text) for field in fields]


def test_a_sigmoid_gives_the_probability_of_blue(train):
    meaning = output_meaning(train())

    assert meaning.quantity == "P(blue)"
    assert meaning.colouring == Diverging(0, 1, two_classes=True)
    assert texts(meaning.describe(np.array([0.93]))) == [("P(blue)", "0.93"), ("class", "blue")]
    assert texts(meaning.describe(np.array([0.2]))) == [("P(blue)", "0.20"), ("class", "orange")]


def test_the_class_is_told_by_word_and_by_colour(train):
    *_, field = output_meaning(train()).describe(np.array([0.1]))

    assert (field.text, field.colour) == ("orange", DARK.negative)


def test_a_margin_is_no_probability(train):
    meaning = output_meaning(train(Experiment().with_loss(Hinge())))

    assert meaning.quantity == "output"
    assert meaning.colouring == Diverging(-1, 1, two_classes=True)
    assert texts(meaning.describe(np.array([0.1]))) == [("output", "0.10"), ("class", "blue")]


def test_softmax_over_two_classes_is_shown_as_one_probability(train):
    meaning = output_meaning(train(Experiment().with_loss(CrossEntropy())))

    assert meaning.quantity == "P(blue)"
    assert meaning.outputs.shape == (1, 100, 100)
    assert texts(meaning.describe(np.array([0.7])))[-1] == ("class", "blue")


def test_many_classes_tell_the_likeliest(train):
    meaning = output_meaning(train(BLOBS))

    assert meaning.colouring == ByClass(("A", "B", "C"))
    assert meaning.names == ("P(A)", "P(B)", "P(C)")
    fields = meaning.describe(np.array([0.1, 0.7, 0.2]))
    assert texts(fields) == [("P(B)", "0.70"), ("class", "B")]
    assert fields[-1].colour == OKABE_ITO[1]


def test_many_classes_without_probabilities(train):
    meaning = output_meaning(train(BLOBS.with_loss(Hinge())))

    assert meaning.quantity == "output"
    assert texts(meaning.describe(np.array([-1.0, 0.7, 0.2]))) == [("B", "0.70"), ("class", "B")]


def test_numbers_have_a_scale_around_zero_that_holds_the_targets(train):
    meaning = output_meaning(train(Experiment().with_dataset(MultiGauss(samples=100))))

    assert meaning.quantity == "value"
    assert meaning.colouring == Diverging(-0.8, 0.8)
    assert texts(meaning.describe(np.array([-0.5]))) == [("value", "−0.50")]


@pytest.mark.parametrize(("activation", "low", "high"), [(Sigmoid(), 0, 1), (Relu(), -2.5, 2.5)])
def test_a_neuron_has_the_range_of_its_activation_or_of_its_values(train, activation, low, high):
    experiment = Experiment()
    first, *rest = experiment.network.layers
    network = experiment.network.with_(layers=(first.with_(activation=activation), *rest))
    snapshot = replace(
        train(experiment.with_(network=network)),
        focus=("dense1", 2),
        output=np.linspace(0, 2.4, 100, dtype=np.float32).reshape(1, 10, 10),
    )

    meaning = output_meaning(snapshot)

    assert meaning.quantity == "activation"
    assert (meaning.colouring.low, meaning.colouring.high) == pytest.approx((low, high))
    assert texts(meaning.describe(np.array([0.31]))) == [("activation", "0.31")]


def test_the_map_of_a_neuron_that_is_no_longer_pointed_at_means_nothing(train):
    snapshot = replace(train(BLOBS), output=np.zeros((1, 10, 10), np.float32))

    assert output_meaning(snapshot) is None


def test_an_overflowing_output_can_be_drawn(train):
    outputs = np.full((1, 10, 10), np.inf, np.float32)
    outputs[0, :5] = np.nan

    meaning = output_meaning(replace(train(), output=outputs))

    assert np.isfinite(meaning.outputs).all()


def test_no_output_means_nothing(train):
    assert output_meaning(replace(train(), output=None)) is None
