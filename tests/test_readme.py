"""What is told of adding to the program is so: every class in it stands in the source, letter for letter."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CLASSES = [
    code
    for code in re.findall(
        r"```python\n(.*?)```", (ROOT / "playground" / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    if code.startswith("class ")
]
SOURCES = [path.read_text(encoding="utf-8") for path in (ROOT / "playground").rglob("*.py")]


@pytest.mark.parametrize("code", CLASSES, ids=lambda code: code.partition("(")[0])
def test_a_class_that_is_shown_is_one_of_the_source(code):
    assert any(code in source for source in SOURCES)


def test_it_shows_how_to_add_an_activation_and_a_layer():
    assert [re.search(r"\((\w+)\)", code)[1] for code in CLASSES] == ["Activation", "Layer"]


@pytest.mark.parametrize("text", sorted(ROOT.glob("*.md")), ids=lambda path: path.name)
def test_what_a_readme_links_to_is_there(text):
    linked = re.findall(r"\]\(([^)#:]+)\)", text.read_text(encoding="utf-8"))
    assert linked
    assert [link for link in linked if not (ROOT / link).exists()] == []
