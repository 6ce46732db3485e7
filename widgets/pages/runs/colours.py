"""The colour of each run, the same wherever it is shown."""

from __future__ import annotations

from playground.training.kept_run import COLOURS
from widgets.theme import current

ORDER = (1, 5, 0, 2, 3, 4)


def run_colour(index: int) -> str:
    """One of the colours of runs, which begin again after the last."""
    theme = current()
    colours = (*(theme.lines[place] for place in ORDER), theme.test, theme.muted)
    return colours[index % COLOURS]
