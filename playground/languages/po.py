"""Catalogue files in the format of gettext (`.po`), which every tool of translators reads and writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from playground.record import record

_ESCAPES = {"\\": "\\", '"': '"', "n": "\n", "t": "\t"}
_FORM = re.compile(r"msgstr\[\d+\]")
_WRITTEN = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})


@record
class PoEntry:
    """A text, its translation ("" for none yet), the context that it is meant for, and where it is said.

    One that counts has a text for many, the `plural`, and `forms`, as many as the language has: the
    translation is the first of them, once there are all.
    """

    text: str
    translation: str
    context: str = ""
    places: tuple[str, ...] = ()
    plural: str = ""
    forms: tuple[str, ...] = ()

    @classmethod
    def counting(
        cls, one: str, many: str, forms: tuple[str, ...], context: str = "", places: tuple[str, ...] = ()
    ) -> PoEntry:
        """One that counts."""
        return cls(one, forms[0] if all(forms) else "", context, places, many, forms)


def read_entries(path: Path) -> Iterator[PoEntry]:
    """Every entry of a file in order; the first, whose text is empty, is the header.

    Raises:
        ValueError: for a line that is none of the format's; names its number.
    """
    parts: dict[str, str] = {}
    places: list[str] = []
    current = ""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            word, _, rest = line.partition(" ")
            if word.startswith("#") or not line:
                if _is_whole(parts):
                    yield _entry(parts, places)
                    parts, places = {}, []
                places += rest.split() if word == "#:" else []
            elif word in ("msgctxt", "msgid", "msgid_plural", "msgstr") or _FORM.fullmatch(word):
                if word in parts or (_is_whole(parts) and not word.startswith("msgstr")):
                    yield _entry(parts, places)
                    parts, places = {}, []
                current, parts[word] = word, _read(rest, number)
            elif line.startswith('"') and current in parts:
                parts[current] += _read(line, number)
            else:
                raise ValueError(f"line {number} is no part of an entry")
    if _is_whole(parts):
        yield _entry(parts, places)


def header_of(path: Path) -> dict[str, str]:
    """What a file says of itself, by name."""
    lines = next(read_entries(path)).translation.splitlines()
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def write_entries(path: Path, header: Mapping[str, str], entries: Iterable[PoEntry]) -> None:
    """Write a file, an entry after the other."""
    head = PoEntry("", "".join(f"{name}: {value}\n" for name, value in header.items()))
    path.write_text("\n".join(map(_written, (head, *entries))), encoding="utf-8", newline="\n")


def _entry(parts: Mapping[str, str], places: Iterable[str]) -> PoEntry:
    text, context = parts.get("msgid", ""), parts.get("msgctxt", "")
    if plural := parts.get("msgid_plural"):
        forms = tuple(said for word, said in parts.items() if _FORM.fullmatch(word))
        return PoEntry.counting(text, plural, forms, context, tuple(places))
    return PoEntry(text, parts["msgstr"], context, tuple(places))


def _is_whole(parts: Mapping[str, str]) -> bool:
    """Whether a translation was read, so that what follows is another entry."""
    return any(word.startswith("msgstr") for word in parts)


def _read(quoted: str, number: int) -> str:
    if len(quoted) < 2 or quoted[0] != '"' or quoted[-1] != '"':
        raise ValueError(f"line {number} is not quoted")
    if "\\" not in quoted:
        return quoted[1:-1]
    letters = iter(quoted[1:-1])
    return "".join(_ESCAPES[next(letters)] if letter == "\\" else letter for letter in letters)


def _written(entry: PoEntry) -> str:
    lines = [f"#: {' '.join(entry.places)}"] if entry.places else []
    parts = {"msgctxt": entry.context, "msgid": entry.text}
    if entry.plural:
        parts["msgid_plural"] = entry.plural
        parts |= {f"msgstr[{number}]": form for number, form in enumerate(entry.forms)}
    else:
        parts["msgstr"] = entry.translation
    lines += [
        f'{word} "{text.translate(_WRITTEN)}"' for word, text in parts.items() if text or word != "msgctxt"
    ]
    return "\n".join(lines) + "\n"
