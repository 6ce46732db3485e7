"""The strip that says, on every page, that an earlier moment is seen, with the ways from there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from playground.numbers.writing import epochs
from widgets.notice import Notice
from widgets.past import Past


class PastNotice(Notice):
    """Stays as long as an earlier moment is looked at; to close it is to come back."""

    def __init__(self, past: Past, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Earlier moment"))
        self._past = past
        self._close.clicked.connect(lambda: past.come_back())
        past.changed.connect(self._tell)

    def _tell(self) -> None:
        past = self._past
        if past.looking is None:
            self.clear()
        elif self.isHidden():
            back = self.tr("Back to the present")
            ways = {self.tr("Go on from here"): past.go_on, back: lambda: past.come_back()}
            self.say(self._words(), ways, bad=False)
        else:
            self.reword(self._words())

    def _words(self) -> str:
        number, epoch = self._past.looking or (0, 0.0)
        run, seen = self._past.kept.run(number), self._past.seen
        end = epochs(run.epoch) if run is not None else ""
        if self._past.kept.present == number:
            words = self.tr("Looking at epoch {epoch} of {end}.")
        else:
            words = self.tr("Looking at epoch {epoch} of {end} of run {number}.")
        if seen is not None and not seen.arrived:
            words += " " + self.tr("It is on the way there.")
        return words.format(epoch=epochs(epoch), end=end, number=number)
