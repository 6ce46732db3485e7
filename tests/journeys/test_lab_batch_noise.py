"""Batch sizes and the network: a copy of it learns with each, and the fastest is used."""

from PySide6.QtCore import Qt

LEFT = Qt.MouseButton.LeftButton


def test_the_fastest_batch_size_goes_into_the_network_and_can_be_undone(window, qtbot):
    document = window.workspace.document
    before = document.experiment.training
    window.pages.hand("labs", "batch_noise")
    room = window.pages.page.room
    room.document.edit(room.document.value.with_(swept=2, goal=100.0, rule="linear"), "")
    qtbot.mouseClick(room.view.sweep.measure, LEFT)
    qtbot.waitUntil(lambda: not room.view.sweep.steps.busy)
    assert window.workspace.link.latest.epoch == 0  # the network itself has not learnt
    qtbot.mouseClick(room.view.use, LEFT)
    after = document.experiment.training
    assert after.batch_size in (1, 4, 16, 64, 256) or after.batch_size > 100
    factor = after.batch_size / before.batch_size
    assert after.optimizer.learning_rate == before.optimizer.learning_rate * factor
    document.undo_stack.undo()
    assert document.experiment.training == before
