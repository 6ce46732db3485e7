"""Numbers are made into words in one place, so that two panels never write the same one in two ways."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FORMAT = re.compile(r"[,_]|[efg%]$", re.IGNORECASE)
TEMPLATE = re.compile(r"\{[^{}]*:[^{}]*[,efg%]\}")
ELSEWHERE = {
    "playground/numbers/writing.py": "the place itself",
    "playground/diagrams/": "places and sizes in files that other programs read",
    "playground/files/tf_playground.py": "a seed as TensorFlow Playground writes it in a link",
}


def formats(tree):
    """The lines where a number is given figures, decimals or thousands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(str(getattr(part, "value", "")) for part in node.format_spec.values)
            if FORMAT.search(spec):
                yield node.lineno
        elif isinstance(node, ast.Constant) and TEMPLATE.search(str(node.value)):
            yield node.lineno


def places():
    for folder in ("playground", "widgets"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for line in formats(ast.parse(path.read_text(encoding="utf-8"))):
                yield path.relative_to(ROOT).as_posix(), line


def test_numbers_are_written_by_one_module():
    outside = [f"{path}:{line}" for path, line in places() if not path.startswith(tuple(ELSEWHERE))]
    assert outside == []


def test_no_exception_has_outlived_its_need():
    found = {path for path, _ in places()}
    assert [name for name in ELSEWHERE if not any(path.startswith(name) for path in found)] == []
