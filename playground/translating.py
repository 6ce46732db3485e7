"""What there is to translate, of the window and of the program without it, and what of it is translated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from playground.languages.catalogue import FOLDER, plural_forms
from playground.languages.po import PoEntry, header_of, read_entries, write_entries
from playground.languages.window import window_plurals, window_texts
from playground.texts import all_texts, plurals

SAME_ROLES = {"formula", "reference"}
"""What is written in the signs and names that the whole field shares."""

JOINING = "list."
"""How keys begin of what joins several texts, by signs that are others elsewhere."""

PLACES = 3
"""So many of the places that say a text are named in the file."""

_WORD = re.compile(r"[^\W\d_]{2}")
_JOINS = re.compile(r"\}[:;,] \{")
"""What stands between two places as it does between words, which is another sign elsewhere."""
_PLACE = re.compile(r"\{[^{}]*\}")


@cache
def translatable() -> Mapping[str, tuple[str, ...]]:
    """Every text that is another in another language, with the keys and modules that say it."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, text in window_texts():
        found[text].append(place)
    for key, text in all_texts().items():
        found[text].append(key)
    return {text: tuple(dict.fromkeys(keys)) for text, keys in found.items() if not stays(text, keys)}


@cache
def counting() -> Mapping[str, str]:
    """The texts for one thing that have another for many."""
    return plurals() | dict(window_plurals())


def stays(text: str, keys: Iterable[str]) -> bool:
    """Whether a text is the same in every language: formulas, who found what, signs and places."""
    if any(key.startswith(JOINING) for key in keys) or _JOINS.search(text):
        return False
    return not _WORD.search(_PLACE.sub("", text)) or {key.rpartition(".")[2] for key in keys} <= SAME_ROLES


def missing(language: str) -> tuple[str, ...]:
    """The texts that have no translation in a language yet."""
    known = {entry.text for entry in read_entries(file_of(language)) if entry.translation}
    return tuple(text for text in translatable() if text not in known)


def update(language: str) -> tuple[str, ...]:
    """Bring the file of a language up to date; returns what is new there.

    New texts come with no translation, and those that nothing says any more go.
    """
    path = file_of(language)
    said = translatable()
    _, *known = read_entries(path)
    meant = [entry for entry in known if entry.context and entry.text in said]
    header = header_of(path)
    anywhere = {entry.text: entry for entry in known if not entry.context}
    entries = [
        _entry(text, keys[:PLACES], anywhere.get(text), plural_forms(header)[0])
        for text, keys in said.items()
        if text in anywhere or not any(entry.text == text for entry in meant)
    ]
    write_entries(path, header, (*entries, *meant))
    known_texts = {entry.text for entry in known}
    return tuple(text for text in said if text not in known_texts)


def _entry(text: str, places: tuple[str, ...], known: PoEntry | None, forms: int) -> PoEntry:
    """The entry of a text, with what is known of its translation."""
    many = counting().get(text)
    if many is None:
        return PoEntry(text, known.translation if known else "", places=places)
    found = known.forms if known and len(known.forms) == forms else ("",) * forms
    return PoEntry.counting(text, many, found, places=places)


def file_of(language: str) -> Path:
    """Where a language has its texts."""
    return FOLDER / f"{language}.po"
