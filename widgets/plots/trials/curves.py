"""The curves of all trials over one another: the best brought out, those cut short in grey."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from widgets.figures.columns import Columns
from widgets.plots.trials.axis import TrialAxis, TrialGrid
from widgets.plots.trials.drawing import cover, faint
from widgets.plots.trials.growing import GrowingPicture
from widgets.plots.trials.trial_columns import Floats, Rows, Standing, TrialColumns
from widgets.plots.trials.trial_figure import REACH, TrialFigure
from widgets.quick import draw_lines, joined
from widgets.theme import current

FAINT, PALE, LIVE = 84, 60, 170
"""How much of 255 a curve covers that is done, that was cut short, and that is under way."""
BOLD = 2.2
DECADES = 6
HIGH = 0.98
"""The axis holds this share of what curves begin with: a few that go wild do not press the others down."""


class AllTrialsPlot(TrialFigure):
    """A thin line a trial; those that ended are drawn once, and kept."""

    def __init__(self) -> None:
        super().__init__(_tr("All trials"))
        self._ended = GrowingPicture(self)
        self._log = True
        self._grid: tuple[tuple[object, ...], TrialGrid] | None = None
        action = self.menu.addAction(_tr("Log axis"))
        action.setCheckable(True)
        action.setChecked(True)
        action.toggled.connect(self.set_logarithmic)

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Let the values grow by factors, or by steps."""
        self._log = logarithmic
        self.update()

    def show_trials(self, trials: TrialColumns) -> None:
        """Show these; curves that were drawn are not drawn again."""
        if trials.origin is not self.trials.origin:
            self._ended.forget()
        super().show_trials(trials)

    def rows(self) -> Rows:
        """All that were measured, those that ended first."""
        trials = self.trials
        return np.concatenate([trials.ended, trials.running])

    def grid(self) -> TrialGrid:
        """Epochs across, and what was measured there upwards."""
        key = (self.trials, self.size(), self._log)
        if self._grid is None or self._grid[0] != key:
            self._grid = (key, self._made_grid())
        return self._grid[1]

    def _made_grid(self) -> TrialGrid:
        trials = self.trials
        last = float(trials.epochs[-1]) if len(trials.epochs) else 1.0
        logarithmic = self._log and not (trials.goals and trials.goals[0].is_share)
        lowest, highest = (ends[np.isfinite(ends)] for ends in trials.spans)
        values = np.array([0.01, 1.0])
        if len(lowest):
            high = float(np.quantile(highest, HIGH))
            least = lowest[lowest > 0] if logarithmic else lowest
            low = float(least.min()) if len(least) else high / 10
            values = np.array([max(low, high * 10.0**-DECADES) if logarithmic else low, high])
        x = TrialAxis(_tr("epoch"), 0.0, max(last, 1.0))
        return TrialGrid.within(QSizeF(self.size()), x, TrialAxis.over("", values, logarithmic))

    def nearest(self, place: QPointF) -> int | None:
        """The curve that is nearest above or below the pointer."""
        grid, trials = self.grid(), self.trials
        if not grid.area.contains(place) or not len(trials.epochs):
            return None
        across = np.clip(grid.x.value((place.x() - grid.area.left()) / grid.area.width()), 0, None)
        column = int(np.argmin(np.abs(trials.epochs - across)))
        places = grid.places(trials.epochs[column : column + 1], trials.curves[:, column])
        far = np.abs(places[:, 1] - place.y())
        far = np.where(np.isfinite(far), far, np.inf)
        row = int(np.argmin(far))
        return row if far[row] <= REACH else None

    def spot(self, row: int) -> QPointF | None:
        """Where its curve ends."""
        places = self._places(self.grid(), np.array([row]))[0]
        there = places[np.isfinite(places).all(axis=1)]
        return QPointF(*there[-1].tolist()) if len(there) else None

    def columns(self) -> Columns:
        """Trial, epoch and value of all that was measured."""
        trials, rows = self.trials, self.rows()
        values = trials.curves[rows]
        there = np.isfinite(values)
        row, column = np.nonzero(there)
        name = trials.goals[0].title if trials.goals else _tr("value")
        return {
            _tr("trial"): trials.numbers[rows][row],
            _tr("epoch"): trials.epochs[column],
            name: values[there].astype(np.float64),
        }

    # --- drawing ----------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        """Draw axes, curves that ended from their picture, and those that move over them."""
        grid, trials = self.grid(), self.trials
        grid.paint(painter)
        of = (trials.origin, grid.x, grid.y, cover(FAINT, len(trials)))

        def draw(inner: QPainter, start: int, end: int) -> None:
            inner.setClipRect(grid.area)
            self._draw(inner, grid, trials.ended[start:end])

        self._ended.paint(painter, self.size(), of, len(trials.ended), draw)
        self._paint_moving(painter, grid)

    def paint_whole(self, painter: QPainter) -> None:
        """Draw all curves at once."""
        grid = self.grid()
        grid.paint(painter)
        painter.save()
        painter.setClipRect(grid.area)
        self._draw(painter, grid, self.trials.ended)
        painter.restore()
        self._paint_moving(painter, grid, pointed=False)

    def _paint_moving(self, painter: QPainter, grid: TrialGrid, pointed: bool = True) -> None:
        trials, shown = self.trials, current()
        painter.save()
        painter.setClipRect(grid.area)
        painter.setPen(QPen(faint(shown.accent, LIVE), 1))
        draw_lines(painter, joined(self._places(grid, trials.running)))
        if trials.best is not None:
            self._bring_out(painter, grid, trials.best, shown.accent, BOLD)
        if pointed and self.pointed is not None:
            self._bring_out(painter, grid, self.pointed, shown.text, 1.6)
        painter.restore()
        if trials.best is not None:
            self._name_best(painter, grid, trials.best)

    def _bring_out(self, painter: QPainter, grid: TrialGrid, row: int, colour: str, width: float) -> None:
        painter.setPen(QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        draw_lines(painter, joined(self._places(grid, np.array([row]))))

    def _name_best(self, painter: QPainter, grid: TrialGrid, row: int) -> None:
        places = self._places(grid, np.array([row]))[0]
        there = places[np.isfinite(places).all(axis=1)]
        if not len(there):
            return
        words = _tr("best: trial {number}").format(number=int(self.trials.numbers[row]))
        painter.setPen(QColor(current().accent))
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(words) + 4
        x = min(float(there[-1][0]), grid.area.right()) - width
        y = float(there[-1][1]) + 4
        if y + 16 > grid.area.bottom():
            y -= 24
        painter.drawText(QRectF(max(x, grid.area.left()), y, width, 16), Qt.AlignmentFlag.AlignRight, words)
        font.setBold(False)
        painter.setFont(font)

    def _draw(self, painter: QPainter, grid: TrialGrid, rows: Rows) -> None:
        """Draw curves that ended: what was cut short below the others of the same piece."""
        trials, shown = self.trials, current()
        states = trials.states[rows]
        for state, pen in (
            (Standing.PRUNED, faint(shown.muted, cover(PALE, len(trials)))),
            (Standing.DONE, faint(shown.accent, cover(FAINT, len(trials)))),
        ):
            painter.setPen(QPen(pen, 1))
            draw_lines(painter, joined(self._places(grid, rows[states == state])))

    def _places(self, grid: TrialGrid, rows: Rows) -> Floats:
        """Pixels (rows, points, 2) of curves."""
        trials = self.trials
        if not len(trials.epochs):
            return np.empty((len(rows), 0, 2))
        return grid.places(trials.epochs[np.newaxis, :], trials.curves[rows])


def _tr(text: str) -> str:
    return QCoreApplication.translate("AllTrialsPlot", text)
