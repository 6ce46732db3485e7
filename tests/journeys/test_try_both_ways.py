"""A person tries another value of a setting beside the present one, from the menu of its control."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu

from playground.engine.activations import Relu, Tanh
from playground.engine.optimizers import Momentum
from playground.training.snapshot import State


def menu_by_mouse(widget):
    """The menu that a right click on a widget opens."""
    at = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    return QApplication.activePopupWidget()


def trials(menu):
    """What the list of other values offers, by its words."""
    (inner,) = [each for each in menu.findChildren(QMenu) if each.title() == "Try it both ways"]
    offered = {action.text().split("\t")[0]: action for action in inner.actions() if action.text()}
    return menu, offered


def choose(found, words):
    menu, offered = found
    offered[words].trigger()
    menu.close()


def offered(found):
    menu, actions = found
    menu.close()
    return list(actions)


@pytest.fixture
def training(window):
    return window.design.inspector.training.form


@pytest.fixture
def runs(window):
    return window.workspace.runs


def test_another_optimizer_begins_a_run_that_catches_up_and_goes_on_level(window, training, runs, qtbot):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    before = window.workspace.document.experiment
    optimizer = training.controls["optimizer"]
    shown = optimizer.combo.currentText()
    choose(trials(menu_by_mouse(optimizer.combo)), "Momentum")
    (run,) = runs.runs
    assert isinstance(run.document.experiment.training.optimizer, Momentum)
    assert window.workspace.document.experiment == before
    assert not window.workspace.document.undo_stack.canUndo()
    assert optimizer.combo.currentText() == shown
    assert window.pages.front == "runs"
    assert window.pages.page.side_by_side.panels[1].what.text().endswith("→ Momentum")
    qtbot.waitUntil(lambda: run.snapshot is not None and run.snapshot.epoch == 1)
    qtbot.waitUntil(lambda: run.snapshot.state is State.PAUSED)
    window.actions_["step_batch"].trigger()
    qtbot.waitUntil(lambda: run.snapshot.step == window.workspace.link.latest.step > 0)


def test_numbers_offer_multiples_within_their_bounds_and_what_is_typed(window, training, runs):
    assert "× 3" not in offered(trials(menu_by_mouse(window.design.data.split.line)))
    rate = training.controls["optimizer"].form.controls["learning_rate"]
    present = window.workspace.document.experiment.training.optimizer.learning_rate
    choose(trials(menu_by_mouse(rate.slider)), "÷ 10")
    (run,) = runs.runs
    assert run.document.experiment.training.optimizer.learning_rate == pytest.approx(present / 10)
    window.actions_["page_design"].trigger()
    epochs = training.controls["epochs"]
    for typed, begun in (("many", 1), ("7", 2)):
        found = trials(menu_by_mouse(epochs.line))
        assert list(found[1]) == ["× 3", "÷ 3", "× 10", "÷ 10", "Another value…"]
        choose(found, "Another value…")
        dialog = epochs.findChildren(QInputDialog)[-1]
        dialog.setTextValue(typed)
        dialog.accept()
        assert len(runs.runs) == begun
        if begun == 1:
            assert "must be a number" in epochs.toolTip()
    assert runs.runs[1].document.experiment.training.epochs == 7


def test_it_opens_by_keys_and_of_few_choices_all_are_tried_at_once(window, training, runs, qtbot):
    loss = training.controls["loss"]
    qtbot.keyClick(loss.combo, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert offered(trials(QApplication.activePopupWidget()))
    label = training._labels["optimizer"]
    label.customContextMenuRequested.emit(QPoint(1, 1))
    assert "Momentum" in offered(trials(QApplication.activePopupWidget()))
    shuffle = training.controls["shuffle"]
    choose(trials(menu_by_mouse(shuffle.box)), "Off")
    assert runs.runs[0].document.experiment.training.shuffle is False
    assert shuffle.box.isChecked()
    window.actions_["page_design"].trigger()
    last = training.controls["last_batch"]
    choose(trials(menu_by_mouse(last.combo)), "All of them")
    assert {run.document.experiment.training.last_batch for run in runs.runs[1:]} == {"drop", "carry"}


def test_a_layers_activation_is_tried_and_where_nothing_is_learnt_there_is_no_offer(window, runs):
    layer = window.workspace.document.experiment.network.layers[0]
    assert isinstance(layer.activation, Tanh)
    window.design.canvas.set_selection((layer.id,))
    activation = window.design.inspector.layer.form.controls["activation"]
    choose(trials(menu_by_mouse(activation.combo)), "ReLU")
    assert isinstance(runs.runs[0].document.experiment.network.layers[0].activation, Relu)
    assert window.workspace.document.experiment.network.layers[0] == layer
    assert menu_by_mouse(window.pages.page.repeat.form.controls["seeds"].slider) is None


def test_the_status_bar_counts_the_runs_in_lockstep_and_leads_to_them(window, runs, qtbot):
    counted = window.status.lockstep
    assert not counted.isVisible()
    runs.begin_with_another_seed()
    assert (counted.isVisible(), counted.text()) == (True, "2 runs in lockstep")
    runs.begin_with_another_seed()
    assert counted.text() == "3 runs in lockstep"
    assert "Beside 1, Beside 2" in counted.toolTip()
    window.pages.open("design")
    qtbot.mouseClick(counted, Qt.MouseButton.LeftButton)
    assert window.pages.front == "runs"
    for run in runs.runs:
        runs.close(run)
    assert not counted.isVisible()
