"""The dialog that saves any view of the page in front, or the network as a diagram."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from playground.files import names
from widgets import saving
from widgets.figures import diagram, files
from widgets.figures.diagram import DiagramFigure
from widgets.figures.files import Drawable
from widgets.figures.preview import Preview
from widgets.figures.views import is_recolourable, recoloured
from widgets.forms.control import Combo
from widgets.tab_order import ReadingOrder
from widgets.theme import DARK, LIGHT, Theme, current

SIZE = QSize(860, 480)


class FigureDialog(ReadingOrder, QDialog):
    """Shows what will be in the file, and saves or copies it."""

    def __init__(self, views: Sequence[Drawable], first: Drawable, parent: QWidget | None = None) -> None:
        """Offer these views, the `first` of them chosen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export figure"))
        self.resize(SIZE if parent is None else SIZE.boundedTo(parent.size()))
        self._views = list(views)
        self.preview = Preview()
        self.view = self._combo([view.title for view in views])
        self.view.setCurrentIndex(self._views.index(first))
        self.colours = self._combo([self.tr("As shown"), self.tr("Light"), self.tr("Dark")])
        self.scale = self._combo(["1×", "2×", "4×"])
        self.scale.setCurrentIndex(1)
        self.scale.setToolTip(self.tr("Pixels of a PNG for one of the screen; lines and text have none."))
        self.clear = QCheckBox(self.tr("Transparent background"))
        self._lay_out()
        for combo in (self.view, self.colours):
            combo.currentIndexChanged.connect(self._show)
        self.clear.toggled.connect(self._show)
        self._show()

    def _combo(self, choices: Sequence[str]) -> Combo:
        combo = Combo()
        combo.addItems(list(choices))
        return combo

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("View"), self.view)
        form.addRow(self.tr("Colours"), self.colours)
        form.addRow(self.tr("PNG size"), self.scale)
        form.addRow("", self.clear)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.save = buttons.addButton(self.tr("Save…"), role.ActionRole)
        self.save.setDefault(True)
        self.copy = buttons.addButton(self.tr("Copy"), role.ActionRole)
        close = buttons.addButton(self.tr("Close"), role.RejectRole)
        self.save.clicked.connect(self.ask_and_save)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setImage(self.image()))
        close.clicked.connect(self.reject)
        side = QVBoxLayout()
        side.addLayout(form)
        side.addStretch(1)
        side.addWidget(buttons)
        row = QHBoxLayout(self)
        row.setSpacing(16)
        row.addWidget(self.preview, 1)
        row.addLayout(side)

    # --- what is chosen ---------------------------------------------------------------------------------

    @property
    def chosen(self) -> Drawable:
        """The view that is chosen."""
        return self._views[self.view.currentIndex()]

    @property
    def theme(self) -> Theme:
        """The colours that it is to have."""
        return (current(), LIGHT, DARK)[self.colours.currentIndex()]

    @property
    def ground(self) -> bool:
        """Whether it lies on a ground."""
        return not self.clear.isChecked()

    def image(self) -> QImage:
        """The view as an image, in the size that is chosen."""
        with recoloured(self.chosen, self.theme):
            return files.to_image(self.chosen, int(self.scale.currentText()[0]), self.ground)

    def _show(self) -> None:
        self.colours.setEnabled(is_recolourable(self.chosen))
        if not self.colours.isEnabled():
            with QSignalBlocker(self.colours):  # it is drawn below
                self.colours.setCurrentIndex(0)
        with recoloured(self.chosen, self.theme):
            self.preview.show_image(files.to_image(self.chosen, 1, self.ground))

    # --- saving -----------------------------------------------------------------------------------------

    def ask_and_save(self) -> None:
        """Ask for a file and write it; the name's ending says in which format."""
        view = self.chosen
        kinds = {f"{ending.upper()} (*.{ending})": f".{ending}" for ending in formats(view)}
        suggestion = Path(
            names.suggest(view.title.lower().replace(" ", "-"), f".{next(iter(formats(view)))}")
        )
        title = self.tr("Save {plot}").format(plot=view.title)
        if path := saving.file_to_save(self, title, suggestion, kinds):
            saving.write(self, path, self.drawn(path))

    def drawn(self, path: Path) -> Callable[[], bytes]:
        """What makes the content of a file of what is drawn now."""
        view = self.chosen
        if isinstance(view, DiagramFigure) and path.suffix.lower() != ".png":
            content = diagram.content(view.drawing, path, self.ground)
            return lambda: content
        with recoloured(view, self.theme):
            return files.drawn(view, path, self.ground, int(self.scale.currentText()[0]))


def formats(view: Drawable) -> tuple[str, ...]:
    """In which formats a view is written; numbers, where it has any."""
    if isinstance(view, DiagramFigure):
        return ("svg", "pdf", "png", "tex")
    return ("png", "svg", "pdf", "csv") if view.columns() else ("png", "svg", "pdf")
