"""The language of the window changes while it runs, and nothing of the work is lost."""

import pytest
from PySide6.QtGui import QUndoCommand

from playground.languages.spoken import spoken
from widgets import languages
from widgets.languages import shown_language


@pytest.fixture(autouse=True)
def english_in_the_end():
    yield
    shown_language.show("en")


@pytest.fixture
def chinese_letters(monkeypatch):
    """A system whose typefaces have all letters, whatever this one has."""
    monkeypatch.setattr(languages, "can_be_read", lambda _words: True)


def epoch(window):
    return window.workspace.link.latest.epoch


def train(window, qtbot):
    before = epoch(window)
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: epoch(window) == before + 1)


def menus(window):
    return [action.text() for action in window.menu_bar.actions()]


def choose(window, qtbot, language):
    menu = window.menu_bar
    window.actions_[f"language_{language}"].trigger()
    qtbot.waitUntil(lambda: window.menu_bar is not menu)


def test_menus_pages_and_status_bar_change_at_once_and_back(window, qtbot, chinese_letters):
    assert menus(window)[0] == "&File"
    choose(window, qtbot, "zh_CN")
    assert menus(window)[0] == "文件(&F)"
    assert window.rail.buttons["data"].text() == "数据"
    assert window.preferences.language == "zh_CN"
    choose(window, qtbot, "en")
    assert menus(window)[0] == "&File"
    assert window.rail.buttons["data"].text() == "Data"


def test_training_undo_and_runs_beside_go_on(window, qtbot, chinese_letters):
    train(window, qtbot)
    window.workspace.draw_new_weights()
    qtbot.waitUntil(lambda: epoch(window) == 0)
    window.workspace.runs.begin_with_another_seed()
    qtbot.waitUntil(lambda: window.workspace.runs.runs[0].snapshot is not None)
    window.pages.open("design")
    choose(window, qtbot, "zh_CN")
    train(window, qtbot)
    (beside,) = window.workspace.runs.runs
    qtbot.waitUntil(lambda: beside.snapshot.epoch == 1)
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: epoch(window) == 1 and not window.workspace.document.experiment.weights_draw)
    window.pages.open("runs")
    beside.document.edit(beside.document.experiment.with_(weights_draw=7), "")
    qtbot.waitUntil(lambda: beside.snapshot.experiment.weights_draw == 7)


def test_a_moment_that_is_looked_back_at_stays_in_sight(window, qtbot, chinese_letters):
    train(window, qtbot)
    train(window, qtbot)
    past = window.workspace.link.past
    past.look(past.kept.present, 1)
    qtbot.waitUntil(lambda: past.seen is not None and epoch(window) == 1)
    choose(window, qtbot, "zh_CN")
    assert window.workspace.link.past.looking is not None
    past.come_back()
    qtbot.waitUntil(lambda: epoch(window) == 2)


def test_the_old_window_is_gone_and_hears_nothing(window, qtbot, chinese_letters):
    old = [window.workspace, window.pages, window.status, window.commands]
    ended = []
    for each in old:
        each.destroyed.connect(lambda: ended.append(1))
    choose(window, qtbot, "zh_CN")
    qtbot.waitUntil(lambda: len(ended) == len(old))
    window.workspace.document.undo_stack.push(QUndoCommand("x"))
    train(window, qtbot)


def test_where_no_typeface_has_the_letters_that_is_said_and_all_stays_in_english(window, qtbot, monkeypatch):
    monkeypatch.setattr(languages, "can_be_read", lambda words: words.isascii())
    window.actions_["language_zh_CN"].trigger()
    qtbot.waitUntil(window.workspace.notice.isVisible)
    assert "简体中文" in window.workspace.notice._said
    assert menus(window)[0] == "&File"


def test_a_terminal_in_another_language_leaves_an_english_window_english():
    spoken.language = "zh_CN"
    shown_language.show("en")
    assert spoken.language == "en"
