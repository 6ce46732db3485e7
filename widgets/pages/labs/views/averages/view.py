"""The laboratory of moving averages: numbers with what is made of them, and the weights of the past below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtWidgets import QPushButton

from playground.labs.averages import Averages
from playground.labs.averages.averaging import ExponentialAverage, MovingAverage
from playground.labs.averages.noisy_series import Floats, GivenSeries
from playground.numbers.writing import figures, setting, whole
from widgets import theme
from widgets.gesture import new_gesture
from widgets.labels import link_button
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.entries import EntriesFrame, EntryEdits
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.views.averages.plots import NumbersPlot, WeightsPlot
from widgets.pages.labs.views.averages.taking import NumbersOfOnesOwn
from widgets.pages.labs.views.averages.using import use_beta
from widgets.pages.labs.views.averages.words import name_of, setting_of, told
from widgets.sentences import said
from widgets.tips import tip
from widgets.workspace import Workspace


class AveragesView(SteppedView[Averages]):
    """All averages are there at once; a run lets the numbers come one after another."""

    def __init__(self, document: LabDocument[Averages], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.edits = EntryEdits(document, "averages")
        self._values: Floats = np.empty(0)
        self._courses: tuple[Floats, ...] = ()
        self.numbers, self.weights = NumbersPlot(), WeightsPlot()
        self.numbers.setObjectName("picture")
        self.averages = EntriesFrame(
            self.tr("Averages"),
            self.edits,
            MovingAverage.ready(),
            setting_of,
            (self.tr("Add an average"), self.tr("Let another average follow the numbers.")),
            unfolds=True,
        )
        self.own = NumbersOfOnesOwn(self)
        self.use, self.race = QPushButton(), QPushButton(self.tr("Go on to the optimizer race"))
        self.race.setToolTip(tip(self.tr("See what momentum and Adam do with such averages.")))
        self.setFocusProxy(self.numbers)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.of_run = link_button(
            self.tr("loss of my run"), tip(self.tr("Take the training loss of the present run, by epochs."))
        )
        self.of_table = link_button(
            self.tr("open a table"), tip(self.tr("Take a column of a CSV file, or of another table."))
        )
        self.frame = LabFrame(self.tr("Numbers"), self.numbers, (self.of_run, self.of_table))
        self._past = LabFrame(self.tr("Weights of the past"), self.weights)
        self.arrange(self.frame, (self._past, self.averages))

    def _connect(self) -> None:
        self.of_run.clicked.connect(self._take_run)
        self.of_table.clicked.connect(self.own.ask)
        self.own.taken.connect(self._take)
        self.own.refused.connect(lambda words: self.workspace.notice.say(words))
        self.use.clicked.connect(self._use)
        self.race.clicked.connect(lambda: self.workspace.handed.emit("labs", "race"))
        self.numbers.read_out.connect(self._show_weights)
        theme.themes.changed.connect(self.show_steps)

    def uses(self) -> Sequence[QPushButton]:
        """β is what momentum and Adam have too."""
        return (self.use, self.race)

    def keys(self) -> dict[str, str]:
        """How places are read out without a mouse."""
        return {self.tr("Left, Right"): self.tr("Go from number to number: the weights are those of then.")}

    # --- what is shown ----------------------------------------------------------------------------------

    def show_value(self, value: Averages) -> None:
        """Show what the averages make of the numbers."""
        self.see_all()
        self.averages.show_entries(value.averages)
        self.averages.show_remark(self.tr("numbers they reach back"))
        self._show_use(value.remembered)
        self._steps.begin(_worked_out(value))

    def take(self, found: object) -> None:
        """Show what was worked out, unless the averages are others by now."""
        assert isinstance(found, tuple)
        lab, self._values, self._courses = found
        if lab is self.lab:
            self.show_steps()

    @property
    def length(self) -> int:
        """How many numbers there are."""
        return len(self._values)

    @property
    def _names(self) -> list[str]:
        return [name_of(each) for each in self.lab.averages]

    def show_steps(self, *_: object) -> None:
        """Show the numbers that have come, and what the averages make of them."""
        if len(self._courses) != len(self.lab.averages):
            return
        lab, counted = self.lab, said(self.lab.series, "counted")
        self.numbers.show_courses(counted, self._values, self._names, self._courses, self.seen)
        given = lab.series.name if isinstance(lab.series, GivenSeries) else ""
        words = self.tr("{seen} of {count}")
        remark = words.format(seen=whole(self.seen), count=whole(len(self._values)))
        self.frame.show_title(given or said(lab.series))
        self.frame.show_remark(remark)
        for row, average in zip(self.averages.rows, lab.averages, strict=True):
            row.show_told(f"≈ {figures(average.window, 3)}")
        self._show_weights()
        self.told.emit(told(lab, len(self._values)))

    def _show_weights(self) -> None:
        pointed, counted = self.numbers.pointed, said(self.lab.series, "counted")
        count = self.seen if pointed is None else min(pointed + 1, self.seen)
        before = self.tr("numbers before it")
        self.weights.show_weights(before, self._names, self.lab.averages, count, len(self._values))
        self._past.show_remark(f"{counted} {whole(count)}" if count else "")

    def end(self) -> None:
        """Read no table any more either."""
        super().end()
        self.own.close()

    # --- a person's own ---------------------------------------------------------------------------------

    def _take_run(self) -> None:
        latest = self.workspace.link.latest
        losses = np.empty(0) if latest is None else latest.history["train_loss"]
        self.own.take(self.tr("Loss of my run"), losses)

    def _take(self, series: GivenSeries) -> None:
        self.document.edit(self.lab.with_(series=series), self.tr("Take other numbers"), new_gesture())

    def _show_use(self, remembered: ExponentialAverage | None) -> None:
        self.use.setEnabled(remembered is not None)
        beta = "…" if remembered is None else setting(remembered.beta)
        self.use.setText(self.tr("Use β = {beta} in my network").format(beta=beta))
        self.use.setToolTip(tip(self.tr("Give the optimizer this β, or take momentum where it has none.")))

    def _use(self) -> None:
        """Let the optimizer of the present network remember as long."""
        if (average := self.lab.remembered) is not None:
            use_beta(self.workspace, average.beta)


def _worked_out(lab: Averages) -> Iterator[tuple[Averages, Floats, tuple[Floats, ...]]]:
    """The numbers and what the averages make of them, on another thread."""
    yield lab, lab.series.values, lab.courses()
