"""The README shows the program as it is: every class in it stands in the source, letter for letter."""

import re
from pathlib import Path

import pytest

from playground.files.names import EXAMPLES

ROOT = Path(__file__).parents[1]
CLASSES = [
    code
    for code in re.findall(
        r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    if code.startswith("class ")
]
SOURCES = [path.read_text(encoding="utf-8") for path in (ROOT / "playground").rglob("*.py")]


@pytest.mark.parametrize("code", CLASSES, ids=lambda code: code.partition("(")[0])
def test_a_class_of_the_readme_is_one_of_the_source(code):
    assert any(code in source for source in SOURCES)


def test_the_readme_shows_how_to_add_an_activation_and_a_layer():
    assert [re.search(r"\((\w+)\)", code)[1] for code in CLASSES] == ["Activation", "Layer"]


def test_the_readme_names_every_example():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.search(r"or an example:\n(.*?)\. `--epochs`", text, re.DOTALL)[1]
    assert re.findall(r"`(\w+)`", named) == list(EXAMPLES)
