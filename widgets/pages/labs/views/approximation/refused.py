"""Work on a thread that may be refused: the reason comes in place of what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playground.value import InvalidValue


def allowed(pieces: Iterator[Any]) -> Iterator[Any]:
    """The pieces, and why there are no more where there cannot be."""
    try:
        yield from pieces
    except InvalidValue as refused:
        yield refused.text
