"""Sentences as they are kept in a study, so that each window says them in its own language."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from playground.text import Argument, Text, written_elsewhere


def written(text: Text) -> str:
    """A sentence as a line of JSON."""
    return json.dumps(_plain(text))


def read(line: str) -> Text:
    """The sentence of such a line."""
    found = _text(json.loads(line))
    assert isinstance(found, Text)
    return found


def _plain(argument: Argument) -> Any:
    if not isinstance(argument, Text):
        return argument
    arguments = [[name, _plain(each)] for name, each in argument.arguments]
    counted = [argument.plural, argument.number] if argument.plural else []
    return [argument.key, argument.template, arguments, *counted]


def _text(plain: Any) -> Argument:
    if not isinstance(plain, list):
        assert isinstance(plain, str | int | float)
        return plain
    key, template, arguments, *counted = plain
    told = written_elsewhere(key, template)
    if counted:
        told = replace(told, plural=counted[0], number=counted[1])
    return replace(told, arguments=tuple((name, _text(each)) for name, each in arguments))
