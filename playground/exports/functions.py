"""Functions as text: those that a file of Python has, and those that the text of an export calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path


def functions_in(file: Path) -> dict[str, str]:
    """The functions of a file by name, as they stand there; what it imports need not be installed."""
    text = file.read_text(encoding="utf-8")
    return {
        each.name: _without_remarks(ast.get_source_segment(text, each) or "")
        for each in ast.parse(text).body
        if isinstance(each, ast.FunctionDef)
    }


def _without_remarks(source: str) -> str:
    """A text without what it says to the tools of this program."""
    return source.replace("  # noqa: B905", "").replace("  # fmt: skip", "")


def called(code: str, functions: Mapping[str, str]) -> list[str]:
    """Those of the functions that a text calls, and those that these call, in their order."""
    found: set[str] = set()
    looked_at = [code]
    while looked_at:
        text = looked_at.pop()
        new = {name for name in functions if name not in found and re.search(rf"(?<![\w.]){name}\(", text)}
        found |= new
        looked_at += [functions[name] for name in new]
    return [source for name, source in functions.items() if name in found]
