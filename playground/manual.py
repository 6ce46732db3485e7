"""The manual: a page for each part of the program, in a file of Markdown, in each language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playground.languages.files import written_in

FOLDER = Path(__file__).parents[1] / "resources" / "manual"
_NUMBER = re.compile(r"^\d+_")


@dataclass(frozen=True)
class ManualPage:
    """What a file of the manual says.

    Attributes:
        name: by which it is asked for in any language, the name of its file without the number before it.
        title: its first line.
        text: what follows, as Markdown.
    """

    name: str
    title: str
    text: str


def manual(language: str = "") -> tuple[ManualPage, ...]:
    """All pages in their order, in a language where they are written in it."""
    return tuple(_read(written_in(path, language)) for path in sorted(FOLDER.glob("*.md")))


def _read(path: Path) -> ManualPage:
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    return ManualPage(_NUMBER.sub("", path.stem), title.removeprefix("# "), text.strip())
