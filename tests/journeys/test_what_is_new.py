"""What is new stands on a page; a quiet word tells of it once after an update, not at the first start."""

import pytest
from PySide6.QtCore import QByteArray, Qt

from playground.manual import manual
from playground.version import VERSION
from widgets import news


def told(window):
    window.commands.news.tell()
    return window.commands.news.word.isVisible()


def updated(window, before="0.0.9"):
    window.preferences.keep_text("version", before)
    return told(window)


@pytest.fixture
def page(window):
    """The title of the page of the handbook that is open."""
    return lambda: window.commands.handbook.shown and window.commands.handbook.shown.text.heading.text()


def test_nothing_is_told_at_the_very_first_start_nor_at_the_same_version(window):
    assert not told(window)
    assert not told(window)
    assert window.preferences.text("version") == VERSION


@pytest.mark.parametrize(
    ("before", "tells"),
    [("0.0.9", True), ("0.0.10", True), ("what", True), (VERSION, False), ("99.0.0", False)],
)
def test_only_what_was_older_is_an_update(window, before, tells):
    assert updated(window, before) is tells
    assert window.preferences.text("version") == VERSION


def test_a_version_that_kept_none_is_known_by_the_place_of_its_window(window):
    window.preferences.keep_layout("geometry", QByteArray(b"here"))
    assert told(window)


def test_a_click_opens_the_page_and_takes_the_word_away(qtbot, window, page):
    assert updated(window)
    qtbot.mouseClick(window.commands.news.word, Qt.MouseButton.LeftButton)
    assert page() == "What is new"
    assert not window.commands.news.word.isVisible()
    assert not told(window)


def test_the_start_page_tells_it_too(qtbot, window, page):
    window.welcome.show()
    assert not window.welcome.page.news.isVisible()
    updated(window)
    assert window.welcome.page.news.isVisible()
    qtbot.mouseClick(window.welcome.page.news, Qt.MouseButton.LeftButton)
    assert page() == "What is new"
    assert not window.welcome.page.news.isVisible()


def test_the_menu_has_it_at_any_time(window, page):
    window.actions_["news"].trigger()
    assert page() == "What is new"


@pytest.mark.parametrize("language", ["", "zh_CN"])
def test_the_page_begins_with_the_version_that_this_is(language):
    (page,) = [each for each in manual(language) if each.name == news.PAGE]
    headings = [line for line in page.text.split("\n") if line.startswith("## ")]
    assert headings[0].endswith(f" {VERSION}")
