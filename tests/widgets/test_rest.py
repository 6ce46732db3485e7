"""What takes long to draw is drawn now and then while training runs, and never stays behind."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets import rest
from widgets.labels import label, show_live
from widgets.pages.inside.tabs.space.plot import SpacePlot
from widgets.plots.confusion_plot import ConfusionPlot
from widgets.plots.curves import Curve
from widgets.plots.decision_map import DecisionMap
from widgets.plots.embedding_plot import EmbeddingPlot
from widgets.plots.loss_plot import LossPlot
from widgets.plots.over_time.plot import OverTimePlot
from widgets.plots.sample_view import SampleView
from widgets.plots.spread.judged import JudgedPlot
from widgets.plots.spread.plot import SpreadPlot
from widgets.rest import Rest
from widgets.theme import current

HOURS = 10_000_000


@pytest.fixture
def usual_size():
    return (400, 240)


class Events(QObject):
    """Counts the events of a kind that widgets are sent."""

    def __init__(self, kind, *widgets):
        super().__init__()
        self.kind, self.count = kind, 0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, widget, event):
        self.count += event.type() == self.kind
        return False


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def pace(qapp, drawn):
    parent = QObject()
    made = Rest(lambda: drawn.append(len(drawn)), HOURS, parent)
    yield made
    del parent


def test_the_first_is_drawn_at_once_and_the_next_wait(pace, drawn):
    for _ in range(5):
        pace.ask()
    assert len(drawn) == 1


def test_what_may_not_be_late_is_drawn_though_it_rests(pace, drawn):
    pace.ask()
    pace.ask(at_once=True)
    assert len(drawn) == 2


def test_what_nobody_asks_for_again_is_drawn_after_the_rest(qapp, qtbot, drawn, monkeypatch):
    monkeypatch.setattr(rest, "LATE", 1)
    parent = QObject()
    short = Rest(lambda: drawn.append(len(drawn)), 1, parent)
    short.ask()
    short.ask()
    qtbot.waitUntil(lambda: len(drawn) == 2)


def epochs(count, state=State.RUNNING):
    """Snapshots of one run, an epoch from one to the next."""
    trainer = Trainer(Experiment())
    observer = Observer(trainer)
    for _ in range(count):
        trainer.run_epoch()
        yield observer.snapshot(Progress(1, state, 1000, 0.0, None))


def test_curves_rest_while_training_runs_and_end_at_the_last_epoch(show, monkeypatch):
    plot = show(LossPlot())
    monkeypatch.setattr(plot, "_draw", lambda draw=plot._draw: (lengths.append(len(plot.stops.x)), draw()))
    lengths = []
    for timer in (plot._rest._pause, plot._rest._late):
        timer.setInterval(HOURS)
    shown = list(epochs(6))

    for snapshot in shown:
        plot.show_snapshot(snapshot)
    assert lengths == [2]  # the first epoch, and the start before it

    plot.show_snapshot(replace(shown[-1], state=State.PAUSED))
    assert lengths == [2, 7]


# --- grounds: what lies behind a plot is not painted ---


@pytest.mark.parametrize(
    "make",
    [
        SpreadPlot,
        JudgedPlot,
        SpacePlot,
        ConfusionPlot,
        OverTimePlot,
        EmbeddingPlot,
        lambda: DecisionMap("Output"),
        lambda: SampleView("Sample"),
    ],
)
def test_a_plot_paints_all_of_its_ground_and_nothing_behind_it_is_painted(make, show):
    panel, plot = QFrame(), make()
    panel.setProperty("role", "panel")
    QVBoxLayout(panel).addWidget(plot)
    show(panel)

    behind = Events(QEvent.Type.Paint, panel)
    plot.repaint()
    assert behind.count == 0

    image = QImage(plot.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    plot.render(image, renderFlags=QWidget.RenderFlag(0), sourceRegion=QRegion())
    corners = [image.pixelColor(x, y).name() for x in (0, image.width() - 1) for y in (0, image.height() - 1)]
    assert corners == [current().panel] * 4


def test_the_ground_of_curves_is_that_of_the_panel(show):
    panel, plot = QFrame(), LossPlot()
    panel.setProperty("role", "panel")
    QVBoxLayout(panel).addWidget(plot)
    show(panel)
    behind = Events(QEvent.Type.Paint, panel, plot)

    plot.canvas.viewport().repaint()

    assert behind.count == 0
    assert plot.canvas.grab().toImage().pixelColor(1, 1).name() == current().panel


# --- labels ---


def test_a_number_that_changes_lays_nothing_out_anew(show, qapp):
    panel = QFrame()
    number = label("000.0")
    QVBoxLayout(panel).addWidget(number, 0, Qt.AlignmentFlag.AlignLeft)
    show(panel)
    show_live(number, "888.8")
    qapp.processEvents()
    laid_out = Events(QEvent.Type.LayoutRequest, panel)

    for text in ("1.5", "22.7", "111.1"):
        show_live(number, text)
        qapp.processEvents()
    assert laid_out.count == 0

    show_live(number, "a much longer number")
    assert number.width() >= number.fontMetrics().horizontalAdvance(number.text())


def test_a_plot_whose_axes_grow_is_painted_once_for_each_picture(show):
    plot = show(LossPlot())
    x, paints = np.arange(11.0), None
    for longer in (10, 20, 30, 40):
        plot.show_curves(x * longer, [Curve("loss", x * longer, current().accent)])
        for _ in range(3):
            QApplication.processEvents()
        paints = paints or Events(QEvent.Type.Paint, plot.canvas.viewport())  # the first lays it out
    assert paints.count == 3
