"""What matters, asked again and again as trials end, off the window's thread."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from playground.search.importance import importance
from widgets.background import Background
from widgets.pages.search.gathering import Gathered

FEWEST = 8
MORE = 1.15
"""So many times more trials there are before it is asked anew."""


class Thinking(QObject):
    """Asks how much each setting matters, where there are enough more trials to tell by.

    Signals:
        thought: what matters, by path, and what settings are called.
    """

    thought = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._asks = False
        self._number = self._asked_of = 0

    def see(self, gathered: Gathered, done: int) -> None:
        """So many trials of these are done."""
        if self._asks or done < max(FEWEST, self._asked_of * MORE):
            return
        self._asks, self._asked_of, number = True, done, self._number
        plan, records, titles = gathered.plan, tuple(gathered.records.values()), gathered.titles

        def told(found: Mapping[str, float]) -> None:
            self._asks = False
            if number == self._number:
                self.thought.emit(found, titles)

        self._background.run(lambda: importance(plan, records), told)

    def forget(self) -> None:
        """The trials that come are those of another study."""
        self._number += 1
        self._asked_of = 0

    def end(self) -> None:
        """Ask no more."""
        self._background.close()
