"""A person looks around: menus, palette, themes, layout."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QSlider

from playground.experiment import Experiment
from widgets import app, theme
from widgets.dialogs.lookup import CommandPalette, ShortcutSheet
from widgets.document import Document
from widgets.main_window import MainWindow
from widgets.preferences import Preferences


def test_every_action_is_in_a_menu_with_a_sentence(window):
    for name, action in window.actions_.items():
        assert action.text(), name
        assert action.toolTip(), name


def test_no_two_actions_share_a_key(window):
    keys = [action.shortcut().toString() for action in window.actions_.values()]
    keys = [key for key in keys if key]
    assert len(keys) == len(set(keys))


def test_the_palette_finds_an_action_by_a_few_letters(qtbot, window):
    window.commands.show_palette()
    palette = window.findChild(CommandPalette)
    qtbot.keyClicks(palette.line, "new weights")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.document.experiment.weights_draw == 1)


def test_a_table_that_is_pasted_into_the_palette_is_looked_for_by_its_beginning(window, qtbot):
    window.actions_["palette"].trigger()
    palette = window.findChild(CommandPalette)
    QApplication.clipboard().setText("0.123456789\tblue\n" * 5_000)
    palette.line.paste()
    assert palette.list.model().rowCount() == 0
    palette.reject()


def test_the_shortcut_sheet_opens_and_closes(qtbot, window):
    window.actions_["shortcuts"].trigger()
    sheet = window.findChild(ShortcutSheet)
    assert sheet.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_theme_is_chosen_and_kept(window, name):
    window.actions_[f"theme_{name}"].trigger()
    assert theme.current().name == name
    assert window.preferences.theme == name


def test_the_speed_is_kept_and_acts(window, monkeypatch):
    told = []
    monkeypatch.setattr(window.workspace.link.session, "set_speed", told.append)
    assert window.preferences.speed is not None
    for speed in (20.0, None):
        window.run_bar.speed.set_speed(speed)
        assert window.preferences.speed == speed
    assert told == [20.0, None]


def test_a_closed_panel_comes_back_with_the_layout(window):
    window.design.docks["plots"].close()
    assert not window.design.docks["plots"].isVisible()
    window.actions_["reset_layout"].trigger()
    assert window.design.docks["plots"].isVisible()


def test_undo_names_what_it_takes_back(window):
    window.workspace.draw_new_weights()
    assert "New initial weights" in window.actions_["undo"].text()
    window.actions_["undo"].trigger()
    assert not window.actions_["undo"].isEnabled()
    assert "New initial weights" in window.actions_["redo"].text()


def test_every_control_has_a_name_and_a_tool_tip(window):
    nameless = [
        widget
        for kind in (QAbstractButton, QSlider, QComboBox, QLineEdit)
        for widget in window.findChildren(kind)
        if widget.isVisible()
        and not widget.objectName().startswith("qt_")
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert nameless == []


def test_a_document_lives_on_without_its_window(qtbot, tmp_path):
    document = Document()
    window = MainWindow(Preferences.unkept(), recovery_folder=tmp_path, document=document)
    window.show()
    qtbot.waitUntil(lambda: window.design.plots is not None, timeout=10_000)
    window.give_up()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    document.edit(Experiment(weights_draw=3), "Something")
    document.undo_stack.undo()
    document.undo_stack.redo()
    document.mark_trained()
    document.open(Experiment())
    theme.themes.changed.emit(theme.current())  # an exception in any of this fails the test


def test_a_fault_that_nothing_caught_is_told_and_the_work_is_kept(qtbot, window, tmp_path, caplog):
    window.workspace.draw_new_weights()
    app.Faults(window)(ValueError, ValueError("of a test"), None)
    assert "A fault in the program: ValueError: of a test" in window.workspace.notice.text
    assert "a fault nothing caught" in caplog.text
    qtbot.waitUntil(lambda: window.workspace.filing.keeper.kept, timeout=10_000)
