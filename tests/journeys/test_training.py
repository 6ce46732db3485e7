"""A person trains, watches, changes things while it runs, and takes them back."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.engine.layers import Dropout
from playground.engine.optimizers import GradientDescent
from playground.experiment import Training
from playground.training.snapshot import State


def latest(window):
    return window.workspace.link.latest


def wait_for(qtbot, window, condition, timeout=15_000):
    qtbot.waitUntil(lambda: condition(latest(window)), timeout=timeout)


def press(qtbot, window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key where nobody takes it for typing."""
    window.activateWindow()
    window.design.canvas.view.setFocus()
    qtbot.keyClick(window.design.canvas.view, key, modifiers)


def weights(snapshot, layer="dense1"):
    return snapshot.layers[layer].weights


def test_space_runs_and_space_pauses(qtbot, window):
    press(qtbot, window, Qt.Key.Key_Space)
    wait_for(qtbot, window, lambda s: s.state is State.RUNNING and s.epoch > 3)
    assert window.actions_["run"].isChecked()
    press(qtbot, window, Qt.Key.Key_Space)
    wait_for(qtbot, window, lambda s: s.state is State.PAUSED)
    assert window.windowTitle().startswith("●")


def test_space_in_a_field_types_a_space(qtbot, window):
    window.welcome.show()
    line = window.welcome.page.link
    line.setFocus()
    qtbot.keyClicks(line, "a b")
    assert line.text() == "a b"
    qtbot.wait(100)
    assert latest(window).step == 0


def test_one_batch_and_one_epoch(qtbot, window):
    window.actions_["step_batch"].trigger()
    wait_for(qtbot, window, lambda s: s.step == 1)
    window.actions_["step_epoch"].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 1 and s.step == s.steps_per_epoch)


def test_training_lowers_the_loss_on_screen(qtbot, window):
    before = latest(window).train.loss
    window.commands.run_or_pause()
    wait_for(qtbot, window, lambda s: s.epoch > 100)
    assert latest(window).train.loss < before / 2
    assert window.run_bar.train_loss.value.text() != ""


def test_new_weights_can_be_undone_and_the_same_weights_come_back(qtbot, window):
    first = weights(latest(window)).copy()
    window.actions_["step_epoch"].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 1)
    window.actions_["same_start"].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 0)
    assert np.array_equal(weights(latest(window)), first)
    window.actions_["reset"].trigger()
    wait_for(qtbot, window, lambda s: s.experiment.weights_draw == 1)
    assert not np.array_equal(weights(latest(window)), first)
    window.actions_["undo"].trigger()
    wait_for(qtbot, window, lambda s: s.experiment.weights_draw == 0)
    assert np.array_equal(weights(latest(window)), first)


def test_a_rate_changed_while_it_runs_acts_at_once(qtbot, window):
    window.commands.run_or_pause()
    wait_for(qtbot, window, lambda s: s.epoch > 2)
    experiment = window.workspace.document.experiment
    optimizer = experiment.training.optimizer.with_(learning_rate=0.5)
    window.workspace.document.edit(
        experiment.with_(training=experiment.training.with_(optimizer=optimizer)), "rate"
    )
    wait_for(qtbot, window, lambda s: s.learning_rate == pytest.approx(0.5))
    assert latest(window).epoch > 2


def test_a_layer_put_in_and_taken_out_again_leaves_the_weights(qtbot, window):
    window.actions_["step_epoch"].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 1)
    trained = weights(latest(window)).copy()
    experiment = window.workspace.document.experiment
    first, *others = experiment.network.layers
    more = experiment.network.with_(layers=(first, Dropout(id="dropout1"), *others))
    window.workspace.document.edit(experiment.with_(network=more), "add Dropout 1")
    wait_for(qtbot, window, lambda s: "dropout1" in s.layers)
    assert np.array_equal(weights(latest(window)), trained)
    window.workspace.document.undo_stack.undo()
    wait_for(qtbot, window, lambda s: "dropout1" not in s.layers)
    assert np.array_equal(weights(latest(window)), trained)


def test_a_network_that_cannot_work_disables_training_and_stays_editable(qtbot, window):
    experiment = window.workspace.document.experiment
    *hidden, output = experiment.network.layers
    wrong = experiment.network.with_(layers=(*hidden, output.with_(units=3)))
    window.workspace.document.edit(experiment.with_(network=wrong), "3 outputs")
    assert not window.actions_["run"].isEnabled()
    window.workspace.document.undo_stack.undo()
    assert window.actions_["run"].isEnabled()
    window.commands.run_or_pause()
    wait_for(qtbot, window, lambda s: s.epoch > 1)


