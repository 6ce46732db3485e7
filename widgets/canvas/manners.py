"""How each role on the canvas shows itself: what it is called, its tip and its cursor."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt

from widgets.canvas.parts import Role

Shape = Qt.CursorShape


@dataclass(frozen=True)
class Manner:
    """What a role is called, its tip, and the cursor over it; words are translated where they are shown."""

    name: str
    tip: str = ""
    cursor: Shape = Shape.ArrowCursor


MANNERS: dict[Role, Manner] = {
    Role.CANVAS: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Network")),
    Role.CARD: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Layer")),
    Role.NAME: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Name")),
    Role.SUMMARY: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Size")),
    Role.ACTIVATION: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Activation"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Choose the activation"),
        Shape.PointingHandCursor,
    ),
    Role.TILE: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Neuron")),
    Role.BIAS: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Bias"), cursor=Shape.PointingHandCursor),
    Role.PIECES: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Pieces")),
    Role.MEASURES: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Mean, deviation, γ and β")),
    Role.MORE: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Hidden neurons")),
    Role.BAR: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Gradient"),
        QT_TRANSLATE_NOOP("CanvasGestures", "How large the layer's gradient is, in powers of ten"),
    ),
    Role.MINUS: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron fewer"),
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron fewer (−)"),
        Shape.PointingHandCursor,
    ),
    Role.PLUS: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron more"),
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron more (+)"),
        Shape.PointingHandCursor,
    ),
    Role.LOWER_EDGE: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Lower edge"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Drag for more or fewer neurons"),
        Shape.SizeVerCursor,
    ),
    Role.PORT: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Port"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Drag to a later layer for a skip connection"),
        Shape.CrossCursor,
    ),
    Role.BADGE: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Remark")),
    Role.SNOWFLAKE: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Frozen"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Frozen: training leaves its parameters as they are"),
    ),
    Role.FIT: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Fit the output"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Make the output suit the loss"),
        Shape.PointingHandCursor,
    ),
    Role.EDGE: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Weight"), cursor=Shape.PointingHandCursor),
    Role.SKIP: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Skip connection")),
}
"""Every role there is."""


def words(text: str) -> str:
    """Words of the tables in the language of the window."""
    return QCoreApplication.translate("CanvasGestures", text) if text else ""
