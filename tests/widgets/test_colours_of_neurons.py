"""A neuron has the same colours on its tile and on the large map."""

from dataclasses import replace

import numpy as np
import pytest

from playground.engine.activations import Linear, Relu, Sigmoid, Tanh
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import Dense, Maxout
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View, tile_values
from playground.training.trainer import Trainer
from widgets.canvas.paint_tiles import TileImages
from widgets.plots.output_meaning import output_meaning
from widgets.theme import DARK

LAYERS = [Dense(units=4, activation=activation) for activation in (Relu(), Linear(), Sigmoid(), Tanh())]


def look_at(experiment, layer_id, unit):
    observer = Observer(Trainer(experiment))
    observer.view = replace(View(), focus=(layer_id, unit))
    return observer.snapshot(Progress(1, State.PAUSED, 100, 0.0, ""))


def tile_colours(maps, bounds, unit):
    images = TileImages(maps, 0, bounds, DARK)
    picture = images.image.copy(images.source(unit).toRect())
    return np.array(picture.constBits()).view(np.uint32).reshape(maps.shape[1:])


def map_colours(snapshot):
    meaning = output_meaning(snapshot)
    return meaning.colouring.pixels(tile_values(meaning.outputs), DARK, False)[::-1]


@pytest.mark.parametrize("layer", [*LAYERS, Maxout(units=4)], ids=lambda layer: layer.title)
@pytest.mark.parametrize("unit", [0, 3])
def test_a_hidden_neuron(layer, unit):
    layers = (layer.with_(id="hidden"), Dense(id="output", units=1, activation=Sigmoid()))
    snapshot = look_at(Experiment(network=Architecture(layers=layers)), "hidden", unit)

    tile = tile_colours(snapshot.layers["hidden"].maps, layer.output_range, unit)

    assert np.array_equal(tile, map_colours(snapshot))


def test_an_input():
    snapshot = look_at(Experiment(), INPUT, 1)

    tile = tile_colours(snapshot.input_maps, (-np.inf, np.inf), 1)

    assert np.array_equal(tile, map_colours(snapshot))
