"""Names of files: the one that is written when a person typed something, and one to suggest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

LONGEST_SUGGESTION = 100


def complete(typed: Path, endings: Sequence[str], usual: str) -> Path:
    """The file that is meant: its name ends in one of these endings, in any case, or else gets the usual one.

    Dots and blanks at the end of a name go, as Windows drops them when nobody looks.
    """
    name = re.sub(r"[\s.]+$", "", typed.name)
    if Path(name).suffix.lower() not in endings:
        name += usual
    return typed.parent / name


def suggest(title: str, ending: str) -> str:
    """A name of a file for something called so, which every system can write."""
    name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "-", title)[:LONGEST_SUGGESTION]
    return name.strip(" .") + ending
