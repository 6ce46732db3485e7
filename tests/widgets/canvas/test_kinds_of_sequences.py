"""Layers for sequences are offered first where the data are sequences, of numbers or of symbols."""

import pytest

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.recipes import Circle
from playground.data.datasets.sequences.memory import Adding
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.experiment import Experiment
from widgets.canvas.kinds import axes_of, layer_kinds


@pytest.mark.parametrize("dataset", [Adding(samples=50), OwnText()])
def test_recurrent_layers_come_first_for_sequences(dataset):
    experiment = Experiment().with_dataset(dataset)
    assert set(layer_kinds(axes_of(experiment))[:3]) == {SimpleRnn, Gru, Lstm}


def test_they_come_late_for_points():
    places = [layer_kinds(axes_of(Experiment().with_dataset(Circle()))).index(kind) for kind in (Gru, Lstm)]
    assert min(places) > 5
