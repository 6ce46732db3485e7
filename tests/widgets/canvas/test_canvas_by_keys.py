"""Weights are reached, read and typed without a mouse."""

import pytest
from canvas_examples import bias, edge, neuron, snapshot_of
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.numbers.writing import figures
from widgets.canvas.info import describe
from widgets.canvas.parts import NOTHING
from widgets.canvas.state import Reply

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def typed(person):
    """Every weight that was typed: layer, neuron, input, number."""
    told = []
    person.canvas.weight_edited.connect(lambda *what: told.append(what))
    return told


@pytest.fixture
def pinned(person):
    """The second neuron of the second layer, which four weights lead into."""
    person.canvas.set_selection(["dense2"])
    person.key(Key.Key_Down)
    person.key(Key.Key_Down)
    return person


def open_sizes(person, *units):
    layers = [Dense(id=f"layer{number}", units=count) for number, count in enumerate(units)]
    layers.append(person.document.experiment.network.output)
    experiment = person.document.experiment.with_(network=Architecture(layers=tuple(layers)))
    person.document.open(experiment)
    person.canvas.show_snapshot(snapshot_of(experiment))


def fields(person):
    """What can be typed into on the canvas."""
    return [field for field in person.view.findChildren(QLineEdit) if field.isVisible()]


def enter(person, text):
    person.key(Key.Key_Return)
    (field,) = fields(person)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)


def test_the_card_of_a_neuron_is_shown_as_keys_come_to_it(pinned):
    assert pinned.view.state.hovered == neuron("dense2", 1)
    description = pinned.view.accessibleDescription()
    assert description.startswith("Dense 2 · neuron 2, bias 0.25")


def test_the_weights_into_a_neuron_follow_one_another_and_its_bias_is_the_last(pinned):
    seen = []
    for _ in range(6):
        pinned.key(Key.Key_Down, CONTROL)
        seen.append(pinned.view.state.hovered)
    assert seen == [*(edge("dense2", 1, source) for source in range(4)), *[bias("dense2", 1)] * 2]
    pinned.key(Key.Key_Up, CONTROL)
    assert pinned.view.state.hovered == edge("dense2", 1, 3)


def test_upwards_the_bias_is_the_first(pinned):
    pinned.key(Key.Key_Up, CONTROL)
    assert pinned.view.state.hovered == bias("dense2", 1)


def test_a_weight_is_described_with_gradient_and_last_update(pinned):
    pinned.key(Key.Key_Down, CONTROL)
    weight = pinned.view.state.snapshot.layers["dense2"].weights[1, 0]
    lines = [
        f"weight {figures(weight, 3)}",
        f"gradient {figures(weight / 100, 3)}",
        f"last update {figures(weight / 1000, 3)}",
    ]
    assert pinned.view.accessibleDescription() == ", ".join(["Dense 1 · 1 → Dense 2 · 2", *lines])
    assert (
        list(describe(pinned.view.state.hovered, pinned.view.state.scene, pinned.view.state.snapshot).lines)
        == lines
    )


def test_the_card_follows_training(pinned):
    pinned.key(Key.Key_Down, CONTROL)
    before = pinned.view.grab().toImage()
    pinned.canvas.show_snapshot(snapshot_of(pinned.document.experiment, seed=1))
    weight = pinned.view.state.snapshot.layers["dense2"].weights[1, 0]
    assert describe(pinned.view.state.hovered, pinned.view.state.scene, pinned.view.state.snapshot).lines[
        0
    ] == (f"weight {figures(weight, 3)}")
    assert pinned.view.grab().toImage() != before


def test_a_bias_is_described_with_its_last_update(pinned):
    pinned.key(Key.Key_Up, CONTROL)
    assert pinned.view.accessibleDescription().endswith("bias 0.25, gradient 0.5, last update −0.02")


def test_enter_types_the_weight_that_is_shown(pinned, typed):
    pinned.key(Key.Key_Down, CONTROL)
    pinned.key(Key.Key_Down, CONTROL)
    enter(pinned, "0.75")
    assert typed == [("dense2", 1, 1, 0.75)]
    assert fields(pinned) == []
    pinned.key(Key.Key_Down, CONTROL)
    assert pinned.view.state.hovered == edge("dense2", 1, 2)


def test_enter_types_the_bias_of_a_neuron(pinned, typed):
    enter(pinned, "2")
    pinned.key(Key.Key_Up, CONTROL)
    enter(pinned, "3")
    assert typed == [("dense2", 1, -1, 2.0), ("dense2", 1, -1, 3.0)]


def test_keys_lead_on_after_a_number_was_typed(pinned):
    pinned.key(Key.Key_Down, CONTROL)
    enter(pinned, "0.75")
    assert pinned.view.hasFocus()
    assert pinned.view.state.by_keys


def test_keys_stay_where_they_are_when_the_network_changes(pinned):
    pinned.key(Key.Key_Down, CONTROL)
    pinned.key(Key.Key_Plus)
    assert pinned.units == [4, 4, 1]
    assert pinned.view.state.hovered == edge("dense2", 1, 0)
    pinned.key(Key.Key_Down, CONTROL)
    assert pinned.view.state.hovered == edge("dense2", 1, 1)


def test_what_keys_were_at_and_is_gone_is_left(pinned):
    pinned.key(Key.Key_Down)
    assert pinned.view.state.hovered == neuron("dense2", 2)
    pinned.move(pinned.tile("dense1", 0))
    pinned.view.take(Reply(pinned.view.state.with_(by_keys=True, hovered=neuron("dense2", 2))))
    pinned.key(Key.Key_Minus)
    assert pinned.view.state.hovered == NOTHING


