"""What a screen reader says makes sense: of sliders, of charts, and as things happen, in each language."""

from itertools import pairwise

import numpy as np
import pytest
from keyboard_walk import called
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QSlider, QWidget

from playground.languages.catalogue import FOLDER
from playground.languages.po import read_entries
from playground.training.snapshot import State
from widgets import languages, spoken
from widgets.forms.number_control import NumberControl
from widgets.languages import shown_language
from widgets.plots.curves import trend
from widgets.plots.figure import Figure
from widgets.spoken import SpokenSlider
from widgets.tab_order import tab_stops

Text = QAccessible.Text


def says(widget, what):
    return QAccessible.queryAccessibleInterface(widget).text(what)


def role(widget):
    return QAccessible.queryAccessibleInterface(widget).role()


def seen(window, kind=QWidget):
    return [each for each in window.findChildren(kind) if each.isVisible() and each.window() is window]


@pytest.fixture
def trained(window, qtbot):
    """A window of the usual size, after three epochs."""
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.design.plots is not None)
    for epoch in (1, 2, 3):
        window.actions_["step_epoch"].trigger()
        qtbot.waitUntil(lambda epoch=epoch: window.workspace.link.latest.epoch == epoch)
    return window


@pytest.fixture
def every_page(trained, qtbot):
    """Each page, and each tab of the one that has some, one after the other."""

    def every_page():
        for entry in trained.entries:
            trained.pages.open(entry.name)
            qtbot.wait(50)
            yield entry.name
        trained.pages.open("inside")
        for name in trained.pages.page.tabs:
            trained.pages.page.open(name)
            qtbot.wait(50)
            yield name

    return every_page


@pytest.fixture
def heard(monkeypatch):
    """What is announced, and whether it was urgent."""
    told = []
    monkeypatch.setattr(spoken, "listening", lambda: True)
    monkeypatch.setattr(spoken, "tell", lambda event: told.append((event.message(), event.politeness())))
    return told


# --- sliders ---


def test_every_slider_says_where_it_stands_in_words(every_page, trained, qtbot):
    for page in every_page():
        for slider in seen(trained, QSlider):
            assert isinstance(slider, SpokenSlider), f"{page}: {called(slider)}"
            assert says(slider, Text.Value) == slider.words()
            qtbot.waitUntil(lambda slider=slider: bool(slider.words()) or not slider.isEnabled())


def test_a_slider_of_a_number_says_what_the_line_beside_it_shows(trained):
    controls = [each for each in seen(trained, NumberControl) if each.slider is not None]
    assert len(controls) > 4
    for control in controls:
        assert says(control.slider, Text.Value) == control.line.text()
        assert control.line.text() in says(control.slider, Text.Description)


def test_a_screen_reader_sets_a_slider_by_its_number(trained):
    control = trained.design.data.batch_size.controls["batch_size"]
    number = QAccessible.queryAccessibleInterface(control.slider).valueInterface()
    assert number.currentValue() == 10
    number.setCurrentValue(32.2)
    assert trained.workspace.document.experiment.training.batch_size == 32
    assert number.minimumValue() <= 1 < 32 < number.maximumValue()


# --- charts ---


def test_every_chart_with_the_keyboard_says_what_it_shows(every_page, trained, qtbot):
    for page in every_page():
        for chart in seen(trained, Figure):
            if page != "search" and chart in tab_stops(trained):
                assert role(chart) == QAccessible.Role.Chart
                qtbot.waitUntil(
                    lambda chart=chart: bool(says(chart, Text.Description).strip()), timeout=10_000
                )


def test_curves_are_told_by_where_they_end_and_which_way_they_go(trained):
    plot = trained.design.plots.plots["loss"]
    shown = plot.columns()
    words = says(plot, Text.Description)
    assert words.startswith("epoch 3: training ")
    assert f"{shown['training'][-1]:.3f}"[:4] in words
    assert words.count("falling") + words.count("rising") + words.count("steady") == 2


@pytest.mark.parametrize(
    ("values", "way"), [([3, 2, 1], -1), ([1, 2, 3], 1), ([2, 2, 2], 0), ([5], 0), ([0, 9, 9, 9], 0)]
)
def test_the_trend_is_that_of_the_end(values, way):
    assert trend(np.array(values, float)) == way


def test_what_the_arrows_of_a_plot_lead_to_is_said(trained, heard, qtbot):
    plot = trained.design.plots.plots["loss"]
    plot.setFocus()
    heard.clear()
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    (words, _), *_ = heard
    assert words.startswith("epoch 3, training 0.")


# --- as it happens ---


def test_that_training_runs_and_rests_is_said(trained, heard, qtbot):
    trained.actions_["run"].trigger()
    qtbot.waitUntil(lambda: trained.workspace.state is State.RUNNING)
    trained.actions_["run"].trigger()
    qtbot.waitUntil(lambda: trained.workspace.state is State.PAUSED)
    said = [words for words, _ in heard]
    assert said[0] == "Training"
    assert said[-1].startswith("Paused: epoch ")
    assert "test loss 0." in said[-1]


def test_what_went_wrong_is_said_at_once(trained, heard):
    trained.workspace.notice.say("It does not work.")
    assert heard == [("It does not work.", QAccessible.AnnouncementPoliteness.Assertive)]


def test_nothing_is_said_to_nobody(trained, monkeypatch):
    told = []
    monkeypatch.setattr(spoken, "listening", lambda: False)
    monkeypatch.setattr(spoken, "tell", told.append)
    trained.workspace.notice.say("It does not work.")
    assert told == []


# --- names ---


def test_no_two_neighbours_are_called_the_same(every_page, trained):
    for page in every_page():
        for one, other in pairwise(tab_stops(trained)):
            said = [(role(each), each.accessibleName() or says(each, Text.Name)) for each in (one, other)]
            assert said[0] != said[1], f"{page}: {called(one)} and {called(other)}"


def test_all_names_are_in_the_language_that_is_shown(every_page, trained, monkeypatch, qtbot):
    monkeypatch.setattr(languages, "can_be_read", lambda _words: True)
    _, *entries = read_entries(FOLDER / "zh_CN.po")
    others = {entry.text.replace("&", "") for entry in entries if entry.text != entry.translation}
    same = {entry.translation for entry in entries}
    trained.actions_["language_zh_CN"].trigger()
    qtbot.waitUntil(lambda: trained.rail.buttons["data"].text() == "数据")
    try:
        for page in every_page():
            for widget in tab_stops(trained):
                name = widget.accessibleName() or says(widget, Text.Name)
                assert name not in others - same, f"{page}: {called(widget)}"
    finally:
        shown_language.show("en")
