"""One word means one thing: no two public classes of the program have the same name."""

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
TWICE = {
    "Reading": "of a table from its file, and of a curve at the pointer",
    "Sine": "an activation and a dataset, both called so by everybody",
}
"""Words that have two meanings all the same."""


def classes():
    found = defaultdict(list)
    for folder in ("playground", "widgets"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    found[node.name].append(path.relative_to(ROOT).as_posix())
    return found


def test_no_two_classes_have_one_name():
    assert {name: places for name, places in classes().items() if len(places) > 1 and name not in TWICE} == {}


def test_no_exception_has_outlived_its_need():
    assert [name for name in TWICE if len(classes()[name]) < 2] == []
