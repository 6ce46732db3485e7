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
    return [argument.key, argument.template, [[name, _plain(each)] for name, each in argument.arguments]]


def _text(plain: Any) -> Argument:
    if not isinstance(plain, list):
        assert isinstance(plain, str | int | float)
        return plain
    key, template, arguments = plain
    told = written_elsewhere(key, template)
    return replace(told, arguments=tuple((name, _text(each)) for name, each in arguments))
