"""The names that a formula may use: columns, and what people type for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from playground.data.formulas.operations import CONSTANTS, FUNCTIONS

WORD = re.compile(r"[^\W\d]\w*")
"""A name that needs no quotation marks."""


@dataclass(frozen=True)
class Names:
    """Columns by their names, and by other names for them."""

    columns: tuple[str, ...]
    others: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> str | None:
        """The column that is meant; capitals count only where two columns differ by nothing else."""
        found = self._by_name.get(name)
        return self._by_folded.get(name.casefold()) if found is None else found

    def knows(self, name: str) -> bool:
        """Whether it is a column, a function or a constant."""
        folded = name.casefold()
        return self.column(name) is not None or folded in FUNCTIONS or folded in CONSTANTS

    def parts(self, word: str) -> tuple[str, ...]:
        """A word as known names one after another, `x₁x₂` as x₁ and x₂; empty when it is no such thing."""
        splits: dict[int, tuple[str, ...]] = {len(word): ()}
        for start in reversed(range(len(word))):
            for end in range(len(word), start, -1):
                if end in splits and self.knows(word[start:end]):
                    splits[start] = (word[start:end], *splits[end])
                    break
        return splits.get(0, ())

    def told(self, most: int = 6) -> str:
        """The columns as they can be typed, the first of them when there are many."""
        shown = [name if WORD.fullmatch(name) else f"'{name}'" for name in self.columns[:most]]
        return ", ".join(shown) + (", …" if len(self.columns) > most else "")

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {name: name for name in self.columns} | dict(self.others)

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        for name, column in self._by_name.items():
            found.setdefault(name.casefold(), set()).add(column)
        return {name: columns.pop() for name, columns in found.items() if len(columns) == 1}
