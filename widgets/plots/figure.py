"""What every plot can do besides showing: copy itself, and save itself as PNG, SVG, PDF or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QFont, QGuiApplication, QPainter
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from playground.experiment import Experiment
from playground.files import names
from playground.numbers.writing import figures
from widgets import spoken
from widgets.figures.columns import Columns
from widgets.figures.ground import lay
from widgets.icons import icon
from widgets.key_focus import KeyFocus
from widgets.theme import Theme, current, themes

SMALL_PIXELS = 11
MOST_TOLD = 4
"""Columns of which a screen reader says the ends."""


def label_style(theme: Theme) -> str:
    """The style sheet of a small label that lies over a plot."""
    return (
        f"background: {theme.control}; color: {theme.text}; border: 1px solid {theme.border};"
        "border-radius: 6px; padding: 4px 7px;"
    )


class Figure(KeyFocus):
    """A plot with a menu; a subclass paints itself in `paint_figure` and tells its numbers in `columns`."""

    breadth: ClassVar[int] = 1
    """How much of the room it is given beside others."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spoken.install()
        self.title = title
        self.setAccessibleName(title)
        self.menu = QMenu(self)
        self.menu.setAccessibleName(title)
        self._copy = self.menu.addAction(self.tr("Copy"), self.copy)
        self._save = self.menu.addAction(self.tr("Save as…"), self.ask_and_save)
        self.clear = self.menu.addAction(self.tr("Transparent background"))
        """Whether it is copied and saved without the ground of the theme."""
        self.clear.setCheckable(True)
        self.menu_button = QToolButton(self)
        """A "⋯" button that opens the menu, to be put where there is room."""
        self.menu_button.setAutoRaise(True)
        self.menu_button.setMenu(self.menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setToolTip(self.tr("Copy or save this plot."))
        self.menu_button.setAccessibleName(self.tr("Menu of {plot}").format(plot=title))
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        themes.changed.connect(self.show_theme)
        self._show_icons(current())

    @classmethod
    def suits(cls, experiment: Experiment) -> bool:
        """Whether such an experiment has what is drawn here."""
        return True

    def paint_figure(self, painter: QPainter) -> None:
        """Draw the plot and its background, from (0, 0) to its size."""
        raise NotImplementedError

    def lie_on_panel(self) -> None:
        """Say that all of it is painted on the ground of a panel, so that nothing behind it needs to be."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paint_ground(self, painter: QPainter) -> None:
        """Paint the ground of the panel that it lies on."""
        lay(painter, self.rect(), current().panel)

    def columns(self) -> Columns:
        """The numbers that are shown, columns of one length by name."""
        raise NotImplementedError

    def spoken(self) -> str:
        """Between which numbers its first columns lie; a subclass says it better."""
        told = []
        for name, values in self.columns().items():
            if np.issubdtype(values.dtype, np.number) and np.isfinite(values).any():
                low, high = (figures(float(end), 3) for end in (np.nanmin(values), np.nanmax(values)))
                told.append(self.tr("{name} {low} to {high}").format(name=name, low=low, high=high))
        return ", ".join(told[:MOST_TOLD])

    def figure_size(self) -> QSize:
        """How large it is drawn in a file."""
        return self.size()

    def show_theme(self, theme: Theme) -> None:
        """Take on the colours of another theme."""
        self._show_icons(theme)
        self.update()

    def put_menu_in_corner(self, margin: int = 0) -> None:
        """Bring the menu to the upper right corner, for a figure that has no room beside it."""
        self.menu_button.move(self.width() - self.menu_button.sizeHint().width() - margin, margin)

    def small_font(self) -> QFont:
        """The font of captions and axes."""
        font = QFont(self.font())
        font.setPixelSize(SMALL_PIXELS)
        return font

    def copy(self) -> None:
        """Put the picture on the clipboard."""
        from widgets.figures import files as export

        QGuiApplication.clipboard().setImage(export.to_image(self, ground=not self.clear.isChecked()))

    def ask_and_save(self) -> None:
        """Ask for a file and write to it; the name's ending says in which format."""
        from widgets import saving
        from widgets.figures import files as export

        kinds = {f"{suffix.upper()} (*.{suffix})": f".{suffix}" for suffix in export.FORMATS}
        suggestion = Path(names.suggest(self.title.lower().replace(" ", "-"), ".png"))
        title = self.tr("Save {plot}").format(plot=self.title)
        if path := saving.file_to_save(self, title, suggestion, kinds):
            saving.write(self, path, export.drawn(self, path, ground=not self.clear.isChecked()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu at the pointer."""
        self.menu.popup(event.globalPos())

    def _show_icons(self, theme: Theme) -> None:
        self._copy.setIcon(icon("copy", theme.text))
        self._save.setIcon(icon("save_as", theme.text))
        self.menu_button.setIcon(icon("more", theme.muted))
