"""Sentences on lines that are short enough for a tool tip."""

from __future__ import annotations

from textwrap import fill

LINE = 60
"""How many letters a line has at most."""


def tip(*sentences: str) -> str:
    """A tool tip of these sentences, each on lines short enough to read; empty ones are left out."""
    return "\n".join(_folded(sentence) for sentence in sentences if sentence)


def _folded(sentence: str) -> str:
    return sentence if len(sentence) <= LINE else fill(sentence, LINE)  # which takes its time
