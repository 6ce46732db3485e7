"""What is said in a language: its catalogue file, read when a person wants it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
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

    def translation(self, text: str, *contexts: str) -> str:
        """The translation for the first context that has one of its own, or for any; "" for none."""
        for context in contexts:
            if found := self._known.get((context, text)):
                return found
        return self._known.get(("", text), "")


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
