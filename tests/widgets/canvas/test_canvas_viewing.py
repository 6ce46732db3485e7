from dataclasses import replace

import pytest
from canvas_examples import neuron, snapshot_of
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.data import Dataset
from playground.data.features import X
from playground.engine import edits
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense, Dropout
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.canvas.actions import toggle_pin
from widgets.canvas.kinds import layer_kinds
from widgets.canvas.parts import Role
from widgets.canvas.state import Reply
from widgets.document import Document

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def wheel(person, at, notches, modifiers=Qt.KeyboardModifier.NoModifier):
    turned = QPoint(0, 120 * notches)
    where = QPointF(at)
    event = QWheelEvent(
        where, person.view.mapToGlobal(where), QPoint(), turned, Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(person.view, event)


@pytest.fixture
def focused(person):
    """Every focus that the canvas told of."""
    told = []
    person.canvas.focus_changed.connect(told.append)
    return told


@pytest.fixture
def wide(person):
    """A layer of 40 neurons, most of them hidden."""
    layers = (Dense(id="dense1", units=40), *person.document.experiment.network.layers[1:])
    experiment = person.document.experiment.with_(network=Architecture(layers=layers))
    person.document.open(experiment)
    person.canvas.show_snapshot(snapshot_of(experiment))
    return person


# --- selecting ---


def test_a_click_selects_and_a_click_beside_selects_nothing(person):
    told = []
    person.canvas.selection_changed.connect(told.append)
    person.click(person.body("dense2"))
    person.click(QPoint(3, 3))
    assert told == [("dense2",), ()]


def test_shift_click_adds_and_takes_away(person):
    person.click(person.body("output"))
    person.click(person.body("dense1"), SHIFT)
    assert person.canvas.selection == ("dense1", "output")
    person.click(person.body("output"), SHIFT)
    assert person.canvas.selection == ("dense1",)


def test_a_rubber_band_selects_what_it_touches(person):
    left = person.on_screen(person.card("dense1").rect.topLeft())
    right = person.on_screen(person.card("dense2").rect.center())
    person.drag(QPoint(left.x() - 4, 4), right)
    assert person.canvas.selection == ("dense1", "dense2")
    assert person.view.state.drag is None


def test_escape_calls_a_rubber_band_off(person):
    person.canvas.set_selection(["output"])
    person.drag(QPoint(4, 4), person.body("dense2"), release=False)
    person.key(Key.Key_Escape)
    QTest.mouseRelease(person.view, Qt.MouseButton.LeftButton)
    assert person.canvas.selection == ("output",)


def test_arrows_and_tab_walk_along_the_layers(person):
    person.key(Key.Key_Right)
    assert person.canvas.selection == ("dense1",)
    person.key(Key.Key_Right)
    person.key(Key.Key_Tab)
    assert person.canvas.selection == ("output",)
    person.key(Key.Key_Right)
    assert person.canvas.selection == ("output",)
    for _ in range(3):
        person.key(Key.Key_Left)
    assert person.canvas.selection == ("input",)


def test_tab_leaves_the_canvas_behind_the_output(person):
    person.canvas.set_selection(["output"])
    person.key(Key.Key_Tab)
    assert not person.view.hasFocus()


def test_a_layer_that_is_gone_is_no_longer_selected(person):
    person.key(Key.Key_D, CONTROL)
    person.canvas.set_selection(["dense1"])
    person.choose("duplicate")
    person.document.undo_stack.undo()
    assert person.canvas.selection == ()


# --- looking at a neuron ---


def test_hovering_a_neuron_tells_and_leaving_it_tells(person, focused):
    person.move(person.tile("dense2", 1))
    person.move(QPoint(2, 2))
    assert focused == [("dense2", 1), None]


def test_inputs_are_hovered_too(person, focused):
    person.move(person.tile("input", 1))
    assert focused == [("input", 1)]
    assert person.canvas.name_of(("input", 1)) == "x₂"
    assert person.canvas.name_of(("dense2", 0)) == "Dense 2 · neuron 1"


def test_a_click_pins_a_neuron(person, focused):
    person.click(person.tile("dense2", 1))
    person.move(person.tile("dense1", 0))
    person.move(QPoint(2, 2))
    assert focused == [("dense2", 1), ("dense1", 0), ("dense2", 1)]
    assert person.canvas.selection == ("dense2",)


def test_another_click_or_escape_lets_go(person, focused):
    person.click(person.tile("dense2", 1))
    person.click(person.tile("dense2", 1))
    person.move(QPoint(2, 2))
    person.click(person.tile("dense2", 2))
    person.move(QPoint(2, 2))
    person.key(Key.Key_Escape)
    assert focused[-1] is None
    assert person.view.state.pinned is None


def test_arrows_pin_the_neurons_of_the_selected_layer(person, focused):
    person.canvas.set_selection(["dense1"])
    person.key(Key.Key_Down)
    person.key(Key.Key_Down)
    person.key(Key.Key_Up)
    assert focused == [("dense1", 0), ("dense1", 1), ("dense1", 0)]


def test_a_pinned_neuron_that_is_gone_is_let_go(person, focused):
    person.click(person.tile("dense2", 2))
    person.key(Key.Key_Minus)
    assert person.view.state.pinned is None
    assert focused[-1] is None


# --- scrolling ---


def test_a_layer_shows_as_many_neurons_as_fit_and_scrolls(wide):
    told = []
    wide.canvas.view_changed.connect(told.append)
    card = wide.card("dense1")
    assert len(card.tiles) + card.hidden == 40
    wheel(wide, wide.body("dense1"), -3)
    assert told == [{"dense1": 3}]
    assert wide.card("dense1").first_unit == 3
    wheel(wide, wide.body("dense1"), 99)
    assert wide.card("dense1").first_unit == 0


def test_arrows_scroll_to_hidden_neurons(wide):
    wide.canvas.set_selection(["dense1"])
    shown = len(wide.card("dense1").tiles)
    for _ in range(shown + 1):
        wide.key(Key.Key_Down)
    assert wide.view.state.pinned == ("dense1", shown)
    assert wide.card("dense1").first_unit == 1


def test_another_document_begins_unscrolled(wide, experiment):
    wide.view.take(Reply(wide.view.state.scrolled("dense1", 5)))
    wide.view.act(toggle_pin, neuron("dense1", 7))
    wide.document.open(experiment)
    assert wide.view.state.snapshot is None
    assert wide.view.state.pinned is None
    assert wide.card("dense1").first_unit == 0


# --- zoom ---


def test_the_network_is_fitted_at_first_and_when_the_window_changes(person):
    for size in ((830, 520), (500, 360), (1200, 900)):
        person.canvas.resize(*size)
        QApplication.processEvents()
        shown = person.view.state.camera.rect_to_screen(person.view.state.scene.bounds).toRect()
        assert person.view.rect().contains(shown)


def test_ctrl_wheel_zooms_around_the_pointer(person):
    at = person.tile("dense2", 1)
    under = person.view.state.camera.to_world(QPointF(at))
    before = person.view.state.camera.zoom
    wheel(person, at, 2, CONTROL)
    assert person.view.state.camera.zoom > before
    assert (person.view.state.camera.to_screen(under) - QPointF(at)).manhattanLength() < 1e-6


def test_keys_for_zoom(person):
    fitted = person.view.state.camera
    person.key(Key.Key_Plus, CONTROL)
    assert person.view.state.camera.zoom > fitted.zoom
    person.key(Key.Key_1)
    assert person.view.state.camera.zoom == 1
    person.key(Key.Key_F)
    assert person.view.state.camera == fitted
    person.choose("zoom_in")
    person.choose("zoom_out")
    assert person.view.state.camera.zoom == pytest.approx(fitted.zoom)


def test_zoom_has_bounds(person):
    for _ in range(40):
        person.choose("zoom_in")
    assert person.view.state.camera.zoom == 4
    for _ in range(60):
        person.choose("zoom_out")
    assert person.view.state.camera.zoom == pytest.approx(0.2)


def test_the_middle_button_pans_and_escape_goes_back(person):
    before = person.view.state.camera
    person.drag(QPoint(20, 20), QPoint(50, 60), Qt.MouseButton.MiddleButton)
    assert person.view.state.camera.shift == before.shift + QPointF(30, 40)
    moved = person.view.state.camera
    person.drag(QPoint(20, 20), QPoint(50, 60), Qt.MouseButton.MiddleButton, release=False)
    person.key(Key.Key_Escape)
    QTest.mouseRelease(person.view, Qt.MouseButton.MiddleButton)
    assert person.view.state.camera == moved


def test_a_view_that_was_moved_stays_when_the_network_changes(person):
    person.choose("zoom_in")
    before = person.view.state.camera
    person.canvas.set_selection(["dense1"])
    person.choose("duplicate")
    assert person.view.state.camera == before


class Window(QWidget):
    """Counts the space bars that nobody below took."""

    def __init__(self):
        super().__init__()
        self.spaces = 0

    def keyPressEvent(self, event: QKeyEvent):
        self.spaces += event.key() == Key.Key_Space


def test_a_space_bar_that_does_not_pan_is_handed_on(qtbot, experiment):
    window = Window()
    qtbot.addWidget(window)
    canvas = NetworkCanvas(Document(experiment), window)
    canvas.resize(600, 400)
    window.resize(600, 400)
    with qtbot.waitExposed(window):
        window.show()
    QTest.keyClick(canvas.view, Key.Key_Space)
    assert window.spaces == 1
    QTest.keyPress(canvas.view, Key.Key_Space)
    QTest.mousePress(canvas.view, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    QTest.mouseMove(canvas.view, QPoint(25, 25))
    QTest.mouseRelease(canvas.view, Qt.MouseButton.LeftButton, pos=QPoint(25, 25))
    QTest.keyRelease(canvas.view, Key.Key_Space)
    assert window.spaces == 1


# --- painting ---


def colours_of(picture, rect):
    """The different colours on the middle line of a rectangle."""
    y = round(rect.center().y())
    return {picture.pixel(x, y) for x in range(round(rect.left()) + 3, round(rect.right()) - 3)}


def test_tiles_show_maps_and_none_before_training(person, experiment):
    rect = person.view.state.camera.rect_to_screen(person.view.state.tile_rect("dense1", 2))
    assert len(colours_of(person.view.grab().toImage(), rect)) > 5
    person.document.open(experiment)
    assert len(colours_of(person.view.grab().toImage(), rect)) == 1


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_the_canvas_is_painted_in_the_colours_of_the_theme(person, qapp, scheme):
    theme.apply(qapp, scheme)
    picture = person.view.grab().toImage()
    assert picture.pixelColor(2, 2) == QColor(theme.current().canvas)


def test_maps_are_not_upside_down(person, experiment):
    snapshot = snapshot_of(experiment)
    maps = snapshot.layers["dense1"].maps.copy()
    maps[:] = 0
    maps[:, -1] = 1  # the highest x₂
    layers = dict(snapshot.layers) | {"dense1": replace(snapshot.layers["dense1"], maps=maps)}
    person.canvas.show_snapshot(replace(snapshot, layers=layers))
    rect = person.view.state.camera.rect_to_screen(person.view.state.tile_rect("dense1", 0))
    picture = person.view.grab().toImage()
    x = round(rect.center().x())
    top = picture.pixelColor(x, round(rect.top() + 2))
    assert top.blue() > picture.pixelColor(x, round(rect.center().y())).blue() + 50


def test_every_target_can_be_looked_at(wide):
    """Hovering everything, on a network with all kinds of layers, paints without a fault."""
    commands = wide.view.commands
    for kind in layer_kinds():
        commands.insert(1, kind)
    commands.connect_layers("dense1", "output")
    wide.canvas.show_snapshot(snapshot_of(wide.document.experiment))
    for x in range(0, wide.view.width(), 23):
        for y in range(0, wide.view.height(), 29):
            wide.move(QPoint(x, y))
    wide.view.grab()


def test_data_on_a_line_gives_curves(person, experiment):
    line = next(kind() for kind in Dataset.ready() if len(kind().columns) == 1)
    data = experiment.data.with_(dataset=line, inputs=(X(),))
    experiment = experiment.with_(data=data).fitted()
    person.document.open(experiment)
    snapshot = snapshot_of(experiment)
    layers = {name: replace(layer, maps=layer.maps[:, 0]) for name, layer in snapshot.layers.items()}
    person.canvas.show_snapshot(replace(snapshot, layers=layers, input_maps=snapshot.input_maps[:, 0]))
    person.view.grab()


def test_a_snapshot_of_another_structure_is_shown_as_far_as_it_goes(person):
    person.canvas.set_selection(["dense1", "dense2"])
    person.key(Key.Key_Plus)
    person.view.commands.append(Dense)
    person.view.grab()
    assert len(person.card("dense1").tiles) == 5


def test_cards_slide_to_their_places(person, monkeypatch):
    monkeypatch.setattr("widgets.canvas.stage.Stage.slide_milliseconds", 60_000)
    person.view.commands.insert(0, Dropout)
    slide = person.view.findChild(QVariantAnimation)
    slide.pause()
    places = []
    for time in (0, 20_000, 60_000):
        slide.setCurrentTime(time)
        places.append(person.card("dense2").rect.left())
    assert places[0] < places[1] < places[2]


def test_tool_tips_say_what_small_things_do(person, monkeypatch):
    from PySide6.QtGui import QHelpEvent

    shown = []
    monkeypatch.setattr("widgets.canvas.view.QToolTip.showText", lambda _at, text, _view: shown.append(text))
    for point in (person.card("dense1").area(Role.PLUS).center(), person.card("dense1").port):
        at = person.on_screen(point)
        QApplication.sendEvent(person.view, QHelpEvent(QEvent.Type.ToolTip, at, at))
    assert shown == ["One neuron more (+)", "Drag to a later layer for a skip connection"]


@pytest.mark.parametrize(("norm", "state"), [(1e-3, "good"), (1e-8, "warning"), (1e4, "bad")])
def test_the_bar_of_a_slim_card_shows_how_its_gradient_is(person, norm, state):
    network = edits.insert(person.document.experiment.network, 1, BatchNorm(id="norm"))
    experiment = person.document.experiment.with_(network=network)
    person.document.open(experiment)
    snapshot = snapshot_of(experiment)
    layers = {**snapshot.layers, "norm": replace(snapshot.layers["norm"], gradient_norm=norm)}

    person.canvas.show_snapshot(replace(snapshot, layers=layers))

    bar = person.view.state.camera.rect_to_screen(person.card("norm").area(Role.BAR))
    begin = person.view.grab().toImage().pixelColor(round(bar.left() + 1), round(bar.center().y()))
    states = {name: QColor(getattr(theme.current(), name)) for name in ("good", "warning", "bad", "border")}
    assert min(states, key=lambda name: distance(states[name], begin)) == state


def distance(one, other):
    return sum(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))
