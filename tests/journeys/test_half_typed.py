"""Something half typed in a panel, while what it was meant for goes away."""

import pytest
from PySide6.QtTest import QTest

from playground.data.datasets.recipes import Circle, Spiral
from playground.engine.layers import Dropout
from playground.engine.optimizers import Adam, GradientDescent
from playground.experiment import Experiment


def with_dropout(experiment):
    first, *others = experiment.network.layers
    layers = (first, Dropout(id="dropout1"), *others)
    return experiment.with_(network=experiment.network.with_(layers=layers))


def half_type(line, text="0.75"):
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    assert line.hasFocus()


def leave(window):
    """Go elsewhere with the keyboard: what is half typed counts then."""
    window.design.canvas.view.setFocus()


CHANGES = {
    "undo": lambda window: window.workspace.document.undo_stack.undo(),
    "another file": lambda window: window.workspace.document.open(Experiment()),
    "delete": lambda window: window.design.canvas.view.commands.remove(("dropout1",)),
    "another layer": lambda window: window.design.canvas.set_selection(("dense1",)),
    "no layer": lambda window: window.design.canvas.set_selection(()),
    "all layers": lambda window: window.actions_["select_all"].trigger(),
}


@pytest.mark.parametrize("name", ["probability", "name"])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_does_nothing_to_other_layers(qtbot, window, change, name):
    window.workspace.document.edit(with_dropout(window.workspace.document.experiment), "Add Dropout 1")
    window.design.canvas.set_selection(("dropout1",))
    half_type(window.design.inspector.layer.form.controls[name].line)
    change(window)
    after = window.workspace.document.experiment
    leave(window)
    assert window.workspace.document.experiment == after


@pytest.mark.parametrize("text", ["0.75", "x" * 300], ids=["half typed", "refused"])
def test_it_does_not_name_a_layer_of_another_file_or_another_layer_of_its_kind(qtbot, window, text):
    window.design.canvas.set_selection(("dense1",))
    for change in (
        lambda: window.workspace.document.open(Experiment()),
        lambda: window.design.canvas.set_selection(("output",)),
    ):
        control = window.design.inspector.layer.form.controls["name"]
        half_type(control.line, text)
        control.line.returnPressed.emit() if len(text) > 9 else None
        change()
        after = window.workspace.document.experiment
        leave(window)
        assert window.workspace.document.experiment == after
        assert window.design.inspector.layer.form.controls["name"].line.text() == ""


def with_dataset(experiment, dataset):
    return experiment.with_(data=experiment.data.with_(dataset=dataset))


def with_optimizer(experiment, optimizer):
    return experiment.with_(training=experiment.training.with_(optimizer=optimizer))


@pytest.mark.parametrize("back", ["undo", "another file"])
def test_it_does_not_bring_data_back_that_was_taken_away(qtbot, window, back):
    window.workspace.document.open(with_dataset(Experiment(), Circle()))
    window.workspace.document.edit(with_dataset(Experiment(), Spiral()), "spiral")
    half_type(window.design.data.dataset_form.controls["noise"].line, "33")
    CHANGES[back](window)
    after = window.workspace.document.experiment
    leave(window)
    assert window.workspace.document.experiment == after
    assert not window.workspace.document.undo_stack.canUndo()


@pytest.mark.parametrize("back", ["undo", "another file"])
def test_it_does_not_bring_an_optimizer_back_that_was_taken_away(qtbot, window, back):
    window.workspace.document.open(with_optimizer(Experiment(), GradientDescent()))
    window.workspace.document.edit(with_optimizer(Experiment(), Adam()), "adam")
    half_type(window.design.inspector.training.form.controls["optimizer"].form.controls["learning_rate"].line)
    CHANGES[back](window)
    after = window.workspace.document.experiment
    leave(window)
    assert window.workspace.document.experiment == after
    assert not window.workspace.document.undo_stack.canUndo()
