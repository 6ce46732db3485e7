"""What an answer hangs on, laid over the picture: the choice between them, the colours, and the legend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from playground.analysis.attribution import Attribution, occlusion, sensitivity
from playground.analysis.ranges import symmetric_level
from playground.numbers.writing import figures, percent
from playground.training.moment import Moment
from widgets.colouring import Floats, diverging_pixels, pack, places
from widgets.labels import label
from widgets.pictures import image_of
from widgets.plots.output_meaning import class_names
from widgets.plots.toggle_tab import ToggleTab
from widgets.theme import Theme, current
from widgets.tips import tip

PICTURE, OCCLUSION, GRADIENT = "picture", "occlusion", "gradient"
DIMMED = 0.55
"""How bright the picture is below."""
BAR, LEGEND = 6.0, 40.0
"""The height of the bar of colours, and of all that stands below the picture."""


@dataclass(frozen=True, eq=False)
class HangsOn:
    """What the answer to a picture (height, width, channels) hangs on.

    Attributes:
        kind: how that was worked out.
        name: what the picture is taken for.
        likely: whether what is lost is a probability.
    """

    raw: Floats
    kind: str
    found: Attribution
    name: str
    likely: bool

    @property
    def level(self) -> float:
        """The size of a value that has the full colour."""
        return symmetric_level(self.found.values)

    @property
    def words(self) -> str:
        """What the colours mean."""
        if self.kind == GRADIENT:
            return _tr("how much a little more or less of a pixel moves {0}").format(self.name)
        return _tr("what {0} loses when {1}×{1} pixels around are hidden").format(self.name, self.found.side)

    @property
    def ends(self) -> tuple[str, str]:
        """What the outermost colours stand for."""
        if self.kind == GRADIENT:
            return "0", figures(self.level, 2)
        most = percent(self.level, 1) if self.likely else figures(self.level, 2)
        return f"−{most}", f"+{most}"


def worked_out(moment: Moment, raw: Floats, kind: str, given_up: Callable[[], bool]) -> HangsOn:
    """What the answer of a network to a picture hangs on, by occlusion or by the gradient.

    Raises:
        GivenUp: as soon as that is so.
    """
    with np.errstate(all="ignore"):
        found = sensitivity(moment, raw) if kind == GRADIENT else occlusion(moment, raw, given_up)
    names = class_names(moment.data.task)
    name = names[found.answer] if found.answer < len(names) else _tr("the value")
    return HangsOn(raw, kind, found, name, moment.likely)


def blended(shown: HangsOn, theme: Theme) -> QImage:
    """The picture, dim, with the colour of what a pixel matters over it, the stronger the more that is."""
    low, high = float(shown.raw.min()), float(shown.raw.max())
    grey = places(shown.raw, low, high if high > low else low + 1).astype(float) * DIMMED
    under = np.broadcast_to(grey if grey.shape[2] == 3 else grey[..., :1], (*grey.shape[:2], 3))
    values, level = shown.found.values, shown.level
    table = diverging_pixels(theme)[places(values, -level, level)]
    over = np.stack([table >> shift & 0xFF for shift in (16, 8, 0)], axis=-1).astype(float)
    share = np.sqrt(np.clip(np.abs(values) / level, 0, 1))[..., np.newaxis]
    return image_of(pack(np.round(under + share * (over - under))))


def paint_hangs_on(painter: QPainter, place: QRectF, shown: HangsOn) -> None:
    """The blended picture, and below it what its colours mean, in the painter's font."""
    theme = current()
    painter.drawImage(place, blended(shown, theme))
    bar = QRectF(place.left(), place.bottom() + 8, place.width(), BAR)
    blend = QLinearGradient(bar.topLeft(), bar.topRight())
    signed = shown.kind != GRADIENT
    colours = (theme.negative, theme.zero, theme.positive) if signed else (theme.zero, theme.positive)
    for index, colour in enumerate(colours):
        blend.setColorAt(index / (len(colours) - 1), QColor(colour))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(blend)
    painter.drawRoundedRect(bar, BAR / 2, BAR / 2)
    painter.setPen(QColor(theme.muted))
    line = QRectF(bar.left(), bar.bottom() + 3, bar.width(), 18)
    for end, side in zip(shown.ends, (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight), strict=True):
        painter.drawText(line, side | Qt.AlignmentFlag.AlignTop, end)
    middle = _tr("lost if hidden") if signed else "|∂z/∂x|"
    room = painter.fontMetrics().horizontalAdvance("".join((*shown.ends, middle))) + 16
    if room <= line.width():
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, middle)


class AttributionBar(QWidget):
    """Picture, occlusion or gradient.

    Signals:
        chosen: which of them.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = {
            PICTURE: ToggleTab(self.tr("Picture")),
            OCCLUSION: ToggleTab(self.tr("Occlusion")),
            GRADIENT: ToggleTab(self.tr("Gradient")),
        }
        self.tabs[PICTURE].setToolTip(tip(self.tr("The picture as it is.")))
        self.tabs[OCCLUSION].setToolTip(
            tip(self.tr("What the answer loses when a grey patch hides a part of the picture."))
        )
        self.tabs[GRADIENT].setToolTip(tip(self.tr("How much each pixel moves the answer.")))
        self.state = label(role="muted")
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for kind, tab in self.tabs.items():
            group.addButton(tab)
            row.addWidget(tab)
            tab.clicked.connect(lambda _=False, kind=kind: self.chosen.emit(kind))
        row.addWidget(self.state, 1)
        self.tabs[PICTURE].setChecked(True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Attribution", text)
