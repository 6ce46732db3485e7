"""The tests see nothing of the machine and of each other: what `conftest.py` promises."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QCursor, QGuiApplication

from playground.cli.display import OF_THE_SCREEN
from widgets.preferences import Preferences

FAR_AWAY = (9_999, 9_999)


def test_the_home_folder_is_the_tests_own(qapp):
    home = Path(os.environ["HOME"])
    assert home.name.startswith("neural-playground-tests-")
    assert Path.home() == home
    for location in ("AppDataLocation", "ConfigLocation", "GenericDataLocation"):
        folder = QStandardPaths.writableLocation(getattr(QStandardPaths.StandardLocation, location))
        assert Path(folder).is_relative_to(home)
    assert Preferences().recent == []


def test_there_is_no_screen_and_nothing_is_set_for_one(qapp):
    assert QGuiApplication.platformName() == "offscreen"
    assert not any(name in os.environ for name in OF_THE_SCREEN)
    assert qapp.devicePixelRatio() == 1


@pytest.mark.parametrize("time", ["first", "second"])
def test_the_pointer_is_far_away_and_the_clipboard_empty(qapp, time):
    assert QCursor.pos().toTuple() == FAR_AWAY
    assert qapp.clipboard().text() == ""
    QCursor.setPos(10, 10)
    qapp.clipboard().setText("left behind")
