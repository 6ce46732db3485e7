"""Regularization as a person uses it: the loss is dragged, the strength is led along."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from playground.labs.regularization import Regularization
from playground.labs.regularization.outlines import ball, contour

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lab(open_room, qtbot):
    def open_lab(**settings):
        room = open_room(Regularization(**settings))
        qtbot.waitUntil(lambda: not room.view._steps.busy)
        return room

    return open_lab


def table(room):
    return {row[0].text(): row[1].text() for row in room.view.numbers.rows}


@pytest.mark.parametrize("penalty", ["l1", "l2", "elastic"])
def test_ball_and_ellipse_touch_and_do_not_cross(penalty):
    lab = Regularization(penalty=penalty, strength=0.4)
    weights = lab.weights()
    price, loss = lab.radius(weights), lab.loss(weights)
    on_ball, on_ellipse = ball(lab, price), contour(lab, loss)
    assert all(lab.radius(each) == pytest.approx(price) for each in on_ball)
    assert all(lab.loss(each) == pytest.approx(loss) for each in on_ellipse)
    assert min(lab.loss(each) for each in on_ball) >= loss - 1e-12
    assert min(lab.radius(each) for each in on_ellipse) >= price - 1e-12
    assert np.abs(on_ellipse - weights).sum(axis=1).min() < 0.05


def test_the_loss_is_dragged_and_one_undo_brings_it_back(open_lab, qtbot):
    room = open_lab()
    figure = room.view.ball
    before = room.document.value.best
    start, end = figure.pixel(*before), figure.pixel(-0.5, 0.8)
    qtbot.mousePress(figure, LEFT, pos=start.toPoint())
    qtbot.mouseMove(figure, QPointF((start + end) / 2).toPoint())
    qtbot.mouseMove(figure, end.toPoint())
    qtbot.mouseRelease(figure, LEFT, pos=end.toPoint())
    assert room.document.value.best == pytest.approx((-0.5, 0.8), abs=0.02)
    room.document.undo_stack.undo()
    assert room.document.value.best == before


def test_arrow_keys_lead_the_loss(open_lab, qtbot):
    room = open_lab(best=(0.0, 0.0))
    assert "nothing to pay for" in room.told.text()
    qtbot.keyClick(room.view.ball, Qt.Key.Key_Left)
    qtbot.keyClick(room.view.ball, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.best == pytest.approx((-0.04, 0.2))


def test_corners_and_sides_are_told_apart(open_lab):
    assert "a side of the ball" in open_lab().told.text()
    assert "corner of the ball: w₁ is 0" in open_lab(penalty="l1", strength=0.6).told.text()
    assert "both weights are 0" in open_lab(penalty="l1", strength=100.0).told.text()
    assert "Nothing is charged" in open_lab(strength=0.0).told.text()


def test_keys_lead_the_strength_along_the_weights(open_lab, qtbot):
    room = open_lab(penalty="l1", strength=0.1)
    qtbot.keyClick(room.view.paths, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.strength == pytest.approx(10**-0.8)
    assert len(room.view.paths.columns()) == 9
    assert "Of 8 weights that tell the alcohol of wines" in room.told.text()


def test_a_link_turns_to_what_sharing_costs(open_lab, qtbot):
    room = open_lab(spread=10.0)
    qtbot.mouseClick(room.view.frame.links[1], LEFT)
    for _ in range(2):
        qtbot.keyClick(room.view.spread, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.spread == 0
    assert (table(room)["Σ|w|"], table(room)["Σw²"]) == ("1", "1")


def test_dropout_is_told_as_an_average(open_lab):
    room = open_lab(output="linear", hidden=3)
    assert "8 networks; the scaled whole is their average exactly" in room.told.text()
    columns = room.view.dropout.columns()
    np.testing.assert_allclose(columns["scaled whole"], columns["average of all"])
    assert "network 8" in columns
    assert "geometric mean" in open_lab(output="sigmoid").told.text()


def test_a_run_lets_the_penalty_grow_and_comes_back(open_lab, qtbot, monkeypatch):
    monkeypatch.setattr("widgets.pages.labs.stepped.FRAMES", 4)
    room = open_lab()
    qtbot.mouseClick(room.reset, LEFT)
    assert room.view.touch._remark.text() == "L2, λ = 0.001"
    seen = []
    room.view.told.connect(lambda _: seen.append(room.view.strength))
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert seen[:-1] == sorted(seen[:-1])
    assert seen[-2] == pytest.approx(10)
    assert room.view.touch._remark.text() == "L2, λ = 0.3"
    assert room.document.value == Regularization()


@pytest.mark.parametrize(
    "settings",
    [
        {"penalty": "l1", "strength": 1000.0, "condition": 100.0},
        {"penalty": "elastic", "share": 0.01, "strength": 0.0, "turned": -90.0},
        {"best": (0.0, 0.0), "hidden": 1, "kept": 1.0},
        {"hidden": 8, "kept": 100.0, "best": (2.0, -2.0)},
    ],
    ids=str,
)
def test_extremes_are_told_in_numbers_and_words(open_lab, qtbot, settings):
    room = open_lab(**settings)
    for button in (room.step, room.reset, room.step):
        qtbot.mouseClick(button, LEFT)
    room.view.ball.grab()
    shown = [*table(room).values(), room.told.text(), room.view.touch._remark.text()]
    assert not any("nan" in text.lower() or "inf" in text.lower() for text in shown)
