"""How large things may get: no file past 400 lines, no class past 20 methods besides those Qt calls."""

import ast
import importlib
from operator import attrgetter
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).parents[1]
PROGRAM = sorted([ROOT / "main.py", *ROOT.glob("playground/**/*.py"), *ROOT.glob("widgets/**/*.py")])

MOST_LINES, MOST_METHODS = 400, 20


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def classes(tree, within=""):
    """Every class of a module with its dotted name; "" for one that is made inside a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            name = f"{within}{node.name}" if within is not None else ""
            yield name, node
            yield from classes(node, f"{name}." if name else None)
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from classes(node, None if inside else within)


def methods(node):
    return {each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}


def asked_for_by_qt(kind):
    """The names that a class takes over from Qt; how it is made is its own."""
    bases = [base for base in kind.__mro__ if base.__module__.startswith("PySide6.")]
    return {name for base in bases for name in vars(base) if not name.startswith("__")}


def own_methods(path, name, node):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    kind = attrgetter(name)(importlib.import_module(module)) if name else object
    return methods(node) - asked_for_by_qt(kind)


def too_large():
    """Files, and classes of files, that are past the bounds, with how large they are."""
    for path in PROGRAM:
        source = path.read_text(encoding="utf-8")
        if (lines := len(source.splitlines())) > MOST_LINES:
            yield name_of(path), lines
        for name, node in classes(ast.parse(source)):
            if len(methods(node)) > MOST_METHODS < (own := len(own_methods(path, name, node))):
                yield f"{name_of(path)}: {node.name}", own


def test_no_file_and_no_class_is_too_large():
    assert dict(too_large()) == {}


def test_what_qt_asks_for_is_not_counted_and_what_it_does_not_is():
    class Canvas(QWidget):
        pass

    asked = asked_for_by_qt(Canvas)
    assert {"paintEvent", "event", "focusNextPrevChild", "sizeHint"} <= asked
    assert asked.isdisjoint({"__init__", "paintFigure", "_paint"})
    assert "paintEvent" not in asked_for_by_qt(QObject)
    assert asked_for_by_qt(type("Plain", (), {})) == set()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("class A:\n    class B: pass", ["A", "A.B"]),
        ("if True:\n    class A: pass", ["A"]),
        ("def f():\n    class A:\n        class B: pass", ["", ""]),
    ],
)
def test_classes_are_found_wherever_they_stand(source, names):
    assert [name for name, _ in classes(ast.parse(source))] == names
