"""The page Runs: runs beside the one in front, and what they do otherwise."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from widgets.pages.entry import PageEntry

ENTRY = PageEntry(
    "runs",
    QT_TRANSLATE_NOOP("Pages", "Runs"),
    QT_TRANSLATE_NOOP("Pages", "Compare this run with a second one that trains beside it."),
    "runs",
    4,
)
