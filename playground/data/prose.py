"""Files of plain text: whether one is a text to be read and no table, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playground.data.datasets.own_text import LONGEST
from playground.data.tables import sniffing, streams
from playground.data.tables.layout import DELIMITERS

SUFFIX = ".txt"
LINES = 20


def is_prose(text: str) -> bool:
    """Whether a text is to be read, and is no table: its lines have no number of fields in common."""
    lines = [line for line in text.split("\n") if line.strip()][:LINES]
    if len(lines) < 2:
        return any(each.isalpha() for each in text)
    return not (_all_numbers(lines) or any(_parted(lines, sign) for sign in DELIMITERS if sign.strip(" ")))


def _parted(lines: Sequence[str], sign: str) -> bool:
    counts = {line.count(sign) for line in lines}
    return len(counts) == 1 and counts != {0}


def _all_numbers(lines: Sequence[str]) -> bool:
    """Whether all lines but the first are numbers, as in a table of one column, or of some in a row."""
    words = " ".join(lines[1:]).split()
    return all(any(each.isdigit() for each in word) and not any(map(str.isalpha, word)) for word in words)


def read(path: Path) -> str | None:
    """The beginning of a file as far as it is learnt; None where it is no text to be read.

    Raises:
        TableProblem: when it cannot be read.
    """
    if not path.name.lower().endswith(SUFFIX):
        return None
    encoding = sniffing.encoding(streams.beginning(path))
    text = ""
    for block in streams.blocks(path, encoding, lambda _share: None):
        text += block
        if len(text) >= LONGEST:
            break
    text = text[:LONGEST]
    return text if is_prose(text) else None
