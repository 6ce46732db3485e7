"""A person searches: what varies, trials as they come, the best of them, and all of it after closing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from playground.files.experiment_file import SavedExperiment
from playground.search.goals import Goal
from playground.search.plan import SearchPlan
from playground.search.reading import News
from playground.search.records import Counts, TrialRecord
from playground.search.samplers.random import RandomSearch
from playground.search.study import begin
from playground.text import say
from playground.training.trainer import Trainer
from widgets import pages
from widgets.actions import page_commands
from widgets.pages.search import searching as module
from widgets.pages.search.gathering import Gathered
from widgets.pages.search.page import SearchPage
from widgets.pages.search.searching import SearchStage
from widgets.preferences import Preferences
from widgets.sentences import said
from widgets.workspace import Workspace

RATE, KIND = "training.optimizer.learning_rate", "network.activation"
KEY = Qt.Key


@pytest.fixture(autouse=True)
def own_storage(monkeypatch, tmp_path):
    """Studies of a test are its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))


@pytest.fixture
def workspace(qtbot):
    """A document, and all that belongs to it, without a window around."""
    window = QMainWindow()
    qtbot.addWidget(window)
    workspace = Workspace(Preferences.unkept(), window)
    workspace.link.start()
    yield workspace
    workspace.close()


@pytest.fixture
def page(qtbot, workspace):
    page = SearchPage(workspace, workspace.parent())
    workspace.parent().setCentralWidget(page)
    workspace.parent().resize(1200, 800)
    with qtbot.waitExposed(workspace.parent()):
        workspace.parent().show()
    yield page
    page.end()


@pytest.fixture
def planned(workspace):
    search = workspace.search
    search.toggle(RATE)
    search.toggle(KIND)
    search.edit(search.plan.with_(trials=3, epochs=2, workers=1), "Plan")
    return search


def trial(number, value, state="done", **more):
    settings = {RATE: 0.1 / (number + 1), KIND: "relu"}
    curve = {"epochs": (1, 2), "curve": (0.9, value)}
    values = (value,) if state == "done" else ()
    return TrialRecord(number, state, settings, values, **curve, seconds=1.0, **more)


class StandIn:
    """A search that only seems to run, and a study of which the test tells what is in it."""

    def __init__(self, plan, experiment, begun):
        self.plan, self.experiment, self.done = plan, experiment, begun
        self.trials, self.new = {}, []
        self.ended, self.problem, self.paused = False, None, False

    def start(self):
        self.done.append("start")

    def pause(self):
        self.done.append("pause")

    def go_on(self):
        self.done.append("go on")

    def stop(self):
        self.done.append("stop")
        self.ended = True

    def tell(self, *records):
        self.trials |= {record.number: record for record in records}
        self.new += records

    def read(self):
        states = [record.state for record in self.trials.values()]
        counts = Counts(
            self.plan.total,
            running=states.count("running"),
            done=states.count("done"),
            cut_short=states.count("cut short"),
            failed=states.count("failed"),
        )
        new, self.new = self.new, []
        return News(tuple(new), counts, {})

    def opened(self, record):
        trainer = Trainer(self.experiment)
        trainer.run_epoch()
        return SavedExperiment(self.experiment, trainer.checkpoint())


@pytest.fixture
def stand_in(monkeypatch, planned, page, qtbot):
    """A search under way, without processes."""
    made, done = [], []

    def running(plan, experiment):
        made.append(StandIn(plan, experiment, done))
        return made[-1]

    monkeypatch.setattr(module, "RunningSearch", running)
    monkeypatch.setattr(
        module, "_joined", lambda _storage, _name: (made[-1], Gathered(made[-1].plan, made[-1].experiment))
    )
    monkeypatch.setattr("widgets.pages.search.thinking.importance", lambda *_: {})
    qtbot.mouseClick(page.bar.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.searching.stage is SearchStage.RUNS)
    return made[-1]


def see(qtbot, page, stand_in, *records):
    """Let trials come, and wait until they are seen."""
    stand_in.tell(*records)
    page.searching.look()
    qtbot.waitUntil(
        lambda: (
            not stand_in.new
            and {record.number for record in records} <= set(page.views.trials.numbers.tolist())
        )
    )
    qtbot.waitUntil(lambda: not page.searching._looking)
    qtbot.waitUntil(lambda: not page.views._waiting)


# --- without anything to search -------------------------------------------------------------------------


def test_search_is_the_fifth_page_and_labs_the_sixth():
    keys = {command.name: command.keys for command in page_commands(pages.entries())}
    assert (keys["page_search"], keys["page_labs"]) == ("Ctrl+5", "Ctrl+6")


