"""What every laboratory is: a frozen value of settings that says which question it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.value import Kind, owner_key

Memory: TypeAlias = Mapping[str, NDArray[np.generic]]
"""What a laboratory has worked out so far and cannot be had from its settings alone, by name."""


@dataclass(frozen=True)
class Try:
    """Something to try: a sentence, and the fields that it sets."""

    text: str
    changes: Mapping[str, Any] = field(default_factory=dict)


class Laboratory(Kind):
    """The settings of a laboratory, and what a person made in it."""

    shelf: ClassVar[int] = 99
    """Where it stands among the others: what one begins with first."""

    question: ClassVar[str] = ""
    """What it answers."""

    answer: ClassVar[str] = ""
    """What there is to be seen, in a few sentences."""

    akin: ClassVar[tuple[str, ...]] = ()
    """Whose Explain pages lead here: classes (`Layer.variational`), or whole families (`Schedule`)."""

    tries: ClassVar[tuple[Try, ...]] = ()
    """What shows most."""

    @classmethod
    def members(cls) -> tuple[type[Self], ...]:
        """Every laboratory, in the order in which people see them."""
        return tuple(sorted(super().members(), key=lambda member: member.shelf))

    @classmethod
    def is_akin(cls, kind: type[Kind]) -> bool:
        """Whether the Explain page of a class leads here."""
        return owner_key(kind) in cls.akin or kind.family().__name__ in cls.akin

    @classmethod
    def words(cls) -> dict[str, str]:
        """Question and answer too; what there is to try is numbered from `try.0`."""
        tries = {f"try.{number}": each.text for number, each in enumerate(cls.tries)}
        return super().words() | {"question": cls.question, "answer": cls.answer} | tries
