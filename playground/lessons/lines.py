"""On which line of a TOML text something stands, by its place: `steps[1].goals[0].below`."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([\w\"'.\[\]-]+)\s*=")
_QUOTES = ('"""', "'''")


def lines_of(text: str) -> dict[str, int]:
    """The line of each table and key, counted from 1.

    It knows what lessons are written with: tables, lists of tables, keys, and texts over several lines.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in _outside_of_texts(text):
        if header := _HEADER.match(line):
            table = _table(header[2], counts, repeated=header[1] == "[[")
            found[table] = number
        elif key := _KEY.match(line):
            name = key[1].strip("\"'")
            found[f"{table}.{name}" if table else name] = number
    return found


def line_of(place: str, lines: dict[str, int]) -> int | None:
    """The line of a place, or else of the nearest thing that it stands in; None for the whole."""
    while place:
        if place in lines:
            return lines[place]
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return None


def _table(name: str, counts: dict[str, int], repeated: bool) -> str:
    """The place that a header begins, with the number of every list that it stands in."""
    place = ""
    parts = [part.strip().strip("\"'") for part in name.split(".")]
    for depth, part in enumerate(parts):
        place = f"{place}.{part}" if place else part
        last = depth == len(parts) - 1
        if last and repeated:
            counts[place] = counts.get(place, -1) + 1
        if place in counts:
            place = f"{place}[{counts[place]}]"
    return place


def _outside_of_texts(text: str) -> Iterator[tuple[int, str]]:
    """The lines that do not stand within a text of several lines."""
    within = ""
    for number, line in enumerate(text.splitlines(), 1):
        if within:
            if within in line:
                within = ""
            continue
        yield number, line
        within = next((sign for sign in _QUOTES if line.count(sign) % 2), "")
