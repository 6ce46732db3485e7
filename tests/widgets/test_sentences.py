"""The window says the sentences of the program, and adds what to press."""

from PySide6.QtCore import QCoreApplication, QTranslator

from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Maxout
from playground.fields import describe
from playground.text import say
from playground.texts import all_texts
from widgets.sentences import PRESSES, layer_name, said, sentence, shown_field


class Backwards(QTranslator):
    """A language in which the engine's words stand the other way round."""

    def translate(self, context, text, disambiguation="", n=-1):
        return {"{count} {layer} layers": "layers {layer} {count}", "Dense": "Esned"}.get(text, "")


def test_numbers_are_written_as_everywhere_in_the_window(qapp):
    assert sentence(say("a", "{count} at {share}", count=12_000, share=2.5)) == "12\u2009000 at 2.5"


def test_nothing_to_say_is_no_words(qapp):
    assert sentence(None) == ""


def test_what_to_press_is_added(qapp):
    told = sentence(say("network.empty", "The network has no layers."))
    assert told == "The network has no layers. Drag a Dense layer onto the canvas."


def test_only_sentences_that_there_are_ask_for_something_to_press(qapp):
    assert set(PRESSES) <= set(all_texts())


class ByKey(QTranslator):
    """A language that tells apart what English does not."""

    def translate(self, context, text, disambiguation="", n=-1):
        known = {"Layer.dense.title": "Dicht", "Layer.dense.units.title": "Einheiten"}
        return known.get(disambiguation, text)


def test_members_and_fields_are_translated_by_their_keys(qapp):
    translator = ByKey()
    QCoreApplication.installTranslator(translator)
    try:
        assert said(Dense) == said(Dense()) == "Dicht"
        assert said(Dense, "help") == Dense.help
        shown = shown_field(Dense, "units")
        assert (shown.title, shown.help) == ("Einheiten", describe_units().help)
        assert shown_field(Maxout, "units").title == describe_units().title
        assert layer_name(Architecture(layers=(Dense(id="a"), Dense(id="b", name="Mine"))), 1) == "Mine"
    finally:
        QCoreApplication.removeTranslator(translator)


def describe_units():
    return next(field for field in describe(Dense) if field.name == "units")


def test_sentences_are_translated_with_the_names_in_them(qapp):
    translator = Backwards()
    QCoreApplication.installTranslator(translator)
    try:
        said = sentence(say("a", "{count} {layer} layers", count=3, layer=Dense.named()))
    finally:
        QCoreApplication.removeTranslator(translator)
    assert said == "layers Esned 3"
