"""The page Search: which settings do best, found by trying many."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from widgets.pages.entry import PageEntry

ENTRY = PageEntry(
    "search",
    QT_TRANSLATE_NOOP("Pages", "Search"),
    QT_TRANSLATE_NOOP("Pages", "Train with many settings, and see which do best."),
    "zoom_in",
    5,
)
