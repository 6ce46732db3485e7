"""The schedule explorer and the network: it learns by each schedule, and the best one is used."""

import pytest
from PySide6.QtCore import Qt

from playground.engine.schedules import Constant, Cosine

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(window):
    window.pages.hand("labs", "schedules")
    room = window.pages.page.room
    schedules = (Constant(), Cosine(decay_steps=3))
    room.document.edit(room.document.value.with_(epochs=3, schedules=schedules), "")
    return room


def test_the_present_network_learns_and_takes_on_the_best(window, room, qtbot):
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: room.view.use.isEnabled() and not room.view.running)
    assert window.workspace.link.latest.epoch == 0  # the network itself does not
    document = window.workspace.document
    before = document.experiment.training
    qtbot.mouseClick(room.view.use, LEFT)
    after = document.experiment.training
    assert after.schedule in (Constant(), Cosine(decay_steps=before.epochs))
    assert after.optimizer.learning_rate == 0.1
    document.undo_stack.undo()
    assert document.experiment.training == before


def test_a_network_that_cannot_learn_is_told_in_a_sentence(window, room, qtbot):
    document = window.workspace.document
    broken = document.experiment.network.with_(layers=())
    document.edit(document.experiment.with_(network=broken), "")
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: "no layer" in room.told.text() or "layers" in room.told.text())
    assert not room.view.use.isEnabled()
