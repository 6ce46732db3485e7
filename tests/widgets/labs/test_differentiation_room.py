"""Differentiation as a person uses it: an expression is typed, its graph gone through, its nodes dragged."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.files.laboratory_file import from_json, to_json
from playground.labs.differentiation import Differentiation

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lab(open_room, qtbot, monkeypatch):
    monkeypatch.setattr("playground.labs.differentiation.symbolic.MOST_COMPOSED", 2)

    def open_lab(**settings):
        room = open_room(Differentiation(**settings))
        qtbot.waitUntil(lambda: not room.view._steps.busy)
        return room

    return open_lab


def told(room):
    return room.view.above._remark.text()


def row(room, place):
    return [shown.text() for shown in room.view.ways.rows[place]]


def test_all_ways_are_seen_beside_one_another(open_lab):
    room = open_lab(expression="x^2", x=3.0)
    assert row(room, 0)[:3] == ["formula", "6", "exact"]
    assert row(room, 1)[1].startswith("6.0000")
    assert row(room, 3)[2] == "exact"
    assert row(room, 5) == ["reverse mode", "6", "exact", "one pass for all 1"]
    assert room.view.written.text() == "∂f/∂x = 2·x"
    assert "∂f/∂x = 6 here." in room.told.text()


def test_the_graph_is_gone_through_a_node_at_a_time(open_lab, qtbot):
    room = open_lab(expression="x y", x=3.0, y=4.0)
    qtbot.mouseClick(room.reset, LEFT)
    assert told(room) == "step 0 of 5: nothing is worked out yet"
    assert np.isnan(room.view.graph.columns()["value"]).all()
    said = []
    for _ in range(5):
        qtbot.mouseClick(room.step, LEFT)
        said.append(told(room))
    assert said == [
        "step 1 of 5: x = 3",
        "step 2 of 5: y = 4",
        "step 3 of 5: x y = 12",
        "step 4 of 5: the slope of f by itself is 1",
        "step 5 of 5: x gets 1 · (y), y gets 1 · (x)",
    ]
    columns = room.view.graph.columns()
    assert columns["node"].tolist() == ["x", "y", "x y"]
    assert columns["slope"].tolist() == [4, 3, 1]


def test_forward_mode_tells_the_slope_with_the_value(open_lab, qtbot):
    room = open_lab(expression="x y", x=3.0, y=4.0, mode="forward", by="y")
    qtbot.mouseClick(room.reset, LEFT)
    for _ in range(3):
        qtbot.mouseClick(room.step, LEFT)
    assert told(room) == "step 3 of 3: x y = 12, slope by y 3"


def test_a_run_ends_with_every_slope(open_lab, qtbot, monkeypatch):
    monkeypatch.setattr("widgets.pages.labs.views.differentiation.view.FRAMES", 1)
    room = open_lab(expression="x y", x=3.0, y=4.0)
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert told(room).startswith("step 5 of 5")


def test_an_expression_is_typed(open_lab, qtbot):
    room = open_lab()
    line = room.form.controls["expression"].inputs[-1]
    line.selectAll()
    qtbot.keyClicks(line, "3 x")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert told(room) == "∂f/∂x = 3"
    line.selectAll()
    qtbot.keyClicks(line, "3 x +")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert room.document.value.expression == "3 x"


def test_where_there_is_none_no_slope_is_told(open_lab):
    room = open_lab(expression="log(x)", x=-1.0)
    assert told(room) == "there is no slope here"
    assert "log is of numbers above 0 alone" in room.told.text()
    assert np.isnan(room.view.errors.columns()["central"]).all()
    assert "This is a kink" in open_lab(expression="max(0, x)", x=0.0).told.text()


def test_a_node_is_dragged_and_one_undo_brings_it_back(open_lab, qtbot):
    room = open_lab(expression="x y")
    graph = room.view.graph
    start = graph.place_of(2).toPoint()
    end = start - QPoint(60, 40)
    qtbot.mousePress(graph, LEFT, pos=start)
    qtbot.mouseMove(graph, start - QPoint(20, 10))
    qtbot.mouseMove(graph, end)
    qtbot.mouseRelease(graph, LEFT, pos=end)
    assert (graph.place_of(2) - end).manhattanLength() < 2
    assert [spot.node for spot in room.document.value.spots] == ["x y"]
    room.document.undo_stack.undo()
    assert (graph.place_of(2) - start).manhattanLength() < 2


def test_nodes_stay_where_they_were_put_in_a_file_and_with_other_numbers(open_lab):
    room = open_lab(expression="x y")
    room.document.edit(room.document.value.with_spot("x y", 0.25, 0.75).with_(x=7.0), "")
    assert room.view.graph.spots[2] == (0.25, 0.75)
    assert from_json(to_json(room.document.value)) == room.document.value


def test_keys_choose_a_node_and_lead_it(open_lab, qtbot):
    room = open_lab(expression="x y")
    graph = room.view.graph
    qtbot.keyClick(graph, Qt.Key.Key_Right)
    assert graph.chosen == 2
    qtbot.keyClick(graph, Qt.Key.Key_Right)
    assert graph.chosen == 0
    assert graph.accessibleDescription().startswith("x = 2")
    before = graph.spots[0]
    qtbot.keyClick(graph, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert graph.spots[0] == pytest.approx((before[0], before[1] + 0.02))


def test_links_turn_to_what_formulas_slopes_and_graphs_cost(open_lab, qtbot):
    room = open_lab(expression="4x (1 - x)", x=0.3)
    view = room.view
    qtbot.mouseClick(view.frame.links[1], LEFT)
    assert view.swell.isVisible()
    assert view.swell.columns()["reverse mode"].tolist()[:2] == [11, 22]
    qtbot.mouseClick(view.frame.links[2], LEFT)
    assert view.costs.columns()["reverse"][0] == 16 + 16 + 48
    qtbot.mouseClick(view.frame.links[3], LEFT)
    assert view.calls.columns()["at every call"][:2].tolist() == [0, 12]


@pytest.mark.parametrize(
    "settings",
    [
        {"expression": "log(x)", "x": -1.0},
        {"expression": "1/x", "x": 0.0, "mode": "forward"},
        {"expression": "exp(exp(x))", "x": 1000.0},
        {"expression": "sqrt(x)", "x": 0.0},
        {"expression": "x^y^z", "x": 1000.0, "y": 1000.0, "z": 1000.0, "step": 1e-300},
        {"expression": "+".join(["sin(x)"] * 28), "inputs": 1_000_000, "outputs": 1_000_000},
        {"expression": "-" * 38 + "x", "by": "z"},
    ],
    ids=str,
)
def test_extremes_are_told_in_words(open_lab, qtbot, settings):
    room = open_lab(**settings)
    for each in (room.step, room.reset, room.step):
        qtbot.mouseClick(each, LEFT)
    assert room.told.text()
    shown = [text for place in range(6) for text in row(room, place)]
    assert not any("nan" in text.lower() or "inf" in text.lower() for text in [*shown, told(room)])
