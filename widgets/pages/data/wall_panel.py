"""The panel of samples that are pictures: all of them as a wall, filtered and sorted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playground.numbers.writing import whole
from widgets.elided_label import ElidedLabel
from widgets.forms.control import Combo
from widgets.labels import label, link_button, show_or_hide, show_text
from widgets.pages.data.sample_told import told_of
from widgets.pages.data.samples import SampleRows
from widgets.pages.data.sheet import Meaning, Sheet, side_names
from widgets.pages.data.taking_out import TakingOut
from widgets.plots.pictures.told import WallContent, lines_for
from widgets.plots.pictures.wall import PictureWall
from widgets.tips import tip

SIDE = 64


class WallPanel(QFrame):
    """Lets a person look through pictures by class and by how wrong the network is.

    Signals:
        chosen: the sample that the keyboard or the pointer is at.
        trace_asked: a sample is to be gone through the network with.
        message: a sentence for the status bar.
    """

    chosen = Signal(int)
    trace_asked = Signal(int)
    message = Signal(str)

    def __init__(self, samples: SampleRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._samples = samples
        self.wall = PictureWall(self.tr("Samples"), SIDE)
        self.side, self.label, self.order = Combo(), Combo(), Combo()
        self.wrong = QCheckBox(self.tr("wrong only"))
        self.wrong.setToolTip(tip(self.tr("Only those that the network takes for something else.")))
        self.copy = link_button(
            self.tr("copy"), tip(self.tr("Copy all that are shown as cells, without pixels."))
        )
        self.save = link_button(
            self.tr("save with predictions as CSV…"),
            tip(self.tr("Write what is shown into a file, without pixels.")),
        )
        self.trace = link_button(
            self.tr("trace"),
            tip(self.tr("Go through the network with the chosen picture, number by number.")),
        )
        self.taking_out = TakingOut(samples, self)
        self.count = ElidedLabel()
        self.count.setProperty("role", "muted")
        self.why_none = label(role="muted", wraps=True)
        self._lay_out()
        self._connect()
        self._show_sheet()

    def _lay_out(self) -> None:
        for combo, name in (
            (self.side, self.tr("Which samples")),
            (self.label, self.tr("Class")),
            (self.order, self.tr("Order")),
        ):
            combo.setAccessibleName(name)
            combo.setToolTip(tip(name))
        self.order.addItems([self.tr("In order"), self.tr("Worst first")])
        head, foot = QHBoxLayout(), QHBoxLayout()
        for widget in (self.side, self.label, self.order, self.wrong):
            head.addWidget(widget)
        head.addStretch(1)
        foot.addWidget(self.count, 1)
        for widget in (self.trace, self.copy, self.save, self.wall.menu_button):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.why_none)
        column.addWidget(self.wall, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        samples = self._samples
        self.side.activated.connect(lambda index: self._wish(side=index - 1 if index else None))
        self.label.activated.connect(lambda index: self._wish(label=index - 1 if index else None))
        self.order.activated.connect(self._sort)
        self.wrong.toggled.connect(lambda on: self._wish(wrong=on))
        self.copy.clicked.connect(self.copy_rows)
        self.save.clicked.connect(self.taking_out.save)
        self.taking_out.message.connect(self.message)
        self.wall.chosen.connect(self.chosen)
        self.trace.clicked.connect(self._ask_trace)
        samples.sheet_changed.connect(self._show_sheet)
        samples.arranged.connect(self._hang)
        samples.answered.connect(self._hang)

    # --- showing ----------------------------------------------------------------------------------------

    @property
    def _sheet(self) -> Sheet | None:
        """The samples where they are pictures; None otherwise."""
        sheet = self._samples.sheet
        return sheet if sheet is not None and sheet.dataset.shape.is_picture else None

    def _show_sheet(self) -> None:
        show_or_hide(self.why_none, self._samples.problem)
        sheet = self._sheet
        sides = () if sheet is None else side_names()[: len(sheet.splits)]
        target = None if sheet is None else sheet.target
        only = self.tr("Only {side}")
        _offer(self.side, [self.tr("All samples"), *(only.format(side=each) for each in sides)])
        _offer(self.label, [self.tr("All classes"), *(() if target is None else target.categories)])
        for widget in (self.label, self.wrong):
            widget.setVisible(target is not None)
        if sheet is not None:
            self._keep_what_fits(sheet)
        self._hang()

    def _keep_what_fits(self, sheet: Sheet) -> None:
        """Wish for nothing that these samples do not have, and show what is wished for."""
        wish = self._samples.wish
        classes = 0 if sheet.target is None else len(sheet.target.categories)
        label = wish.label if (wish.label or 0) < classes else None
        column = self._loss(sheet) if wish.column is not None else None
        side = wish.side if (wish.side or 0) < len(sheet.splits) else None
        self._wish(label=label, side=side, column=column, wrong=wish.wrong and classes > 0, words=())
        self.side.setCurrentIndex(0 if side is None else side + 1)
        self.label.setCurrentIndex(0 if label is None else label + 1)
        self.order.setCurrentIndex(int(column is not None))

    def _hang(self) -> None:
        sheet, arrangement, verdict = self._sheet, self._samples.arrangement, self._samples.verdict
        if sheet is None or arrangement is None:
            self.wall.show_content(None)
            show_text(self.count, "")
            return
        looks, current = sheet.looks, self._chosen()
        told = lambda row: told_of(sheet, verdict, row)  # noqa: E731 (short as it is)
        lines = 1 if sheet.target is None else lines_for(sheet.target.categories)
        content = WallContent(sheet, arrangement.rows, sheet.raw, told, (looks.low, looks.high), lines)
        self.wall.show_content(content, current)
        words = self.tr("{shown} of {all} pictures")
        show_text(self.count, words.format(shown=whole(len(arrangement.rows)), all=whole(sheet.rows)))

    def _chosen(self) -> int:
        """The sample that is chosen, where it is one of these."""
        content, place = self.wall.content, self.wall.current
        return int(content.samples[place]) if content is not None and place >= 0 else -1

    def _ask_trace(self) -> None:
        sample = self._chosen()
        if sample < 0 and self.wall.content is not None and len(self.wall.content.samples):
            sample = int(self.wall.content.samples[0])
        if sample >= 0:
            self.trace_asked.emit(sample)

    # --- what is wished for -----------------------------------------------------------------------------

    def _sort(self, index: int) -> None:
        if self._sheet is not None:
            self._wish(column=self._loss(self._sheet) if index else None, descending=bool(index))

    def _loss(self, sheet: Sheet) -> int:
        return next(place for place, each in enumerate(sheet.columns) if each.meaning is Meaning.LOSS)

    def _wish(self, **changes: object) -> None:
        wish = replace(self._samples.wish, **changes)
        if wish != self._samples.wish:
            self._samples.wish_for(wish)

    def copy_rows(self) -> None:
        """Copy what is told of all that are shown."""
        if (arrangement := self._samples.arrangement) is not None:
            self.taking_out.copy(arrangement.rows)


def _offer(combo: Combo, names: list[str]) -> None:
    """Let a person choose among these, and keep what is chosen where they are the same."""
    if [combo.itemText(place) for place in range(combo.count())] != names:
        combo.clear()
        combo.addItems(names)
