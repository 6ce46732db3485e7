"""How many pictures there may be, and how large; each bound is told in a sentence."""

from __future__ import annotations

from playground.data.pictures.problem import PictureProblem
from playground.text import say

MOST_VALUES = 100_000_000
"""Pictures times pixels times channels: what memory and a file can hold of them."""

MOST_PIXELS = 120_000_000
"""Pixels of a picture in its file."""

MOST_BYTES = 256 << 20
"""Bytes of a picture in its file, unpacked."""

MOST_OF_ARRAY = 1 << 30
"""Bytes of an array of many pictures, unpacked."""

MOST_FILES = 500_000
"""Files that a folder or an archive may hold."""

MOST_CLASSES = 100
"""Classes that a network may be asked to tell apart."""


def check_values(count: int, side: int, channels: int) -> None:
    """Refuse more pictures than can be held.

    Raises:
        PictureProblem: saying so.
    """
    if count * side * side * channels > MOST_VALUES:
        raise PictureProblem(
            say(
                "pictures.too_many_values",
                "{count} pictures of {side}×{side}×{channels} are too many values; "
                "take a smaller size, greys, or fewer pictures.",
                count=count,
                side=side,
                channels=channels,
            )
        )


def check_files(count: int) -> None:
    """Refuse a folder of more than anyone means.

    Raises:
        PictureProblem: saying so.
    """
    if count > MOST_FILES:
        raise PictureProblem(
            say(
                "pictures.too_many_files",
                "It holds more than {most} files; choose the folder that has the classes in it.",
                most=MOST_FILES,
            )
        )
