"""Where the data are a graph, layers that read it are offered first."""

import pytest

from playground.data.datasets.karate import Karate
from playground.data.datasets.recipes import Circle, Molecules
from playground.engine.layers.graph_convolution import GraphConvolution
from playground.engine.layers.message_passing import MessagePassing
from playground.engine.layers.readout import GraphReadout
from playground.experiment import Experiment
from widgets.canvas.faces import Subject, face_of
from widgets.canvas.kinds import axes_of, layer_groups, layer_kinds


@pytest.mark.parametrize("dataset", [Karate(), Molecules()], ids=["nodes", "molecules"])
def test_layers_that_read_the_graph_come_first(dataset):
    axes = axes_of(Experiment().with_dataset(dataset))
    assert set(layer_kinds(axes)[:2]) == {GraphConvolution, MessagePassing}
    title, kinds = layer_groups(axes)[0]
    assert (title, GraphReadout in kinds) == ("Graphs", True)


def test_on_a_plane_they_come_late():
    kinds = layer_kinds(axes_of(Experiment().with_dataset(Circle())))
    assert kinds.index(GraphConvolution) > len(kinds) / 2


@pytest.mark.parametrize(("shape", "tiles", "pictures"), [((3,), 3, False), ((10, 3), 1, True)])
def test_of_one_node_each_value_is_a_tile_and_of_a_molecule_all_are_a_picture(shape, tiles, pictures):
    layer = GraphConvolution(id="a", units=3)
    subject = Subject("a", 0, "Graph conv", "", layer, shape, 3, 8, 0, True, over_sample=True)
    card = face_of(GraphConvolution).card(subject, 0)
    assert (len(card.tiles), card.pictures) == (tiles, pictures)
