"""Sentences are values: they are put together, translated and listed from their templates."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from playground.engine.activations import Tanh
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import Dense
from playground.experiment import Training
from playground.fields import beyond, describe
from playground.text import both, either, say
from playground.texts import all_texts, families
from playground.value import BOUNDS, InvalidValue

ROOT = Path(__file__).parents[1]
PRESSES = re.compile(
    r"\b(buttons?|menus?|mouse|click\w*|drag\w*|canvas|press(es|ed|ing)?|keys?|panels?)\b", re.IGNORECASE
)


def test_a_sentence_has_its_numbers_and_names_written_in():
    sentence = say(
        "a.key", "{loss} needs {count} of {share} %.", loss=Tanh().named(), count=12_345, share=0.5
    )
    assert str(sentence) == "Tanh needs 12,345 of 0.5 %."


def test_two_sentences_of_the_same_words_are_equal():
    assert say("a.key", "{count} layers", count=3) == say("a.key", "{count} layers", count=3)
    assert say("a.key", "{count} layers", count=3) != say("a.key", "{count} layers", count=4)


def test_what_has_no_places_is_left_as_it_is():
    assert str(say("a.key", "{0, 1}")) == "{0, 1}"


def test_several_are_joined_one_after_another():
    assert str(both(["a", "b", "c"])) == "a and b and c"
    assert str(either(["a", "b"])) == "a or b"
    assert str(either(["a"])) == "a"


# --- the list of all texts --------------------------------------------------------------------------

TEXTS = all_texts()


def test_every_member_of_every_family_is_listed_with_all_that_it_says():
    said = {
        f"{family.__name__}.{member.tag()}.{role}": getattr(member, role)
        for family in families()
        for member in family.members()
        for role in ("title", "help", "formula", "advice", "reference")
    }
    assert len(families()) >= 14
    assert {key: text for key, text in said.items() if text} == {
        key: TEXTS[key] for key, text in said.items() if text
    }


def test_every_field_that_is_shown_is_listed_with_its_choices():
    for owner in [Training, *(member for family in families() for member in family.members())]:
        place = "Training" if owner is Training else f"{owner.family().__name__}.{owner.tag()}"
        for field in describe(owner):
            if not field.hidden:
                assert TEXTS[f"{place}.{field.name}.title"] == field.title
                assert TEXTS[f"{place}.{field.name}.help"] == field.help
                for choice, title in field.titles.items():
                    assert TEXTS[f"{place}.{field.name}.choice.{choice}"] == title


def calls_of_say():
    for path in sorted((ROOT / "playground").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


CALLS = dict(calls_of_say())


@pytest.mark.parametrize("place", CALLS)
def test_a_sentence_is_written_out_where_it_is_said_and_given_what_it_has_places_for(place):
    call = CALLS[place]
    key, template = (ast.literal_eval(argument) for argument in call.args)
    assert TEXTS[key] == template
    names = {name for _, name, _, _ in Formatter().parse(template) if name} if call.keywords else set()
    assert names == {keyword.arg for keyword in call.keywords}


def test_texts_are_made_by_say_alone_so_that_none_is_missed():
    makers = [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "playground").rglob("*.py"))
        if re.search(r"\bText\(", path.read_text(encoding="utf-8"))
    ]
    assert makers == ["playground/fields.py", "playground/text.py", "playground/value.py"]


def test_no_text_names_what_to_press():
    assert {key: text for key, text in TEXTS.items() if PRESSES.search(text)} == {}


def test_the_list_can_be_printed():
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "playground.texts"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    printed = dict(line.split("\t") for line in done.stdout.splitlines())
    assert {key: text.replace(r"\n", "\n") for key, text in printed.items()} == TEXTS


def test_a_problem_carries_a_sentence_and_not_words():
    (problem,) = resolve(Architecture(layers=()), (2,)).problems
    assert problem.text == say("network.empty", "The network has no layers.")
    assert str(Dense.named()) == "Dense"


def test_columns_classes_and_examples_are_listed():
    assert TEXTS["column.alcohol"] == "alcohol"
    assert TEXTS["class.grower 1"] == "grower 1"
    assert TEXTS["example.xor.title"] == "Exclusive or"
    assert TEXTS["example.xor.sentence"]


# --- what a field refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize("family", families(), ids=lambda family: family.__name__)
def test_a_control_refuses_a_number_in_the_words_of_the_validation(family):
    for member in family.members():
        for field in describe(member):
            for number in [end for end in (field.low, field.high) if end is not None and field.type is float]:
                for tried in (number - 1, number, number + 1):
                    assert told_by_validation(member, field, tried) == told_by_control(field, tried)


def told_by_control(field, number):
    broken = beyond(field, number)
    return broken and (broken.key.removeprefix("bound."), float(dict(broken.arguments)["bound"]))


def told_by_validation(member, field, number):
    try:
        member.build({field.name: number})
    except InvalidValue as error:
        fault = next((fault for fault in error.faults if fault.place == field.name), None)
        if fault is None:  # what is missing besides is another matter
            return None
        words = dict(fault.text.arguments)
        assert BOUNDS[fault.text.key.removeprefix("invalid.")] in fault.text.template
        return fault.text.key.removeprefix("invalid."), float(words["bound"])
    return None


def test_what_is_said_of_a_fault_is_a_sentence_with_a_key_and_its_place():
    with pytest.raises(InvalidValue) as caught:
        Training.build({"optimizer": {"kind": "adam", "learning_rate": -1}})
    (fault,) = caught.value.faults
    assert (fault.place, fault.text.key) == ("optimizer.learning_rate", "invalid.greater_than")
    assert TEXTS[fault.text.key] == fault.text.template
    assert str(caught.value) == str(fault.told) == "optimizer.learning_rate: must be above 0, got -1"
