"""The strip of samples: pictures with what the network says of each, wrong ones first, live."""

from __future__ import annotations

from collections.abc import Callable
from random import randrange

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from playground.data.spaces import OneSample
from playground.numbers.writing import whole
from playground.training.snapshot import Snapshot
from widgets.asking import Asking, GivenUpYet, Known
from widgets.elided_label import ElidedLabel
from widgets.labels import link_button
from widgets.plots.pictures.judged import Judged
from widgets.plots.pictures.wall import PictureWall
from widgets.theme import themes
from widgets.tips import tip
from widgets.training_link import TrainingLink

SIDE, ROWS = 40, 2
LOW = 640
"""A panel that is lower than this has one row of pictures."""


class SampleStrip(QWidget):
    """A wall of the side that the chosen sample is on, and links that go from wrong one to wrong one.

    As long as the pointer or the keyboard is on the wall its pictures keep their places.

    Signals:
        space_chosen: the sample that is to be shown.
        judged_changed: other answers are shown, or none.
    """

    space_chosen = Signal(object)
    judged_changed = Signal()

    def __init__(self, link: TrainingLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asking = Asking(link, self._work, self._show_judged, self)
        self._latest: Snapshot | None = None
        self._side = "test"
        self.judged: Judged | None = None
        """The answers that are shown; None before the first, and while the network cannot answer."""
        self._order: NDArray[np.int64] = np.empty(0, np.int64)
        self.wall = PictureWall(self.tr("Samples"), SIDE, ROWS)
        self.count = ElidedLabel()
        self.before = link_button(self.tr("← wrong"), tip(self.tr("Show the wrong one before.")))
        self.after = link_button(self.tr("wrong →"), tip(self.tr("Show the next wrong one.")))
        self.random = link_button(self.tr("random"), tip(self.tr("Show a sample by chance.")))
        self.before.setAccessibleName(self.tr("Previous wrong"))
        self.after.setAccessibleName(self.tr("Next wrong"))
        self._lay_out()
        self.wall.chosen.connect(self._choose)
        self.before.clicked.connect(lambda: self._go_to_wrong(-1))
        self.after.clicked.connect(lambda: self._go_to_wrong(1))
        self.random.clicked.connect(self._go_anywhere)
        themes.changed.connect(self.wall.update)
        self._show_judged(None)

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("Samples"))
        heading.setProperty("role", "heading")
        self.count.setProperty("role", "muted")
        head, links = QHBoxLayout(), QHBoxLayout()
        head.addWidget(heading)
        head.addWidget(self.count, 1)
        head.addWidget(self.wall.menu_button)
        for button in (self.before, self.after, self.random):
            links.addWidget(button)
        links.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.wall)
        column.addLayout(links)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """See which sample is chosen, and ask about all when there is something new."""
        self._latest = snapshot
        chosen = snapshot.data.chosen
        if chosen is not None and chosen.side in ("train", "test") and chosen.side != self._side:
            self._side = chosen.side
            self._asking.ask_anew()
        if not self.isVisible():
            return
        self.wall.choose(self._chosen())
        self._asking.see(snapshot)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened meanwhile."""
        super().showEvent(event)
        if self._latest is not None:
            self.show_snapshot(self._latest)

    def suit(self, height: int) -> None:
        """Leave room to others in a panel of this height."""
        self.wall.show_rows(1 if height < LOW else ROWS)

    def end(self) -> None:
        """Work no more."""
        self._asking.end()

    def _chosen(self) -> int:
        chosen = self._latest.data.chosen if self._latest is not None else None
        if chosen is None or self.judged is None or chosen.side != self.judged.side:
            return -1
        return chosen.index

    def _work(self, known: Known, given_up: GivenUpYet) -> Callable[[], Judged | None]:
        moment, side = known.moment, self._side
        if moment is None or not moment.data.dataset.shape.is_picture:
            return lambda: None
        before = self.judged
        return lambda: Judged.of(moment, side, before, given_up)

    def _show_judged(self, judged: Judged | None) -> None:
        before, self.judged = self.judged, judged
        if judged is None:
            self.wall.show_content(None)
        else:
            same = before is not None and before.split is judged.split
            if not (same and (self.wall.underMouse() or self.wall.hasFocus())):
                self._order = judged.order
            self.wall.show_content(judged.content(self._order), self._chosen())
        wrong = 0 if judged is None else judged.count_wrong
        self.before.setEnabled(wrong > 0)
        self.after.setEnabled(wrong > 0)
        self.random.setEnabled(judged is not None)
        self._show_count(judged)
        self.judged_changed.emit()

    def _show_count(self, judged: Judged | None) -> None:
        if judged is None:
            words = self.tr("The network cannot answer as it is.")
        else:
            side = self.tr("test") if judged.side == "test" else self.tr("training")
            words = self.tr("{side} · {wrong} of {count} wrong")
            if judged.answers.classes is None:
                words = self.tr("{side} · {count}, worst first")
            words = words.format(side=side, wrong=whole(judged.count_wrong), count=whole(len(judged.order)))
        self.count.setText(words)
        self.count.setToolTip(tip(words, self.tr("Wrong ones first: the answer, and the truth behind it.")))

    # --- choosing ---------------------------------------------------------------------------------------

    def leaveEvent(self, event: QEvent) -> None:
        """Put the pictures back in order."""
        super().leaveEvent(event)
        if self.judged is not None and not self.wall.hasFocus():
            self._show_judged(self.judged)

    def _choose(self, sample: int) -> None:
        if self.judged is not None:
            self.space_chosen.emit(OneSample(side=self.judged.side, index=sample))

    def _go_to_wrong(self, step: int) -> None:
        """Go to the wrong one that hangs before or behind the chosen one, around the end."""
        assert self.judged is not None
        places = np.flatnonzero(self.judged.wrong[self._order])
        here = self.wall.current
        if step > 0:
            beyond = places[places > here]
            place = beyond[0] if len(beyond) else places[0]
        else:
            beyond = places[places < here]
            place = beyond[-1] if len(beyond) else places[-1]
        self._go_to(int(place))

    def _go_anywhere(self) -> None:
        self._go_to(randrange(len(self._order)))

    def _go_to(self, place: int) -> None:
        self.wall.reveal(place)
        self._choose(int(self._order[place]))
