"""A person compares the run with a second one: another seed, or other settings from this moment on."""

import gc
import threading
import weakref

import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.randomness import Pcg64, TFPlaygroundRandomness
from playground.training.trainer import Trainer
from widgets.pages.runs.differences import differences
from widgets.second_run import with_another_seed

LEFT = Qt.MouseButton.LeftButton
NAME, WHAT, EPOCH, LOSS, SCORE, STATE = 0, 1, 3, 4, 5, 6


@pytest.fixture
def page(window, qtbot):
    qtbot.mouseClick(window.rail.buttons["runs"], LEFT)
    return window.pages.page


def begin(page, button, qtbot):
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: second(page) is not None)
    return page.runs.second


def second(page):
    return page.runs.second and page.runs.second.snapshot


def train_an_epoch(window, page, qtbot):
    epochs = window.workspace.link.latest.epoch, second(page).epoch
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == epochs[0] + 1)
    qtbot.waitUntil(lambda: second(page).epoch == epochs[1] + 1)


def cell(page, row, column):
    return page.table.item(row, column).text()


def learn_faster(run):
    experiment = run.document.experiment
    optimizer = experiment.training.optimizer.with_(learning_rate=0.5)
    training = experiment.training.with_(optimizer=optimizer)
    run.document.edit(experiment.with_(training=training), "Learning rate")


def test_at_first_there_is_one_run_and_two_offers(page):
    assert page.table.rowCount() == 1
    assert cell(page, 0, NAME) == "Run 1"
    assert page.another_seed.isVisible()
    assert page.from_here.isVisible()
    assert not page.close_second.isVisible()
    assert not page.docks["settings"].isVisible()


def test_maps_are_worked_out_for_the_run_in_front_while_a_page_shows_them(window, page, qtbot):
    link = window.workspace.link
    before = link.latest.output
    begin(page, page.another_seed, qtbot)
    train_an_epoch(window, page, qtbot)
    np.testing.assert_array_equal(link.latest.output, before)
    qtbot.mouseClick(window.rail.buttons["design"], LEFT)
    qtbot.waitUntil(lambda: not np.array_equal(link.latest.output, before))
    assert second(page).output is None


def test_a_second_run_with_another_seed_begins_at_epoch_0_and_is_told_by_its_seed(window, page, qtbot):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    begin(page, page.another_seed, qtbot)
    assert cell(page, 1, WHAT) == "Seed 42 → 43"
    assert second(page).epoch == 0
    assert page.close_second.isVisible()
    assert not page.another_seed.isVisible()


def test_the_second_run_learns_what_it_learns_alone(window, page, qtbot):
    run = begin(page, page.another_seed, qtbot)
    train_an_epoch(window, page, qtbot)
    alone = Trainer(run.document.experiment)
    alone.run_epoch()
    columns = alone.recorder.history.columns()
    for name, seen in second(page).history.items():
        assert np.array_equal(seen, columns[name], equal_nan=True), name


def test_a_second_run_from_here_that_is_not_changed_stays_the_same_to_the_bit(window, page, qtbot):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    begin(page, page.from_here, qtbot)
    assert second(page).epoch == 1
    assert cell(page, 1, WHAT) == "nothing yet"
    train_an_epoch(window, page, qtbot)
    first = window.workspace.link.latest
    assert second(page).train.loss == first.train.loss
    for layer_id, layer in first.layers.items():
        assert np.array_equal(layer.weights, second(page).layers[layer_id].weights)


def test_a_setting_that_is_changed_by_hand_is_told_and_learns_otherwise(window, page, qtbot):
    run = begin(page, page.from_here, qtbot)
    page.settings.form.controls["optimizer"].form.controls["learning_rate"].edited.emit(0.5, -1, "rate")
    assert run.document.experiment.training.optimizer.learning_rate == 0.5
    assert "Learning rate" in cell(page, 1, WHAT)
    assert "0.5" in cell(page, 1, WHAT)
    train_an_epoch(window, page, qtbot)
    assert second(page).learning_rate == pytest.approx(0.5)
    assert second(page).train.loss != window.workspace.link.latest.train.loss


def test_the_document_is_left_alone_by_the_second_run(window, page, qtbot):
    before = window.workspace.document.experiment
    run = begin(page, page.from_here, qtbot)
    learn_faster(run)
    assert window.workspace.document.experiment is before
    assert not window.workspace.document.modified
    assert not window.actions_["undo"].isEnabled()


def test_both_train_and_pause_together(window, page, qtbot):
    begin(page, page.another_seed, qtbot)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch > 3)
    qtbot.waitUntil(lambda: second(page).epoch > 3)
    assert cell(page, 1, STATE) == "Training"
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: cell(page, 0, STATE) == cell(page, 1, STATE) == "Paused")


