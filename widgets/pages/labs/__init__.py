"""The page Labs: a gallery of laboratories, and one of them at a time."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from widgets.pages.entry import PageEntry

ENTRY = PageEntry(
    "labs",
    QT_TRANSLATE_NOOP("Pages", "Labs"),
    QT_TRANSLATE_NOOP("Pages", "Take ideas in the hand that are not about a network of your own."),
    "labs",
    6,
    basic=True,
)
