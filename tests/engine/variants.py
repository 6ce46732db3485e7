"""Members of a family with each of their choices, so that no branch of a formula goes untested."""

from typing import Literal

import pytest

from playground.fields import describe


def variants(family):
    """Every member as it is by default, and with each other value of each choice and switch."""
    return [
        pytest.param(
            member(**changes), id=" ".join([member.tag(), *(f"{k}={v}" for k, v in changes.items())])
        )
        for member in family.members()
        for changes in ({}, *_changes(member))
    ]


def _changes(member):
    for field in describe(member):
        values = field.choices if field.type is Literal else (False, True) if field.type is bool else ()
        yield from ({field.name: value} for value in values if value != field.default)
