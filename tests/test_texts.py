"""Every class explains itself to people: title, sentence, formula, advice, and a sentence for each field."""

import re
import subprocess
import sys
from pathlib import Path

from playground.data import Dataset, Feature
from playground.data.spaces import Space
from playground.experiment import Experiment, Training
from playground.exports.target import ExportTarget
from playground.fields import describe
from playground.lessons.goals import LessonGoal
from playground.randomness import Randomness
from playground.texts import families

ROOT = Path(__file__).parents[1]
FAMILIES = families()
WITHOUT_FORMULA = (Dataset, ExportTarget, Feature, LessonGoal, Randomness, Space)
LONGEST_SENTENCE = 160
LONGEST_TEXT = 240

INTERNAL_NAME = re.compile(r"\b[a-zA-Z]{2,}[a-zA-Z0-9]*_\w+|`")
YEAR = re.compile(r"\b(1[789]|20)\d\d[a-z]?\.")


def members():
    return [(family, member) for family in FAMILIES for member in family.members()]


def check(find):
    """Fail with all that `find` has to say, under the names of the members."""
    report(
        f"{member.__name__}: {problem}" for family, member in members() for problem in find(family, member)
    )


def report(problems):
    """Fail with all problems, when there are any."""
    text = "\n".join(problems)
    assert not text, f"\n{text}"


def problems_of_text(name, text, *, longest=LONGEST_TEXT):
    if len(text) > longest:
        yield f"{name} of {len(text)} characters: {text}"
    if found := INTERNAL_NAME.search(text):
        yield f"{name} with {found.group()!r}: {text}"


def problems_of_sentence(name, text, *, longest=LONGEST_TEXT):
    yield from problems_of_text(name, text, longest=longest)
    if not text.endswith("."):
        yield f"{name} without a full stop: {text!r}"


def test_everything_has_a_title_and_a_sentence():
    def find(_family, member):
        yield from problems_of_text("title", member.title, longest=30)
        yield from problems_of_sentence("sentence", member.help, longest=LONGEST_SENTENCE)
        if not member.title:
            yield "no title"

    check(find)


def test_a_source_stands_apart_from_the_sentence():
    def find(_family, member):
        if found := YEAR.search(member.help):
            yield f"the sentence has a source, {found.group()}: it belongs into `reference`"
        if member.reference and not YEAR.search(member.reference):
            yield f"a source without a year: {member.reference}"

    check(find)


def test_all_mathematics_has_a_formula():
    def find(family, member):
        if len(member.formula) > LONGEST_TEXT:
            yield f"formula of {len(member.formula)} characters"
        for field in describe(member):  # an underscore lowers what follows, as in fan_in
            if "_" in field.name and field.name in member.formula:
                yield f"formula with {field.name!r}: {member.formula}"
        if family not in WITHOUT_FORMULA and not member.formula:
            yield "no formula"

    check(find)


def test_everything_says_when_to_use_it():
    def find(_family, member):
        yield from problems_of_sentence("advice", member.advice)

    check(find)


def test_every_field_has_a_title_and_a_sentence():
    def find(_family, member):
        for field in describe(member):
            if not field.hidden:
                yield from problems_of_text("title", field.title, longest=24)
                yield from problems_of_sentence(field.name, field.help, longest=LONGEST_SENTENCE)

    check(find)


def test_every_setting_has_a_title_and_a_sentence():
    report(
        f"{owner.__name__}: {problem}"
        for owner in (Experiment, Training)
        for field in describe(owner)
        if not field.hidden and field.name not in ("data", "network", "training")
        for problem in problems_of_sentence(field.name, field.help)
    )


def test_everything_explains_itself_without_docstrings():
    program = (
        "import playground.experiment as experiment\n"
        "from playground.value import Kind\n"
        "assert False, 'assertions are left out'\n"
        "members = [member for family in Kind.__subclasses__() for member in family.members()]\n"
        "print(experiment.__doc__, len(members) > 100, [m for m in members if not (m.title and m.help)])"
    )
    assert without_docstrings("-c", program) == "None True []"


def test_the_program_trains_without_docstrings():
    assert "Trained 2 epochs" in without_docstrings("main.py", "train", "xor", "--epochs", "2")


def without_docstrings(*arguments):
    """What Python prints when it leaves docstrings out."""
    done = subprocess.run(
        [sys.executable, "-OO", "-B", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
