"""The pages of the window, a folder each: a walk through this one finds them."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from PySide6.QtCore import QT_TRANSLATE_NOOP

from widgets.pages.entry import PageEntry


def learn_entry() -> PageEntry:
    """What stands at the foot of the rail: lessons, beside any page."""
    title = QT_TRANSLATE_NOOP("Pages", "Learn")
    return PageEntry(
        "learn", title, QT_TRANSLATE_NOOP("Pages", "Learn step by step, beside any page."), "learn", 99
    )


def entries() -> tuple[PageEntry, ...]:
    """What the rail says of each page, in its order; none of them is made by that."""
    folders = (module.name for module in iter_modules(__path__) if module.ispkg)
    found = (import_module(f"{__name__}.{folder}").ENTRY for folder in folders)
    return tuple(sorted(found, key=lambda entry: (entry.place, entry.name)))
