"""How the fields of a value describe themselves: what controls, files, help and tests need of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from playground.record import record
from playground.text import Text
from playground.value import (
    BOUNDS,
    Basic,
    Hidden,
    Kind,
    Logarithmic,
    OneOfFamily,
    Paragraphs,
    Titles,
    Typical,
    Unit,
    Value,
    owner_key,
)


@record
class FieldDescription:
    """What a control must know of a field.

    `type` is bool, int, float, str, tuple, a `Kind` family (then `members` lists its classes) or `Literal`
    (then `choices` lists the values, and `titles` what some of them are called).  `low` and `high` are the
    allowed bounds, excluded when `above` / `below`; `slider` is the range a slider covers.
    """

    name: str
    title: str
    help: str
    type: Any
    default: Any
    low: float | None = None
    high: float | None = None
    above: bool = False
    below: bool = False
    unit: str = ""
    logarithmic: Logarithmic | None = None
    slider: tuple[float, float] | None = None
    choices: tuple[Any, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    members: tuple[type[Kind], ...] = ()
    hidden: bool = False
    paragraphs: bool = False
    basic: bool = False


@cache
def describe(cls: type[Value]) -> tuple[FieldDescription, ...]:
    """The fields of a class, in order, without the `kind` tag."""
    return tuple(_describe(name, info) for name, info in cls.model_fields.items() if name != "kind")


def _describe(name: str, info: FieldInfo) -> FieldDescription:
    found: dict[str, Any] = {}
    annotation = info.annotation
    for mark in info.metadata:
        if (low := getattr(mark, "ge", None)) is not None:
            found["low"] = low
        if (low := getattr(mark, "gt", None)) is not None:
            found |= {"low": low, "above": True}
        if (high := getattr(mark, "le", None)) is not None:
            found["high"] = high
        if (high := getattr(mark, "lt", None)) is not None:
            found |= {"high": high, "below": True}
        if isinstance(mark, Unit):
            found["unit"] = mark.text
        elif isinstance(mark, Logarithmic):
            found["logarithmic"] = mark
        elif isinstance(mark, Typical):
            found["slider"] = (mark.low, mark.high)
        elif isinstance(mark, Titles):
            found["titles"] = mark.by_choice
        elif isinstance(mark, Paragraphs):
            found["paragraphs"] = True
        elif isinstance(mark, Hidden):
            found["hidden"] = True
        elif isinstance(mark, Basic):
            found["basic"] = True
        elif isinstance(mark, OneOfFamily) and isinstance(annotation, type):
            found["members"] = annotation.members()
    if get_origin(annotation) is Literal:
        found["choices"] = get_args(annotation)
        found["titles"] = _titles(found["choices"]) | dict(found.get("titles", {}))
        annotation = Literal
    elif (origin := get_origin(annotation)) is not None:
        annotation = origin
    if "slider" not in found and found.get("low") is not None and found.get("high") is not None:
        found["slider"] = (found["low"], found["high"])
    default = info.get_default(call_default_factory=True)
    return FieldDescription(
        name=name,
        title=info.title or name.replace("_", " ").capitalize(),
        help=info.description or "",
        type=annotation,
        default=None if default is PydanticUndefined else default,
        **found,
    )


def _titles(choices: Sequence[Any]) -> dict[Any, str]:
    """What people call choices for which nothing else is said: `"last_one"` is Last one."""
    words = {choice: choice.replace("_", " ") for choice in choices if isinstance(choice, str)}
    return {choice: text[:1].upper() + text[1:] for choice, text in words.items()}


def field_texts(owner: type[Value], field: FieldDescription) -> Mapping[str, Text]:
    """What a field says of itself, by role; the keys name what it belongs to, the field and the role.

    A field that no form shows may have nothing to say.
    """
    words = {"title": field.title, "help": field.help, "unit": field.unit}
    words |= {f"choice.{choice}": title for choice, title in field.titles.items()}
    if field.hidden and not field.help:
        return {}
    place = f"{owner_key(owner)}.{field.name}"
    return {role: Text(f"{place}.{role}", text) for role, text in words.items() if text}


def basic_fields(cls: type[Value]) -> frozenset[str]:
    """The names of the fields that beginners are shown: those that are marked, or all where none is."""
    shown = [field for field in describe(cls) if not field.hidden]
    return frozenset(field.name for field in [each for each in shown if each.basic] or shown)


def beyond(field: FieldDescription, number: float) -> Text | None:
    """Which bound of a field a number breaks; None when it is within."""
    low, high = field.low, field.high
    if low is not None and (number <= low if field.above else number < low):
        return _bound("greater_than" if field.above else "greater_than_equal", low)
    if high is not None and (number >= high if field.below else number > high):
        return _bound("less_than" if field.below else "less_than_equal", high)
    return None


def _bound(kind: str, bound: float) -> Text:
    return Text(f"bound.{kind}", BOUNDS[kind], (("bound", bound),))
