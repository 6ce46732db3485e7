"""The tab Space: samples where a layer puts them, from layer to layer, by any axes, while training runs."""

from threading import current_thread

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.analysis.inspections.space import embedding, probes
from playground.engine.edits import insert
from playground.engine.layers import Reshape
from playground.files.sources import resolve

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def tab(open_window, qtbot, monkeypatch):
    monkeypatch.setattr(probes, "MOST_STEPS", probes.FEWEST_STEPS)
    window = open_window()
    window.workspace.document.open(resolve("early_stopping").saved.experiment)
    window.pages.open("inside")
    tab = window.pages.page.open("space")
    qtbot.waitUntil(lambda: tab.seen is not None and tab.seen.layers[-2] == "hidden2")
    return tab


def choose(tab, qtbot, number):
    """Other axes, by the keyboard."""
    combo = tab.form.controls["axes"].inputs[0]
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    for _ in range(number):
        qtbot.keyClick(combo, Qt.Key.Key_Down)


def at(tab, qtbot, depth):
    qtbot.waitUntil(lambda: tab.seen.depth == depth and tab.plot.content.seen is tab.seen)


def test_the_last_hidden_layer_is_seen_all_are_probed_and_a_sample_is_read_out(tab, qtbot):
    qtbot.waitUntil(lambda: len(tab.bars.bars) == 4, timeout=20_000)
    assert tab.plot.content.caption.startswith("Dense 2 · 2 principal components with ")
    assert tab.depth.slider.value() == 2 * 20
    assert [bar.name for bar in tab.bars.bars] == ["Inputs", "Dense 1", "Dense 2", "Output"]
    assert tab.bars.current == 2
    assert len(tab.plot.columns()["axis 1"]) == 150
    assert tab.form.controls["first"].isHidden()
    x, y = tab.plot.to_pixels(tab.plot.content.places)[7].round().astype(int).tolist()
    qtbot.mouseMove(tab.plot, QPoint(x, y))
    qtbot.waitUntil(lambda: tab.plot.pointed is not None)
    words = tab.plot.content.words(tab.plot.pointed)
    assert words in {
        f"{name}, a {side} sample" for name in ("orange", "blue") for side in ("training", "test")
    }


def test_the_slider_folds_from_layer_to_layer_and_a_click_on_a_bar_leads_to_its_own(tab, qtbot):
    qtbot.keyClick(tab.depth.slider, Qt.Key.Key_Home)
    at(tab, qtbot, 0)
    assert tab.plot.content.caption == "Inputs · its neurons"
    for _ in range(10):
        qtbot.keyClick(tab.depth.slider, Qt.Key.Key_Right)
    at(tab, qtbot, 0.5)
    assert tab.plot.content.caption == "Inputs → Dense 1"
    qtbot.waitUntil(lambda: len(tab.bars.bars) == 4, timeout=20_000)
    qtbot.mouseClick(tab.bars, LEFT, pos=QPoint(40, 3 * 36 + 5))
    at(tab, qtbot, 3)
    assert tab.plot.content.caption == "Output · its only value"


def test_the_samples_move_as_the_network_learns_seen_on_its_own_thread(tab, qtbot, monkeypatch):
    threads, see = [], tab._eye.see
    monkeypatch.setattr(tab._eye, "see", lambda *given: threads.append(current_thread().name) or see(*given))
    before = tab.plot.content.places
    tab.window().actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: tab.seen.step > 0)
    moved = np.abs(tab.plot.content.places - before)
    assert 0 < moved.max() < 0.8
    assert set(threads) == {"training"}


def test_neurons_are_chosen_and_three_axes_are_turned_by_a_drag(tab, qtbot):
    choose(tab, qtbot, 1)
    qtbot.waitUntil(lambda: "neurons 1, 2" in tab.plot.content.caption)
    assert not tab.form.controls["second"].isHidden()
    assert tab.form.controls["third"].isHidden()
    qtbot.mouseClick(tab.form.controls["three"].inputs[0], LEFT, pos=QPoint(6, 8))
    qtbot.waitUntil(lambda: "neurons 1, 2, 3" in tab.plot.content.caption)
    before, middle = tab.plot.turned, tab.plot.rect().center()
    qtbot.mousePress(tab.plot, LEFT, pos=middle)
    qtbot.mouseMove(tab.plot, middle + QPoint(40, 25))
    qtbot.mouseRelease(tab.plot, LEFT, pos=middle + QPoint(40, 25))
    assert tab.plot.turned[0] < before[0]
    assert tab.plot.turned[1] > before[1]


def test_tsne_places_some_samples_of_a_layer_and_stops_when_told(tab, qtbot, monkeypatch):
    monkeypatch.setattr(embedding, "MOST", 50)
    choose(tab, qtbot, 2)
    qtbot.waitUntil(lambda: tab.plot.content.embedded, timeout=20_000)
    assert tab.plot.content.caption == "Dense 2 · t-SNE"
    assert len(tab.plot.content.places) == 50
    assert not tab.work.button.isHidden()
    if tab.work.button.text() == "Cancel":
        qtbot.mouseClick(tab.work.button, LEFT)
    qtbot.waitUntil(lambda: tab.work.button.text() == "Place anew")
    choose(tab, qtbot, 0)
    qtbot.waitUntil(lambda: "components" in tab.plot.content.caption)
    assert tab.work.button.isHidden()


def test_another_network_has_other_probes_and_one_that_never_could_learn_has_none(tab, qtbot):
    qtbot.waitUntil(lambda: len(tab.bars.bars) == 4, timeout=20_000)
    document = tab.workspace.document
    document.open(resolve("xor").saved.experiment)
    qtbot.waitUntil(
        lambda: [bar.name for bar in tab.bars.bars] == ["Inputs", "Dense 1", "Output"], timeout=20_000
    )
    experiment = document.experiment
    broken = insert(experiment.network, 1, Reshape(id="reshape", shape=(7,)))
    tab.workspace.link.open(experiment.with_(network=broken))
    qtbot.waitUntil(lambda: tab.plot.content is None)
    assert tab.bars.bars == []
    assert tab.probed.text() == "Nothing is seen of a network that cannot learn as it is."
