"""Numbers for gestures: edits that carry the same one (the moves of a drag, say) are undone together."""

from __future__ import annotations

from itertools import count

_numbers = count(1)


def new_gesture() -> int:
    """A number that no gesture had before."""
    return next(_numbers)


TRIAL = -2
"""The gesture of an edit that is not to be made, but to be seen beside what there is."""
