"""Ask it about pictures: a chosen sample, one that is drawn, or one from a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playground.data import OwnPictures
from playground.data.pictures.looks import Looks
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.sizing import Sizing
from playground.data.sample import Floats
from playground.text import Text
from playground.training.moment import Answers, Moment
from widgets.labels import label, link_button, show_or_hide, show_text
from widgets.pages.data.answer_bars import NamedBars, answer_rows
from widgets.pages.data.asked_attribution import AskedAttribution
from widgets.pages.data.new_pictures import NewPictures
from widgets.pages.data.sample_told import told_of
from widgets.pages.data.samples import SampleRows
from widgets.panels.scroll import ScrollingColumn
from widgets.plots.pictures.draw_panel import DrawPanel, SeenPicture
from widgets.sentences import sentence
from widgets.tips import tip

SIDE = 120
MOST_BARS = 5
"""The likeliest classes; below them there is room for the pad."""

SUFFIXES = "*.png *.jpg *.jpeg *.gif *.bmp *.webp *.tif *.tiff *.ppm *.pgm"


class AskPicturePanel(QFrame):
    """The picture that is asked about, what is told of it, bars, and a pad.

    Signals:
        message: a sentence for the status bar.
        problem: why a file cannot be asked about.
    """

    message = Signal(str)
    problem = Signal(str)

    def __init__(self, samples: SampleRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._samples = samples
        self._subject: Floats | None = None
        self._row: int | None = None
        self.seen = SeenPicture(SIDE)
        self.told = label(self.tr("Click a picture, draw one or open one."), "muted", wraps=True)
        self.bars = NamedBars(self.tr("The network says"))
        self.why_not = label(self.tr("The network cannot answer as it is."), "muted", wraps=True)
        self.drawing = DrawPanel()
        self.open = link_button(
            self.tr("open a picture…"),
            tip(self.tr("Ask about a picture from a file; it is brought to the size of these.")),
        )
        self.folder = link_button(
            self.tr("a folder…"),
            tip(self.tr("Predict all pictures of a folder, and write a table of what they are taken for.")),
        )
        self.new_pictures = NewPictures(samples, self)
        self.attribution = AskedAttribution(samples, self.seen, self)
        self._lay_out()
        self.open.clicked.connect(self._ask_for_file)
        self.folder.clicked.connect(self.new_pictures.of_folder)
        self.new_pictures.message.connect(self.message)
        self.new_pictures.problem.connect(self.problem)
        self.drawing.drawn.connect(self._take_drawing)
        samples.sheet_changed.connect(self._see_sheet)
        samples.answered.connect(self._ask)
        self._see_sheet()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Ask it"), "heading"))
        head.addStretch(1)
        head.addWidget(self.open)
        head.addWidget(self.folder)
        scroll = ScrollingColumn()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.seen)
        top.addWidget(self.told, 1)
        column = scroll.column
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(top)
        for widget in (self.attribution.bar, self.bars, self.why_not, self.drawing):
            column.addWidget(widget)
        column.addStretch(1)

    # --- what is asked about ----------------------------------------------------------------------------

    @property
    def _looks(self) -> Looks | None:
        sheet = self._samples.sheet
        return sheet.looks if sheet is not None and sheet.dataset.shape.is_picture else None

    def _see_sheet(self) -> None:
        """Ask about other pictures: what was asked about before may have another size."""
        looks = self._looks
        self.drawing.show_looks(looks)
        self._show(None if self._subject is None or looks is None else self.drawing.sample(), None)

    def take(self, row: int) -> None:
        """Ask about a sample of the sheet."""
        sheet = self._samples.sheet
        if sheet is not None and self._looks is not None:
            self._show(sheet.raw(row), row)

    def _take_drawing(self, sample: Floats | None) -> None:
        if sample is not None or self._row is None:
            self._show(sample, None)

    def open_file(self, path: Path) -> None:
        """Ask about the picture in a file."""
        looks, sheet = self._looks, self._samples.sheet
        if looks is None or sheet is None:
            return
        dataset = sheet.dataset
        sizing = dataset.sizing if isinstance(dataset, OwnPictures) else None

        def done(found: Floats | Text) -> None:
            if isinstance(found, Text):
                self.problem.emit(sentence(found))
            elif self._looks is looks:
                self._show(found, None, path.name)

        self._samples.in_background(lambda: _read(path, looks, sizing), done)

    def _ask_for_file(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        kinds = f"{self.tr('Pictures')} ({SUFFIXES});;{self.tr('All files')} (*)"
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open a picture"), folder, kinds)
        if name:
            self.open_file(Path(name))

    # --- what is answered -------------------------------------------------------------------------------

    def _show(self, subject: Floats | None, row: int | None, name: str = "") -> None:
        self._subject, self._row = subject, row
        looks = self._looks
        self.seen.show_picture(subject, None if looks is None else (looks.low, looks.high))
        words = self.tr("Click a picture, draw one or open one.")
        if subject is not None and row is None:
            words = name or self.tr("Your drawing")
        show_text(self.told, words)
        self._ask()

    def _ask(self) -> None:
        sheet, moment, subject = self._samples.sheet, self._samples.moment, self._subject
        if sheet is not None and self._row is not None:
            words = told_of(sheet, self._samples.verdict, self._row).words
            show_text(self.told, "\n".join(words.split(" · ")))
        self.attribution.ask(subject)
        if subject is None or moment is None or sheet is None or moment.data is not sheet.data:
            self._show_answers(None)
            return

        def done(answers: Answers) -> None:
            if self._subject is subject:
                self._show_answers(answers)

        self._samples.in_background(lambda: _asked(moment, subject), done)

    def _show_answers(self, answers: Answers | None) -> None:
        sheet = self._samples.sheet
        names = sheet.target.categories if sheet is not None and sheet.target is not None else ()
        tells = answers is not None and answers.classes is not None and bool(names)
        rows = answer_rows(answers, names)[:MOST_BARS] if tells else []
        self.bars.show_rows(rows)
        self.bars.setVisible(bool(rows))
        can = self._samples.moment is not None
        show_or_hide(self.why_not, "" if can else self.tr("The network cannot answer as it is."))
        self.drawing.show_answer(f"{rows[0][0]} {rows[0][1]}" if rows and self._row is None else "")


def _read(path: Path, looks: Looks, sizing: Sizing | None) -> Floats | Text:
    """The sample that a file makes, or why not."""
    from playground.data.pictures.decoding import why  # Pillow comes with it
    from playground.data.pictures.foreign import sample_of_file

    try:
        return sample_of_file(path, looks, sizing)
    except PictureProblem as problem:
        return why(path.name, problem)


def _asked(moment: Moment, subject: Floats) -> Answers:
    with np.errstate(all="ignore"):
        return moment.ask(subject[np.newaxis])
