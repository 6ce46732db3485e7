"""The program ends in peace though a screen reader holds on to all that it was ever given."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

SESSION = """
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

sys.path.insert(0, "tests/widgets/canvas")
from widgets.program import main
from reader import do, find, told, walk
from widgets.app import application
from widgets.canvas.view import NetworkView

kept = []

def walks():
    view = next(widget for widget in QApplication.allWidgets() if isinstance(widget, NetworkView))
    kept.extend(walk(QAccessible.queryAccessibleInterface(view)))
    kept.extend(thing.actionInterface() for thing in list(kept))
    do(find(view, "Dense 1", "One neuron fewer"), "Press")
    do(find(view, "Dense 1"), "Delete")
    kept.extend(walk(QAccessible.queryAccessibleInterface(view)))
    view.document.undo_stack.setClean()
    QTimer.singleShot(50, leaves)

def leaves():
    print(len(kept))
    QApplication.activeWindow().close() if CLOSED else QApplication.quit()

CLOSED = {closed}
application()
QTimer.singleShot(300, walks)
sys.exit(main(["xor"]))
"""


@pytest.mark.parametrize("closed", [True, False])
def test_the_program_ends_while_a_reader_holds_on(closed):
    script = SESSION.replace("{closed}", str(closed))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONFAULTHANDLER": "1"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 60
    assert "Traceback" not in done.stderr
