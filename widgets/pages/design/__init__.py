"""The page Design: the data, the network, its output, the plots and the inspector."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from widgets.pages.entry import PageEntry

ENTRY = PageEntry(
    "design",
    QT_TRANSLATE_NOOP("Pages", "Design"),
    QT_TRANSLATE_NOOP("Pages", "Design data and network, and see them learn."),
    "design",
    1,
    basic=True,
)
