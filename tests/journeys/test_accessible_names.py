"""Whatever takes the keyboard has a name that a screen reader says, on every page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollBar, QWidget

from playground.files.examples import examples


def nameless(window):
    """What is seen, takes the focus itself, and says neither its name nor a text of its own."""
    for widget in window.findChildren(QWidget):
        takes_it = widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if not takes_it or widget.focusProxy() is not None or isinstance(widget, QScrollBar):
            continue
        own = widget.text() if isinstance(widget, QAbstractButton) else ""
        if not (widget.accessibleName() or own):
            yield f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"


@pytest.mark.parametrize("name", ["spiral", "digits_cnn", "text_gru", "iris"])
def test_everything_that_takes_the_keyboard_has_a_name(qtbot, window, name):
    example = next(each for each in examples() if each.name == name)
    window.workspace.filing.show(example.load())
    for entry in window.entries:
        window.pages.open(entry.name)
        qtbot.waitUntil(window.pages.page.isVisible)
        assert sorted(set(nameless(window))) == [], entry.name
