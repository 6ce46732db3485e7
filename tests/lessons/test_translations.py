"""A lesson in another language is the same lesson: only its words differ."""

import tomllib

import pytest

from playground.lessons.shelf import FOLDER

WORDS = {"title", "summary", "text", "formula", "hints", "learnt", "question", "choices", "replies"}
"""What is translated; of a list, each text."""

TRANSLATED = sorted(FOLDER.glob("*/*.toml"))


def structure(value, name=""):
    """A lesson with every text that is translated left out: of lists their lengths stay."""
    if name in WORDS:
        return len(value) if isinstance(value, list) else bool(value)
    if isinstance(value, dict):
        return {key: structure(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [structure(each) for each in value]
    return value


def content(path):
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_translation_differs_in_words_alone(path):
    assert structure(content(path)) == structure(content(FOLDER / path.name))


def test_a_missing_hint_and_another_answer_are_seen():
    english = {"steps": [{"title": "A", "hints": ["b", "c"], "goals": [{"right": 2, "choices": ["x", "y"]}]}]}
    same = {"steps": [{"title": "甲", "hints": ["乙", "丙"], "goals": [{"right": 2, "choices": ["x", "y"]}]}]}
    fewer = {"steps": [{"title": "甲", "hints": ["乙"], "goals": [{"right": 2, "choices": ["x", "y"]}]}]}
    other = {
        "steps": [{"title": "甲", "hints": ["乙", "丙"], "goals": [{"right": 1, "choices": ["x", "y"]}]}]
    }
    assert structure(same) == structure(english)
    assert structure(fewer) != structure(english)
    assert structure(other) != structure(english)
