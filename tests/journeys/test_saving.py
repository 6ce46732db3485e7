"""Nothing that a person made is lost: two windows on one file, files that are gone, disks that are full."""

import errno
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from playground.files import atomic, autosave, experiment_file
from playground.files.experiment_file import SavedExperiment
from playground.training.trainer import Trainer
from widgets import writing
from widgets.dialogs import questions
from widgets.dialogs.questions import Answer, FileChange


def rename(window, notes):
    document = window.workspace.document
    document.edit(document.experiment.with_(notes=notes), "Notes")


def notes_in(path):
    return experiment_file.load(path).experiment.notes


@pytest.fixture
def saved(qtbot, window, tmp_path):
    """A window on a file that is saved."""
    path = tmp_path / "folder" / "run.nnplay"
    path.parent.mkdir()
    experiment_file.save(path, SavedExperiment(window.workspace.document.experiment.with_(notes="first")))
    window.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: window.workspace.document.path == path, timeout=10_000)
    rename(window, "mine")
    return window


@pytest.fixture
def answers(monkeypatch):
    """What the person answers about a file that is another; notes what was asked."""

    class Answers:
        reply = FileChange.CANCEL
        asked = ()

        def __call__(self, _parent, name, found, known):
            self.asked = (*self.asked, name)
            return self.reply

    answers = Answers()
    monkeypatch.setattr(questions, "about_changed_file", answers)
    return answers


def save_and_wait(qtbot, window):
    window.actions_["save"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.document.modified, timeout=10_000)


# --- two windows on one file ------------------------------------------------------------------------


def test_saving_again_and_again_asks_nothing(qtbot, saved, answers):
    for notes in ("a", "b", "c"):
        rename(saved, notes)
        save_and_wait(qtbot, saved)
        assert notes_in(saved.workspace.document.path) == notes
    assert answers.asked == ()


def test_the_second_window_is_asked_before_it_replaces_what_the_first_saved(
    qtbot, saved, open_window, answers
):
    path, second = saved.workspace.document.path, open_window()
    second.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: second.workspace.document.path == path, timeout=10_000)
    rename(second, "yours")
    save_and_wait(qtbot, saved)

    second.actions_["save"].trigger()
    qtbot.waitUntil(lambda: answers.asked == ("run.nnplay",), timeout=10_000)
    assert second.workspace.document.modified
    assert notes_in(path) == "mine"

    answers.reply = FileChange.REPLACE
    save_and_wait(qtbot, second)
    assert notes_in(path) == "yours"
    rename(second, "yours again")
    save_and_wait(qtbot, second)
    assert len(answers.asked) == 2


def test_saving_twice_in_a_row_is_no_change_by_another(qtbot, saved, answers):
    saved.actions_["save"].trigger()
    saved.actions_["save"].trigger()
    rename(saved, "later")
    saved.actions_["save"].trigger()
    qtbot.waitUntil(lambda: not saved.workspace.document.modified, timeout=10_000)
    qtbot.waitUntil(lambda: notes_in(saved.workspace.document.path) == "later", timeout=10_000)
    assert answers.asked == ()


def test_what_changed_may_be_saved_elsewhere(qtbot, monkeypatch, saved, answers):
    path = saved.workspace.document.path
    experiment_file.save(path, SavedExperiment(saved.workspace.document.experiment.with_(notes="other")))
    answers.reply = FileChange.ELSEWHERE
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path.with_name("mine.nnplay"))
    save_and_wait(qtbot, saved)
    assert notes_in(path) == "other"
    assert notes_in(saved.workspace.document.path) == "mine"
    assert saved.workspace.document.path.name == "mine.nnplay"


def test_a_file_that_was_only_touched_is_the_same(qtbot, saved, answers):
    saved.workspace.document.path.write_bytes(saved.workspace.document.path.read_bytes())
    save_and_wait(qtbot, saved)
    assert answers.asked == ()


def test_a_file_that_changes_while_saving_waits_is_asked_about(qtbot, monkeypatch, saved, answers):
    other = SavedExperiment(saved.workspace.document.experiment.with_(notes="other"))
    look, path = writing.look, saved.workspace.document.path

    def look_then_change(where):
        found = look(where)
        if not looks:
            experiment_file.save(path, other)
        looks.append(found)
        return found

    looks = []
    monkeypatch.setattr(writing, "look", look_then_change)
    saved.actions_["save"].trigger()
    qtbot.waitUntil(lambda: answers.asked == ("run.nnplay",), timeout=10_000)
    assert notes_in(path) == "other"


