"""How much the window costs: trains networks at full speed with every default view live.

Run by hand: `python tests/benchmarks/window.py [seconds] [network ...]`.  Prints for each network frames per
second, steps per second in the window and headless (the same trainer in the same process, before and after),
the lag of the event loop (how much later than asked a timer of 5 ms fires), and where a frame goes: the time
of the processor, in milliseconds a frame, of each part of the window and of what makes snapshots.
"""

import gc
import os
import statistics
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from playground.engine.activations import Sigmoid, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.files import experiment_file
from playground.files.experiment_file import SavedExperiment
from playground.training.observer import Observer
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas.view import NetworkView
from widgets.main_window import MainWindow
from widgets.panels.output import OutputPanel
from widgets.panels.run_bar import RunBar
from widgets.panels.status import StatusLine
from widgets.plots.axes import Axes
from widgets.plots.decision_map import DecisionMap
from widgets.plots.history_plot import HistoryPlot
from widgets.plots.sample_view import SampleView
from widgets.preferences import Preferences

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
TICK = 5
WARM_UP = 2.0
PARTS = (
    ("snapshot", Observer, "snapshot"),
    ("canvas", NetworkView, "paintEvent"),
    ("map", DecisionMap, "paintEvent"),
    ("map", SampleView, "paintEvent"),
    ("map", OutputPanel, "show_snapshot"),
    ("plots", HistoryPlot, "_draw_latest"),
    ("plots", Axes, "paintEvent"),
    ("numbers", RunBar, "_show"),
    ("numbers", StatusLine, "show_snapshot"),
)
"""The parts of a frame: what each is called, and the methods in which its time is spent."""


def dense(*sizes):
    """The default data, learnt by dense layers of these sizes."""
    hidden = [Dense(id=f"d{place}", units=units, activation=Tanh()) for place, units in enumerate(sizes[:-1])]
    layers = (*hidden, Dense(id="output", units=sizes[-1], activation=Sigmoid()))
    return Experiment().with_(network=Architecture(layers=layers))


NETWORKS = {
    "2-4-2-1": partial(dense, 4, 2, 1),
    "2-8x6-1": partial(dense, *[8] * 6, 1),
    "2-64-64-1": partial(dense, 64, 64, 1),
    "digits": lambda: experiment_file.load(EXAMPLES / "digits.json").experiment,
}


def endless(experiment):
    """The experiment without an end that the benchmark could reach."""
    return experiment.with_(training=experiment.training.with_(epochs=10_000_000))


def headless_rate(experiment, seconds):
    """Steps per second of the trainer alone."""
    trainer = Trainer(endless(experiment))
    with np.errstate(all="ignore"):
        began = perf_counter()
        while perf_counter() - began < seconds:
            trainer.run_epoch()
        return trainer.step / (perf_counter() - began)


def spin(seconds):
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


class Lag:
    """Notes how late a fast timer fires, in milliseconds."""

    def __init__(self):
        self.late = []
        self._last = perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self):
        now = perf_counter()
        self.late.append(max(0.0, (now - self._last) * 1000 - TICK))
        self._last = now

    def stop(self):
        self._timer.stop()
        return self.late


class Spent:
    """The time of the processor that each part took, in seconds; only while `on`."""

    def __init__(self):
        self.on, self.seconds = False, defaultdict(float)
        for name, kind, method in PARTS:
            setattr(kind, method, self._timed(name, getattr(kind, method)))

    def _timed(self, name, does):
        def timed(*given, **named):
            began = thread_time()
            try:
                return does(*given, **named)
            finally:
                if self.on:
                    self.seconds[name] += thread_time() - began

        return timed


def window_run(experiment, seconds, spent):
    """Steps and frames per second, lags, and milliseconds a frame of each part and of the window in all."""
    frames = []
    with TemporaryDirectory() as folder:
        window = MainWindow(Preferences.unkept(), recovery_folder=Path(folder))
        window.workspace.filing.show(SavedExperiment(endless(experiment)))
        window.resize(1440, 900)
        window.show()
        window.run_bar.speed.set_speed(None)
        spin(0.5)
        window.commands.run_or_pause()
        spin(WARM_UP)
        gc.freeze()  # as `widgets.app.run` does
        window.workspace.link.painted.connect(lambda _snapshot: frames.append(perf_counter()))
        spent.seconds.clear()
        spent.on = True
        first, began, lag = window.workspace.link.latest.step, perf_counter(), Lag()
        busy = thread_time()
        spin(seconds)
        late, elapsed, busy = lag.stop(), perf_counter() - began, thread_time() - busy
        spent.on = False
        steps = window.workspace.link.latest.step - first
        window.give_up()
    parts = {name: 1000 * taken / len(frames) for name, taken in spent.seconds.items()}
    parts["Qt and the rest"] = 1000 * busy / len(frames) - sum(parts.values()) + parts["snapshot"]
    return steps / elapsed, len(frames) / elapsed, late, parts


def tell(name, experiment, seconds, spent):
    """Print the figures of one network."""
    before = headless_rate(experiment, seconds / 4)
    steps, frames, late, parts = window_run(experiment, seconds, spent)
    headless = statistics.mean([before, headless_rate(experiment, seconds / 4)])
    p50, p99 = (np.percentile(late, share) for share in (50, 99))
    print(f"{name}: {frames:.1f} frames/s, {steps:,.0f} steps/s, {steps / headless:.0%} of {headless:,.0f}")
    print(f"  lag in ms    p50 {p50:.1f}   p99 {p99:.1f}   worst {max(late):.1f}")
    order = [*dict.fromkeys(name for name, *_ in PARTS), "Qt and the rest"]
    told = "   ".join(f"{name} {parts.get(name, 0):.2f}" for name in order)
    print(f"  ms a frame   {told}", flush=True)


def main():
    """Print the figures of all networks, or of those that are named."""
    numbers = [float(word) for word in sys.argv[1:] if word.replace(".", "").isdigit()]
    names = [word for word in sys.argv[1:] if word in NETWORKS] or list(NETWORKS)
    application = QApplication.instance() or QApplication([])
    theme.apply(application, "dark")
    spent = Spent()
    for name in names:
        tell(name, NETWORKS[name](), numbers[0] if numbers else 10.0, spent)


if __name__ == "__main__":
    main()