def test_a_search_without_anything_that_varies_says_so_and_does_not_begin(qtbot, workspace, page):
    qtbot.mouseClick(page.bar.start, Qt.MouseButton.LeftButton)
    assert "varies" in workspace.notice.text
    assert page.searching.stage is SearchStage.RESTS


def test_a_storage_that_does_not_answer_is_told_and_the_window_lives(qtbot, workspace, planned, page):
    planned.edit(planned.plan.with_(storage="postgresql://nobody@127.0.0.1:9/none"), "Storage")
    qtbot.mouseClick(page.bar.start, Qt.MouseButton.LeftButton)
    assert page.searching.stage is SearchStage.OPENS
    qtbot.waitUntil(lambda: page.searching.stage is SearchStage.RESTS, timeout=10_000)
    assert "127.0.0.1" in workspace.notice.text


# --- the plan -------------------------------------------------------------------------------------------


def test_what_varies_has_a_row_with_its_bounds_and_scale(planned, page):
    row = page.settings.rows[RATE]
    assert (row.title.text(), row.words.text()) == ("Learning rate", "1e−4 … 1 · log")
    assert page.settings.rows[KIND].words.text() == "Tanh, ReLU, GELU"


def test_dragging_an_end_of_the_range_is_one_step_of_undo(qtbot, workspace, planned, page):
    slider = page.settings.rows[RATE].slider
    begin, end = (QPoint(round(slider.left_of(each)), 9) for each in (1.0, 0.1))
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=begin)
    for part in (0.3, 0.6, 1.0):
        qtbot.mouseMove(slider, begin + (end - begin) * part)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=end)
    rate = next(each for each in planned.plan.variations if each.path == RATE)
    assert (rate.low, rate.high) == (1e-4, 0.1)
    workspace.document.undo_stack.undo()
    assert next(each for each in planned.plan.variations if each.path == RATE).high == 1


