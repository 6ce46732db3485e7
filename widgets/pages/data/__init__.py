"""The page Data: every sample in a row, with what the network says of it."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from widgets.pages.entry import PageEntry

ENTRY = PageEntry(
    "data",
    QT_TRANSLATE_NOOP("Pages", "Data"),
    QT_TRANSLATE_NOOP("Pages", "See every sample, what the network says of it, and ask about others."),
    "data",
    2,
    basic=True,
)
