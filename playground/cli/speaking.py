"""The language that a command is asked for in, which may stand anywhere among its arguments."""

from __future__ import annotations

from collections.abc import Sequence

from playground.cli.usage import UsageProblem
from playground.languages.catalogue import languages
from playground.languages.pseudo import PSEUDO
from playground.text import say

OPTION = "--language"


def take_language(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The language that is asked for, "" for none, and all other arguments.

    Raises:
        UsageProblem: for a language that there is not.
    """
    language, waiting = "", iter(arguments)
    rest: list[str] = []
    for each in waiting:
        if each == "--":
            return language, [*rest, each, *waiting]
        if each == OPTION:
            language = _known(next(waiting, ""))
        elif each.startswith(f"{OPTION}="):
            language = _known(each.partition("=")[2])
        else:
            rest.append(each)
    return language, rest


def _known(language: str) -> str:
    known = (*languages(), PSEUDO)
    if language not in known:
        raise UsageProblem(
            str(
                say(
                    "cli.no_language",
                    "{option} takes {known}, not {given}",
                    option=OPTION,
                    known=", ".join(known[:-1]),
                    given=language or "–",
                )
            )
        )
    return language
