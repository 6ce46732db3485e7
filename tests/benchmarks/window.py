"""How much the window costs: trains the default network at full speed with every default view live.

Run by hand: `python tests/benchmarks/window.py [seconds]`.  Prints steps per second in the window and
headless (the same trainer in the same process, before and after), frames per second, and the lag of the
event loop: how much later than asked a timer of 5 ms fires.
"""

import gc
import os
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.training.trainer import Trainer
from widgets import theme
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

TICK = 5
WARM_UP = 2.0


def endless():
    """The default experiment, without an end that the benchmark could reach."""
    experiment = Experiment()
    return experiment.with_(training=experiment.training.with_(epochs=10_000_000))


def headless_rate(seconds):
    """Steps per second of the trainer alone."""
    trainer = Trainer(endless())
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


def window_run(seconds):
    """Steps per second, frames per second and lags of the window."""
    application = QApplication.instance() or QApplication([])
    theme.apply(application, "dark")
    frames = []
    with TemporaryDirectory() as folder:
        window = MainWindow(Preferences.unkept(), recovery_folder=Path(folder))
        window.workspace.filing.show(SavedExperiment(endless()))
        window.show()
        window.run_bar.speed.set_speed(None)
        spin(0.5)
        window.commands.run_or_pause()
        spin(WARM_UP)
        gc.freeze()  # as `widgets.app.run` does
        window.workspace.link.painted.connect(lambda _snapshot: frames.append(perf_counter()))
        first, began, lag = window.workspace.link.latest.step, perf_counter(), Lag()
        spin(seconds)
        late, elapsed = lag.stop(), perf_counter() - began
        steps = window.workspace.link.latest.step - first
        window.give_up()
    return steps / elapsed, len(frames) / elapsed, late


def main():
    """Print the figures."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    before = headless_rate(seconds / 4)
    steps, frames, late = window_run(seconds)
    headless = statistics.mean([before, headless_rate(seconds / 4)])
    p50, p95, p99 = (np.percentile(late, share) for share in (50, 95, 99))
    print(f"steps/s    window {steps:,.0f}   headless {headless:,.0f}   share {steps / headless:.0%}")
    print(f"frames/s   {frames:.1f}")
    print(f"lag in ms  p50 {p50:.1f}   p95 {p95:.1f}   p99 {p99:.1f}   worst {max(late):.1f}")


if __name__ == "__main__":
    main()