def test_divergence_is_told_in_a_sentence_and_nothing_is_lost(qtbot, window):
    wild = window.workspace.document.experiment.with_(
        training=Training(optimizer=GradientDescent(learning_rate=100.0))
    )
    linear = wild.with_(
        network=wild.network.with_(
            layers=tuple(
                layer.with_(activation={"kind": "relu"}) if layer.id != "output" else layer
                for layer in wild.network.layers
            )
        ),
        data=wild.data.with_(dataset={"kind": "plane"}),
    ).fitted()
    window.workspace.document.edit(linear, "wild rate")
    window.commands.run_or_pause()
    wait_for(qtbot, window, lambda s: s.state is State.DIVERGED)
    assert "diverged" in window.workspace.notice.text
    assert all(np.isfinite(layer.weights).all() for layer in latest(window).layers.values())


def test_a_weight_typed_in_is_the_weight(qtbot, window):
    window.design.canvas.weight_edited.emit("dense1", 2, 1, 0.75)
    wait_for(qtbot, window, lambda s: s.layers["dense1"].weights[2, 1] == 0.75)
    window.design.canvas.weight_edited.emit("dense1", 3, -1, -0.5)
    wait_for(qtbot, window, lambda s: s.layers["dense1"].bias[3] == -0.5)


def test_a_typed_weight_is_one_step_of_undo_which_puts_back_that_number_alone(qtbot, window):
    before = weights(latest(window))[2, 1]
    window.design.canvas.weight_edited.emit("dense1", 2, 1, 0.75)
    wait_for(qtbot, window, lambda s: s.layers["dense1"].weights[2, 1] == 0.75)
    assert window.actions_["undo"].text() == "&Undo Set weight"
    window.actions_["step_epoch"].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 1)
    learnt = weights(latest(window)).copy()
    window.actions_["undo"].trigger()
    wait_for(qtbot, window, lambda s: s.layers["dense1"].weights[2, 1] == before)
    learnt[2, 1] = before
    assert np.array_equal(weights(latest(window)), learnt)
    assert not window.actions_["undo"].isEnabled()
    window.actions_["redo"].trigger()
    wait_for(qtbot, window, lambda s: s.layers["dense1"].weights[2, 1] == 0.75)


@pytest.mark.parametrize("action", ["same_start", "reset"])
def test_beginning_anew_is_one_step_of_undo_which_brings_back_what_was_learnt(qtbot, window, action):
    for epoch in (1, 2):
        window.actions_["step_epoch"].trigger()
        wait_for(qtbot, window, lambda s, epoch=epoch: s.epoch == epoch)
    learnt, losses = weights(latest(window)).copy(), latest(window).history["train_loss"].tolist()
    window.actions_[action].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 0)
    window.actions_["undo"].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 2)
    assert np.array_equal(weights(latest(window)), learnt)
    assert latest(window).history["train_loss"].tolist() == losses
    assert str(latest(window).message) == "Back at epoch 2, as it was."
    assert not window.actions_["undo"].isEnabled()
    window.actions_["redo"].trigger()
    wait_for(qtbot, window, lambda s: s.epoch == 0)


def test_a_hovered_neuron_fills_the_output_panel(qtbot, window):
    window.design.canvas.focus_changed.emit(("dense1", 2))
    wait_for(qtbot, window, lambda s: s.focus == ("dense1", 2))
    tile = latest(window).layers["dense1"].maps[2]
    assert np.array_equal(latest(window).output[0, ::3, ::3], tile)
    window.design.canvas.focus_changed.emit(None)
    wait_for(qtbot, window, lambda s: s.focus is None)


def test_a_change_while_training_runs_is_marked_on_the_plots_and_undo_is_too(qtbot, window):
    document = window.workspace.document
    before = document.experiment.training
    window.commands.run_or_pause()
    wait_for(qtbot, window, lambda s: s.epoch > 3)
    for rate in (0.02, 0.03, 0.04):  # a slider is dragged
        optimizer = before.optimizer.with_(learning_rate=rate)
        document.edit(document.experiment.with_(training=before.with_(optimizer=optimizer)), "Rate", 7)
        seen = latest(window).step
        wait_for(qtbot, window, lambda s, seen=seen: s.step > seen + 5)
    document.undo_stack.undo()
    wait_for(qtbot, window, lambda s: len(s.marks) == 2)
    window.commands.run_or_pause()
    wait_for(qtbot, window, lambda s: s.state is State.PAUSED)
    assert ["; ".join(map(str, mark.lines)) for mark in latest(window).marks] == [
        "Learning rate 0.01 → 0.04",
        "Learning rate 0.04 → 0.01",
    ]
    qtbot.waitUntil(lambda: len(window.design.plots.plots["loss"].marks.notes) == 2)
