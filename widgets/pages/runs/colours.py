"""The colour of each run, the same wherever it is shown."""

from __future__ import annotations

from widgets.theme import current


def run_colour(index: int) -> str:
    """That of the first run, or the second."""
    lines = current().lines
    return (lines[1], lines[5])[index]
