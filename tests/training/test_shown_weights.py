"""Snapshots show the weights of every layer with neurons, and what is typed there is set."""

import numpy as np

from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Dropout, Maxout, TiedDense
from playground.engine.optimizers import Momentum
from playground.experiment import Experiment, Training
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

LAYERS = (
    Dense(id="code", units=3),
    TiedDense(id="tied", of="code"),
    Maxout(id="max", units=4, pieces=3),
    Dropout(id="drop"),
    Dense(id="output", units=1, activation=Sigmoid()),
)


def trained():
    trainer = Trainer(Experiment(network=Architecture(layers=LAYERS)))
    trainer.run(5)
    return trainer


def shown(trainer):
    progress = Progress(1, State.PAUSED, 100, 1.0, "")
    return Observer(trainer).snapshot(progress).layers


def test_a_tied_layer_shows_the_weights_it_shares_transposed_and_biases_of_its_own():
    trainer = trained()
    layers = shown(trainer)
    np.testing.assert_array_equal(layers["tied"].weights, layers["code"].weights.T)
    np.testing.assert_array_equal(layers["tied"].weight_gradients, layers["code"].weight_gradients.T)
    np.testing.assert_array_equal(layers["tied"].bias, dict(trainer.network.tensors())["tied.bias"])


def test_maxout_shows_the_largest_of_each_weights_pieces_and_its_gradient():
    trainer = trained()
    layer = shown(trainer)["max"]
    weights = dict(trainer.network.tensors())["max.weights"]
    gradients = dict(trainer.network.tensors(trainer.network.gradients))["max.weights"]
    piece = np.abs(weights).argmax(axis=0)
    for unit, source in np.ndindex(layer.weights.shape):
        place = (piece[unit, source], unit, source)
        assert layer.weights[unit, source] == weights[place]
        assert layer.weight_gradients[unit, source] == gradients[place]


def test_a_layer_without_neurons_shows_no_weights():
    layer = shown(trained())["drop"]
    assert (layer.weights, layer.bias, layer.weight_gradients, layer.bias_gradients) == (None,) * 4


def test_what_is_shown_stays_as_it_was():
    trainer = trained()
    layers = shown(trainer)
    before = {name: layer.weights.copy() for name, layer in layers.items() if layer.weights is not None}
    trainer.run(5)
    assert set(before) == {"code", "tied", "max", "output"}
    for name, weights in before.items():
        np.testing.assert_array_equal(layers[name].weights, weights)


def test_a_weight_that_is_typed_is_shown():
    trainer = trained()
    for layer_id, unit, source in (("tied", 1, 2), ("max", 3, 1), ("code", 0, -1), ("max", 2, -1)):
        trainer.set_weight(TypedWeight(layer_id, unit, source, 2.5))
        layer = shown(trainer)[layer_id]
        assert (layer.bias[unit] if source < 0 else layer.weights[unit, source]) == 2.5
    assert shown(trainer)["code"].weights[2, 1] == 2.5


def test_an_observer_that_goes_on_shows_the_weights_of_now_whatever_came_between():
    """A step, a typed weight, another optimizer, another layer."""
    trainer = trained()
    observer, progress = Observer(trainer), Progress(1, State.PAUSED, 100, 1.0, "")
    wider = (Dense(id="code", units=4), *LAYERS[1:])
    for change in (
        lambda: trainer.run(3),
        lambda: trainer.set_weight(TypedWeight("code", 0, 1, 7.0)),
        lambda: trainer.apply(trainer.experiment.with_(training=Training(optimizer=Momentum()))),
        lambda: trainer.run(1),
        lambda: trainer.apply(trainer.experiment.with_(network=Architecture(layers=wider))),
        lambda: trainer.run(1),
    ):
        change()
        seen, fresh = observer.snapshot(progress).layers, shown(trainer)
        for name, layer in fresh.items():
            for kind in ("weights", "bias", "weight_gradients", "bias_gradients", "weight_updates"):
                np.testing.assert_array_equal(getattr(seen[name], kind), getattr(layer, kind), err_msg=name)
        tensors = dict(trainer.network.tensors())
        np.testing.assert_array_equal(seen["code"].weights, tensors["code.weights"])
