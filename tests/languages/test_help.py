"""The help of every command, and what is told of what was typed, is in the language that is spoken."""

import argparse
import re

import pytest

from playground.cli import arguments
from playground.cli.arguments import COMMANDS, parse
from playground.cli.called import PROGRAM
from playground.cli.complaints import complaint
from playground.cli.usage import UsageProblem
from playground.languages.catalogue import ENGLISH
from playground.languages.pseudo import PSEUDO
from playground.languages.spoken import spoken

PARSERS = {"": arguments._window_parser} | {name: make for name, (_, make) in COMMANDS.items()}
VOWEL = re.compile(r"\b[a-z]*[aeiou][a-z]*\b")


@pytest.fixture
def speaking():
    def speak(language):
        spoken.language = language

    yield speak
    spoken.language = ENGLISH


def bare(text):
    """The words that are in plain English: a word of the language for looking has no plain vowel."""
    return set(VOWEL.findall(text))


@pytest.mark.parametrize("name", PARSERS)
def test_no_help_has_an_english_sentence(name, speaking, monkeypatch):
    monkeypatch.setenv("COLUMNS", "10000")
    speaking(PSEUDO)
    parser = PARSERS[name]()
    written = parser.format_help()
    typed = " ".join([PROGRAM, parser.prog, *arguments.EXAMPLES])
    for action in parser._actions:
        typed += f" {' '.join(action.option_strings)} {action.metavar} {action.dest}"
        typed += f" {' '.join(map(str, action.choices or ()))}"
    assert bare(written) - bare(typed) == set()


def test_the_help_of_the_window_names_how_it_is_called_and_the_examples(speaking):
    for language in (ENGLISH, "zh_CN"):
        speaking(language)
        written = arguments._window_parser().format_help()
        assert f"{PROGRAM} train SOURCE " in written
        assert "one_neuron, xor, " in written
        assert "{" not in written
    assert "用法：" in written
    assert "训练，把网络" in written


TYPED = {
    "train": "缺少以下参数：SOURCE（见",
    "train xor --epochs x": "参数 --epochs：必须是整数，而给出的是 'x'（见",
    "train xor --epochs=-1": "必须在 1 到 10000000 之间",
    "train xor --nonsense": "无法识别的参数：--nonsense",
    "train xor --split nonsense": "不能选 'nonsense'（可选：",
    "train xor --split random --split-by a": "不能与参数 --split 同时使用",
    "search xor --vary": "后面要有一个值",
    "bench --json=3": "不能带有值 '3'",
    "render xor --out a.doc": "窗口或动画的 --out 必须以",
    "render xor --out a.png --size 3": "必须是“宽x高”",
    "render xor --out a.gif --size 9x9": "即最小的动画",
}


@pytest.mark.parametrize("typed", TYPED)
def test_what_cannot_be_understood_is_told_in_that_language(typed, speaking):
    speaking("zh_CN")
    with pytest.raises(UsageProblem) as problem:
        parse(typed.split())
    assert TYPED[typed] in str(problem.value)
    assert not re.search(r"\b(argument|must|got|see|choose|required)\b", str(problem.value))


def test_in_english_argparse_has_its_own_words():
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("--count", type=int, choices=(1, 2))
    for words in (
        "argument --count: invalid choice: 3 (choose from 1, 2)",
        "the following arguments are required: SOURCE",
        "unrecognized arguments: --a b",
        "argument -a: expected one argument",
        "argument -a/--all: not allowed with argument -b",
        "something else altogether",
    ):
        assert complaint(words) == words
