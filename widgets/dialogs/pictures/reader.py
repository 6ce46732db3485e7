"""Reading pictures off the window's thread: how they are usually taken, and all of them as a dataset."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from playground.data import OwnPictures
from playground.data.pictures import reading
from playground.data.pictures.album import Album
from playground.data.pictures.opening import Source
from playground.data.pictures.sizing import Sizing
from widgets.dialogs.reader import SourceReader


class PicturesReader(SourceReader):
    """Reads one source again and again, at the sizes that are asked for."""

    def __init__(self, source: Source, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source

    def guess(self, done: Callable[[Sizing], object], failed: Callable[[str], object]) -> None:
        """Find out how the pictures are usually taken."""
        source = self.source
        self.watch(lambda report, cancelled: reading.guess(source, cancelled), done, failed)

    def read(self, sizing: Sizing, done: Callable[[Album], object], failed: Callable[[str], object]) -> None:
        """Read all of them, in place of whatever is under way."""
        source = self.source
        self.watch(lambda report, cancelled: reading.read(source, sizing, report, cancelled), done, failed)

    def build(
        self, album: Album, done: Callable[[OwnPictures], object], failed: Callable[[str], object]
    ) -> None:
        """Make a dataset of them."""
        self.run(lambda: OwnPictures.of(album), done, failed)
