"""A term of the field is called the same wherever it stands, in every language."""

import re
import tomllib

import pytest

from playground.languages.catalogue import FOLDER, languages
from playground.languages.po import read_entries
from playground.translating import file_of

TERMS = tomllib.loads((FOLDER / "glossary.toml").read_text(encoding="utf-8"))["term"]
CODES = [code for code in languages() if code != "en"]
PLACE = re.compile(r"\{[^{}]*\}|\w+(?:\.[a-z][\w\[\].]*)+|\w+:(?=[ ,])|\w+[=:]\w\S*")
"""What stands for something else, or is written so in a file."""


def in_other_words(code, term):
    """Texts in which a term stands, and their translations in which none of its names does."""
    word = re.compile(rf"\b{re.escape(term['word'])}", re.IGNORECASE)
    for entry in read_entries(file_of(code)):
        text = entry.text
        for other in term.get("but", ()):
            text = text.replace(other, "")
        text = PLACE.sub("", text)
        names = (name.lower() for name in term[code])
        if entry.translation and word.search(text) and not any(n in entry.translation.lower() for n in names):
            yield entry.text, entry.translation


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["word"])
def test_a_term_is_translated_by_its_name(code, term):
    assert dict(in_other_words(code, term)) == {}


def test_the_glossary_has_every_term_once_and_in_every_language():
    words = [term["word"] for term in TERMS]
    assert len(words) == len(set(words)) >= 40
    assert [term["word"] for term in TERMS if not all(term.get(code) for code in CODES)] == []
