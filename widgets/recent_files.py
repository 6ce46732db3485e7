"""How a recent file is called in a menu or a list."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from widgets.presence import Presence

LONGEST = 48
"""Letters of a name that are shown."""


def entry(path: Path, presence: Presence = Presence.THERE) -> str:
    """A file's name, shortened in the middle when it is long, with what hinders from opening it."""
    name = path.name or str(path)
    if len(name) > LONGEST:
        half = (LONGEST - 1) // 2
        name = f"{name[:half]}…{name[-half:]}"
    name = name.replace("&", "&&")  # a single one would underline the letter behind it
    if presence is Presence.THERE:
        return name
    hindrance = _tr("{name} (missing)") if presence is Presence.MISSING else _tr("{name} (does not answer)")
    return hindrance.format(name=name)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecentFiles", text)
