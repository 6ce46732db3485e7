"""The sentences of the program without a window, as the window says them.

They are translated, their numbers written as everywhere in the window, and where a person can do something
about it, what to press is added.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from playground.data import Data
from playground.data.sample import column_text
from playground.engine.edits import label
from playground.engine.graph import Architecture
from playground.fields import FieldDescription, describe, field_texts
from playground.numbers.writing import entry, whole
from playground.text import Argument, Text
from playground.value import Kind, Value

PRESSES = {
    "next.start": QT_TRANSLATE_NOOP("Presses", "Press Space, or the button."),
    "network.empty": QT_TRANSLATE_NOOP("Presses", "Drag a Dense layer onto the canvas."),
    "layer.unread": QT_TRANSLATE_NOOP("Presses", "Drag from the port above its card to a later layer."),
    "layer.tied_to_nothing": QT_TRANSLATE_NOOP(
        "Presses", "Right-click its card and choose under Weights of."
    ),
}
"""What to press, by the key of the sentence that asks for it."""


def sentence(text: Text | None) -> str:
    """The sentence for the screen; empty for none."""
    if text is None:
        return ""
    if text.plural:
        template = _counted(text.template, text.plural, text.number, text.key)
    else:
        template = QCoreApplication.translate("Playground", text.template, text.key)
    said = text.written(template, _word)
    if text.key in PRESSES:
        said += " " + QCoreApplication.translate("Presses", PRESSES[text.key])
    return said


def counted(one: str, many: str, number: int, /, **places: str) -> str:
    """So many things in words: `{count}` stands for the number in the text for one and in that for many."""
    return _counted(one, many, number).format(count=whole(number), **places)


def said(member: Kind | type[Kind], role: str = "title") -> str:
    """What a member of a family says of itself; empty when it says nothing."""
    return sentence(member.texts().get(role))


def shown_fields(cls: type[Value]) -> tuple[FieldDescription, ...]:
    """The fields of a class, described in the words of the window."""
    return tuple(_shown(cls, field) for field in describe(cls))


def shown_field(cls: type[Value], name: str) -> FieldDescription:
    """One field of a class, described in the words of the window."""
    return next(_shown(cls, field) for field in describe(cls) if field.name == name)


def column_name(name: str) -> str:
    """What a column is called."""
    return sentence(column_text(name))


def input_names(data: Data) -> tuple[str, ...]:
    """What the inputs of the network are called."""
    return tuple(map(column_name, data.input_names))


def layer_name(architecture: Architecture, position: int) -> str:
    """What a layer is called."""
    return sentence(label(architecture, position))


def _counted(one: str, many: str, number: int, key: str = "") -> str:
    """The template for a number in the language shown."""
    return QCoreApplication.translate("Playground", one if number == 1 else many, key, number)


def _shown(cls: type[Value], field: FieldDescription) -> FieldDescription:
    words = {role: sentence(text) for role, text in field_texts(cls, field).items()}
    titles = {choice: words.get(f"choice.{choice}", title) for choice, title in field.titles.items()}
    known = {role: words[role] for role in ("title", "help", "unit") if role in words}
    return replace(field, titles=titles, **known)


def _word(argument: Argument) -> str:
    if isinstance(argument, Text):
        return sentence(argument)
    return argument if isinstance(argument, str) else entry(argument)
