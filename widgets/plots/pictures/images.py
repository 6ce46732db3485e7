"""The images of a wall, made when they are seen and kept for scrolling back."""

from __future__ import annotations

from PySide6.QtGui import QImage

from widgets.pictures import picture_image, signed_image
from widgets.plots.pictures.told import WallContent
from widgets.theme import current

MOST_KEPT = 3000


class WallImages:
    """Images by the number of their sample; the oldest are forgotten first."""

    def __init__(self) -> None:
        self._kept: dict[int, QImage] = {}

    def clear(self) -> None:
        """Make all anew."""
        self._kept.clear()

    def of(self, content: WallContent, sample: int) -> QImage:
        """The image of a sample."""
        if sample not in self._kept:
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[sample] = _made(content, sample)
        return self._kept[sample]


def _made(content: WallContent, sample: int) -> QImage:
    values = content.raw(sample)
    if content.signed:
        return signed_image(values, content.ends, current())
    return picture_image(values, content.ends)