def test_keys_move_the_ends_of_a_range(qtbot, planned, page):
    slider = page.settings.rows[RATE].slider
    qtbot.keyClick(slider, KEY.Key_Left)
    qtbot.keyClick(slider, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    rate = next(each for each in planned.plan.variations if each.path == RATE)
    assert rate.low > 1e-4
    assert rate.high < 1


def test_bounds_the_wrong_way_round_are_refused_in_a_sentence(qtbot, planned, page):
    row = page.settings.rows[RATE]
    qtbot.mouseClick(row.words, Qt.MouseButton.LeftButton)
    low = row.form.controls["low"]
    low.line.setFocus()
    low.line.selectAll()
    qtbot.keyClicks(low.line, "5")
    qtbot.keyClick(low.line, KEY.Key_Return)
    assert "above" in low.toolTip()
    assert next(each for each in planned.plan.variations if each.path == RATE).low == 1e-4


def test_choices_are_ticked_in_a_menu_and_one_at_least_stays(planned, page):
    row = page.settings.rows[KIND]
    for name in ("Tanh", "GELU", "ReLU"):
        menu = row._choices()
        next(each for each in menu.actions() if each.text() == name).trigger()
        menu.deleteLater()
    assert next(each for each in planned.plan.variations if each.path == KIND).choices == ("relu",)


def test_a_row_is_removed_and_comes_back_by_undo(qtbot, workspace, planned, page):
    qtbot.mouseClick(page.settings.rows[KIND].remove, Qt.MouseButton.LeftButton)
    assert set(page.settings.rows) == {RATE}
    workspace.document.undo_stack.undo()
    assert set(page.settings.rows) == {RATE, KIND}


def test_every_field_of_the_plan_is_set_by_its_control_and_undone(workspace, planned, page):
    before = planned.plan
    sampler, trials = (page.settings.form.controls[name] for name in ("sampler", "trials"))
    place = sampler.combo.findText(said(RandomSearch))
    sampler.combo.setCurrentIndex(place)
    sampler.combo.activated.emit(place)
    assert planned.plan.sampler == RandomSearch()
    trials.edited.emit(17, -1, "Change trials")
    assert planned.plan.trials == 17
    study = page.settings.storage.controls["study"]
    study.edited.emit("mine", -1, "Change study")
    assert planned.plan.study == "mine"
    for _ in range(3):
        workspace.document.undo_stack.undo()
    assert planned.plan == before


def test_two_goals_make_a_front(planned, page):
    second = page.settings.second
    second.setCurrentIndex(second.findData("parameters"))
    second.activated.emit(second.currentIndex())
    assert planned.plan.goals == (Goal(), Goal(metric="parameters"))


def test_the_command_for_other_machines_is_copied(qtbot, planned, page):
    planned.edit(planned.plan.with_(storage="postgresql://lab/spiral", study="spiral"), "Storage")
    qtbot.mouseClick(page.settings.join, Qt.MouseButton.LeftButton)
    wanted = 'main.py search-worker --storage "postgresql://lab/spiral" --study "spiral"'
    assert QGuiApplication.clipboard().text() == wanted


# --- a search under way -----------------------------------------------------------------------------------


def test_trials_are_seen_as_they_come(qtbot, page, stand_in):
    see(qtbot, page, stand_in, trial(0, 0.5), trial(1, 0.3), trial(2, 0.8, "running"))
    assert page.views.table.trials.rowCount() == 3
    assert page.bar.told.text().startswith("2 of 3 trials")
    assert page.views.trials.best == 1


def test_pause_go_on_and_stop_reach_the_workers(qtbot, page, stand_in):
    for button in (page.bar.pause, page.bar.pause, page.bar.stop):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert stand_in.done == ["start", "pause", "go on", "stop"]
    page.searching.look()
    assert page.searching.stage is SearchStage.RESTS


def test_space_pauses_the_search_and_not_the_training(page, stand_in):
    page.calls()["run"]()
    assert page.searching.stage is SearchStage.PAUSED


def test_a_trial_opens_with_its_weights_as_a_run_and_undo_takes_it_back(qtbot, workspace, page, stand_in):
    link, asked = workspace.link, []
    workspace.page_asked.connect(asked.append)
    see(qtbot, page, stand_in, trial(0, 0.5))
    page.views.table.select(0)
    qtbot.keyClick(page.views.table, KEY.Key_Return)
    qtbot.waitUntil(lambda: asked == ["design"] and link.latest.epoch == 1, timeout=10_000)
    assert "Trial 0" in [run.words.name for run in link.past.kept.runs]
    stack = workspace.document.undo_stack
    while stack.undoText() not in ("Plan", ""):
        stack.undo()
    qtbot.waitUntil(lambda: link.latest.epoch == 0, timeout=10_000)


def test_the_settings_of_the_best_are_used_and_undone(qtbot, workspace, page, stand_in):
    document, before = workspace.document, workspace.document.experiment
    see(qtbot, page, stand_in, trial(0, 0.5), trial(1, 0.3))
    qtbot.mouseClick(page.bar.best, Qt.MouseButton.LeftButton)
    assert document.experiment.training.optimizer.learning_rate == 0.05
    assert {layer.activation.tag() for layer in document.experiment.network.layers[:-1]} == {"relu"}
    document.undo_stack.undo()
    assert document.experiment == before


def test_a_failed_trial_says_why(qtbot, workspace, page, stand_in):
    failed = replace(trial(0, 0.5, "failed"), reason=say("test.broke", "The loss is no number."))
    see(qtbot, page, stand_in, failed)
    page.views.opened.emit(0)
    assert workspace.notice.text == "Trial 0 failed: The loss is no number."


def test_coarse_to_fine_narrows_around_the_best_in_a_study_of_its_own(qtbot, planned, page, stand_in):
    see(qtbot, page, stand_in, *(trial(number, 1 + number) for number in range(3)))
    before, study = planned.plan.variations[0], planned.study
    qtbot.mouseClick(page.bar.narrow, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.searching.stage is SearchStage.RUNS)
    after = planned.plan.variations[0]
    assert before.low < after.low < after.high < before.high
    assert planned.plan.variations[1].choices == ("relu",)
    assert planned.study != study
    page.searching.stop()


def test_choosing_along_an_axis_narrows_the_table(qtbot, page, stand_in):
    see(qtbot, page, stand_in, *(trial(number, 0.1 + number) for number in range(3)))
    page.views.parallel.choose({0: (0.9, 1.0)})
    assert page.views.table.trials.rowCount() == 1
    qtbot.mouseClick(page.views.all, Qt.MouseButton.LeftButton)
    assert page.views.table.trials.rowCount() == 3


def test_another_document_leaves_the_study(qtbot, workspace, page, stand_in):
    see(qtbot, page, stand_in, trial(0, 0.5))
    workspace.filing.show(SavedExperiment(workspace.document.experiment))
    assert page.searching.stage is SearchStage.RESTS
    assert stand_in.ended
    assert page.searching.gathered is None


def test_a_search_goes_on_while_the_window_is_made_anew(qtbot, workspace, page, stand_in):
    page.end()
    again = SearchPage(workspace, workspace.parent())
    assert again.searching.stage is SearchStage.RUNS
    assert "stop" not in stand_in.done
    stand_in.tell(trial(0, 0.5))
    again.searching.look()
    qtbot.waitUntil(lambda: again.searching.counts is not None)
    assert again.searching.counts.done == 1
    again.end()
    workspace.document.open(workspace.document.experiment)
    assert stand_in.done[-1] == "stop"


def test_a_search_that_is_done_says_how_to_go_on(qtbot, planned, page, stand_in):
    see(qtbot, page, stand_in, *(trial(number, 0.1 + number) for number in range(3)))
    stand_in.ended = True
    page.searching.look()
    assert not page.bar.start.isEnabled()
    planned.edit(planned.plan.with_(trials=5), "More")
    assert page.bar.start.isEnabled()
    assert page.bar.start.text() == "Go on"


def test_the_table_is_saved_with_all_figures(qtbot, page, stand_in):
    see(qtbot, page, stand_in, trial(0, 0.123456789), trial(1, 0.25))
    lines = page.views.table.as_csv().decode().splitlines()
    assert lines[0].startswith("trial,state,")
    assert "0.123456789" in lines[1]
    assert "ReLU" in lines[1]


def test_the_plan_of_a_study_that_was_begun_elsewhere_is_taken_over(qtbot, workspace, page, monkeypatch):
    search = workspace.search
    theirs = SearchPlan(variations=(search.settings()[RATE].usual,), trials=9, study="theirs")
    study = StandIn(theirs, workspace.document.experiment, [])
    study.tell(trial(0, 0.5))
    monkeypatch.setattr(module, "_joined", lambda *_: (study, Gathered(theirs, study.experiment)))
    search.edit(search.plan.with_(study="theirs"), "Study")
    page.searching.look()
    qtbot.waitUntil(lambda: page.searching.counts is not None)
    assert search.plan.trials == 9
    assert set(page.settings.rows) == {RATE}


def test_a_study_that_is_not_there_is_told_once(qtbot, workspace, planned, page, tmp_path):
    said = []
    page.searching.told.connect(lambda words, bad: said.append(words))
    planned.edit(planned.plan.with_(storage=str(tmp_path / "none.db"), study="gone"), "Study")
    for _ in range(3):
        page.searching.look()
        qtbot.waitUntil(lambda: not page.searching._looking, timeout=10_000)
    assert len(said) == 1
    assert "gone" in said[0] or "none.db" in said[0]


# --- with a process ---------------------------------------------------------------------------------------


def test_a_process_searches_and_all_is_seen_again_after_closing(qtbot, workspace, planned, page, tmp_path):
    searching = page.searching
    qtbot.mouseClick(page.bar.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: searching.counts is not None and searching.counts.finished, timeout=60_000)
    qtbot.waitUntil(lambda: searching.stage is SearchStage.RESTS, timeout=20_000)
    best = page.views.trials.goals[0].values.min()
    path, document = tmp_path / "searched.nnplay", workspace.document
    document.path = path
    workspace.filing.save()
    qtbot.waitUntil(lambda: path.exists() and not document.modified, timeout=10_000)
    workspace.filing.new()
    assert searching.gathered is None
    workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: searching.counts is not None, timeout=10_000)
    assert searching.counts.done == 3
    assert page.views.trials.goals[0].values.min() == best
    assert page.bar.start.text() == "Go on"


def test_a_study_of_another_experiment_is_refused_and_left_as_it_is(
    qtbot, workspace, planned, page, tmp_path
):
    where = str(tmp_path / "others.db")
    other = workspace.document.experiment.with_(precision="float64")
    begin(planned.plan.with_(storage=where, study="theirs"), other)
    planned.edit(planned.plan.with_(storage=where, study="theirs"), "Storage")
    qtbot.mouseClick(page.bar.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.searching.stage is SearchStage.RESTS, timeout=10_000)
    assert "theirs" in workspace.notice.text
    assert planned.study == ""


def test_a_place_that_cannot_be_written_to_is_told(qtbot, workspace, planned, page, tmp_path):
    (tmp_path / "file").write_text("")
    planned.edit(planned.plan.with_(storage=str(tmp_path / "file" / "study.db")), "Storage")
    qtbot.mouseClick(page.bar.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.searching.stage is SearchStage.RESTS, timeout=10_000)
    assert "study.db" in workspace.notice.text
