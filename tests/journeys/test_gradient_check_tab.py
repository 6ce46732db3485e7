"""Gradients are checked on the page Inside: layer by layer, on a copy, and left at any time."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.analysis.inspections.gradient_check import GradientCheck, checking
from playground.engine.activations import Tanh
from playground.engine.edits import insert, remove
from playground.engine.layers import Reshape
from playground.engine.layers.recurrent import Gru
from playground.files.sources import resolve

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(open_window):
    window = open_window()
    window.workspace.document.open(resolve("early_stopping").saved.experiment)
    window.pages.open("inside")
    tab = window.pages.page.open("gradient_check")
    tab.set_value(GradientCheck(entries=3, samples=3))
    return tab


def press(tab, qtbot):
    qtbot.mouseClick(tab.check_head.button, LEFT)


def cells(table):
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_a_click_checks_all_layers_and_shows_the_worst_numbers_of_one(tab, qtbot):
    assert [row[0] for row in cells(tab.layers)] == ["Dense 1", "Dense 2", "Output"]
    press(tab, qtbot)
    assert tab.check_head.button.text() == "Cancel"
    qtbot.waitUntil(lambda: tab.check_head.button.text() == "Check")
    assert tab.sentence.text() == "The gradient is right, by 3 samples."
    assert [row[-1] for row in cells(tab.layers)] == ["right"] * 3
    assert cells(tab.layers)[0][1] == "3 / 36"
    tab.layers.selectRow(2)
    assert tab.worst.caption.text() == "Output: largest errors"
    assert len(cells(tab.worst.table)) == 3
    tab.worst.table.selectRow(1)
    assert tab.worst.chosen is tab.found[2].entries[1]
    assert tab.worst.plot.columns()["over both sides"].tolist() == list(tab.worst.chosen.central[::-1])


def test_any_number_of_a_layer_is_chosen_and_has_its_curve(tab, qtbot):
    tab.layers.selectRow(1)
    picker = tab.worst.picker
    assert [picker.part.itemText(place) for place in range(picker.part.count())] == ["weights", "bias"]
    first, second, third = picker.axes
    assert (first.maximum(), second.maximum(), third.isHidden()) == (8, 12, True)
    second.setValue(5)
    first.setValue(3)
    qtbot.waitUntil(lambda: tab.picked is not None and tab.picked.index == (2, 4))
    assert cells(tab.worst.table)[0][0] == "weight 5 → 3"
    assert tab.worst.chosen is tab.picked
    assert min(tab.picked.central) < 1e-6 < tab.picked.central[-1]
    assert tab.worst.plot.columns()["over both sides"].tolist() == list(tab.picked.central[::-1])
    picker.part.setCurrentIndex(1)
    picker.part.activated.emit(1)
    qtbot.waitUntil(lambda: tab.picked.part == "bias")
    press(tab, qtbot)
    qtbot.waitUntil(lambda: len(tab.found) == 3)
    tab.layers.selectRow(1)
    errors = len(cells(tab.worst.table))
    picker.picked.emit("bias", (0,))
    qtbot.waitUntil(lambda: len(cells(tab.worst.table)) == errors + 1)
    tab.layers.selectRow(0)
    assert tab.picked is None
    assert len(tab.worst.entries) == len(tab.found[0].entries)


def test_a_number_that_was_chosen_elsewhere_is_checked(tab, qtbot):
    tab.workspace.handed.emit("inside", ("gradient_check", ("hidden2", "bias", (3,))))
    qtbot.waitUntil(lambda: tab.picked is not None)
    assert tab.worst.caption.text() == "Dense 2: largest errors"
    assert tab.worst.picker.axes[0].value() == 4
    assert cells(tab.worst.table)[0][0] == "bias 4"


def test_a_mistake_is_named_and_its_layer_chosen(tab, qtbot, monkeypatch):
    monkeypatch.setattr(Tanh, "derivative", lambda self, z, a, out, work: np.copyto(out, a))
    press(tab, qtbot)
    qtbot.waitUntil(lambda: tab.sentence.text() == "The gradient is wrong: the mistake is in Dense 2.")
    assert [row[-1] for row in cells(tab.layers)] == ["wrong", "wrong", "right"]
    assert tab.worst.caption.text() == "Dense 2: largest errors"


def test_a_check_can_be_left_and_the_run_is_as_it_was(tab, qtbot, monkeypatch):
    monkeypatch.setattr(checking, "PIECE", -1)
    tab.set_value(GradientCheck(entries=100_000, samples=1000))
    before = tab.workspace.link.session.checkpoint().result()[1].memory
    press(tab, qtbot)
    qtbot.waitUntil(lambda: tab.check_head.bar.value() > 0)
    press(tab, qtbot)
    assert tab.sentence.text() == "The check was cancelled."
    assert tab.check_head.bar.isHidden()
    after = tab.workspace.link.session.checkpoint().result()[1].memory
    for name, values in before.named().items():
        np.testing.assert_array_equal(after.named()[name], values)


def test_another_network_is_another_check_and_one_that_cannot_learn_is_told(tab, qtbot):
    press(tab, qtbot)
    qtbot.waitUntil(lambda: len(tab.found) == 3)
    document = tab.workspace.document
    experiment = document.experiment
    document.edit(experiment.with_(network=remove(experiment.network, {"hidden1"})), "Remove")
    qtbot.waitUntil(lambda: len(cells(tab.layers)) == 2)
    assert tab.found == ()
    assert cells(tab.layers)[0] == ["Dense 1", "–", "–", "–", "–"]
    broken = insert(experiment.network, 1, Reshape(id="reshape", shape=(7,)))
    document.edit(experiment.with_(network=broken), "Insert")
    press(tab, qtbot)
    qtbot.waitUntil(lambda: tab.sentence.text().startswith("This network cannot learn as it is"))


def test_a_weight_of_a_gate_is_called_after_its_gate(tab, qtbot):
    layer = Gru(id="gru", units=2)
    experiment = resolve("adding_lstm").saved.experiment
    layers = (layer, *experiment.network.layers[1:])
    document = tab.workspace.document
    document.open(experiment.with_(network=experiment.network.with_(layers=layers)))
    qtbot.waitUntil(lambda: len(cells(tab.layers)) == len(layers))
    for part, index, name in (
        ("weights", (1, 0, 1), "update gate: weight 2 → 1"),
        ("bias", (2, 1), "candidate: bias 2"),
    ):
        tab.take(("gru", part, index))
        qtbot.waitUntil(lambda part=part: tab.picked is not None and tab.picked.part == part)
        assert cells(tab.worst.table)[0][0] == name
