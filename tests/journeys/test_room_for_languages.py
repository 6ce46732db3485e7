"""Other languages have room: nothing is cut off in Chinese, nor in one that is longer than English."""

import pytest
from PySide6.QtCore import Qt
from seeing import faults

from widgets.languages import shown_language

PAGES = ("design", "data", "inside", "runs", "labs")


@pytest.fixture(params=["zh_CN", "pseudo"])
def spoken_window(request, open_window):
    shown_language.show(request.param)
    yield open_window(size=(1100, 700))
    shown_language.show("en")


@pytest.fixture
def right_to_left(qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def out_of_sight(window):
    """What cannot be seen or reached; from right to left, Qt's splitters are one pixel off."""
    return [fault for fault in faults(window) if "reaches past QSplitter" not in fault]


def see_all_pages(window, qtbot):
    qtbot.waitUntil(lambda: window.design.plots is not None)
    for page in PAGES:
        window.pages.open(page)
        qtbot.waitUntil(lambda: not out_of_sight(window), timeout=10_000)


def test_every_page_is_seen_whole(spoken_window, qtbot):
    see_all_pages(spoken_window, qtbot)


def test_every_page_is_seen_whole_from_right_to_left(right_to_left, open_window, qtbot):
    window = open_window(size=(1100, 700))
    see_all_pages(window, qtbot)
    assert window.rail.mapTo(window, window.rail.rect().center()).x() > window.width() / 2
