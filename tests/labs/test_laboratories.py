"""Every laboratory has its words, its pictures, its view, and things to try that change something."""

from pathlib import Path

import pytest

from playground.labs import Laboratory

ROOT = Path(__file__).parents[2]

every_laboratory = pytest.mark.parametrize("kind", Laboratory.members(), ids=lambda kind: kind.tag())
EVERY_TRY = [(kind, number) for kind in Laboratory.members() for number in range(len(kind.tries))]


@every_laboratory
def test_it_asks_a_question_and_answers_in_sentences(kind):
    assert kind.question.endswith("?")
    assert kind.answer.endswith(".")
    assert len(kind.tries) >= 3


@every_laboratory
def test_it_stands_as_it_is_without_anything_given(kind):
    assert kind.build({}) == kind.usual()


@pytest.mark.parametrize(("kind", "number"), EVERY_TRY, ids=[f"{k.tag()}-{n}" for k, n in EVERY_TRY])
def test_what_there_is_to_try_is_another_value_that_can_be(kind, number):
    usual, each = kind.usual(), kind.tries[number]
    assert each.text.endswith(".")
    assert usual.with_(**each.changes) != usual


@every_laboratory
def test_it_has_a_picture_in_both_themes(kind):
    for theme in ("dark", "light"):
        assert (ROOT / "resources" / "labs" / f"{kind.tag()}-{theme}.png").exists()


def test_no_picture_is_of_a_laboratory_that_is_gone():
    kinds = {kind.tag() for kind in Laboratory.members()}
    assert {path.stem.rsplit("-", 1)[0] for path in ROOT.glob("resources/labs/*.png")} == kinds


def test_each_has_a_place_of_its_own_among_the_others():
    places = [kind.shelf for kind in Laboratory.members()]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
