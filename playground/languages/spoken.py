"""The language of the program without a window: English, until a command is asked for in another one."""

from __future__ import annotations

from collections.abc import Mapping

from playground.languages.catalogue import ENGLISH, best_of, catalogue

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Spoken:
    """Holds which language is spoken."""

    def __init__(self) -> None:
        self.language = ENGLISH

    def translated(self, text: str, *contexts: str) -> str:
        """A text in that language, or as it is where the catalogue does not know it."""
        if self.language == ENGLISH:
            return text
        return catalogue(self.language).translation(text, *contexts) or text

    def counted(self, one: str, many: str, number: int, *contexts: str) -> str:
        """The form for a number of a text that counts, in that language or else in English."""
        text = one if number == 1 else many
        if self.language == ENGLISH:
            return text
        return catalogue(self.language).counted(text, number, *contexts) or text


spoken = Spoken()


def of_environment(environment: Mapping[str, str]) -> str:
    """The language that a terminal asks for, by the variables that every program reads."""
    found = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    wanted = environment.get("LANGUAGE", "").split(":") if found not in ("", "C", "POSIX") else []
    return best_of(each for each in (*wanted, found) if each)