@pytest.mark.parametrize(
    ("gone", "buttons", "words"),
    [
        (False, ["Replace", "Compare dates", "Save as…", "Cancel"], "was changed by another"),
        (True, ["Save it there again", "Save as…", "Cancel"], "is gone"),
    ],
)
def test_the_question_says_what_happened_and_can_compare_dates(qtbot, saved, gone, buttons, words):
    path = saved.workspace.document.path
    path.unlink() if gone else path.write_bytes(b"other")
    seen = []

    def answer():
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return
        found = {button.text().replace("&", ""): button for button in box.findChildren(QPushButton)}
        if not seen:
            seen.append((box.text(), sorted(found)))
            if not gone:
                found["Compare dates"].click()
                assert box.isVisible()
                assert "The file was written" in box.informativeText()
                assert "It was read or saved here" in box.informativeText()
        found["Cancel"].click()

    timer = QTimer(interval=20)
    timer.timeout.connect(answer)
    timer.start()
    saved.actions_["save"].trigger()
    qtbot.waitUntil(lambda: len(seen) == 1, timeout=10_000)
    timer.stop()
    assert seen[0][1] == sorted(buttons)
    assert words in seen[0][0]
    assert saved.workspace.document.modified


def test_a_file_that_is_gone_can_be_saved_there_again(qtbot, saved, answers):
    saved.workspace.document.path.unlink()
    answers.reply = FileChange.REPLACE
    save_and_wait(qtbot, saved)
    assert answers.asked == ("run.nnplay",)
    assert notes_in(saved.workspace.document.path) == "mine"


def test_a_folder_that_is_gone_is_said_and_another_file_is_offered(qtbot, monkeypatch, saved, tmp_path):
    saved.workspace.document.path.unlink()
    saved.workspace.document.path.parent.rmdir()
    saved.actions_["save"].trigger()
    qtbot.waitUntil(lambda: "there is no such folder" in saved.workspace.notice.text, timeout=10_000)
    monkeypatch.setattr(questions, "file_to_save", lambda *_: tmp_path / "mine.nnplay")
    (button,) = [
        each for each in saved.workspace.notice.findChildren(QPushButton) if each.text() == "Save as…"
    ]
    button.click()
    qtbot.waitUntil(lambda: not saved.workspace.document.modified, timeout=10_000)
    assert notes_in(tmp_path / "mine.nnplay") == "mine"


def test_recovered_work_asks_too_when_its_file_changed_meanwhile(
    qtbot, saved, open_window, answers, tmp_path
):
    path = saved.workspace.document.path
    saved.workspace.filing.keeper.keep()
    qtbot.waitUntil(lambda: saved.workspace.filing.keeper.kept, timeout=10_000)
    saved.workspace.filing.close(keeps=True)
    saved.workspace.filing.wait()
    experiment_file.save(path, SavedExperiment(saved.workspace.document.experiment.with_(notes="other")))

    second = open_window()
    (found,) = second.workspace.filing.keeper.recoverable()
    second.workspace.filing.recover(found)
    qtbot.waitUntil(lambda: second.workspace.document.path == path, timeout=10_000)
    second.actions_["save"].trigger()
    qtbot.waitUntil(lambda: answers.asked == ("run.nnplay",), timeout=10_000)
    assert notes_in(path) == "other"


# --- keeping for recovery ---------------------------------------------------------------------------


def full(*_):
    raise OSError(errno.ENOSPC, "")


def test_what_could_not_be_kept_is_tried_again_and_told_once(qtbot, window):
    keeper, told = window.workspace.filing.keeper, []
    keeper.problem.connect(told.append)
    rename(window, "mine")
    outcomes = []
    with pytest.MonkeyPatch.context() as disk:
        disk.setattr(atomic.os, "fsync", full)
        for _ in range(3):
            keeper.keep(outcomes.append)
            qtbot.waitUntil(lambda: keeper._attempt is None, timeout=10_000)
    assert outcomes == [False] * 3
    assert not keeper.kept
    assert len(told) == 1
    assert "no space left" in told[0]
    keeper.keep(outcomes.append)
    qtbot.waitUntil(lambda: keeper.kept, timeout=10_000)
    assert outcomes[3:] == [True]


def test_nothing_is_kept_once_the_window_is_closed(window):
    rename(window, "mine")
    window.give_up()
    outcomes = []
    window.workspace.filing.keeper.keep(outcomes.append)
    assert outcomes == [False]


def test_work_that_is_saved_is_not_kept_by_a_write_that_comes_late(qtbot, window, monkeypatch, tmp_path):
    begun, may_write = threading.Event(), threading.Event()
    genuine = autosave.save

    def slow_save(*arguments):
        begun.set()
        assert may_write.wait(10)
        return genuine(*arguments)

    monkeypatch.setattr(autosave, "save", slow_save)
    rename(window, "mine")
    window.workspace.filing.keeper.keep()
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    monkeypatch.setattr(questions, "file_to_save", lambda *_: tmp_path / "mine.nnplay")
    window.actions_["save_as"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.document.modified, timeout=10_000)
    may_write.set()
    qtbot.waitUntil(lambda: list((tmp_path / "recovery").iterdir()) == [], timeout=10_000)


# --- steps that take minutes ------------------------------------------------------------------------


