"""A laboratory by itself, without the window around it."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal

from playground.experiment import Experiment
from widgets.pages.labs.room import LabRoom


class Around(QObject):
    """What a laboratory knows of the window."""

    message = Signal(str)
    document = SimpleNamespace(experiment=Experiment())


@pytest.fixture
def usual_size():
    return 1340, 800


@pytest.fixture
def open_room(show):
    """Opens laboratories, and lets nothing be worked out any more in the end."""
    rooms = []

    def open_room(value):
        around = Around()
        room = LabRoom(value, around)
        room.around = around
        rooms.append(room)
        return show(room)

    yield open_room
    for room in rooms:
        room.view.end()
