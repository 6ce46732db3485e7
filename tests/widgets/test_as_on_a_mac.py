"""What macOS does otherwise: its menu of the program, its keys, and its menus without icons."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from widgets.command import Keys, shortcuts
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

NONE = QAction.MenuRole.NoRole


@pytest.fixture
def window(qtbot, tmp_path):
    preferences = Preferences.unkept()
    preferences.add_recent(tmp_path / "about my settings.nnplay")
    window = MainWindow(preferences, recovery_folder=tmp_path / "recovery")
    window.show()
    yield window
    window.give_up()
    window.deleteLater()


def actions_of(menu):
    for action in menu.actions():
        yield action
        if action.menu() is not None:
            yield from actions_of(action.menu())


def test_only_what_belongs_there_goes_to_the_menu_of_the_program(window):
    for page in ("design", "data", "inside", "runs", "search", "labs"):
        window.pages.open(page)
        actions = [each for each in actions_of(window.menu_bar) if not each.isSeparator()]
        found = {action.text(): action.menuRole() for action in actions}
        others = {text for text, role in found.items() if role != NONE}
        assert others == {"&About", "&Quit"}
        assert found["&About"] == QAction.MenuRole.AboutRole
        assert found["&Quit"] == QAction.MenuRole.QuitRole
        assert any("about my settings" in text for text in found)


def test_keys_are_those_of_the_system():
    assert shortcuts("F11", "darwin") == [QKeySequence("Ctrl+Meta+F")]
    assert shortcuts("F11", "win32") == [QKeySequence(Qt.Key.Key_F11)]
    assert QKeySequence(Qt.Key.Key_Backspace) in shortcuts(Keys.Delete, "darwin")
    assert shortcuts(Keys.Delete, "linux") == [QKeySequence(Keys.Delete)]
    assert QKeySequence("Ctrl+Y") in shortcuts("Ctrl+Shift+Z", "win32")
    assert shortcuts("Ctrl+L", "darwin") == [QKeySequence("Ctrl+L")]  # Qt makes Cmd of it


@pytest.mark.parametrize("platform", ["darwin", "win32", "linux"])
def test_no_key_means_two_things_anywhere(window, platform):
    keys = [
        key
        for command in window.actions_.commands
        if command.keys is not None
        for key in shortcuts(command.keys, platform)
    ]
    assert sorted({key.toString() for key in keys}) == sorted(key.toString() for key in keys)


@pytest.mark.parametrize(
    "taken", ["Ctrl+H", "Ctrl+M", "Ctrl+Q", "Ctrl+Space", "Ctrl+Shift+3", "Ctrl+Shift+4"]
)
def test_keys_of_the_system_are_left_to_it(window, taken):
    named = {command.name for command in window.actions_.commands if command.keys == taken}
    assert named <= {"quit"}
