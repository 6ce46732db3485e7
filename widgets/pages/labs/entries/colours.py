"""A colour for each of those that take part."""

from __future__ import annotations

from widgets.theme import current

MOST_ENTRIES = 8


def entry_colour(place: int) -> str:
    """That of the one at a place."""
    theme = current()
    colours = (theme.lines[5], theme.lines[1], theme.lines[3], theme.lines[0], theme.lines[4], theme.lines[2])
    return (*colours, theme.text, theme.muted)[place]
