"""Texts that are files of their own: beside the one in English lies a folder for each other language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path


def written_in(path: Path, language: str) -> Path:
    """The file in a language, `zh_CN` or else `zh`; the one in English where there is none."""
    return next((each for each in _candidates(path, language) if each.is_file()), path)


def _candidates(path: Path, language: str) -> Iterator[Path]:
    for name in dict.fromkeys((language, language.partition("_")[0])):
        if re.fullmatch(r"\w+", name):
            yield path.parent / name / path.name
