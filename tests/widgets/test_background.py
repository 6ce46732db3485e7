"""Work on another thread calls back on the window's, and may outlive whoever asked for it."""

import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from widgets.background import Background, at_work

ASKERS_THAT_END = """
import sys
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from widgets.background import Background

sys.setswitchinterval(1e-6)
application = QCoreApplication([])
for _ in range(3000):
    asker = QObject()
    background = Background(asker)
    for _ in range(5):
        background.run(lambda: sum(range(50)), lambda result: None)
    background.finish()
    del background, asker
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
print("all is well")
"""


@pytest.fixture
def background(qtbot):
    """One that ends with the test."""
    background = Background()
    yield background
    background.close()


def test_what_a_function_gives_comes_back_on_the_thread_of_the_window(qtbot, background):
    told = []
    background.run(threading.get_ident, lambda worker: told.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(told))
    worker, here = told[0]
    assert worker != here == threading.get_ident()


def test_functions_run_one_after_another(qtbot, background):
    told = []
    for number in range(20):
        background.run(lambda number=number: number, told.append)
    qtbot.waitUntil(lambda: len(told) == 20)
    assert told == list(range(20))


def test_a_failure_comes_back_as_one(qtbot, background):
    failures = []
    background.run(lambda: 1 / 0, failures.append, failures.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ZeroDivisionError)


def test_nobody_is_called_back_once_it_is_closed(qtbot, background):
    told, go = [], threading.Event()
    background.run(go.wait, told.append)
    background.close()
    go.set()
    background.wait()
    qtbot.wait(20)
    assert told == []


def test_an_object_of_qt_known_to_the_work_alone_ends_on_the_thread_of_the_window(qtbot, background):
    ended, go = [], threading.Event()

    def ask():
        subject = QObject()
        weakref.finalize(subject, lambda: ended.append(threading.get_ident()))
        background.run(lambda: (go.wait(), subject.objectName())[1], lambda name: subject.setObjectName(name))

    ask()
    background.close()
    go.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]


def test_whoever_asked_may_end_while_the_work_goes_on():
    top = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", ASKERS_THAT_END], cwd=top, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout.strip()) == (0, "all is well"), run.stderr


def test_it_is_known_whether_anything_is_still_to_come_back(background, qtbot):
    may_end, came = threading.Event(), []
    qtbot.waitUntil(lambda: not at_work())  # what other tests began
    background.run(may_end.wait, came.append)
    assert at_work()
    may_end.set()
    qtbot.waitUntil(lambda: came == [True])
    assert not at_work()
