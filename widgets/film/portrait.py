"""The pictures of a report: network and output at one moment, in light and in dark colours."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from playground.report.page import ReportPicture
from playground.training.snapshot import Snapshot
from widgets.film.stage import HEAD, FilmLook, FilmStage
from widgets.pictures import image_of_bytes
from widgets.png import to_png
from widgets.theme import DARK, LIGHT

SIZE = (1600, 720)
"""Pixels, more than a page shows, so that it is sharp in print."""


class Portrait:
    """Draws the pictures, a short piece at a time on the window's thread."""

    def __init__(self, moment: Snapshot) -> None:
        self._moment = moment
        self.pictures: tuple[ReportPicture, ...] = ()
        """Those that are drawn."""

    def pieces(self) -> Iterator[None]:
        """Draw them."""
        drawn = []
        for colours in (LIGHT, DARK):
            stage = FilmStage(self._moment.experiment, FilmLook(("network", "map"), SIZE, colours))
            try:
                yield from stage.pieces(self._moment)
                drawn.append(to_png(image_of_bytes(stage.frame()[round(HEAD * stage.look.scale) :])))
            finally:
                stage.close()
                stage.deleteLater()
            yield
        title = QCoreApplication.translate("Report", "Network and output")
        self.pictures = (ReportPicture(title, *drawn),)
