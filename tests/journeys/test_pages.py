"""Pages share the window: a person goes from one to the other, and finds each as it was left."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from widgets import page_stack, pages
from widgets.pages.entry import PageEntry
from widgets.pages.page import Page

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def another_page(monkeypatch):
    """A page that nothing in the program names."""

    class AnotherPage(Page):
        def __init__(self, workspace, parent):
            super().__init__(workspace, parent)
            self.seen = []
            self.setCentralWidget(QLabel("another"))

        def show_snapshot(self, snapshot):
            self.seen.append(snapshot)

        def keep(self, preferences):
            preferences.keep_text("layout/another", "kept")

    usual = page_stack.page_class
    entries = (*pages.entries(), PageEntry("another", "Another", "For a test.", "pin", 9))
    monkeypatch.setattr(pages, "entries", lambda: entries)
    monkeypatch.setattr(
        page_stack,
        "page_class",
        lambda module: AnotherPage if module == "widgets.pages.another.page" else usual(module),
    )


def keys(window, text):
    return next(action for action in window.actions_.values() if action.shortcut().toString() == text)


def test_every_page_has_a_button_an_action_and_a_key_in_order(another_page, open_window):
    window = open_window()
    assert [button.accessibleName() for button in window.rail.buttons.values()] == [
        entry.title for entry in window.entries
    ]
    for number, entry in enumerate(window.entries, 1):
        assert keys(window, f"Ctrl+{number}").text() == entry.title
        assert window.rail.buttons[entry.name].toolTip().startswith(entry.tip)


def test_a_page_is_made_when_it_is_first_opened(another_page, open_window, qtbot):
    window = open_window()
    assert "another" not in window.pages.made
    qtbot.mouseClick(window.rail.buttons["another"], LEFT)
    assert window.pages.made["another"].isVisible()
    assert not window.design.isVisible()
    assert window.rail.buttons["another"].isChecked()
    assert window.pages.made["another"].seen == [window.workspace.link.latest]


def test_run_bar_menus_and_status_bar_stay(another_page, open_window):
    window = open_window()
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    assert window.run_bar.isVisible()
    assert window.menu_bar.isVisible()
    assert window.status.isVisible()
    window.actions_["step_epoch"].trigger()


def test_what_only_the_network_can_do_is_not_offered_elsewhere(another_page, open_window):
    window = open_window()
    assert window.actions_["select_all"].isEnabled()
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    assert not window.actions_["select_all"].isEnabled()
    assert not window.actions_["zoom_in"].isEnabled()
    keys(window, "Ctrl+1").trigger()
    assert window.actions_["select_all"].isEnabled()


def test_the_menu_view_offers_the_panels_of_the_page_in_front(another_page, open_window):
    window = open_window()

    def offered():
        return window.design.docks["data"].toggleViewAction() in window.commands._view_menu.actions()

    assert offered()
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    assert not offered()
    keys(window, "Ctrl+1").trigger()
    assert offered()


def test_notices_are_seen_on_every_page(another_page, open_window):
    window = open_window()
    window.workspace.notice.say("Something happened.")
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    assert window.workspace.notice.parentWidget().window() is window
    assert not window.workspace.notice.isHidden()
    keys(window, "Ctrl+1").trigger()
    assert window.workspace.notice.isVisible()


def test_a_page_that_comes_back_shows_what_was_learnt_meanwhile(another_page, open_window, qtbot):
    window = open_window()
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    keys(window, "Ctrl+1").trigger()
    assert window.design.canvas.view.state.snapshot.epoch == 1


def test_the_last_page_and_the_layout_of_each_are_kept(another_page, open_window):
    window = open_window()
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    window.give_up()
    assert window.preferences.text("page") == "another"
    assert window.preferences.text("layout/another") == "kept"
    assert window.preferences.layout("design") is not None


def test_a_kept_page_that_is_no_more_gives_the_first(open_window, monkeypatch, qtbot):
    from widgets.preferences import Preferences

    monkeypatch.setattr(Preferences, "text", lambda _self, name: "gone" if name == "page" else "")
    assert open_window().design.isVisible()


def test_a_problem_of_a_layer_leads_to_the_network(another_page, open_window):
    window = open_window()
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    window.status.problem_clicked.emit("dense1")
    assert window.design.isVisible()
    assert window.design.canvas.view.state.selection == ("dense1",)


def test_the_rail_is_gone_through_by_keyboard(another_page, open_window, qtbot):
    window = open_window()
    buttons = list(window.rail.buttons.values())
    assert window.rail.buttons["design"].focusPolicy() & Qt.FocusPolicy.TabFocus
    buttons[0].setFocus()
    for button in buttons[1:]:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        assert button.hasFocus()
        assert button.isChecked()
    assert window.pages.front == "another"


def test_the_network_has_the_keyboard_at_first(window):
    assert window.design.canvas.isAncestorOf(QApplication.focusWidget())


def test_a_page_that_is_chosen_by_its_key_has_the_keyboard(another_page, open_window, qtbot):
    window = open_window()
    keys(window, f"Ctrl+{len(window.entries)}").trigger()
    assert window.pages.made["another"].hasFocus()
    keys(window, "Ctrl+1").trigger()
    assert window.design.isAncestorOf(QApplication.focusWidget())


def test_a_small_window_shows_icons_alone_below_the_run_bar(window):
    button = window.rail.buttons["design"]
    window.resize(1440, 900)
    wide, bar = button.width(), window.run_bar.mapTo(window, QPoint()).x()
    assert bar == window.rail.width()
    window.resize(1000, 560)
    assert button.width() < wide
    assert window.run_bar.mapTo(window, QPoint()).x() == 0


@pytest.mark.parametrize("size", [(1440, 900), (1000, 600)])
def test_panels_are_as_they_were_when_a_page_comes_back(open_window, qtbot, size):
    window = open_window(size=size)
    docks = window.design.docks
    docks["inspector"].close()
    before = {name: dock.isVisible() for name, dock in docks.items()}
    for page in ("runs", "design"):
        qtbot.mouseClick(window.rail.buttons[page], LEFT)
    assert {name: dock.isVisible() for name, dock in docks.items()} == before


def test_the_drawer_of_a_small_window_is_as_it_was_when_its_page_comes_back(open_window, qtbot):
    window = open_window(size=(1000, 600))
    room, dock = window.design.room, window.design.docks["data"]
    qtbot.waitUntil(lambda: window.design.plots is not None and room.tab.isVisible())
    for is_open in (True, False):
        qtbot.mouseClick(room.tab, LEFT)
        for page in ("runs", "design"):
            qtbot.mouseClick(window.rail.buttons[page], LEFT)
        assert (dock.isVisible(), room.tab.isChecked()) == (is_open, is_open)
