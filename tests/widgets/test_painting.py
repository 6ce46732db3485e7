"""Painters end with what paints: one that a fault leaves open takes the program down with it."""

import re
from pathlib import Path

import widgets


def test_every_painter_of_a_widget_is_closed_whatever_happens():
    sources = Path(widgets.__file__).parent.rglob("*.py")
    opened = [
        f"{source.name}:{number}"
        for source in sources
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\bQ\w*Painter\(self\)", line) and not re.match(r"\s*with ", line)
    ]
    assert opened == []
