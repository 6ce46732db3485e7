"""Icons are drawn in whatever size they are asked for."""

from PySide6.QtCore import QSize

from widgets.icons import icon


def test_on_a_button_without_room_nothing_is_painted_and_nothing_is_warned_of(qtbot):
    assert icon("close").pixmap(QSize(16, 0)).isNull()
    assert icon("close").pixmap(QSize(0, 0)).isNull()


def test_an_icon_is_as_large_as_asked_for(qapp):
    assert icon("close").pixmap(QSize(16, 12)).size() == QSize(16, 12)
