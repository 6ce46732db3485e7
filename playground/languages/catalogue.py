"""What is said in a language: its catalogue file, read when a person wants it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from gettext import c2py
from pathlib import Path

from playground.languages.po import header_of, read_entries
from playground.languages.pseudo import PSEUDO, PseudoCatalogue

FOLDER = Path(__file__).parents[2] / "resources" / "translations"

ENGLISH = "en"
"""The language of the source, which has no file."""


class Catalogue:
    """The translations of one language."""

    def __init__(self, path: Path) -> None:
        self.language = path.stem
        _, *entries = read_entries(path)
        self._known = {(entry.context, entry.text): entry.translation for entry in entries}
        counting = [entry for entry in entries if entry.plural]
        self._forms = {
            (entry.context, text): entry.forms for entry in counting for text in (entry.plural, entry.text)
        }
        self._form_of = plural_forms(header_of(path))[1]

    def translation(self, text: str, *contexts: str) -> str:
        """The translation for the first context that has one of its own, or for any; "" for none."""
        for context in contexts:
            if found := self._known.get((context, text)):
                return found
        return self._known.get(("", text), "")

    def counted(self, text: str, number: int, *contexts: str) -> str:
        """The translation, for a number, of a text that counts, that for one or for many; "" for none."""
        keys = ((context, text) for context in (*contexts, ""))
        forms: tuple[str, ...] = next((self._forms[key] for key in keys if key in self._forms), ())
        form = self._form_of(abs(number))
        return forms[form] if form < len(forms) else ""


def plural_forms(header: Mapping[str, str]) -> tuple[int, Callable[[int], int]]:
    """How many forms for numbers a language has, and which of them a number takes, by the header of its file.

    Raises:
        ValueError: for a rule that is none.
    """
    rule = header.get("Plural-Forms", "nplurals=2; plural=n != 1;")
    found = re.fullmatch(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*(.+?)\s*;?\s*", rule)
    if found is None:
        raise ValueError(f"Plural-Forms: {rule}")
    return int(found[1]), c2py(found[2])


@cache
def catalogue(language: str) -> Catalogue | PseudoCatalogue:
    """The catalogue of a language that there is, or the one for looking at the room of texts."""
    return PseudoCatalogue() if language == PSEUDO else Catalogue(FOLDER / f"{language}.po")


def languages() -> dict[str, str]:
    """What each language calls itself, by its code; English comes first."""
    files = sorted(FOLDER.glob("*.po"))
    return {ENGLISH: "English"} | {file.stem: header_of(file)["X-Language-Name"] for file in files}


def best_of(wanted: Iterable[str]) -> str:
    """The language that serves a person best who wants these, such as `zh_CN.UTF-8` or `zh-Hans-CN`."""
    ours = [ENGLISH, *(file.stem for file in sorted(FOLDER.glob("*.po")))]
    for each in wanted:
        language, *places = each.partition(".")[0].replace("-", "_").split("_")
        found = [code for code in ours if code.partition("_")[0] == language.lower()]
        if found and not _writes_otherwise(found[0], places):
            return found[0]
    return ENGLISH


def _writes_otherwise(language: str, places: list[str]) -> bool:
    """Whether a script or a country is named where people write another Chinese than ours."""
    traditional = {"Hant", "TW", "HK", "MO"}
    return language == "zh_CN" and bool(traditional & set(places)) and "Hans" not in places
