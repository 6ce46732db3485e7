"""Self-attention shows on its card how much each step takes from each, and other layers at each step too."""

import numpy as np
import pytest
from canvas_examples import Person
from PySide6.QtGui import QColor

from playground.data.datasets.own_text import OwnText
from playground.data.spaces import PrincipalPlane
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.steps import DenseAtEachStep, Embedding, PositionalEncoding
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.canvas.info import describe
from widgets.canvas.parts import Role, Target
from widgets.document import Document

WINDOW, STEP = 6, 3


@pytest.fixture
def person(qtbot, qapp):
    theme.apply(qapp, "dark")
    layers = (
        Embedding(id="embedding", units=3),
        PositionalEncoding(id="position"),
        DenseAtEachStep(id="each", units=4),
        SelfAttention(id="attention", units=2),
        Flatten(id="flat"),
        Dense(id="output"),
    )
    start = Experiment().with_dataset(OwnText(text="abcd" * 10, window=WINDOW))
    document = Document(start.with_(network=Architecture(layers=layers)).fitted())
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(1300, 560)
    with qtbot.waitExposed(canvas):
        canvas.show()
    yield Person(qtbot, canvas, document)
    document.undo_stack.setClean()


def look(person, **view):
    """A look at a network whose step 4 takes nearly all from step 1."""
    trainer = Trainer(person.document.experiment)
    observer = Observer(trainer)
    observer.view = View(**view)
    snapshot = observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))
    weights = snapshot.layers["attention"].seen.get("weights")
    if weights is not None:
        weights[:] = 1e-3
        weights[STEP, 0] = 0.99
    person.canvas.show_snapshot(snapshot)
    return snapshot


def test_a_place_of_the_picture_is_as_strong_as_what_its_step_takes_from_the_other(person):
    look(person)
    picture = person.card("attention").area(Role.TILE, 0)
    image, side = person.view.grab().toImage(), picture.width() / WINDOW
    ratio = image.devicePixelRatio()

    def colour(to, source):
        spot = picture.topLeft()
        spot.setX(spot.x() + (source + 0.5) * side)
        spot.setY(spot.y() + (to + 0.5) * side)
        return image.pixelColor(person.on_screen(spot) * ratio)

    strong, faint = QColor(theme.current().positive), QColor(theme.current().zero)
    assert distance(colour(STEP, 0), strong) < distance(colour(STEP, 0), faint)
    assert distance(colour(0, STEP), faint) < distance(colour(0, STEP), strong)


def distance(first, second):
    return sum(abs(a - b) for a, b in zip(first.getRgb()[:3], second.getRgb()[:3], strict=True))


def test_pointing_at_it_tells_the_strongest_look(person):
    snapshot = look(person)
    info = describe(Target(Role.TILE, "attention", 0), person.view.state.scene, snapshot)
    assert info.lines[0].startswith("step 4 takes 99")
    assert info.lines[0].endswith("from step 1")


def test_plus_gives_it_a_larger_size(person):
    look(person)
    plus = person.card("attention").area(Role.PLUS)
    person.click(person.on_screen(plus.center()))
    assert person.document.experiment.network.layers[3].units == 3


@pytest.mark.parametrize("layer_id", ["embedding", "each"])
def test_layers_at_each_step_have_a_picture_and_no_kernel(person, layer_id):
    snapshot = look(person)
    card = person.card(layer_id)
    assert card.area(Role.TILE, 0) is not None
    assert card.part(Role.KERNEL, 0) is None
    assert describe(Target(Role.TILE, layer_id, 0), person.view.state.scene, snapshot) is not None


def test_over_a_plane_and_before_anything_is_known_all_are_drawn(person):
    assert not person.view.grab().isNull()
    look(person, space=PrincipalPlane(), resolution=5)
    assert not np.isnan(person.card("attention").rect.width())
    assert not person.view.grab().isNull()
