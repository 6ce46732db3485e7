"""The manual tells the truth: what it names is what the window says, in each language."""

import re
from pathlib import Path

import pytest

from playground.files.names import EXAMPLES
from playground.languages.catalogue import FOLDER as TRANSLATIONS
from playground.languages.po import read_entries

MANUAL = Path(__file__).parents[1] / "resources" / "manual"
PAGES = sorted(MANUAL.glob("**/*.md"))
NAMED = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
"""What stands in slanting letters: the name of something in the window, or the way to it."""


def plain(text):
    """A text as it is read in a menu."""
    return re.sub(r"\(&\w\)|&", "", text).rstrip("…").casefold()


@pytest.fixture(scope="module")
def known():
    _, *entries = read_entries(TRANSLATIONS / "zh_CN.po")
    return {
        "manual": {plain(entry.text) for entry in entries},
        "zh_CN": {plain(entry.translation) for entry in entries},
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(MANUAL)))
def test_every_name_is_one_of_the_window(page, known):
    said = known[page.parent.name]
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    parts = [part.strip() for name in NAMED.findall(text) for part in name.split("▸")]
    assert [part for part in parts if plain(part) not in said] == []


def test_every_page_is_there_in_each_language():
    for folder in (path for path in MANUAL.iterdir() if path.is_dir()):
        assert [page.name for page in sorted(folder.glob("*.md"))] == [
            page.name for page in sorted(MANUAL.glob("*.md"))
        ]


def test_it_names_every_example():
    text = (MANUAL / "13_commands.md").read_text(encoding="utf-8")
    named = re.search(r"or an example:\n(.*?)\.\n", text, re.DOTALL)[1]
    assert re.findall(r"`(\w+)`", named) == list(EXAMPLES)
