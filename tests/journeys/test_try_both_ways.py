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


def test_another_optimizer_begins_a_run_beside_this_one_on_the_page_runs(window, training, runs, qtbot):
    before = window.workspace.document.experiment
    optimizer = training.controls["optimizer"]
    shown = optimizer.combo.currentText()
    choose(trials(menu_by_mouse(optimizer.combo)), "Momentum")
    (run,) = runs.runs
    assert isinstance(run.document.experiment.training.optimizer, Momentum)
    assert window.workspace.document.experiment == before
    assert not window.workspace.document.modified
    assert optimizer.combo.currentText() == shown
    assert window.pages.front == "runs"
    assert window.pages.page.side_by_side.panels[1].what.text().endswith("→ Momentum")


def test_what_is_begun_catches_up_and_then_both_go_on_level(window, training, runs, qtbot):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    rate = training.controls["optimizer"].form.controls["learning_rate"]
    choose(trials(menu_by_mouse(rate.slider)), "÷ 10")
    (run,) = runs.runs
    present = window.workspace.document.experiment.training.optimizer.learning_rate
    assert run.document.experiment.training.optimizer.learning_rate == pytest.approx(present / 10)
    qtbot.waitUntil(lambda: run.snapshot is not None and run.snapshot.epoch == 1)
    qtbot.waitUntil(lambda: run.snapshot.state is State.PAUSED)
    window.actions_["step_batch"].trigger()
    qtbot.waitUntil(lambda: run.snapshot.step == window.workspace.link.latest.step > 0)


def test_numbers_offer_multiples_within_their_bounds_and_what_is_typed(training, runs, qtbot):
    epochs = training.controls["epochs"]
    found = trials(menu_by_mouse(epochs.line))
    assert list(found[1]) == ["× 3", "÷ 3", "× 10", "÷ 10", "Another value…"]
    choose(found, "Another value…")
    dialog = epochs.findChild(QInputDialog)
    dialog.setTextValue("7")
    dialog.accept()
    assert runs.runs[0].document.experiment.training.epochs == 7


def test_what_cannot_be_is_said_and_nothing_begins(training, runs):
    epochs = training.controls["epochs"]
    choose(trials(menu_by_mouse(epochs.line)), "Another value…")
    dialog = epochs.findChild(QInputDialog)
    dialog.setTextValue("many")
    dialog.accept()
    assert runs.runs == ()
    assert "must be a number" in epochs.toolTip()


def test_a_share_has_no_multiples_beyond_its_bounds(window):
    split = window.design.data.split
    assert "× 3" not in offered(trials(menu_by_mouse(split.line)))


def test_it_opens_by_keys_too(training, runs, qtbot):
    loss = training.controls["loss"]
    qtbot.keyClick(loss.combo, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert offered(trials(QApplication.activePopupWidget()))
    label = training._labels["optimizer"]
    label.customContextMenuRequested.emit(QPoint(1, 1))
    assert "Momentum" in offered(trials(QApplication.activePopupWidget()))


def test_a_switch_offers_the_other_way_and_a_choice_all_at_once(window, training, runs):
    shuffle = training.controls["shuffle"]
    choose(trials(menu_by_mouse(shuffle.box)), "Off")
    assert runs.runs[0].document.experiment.training.shuffle is False
    assert shuffle.box.isChecked()
    window.actions_["page_design"].trigger()
    last = training.controls["last_batch"]
    choose(trials(menu_by_mouse(last.combo)), "All of them")
    assert {run.document.experiment.training.last_batch for run in runs.runs[1:]} == {"drop", "carry"}


def test_a_layers_activation_is_tried_from_the_inspector(window, runs):
    layer = window.workspace.document.experiment.network.layers[0]
    assert isinstance(layer.activation, Tanh)
    window.design.canvas.set_selection((layer.id,))
    activation = window.design.inspector.layer.form.controls["activation"]
    choose(trials(menu_by_mouse(activation.combo)), "ReLU")
    assert isinstance(runs.runs[0].document.experiment.network.layers[0].activation, Relu)
    assert window.workspace.document.experiment.network.layers[0] == layer


def test_a_control_elsewhere_offers_none_of_it(qtbot, window):
    window.actions_["page_labs"].trigger()
    from widgets.forms import NumberControl

    numbers = [each for each in window.pages.page.findChildren(NumberControl) if each.slider is not None]
    for number in numbers[:1]:
        assert menu_by_mouse(number.slider) is None
