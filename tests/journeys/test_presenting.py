"""In front of a class: the whole screen, and the keys that are pressed, for all to see."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keys(window):
    window.actions_["show_keys"].trigger()
    return window.commands._presenting.keys


def test_the_window_fills_the_screen_and_comes_back(window):
    window.actions_["full_screen"].trigger()
    assert window.isFullScreen()
    assert window.actions_["full_screen"].isChecked()
    window.showNormal()
    assert not window.actions_["full_screen"].isChecked(), "whoever made it small again"
    window.actions_["full_screen"].trigger()
    window.actions_["full_screen"].trigger()
    assert not window.isFullScreen()


@pytest.mark.parametrize(
    ("key", "modifiers", "words"),
    [
        (Qt.Key.Key_Period, Qt.KeyboardModifier.NoModifier, "."),
        (Qt.Key.Key_Z, CTRL, "Ctrl+Z"),
        (Qt.Key.Key_Z, CTRL | SHIFT, "Ctrl+Shift+Z"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "Down"),
    ],
)
def test_keys_are_shown_also_those_that_are_shortcuts(qtbot, window, keys, key, modifiers, words):
    canvas = window.pages.page.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, key, modifiers)
    assert keys.isVisible()
    assert keys.text() == words
    assert window.rect().contains(keys.geometry())


def test_a_modifier_alone_is_no_key(qtbot, window, keys):
    qtbot.keyClick(window.pages.page.canvas, Qt.Key.Key_Shift)
    assert not keys.isVisible()


def test_what_is_typed_into_a_text_is_not_shown_but_commands_are(qtbot, window, keys):
    line = QLineEdit(window)
    line.show()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClicks(line, "secret")
    assert not keys.isVisible()
    qtbot.keyClick(line, Qt.Key.Key_A, CTRL)
    assert keys.text() == "Ctrl+A"


def test_nothing_is_shown_any_more_once_it_is_switched_off(qtbot, window, keys):
    window.actions_["show_keys"].trigger()
    assert window.commands._presenting.keys is None
    qtbot.keyClick(window.pages.page.canvas, Qt.Key.Key_Down)
