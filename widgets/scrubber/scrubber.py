"""The scrubber: the line of time of the run that is looked at, which follows training and takes it back."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.numbers.writing import epochs
from playground.training.kept_run import KeptRun
from playground.training.marks import Mark
from widgets import theme
from widgets.past import Past
from widgets.scrubber.line import PlacedChange, TimeLine
from widgets.sentences import sentence


class Scrubber(QWidget):
    """Shows the present run, or the one that is looked at or was chosen, in its `colour`."""

    def __init__(self, past: Past, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._past = past
        self._chosen: int | None = None
        self._shown: KeptRun | None = None
        self.colour = ""
        self.line = TimeLine()
        self.line.looked.connect(self._look)
        self.line.left.connect(lambda: past.come_back())
        self.line.accepted.connect(past.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)
        past.changed.connect(self._see)

    def choose(self, number: int | None) -> None:
        """Show the line of a run; None for the present one."""
        self._chosen = number
        self._see()

    @property
    def number(self) -> int | None:
        """The run whose line it is."""
        if self._past.looking is not None:
            return self._past.looking[0]
        kept = self._past.kept
        return self._chosen if kept.run(self._chosen) is not None else kept.present

    def _look(self, epoch: float) -> None:
        if (number := self.number) is not None:
            self._past.look(number, epoch)

    def _see(self) -> None:
        run = self._past.kept.run(self.number)
        if run is None or not run.waypoints:
            self.line.show_run(0, 0, (), (), self.colour)
            return
        moments = [waypoint.epoch for waypoint in run.waypoints]
        changes = [_change(mark) for mark in run.marks if mark.epoch >= moments[0]]
        colour = self.colour or theme.current().accent
        self.line.show_run(moments[0], run.epoch, moments, changes, colour)
        looking = self._past.looking
        self.line.show_epoch(run.epoch if looking is None else looking[1])
        told = self.tr("epoch {epoch} of {end}")
        epoch = run.epoch if looking is None else looking[1]
        self.line.setAccessibleDescription(told.format(epoch=epochs(epoch), end=epochs(run.epoch)))


def _change(mark: Mark) -> PlacedChange:
    """The first of the things that were changed, in a word, and all of them in lines."""
    first = mark.changes[0]
    word = first.what if first.was and first.now else sentence(first.words)
    return PlacedChange(mark.epoch, word, tuple(map(sentence, mark.lines)))
