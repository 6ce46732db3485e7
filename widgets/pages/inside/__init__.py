"""The page Inside: what happens within the network, a tab for each way of looking."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from widgets.pages.entry import PageEntry

ENTRY = PageEntry(
    "inside",
    QT_TRANSLATE_NOOP("Pages", "Inside"),
    QT_TRANSLATE_NOOP("Pages", "See what happens within the network, number by number."),
    "inside",
    3,
)
