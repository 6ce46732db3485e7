"""Every catalogue says what the program says: no place for a number is lost, no text is unused."""

import ast
import re
from collections import Counter
from string import Formatter

import pytest

from playground.languages.catalogue import FOLDER, plural_forms
from playground.languages.po import header_of, read_entries
from playground.languages.pseudo import PseudoCatalogue
from playground.texts import main
from playground.translating import counting, file_of, missing, stays, translatable, update

CODES = sorted(path.stem for path in FOLDER.glob("*.po"))
SAID = translatable()
MNEMONIC = re.compile(r"&(?=\w)(?!\w+;)")
ONE_ALONE = re.compile(r"1 (?!where)[a-z]+( [a-z]+)?$")


def entries(code):
    _, *found = read_entries(file_of(code))
    return [entry for entry in found if entry.translation]


@pytest.fixture(params=CODES)
def code(request):
    return request.param


def places(text):
    return Counter(f"{{{name}:{spec}}}" for _, name, spec, _ in Formatter().parse(text) if name is not None)


def is_template(text):
    try:
        return all(name.isidentifier() or name.isdecimal() for _, name, *_ in Formatter().parse(text) if name)
    except ValueError:
        return False  # "{0, 1}" is mathematics


def test_a_translation_has_the_places_of_its_text(code):
    lost = {
        entry.text: entry.translation
        for entry in entries(code)
        if is_template(entry.text) and set(places(entry.text)) != set(places(entry.translation))
    }
    assert lost == {}


def test_a_translation_has_a_key_of_the_menu_where_its_text_has_one(code):
    def keys(text):
        return len(MNEMONIC.findall(text.replace("&&", "")))

    assert {e.text: e.translation for e in entries(code) if keys(e.text) != keys(e.translation)} == {}


def test_a_translation_begins_and_ends_as_its_text_does(code):
    """Blanks at its ends part it from what stands beside it, and dots at its end promise a question."""
    for entry in entries(code):
        text, translation = entry.text, entry.translation
        assert translation[:1].isspace() == text[:1].isspace(), text
        assert translation[-1:].isspace() == text[-1:].isspace(), text
        assert text.count("\n") == translation.count("\n"), text


def test_nothing_is_translated_that_the_program_does_not_say(code):
    assert [entry.text for entry in entries(code) if entry.text not in SAID] == []


def test_no_text_is_there_twice(code):
    times = Counter((entry.context, entry.text) for entry in read_entries(file_of(code)))
    assert [text for text, count in times.items() if count > 1] == []


def test_every_form_of_what_counts_has_the_places_of_its_text_and_there_are_all(code):
    forms, _ = plural_forms(header_of(file_of(code)))
    for entry in entries(code):
        assert entry.plural == counting().get(entry.text, ""), entry.text
        assert len(entry.forms) == (forms if entry.plural else 0), entry.text
        for form in entry.forms:
            assert set(places(form)) == set(places(entry.plural)), entry.text


def test_nothing_counts_by_a_text_of_its_own_for_one():
    assert [text for text in SAID if ONE_ALONE.match(text)] == []


# --- what is to be translated -----------------------------------------------------------------------


def test_texts_of_the_window_and_of_the_program_are_found_with_where_they_are_said():
    assert SAID["&File"] == ("widgets.actions",)
    assert "Layer.dense.title" in SAID["Dense"]
    assert "network.empty" in SAID["The network has no layers."]
    assert any(place.startswith("widgets.pages.labs") for place in SAID["Labs"])


@pytest.mark.parametrize(
    ("text", "key"),
    [("f(z) = max(0, z)", "Activation.relu.formula"), ("{0} × {1}", "widgets.a"), ("%", "x.unit")],
)
def test_formulas_signs_and_places_stay_as_they_are(text, key):
    assert stays(text, [key])


def test_what_is_said_as_a_formula_and_as_a_name_is_translated():
    assert not stays("mean", ["Loss.x.formula", "class.mean"])


def test_what_a_language_lacks_is_listed_and_comes_into_its_file(tmp_path, monkeypatch, capsys):
    path = tmp_path / "xx.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: xx\\n"\n\n'
        'msgid "&File"\nmsgstr "&Datei"\n\nmsgid "gone"\nmsgstr "weg"\n\n'
        'msgctxt "Graph"\nmsgid "neuron"\nmsgstr "Neuron"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("playground.translating.FOLDER", tmp_path)
    assert "&File" not in missing("xx")
    assert "&Edit" in missing("xx")
    assert "&Edit" in update("xx")
    _, *found = read_entries(path)
    known = {(entry.context, entry.text): entry.translation for entry in found}
    assert known[("", "&File")] == "&Datei"
    assert known[("", "&Edit")] == ""
    assert known[("Graph", "neuron")] == "Neuron"
    assert ("", "gone") not in known
    assert update("xx") == ()
    main(["--missing", "xx"])
    assert "&Edit" in capsys.readouterr().out.splitlines()


def test_no_call_hides_its_text_from_the_list():
    """What is looked up is written out where it is looked up, or marked where it is kept."""
    from playground.languages.window import SOURCE

    hidden = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = isinstance(node, ast.Call) and node.args and ast.unparse(node.func).endswith(".tr")
            if called and not all(isinstance(each, ast.Constant) for each in _choices(node.args[0])):
                hidden.append(f"{path.name}:{node.lineno}")
    assert hidden == []


def _choices(argument):
    return [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]


# --- the language that nobody speaks ----------------------------------------------------------------


def test_the_pseudo_language_accents_all_but_places_and_tags():
    said = PseudoCatalogue().translation("&Go <b>on</b> to {place} &amp; there")
    assert said == "&Gö <b>öñ</b> tö {place} &amp; thééréé"


# --- what is not translated yet ---------------------------------------------------------------------


def test_all_that_is_in_a_file_is_translated(code):
    assert [entry.text for entry in read_entries(file_of(code)) if entry.text and not entry.translation] == []


def test_nothing_is_untranslated(code):
    assert not missing(code), f"python -m playground.texts --update {code} adds them to the file"
