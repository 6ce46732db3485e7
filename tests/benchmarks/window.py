"""How much the window costs: trains networks at full speed with every default view live.

Run by hand: `python tests/benchmarks/window.py [network ...] [--seconds 10] [--machine compiled] [--plots]`.
Prints for each network frames per second, steps per second in the window and headless (the same trainer by
the same machine in the same process, before and after), the lag of the event loop (how much later than asked
a timer of 5 ms fires), and where a frame goes: the time of the processor, in milliseconds a frame, of each
part of the window and of what makes snapshots.  `busy` is how long the window's thread works from one tick of
that timer to the next by its own clock, which others that use the computer do not change.

`--plots` opens as many plots as there is room for, `--page histograms` another page, and `--long 8` lists
what of the window was at work whenever an event took longer than so many milliseconds.
"""

import argparse
import gc
import os
import statistics
import sys
import threading
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep, thread_time
from traceback import extract_stack

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
from playground.training.choosing import Choice
from playground.training.compiled.machine import CompiledMachine
from playground.training.observer import Observer
from playground.training.stride import Stride
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
from widgets.plots.plots_panel import MOST
from widgets.plots.sample_view import SampleView
from widgets.preferences import Preferences

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
TICK = 5
WARM_UP = 2.0
LOOK = 0.001
OF_SNAPSHOTS = ("snapshot", "maps of it", "measures of it")
PARTS = (
    ("snapshot", Observer, "snapshot"),
    ("maps of it", Observer, "_see_maps"),
    ("measures of it", Observer, "see_measures"),
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


def headless_rate(experiment, seconds, machine):
    """Steps per second of the trainer alone, as a run does them where nobody watches."""
    trainer = Trainer(endless(experiment), choice=Choice(machine))
    stride = Stride(lambda: None)
    with np.errstate(all="ignore"):
        began = perf_counter()
        while perf_counter() - began < seconds:
            stride.run_slice(trainer, trainer.experiment.training.epochs)
        return trainer.step / (perf_counter() - began)


def spin(seconds):
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


class Lag:
    """Notes how late a fast timer fires, and how long its thread worked meanwhile, in milliseconds."""

    def __init__(self):
        self.late, self.busy = [], []
        self._last, self._worked = perf_counter(), thread_time()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TICK)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self):
        now = perf_counter()
        self.late.append(max(0.0, (now - self._last) * 1000 - TICK))
        worked = thread_time()
        self.busy.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    @property
    def now(self):
        """How late it is already, in milliseconds."""
        return (perf_counter() - self._last) * 1000 - TICK

    def stop(self):
        self._timer.stop()


class Long:
    """Notes what the window's thread is at whenever a tick is late by more than so many milliseconds."""

    def __init__(self, lag, most):
        self.found, self.on = Counter(), True
        self._lag, self._most, self._window = lag, most, threading.get_ident()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self):
        seen = None
        while self.on:
            sleep(LOOK)
            if self._lag.now > self._most and self._lag._last != seen:
                seen = self._lag._last
                frames = extract_stack(sys._current_frames()[self._window])
                own = [
                    frame
                    for frame in frames
                    if "widgets" in frame.filename or "playground/" in frame.filename
                ]
                self.found[
                    " < ".join(
                        f"{Path(each.filename).stem}.{each.name}:{each.lineno}" for each in own[:-5:-1]
                    )
                ] += 1


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


def open_window(experiment, options, folder):
    """A window that shows it, and has begun with its machine."""
    window = MainWindow(Preferences.unkept(), recovery_folder=Path(folder))
    window.preferences.machine = options.machine
    window.workspace.machines.begin()
    window.workspace.filing.show(SavedExperiment(endless(experiment)))
    window.resize(1440, 900)
    window.show()
    window.run_bar.speed.set_speed(None)
    spin(0.5)
    if options.plots:
        shown = [name for name, tab in window.design.plots.tabs.items() if tab.offered]
        window.design.plots.restore(shown[:MOST])
    if options.page:
        window.workspace.handed.emit("inside", options.page)
    while options.machine != "numpy" and window.workspace.link.latest.machine != CompiledMachine.title:
        spin(0.1)
    return window


def window_run(experiment, options, spent):
    """Steps and frames per second, lags, and milliseconds a frame of each part and of the window in all."""
    frames = []
    with TemporaryDirectory() as folder:
        window = open_window(experiment, options, folder)
        window.commands.run_or_pause()
        spin(WARM_UP)
        gc.freeze()  # as `widgets.app.run` does
        window.workspace.link.painted.connect(lambda _snapshot: frames.append(perf_counter()))
        spent.seconds.clear()
        spent.on = True
        first, began, lag = window.workspace.link.latest.step, perf_counter(), Lag()
        long = Long(lag, options.long) if options.long else None
        busy = thread_time()
        spin(options.seconds)
        lag.stop()
        elapsed, busy = perf_counter() - began, thread_time() - busy
        spent.on = False
        if long is not None:
            long.on = False
            for what, times in long.found.most_common(12):
                print(f"  {times:4} x {what}")
        steps = window.workspace.link.latest.step - first
        window.give_up()
    parts = {name: 1000 * taken / len(frames) for name, taken in spent.seconds.items()}
    of_window = sum(taken for name, taken in parts.items() if name not in OF_SNAPSHOTS)
    parts["Qt and the rest"] = 1000 * busy / len(frames) - of_window
    return steps / elapsed, len(frames) / elapsed, lag, parts


def tell(name, options, spent):
    """Print the figures of one network."""
    experiment = NETWORKS[name]()
    before = headless_rate(experiment, options.seconds / 4, options.machine)
    steps, frames, lag, parts = window_run(experiment, options, spent)
    headless = statistics.mean([before, headless_rate(experiment, options.seconds / 4, options.machine)])
    print(f"{name}: {frames:.1f} frames/s, {steps:,.0f} steps/s, {steps / headless:.0%} of {headless:,.0f}")
    for what, taken in (("lag", lag.late), ("busy", lag.busy)):
        p50, p99 = (np.percentile(taken, share) for share in (50, 99))
        print(f"  {what:4} in ms   p50 {p50:.1f}   p99 {p99:.1f}   worst {max(taken):.1f}")
    order = [*dict.fromkeys(name for name, *_ in PARTS), "Qt and the rest"]
    told = "   ".join(f"{name} {parts.get(name, 0):.2f}" for name in order)
    print(f"  ms a frame   {told}", flush=True)


def main():
    """Print the figures of all networks, or of those that are named."""
    parser = argparse.ArgumentParser(description="How much the window costs.")
    parser.add_argument("networks", nargs="*", help=f"some of {', '.join(NETWORKS)}; all by default")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--machine", choices=("numpy", "compiled"), default="numpy")
    parser.add_argument("--plots", action="store_true", help="as many plots as there is room for")
    parser.add_argument("--page", default="", help="a look inside, such as histograms")
    parser.add_argument("--long", type=float, default=0.0, help="list what takes longer, in milliseconds")
    options = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    theme.apply(application, "dark")
    spent = Spent()
    for name in options.networks or list(NETWORKS):
        tell(name, options, spent)


if __name__ == "__main__":
    main()
