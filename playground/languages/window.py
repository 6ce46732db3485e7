"""What the window says, found in its source: this part of the program never imports it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "widgets"

_OF_CONTEXT = ("translate", "QT_TRANSLATE_NOOP")
"""What is called with a context and a text; all others, with a text alone."""

COUNTED = "counted"
"""What is called with a text for one thing, one for many, and how many there are."""


def window_texts() -> Iterator[tuple[str, str]]:
    """Each text of the window, and the module that says it; of what counts the text for one."""
    for place, call in _calls():
        yield from ((place, text) for text in _of_call(call))


def window_plurals() -> Iterator[tuple[str, str]]:
    """The texts for one thing, and those for many."""
    for _, call in _calls():
        texts = tuple(_written_out(call.args[:2])) if _name(call) == COUNTED else ()
        if len(texts) == 2:
            yield texts


def _calls() -> Iterator[tuple[str, ast.Call]]:
    """What is called in the window, and where."""
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE.parent).with_suffix("").as_posix().replace("/", ".")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield place, node


def _of_call(call: ast.Call) -> Iterator[str]:
    name = _name(call)
    if name in ("tr", "_tr", "QT_TR_NOOP", COUNTED):
        yield from _written_out(call.args[:1])
    elif name in _OF_CONTEXT:
        yield from _written_out(call.args[1:2])


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _written_out(arguments: list[ast.expr]) -> Iterator[str]:
    for each in arguments:
        if isinstance(each, ast.IfExp):
            yield from _written_out([each.body, each.orelse])
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value
