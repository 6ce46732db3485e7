"""How large the whole window is drawn, which Qt is told before it starts."""

from __future__ import annotations

from collections.abc import MutableMapping

SIZES = (100, 125, 150, 175, 200)
"""Percent of what the screen asks for."""

_FACTOR = "QT_SCALE_FACTOR"


def ask_qt(environment: MutableMapping[str, str], size: int) -> None:
    """Let Qt draw all of it in this size, unless a person asked Qt for another one already."""
    if size != 100:
        environment.setdefault(_FACTOR, str(size / 100))
