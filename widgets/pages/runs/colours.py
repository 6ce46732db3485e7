"""The colour of each run, the same wherever it is shown."""

from __future__ import annotations

from widgets.theme import current

ORDER = (1, 5, 0, 3)


def run_colour(index: int) -> str:
    """That of the run in front, or of one beside it."""
    return current().lines[ORDER[index]]
