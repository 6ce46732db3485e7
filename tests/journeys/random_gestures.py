"""A session of a random person, watched for faults and for what piles up.

By hand, with a seed or a fresh one, which is printed; `--tell` prints every gesture before it is done:

    python tests/journeys/random_gestures.py --count 20000 --seed 7
"""

import argparse
import faulthandler
import gc
import logging
import os
import secrets
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from random_person import RandomPerson

from playground.analysis.inspections import in_order
from playground.experiment import Experiment
from playground.files import experiment_file
from playground.files.experiment_file import SavedExperiment
from playground.garbage import collect_due
from playground.labs import Laboratory
from widgets import theme
from widgets.background import Background
from widgets.main_window import MainWindow
from widgets.pages import entries
from widgets.panels.section import Section
from widgets.preferences import Preferences


class Faults(logging.Handler):
    """Everything that must not be: exceptions, and errors that were logged."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.found = []

    def emit(self, record):
        self.found.append(self.format(record))

    def hook(self, kind, error, trace):
        self.found.append("".join(traceback.format_exception(kind, error, trace)))

    @contextmanager
    def watching(self):
        before, sys.excepthook = sys.excepthook, self.hook
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            sys.excepthook = before
            logging.getLogger().removeHandler(self)


class Watched(RandomPerson):
    """Stops at the first fault."""

    def __init__(self, *arguments, tell=False):
        super().__init__(*arguments)
        self.faults = Faults()
        self.tells = tell

    def remember(self, what):
        super().remember(what)
        if self.tells:
            print(what, flush=True)

    def keep_small(self):
        super().keep_small()
        self.check()

    def check(self):
        """Raise the first fault."""
        assert not self.faults.found, self.faults.found[0]
        assert "fault in the program" not in self.window.workspace.notice.text, (
            self.window.workspace.notice.text
        )

    def see_all(self):
        """Have everything made that is made when it is first seen, so that no visit counts as growth."""
        for kind in Laboratory.members():
            self.window.pages.open("labs")
            self.window.pages.page.open(kind.tag())
        for page in entries():
            self.window.pages.open(page.name)
        self.window.pages.open("inside")
        for kind in in_order():
            self.window.pages.page.open(kind.tag())
        self.window.pages.open("design")
        for section in self.window.findChildren(Section):
            assert section.content is not None

    def census(self):
        """How many widgets of each kind there are when nothing is done, and how many threads nobody owns."""
        self.window.workspace.filing.show(SavedExperiment(Experiment()))
        self.window.welcome.show()
        self.window.welcome.hide()
        self.see_all()
        QTest.qWait(100)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        kinds = Counter(type(widget).__name__ for widget in QApplication.allWidgets())
        return kinds, self.threads_of_nobody()

    def threads_of_nobody(self):
        """How many threads there are but for one of each background that lives."""
        behind = sum(thread.name.startswith("background") for thread in threading.enumerate())
        owned = min(behind, len(self.window.findChildren(Background)))
        return threading.active_count() - owned


def make_files(folder):
    """Good and bad things to open and drop."""
    folder.mkdir()
    experiment_file.save(folder / "good.nnplay", SavedExperiment(Experiment()))
    (folder / "bad.json").write_text('{"format": 1, "network": 7}')
    (folder / "noise.nnplay").write_bytes(bytes(range(256)))
    (folder / "folder").mkdir()
    (folder / "nothing.nnplay").symlink_to(folder / "gone.nnplay")
    return sorted(folder.iterdir())


@contextmanager
def person_in(folder, seed, tell=False):
    """A person with a window, preferences, files and a current folder that nobody else has."""
    preferences = Preferences.unkept()
    for path in make_files(folder / "things"):
        preferences.add_recent(path)

    def open_window():
        window = MainWindow(preferences, recovery_folder=folder / "recovery")
        window.resize(1200, 760)
        window.show()
        return window

    person, before = Watched(open_window, folder / "things", seed, tell=tell), Path.cwd()
    os.chdir(folder)
    try:
        yield person
    finally:
        os.chdir(before)
        if person.window is not None:
            person.window.give_up()
            person.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def session(folder, seed, counts, tell=False):
    """Act so many times, again and again, with a census after each time.

    Raises:
        AssertionError: at the first fault, with what was done last.
    """
    with person_in(folder, seed, tell) as person, person.faults.watching():
        try:
            for count in counts:
                person.act(count)
                collect_due()
                yield person.census()
                person.check()
        except AssertionError as fault:
            done = "\n".join(person.done)
            raise AssertionError(f"seed {seed}, at last:\n{done}\n{fault}") from None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--tell", action="store_true")
    choice = parser.parse_args()
    print(f"seed {choice.seed}", flush=True)
    faulthandler.enable()
    gc.disable()  # objects of Qt may end on this thread alone
    application = QApplication(sys.argv[:1])
    theme.apply(application, "dark")
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for kinds, threads in session(Path(folder), choice.seed, [choice.count // 10] * 10, choice.tell):
            seconds = time.perf_counter() - began
            print(f"{sum(kinds.values())} widgets, {threads} threads, {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
