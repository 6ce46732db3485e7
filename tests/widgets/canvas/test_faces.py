"""Layers with a face of their own show what only they have."""

import numpy as np
import pytest
from PySide6.QtCore import QSizeF

from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Add, BatchNorm, Dense, Dropout, Layer, Maxout, Scale
from playground.engine.layers.convolution import Conv2D
from playground.engine.layers.pooling import MaxPool
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.canvas.faces import face_of
from widgets.canvas.faces.batch_norm import BatchNormFace
from widgets.canvas.faces.grid import GridFace
from widgets.canvas.faces.inputs import InputFace
from widgets.canvas.faces.maxout import MaxoutFace
from widgets.canvas.faces.merge import MergeFace
from widgets.canvas.faces.neurons import NeuronFace
from widgets.canvas.faces.slim import SlimFace
from widgets.canvas.info import describe
from widgets.canvas.layout import Sketch, arrange
from widgets.canvas.parts import Role, Target
from widgets.document import Document

LAYERS = (
    Maxout(id="max", units=3, pieces=4),
    BatchNorm(id="norm"),
    Dense(id="output", units=1, activation=Sigmoid()),
)


@pytest.mark.parametrize(
    ("kind", "face"),
    [
        (None, InputFace), (Dense, NeuronFace), (Maxout, MaxoutFace), (Dropout, SlimFace), (Scale, SlimFace),
        (Add, MergeFace), (BatchNorm, BatchNormFace), (Conv2D, GridFace), (MaxPool, GridFace),
    ],
)  # fmt: skip
def test_every_kind_of_layer_has_its_face(kind, face):
    assert type(face_of(kind)) is face


def test_there_is_a_face_for_whatever_layer_comes():
    assert all(face_of(kind) for kind in Layer.members())


@pytest.fixture
def seen(qtbot, qapp):
    theme.apply(qapp, "dark")
    document = Document(Experiment(network=Architecture(layers=LAYERS)))
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(800, 500)
    with qtbot.waitExposed(canvas):
        canvas.show()
    trainer = Trainer(document.experiment)
    canvas.show_snapshot(Observer(trainer).snapshot(Progress(1, State.PAUSED, 100, 0.0, "")))
    yield canvas.view, trainer.network
    document.undo_stack.setClean()


def lines(view, role, layer_id, unit):
    return describe(Target(role, layer_id, unit), view.state.scene, view.state.snapshot).lines


def test_the_pieces_of_a_maxout_neuron_are_read_beside_it(seen):
    view, _ = seen
    card = view.state.scene.card("max")
    assert [part.unit for part in card.parts if part.role is Role.PIECES] == [0, 1, 2]
    assert len(lines(view, Role.PIECES, "max", 1)) == 4
    assert lines(view, Role.PIECES, "max", 1)[0].startswith("piece 1: weights ")
    assert not view.grab().isNull()


def test_weights_into_a_maxout_neuron_end_before_its_pieces(seen):
    view, _ = seen
    bundle = next(bundle for bundle in view.state.scene.bundles if bundle.layer_id == "max")
    pieces = view.state.scene.card("max").area(Role.PIECES, 0)
    assert bundle.points[0, -1, 0] <= pieces.left()


def test_batch_norm_shows_its_four_numbers_for_every_value(seen):
    view, _ = seen
    assert lines(view, Role.MEASURES, "norm", 2) == ("μ 0", "σ 1", "γ 1", "β 0")
    card = view.state.scene.card("norm")
    assert all(card.rect.contains(part.rect) for part in card.rows)
    assert len(card.rows) == 3


@pytest.mark.parametrize("units", [1, 2, 3, 4, 6, 12, 40])
def test_the_bars_of_batch_norm_leave_room_for_their_names_and_for_the_gradient(units):
    layers = (Dense(id="dense", units=units), BatchNorm(id="norm"), LAYERS[-1])
    card = scene_of(*layers).card("norm")
    rows = [part.rect for part in card.rows]
    assert min(row.top() for row in rows) >= card.rect.top() + 23
    assert max(row.bottom() for row in rows) <= card.area(Role.BAR).top()


def test_the_blocks_of_a_snapshot_are_copies(seen):
    view, network = seen
    network.parameters[:] = 7
    assert np.abs(view.state.snapshot.layers["max"].blocks["pieces"]).max() < 7


def scene_of(*layers):
    architecture = Architecture(layers=layers)
    experiment = Experiment(network=architecture)
    return arrange(Sketch(architecture, experiment.graph, ("x", "y"), QSizeF(800, 500)))


def test_every_part_of_every_card_is_found_where_it_is():
    scene = scene_of(*LAYERS)
    for card in scene.cards:
        for part in card.parts:
            if part.role is not Role.CARD:
                point = part.rect.center()
                low = [card.find(point, below_edges=below) for below in (False, True)]
                assert Target(part.role, card.id, part.unit) in low
