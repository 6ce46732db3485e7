"""A person compares the run with others beside it: another seed, or other settings from this moment on."""

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
from playground.training.seeds import with_seed
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets.pages.runs.cells import BELOW
from widgets.pages.runs.differences import differences
from widgets.pages.runs.quantities import Quantity

LEFT = Qt.MouseButton.LeftButton
NAME, WHAT = 1, 2


@pytest.fixture
def page(window, qtbot):
    qtbot.mouseClick(window.rail.buttons["runs"], LEFT)
    return window.pages.page


def begin(page, button, qtbot):
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: second(page) is not None)
    return page.runs.runs[-1]


def second(page):
    return page.runs.runs[-1].snapshot if page.runs.runs else None


def close_second(page, qtbot):
    qtbot.mouseClick(page.side_by_side.panels[1].close_button, LEFT)


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
    assert not page.side_by_side.isVisible()
    assert not page.docks["settings"].isVisible()


def test_maps_are_worked_out_for_the_run_in_front_while_a_page_shows_them(window, page, qtbot):
    link = window.workspace.link
    before = link.latest.output
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: link.latest.epoch == 1)
    np.testing.assert_array_equal(link.latest.output, before)
    qtbot.mouseClick(window.rail.buttons["design"], LEFT)
    qtbot.waitUntil(lambda: not np.array_equal(link.latest.output, before))


def test_maps_of_runs_side_by_side_are_worked_out_while_they_are_seen(window, page, qtbot):
    begin(page, page.another_seed, qtbot)
    qtbot.waitUntil(lambda: second(page).output is not None)
    before = window.workspace.link.latest.output, second(page).output
    train_an_epoch(window, page, qtbot)
    qtbot.waitUntil(lambda: not np.array_equal(second(page).output, before[1]))
    qtbot.waitUntil(lambda: not np.array_equal(window.workspace.link.latest.output, before[0]))
    panels = page.side_by_side.panels
    qtbot.waitUntil(lambda: panels[1].output.map.drawing.content is not None)
    assert [layer.name for layer in panels[1].layers.layers] == ["Dense 1", "Dense 2"]
    qtbot.mouseClick(window.rail.buttons["data"], LEFT)
    before = second(page).output
    train_an_epoch(window, page, qtbot)
    assert second(page).output is before


def test_a_second_run_with_another_seed_is_told_by_its_seed_and_catches_up(window, page, qtbot):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    begin(page, page.another_seed, qtbot)
    assert cell(page, 1, WHAT) == "Seed 42 → 43"
    qtbot.waitUntil(lambda: second(page).epoch == 1)
    qtbot.waitUntil(lambda: second(page).state is State.PAUSED)
    assert second(page).step == window.workspace.link.latest.step
    assert page.side_by_side.panels[1].close_button.isVisible()
    assert not page.side_by_side.panels[0].close_button.isVisible()


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
    qtbot.mouseClick(page.side_by_side.panels[1].settings, LEFT)
    page.settings.training.form.controls["optimizer"].form.controls["learning_rate"].edited.emit(
        0.5, -1, "rate"
    )
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
    assert window.workspace.document.modified  # the file would keep that run
    assert not window.actions_["undo"].isEnabled()


def test_both_train_and_pause_together(window, page, qtbot):
    begin(page, page.another_seed, qtbot)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch > 3)
    qtbot.waitUntil(lambda: second(page).epoch > 3)
    assert second(page).state is State.RUNNING
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: second(page).state is State.PAUSED)


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
    names = ["Run 1", "Beside 1"]
    assert [name for name, _ in page.plot.legend.names] == names
    assert len({colour for _, colour in page.plot.legend.names}) == 2
    one, other = page.plot._curves[0], page.plot._curves[1]
    assert one.width > other.width
    shown = page.plot.columns()["Beside 1 test"]
    assert np.array_equal(shown[~np.isnan(shown)], second(page).history["test_loss"])
    page.plot.set_logarithmic(True)


def test_curves_of_other_epochs_are_not_told_between_theirs(page):
    longer = {"epoch": np.array([0.0, 1]), "test_loss": np.array([3.0, 2])}
    shorter = {"epoch": np.array([0.0]), "test_loss": np.array([4.0])}
    page.plot.show_runs([("a", 0, longer), ("b", 1, shorter)])
    assert page.plot.columns()["epoch"].tolist() == [0, 1]
    assert np.isnan(page.plot.columns()["b test"]).tolist() == [False, True]


