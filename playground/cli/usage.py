"""The one exception of this package: the program cannot do what it was asked."""

from __future__ import annotations

from playground.text import say
from playground.words import shortened


class UsageProblem(ValueError):
    """Why the program cannot do what it was asked: a sentence for the person."""


def not_trained(source: str) -> str:
    """That a file has no weights to use yet."""
    said = say(
        "cli.not_trained", "{name} is not trained yet; train it and save it first.", name=shortened(source)
    )
    return str(said)
