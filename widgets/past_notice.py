"""The strip that says, on every page, which earlier moment is seen, with the line of time and the ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from playground.numbers.writing import epochs
from playground.training.snapshot import Snapshot
from widgets.notice import Notice
from widgets.past import Past
from widgets.scrubber.scrubber import Scrubber


class PastNotice(Notice):
    """There while an earlier moment is looked at, or once it is asked for; to close it is to come back."""

    def __init__(self, past: Past, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Earlier moment"))
        self._past = past
        self._asked = self._looks = False
        self.scrubber = Scrubber(past)
        self._row.insertWidget(self._row.indexOf(self._close), self.scrubber, 3)
        self._row.setStretchFactor(self._text, 2)
        self._close.clicked.connect(self._end)
        past.changed.connect(self._tell)
        past.left.connect(self._end)

    def follow(self, snapshot: Snapshot) -> None:
        """Let the line grow with the training, where it is seen."""
        if self.scrubber.isVisible() and snapshot.back is None:
            self.scrubber.choose(None)

    def begin(self) -> None:
        """Offer to look back, from the keyboard too."""
        self._asked = True
        self.scrubber.choose(None)
        self._tell()
        self.scrubber.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _end(self) -> None:
        self._asked = False
        self._past.come_back()
        self._tell()

    def _tell(self) -> None:
        looks = self._past.looking is not None
        if not looks and not self._asked:
            self.clear()
        elif self.isHidden() or looks != self._looks:
            back = self.tr("Back to the present")
            ways = {self.tr("Go on from here"): self._past.go_on, back: lambda: self._past.come_back()}
            focused = self.scrubber.line.hasFocus()
            self.say(self._words(), ways if looks else {}, bad=False)
            if focused:
                self.scrubber.line.setFocus()
        else:
            self.reword(self._words())
        self._looks = looks

    def _words(self) -> str:
        if self._past.looking is None:
            return self.tr("Drag the line to look back.")
        number, epoch = self._past.looking
        run, seen = self._past.kept.run(number), self._past.seen
        end = epochs(run.epoch) if run is not None else ""
        if self._past.kept.present == number:
            words = self.tr("Looking at epoch {epoch} of {end}.")
        else:
            words = self.tr("Looking at epoch {epoch} of {end} of run {number}.")
        if seen is not None and not seen.arrived:
            words += " " + self.tr("It is on the way there.")
        return words.format(epoch=epochs(epoch), end=end, number=number)
