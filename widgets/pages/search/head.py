"""The head of the page: how far the search is, who works on it, and what can be done with it."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QPushButton, QWidget

from playground.numbers.writing import duration, whole
from playground.search.records import Counts
from widgets.elided_label import ElidedLabel
from widgets.labels import label
from widgets.pages.search.searching import Searching, SearchStage
from widgets.sentences import counted
from widgets.tips import tip

TITLE_PIXELS = 18
BAR = 320


class SearchHead(QWidget):
    """Progress with words, and buttons.

    Signals:
        best_asked: the settings of the best trial are to be used.
        narrow_asked: it is to go on around the best.
    """

    best_asked = Signal()
    narrow_asked = Signal()

    def __init__(self, searching: Searching) -> None:
        super().__init__()
        self._searching, self._host = searching, socket.gethostname()
        self.title = label(self.tr("Search"), "heading")
        font = self.title.font()
        font.setPixelSize(TITLE_PIXELS)
        font.setBold(True)
        self.title.setFont(font)
        self.told, self.workers = ElidedLabel(), ElidedLabel()
        for shown in (self.told, self.workers):
            shown.setProperty("role", "muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(BAR)
        self.bar.setAccessibleName(self.tr("Progress"))
        self._make_buttons()
        self._lay_out()
        searching.changed.connect(self.show_state)
        self.show_state()

    def _make_buttons(self) -> None:
        self._start_tip = self.tr("Train trials in processes beside the window.")
        self.start = _button(self.tr("Start"), self._start_tip)
        self.start.setProperty("role", "main")
        self.pause = _button(self.tr("Pause"), self.tr("Let the workers here wait where they are."))
        self.stop = _button(
            self.tr("Stop"), self.tr("End the workers here; what they found stays, and Start goes on.")
        )
        self.best = _button(
            self.tr("Use the best"),
            self.tr("Give the experiment the settings of the best trial; undo takes it back."),
        )
        self.narrow = _button(
            self.tr("Coarse to fine"),
            self.tr("Narrow what varies to the best tenth of the trials, and search on."),
        )
        self.start.clicked.connect(self._searching.begin)
        self.pause.clicked.connect(self._searching.pause_or_go_on)
        self.stop.clicked.connect(self._searching.stop)
        self.best.clicked.connect(self.best_asked)
        self.narrow.clicked.connect(self.narrow_asked)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.start, self.pause, self.stop, self.best, self.narrow):
            buttons.addWidget(button)
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.bar, 0, 1)
        grid.addWidget(self.told, 1, 0)
        grid.addWidget(self.workers, 1, 1)
        grid.addLayout(buttons, 0, 2, 2, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 3)

    # --- showing ----------------------------------------------------------------------------------------

    def show_state(self) -> None:
        """Show how far it is now."""
        searching, counts = self._searching, self._searching.counts
        stage = searching.stage
        rests = stage in (SearchStage.RESTS, SearchStage.OPENS)
        is_done = searching.is_done
        self.start.setVisible(rests)
        self.start.setEnabled(stage is SearchStage.RESTS and not is_done)
        more = self.tr("All trials have ended; plan more of them to go on.")
        self.start.setToolTip(tip(more if is_done else self._start_tip))
        self.start.setText(self.tr("Go on") if searching.goes_on else self.tr("Start"))
        self.pause.setVisible(not rests)
        self.pause.setEnabled(stage in (SearchStage.RUNS, SearchStage.PAUSED))
        self.pause.setText(self.tr("Go on") if stage is SearchStage.PAUSED else self.tr("Pause"))
        self.stop.setVisible(not rests)
        self.stop.setEnabled(stage in (SearchStage.RUNS, SearchStage.PAUSED))
        found = counts is not None and counts.done > 0
        self.best.setEnabled(found)
        self.narrow.setEnabled(found and stage is not SearchStage.OPENS)
        self.bar.setVisible(counts is not None)
        if counts is not None:
            self.bar.setMaximum(counts.total)
            self.bar.setValue(counts.ended)
        _say(self.told, self._state(stage, counts))
        _say(self.workers, self._at_work(stage))

    def _state(self, stage: SearchStage, counts: Counts | None) -> str:
        if counts is None:
            return self.tr("opening the study") if stage is SearchStage.OPENS else self.tr("no trials yet")
        parts = [
            self.tr("{done} of {total} trials").format(done=whole(counts.ended), total=whole(counts.total))
        ]
        if counts.cut_short:
            parts.append(self.tr("{count} cut short").format(count=whole(counts.cut_short)))
        if counts.failed:
            parts.append(self.tr("{count} failed").format(count=whole(counts.failed)))
        if stage is SearchStage.PAUSED:
            parts.append(self.tr("paused"))
        elif stage is SearchStage.STOPS:
            parts.append(self.tr("stopping"))
        elif (left := self._searching.pace.seconds_left(counts)) is not None:
            parts.append(self.tr("{time} left").format(time=duration(left)))
        return " · ".join(parts)

    def _at_work(self, stage: SearchStage) -> str:
        sight = self._searching.sight
        workers: Mapping[str, int] = {} if sight is None else sight.workers
        here = workers.get(self._host, 0)
        others = {host: count for host, count in workers.items() if host != self._host}
        if not here and not others:
            return self.tr("starting workers") if stage is SearchStage.RUNS else ""
        words = counted("{count} worker here", "{count} workers here", here)
        if others:
            words = self.tr("{here}, {count} on {machines}").format(
                here=words, count=sum(others.values()), machines=", ".join(sorted(others))
            )
        if rate := self._searching.pace.rate(self._searching.counts):
            words = counted(
                "{workers} · {count} trial a minute",
                "{workers} · {count} trials a minute",
                round(60 * rate),
                workers=words,
            )
        return words


def _button(text: str, help_: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip(help_))
    return button


def _say(shown: ElidedLabel, text: str) -> None:
    if shown.text() != text:
        shown.setText(text)
        shown.setToolTip(text)
