"""A language that nobody speaks, English with accents and longer: what is hard-wired or has no room shows."""

from __future__ import annotations

import re

PSEUDO = "pseudo"

_ACCENTS = str.maketrans("AEIOUYaeiounyc", "ÀÉÎÖÛÝàéîöûñýç")
_KEPT = re.compile(r"(\{[^{}]*\}|<[^<>]*>|&\w+;)")
_LONGER = {"à": "àà", "é": "éé"}
"""Vowels that stand twice."""


class PseudoCatalogue:
    """Translates every text."""

    language = PSEUDO

    def translation(self, text: str, *_contexts: str) -> str:
        """The text with accents; places for numbers, tags and what is no letter stay."""
        return "".join(part if _KEPT.fullmatch(part) else _accented(part) for part in _KEPT.split(text))

    def counted(self, text: str, _number: int, *_contexts: str) -> str:
        """The same for a text that counts."""
        return self.translation(text)


def _accented(words: str) -> str:
    letters = words.translate(_ACCENTS)
    for vowel, longer in _LONGER.items():
        letters = letters.replace(vowel, longer)
    return letters
