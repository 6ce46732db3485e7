"""Frozen dataclasses whose methods are made when the first of them is: making them takes long to load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")

FIELDS = "__dataclass_fields__"
"""By what a dataclass is known, which has its fields there."""

NEW = "__new__"
"""What brings one of a class to be, before it is given its fields."""

_making = RLock()


@overload
def record(cls: type[T], /) -> type[T]: ...


@overload
def record(*, eq: bool = True, kw_only: bool = False) -> Callable[[type[T]], type[T]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[Any] | None = None, /, **options: bool) -> Any:
    """What `dataclass(frozen=True, ...)` makes of a class, at a tenth of its cost while there is none of it.

    The dataclass is made when one of it comes to be, copied and read ones too, or when anything asks for
    its fields, as a dataclass does that inherits them.
    """
    if cls is None:
        return lambda cls: record(cls, **options)
    if cls.__new__ not in (object.__new__, _first, _further):
        return dataclass(frozen=True, **options)(cls)
    setattr(cls, FIELDS, _Fields(options))
    setattr(cls, NEW, _first)
    return cls


class _Fields:
    """Stands where a dataclass has its fields until it is made."""

    def __init__(self, options: dict[str, bool]) -> None:
        self.options = options

    def __get__(self, one: object, cls: type[Any]) -> Any:
        _make(cls)
        return getattr(cls, FIELDS)


def _make(cls: type[Any]) -> None:
    """Make a class and those that it inherits from; another thread that wants one of them waits."""
    with _making:
        for each in reversed(cls.__mro__):
            if isinstance(fields := each.__dict__.get(FIELDS), _Fields):
                dataclass(frozen=True, **fields.options)(each)
                setattr(each, NEW, _further)  # last of all: this is what others look at


def _first(cls: type[Any], *_: object, **__: object) -> Any:
    _make(cls)
    return object.__new__(cls)


def _further(cls: type[Any], *_: object, **__: object) -> Any:
    return object.__new__(cls)
