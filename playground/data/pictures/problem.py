"""What is wrong with pictures, in a sentence; and sentences that name a few of many."""

from __future__ import annotations

from collections.abc import Sequence

from playground.text import Text, say
from playground.value import InvalidValue
from playground.words import shortened

NAMED = 4
"""How many files a sentence names."""


class PictureProblem(InvalidValue):
    """Why pictures cannot be read or learnt from."""


def named(names: Sequence[str | Text]) -> Text:
    """A few names, and how many more there are."""
    first = [shortened(name, 60) if isinstance(name, str) else name for name in names[:NAMED]]
    told = say("pictures.name", "{name}", name=first[0])
    for name in first[1:]:
        told = say("pictures.names", "{before}, {name}", before=told, name=name)
    if len(names) > NAMED:
        return say("pictures.names_more", "{names} and {count} more", names=told, count=len(names) - NAMED)
    return told
