"""Every setting of an experiment can vary, is named in words, and is put in."""

from contextlib import suppress

import pytest

from playground.data import Data
from playground.data.features import X, XSquared, Y
from playground.engine.activations import Relu
from playground.engine.optimizers import Momentum
from playground.experiment import Experiment
from playground.files.examples import examples
from playground.search.applying import apply
from playground.search.settings import what_can_vary
from playground.value import InvalidValue

EXPERIMENT = Experiment()


def setting(path, experiment=EXPERIMENT):
    return next(each for each in what_can_vary(experiment) if each.path == path)


def hidden(experiment):
    return [layer.units for layer in experiment.network.layers[:-1]]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_every_setting_of_every_example_is_put_in_or_refused_in_a_sentence(example):
    experiment = example.load().experiment
    settings = what_can_vary(experiment)
    assert len({each.path for each in settings}) == len(settings)
    assert all(str(each.words) and str(each.help).endswith(".") for each in settings)
    for each in settings[::3]:
        with suppress(InvalidValue):
            assert apply(experiment, {each.path: each.usual.at(0.9)}).problems() == ()


def test_the_present_settings_change_nothing():
    settings = {each.path: each.value for each in what_can_vary(EXPERIMENT)}
    del settings["network.units"]
    assert apply(EXPERIMENT, settings) == EXPERIMENT


def test_bounds_and_scales_come_from_the_description_of_the_field():
    rate, noise = setting("training.optimizer.learning_rate"), setting("data.dataset.noise")
    assert (rate.usual.low, rate.usual.high, rate.usual.logarithmic) == (1e-4, 1, True)
    assert (noise.usual.low, noise.usual.high, noise.usual.logarithmic) == (0, 50, False)
    assert str(rate.words) == "Learning rate"
    assert str(setting("network.dense1.units").words) == "Dense 1: Neurons"


def test_layers_are_copied_from_the_last_and_taken_from_the_end():
    assert hidden(apply(EXPERIMENT, {"network.layers": 4})) == [4, 2, 2, 2]
    assert hidden(apply(EXPERIMENT, {"network.layers": 1})) == [4]
    assert hidden(apply(EXPERIMENT, {"network.layers": 3, "network.units": 7})) == [7, 7, 7]


def test_settings_of_a_layer_that_went_say_nothing():
    assert hidden(apply(EXPERIMENT, {"network.layers": 1, "network.dense2.units": 9})) == [4]


def test_an_activation_is_that_of_one_layer_or_of_all():
    one = apply(EXPERIMENT, {"network.dense2.activation": "relu"})
    assert [type(layer.activation) is Relu for layer in one.network.layers] == [False, True, False]
    all_ = apply(EXPERIMENT, {"network.activation": "relu", "network.layers": 3})
    assert [type(layer.activation) is Relu for layer in all_.network.layers] == [True, True, True, False]


def test_an_optimizer_takes_the_rate_that_varies_with_it():
    settings = {"training.optimizer": "momentum", "training.optimizer.learning_rate": 0.5}
    optimizer = apply(EXPERIMENT, settings).training.optimizer
    assert isinstance(optimizer, Momentum)
    assert optimizer.learning_rate == 0.5


def test_what_the_other_optimizer_does_not_have_says_nothing():
    settings = {"training.optimizer": "gradient_descent", "training.optimizer.beta1": 0.5}
    assert apply(EXPERIMENT, settings).training.optimizer.tag() == "gradient_descent"


def test_inputs_are_switched_on_and_off():
    changed = apply(EXPERIMENT, {"data.inputs.x₁²": True, "data.inputs.x₂": False})
    assert set(changed.data.inputs) == {X(), XSquared()}
    assert Y() in EXPERIMENT.data.inputs
    with pytest.raises(InvalidValue, match="at least 1"):
        apply(EXPERIMENT, {"data.inputs.x₁": False, "data.inputs.x₂": False})


def test_fields_that_only_fit_together_are_put_in_together():
    begun = EXPERIMENT.with_(data=Data(train_percent=60, validation_percent=30))
    changed = apply(begun, {"data.train_percent": 90.0, "data.validation_percent": 5})
    assert (changed.data.train_percent, changed.data.validation_percent) == (90, 5)


def test_a_loss_brings_its_output_layer_along():
    changed = apply(EXPERIMENT, {"training.loss": "hinge"})
    assert changed.problems() == ()
    assert changed.network.output.activation.tag() != "sigmoid"


def test_an_unknown_path_names_near_ones():
    with pytest.raises(
        InvalidValue, match=r"no setting network\.dense1\.unit; there is network\.dense1\.units"
    ):
        apply(EXPERIMENT, {"network.dense1.unit": 3})
