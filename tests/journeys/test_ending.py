"""The system ends the program: the work is kept for recovery, and the program ends by itself."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from playground.files import experiment_file
from playground.training.trainer import Trainer
from widgets.dialogs.questions import Answer
from widgets.ending import Ending

pytestmark = pytest.mark.usefixtures("usual_signals")

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys, time
from PySide6.QtCore import QTimer
from playground.training.run import Run
from playground.training.trainer import Trainer
from widgets import app, main_window
from widgets.dialogs import questions

class Window(main_window.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.{begin})

    def work(self):
        self.workspace.draw_new_weights()
        QTimer.singleShot(500, self.ready)

    def ready(self):
        print("ready", flush=True)

    def ask(self):
        self.workspace.draw_new_weights()
        QTimer.singleShot(500, self.ready)
        questions.about_unsaved(self, "a")

    def step(self):
        self.workspace.draw_new_weights()
        self.workspace.link.session.ask_all(Run.step_batch)
        self.workspace.link.session.ask_all(Run.step_batch)
        QTimer.singleShot(500, self.ready)

run = Trainer.run
def endless(trainer, steps):
    if trainer.step:
        time.sleep(60)
    return run(trainer, steps)

if "{begin}" == "step":
    Trainer.run = endless
app.MainWindow = Window
sys.exit(app.run())
"""


def ended(tmp_path, begin, *numbers):
    """The exit code and the error output of the program, told to end by these signals, and what it kept."""
    home = {name: str(tmp_path) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(begin=begin)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | home | {"PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout.readline() == "ready\n"
        for number in numbers:
            process.send_signal(number)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()  # if it did not end
        process.communicate()
    kept = [path for path in tmp_path.rglob("*.nnplay") if path.parent.name == "recovery"]
    errors = "".join(line for line in errors.splitlines(True) if "plugin does not support" not in line)
    return process.returncode, errors, [experiment_file.load(path) for path in kept]


@pytest.mark.skipif(os.name == "nt", reason="a program of Windows is not told to end by signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGTERM)])
def test_a_signal_keeps_the_work_and_ends_the_program(tmp_path, number):
    code, errors, (kept,) = ended(tmp_path, "work", number)
    assert (code, errors) == (0, "")
    assert kept.experiment.weights_draw == 1


@pytest.mark.skipif(os.name == "nt", reason="a program of Windows is not told to end by signals")
def test_nothing_is_kept_when_there_is_nothing_to_lose(tmp_path):
    assert ended(tmp_path, "ready", signal.SIGTERM) == (0, "", [])


@pytest.mark.skipif(os.name == "nt", reason="a program of Windows is not told to end by signals")
def test_an_open_question_does_not_hold_up_the_end(tmp_path):
    code, errors, (kept,) = ended(tmp_path, "ask", signal.SIGTERM)
    assert (code, errors) == (0, "")
    assert kept.experiment.weights_draw == 1


@pytest.mark.skipif(os.name == "nt", reason="a program of Windows is not told to end by signals")
def test_a_step_that_takes_minutes_does_not_hold_up_the_end(tmp_path):
    code, errors, (kept,) = ended(tmp_path, "step", signal.SIGTERM)
    assert (code, errors) == (0, "")
    assert kept.checkpoint.step == 1


@pytest.fixture
def ending(window):
    ending = Ending(window, QApplication.instance())
    yield ending
    ending.close()


def kept(tmp_path):
    return [experiment_file.load(path) for path in (tmp_path / "recovery").glob("*.nnplay")]


def test_the_end_of_the_login_session_finds_the_work_kept_and_asks_nothing(
    qtbot, window, ending, answer, tmp_path
):
    window.workspace.draw_new_weights()
    window.actions_["run"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.step > 10, timeout=10_000)
    ending.keep_before_returning()
    (saved,) = kept(tmp_path)
    assert saved.checkpoint.step > 10
    qtbot.waitUntil(lambda: window.workspace.link.latest.step == saved.checkpoint.step, timeout=10_000)
    window.close()
    assert not window.isVisible()
    assert answer.times == 0
    window.workspace.filing.wait()
    assert len(kept(tmp_path)) == 1


def test_work_after_a_login_session_that_went_on_is_asked_about(window, ending, answer):
    window.workspace.draw_new_weights()
    ending.keep_before_returning()
    window.workspace.draw_new_weights()
    window.close()
    assert window.isVisible()
    assert answer.times == 1
    answer.reply = Answer.DISCARD


def test_the_end_of_the_login_session_waits_for_no_long_step(qtbot, window, ending, monkeypatch, tmp_path):
    may_end = threading.Event()
    genuine = Trainer.run
    monkeypatch.setattr(Trainer, "run", lambda *arguments: may_end.wait(60) and genuine(*arguments))
    window.workspace.draw_new_weights()
    window.actions_["step_batch"].trigger()
    ending.keep_before_returning()
    may_end.set()
    (saved,) = kept(tmp_path)
    assert (saved.experiment.weights_draw, saved.checkpoint.step) == (1, 0)


def test_signals_are_left_to_those_who_had_them(window):
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    Ending(window, QApplication.instance()).close()
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
