"""A person who puts a recurrent layer into a network is offered to clip gradients, once, and may leave it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from playground.data.datasets.sequences.memory import Adding
from playground.engine import edits
from playground.engine.clipping import ClipByNorm, NoClipping
from playground.engine.layers.recurrent import Lstm
from playground.experiment import Experiment


def add(window, layer):
    document = window.workspace.document
    network = edits.insert(document.experiment.network, 0, layer)
    document.edit(document.experiment.with_(network=network), "Add")


def on_sequences(window):
    document = window.workspace.document
    document.open(Experiment().with_dataset(Adding(samples=50)))


def test_one_click_clips_and_undo_takes_it_back(qtbot, window):
    on_sequences(window)
    document, notice = window.workspace.document, window.workspace.notice
    assert notice.text == ""
    add(window, Lstm(units=3))
    assert "clipping it prevents that" in notice.text
    (button,) = [each for each in notice.findChildren(QPushButton) if each.text() == "Clip by norm"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert document.experiment.training.clipping == ClipByNorm()
    assert notice.text == ""
    document.undo_stack.undo()
    assert document.experiment.training.clipping == NoClipping()
    assert notice.text == ""


def test_it_is_offered_once_and_not_where_gradients_are_clipped_already(window):
    on_sequences(window)
    document, notice = window.workspace.document, window.workspace.notice
    add(window, Lstm(units=3, gives="all"))
    notice.clear()
    add(window, Lstm(units=2, gives="all"))
    assert notice.text == ""
    on_sequences(window)
    training = document.experiment.training.with_(clipping=ClipByNorm())
    document.edit(document.experiment.with_(training=training), "Clip")
    add(window, Lstm(units=3))
    assert notice.text == ""


def test_the_offer_goes_when_the_layer_goes(window):
    on_sequences(window)
    add(window, Lstm(units=3))
    window.workspace.document.undo_stack.undo()
    assert window.workspace.notice.text == ""


def test_opening_one_with_a_recurrent_layer_offers_nothing(window):
    opened = Experiment().with_dataset(Adding(samples=50))
    network = edits.insert(opened.network, 0, Lstm(units=3))
    window.workspace.document.open(opened.with_(network=network))
    assert window.workspace.notice.text == ""
