"""A person opens the histograms: they begin then, follow the training, and differ by layer and kind."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment


@pytest.fixture
def tab(qtbot, window):
    window.workspace.link.session.ask(lambda run: run.step_epoch())
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1, timeout=10_000)
    window.pages.open("inside")
    tab = window.pages.page.open("histograms")
    qtbot.waitUntil(lambda: bool(tab.spread.spread), timeout=10_000)
    return tab


def epoch(qtbot, window):
    wanted = window.workspace.link.latest.epoch + 1
    window.workspace.link.session.ask(lambda run: run.step_epoch())
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == wanted, timeout=10_000)


def choose(qtbot, box, text):
    """Choose from the open list, as a person does."""
    place = box.findText(text)
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(place, 0))
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)


def test_a_person_chooses_what_is_spread_and_reads_it_out(qtbot, window, tab):
    plot = tab.spread
    assert plot.heading.text() == "Dense 1 · Weights"
    assert plot.note.text() == ""  # they are known from the beginning
    qtbot.waitUntil(lambda: plot.picture is not None and plot.isVisible(), timeout=10_000)
    row = plot.spread[-1]
    fullest = int(np.argmax(row.counts))
    edges = plot.picture.x(row.edges)
    x = round((edges[fullest] + edges[fullest + 1]) / 2)
    qtbot.mouseMove(plot, QPoint(x, round(plot.picture.bars.bottom()) - 3))
    assert plot.label.text().startswith(f"epoch 1: {row.counts[fullest]} from ")
    assert int(plot.columns()["count"].sum()) == 2 * 8  # 2 inputs, 4 neurons, at epochs 0 and 1

    epoch(qtbot, window)
    qtbot.waitUntil(lambda: [row.epoch for row in plot.spread] == [0, 1, 2], timeout=10_000)

    choose(qtbot, tab.boxes.layers, "Output")
    choose(qtbot, tab.boxes.quantities, "Activations")
    assert (tab.value.layer, tab.value.quantity) == ("output", "activations")
    assert plot.heading.text() == "Output · Activations"
    assert all(0 <= row.low < row.high <= 1 for row in plot.spread)  # of a sigmoid


def test_a_sign_of_every_layer_is_drawn_and_answers_are_judged_by_class(qtbot, window, tab):
    epoch(qtbot, window)
    plot = tab.vitals
    qtbot.waitUntil(lambda: set(plot.columns()) == {"epoch", "Output", "Dense 2", "Dense 1"}, timeout=10_000)
    assert plot.usual.isVisible()
    choose(qtbot, tab.sign, "Saturated values")
    assert not plot.usual.isVisible()
    qtbot.waitUntil(lambda: bool(np.nanmax(plot.columns()["Dense 1"]) <= 1), timeout=10_000)
    choose(qtbot, tab.sign, "Dead units")
    assert tab.none.text() == "No layer here has that."

    plot = tab.judged
    qtbot.waitUntil(lambda: set(plot.sides) == {"training", "test"}, timeout=10_000)
    assert plot.names == ("orange", "blue")
    judged = plot.sides["test"]
    counts = np.bincount(window.workspace.link.latest.data.test_targets.astype(int))
    assert judged.counts.tolist() == counts.tolist()
    for view, spots in (("loss", 2), ("calibration", len(judged.calibration.counts)), ("confusion", 8)):
        qtbot.mouseClick(plot.tabs[view], Qt.MouseButton.LeftButton)
        assert len(plot.spots) == spots
        qtbot.keyClick(plot, Qt.Key.Key_Right)
        assert plot.label.text() == plot.spots[0].words
    choose(qtbot, plot.side, "training")
    assert plot.judged is plot.sides["training"]


def test_another_network_brings_other_layers_and_nothing_is_counted_once_the_page_is_left(qtbot, window, tab):
    layers = (Dense(id="one", units=3), Experiment().network.output)
    document = window.workspace.document
    document.edit(document.experiment.with_(network=Architecture(layers=layers)), "another")
    qtbot.waitUntil(lambda: tab.boxes.layers.count() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: tab.spread.spread and tab.spread.spread[-1].counts.sum() == 6, timeout=10_000)

    window.pages.open("design")
    window.workspace.link.session.want()
    qtbot.waitUntil(lambda: window.workspace.link.latest.distributions is None, timeout=10_000)