def opened(person):
    (menu,) = [menu for menu in person.view.findChildren(QMenu) if menu.isVisible()]
    texts, at = [action.text() for action in menu.actions()], person.view.mapFromGlobal(menu.pos())
    menu.close()
    return texts, at


def by_menu_key(person):
    at = person.view.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, person.view.mapToGlobal(at))
    QApplication.sendEvent(person.view, event)


@pytest.mark.parametrize(
    "press", [by_menu_key, lambda person: person.key(Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)]
)
def test_the_menu_opens_where_keys_are(pinned, press):
    pinned.key(Key.Key_Down, CONTROL)
    press(pinned)
    texts, at = opened(pinned)
    assert texts == ["Edit weight…", "Cut (weight 0)"]
    assert at == pinned.view.state.point_of(edge("dense2", 1, 0)).toPoint()
    pinned.key(Key.Key_Escape)
    pinned.key(Key.Key_Escape)
    press(pinned)
    texts, at = opened(pinned)
    assert "Freeze weights" in texts
    assert at == pinned.on_screen(pinned.card("dense2").rect.center())
    pinned.key(Key.Key_Escape)
    press(pinned)
    assert "Select all\tCtrl+A" in opened(pinned)[0]


def test_f10_alone_is_not_the_canvases(person):
    person.key(Key.Key_F10)
    assert not [menu for menu in person.view.findChildren(QMenu) if menu.isVisible()]


def test_tab_takes_over_from_the_mouse(person):
    person.click(person.body("dense1"))
    assert not person.view.state.by_keys
    person.key(Key.Key_Tab)
    assert person.view.state.selection == ("dense2",)
    assert person.view.state.by_keys


def test_a_number_typed_after_a_click_leaves_the_mouse_in_charge(pinned):
    pinned.click(pinned.edge("dense2", 1, 0))
    (field,) = fields(pinned)
    QTest.keyClicks(field, "2")
    QTest.keyClick(field, Key.Key_Return)
    assert pinned.view.hasFocus()
    assert not pinned.view.state.by_keys


def test_the_card_of_a_weight_makes_room_while_another_number_is_typed(pinned, monkeypatch):
    painted = []
    monkeypatch.setattr(
        "widgets.canvas.painter.paint_info", lambda painter, info, *more: painted.append(info)
    )
    pinned.key(Key.Key_Down, CONTROL)
    pinned.view.grab()
    pinned.key(Key.Key_Return)
    (field,) = fields(pinned)
    told = len(painted)
    pinned.view.grab()
    assert len(painted) == told > 0
    QTest.keyClick(field, Key.Key_Escape)
    pinned.view.grab()
    assert len(painted) > told


def test_escape_leads_back_to_the_neuron_and_then_lets_go_of_it(pinned):
    pinned.key(Key.Key_Down, CONTROL)
    pinned.key(Key.Key_Escape)
    assert (pinned.view.state.hovered, pinned.view.state.pinned) == (neuron("dense2", 1), ("dense2", 1))
    pinned.key(Key.Key_Escape)
    assert (pinned.view.state.hovered, pinned.view.state.pinned) == (NOTHING, None)
    assert pinned.canvas.selection == ("dense2",)


def test_without_a_pinned_neuron_the_first_of_the_layer_is_taken(person):
    person.canvas.set_selection(["output"])
    person.key(Key.Key_Down, CONTROL)
    assert person.view.state.pinned == ("output", 0)
    assert person.view.state.hovered == edge("output", 0, 0)


def test_nothing_leads_into_an_input(person):
    person.canvas.set_selection(["input"])
    person.key(Key.Key_Down, CONTROL)
    assert person.view.state.hovered == neuron("input", 0)
    person.key(Key.Key_Return)
    assert fields(person) == []


def test_another_layer_takes_the_card_away(pinned):
    pinned.key(Key.Key_Down, CONTROL)
    pinned.key(Key.Key_Right)
    assert pinned.view.state.hovered == NOTHING


def test_neurons_out_of_sight_are_scrolled_to(person):
    open_sizes(person, 40, 3)
    person.canvas.set_selection(["layer1"])
    for _ in range(40):
        person.key(Key.Key_Down, CONTROL)
    assert person.view.state.hovered == edge("layer1", 0, 39)
    assert person.view.state.tile_rect("layer0", 39) is not None
    assert person.view.state.scene.line("layer1", 0, 39)


def test_weights_too_many_to_be_drawn_one_by_one_are_reached_as_well(person, typed):
    open_sizes(person, 60, 50)
    person.canvas.set_selection(["layer1"])
    for _ in range(3):
        person.key(Key.Key_Down, CONTROL)
    assert person.view.state.hovered == edge("layer1", 0, 2)
    assert "weight" in person.view.accessibleDescription()
    assert not person.view.grab().isNull()
    enter(person, "1.5")
    assert typed == [("layer1", 0, 2, 1.5)]


def test_the_card_stands_beside_the_edge_and_not_where_the_mouse_was_left(pinned):
    pinned.move(pinned.body("output"))
    pinned.canvas.set_selection(["dense2"])
    pinned.key(Key.Key_Down, CONTROL)
    line = pinned.view.state.scene.line("dense2", 1, 0)
    left, right = (
        pinned.view.state.camera.to_screen(QPointF(end)).x() for end in (line[0].p1(), line[-1].p2())
    )
    assert left < pinned.view.state.pointer.x() < right


def test_the_keys_are_on_the_sheet_of_shortcuts(person):
    assert "weights into the pinned neuron" in person.canvas.keys()["Ctrl+↑ ↓"]