@pytest.fixture
def endless_step(qtbot, window, monkeypatch):
    """The window, one batch trained, in the middle of a step that ends when the test says so."""
    begun, may_end = threading.Event(), threading.Event()
    genuine = Trainer.run

    def run(trainer, steps):
        if trainer.step:
            begun.set()
            may_end.wait(60)
        return genuine(trainer, steps)

    monkeypatch.setattr(Trainer, "run", run)
    window.actions_["step_batch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.step == 1, timeout=10_000)
    window.actions_["step_batch"].trigger()
    qtbot.waitUntil(begun.is_set, timeout=10_000)
    yield may_end
    may_end.set()


def way_out(qtbot, window, text):
    """Waits until the way out is offered, and takes it."""
    note = window.workspace.filing.waiting
    qtbot.waitUntil(lambda: note.isVisible() and note.findChildren(QPushButton) != [], timeout=10_000)
    (button,) = [each for each in note.findChildren(QPushButton) if each.text() == text]
    button.click()


def test_saving_waits_for_a_long_step_and_says_so(qtbot, window, endless_step, monkeypatch, tmp_path):
    path = tmp_path / "a.nnplay"
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    window.actions_["save_as"].trigger()
    qtbot.waitUntil(lambda: "waits for the step" in window.workspace.filing.waiting.text, timeout=10_000)
    endless_step.set()
    qtbot.waitUntil(lambda: not window.workspace.document.modified, timeout=10_000)
    assert experiment_file.load(path).checkpoint.step == 2
    assert window.workspace.filing.waiting.text == ""


def test_a_save_goes_without_the_last_step_when_the_person_says_so(
    qtbot, window, endless_step, monkeypatch, tmp_path
):
    path = tmp_path / "a.nnplay"
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    window.actions_["save_as"].trigger()
    way_out(qtbot, window, "Save without the last step")
    qtbot.waitUntil(lambda: path.exists(), timeout=10_000)
    qtbot.waitUntil(lambda: window.workspace.document.path == path, timeout=10_000)
    assert experiment_file.load(path).checkpoint.step == 1
    endless_step.set()
    qtbot.waitUntil(lambda: window.workspace.link.latest.step == 2, timeout=10_000)
    assert window.workspace.document.modified
    assert experiment_file.load(path).checkpoint.step == 1


def test_a_save_that_comes_late_is_not_taken_for_one_of_the_next_document(
    qtbot, window, endless_step, monkeypatch, answer, tmp_path
):
    path = tmp_path / "a.nnplay"
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    window.actions_["save_as"].trigger()
    answer.reply = Answer.DISCARD
    window.actions_["new"].trigger()
    rename(window, "another")
    endless_step.set()
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: window.workspace.link.latest.step == 0, timeout=10_000)
    assert window.workspace.document.path is None
    assert window.workspace.document.modified


def test_waiting_can_be_given_up(qtbot, window, endless_step, monkeypatch, tmp_path):
    monkeypatch.setattr(questions, "file_to_save", lambda *_: tmp_path / "a.nnplay")
    window.actions_["save_as"].trigger()
    way_out(qtbot, window, "Cancel")
    endless_step.set()
    qtbot.waitUntil(lambda: window.workspace.link.latest.step == 2, timeout=10_000)
    assert window.workspace.document.modified
    assert not (tmp_path / "a.nnplay").exists()


def test_closing_goes_without_the_last_step(qtbot, window, endless_step, monkeypatch, answer, tmp_path):
    path = tmp_path / "a.nnplay"
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    answer.reply = Answer.SAVE
    window.close()
    way_out(qtbot, window, "Close without the last step")
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert experiment_file.load(path).checkpoint.step == 1
    assert not endless_step.is_set()


def test_closing_without_saving_waits_for_no_step(qtbot, window, endless_step, answer):
    answer.reply = Answer.DISCARD
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert not endless_step.is_set()


def test_work_is_kept_as_it_was_before_a_long_step(qtbot, window, endless_step, tmp_path):
    keeper = window.workspace.filing.keeper
    keeper.keep()
    keeper.keep()
    qtbot.waitUntil(lambda: keeper.kept, timeout=10_000)
    (kept,) = (tmp_path / "recovery").glob("*.nnplay")
    assert experiment_file.load(kept).checkpoint.step == 1


def test_a_typed_weight_is_kept_for_recovery_though_no_step_was_taken(qtbot, window):
    keeper = window.workspace.filing.keeper
    window.actions_["step_batch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.step == 1)
    keeper.keep()
    qtbot.waitUntil(lambda: keeper.kept)
    window.design.canvas.weight_edited.emit("dense1", 2, 1, 0.75)
    assert not keeper.kept
    keeper.keep()
    qtbot.waitUntil(lambda: keeper.kept)
    (file,) = keeper.folder.glob("*.nnplay")
    assert experiment_file.load(file).checkpoint.learnt["dense1.weights"][2, 1] == 0.75
