"""A card with a picture on it and words beside or below, pressed as one: for examples and laboratories."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy

from widgets import theme


class PictureCard(QPushButton):
    """A subclass lays out its words, and says which picture it has, and where."""

    def __init__(self, title: str, words: str, least: int, most: int) -> None:
        """A card for a thing of this title, from `least` to `most` pixels wide."""
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.setProperty("role", "card")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(least)
        self.setMaximumWidth(most)
        self._picture = QPixmap()
        theme.themes.changed.connect(self.take_picture)

    def picture_file(self) -> Path:
        """The picture in the colours of the theme."""
        raise NotImplementedError

    def picture_place(self) -> QRect:
        """Where it stands; what does not fit is cut off on both sides."""
        raise NotImplementedError

    def take_picture(self) -> None:
        """Show the picture in the colours of now."""
        self._picture = QPixmap(str(self.picture_file()))
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As high as picture and words."""
        return self.layout().totalHeightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and on it the picture with round corners."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing
            )
            place, corners = self.picture_place(), QPainterPath()
            corners.addRoundedRect(QRectF(place), 6, 6)
            painter.setClipPath(corners)
            keep = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            drawn = QRect(place.topLeft(), self._picture.size().scaled(place.size(), keep))
            drawn.moveCenter(place.center())
            painter.drawPixmap(drawn, self._picture)
