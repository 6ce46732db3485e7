"""What counts is said in as many forms as a language has, by its file alone."""

import shutil
import subprocess
from gettext import GNUTranslations
from io import BytesIO

import pytest

from playground.languages import catalogue as catalogues
from playground.languages.catalogue import ENGLISH, catalogue, plural_forms
from playground.languages.po import PoEntry, read_entries
from playground.languages.pseudo import PSEUDO
from playground.search.told import read, written
from playground.text import say, say_counted
from playground.translating import counting, missing, update
from widgets.languages import shown_language
from widgets.sentences import counted, sentence

POLISH = r"""msgid ""
msgstr ""
"Language: pl\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Language-Name: polski\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "{count} neuron"
msgid_plural "{count} neurons"
msgstr[0] "{count} neuron"
msgstr[1] "{count} neurony"
msgstr[2] "{count} neuronów"

msgctxt "trace.so_many_steps"
msgid "{count} step"
msgid_plural "{count} steps"
msgstr[0] "{count} krok"
msgstr[1] "{count} kroki"
msgstr[2] "{count} kroków"

msgid "{count} layer"
msgid_plural "{count} layers"
msgstr[0] "{count} warstwa"
msgstr[1] ""
msgstr[2] ""
"""
FORMS = {1: "neuron", 2: "neurony", 5: "neuronów", 12: "neuronów", 22: "neurony", 0: "neuronów"}


@pytest.fixture
def polish(qapp, tmp_path, monkeypatch):
    """The program with a catalogue of Polish, which is spoken."""
    path = tmp_path / "pl.po"
    path.write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    monkeypatch.setattr("playground.translating.FOLDER", tmp_path)
    catalogue.cache_clear()
    shown_language.show("pl")
    yield path
    shown_language.show(ENGLISH)
    catalogue.cache_clear()


@pytest.mark.parametrize("number", FORMS)
def test_a_language_of_three_forms_is_said_by_its_file_alone(polish, number):
    assert counted("{count} neuron", "{count} neurons", number) == f"{number} {FORMS[number]}"
    text = say_counted("some.key", "{count} neuron", "{count} neurons", number)
    assert str(text) == sentence(text) == f"{number} {FORMS[number]}"


def test_a_form_may_be_meant_for_one_key_and_what_is_not_translated_is_english(polish):
    assert str(say_counted("trace.so_many_steps", "{count} step", "{count} steps", 3)) == "3 kroki"
    assert str(say_counted("another.key", "{count} step", "{count} steps", 3)) == "3 steps"
    assert counted("{count} layer", "{count} layers", 2) == "2 layers"


def test_english_has_two_forms():
    words = [
        str(say_counted("a.key", "{count} of {what}", "{count} of {what}s", n, what="it")) for n in (0, 1, 2)
    ]
    assert words == ["0 of its", "1 of it", "2 of its"]


@pytest.fixture
def shown(qapp):
    """Shows a language for a test."""
    yield shown_language.show
    shown_language.show(ENGLISH)


def test_chinese_has_one(shown):
    shown("zh_CN")
    assert [counted("{count} neuron", "{count} neurons", n) for n in (1, 2)] == ["1 个神经元", "2 个神经元"]


def test_the_language_for_looking_at_room_counts_too(shown):
    shown(PSEUDO)
    assert counted("{count} neuron", "{count} neurons", 1) != counted("{count} neuron", "{count} neurons", 2)


def test_what_counts_within_another_sentence_is_counted_there(polish):
    inner = say_counted("some.key", "{count} neuron", "{count} neurons", 2)
    assert str(say("a.key", "({inner})", inner=inner)) == "(2 neurony)"


def test_the_file_is_brought_up_to_date_with_as_many_forms_as_the_language_has(polish):
    assert "{count} feature" in update("pl")
    entries = {entry.text: entry for entry in read_entries(polish) if not entry.context}
    assert entries["{count} neuron"].forms == ("{count} neuron", "{count} neurony", "{count} neuronów")
    assert entries["{count} feature"] == PoEntry.counting(
        "{count} feature", "{count} features", ("", "", ""), places=entries["{count} feature"].places
    )
    assert {"{count} layer", "{count} feature"} <= set(missing("pl"))  # one form of three is not enough
    assert "{count} neuron" not in missing("pl")


def test_texts_of_the_window_and_of_the_program_count():
    assert counting()["{count} finding"] == "{count} findings"
    assert counting()["{count} parameter"] == "{count} parameters"


def test_a_rule_that_is_none_is_told():
    for rule in ("three", "nplurals=2; plural=n +;", "nplurals=2; plural=open('x');"):
        with pytest.raises(ValueError, match=r"(?i)plural"):
            plural_forms({"Plural-Forms": rule})


def test_a_sentence_that_counts_is_kept_in_a_study(polish):
    text = say_counted("some.key", "{count} neuron", "{count} neurons", 5)
    assert str(read(written(text))) == "5 neuronów"


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not here")
def test_gettext_itself_says_the_same(polish):
    made = subprocess.run(["msgfmt", "-c", "-o", "-", str(polish)], capture_output=True, check=True).stdout
    reference = GNUTranslations(BytesIO(made))
    for number in range(200):
        told = reference.ngettext("{count} neuron", "{count} neurons", number).format(count=number)
        assert told == counted("{count} neuron", "{count} neurons", number)
