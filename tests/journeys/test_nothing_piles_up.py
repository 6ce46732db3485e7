"""Every dialog, menu, sheet and message box is deleted after use."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu

from widgets.dialogs import questions
from widgets.dialogs.lookup import CommandPalette, ShortcutSheet
from widgets.docks import _Grip

USES = 4


def escape(qtbot):
    """Press Escape in the dialog or menu that will be open, as soon as it is."""

    def press():
        open_one = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if open_one is None:
            QTimer.singleShot(5, press)
        else:
            qtbot.keyClick(open_one, Qt.Key.Key_Escape)

    QTimer.singleShot(0, press)


def visible(window, kind):
    (found,) = [child for child in window.findChildren(kind) if child.isVisible()]
    return found


def ask_about_unsaved(qtbot, window):
    window.workspace.draw_new_weights()
    escape(qtbot)
    window.actions_["new"].trigger()


def ask_for_a_file(qtbot, window):
    escape(qtbot)
    questions.file_to_open(window, window.workspace.filing._folder())


def ask_where_to_save(qtbot, window):
    escape(qtbot)
    window.actions_["save_as"].trigger()


def ask_for_a_link(qtbot, window):
    escape(qtbot)
    window.actions_["open_link"].trigger()


def read_the_notes(qtbot, window):
    escape(qtbot)
    window.actions_["notes"].trigger()


def tell_about(qtbot, window):
    escape(qtbot)
    window.actions_["about"].trigger()


def look_for_an_action(qtbot, window):
    window.actions_["palette"].trigger()
    qtbot.keyClick(visible(window, CommandPalette).line, Qt.Key.Key_Escape)


def look_up_keys(qtbot, window):
    window.actions_["shortcuts"].trigger()
    qtbot.keyClick(visible(window, ShortcutSheet), Qt.Key.Key_Escape)


def open_the_menu_of_a_panel(qtbot, window):
    escape(qtbot)
    window.design.docks["data"].findChild(_Grip).customContextMenuRequested.emit(QPoint(1, 1))


def open_a_menu_of_the_canvas(qtbot, window):
    view = window.design.canvas.view
    at = view.state.camera.to_screen(view.state.scene.cards[1].rect.center()).toPoint()
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.RightButton, pos=view.mapTo(window, at))
    for menu in view.findChildren(QMenu):
        menu.close()


def tell_of_a_fault(qtbot, window):
    window.workspace.notice.say("a", {"b": lambda: None, "c": lambda: None})
    window.workspace.notice.clear()


def list_recent_files(qtbot, window):
    for number in range(3):
        window.preferences.add_recent(window.workspace.filing._folder() / f"{number}.nnplay")
    window.welcome.show()
    window.welcome.hide()


USED = [
    ask_about_unsaved,
    ask_for_a_file,
    ask_where_to_save,
    ask_for_a_link,
    read_the_notes,
    tell_about,
    look_for_an_action,
    look_up_keys,
    open_the_menu_of_a_panel,
    open_a_menu_of_the_canvas,
    tell_of_a_fault,
    list_recent_files,
]


def count_widgets():
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(QApplication.allWidgets())


@pytest.mark.parametrize("use", USED, ids=lambda use: use.__name__)
def test_it_is_deleted_after_use(qtbot, window, use):
    qtbot.waitUntil(lambda: window.design.plots is not None)
    use(qtbot, window)
    before = count_widgets()
    for _ in range(USES):
        use(qtbot, window)
    assert count_widgets() == before
