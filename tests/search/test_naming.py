"""What a person types after `--vary`."""

import pytest

from playground.experiment import Experiment
from playground.search.naming import varied
from playground.search.settings import what_can_vary
from playground.value import InvalidValue

SETTINGS = what_can_vary(Experiment())


def vary(text):
    return varied(SETTINGS, text)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("rate", "training.optimizer.learning_rate"),
        ("learning_rate", "training.optimizer.learning_rate"),
        ("Learning rate", "training.optimizer.learning_rate"),
        ("training.optimizer.learning_rate", "training.optimizer.learning_rate"),
        ("batch-size", "training.batch_size"),
        ("layers", "network.layers"),
        ("units", "network.units"),
        ("dense1.units", "network.dense1.units"),
        ("noise", "data.dataset.noise"),
        ("Input x₁²", "data.inputs.x₁²"),
    ],
)
def test_a_setting_has_the_names_that_people_give_it(name, path):
    assert vary(name).path == path


def test_bounds_are_typed_and_the_scale_is_that_of_the_field_or_as_said():
    rate = vary("rate=1e-3..0.1")
    assert (rate.low, rate.high, rate.logarithmic) == (1e-3, 0.1, True)
    assert not vary("rate=0.001..0.1:linear").logarithmic
    assert vary("noise=1..50:log").logarithmic
    units = vary("units=4..16")
    assert (units.low, units.high, units.whole) == (4, 16, True)


def test_choices_are_typed_with_commas():
    assert vary("activation=tanh,ReLU").choices == ("tanh", "relu")
    assert vary("batch_size=8,16,32").choices == (8, 16, 32)
    assert vary("optimizer=adam, Gradient descent").choices == ("adam", "gradient_descent")
    assert vary("shuffle=on,off").choices == (True, False)
    assert vary("rate=0.1,0.01").choices == (0.1, 0.01)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unitz=1..2", "There is no setting unitz; there is units"),
        ("rate=0..1", "must be above 0"),
        ("noise=0..1:log", "a log scale begins above 0"),
        ("rate=1..0.1", "the lower comes first"),
        ("rate=a..b", "a is no number"),
        ("rate=0.1..1:square", "A scale is log or linear, not square"),
        ("activation=1..2", "is no number; write its choices with commas"),
        ("activation=tanh,foo", "foo is none of relu"),
        ("batch_size=", "say which values"),
        ("bias=0..1", "bias may be network.dense1.bias or network.dense2.bias"),
        ("units=1.5..4", "whole numbers begin and end at whole numbers"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(text, words):
    with pytest.raises(InvalidValue, match=words):
        vary(text)
