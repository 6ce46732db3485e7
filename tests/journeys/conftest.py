"""A whole window to act in, with preferences that are forgotten and a recovery folder of its own."""

import pytest

from widgets.dialogs import questions
from widgets.dialogs.questions import Answer
from widgets.main_window import MainWindow
from widgets.preferences import Preferences


@pytest.fixture
def open_window(qtbot, tmp_path):
    """Opens windows as often as asked, and closes them in the end."""
    windows = []

    def open_one(recovery_folder=None, size=(1200, 760)):
        window = MainWindow(Preferences.unkept(), recovery_folder=recovery_folder or tmp_path / "recovery")
        window.resize(*size)
        window.show()
        windows.append(window)
        qtbot.waitUntil(lambda: window.workspace.link.latest is not None, timeout=10_000)
        window.design.side.complete()  # as it is after a moment
        return window

    yield open_one
    for window in windows:
        window.give_up()
        window.deleteLater()


@pytest.fixture
def window(open_window):
    """One window, the default experiment painted."""
    return open_window()


@pytest.fixture
def answer(monkeypatch):
    """What the person answers when asked about unsaved work; notes how often that was."""
    asked = []

    class Say:
        reply = Answer.CANCEL

        @property
        def times(self):
            return len(asked)

    say = Say()
    monkeypatch.setattr(questions, "about_unsaved", lambda _parent, name: asked.append(name) or say.reply)
    return say
