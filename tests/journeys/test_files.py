"""A person saves, closes, opens, is asked once, drops files, and survives a kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from playground.files import experiment_file
from playground.training.snapshot import State
from widgets.dialogs import questions
from widgets.dialogs.questions import Answer

LINK = "https://playground.tensorflow.org/#dataset=xor&noise=25&seed=0.59704"


def train_epochs(qtbot, window, epochs):
    for _ in range(epochs):
        before = window.workspace.link.latest.epoch
        window.actions_["step_epoch"].trigger()
        qtbot.waitUntil(
            lambda before=before: window.workspace.link.latest.epoch == before + 1, timeout=10_000
        )


def save_to(qtbot, monkeypatch, window, path):
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    window.actions_["save_as"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.document.modified, timeout=10_000)


def drop(window, mime):
    event = QDropEvent(
        QPoint(100, 100),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_what_is_saved_opens_again_and_goes_on_bit_for_bit(qtbot, monkeypatch, open_window, tmp_path):
    first, path = open_window(), tmp_path / "run.nnplay"
    train_epochs(qtbot, first, 2)
    save_to(qtbot, monkeypatch, first, path)
    assert first.windowTitle() == "run.nnplay — Neural Playground"
    train_epochs(qtbot, first, 2)

    second = open_window()
    second.workspace.filing.open_file(path)
    qtbot.waitUntil(
        lambda: second.workspace.document.path == path and second.workspace.link.latest.epoch == 2,
        timeout=10_000,
    )
    train_epochs(qtbot, second, 2)
    for layer_id, layer in first.workspace.link.latest.layers.items():
        assert np.array_equal(layer.weights, second.workspace.link.latest.layers[layer_id].weights)
    assert second.preferences.recent == [path]


def test_a_bad_file_is_refused_in_a_sentence_and_the_document_stays(qtbot, window, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": 1, "network": {"layers": [{"kind": "dense", "units": 0}]}}')
    before = window.workspace.document.experiment
    window.workspace.filing.open_file(bad)
    qtbot.waitUntil(lambda: window.workspace.notice.text != "", timeout=10_000)
    assert "network.layers[0].units: must be at least 1, got 0" in window.workspace.notice.text
    assert window.workspace.document.experiment == before


def test_unsaved_work_is_asked_about_once(qtbot, window, answer):
    window.workspace.draw_new_weights()
    window.actions_["new"].trigger()
    assert answer.times == 1
    assert window.workspace.document.experiment.weights_draw == 1
    answer.reply = Answer.DISCARD
    window.actions_["new"].trigger()
    assert answer.times == 2
    assert window.workspace.document.experiment.weights_draw == 0


def test_nothing_is_asked_when_nothing_would_be_lost(window, answer):
    window.actions_["new"].trigger()
    assert answer.times == 0


def test_closing_asks_and_saving_closes(qtbot, monkeypatch, window, answer, tmp_path):
    path = tmp_path / "last.nnplay"
    window.workspace.draw_new_weights()
    window.close()
    assert window.isVisible()
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    answer.reply = Answer.SAVE
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert experiment_file.load(path).experiment.weights_draw == 1


def test_a_file_that_cannot_be_written_is_told(qtbot, monkeypatch, window, tmp_path):
    monkeypatch.setattr(questions, "file_to_save", lambda *_: tmp_path / "missing" / "a.nnplay")
    window.workspace.draw_new_weights()
    window.actions_["save_as"].trigger()
    qtbot.waitUntil(lambda: "a.nnplay" in window.workspace.notice.text, timeout=10_000)
    assert window.workspace.document.modified


def test_a_dropped_file_opens(qtbot, window, tmp_path):
    path = tmp_path / "dropped.json"
    path.write_text('{"format": 1, "training": {"batch_size": 7}}')
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop(window, mime)
    qtbot.waitUntil(lambda: window.workspace.document.experiment.training.batch_size == 7, timeout=10_000)


def test_a_dropped_link_opens_and_comes_back_as_the_same_link(qtbot, window):
    mime = QMimeData()
    mime.setText(LINK)
    drop(window, mime)
    qtbot.waitUntil(lambda: window.workspace.document.experiment.data.dataset.noise == 25)
    qtbot.waitUntil(
        lambda: window.workspace.link.latest.train.loss == pytest.approx(0.5039015534229814, abs=1e-9),
        timeout=10_000,
    )
    window.actions_["copy_link"].trigger()
    copied = QGuiApplication.clipboard().text()
    window.workspace.links.open(copied)
    assert window.workspace.document.experiment.data.dataset.noise == 25


@pytest.mark.parametrize(("shows", "discretizes"), [("true", "true"), ("false", "false"), ("true", "false")])
def test_a_link_says_what_is_to_be_seen(window, shows, discretizes):
    window.design.output.boxes.test_points.setChecked(shows == "false")
    window.design.output.boxes.discretize.setChecked(discretizes == "false")
    window.workspace.links.open(f"#showTestData={shows}&discretize={discretizes}&seed=1")
    assert window.design.output.boxes.test_points.isChecked() == (shows == "true")
    assert window.design.output.boxes.discretize.isChecked() == (discretizes == "true")


def test_what_may_surprise_in_a_link_is_told_and_kept_in_the_notes(qtbot, window, monkeypatch, tmp_path):
    window.workspace.links.open(
        "look: https://playground.tensorflow.org/#dataset=moons&batchSize=400&seed=1 !"
    )
    told = window.workspace.notice.text
    assert told == window.workspace.document.experiment.notes
    assert [line.partition(":")[0] for line in told.splitlines()] == ["dataset", "batchSize"]
    shown = []
    monkeypatch.setattr(questions, "notes", lambda _parent, text: shown.append(text) or f"{text}\nMine.")
    window.actions_["notes"].trigger()
    assert shown == [told]
    assert window.workspace.document.experiment.notes == f"{told}\nMine."
    path = tmp_path / "a.nnplay"
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    window.actions_["save"].trigger()
    qtbot.waitUntil(lambda: not window.workspace.document.modified)
    assert experiment_file.load(path).experiment.notes == f"{told}\nMine."
    window.actions_["undo"].trigger()
    assert window.workspace.document.experiment.notes == told


def test_typing_in_the_notes_adds_to_them(qtbot, window):
    window.workspace.links.open("#dataset=moons&seed=1")
    before = window.workspace.document.experiment.notes

    def write():
        box = QApplication.activeModalWidget()
        qtbot.keyClicks(box.findChild(QPlainTextEdit), " Mine.")
        box.accept()

    QTimer.singleShot(100, write)
    window.actions_["notes"].trigger()
    assert window.workspace.document.experiment.notes == f"{before} Mine."
    assert window.actions_["undo"].text() == "&Undo Change notes"


def test_many_remarks_leave_the_canvas_its_room(window):
    window.workspace.links.open(
        "#batchSize=2.7&networkShape=1.5&dataset=moons&noise=90&regularization=L1&activation=x"
    )
    shown, notes = (
        window.workspace.notice.text.splitlines(),
        window.workspace.document.experiment.notes.splitlines(),
    )
    assert shown == [*notes[:2], f"…and {len(notes) - 2} more remarks in the notes."]
    assert notes[-1] == "L1 cuts a weight for good when it crosses zero, as in TensorFlow Playground."


def test_notes_that_are_too_long_are_refused_in_a_sentence(window, monkeypatch):
    monkeypatch.setattr(questions, "notes", lambda _parent, _text: "ß" * 20_001)
    window.actions_["notes"].trigger()
    assert window.workspace.notice.text == "notes: must have at most 20000 characters"
    assert window.workspace.document.experiment.notes == ""


def test_garbage_for_a_link_is_refused(window):
    before = window.workspace.document.experiment
    window.workspace.links.open("https://playground.tensorflow.org/#batchSize=many")
    assert "batchSize" in window.workspace.notice.text
    assert window.workspace.document.experiment == before


def test_every_example_opens_from_the_start_page(qtbot, window):
    window.welcome.show()
    for card in window.welcome.page.cards:
        window.welcome.show()
        assert window.welcome.page.isVisible()
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not window.welcome.page.isVisible(), timeout=10_000)
        qtbot.waitUntil(
            lambda card=card: window.workspace.document.name == card.example.title, timeout=10_000
        )
        assert window.workspace.document.experiment.problems() == ()


def test_enter_opens_the_example_that_has_the_focus(qtbot, window):
    window.welcome.show()
    card = window.welcome.page.cards[1]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.workspace.document.name == card.example.title, timeout=10_000)


def test_enter_presses_the_button_that_has_the_focus(qtbot, window):
    button = window.rail.buttons["runs"]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Enter)
    assert window.pages.front == "runs"


KILLED = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

application = QApplication([])
window = MainWindow(Preferences.unkept(), recovery_folder=Path(sys.argv[1]))
window.show()
window.workspace.draw_new_weights()
window.workspace.filing.keeper.keep()

def die_when_kept():
    if list(Path(sys.argv[1]).glob("*.nnplay")):
        os.kill(os.getpid(), signal.SIGKILL)

timer = QTimer(interval=20)
timer.timeout.connect(die_when_kept)
timer.start()
application.exec()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_work_is_offered_again_after_a_kill(qtbot, open_window, tmp_path):
    folder = tmp_path / "recovery"
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root)},
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    window = open_window(folder)
    window.offer_recovery()
    assert "before" in window.workspace.notice.text
    (found,) = window.workspace.filing.keeper.recoverable()
    window.workspace.filing.recover(found)
    qtbot.waitUntil(lambda: window.workspace.document.experiment.weights_draw == 1, timeout=10_000)
    assert window.workspace.document.modified
    qtbot.waitUntil(lambda: window.workspace.filing.keeper.recoverable() == [], timeout=10_000)


def test_what_was_learnt_is_saved_while_the_network_cannot_train_and_goes_on_when_it_is_mended(
    qtbot, open_window, monkeypatch, tmp_path
):
    first, path = open_window(), tmp_path / "blocked.nnplay"
    first.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: first.workspace.link.latest.epoch == 1)
    learnt = first.workspace.link.latest.layers["dense1"].weights.copy()
    good = first.workspace.document.experiment
    *hidden, output = good.network.layers
    wrong = good.network.with_(layers=(*hidden, output.with_(units=3)))
    first.workspace.document.edit(good.with_(network=wrong), "3 outputs")
    qtbot.waitUntil(lambda: first.workspace.link.latest.state is State.BLOCKED)
    monkeypatch.setattr(questions, "file_to_save", lambda *_: path)
    first.actions_["save"].trigger()
    qtbot.waitUntil(lambda: first.status.message.text() == "Saved blocked.nnplay.")
    assert not first.workspace.document.modified
    second = open_window()
    second.workspace.filing.open_file(path)
    qtbot.waitUntil(
        lambda: second.workspace.document.path == path and second.workspace.link.latest.epoch == 1
    )
    assert second.workspace.link.latest.state is State.BLOCKED
    assert not second.workspace.document.modified
    second.workspace.document.edit(good, "mend")
    qtbot.waitUntil(lambda: second.workspace.link.latest.state is State.PAUSED)
    assert np.array_equal(second.workspace.link.latest.layers["dense1"].weights, learnt)
    assert second.workspace.link.latest.history["epoch"].tolist() == [0, 1]
    assert second.workspace.link.latest.epoch == 1
