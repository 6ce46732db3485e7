"""What a class says of itself, made ready to be read: formula, fields and properties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.engine.activations import Activation
from playground.fields import FieldDescription
from playground.numbers.writing import entry, figures, with_unit
from playground.value import Kind
from widgets.forms.choice_control import choice_title
from widgets.sentences import counted, said, sentence, shown_fields

_PARTS = re.compile(r"\s{2,}")
_POWER = re.compile(r"\^(?:\(([^()]*)\)|(⌊[^⌋]*⌋|[^\s,;)]+))")
_INDEX = re.compile(r"_(\w+)")
_VARIABLE = re.compile(r"((?<![A-Za-z])[A-Za-z](?![A-Za-z])|[α-ω])([\u0300-\u036f]?)")
"""A Latin letter that stands alone, or a small Greek one; with its hat."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Explain", text)


def formula_html(formula: str) -> str:
    """A formula with its variables in italics and its powers raised; each part on a line of its own."""
    return "<br>".join(_part_html(part) for part in _PARTS.split(formula) if part)


def _part_html(part: str) -> str:
    text = escape(part.rstrip(",;"), quote=False)
    text = _POWER.sub(r"<sup>\1\2</sup>", _INDEX.sub(r"<sub>\1</sub>", text))
    return _VARIABLE.sub(r"<i>\1\2</i>", text)


@dataclass(frozen=True)
class FieldWords:
    """A field's title, its value now, what it does, and what may be entered."""

    title: str
    value: str
    help: str
    bounds: str


def field_words(value: Kind) -> tuple[FieldWords, ...]:
    """Of every field that a form shows."""
    return tuple(
        FieldWords(field.title, value_text(field, getattr(value, field.name)), field.help, bounds_text(field))
        for field in shown_fields(type(value))
        if not field.hidden
    )


def value_text(field: FieldDescription, value: Any) -> str:
    """A field's value as its control shows it."""
    if isinstance(value, Kind):
        return said(value)
    if isinstance(value, bool):
        return _yes_or_no(value)
    if isinstance(value, tuple):
        return ", ".join(entry(number, places=1) for number in value)
    if field.paragraphs:
        return counted("{count} character", "{count} characters", len(value))
    if field.type is Literal:
        return choice_title(field, value)
    if isinstance(value, int | float):
        text = entry(float(value) if field.type is float else value)
        return with_unit(text, field.unit)
    return str(value)


def bounds_text(field: FieldDescription) -> str:
    """Which numbers may be entered; empty for what is no number."""
    if field.type not in (int, float) or field.low is None or field.high is None:
        return ""
    low, high = entry(field.low, places=1), entry(field.high, places=1)
    text = {
        (False, False): _tr("{low} to {high}"),
        (False, True): _tr("{low} to below {high}"),
        (True, False): _tr("above {low}, up to {high}"),
        (True, True): _tr("above {low}, below {high}"),
    }[field.above, field.below]
    return text.format(low=low, high=high)


def property_rows(activation: Activation) -> tuple[tuple[str, str], ...]:
    """What is known of an activation, by name."""
    known = activation.properties
    low, high = (_number(end) for end in known.range)
    kinks = ", ".join(_number(kink) for kink in known.kinks)
    rough = _tr("no, a kink at {places}") if len(known.kinks) == 1 else _tr("no, kinks at {places}")
    return (
        (_tr("Range"), _tr("{low} to {high}").format(low=low, high=high)),
        (_tr("Centred on zero"), _yes_or_no(known.odd)),
        (_tr("Saturates"), sentence(known.saturation.value)),
        (_tr("Monotonic"), _yes_or_no(known.monotonic)),
        (_tr("Smooth"), rough.format(places=kinks) if kinks else _tr("yes")),
        (_tr("Steepest slope"), _number(known.steepest)),
        (_tr("Slope at 0"), _number(float(activation.slope(np.zeros((1, 1)))[0, 0]))),
        (_tr("Can die"), _yes_or_no(known.can_die)),
    )


def _number(number: float) -> str:
    return figures(number, 4)


def _yes_or_no(answer: bool) -> str:
    return _tr("yes") if answer else _tr("no")
