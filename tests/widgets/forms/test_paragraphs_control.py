"""A text of several lines: it counts when the focus leaves, or on Ctrl+Enter, and Escape takes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from playground.data.datasets.own_text import OwnText
from widgets.forms import Form
from widgets.forms.paragraphs_control import ParagraphsControl


@pytest.fixture
def place(qtbot):
    """A form of a text, and a line beside it to which the focus may go."""
    outer = QWidget()
    column = QVBoxLayout(outer)
    outer.form, outer.line = Form(OwnText, only=["text"]), QLineEdit()
    column.addWidget(outer.form)
    column.addWidget(outer.line)
    outer.form.set_value(OwnText(text="one\ntwo"))
    outer.asked = []
    outer.form.edited.connect(lambda value, _gesture, _text: outer.asked.append(value.text))
    qtbot.addWidget(outer)
    with qtbot.waitExposed(outer):
        outer.show()
    outer.activateWindow()
    return outer


def control(place):
    found = place.form.controls["text"]
    assert isinstance(found, ParagraphsControl)
    return found


def retyped(place, qtbot, text):
    page = control(place).page
    page.setFocus()
    page.selectAll()
    qtbot.keyClicks(page, text)
    return page


def test_what_was_typed_is_asked_for_when_the_focus_leaves(place, qtbot):
    retyped(place, qtbot, "three")
    assert place.asked == []
    place.line.setFocus()
    assert place.asked == ["three"]


def test_control_and_enter_ask_at_once_and_enter_is_a_new_line(place, qtbot):
    page = retyped(place, qtbot, "a")
    qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.keyClicks(page, "b")
    assert place.asked == []
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert place.asked == ["a\nb"]


def test_escape_takes_back_what_was_typed(place, qtbot):
    page = retyped(place, qtbot, "three")
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert page.toPlainText() == "one\ntwo"
    place.line.setFocus()
    assert place.asked == []


def test_nothing_is_asked_for_when_nothing_was_typed(place, qtbot):
    control(place).page.setFocus()
    place.line.setFocus()
    assert place.asked == []


def test_the_tab_key_leaves_the_text(place, qtbot):
    control(place).page.setFocus()
    qtbot.keyClick(control(place).page, Qt.Key.Key_Tab)
    assert control(place).page.toPlainText() == "one\ntwo"
    assert not control(place).page.hasFocus()


def test_it_has_a_name_and_a_help(place):
    assert control(place).page.accessibleName() == "Text"
    assert "paste" in control(place).page.accessibleDescription()
