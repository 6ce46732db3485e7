"""The page Inside: tabs that are made when they are opened, and stay as a person left them."""

from typing import ClassVar, Literal

import pytest
from PySide6.QtCore import Qt

from playground.analysis.inspection import Inspection
from playground.value import Kind
from widgets.pages.inside import page as inside
from widgets.pages.inside.tab import InsideTab

LEFT = Qt.MouseButton.LeftButton


class Looking(Kind):
    """Stands apart from the family, so that no list of texts knows it."""

    place: ClassVar[int]


class FirstLook(Looking):
    kind: Literal["first"] = "first"
    title = "First"
    help = "Looks once."
    formula = "y = x"
    place = 1

    times: int = 1


class SecondLook(FirstLook):
    kind: Literal["second"] = "second"
    title = "Second"
    help = "Looks again."
    place = 2


class LookTab(InsideTab):
    def __init__(self, value: Inspection, workspace, parent) -> None:
        super().__init__(value, workspace, parent)
        self.seen, self.taken, self.ended = [], [], False

    def show_snapshot(self, snapshot):
        self.seen.append(snapshot)

    def take(self, thing):
        self.taken.append(thing)

    def keys(self):
        return {"T": self.value.title}

    def end(self):
        self.ended = True


@pytest.fixture
def page(monkeypatch, open_window):
    monkeypatch.setattr(inside, "in_order", lambda: (FirstLook, SecondLook))
    monkeypatch.setattr(inside, "tab_of", lambda kind: LookTab)
    window = open_window()
    window.pages.open("inside")
    return window.pages.page


def test_the_first_tab_is_open_and_the_others_are_not_made(page):
    assert list(page.made) == ["first"]
    assert page.tabs["first"].isChecked()
    assert page.tab.seen[-1] is page.workspace.link.latest


def test_a_click_on_a_tab_opens_it_and_leaves_the_others_as_they_are(page, qtbot):
    first = page.tab
    qtbot.mouseClick(page.tabs["second"], LEFT)
    assert page.tab.isVisible()
    assert not first.isVisible()
    assert (page.tabs["first"].isChecked(), page.tabs["second"].isChecked()) == (False, True)
    assert page.keys() == {"T": "Second"}
    qtbot.mouseClick(page.tabs["first"], LEFT)
    assert page.tab is first


def test_only_the_open_tab_sees_snapshots(page, qtbot):
    first = page.tab
    page.open("second")
    known = len(first.seen)
    page.window().actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: page.tab.seen[-1].epoch == 1)
    assert len(first.seen) == known


def test_what_is_handed_over_comes_to_its_tab(page):
    page.workspace.handed.emit("inside", ("second", 37))
    assert page.open_kind == "second"
    assert page.tab.taken == [37]


def test_the_open_tab_is_explained_on_demand(page, qtbot):
    qtbot.mouseClick(page.explains, LEFT)
    qtbot.waitUntil(lambda: page.words.page is not None and page.words.page.isVisible())
    assert page.words.page.sentence.text() == "Looks once."
    page.open("second")
    assert page.words.page.sentence.text() == "Looks again."


def test_settings_and_the_open_tab_are_kept(page):
    page.open("second").set_value(SecondLook(times=3))
    preferences = page.window().preferences
    page.keep(preferences)
    again = inside.InsidePage(page.workspace, page.window())
    again.restore(preferences)
    again.show_snapshot(page.workspace.link.latest)
    assert again.open_kind == "second"
    assert again.tab.value == SecondLook(times=3)


def test_the_window_ends_what_works_in_tabs(page):
    tab = page.tab
    page.window().give_up()
    assert tab.ended
