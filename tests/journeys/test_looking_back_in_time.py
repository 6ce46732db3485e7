"""A person looks back along a run, comes back, or goes on from there; and nothing is lost by any of it."""

import pytest
from PySide6.QtCore import Qt

from playground.files import experiment_file
from playground.training.snapshot import State

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def trained(window, qtbot):
    """A window whose run stands at epoch 6."""
    for epoch in range(1, 7):
        window.actions_["step_epoch"].trigger()
        qtbot.waitUntil(lambda epoch=epoch: window.workspace.link.latest.epoch == epoch)
    return window


def past(window):
    return window.workspace.link.past


def seen(window):
    return window.workspace.link.latest


def look(window, epoch, qtbot, number=1):
    past(window).look(number, epoch)
    qtbot.waitUntil(lambda: past(window).seen is not None and past(window).seen.goal == epoch)
    qtbot.waitUntil(lambda: past(window).seen.arrived)


def press(window, text, qtbot):
    (button,) = [each for each in window.workspace.past_notice._buttons if each.text() == text]
    qtbot.mouseClick(button, LEFT)


def wider(experiment):
    first, *rest = experiment.network.layers
    layers = (first.with_(units=first.units + 1), *rest)
    return experiment.with_(network=experiment.network.with_(layers=layers))


def test_the_window_says_which_moment_it_shows_and_shows_it(trained, qtbot):
    look(trained, 2.0, qtbot)
    assert seen(trained).epoch == 2
    assert trained.workspace.past_notice.text == "Looking at epoch 2 of 6."
    assert trained.workspace.state is State.PAUSED
    press(trained, "Back to the present", qtbot)
    qtbot.waitUntil(lambda: seen(trained).epoch == 6)
    assert trained.workspace.past_notice.isHidden()


def test_other_pages_show_that_moment_too(trained, qtbot):
    look(trained, 2.0, qtbot)
    trained.actions_["page_data"].trigger()
    assert trained.pages.page.isAncestorOf(trained.workspace.past_notice)
    assert trained.workspace.past_notice.isVisible()


def test_across_an_edit_the_network_of_that_time_is_shown_and_the_present_one_is_kept(trained, qtbot):
    document = trained.workspace.document
    first = document.experiment
    document.edit(wider(first), "Add a neuron")
    trained.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 7)
    look(trained, 3.0, qtbot)
    assert document.experiment == first
    assert document.present == wider(first)
    past(trained).come_back()
    assert document.experiment == wider(first)
    qtbot.waitUntil(lambda: seen(trained).epoch == 7)
    assert document.undo_stack.count() == 1


def test_what_is_saved_meanwhile_is_the_present(trained, qtbot, tmp_path):
    document = trained.workspace.document
    document.edit(wider(document.experiment), "Add a neuron")
    trained.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 7)
    look(trained, 3.0, qtbot)
    document.path = tmp_path / "a.nnplay"
    trained.actions_["save"].trigger()
    qtbot.waitUntil(lambda: not document.modified)
    saved = experiment_file.load(tmp_path / "a.nnplay")
    assert saved.experiment == document.present
    assert saved.checkpoint.epoch == 7
    assert past(trained).looking == (1, 3.0)


def test_space_trains_the_present_and_says_so(trained, qtbot):
    look(trained, 2.0, qtbot)
    trained.actions_["run"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch > 6)
    assert "Back at the present" in trained.status.message.text()
    trained.actions_["run"].trigger()
    qtbot.waitUntil(lambda: not trained.workspace.link.running)
    assert len(seen(trained).kept.runs) == 1


def test_going_on_from_there_is_a_run_of_its_own_and_undo_takes_it_back(trained, qtbot):
    look(trained, 2.0, qtbot)
    press(trained, "Go on from here", qtbot)
    qtbot.waitUntil(lambda: seen(trained).kept.present == 2)
    assert seen(trained).epoch == 2
    trained.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 3)
    trained.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 6)
    assert [(run.number, run.epoch) for run in seen(trained).kept.runs] == [(1, 6), (2, 3)]
    trained.actions_["redo"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 3)


def test_an_edit_of_what_is_seen_goes_on_from_there(trained, qtbot):
    document = trained.workspace.document
    look(trained, 2.0, qtbot)
    document.edit(wider(document.experiment), "Add a neuron")
    qtbot.waitUntil(lambda: seen(trained).kept.present == 2 and seen(trained).back is None)
    assert seen(trained).epoch == 2
    assert seen(trained).experiment == wider(seen(trained).kept.run(1).experiment)
    trained.actions_["undo"].trigger()
    trained.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 6)
    assert document.experiment == seen(trained).experiment


def test_undo_of_an_edit_comes_back_first(trained, qtbot):
    document = trained.workspace.document
    first = document.experiment
    document.edit(wider(first), "Add a neuron")
    look(trained, 2.0, qtbot)
    trained.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 6 and seen(trained).back is None)
    assert past(trained).looking is None
    assert document.experiment == document.present == first


def test_opening_another_experiment_ends_the_look(trained, qtbot):
    look(trained, 2.0, qtbot)
    trained.workspace.filing.show(experiment_file.SavedExperiment(wider(seen(trained).experiment)))
    qtbot.waitUntil(lambda: seen(trained).epoch == 0 and seen(trained).back is None)
    assert trained.workspace.past_notice.isHidden()
    trained.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: seen(trained).epoch == 1)


def test_many_moments_asked_for_at_once_end_at_the_last(trained, qtbot):
    for epoch in (5.0, 4.0, 1.0, 3.0, 2.0):
        past(trained).look(1, epoch)
    qtbot.waitUntil(lambda: past(trained).seen is not None and past(trained).seen.goal == 2.0)
    qtbot.waitUntil(lambda: past(trained).seen.arrived and seen(trained).epoch == 2)


def test_b_offers_the_line_of_time_on_any_page_and_its_keys_look_back(trained, qtbot):
    notice, line = trained.workspace.past_notice, trained.workspace.past_notice.scrubber.line
    trained.actions_["go_back"].trigger()
    assert notice.text == "Drag the line to look back."
    assert (line.first, line.end) == (0, 6)
    qtbot.keyClick(line, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: seen(trained).back is not None and seen(trained).back.arrived)
    assert seen(trained).epoch == 5
    assert notice.text == "Looking at epoch 5 of 6."
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: seen(trained).back is None)
    assert notice.isHidden()


def test_the_line_grows_while_it_trains_and_on_the_page_of_runs_there_is_one_line(trained, qtbot):
    notice = trained.workspace.past_notice
    trained.actions_["go_back"].trigger()
    trained.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: notice.scrubber.line.end == 7)
    trained.actions_["page_runs"].trigger()
    assert notice.isVisible()
    assert not notice.scrubber.isVisible()
    trained.actions_["go_back"].trigger()
    assert trained.pages.page.scrubber.line.hasFocus()
