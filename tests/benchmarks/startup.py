"""How long the window takes to appear, beside an empty pyqtgraph plot: whole processes, in turns.

Run by hand: `python tests/benchmarks/startup.py [rounds]`.  A process counts from its start until its window
has been painted for the first time, with network and output.  For comparison a row waits until the plots also
show the first result of the training thread, and the last one for the settings, which come right behind.
The warm-up writes the bytecode, so that all of them start as on any day but the first.  A ratio is the median
over the rounds, each of which starts every contender once.
"""

import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).parents[2]

EMPTY = """
import pyqtgraph
application = pyqtgraph.mkQApp()
window = pyqtgraph.PlotWidget()
window.show()
last = window.viewport()
"""

WINDOW = """
import sys
from pathlib import Path
from widgets import program
app = program.load_app()
from widgets import theme
from widgets.main_window import MainWindow
from widgets.preferences import Preferences
application = app.application()
theme.apply(application, "dark")
window = MainWindow(Preferences.unkept(), recovery_folder=Path(sys.argv[1]))
window.show()
last = window.design.canvas
"""

START_PAGE = """
window.welcome.show()
last = window.welcome.page
"""

UNTIL_PAINTED = """
from PySide6.QtCore import QEvent, QObject

class Painted(QObject):
    yet = False
    def eventFilter(self, watched, event):
        self.yet = self.yet or event.type() == QEvent.Type.Paint
        return False

painted = Painted()
last.installEventFilter(painted)
while not painted.yet:
    application.processEvents()  # paints all that is visible in one go
"""

UNTIL_PANEL = """
from PySide6.QtCore import QEvent, QObject, QTimer

class Awaited(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.ChildPolished:
            event.child().installEventFilter(self)
        elif event.type() == QEvent.Type.Paint and type(watched).__name__ == "{panel}":
            QTimer.singleShot(0, end)  # when it is painted
        return False

awaited = Awaited()
window.design.docks["{dock}"].place.installEventFilter(awaited)
application.exec()
"""

END = """
import os, time

def end():
    print(time.process_time(), flush=True)
    os._exit(0)
"""

CONTENDERS = {
    "empty plot": EMPTY + UNTIL_PAINTED + END,
    "window": WINDOW + UNTIL_PAINTED + END,
    "window with start page": WINDOW + START_PAGE + UNTIL_PAINTED + END,
    "window with first result": WINDOW + END + UNTIL_PANEL.format(dock="plots", panel="PlotsPanel"),
    "window with all settings": WINDOW + END + UNTIL_PANEL.format(dock="inspector", panel="Inspector"),
}
BASELINE = "empty plot"


def start(source: str, folder: str) -> tuple[float, float]:
    """Wall and CPU seconds of a process that ends when its window has been painted."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, "-c", source + "end()", f"{folder}/recovery"]
    began = perf_counter()
    ended = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return perf_counter() - began, float(ended.stdout)


def main() -> None:
    """Print the figures."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with TemporaryDirectory() as folder:
        for source in CONTENDERS.values():
            start(source, folder)
        times = [{name: start(source, folder) for name, source in CONTENDERS.items()} for _ in range(rounds)]
    print(f"{'':26}{'wall':>8}{'ratio':>8}{'CPU':>10}{'ratio':>8}")
    for name in CONTENDERS:
        row = f"{name:26}"
        for kind, width in ((0, 6), (1, 8)):
            seconds = statistics.median(each[name][kind] for each in times)
            ratio = statistics.median(each[name][kind] / each[BASELINE][kind] for each in times)
            row += f"{seconds:{width}.2f} s{ratio:8.2f}"
        print(row)


if __name__ == "__main__":
    main()
