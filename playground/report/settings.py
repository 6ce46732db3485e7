"""The settings of an experiment in words, from what the fields of each value say of themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from playground.diagrams.columns import Word
from playground.fields import FieldDescription, describe, field_texts
from playground.numbers.writing import setting, with_unit
from playground.text import Text, say, say_counted
from playground.value import Kind, Value
from playground.words import shortened

NOTHING: Mapping[str, str] = MappingProxyType({})

MOST_ENTRIES = 12
"""Entries of a list that are told one by one."""


def rows(
    value: Value, word: Word, only: Collection[str] = (), instead: Mapping[str, str] = NOTHING
) -> Iterator[tuple[str, str]]:
    """What each field that people see, or those `only`, is called and is set to; or this `instead`."""
    for field in describe(type(value)):
        if not field.hidden and (not only or field.name in only):
            texts = field_texts(type(value), field)
            title = word(texts["title"]) if "title" in texts else field.title
            text = instead.get(field.name)
            yield title, told(getattr(value, field.name), word, field, texts) if text is None else text


def told(
    value: Any,
    word: Word,
    field: FieldDescription | None = None,
    texts: Mapping[str, Text] = MappingProxyType({}),
) -> str:
    """A setting in words."""
    if isinstance(value, Kind):
        inner = ", ".join(f"{title} {text}" for title, text in rows(value, word) if text)
        return f"{word(value.named())} ({inner})" if inner else word(value.named())
    if isinstance(value, bool):
        return word(say("report.yes", "yes") if value else say("report.no", "no"))
    if isinstance(value, tuple):
        if len(value) > MOST_ENTRIES:
            return word(say_counted("report.values", "{count} value", "{count} values", len(value)))
        return ", ".join(told(each, word) for each in value)
    if field is not None and (choice := texts.get(f"choice.{value}")) is not None:
        return word(choice)
    if isinstance(value, int | float):
        unit = word(texts["unit"]) if "unit" in texts else ""
        return with_unit(setting(value), unit)
    return shortened(value)
