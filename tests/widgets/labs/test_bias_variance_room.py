"""Bias and variance as a person uses it: sets come, the size is led along, parts are told apart."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.labs.bias_variance import BiasVariance
from playground.labs.bias_variance.fitting import MOST

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_lab(open_room, qtbot, monkeypatch):
    monkeypatch.setattr("playground.labs.bias_variance.laboratory.PLACES", 8)

    def open_lab(**settings):
        room = open_room(BiasVariance(**{"sets": 10} | settings))
        qtbot.waitUntil(lambda: not room.view._steps.busy)
        return room

    return open_lab


def table(room):
    return {row[0].text(): row[1].text() for row in room.view.errors.rows}


def test_what_errors_are_made_of_is_told(open_lab):
    room = open_lab(size=1)
    shown = table(room)
    assert list(shown) == ["bias²", "variance", "noise", "sum", "training", "validation", "test"]
    assert float(shown["noise"]) == 0.09
    assert float(shown["sum"]) == pytest.approx(
        float(shown["bias²"]) + float(shown["variance"]) + 0.09, abs=2e-3
    )
    assert "Mostly bias" in room.told.text()
    assert "Mostly variance" in open_lab(size=9).told.text()


def test_curves_are_stacked(open_lab):
    columns = open_lab().view.stack.columns()
    noise, bias, whole = (columns[name] for name in ("noise", "+ bias²", "+ variance"))
    assert (noise == pytest.approx(0.09)) is True
    assert (bias >= noise).all()
    assert (whole >= bias).all()


def test_the_whole_error_is_told_where_the_plot_ends(open_lab):
    view = open_lab().view.stack
    assert view.columns()["+ variance"].max() > 10
    assert max(curve.values.max() for curve in view._curves) < 10
    view.set_logarithmic(True)
    assert max(curve.values.max() for curve in view._curves) > 10


def test_keys_lead_the_size(open_lab, qtbot):
    room = open_lab(size=4)
    for _ in range(3):
        qtbot.keyClick(room.view.stack, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert room.document.value.size > 4
    assert room.view.stack.place == room.document.value.size
    assert table(room)["test"] != "–"


def test_sets_come_one_after_another(open_lab, qtbot):
    room = open_lab(sets=5)
    qtbot.mouseClick(room.reset, LEFT)
    assert room.view.above._remark.text() == "degree 4, 0 of 5 sets"
    assert "average of the fits" not in room.view.fits.columns()
    qtbot.mouseClick(room.step, LEFT)
    assert room.view.above._remark.text() == "degree 4, 1 of 5 sets"
    np.testing.assert_array_equal(
        room.view.fits.columns()["average of the fits"], room.view.fits.columns()["set 1"]
    )
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert "set 5" in room.view.fits.columns()


def test_a_link_turns_to_what_each_part_of_the_data_says(open_lab, qtbot):
    room = open_lab()
    qtbot.mouseClick(room.view.frame.links[1], LEFT)
    assert room.view.parts.isVisible()
    assert {"training", "validation", "test"} < room.view.parts.columns().keys()
    assert "Validation chooses degree" in room.told.text()


def test_as_many_weights_as_samples_are_told(open_lab):
    assert "15 weights go through all 15 samples" in open_lab(size=14).told.text()


@pytest.mark.parametrize(
    "settings",
    [
        {"size": MOST, "samples": 3, "sets": 2, "noise": 2.0},
        {"size": 0, "noise": 0.0, "truth": "0 x", "held": 1},
        {"truth": "1 / (x - 0.05)", "size": 14, "sets": 3},
    ],
    ids=str,
)
def test_extremes_are_told_in_numbers_and_words(open_lab, qtbot, settings):
    room = open_lab(**settings)
    for button in (room.step, room.reset, room.step):
        qtbot.mouseClick(button, LEFT)
    shown = [*table(room).values(), room.told.text(), room.view.above._remark.text()]
    assert not any("nan" in text.lower() or "inf" in text.lower() for text in shown)
