"""How each role on the canvas shows itself: what it is called, its tip and its cursor."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, Qt
from PySide6.QtGui import QAccessible

from playground.record import record
from widgets.canvas.parts import Role

Shape = Qt.CursorShape
Read = QAccessible.Role


@record
class Manner:
    """What a role is called, its tip, and the cursor over it; words are translated where they are shown.

    `read` is what a screen reader takes it for.
    """

    name: str
    tip: str = ""
    cursor: Shape = Shape.ArrowCursor
    read: Read = Read.StaticText


MANNERS: dict[Role, Manner] = {
    Role.CANVAS: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Network"), read=Read.List),
    Role.CARD: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Layer"), read=Read.ListItem),
    Role.NAME: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Name")),
    Role.SUMMARY: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Size")),
    Role.ACTIVATION: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Activation"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Choose the activation"),
        Shape.PointingHandCursor,
        read=Read.ButtonMenu,
    ),
    Role.TILE: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Neuron"), read=Read.Button),
    Role.BIAS: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Bias"), cursor=Shape.PointingHandCursor, read=Read.Button
    ),
    Role.KERNEL: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Kernel"), read=Read.Graphic),
    Role.PIECES: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Pieces"), read=Read.Graphic),
    Role.MEASURES: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Measures")),
    Role.STEP: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Step"), read=Read.Graphic),
    Role.UNROLL: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Unroll over time"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Unroll the layer over time, or fold it (U)"),
        Shape.PointingHandCursor,
        read=Read.Button,
    ),
    Role.MORE: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Hidden neurons")),
    Role.BAR: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Gradient"),
        QT_TRANSLATE_NOOP("CanvasGestures", "How large the layer's gradient is, in powers of ten"),
    ),
    Role.MINUS: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron fewer"),
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron fewer (−)"),
        Shape.PointingHandCursor,
        read=Read.Button,
    ),
    Role.PLUS: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron more"),
        QT_TRANSLATE_NOOP("CanvasGestures", "One neuron more (+)"),
        Shape.PointingHandCursor,
        read=Read.Button,
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
        read=Read.ButtonMenu,
    ),
    Role.BADGE: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Remark")),
    Role.LAMP: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Lamp"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Whether the layer is well; click for the diagnosis"),
        Shape.PointingHandCursor,
        read=Read.Button,
    ),
    Role.SNOWFLAKE: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Frozen"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Frozen: training leaves its parameters as they are"),
    ),
    Role.FIT: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Fit the output"),
        QT_TRANSLATE_NOOP("CanvasGestures", "Make the output suit the loss"),
        Shape.PointingHandCursor,
        read=Read.Button,
    ),
    Role.EDGE: Manner(
        QT_TRANSLATE_NOOP("CanvasGestures", "Weight"), cursor=Shape.PointingHandCursor, read=Read.Button
    ),
    Role.SKIP: Manner(QT_TRANSLATE_NOOP("CanvasGestures", "Skip connection"), read=Read.Graphic),
}
"""Every role there is."""


def words(text: str) -> str:
    """Words of the tables in the language of the window."""
    return QCoreApplication.translate("CanvasGestures", text) if text else ""
