"""A person leads the slope along an activation, goes through layers, and takes pairs from the table."""

import pytest
from PySide6.QtCore import QPoint, Qt

from playground.engine.activations import Linear, Relu, Step, Tanh
from playground.engine.initializers import ConstantWeights, HeNormal, XavierNormal
from playground.labs.activations import ActivationExplorer
from playground.labs.activations import pairs as every_pair
from widgets.figures.files import to_image

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lab(open_room, qtbot):
    def open_lab(**settings):
        room = open_room(ActivationExplorer(**{"depth": 4, "width": 8} | settings))
        settled(room, qtbot)
        return room

    return open_lab


def settled(room, qtbot):
    qtbot.waitUntil(lambda: not room.view._steps.busy)


def test_the_slope_is_dragged_along_the_curve_and_one_undo_brings_it_back(open_lab, qtbot):
    room = open_lab()
    canvas = room.view.curve.canvas
    view = canvas.getViewBox()

    def at(x):
        return canvas.mapFromScene(view.mapViewToScene(QPoint(x, 0)))

    qtbot.mousePress(canvas.viewport(), LEFT, pos=at(0))
    qtbot.mouseMove(canvas.viewport(), at(2))
    qtbot.mouseMove(canvas.viewport(), at(-2))
    qtbot.mouseRelease(canvas.viewport(), LEFT, pos=at(-2))
    assert room.document.value.place == pytest.approx(-2, abs=0.05)
    room.document.undo_stack.undo()
    assert room.document.value.place == 1.0


def test_arrow_keys_lead_the_slope_as_far_as_the_curve_goes(open_lab, qtbot):
    room = open_lab(place=3.9)
    qtbot.keyClick(room.view.curve, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.place == 4.0
    qtbot.keyClick(room.view.curve, Qt.Key.Key_Left)
    assert room.document.value.place == pytest.approx(3.92)
    assert room.view.curve.place == pytest.approx(3.92)


def test_a_step_lets_the_signal_through_one_layer(open_lab, qtbot):
    room = open_lab()
    qtbot.mouseClick(room.reset, LEFT)
    qtbot.mouseClick(room.step, LEFT)
    assert room.view.frames["travel"]._remark.text().startswith("layer 1 of 4")
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert room.view.frames["travel"]._remark.text().startswith("layer 4 of 4")


def test_ten_linear_layers_are_told_to_be_one(open_lab, qtbot):
    room = open_lab(activation=Linear(), depth=10)
    room.view.turning.turn_to(1)
    assert room.told.text().startswith("10 linear layers are one")
    room.document.edit(room.document.value.with_(activation=Tanh()), "")
    settled(room, qtbot)
    assert room.told.text().startswith("No single layer does what these 10 do")


def test_a_click_in_the_table_takes_the_pair(open_lab, qtbot, monkeypatch):
    monkeypatch.setattr(every_pair, "WIDTH", 4)
    room = open_lab(depth=2)
    view = room.view
    view.turning.turn_to(2)
    settled(room, qtbot)
    pairs = view.pairs._pairs
    row = [type(each) for each in pairs.activations].index(Relu)
    column = [type(each) for each in pairs.initializers].index(HeNormal)
    qtbot.mouseClick(view.pairs, LEFT, pos=view.pairs.cell(row, column).center().toPoint())
    assert (room.document.value.activation, room.document.value.initializer) == (Relu(), HeNormal())
    qtbot.keyClick(view.pairs, Qt.Key.Key_Left)
    qtbot.keyClick(view.pairs, Qt.Key.Key_Return)
    assert type(room.document.value.initializer) is type(pairs.initializers[column - 1])


def test_what_is_too_large_is_told_in_a_sentence(open_lab):
    room = open_lab(activation=Linear(), initializer=ConstantWeights(value=10), depth=50, width=128)
    assert "until it is too large to be told, in layer" in room.told.text()


def test_numbers_of_the_layers_can_be_saved(open_lab):
    view = open_lab().view
    assert list(view.travel.columns()) == ["layer", "Var z", "Var a", "Var δ", "z expected", "δ expected"]
    assert set(view.histograms.columns()) == {"activation", "layer 1", "layer 2", "layer 3", "layer 4"}


def test_what_has_no_slope_cannot_be_used(open_lab):
    assert not open_lab(activation=Step()).view.use.isEnabled()
    assert open_lab(initializer=XavierNormal()).view.use.isEnabled()


def test_its_pictures_can_be_saved(open_lab):
    view = open_lab().view
    for figure in (view.curve, view.travel, view.histograms, view.as_one, view.pairs):
        assert not to_image(figure).isNull()
