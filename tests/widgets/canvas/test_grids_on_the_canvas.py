"""A layer on a grid shows a map for each channel, and a convolution the kernel that it looks with."""

import numpy as np
import pytest
from canvas_examples import Person
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from playground.data.datasets.digits import Digits
from playground.data.spaces import PrincipalPlane
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.convolution import Conv2D
from playground.engine.layers.pooling import MaxPool
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.canvas.info import describe
from widgets.canvas.outline import children
from widgets.canvas.parts import Role, Target
from widgets.document import Document


def digits(*hidden):
    experiment = Experiment().with_dataset(Digits())
    layers = (*hidden, Flatten(id="flat"), Dense(id="output", units=10))
    return experiment.with_(network=Architecture(layers=layers)).fitted()


@pytest.fixture
def document(qapp):
    theme.apply(qapp, "dark")
    layers = Conv2D(id="conv", filters=5), MaxPool(id="pool"), Conv2D(id="deep", filters=3, kernel=2)
    return Document(digits(*layers))


@pytest.fixture
def person(qtbot, document):
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 560)
    with qtbot.waitExposed(canvas):
        canvas.show()
    yield Person(qtbot, canvas, document)
    document.undo_stack.setClean()


@pytest.fixture
def look(person):
    """A look at the network, over a space."""

    def see(**view):
        observer = Observer(Trainer(person.document.experiment))
        observer.view = View(**view)
        snapshot = observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))
        person.canvas.show_snapshot(snapshot)
        return snapshot

    return see


def parts(person, layer_id, role):
    return [part for part in person.card(layer_id).parts if part.role is role]


def test_a_card_has_a_map_for_each_channel_and_says_their_shape(person, look):
    look()
    for layer_id, channels, words in (
        ("conv", 5, "6×6×5 · ReLU"), ("pool", 5, "3×3×5"), ("deep", 3, "2×2×3 · ReLU")
    ):  # fmt: skip
        card = person.card(layer_id)
        assert (card.units, len(card.tiles), card.hidden, card.subtitle) == (channels, channels, 0, words)
    assert len(parts(person, "conv", Role.KERNEL)) == 5
    assert not parts(person, "pool", Role.KERNEL)
    assert not parts(person, "pool", Role.BAR)


def test_a_kernel_is_drawn_in_the_colours_of_its_weights(person, look):
    snapshot = look()
    weights = snapshot.layers["conv"].blocks["weights"][0, :-1].reshape(3, 3)
    image = person.view.grab().toImage()
    (kernel, *_) = parts(person, "conv", Role.KERNEL)
    strongest = np.unravel_index(np.abs(weights).argmax(), weights.shape)
    side = kernel.rect.width() / 3
    middle = kernel.rect.topLeft() + QPointF((strongest[1] + 0.5) * side, (strongest[0] + 0.5) * side)
    at = person.on_screen(middle)
    ratio = image.devicePixelRatio()
    colour = image.pixelColor(int(at.x() * ratio), int(at.y() * ratio))
    ends = theme.current().positive, theme.current().negative
    wanted, other = (QColor(end) for end in (ends if weights[strongest] > 0 else reversed(ends)))
    assert distance(colour, wanted) < distance(colour, other)


def distance(first, second):
    return sum(abs(a - b) for a, b in zip(first.getRgb()[:3], second.getRgb()[:3], strict=True))


def test_pointing_at_a_kernel_reads_its_weights_and_its_bias(person, look):
    snapshot = look()
    info = describe(Target(Role.KERNEL, "conv", 2), person.view.state.scene, snapshot)
    assert info.heading == "Conv 2D 1 · channel 3"
    assert info.lines[0].startswith("kernel ")
    assert len(info.lines[0].split(",")) == 9
    assert info.lines[1].startswith("bias ")


def test_plus_and_minus_change_the_number_of_filters(person, look):
    look()
    (plus,) = parts(person, "conv", Role.PLUS)
    person.click(person.on_screen(plus.rect.center()))
    assert person.document.experiment.network.layers[0].filters == 6
    (minus,) = parts(person, "deep", Role.MINUS)
    person.click(person.on_screen(minus.rect.center()))
    assert person.document.experiment.network.layers[2].filters == 2
    assert not parts(person, "pool", Role.PLUS)


def test_dragging_the_lower_edge_changes_the_number_of_filters(person, look):
    look()
    (edge,) = parts(person, "conv", Role.LOWER_EDGE)
    start = person.on_screen(edge.rect.center())
    person.drag(start, start + QPointF(0, 60).toPoint())
    assert person.document.experiment.network.layers[0].filters > 5


def test_weights_that_are_shared_are_a_band_with_their_number(person, look):
    look()
    bundles = {bundle.layer_id: bundle for bundle in person.view.state.scene.bundles}
    assert bundles["conv"].outline is not None
    assert bundles["conv"].count == 5 * (9 + 1)
    assert bundles["pool"].count == 0


def test_a_screen_reader_finds_each_channel_and_its_kernel(person, look):
    look()
    state = person.view.state
    found = children(state, Target(Role.TILE, "conv", 4))
    assert found == (Target(Role.KERNEL, "conv", 4),)
    assert len([each for each in children(state, Target(Role.CARD, "conv")) if each.role is Role.TILE]) == 5


def test_over_a_plane_every_value_has_a_map(person, look):
    look(space=PrincipalPlane(), resolution=8)
    assert person.card("conv").units == 6 * 6 * 5
    assert not parts(person, "conv", Role.KERNEL)


def test_keys_pin_a_channel_and_do_no_harm(person, look):
    look()
    person.click(person.on_screen(person.card("conv").tiles[1].rect.center()))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up):
        person.key(key)
    person.view.grab()
    assert person.document.experiment.network.layers[0].filters == 5


def test_a_residual_block_comes_behind_a_layer_in_one_step_of_undo(person, look):
    look()
    menu = person.menu(Target(Role.CARD, "conv"))
    {action.text(): action for action in menu.actions()}["Residual block behind it"].trigger()
    menu.deleteLater()
    kinds = [layer.tag() for layer in person.document.experiment.network.layers]
    assert kinds == [
        "conv_2d", "conv_2d", "batch_norm", "conv_2d", "add", "max_pool", "conv_2d", "flatten", "dense"
    ]  # fmt: skip
    assert person.document.experiment.graph.problems == ()
    assert person.steps == ["Add residual block"]
    person.document.undo_stack.undo()
    assert len(person.ids) == 5