def test_epochs_without_a_step_between_them_are_one_place_on_an_axis_of_steps(page):
    history = {"epoch": np.arange(4.0), "step": np.array([0.0, 5, 5, 9]), "apart": np.array([0.0, 1, 2, 3])}
    page.plot.show_runs([("A", 0, history), ("B", 1, history)], Quantity.APART)
    columns = list(page.plot.columns().values())
    assert [column.tolist() for column in columns] == [[0, 5, 9], [0, 2, 3], [0, 2, 3]]


def test_the_second_run_is_there_while_another_page_is_seen(window, page, qtbot):
    run = begin(page, page.another_seed, qtbot)
    window.actions_["page_design"].trigger()
    train_an_epoch(window, page, qtbot)
    window.actions_["page_runs"].trigger()
    assert page.runs.runs == (run,)
    assert page.table.item(1, NAME).data(BELOW) == "in lockstep · epoch 1"


def test_opening_another_experiment_closes_the_second_run(window, page, qtbot):
    begin(page, page.another_seed, qtbot)
    window.workspace.filing.show(SavedExperiment(Experiment()))
    assert page.runs.runs == ()
    assert page.table.rowCount() == 1
    assert not page.docks["settings"].isVisible()


def test_space_runs_and_pauses_here_too(window, page, qtbot):
    assert page.table.hasFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.workspace.link.running)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not window.workspace.link.running)


def test_everything_is_done_by_keyboard(window, page, qtbot):
    for find in (lambda: page.another_seed, lambda: page.side_by_side.panels[1].close_button):
        button = find()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert button.hasFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert page.runs.runs == ()


def counts(window):
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    gc.collect()
    return threading.active_count(), len(QApplication.allWidgets()), len(window.findChildren(QObject))


def test_closing_the_second_run_frees_everything_again_and_again(window, page, qtbot):
    def begin_and_close(button):
        run = weakref.ref(begin(page, button, qtbot))
        learn_faster(run())
        trained = window.workspace.link.session.checkpoint()
        qtbot.waitUntil(trained.done)
        learning = [weakref.ref(each) for each in window.workspace.link.session._loop.runs.values()]
        assert len(learning) == 2
        close_second(page, qtbot)
        qtbot.waitUntil(lambda: len(window.workspace.link.session._loop.runs) == 1)
        return run, learning[1]

    begin_and_close(page.another_seed)
    begin_and_close(page.from_here)
    qtbot.wait(300)
    before = counts(window)
    gone = [begin_and_close(page.another_seed if turn % 2 else page.from_here) for turn in range(15)]
    qtbot.waitUntil(lambda: counts(window) == before)  # docks take a moment until they rest
    qtbot.waitUntil(lambda: [each() for pair in gone for each in pair] == [None] * 30)
    assert window.workspace.link.beside == {}
    assert set(window.workspace.link.session._loop.mailboxes) <= {window.workspace.link.latest.run}


@pytest.mark.parametrize("chance", [Pcg64(), Pcg64(seed=2**32 - 1), TFPlaygroundRandomness(seed="9" * 64)])
def test_another_seed_is_another_and_allowed(chance):
    experiment = Experiment(randomness=chance)
    assert with_seed(experiment, 1).randomness != chance


def test_differences_are_said_in_words():
    one = Experiment()
    assert differences(one, one) == []
    assert differences(one, one.with_(weights_draw=2)) == ["Draw 0 → 2"]
    assert differences(one, one.with_(randomness=TFPlaygroundRandomness())) == [
        "Chance PCG64 → TF Playground"
    ]
    both = with_seed(one, 1).with_(precision="float64")
    assert differences(one, both) == ["Seed 42 → 43", "Precision float32 → float64"]


def weights(window):
    checkpoint = window.workspace.link.session.checkpoint()
    return {name: values.copy() for name, values in checkpoint.result(10)[1].learnt.items()}


def same(one, two):
    return one.keys() == two.keys() and all(np.array_equal(one[name], two[name]) for name in one)


def test_going_on_with_another_run_is_undone_and_done_again(window, page, qtbot):
    document = window.workspace.document
    before = document.experiment
    run = begin(page, page.from_here, qtbot)
    learn_faster(run)
    other = run.document.experiment
    train_an_epoch(window, page, qtbot)
    first = weights(window)
    qtbot.mouseClick(page.side_by_side.panels[1].go_on, LEFT)
    assert document.experiment == other
    assert page.runs.runs == ()
    assert not page.side_by_side.isVisible()
    second_weights = weights(window)
    assert not same(first, second_weights)
    assert window.workspace.link.session.checkpoint().result(10)[1].epoch == 1
    assert document.undo_stack.undoText() == "Go on with Beside 1"
    window.actions_["undo"].trigger()
    assert document.experiment == before
    assert same(weights(window), first)
    window.actions_["redo"].trigger()
    assert document.experiment == other
    assert same(weights(window), second_weights)