def test_a_second_run_that_begins_while_the_first_trains_trains_too(window, page, qtbot):
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.running)
    begin(page, page.another_seed, qtbot)
    qtbot.waitUntil(lambda: second(page).epoch > 1)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.link.running)


def test_the_losses_lie_over_one_another_thin_and_bold_in_two_colours(window, page, qtbot):
    begin(page, page.another_seed, qtbot)
    train_an_epoch(window, page, qtbot)
    qtbot.waitUntil(lambda: len(page.plot.columns()) == 5)
    names = ["Run 1 test", "Run 1 training", "Run 2 test", "Run 2 training"]
    assert [name for name, _ in page.plot.legend.names] == names
    assert len({colour for _, colour in page.plot.legend.names}) == 2
    one, other = page.plot._curves[0], page.plot._curves[1]
    assert one.width > other.width
    shown = page.plot.columns()["Run 2 test"]
    assert np.array_equal(shown[~np.isnan(shown)], second(page).history["test_loss"])
    page.plot.set_logarithmic(True)


def test_curves_of_other_epochs_are_not_told_between_theirs(window, page, qtbot):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    begin(page, page.another_seed, qtbot)
    qtbot.waitUntil(lambda: len(page.plot.columns()) == 5)
    assert page.plot.columns()["epoch"].tolist() == [0, 1]
    assert np.isnan(page.plot.columns()["Run 2 test"]).tolist() == [False, True]


def test_the_second_run_is_there_while_another_page_is_seen(window, page, qtbot):
    run = begin(page, page.another_seed, qtbot)
    window.actions_["page_design"].trigger()
    train_an_epoch(window, page, qtbot)
    window.actions_["page_runs"].trigger()
    assert page.runs.second is run
    assert cell(page, 1, EPOCH) == "1"


def test_opening_another_experiment_closes_the_second_run(window, page, qtbot):
    begin(page, page.another_seed, qtbot)
    window.workspace.filing.show(SavedExperiment(Experiment()))
    assert page.runs.second is None
    assert page.table.rowCount() == 1
    assert not page.docks["settings"].isVisible()


def test_space_runs_and_pauses_here_too(window, page, qtbot):
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.workspace.link.running)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.workspace.link.running)


def test_everything_is_done_by_keyboard(window, page, qtbot):
    for button in (page.another_seed, page.close_second):
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert button.hasFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert page.runs.second is None


def counts(window):
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    gc.collect()
    return threading.active_count(), len(QApplication.allWidgets()), len(window.findChildren(QObject))


def test_closing_the_second_run_frees_everything_fifty_times(window, page, qtbot):
    def begin_and_close(button):
        run = weakref.ref(begin(page, button, qtbot))
        learn_faster(run())
        trained = window.workspace.link.session.checkpoint()
        qtbot.waitUntil(trained.done)
        learning = [weakref.ref(each) for each in window.workspace.link.session._loop.runs.values()]
        assert len(learning) == 2
        qtbot.mouseClick(page.close_second, LEFT)
        qtbot.waitUntil(lambda: len(window.workspace.link.session._loop.runs) == 1)
        return run, learning[1]

    begin_and_close(page.another_seed)
    begin_and_close(page.from_here)
    qtbot.wait(300)
    before = counts(window)
    gone = [begin_and_close(page.another_seed if turn % 2 else page.from_here) for turn in range(50)]
    qtbot.waitUntil(lambda: counts(window) == before)  # docks take a moment until they rest
    qtbot.waitUntil(lambda: [each() for pair in gone for each in pair] == [None] * 100)
    assert window.workspace.link.beside == {}
    assert set(window.workspace.link.session._loop.mailboxes) <= {window.workspace.link.latest.run}


@pytest.mark.parametrize("chance", [Pcg64(), Pcg64(seed=2**32 - 1), TFPlaygroundRandomness(seed="9" * 64)])
def test_another_seed_is_another_and_allowed(chance):
    experiment = Experiment(randomness=chance)
    assert with_another_seed(experiment).randomness != chance


def test_differences_are_said_in_words():
    one = Experiment()
    assert differences(one, one) == []
    assert differences(one, one.with_(weights_draw=2)) == ["Draw 0 → 2"]
    assert differences(one, one.with_(randomness=TFPlaygroundRandomness())) == [
        "Chance PCG64 → TF Playground"
    ]
    both = with_another_seed(one).with_(precision="float64")
    assert differences(one, both) == ["Seed 42 → 43", "Precision float32 → float64"]
