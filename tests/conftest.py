"""What every test shares: no screen is needed, and nothing may be left running or open."""

import os
import sys
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

PATIENCE = 2.0
"""Seconds that a thread may take to end after its test."""


def pytest_configure(config):
    """Let the platform without a screen say what it lacks: no test is about that."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def qapp(qapp):
    """The application, dressed as in the program before the first widget is made."""
    from widgets import theme

    theme.apply(qapp, "dark")
    return qapp


@pytest.fixture(autouse=True)
def no_threads_left():
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before]
    for thread in started:
        thread.join(PATIENCE)
    left = [thread.name for thread in started if thread.is_alive()]
    assert not left, f"threads left running: {left}"


@pytest.fixture(autouse=True)
def no_windows_left():
    """Fail a test that leaves a window open."""
    before = visible_windows()
    yield
    left = visible_windows() - before
    assert not left, f"windows left open: {left}"


def visible_windows():
    """The open top-level widgets; none while Qt's widgets were never imported."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return set()
    return {widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()}