def test_four_runs_stand_side_by_side_and_no_more(window, page, qtbot):
    for _ in range(3):
        qtbot.mouseClick(page.another_seed, LEFT)
    assert page.table.rowCount() == 4
    assert [cell(page, row, WHAT) for row in (1, 2, 3)] == ["Seed 42 → 43", "Seed 42 → 44", "Seed 42 → 45"]
    assert not page.another_seed.isEnabled()
    assert list(page.side_by_side.panels) == [0, 1, 2, 3]
    page.runs.begin(window.workspace.document.experiment)
    assert len(page.runs.runs) == 3
    assert window.workspace.notice.text == "Four runs stand side by side at most; close one first."


def test_one_of_three_is_closed_while_all_train_and_the_others_go_on_level(window, page, qtbot):
    for _ in range(2):
        qtbot.mouseClick(page.another_seed, LEFT)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: all(run.snapshot and run.snapshot.epoch > 1 for run in page.runs.runs))
    qtbot.mouseClick(page.side_by_side.panels[1].close_button, LEFT)
    (left,) = page.runs.runs
    assert left.place == 2
    epoch = left.snapshot.epoch
    qtbot.waitUntil(lambda: left.snapshot.epoch > epoch + 1)
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: left.snapshot.state is State.PAUSED and not window.workspace.link.running)
    assert left.snapshot.step == window.workspace.link.latest.step
    qtbot.mouseClick(page.another_seed, LEFT)
    assert [run.place for run in page.runs.runs] == [1, 2]


def test_the_difference_of_weights_is_told_and_is_none_of_a_run_beside_itself(window, page, qtbot):
    begin(page, page.from_here, qtbot)
    train_an_epoch(window, page, qtbot)
    panel = page.side_by_side.panels[1]
    steps = window.workspace.link.latest.step
    qtbot.waitUntil(lambda: panel.apart.text() == f"weights apart ‖Δ‖ 0 after {steps} steps")
    learn_faster(page.runs.runs[0])
    train_an_epoch(window, page, qtbot)
    qtbot.waitUntil(lambda: second(page).apart["apart"][-1] > 0)


def test_the_same_initial_weights_are_those_of_all(window, page, qtbot):
    begin(page, page.another_seed, qtbot)
    train_an_epoch(window, page, qtbot)
    window.actions_["same_start"].trigger()
    qtbot.waitUntil(lambda: second(page).step == window.workspace.link.latest.step == 0)
    window.actions_["undo"].trigger()
    qtbot.waitUntil(lambda: second(page).epoch == window.workspace.link.latest.epoch == 1)


def test_scores_gradients_and_weights_apart_lie_over_one_another_too(window, page, qtbot):
    tabs = {quantity.value: tab for quantity, tab in page.curves.tabs.items()}
    assert not tabs["apart"].isVisible()
    begin(page, page.another_seed, qtbot)
    train_an_epoch(window, page, qtbot)
    qtbot.mouseClick(tabs["apart"], LEFT)
    columns = page.plot.columns()
    assert columns["step"].tolist() == [0, window.workspace.link.latest.step]
    apart = second(page).apart["apart"]
    np.testing.assert_array_equal(columns["Beside 1 weights apart"], apart)
    first, other = (seen.layers["dense1"].weights for seen in (window.workspace.link.latest, second(page)))
    assert apart[-1] >= np.linalg.norm(first - other) > 0
    qtbot.mouseClick(tabs["score"], LEFT)
    np.testing.assert_array_equal(
        page.plot.columns()["Run 1 test"], window.workspace.link.latest.history["test_accuracy"]
    )
    qtbot.mouseClick(tabs["gradient"], LEFT)
    assert np.isfinite(page.plot.columns()["Run 1 gradient"][-1])
    qtbot.mouseClick(tabs["apart"], LEFT)
    close_second(page, qtbot)
    assert not tabs["apart"].isVisible()
    assert tabs["loss"].isChecked()
    assert page.plot.x_name == "epoch"


def test_the_run_in_front_stays_in_the_list_when_one_goes_on_with_another(window, page, qtbot):
    run = begin(page, page.from_here, qtbot)
    learn_faster(run)
    train_an_epoch(window, page, qtbot)
    qtbot.mouseClick(page.side_by_side.panels[1].go_on, LEFT)
    qtbot.waitUntil(lambda: [each.number for each in window.workspace.link.latest.kept.runs] == [1, 2])
    before, now = window.workspace.link.latest.kept.runs
    assert window.workspace.link.latest.kept.present == 2
    assert before.experiment.training.optimizer != now.experiment.training.optimizer
    assert before.epoch == now.epoch == 1
