"""A formula of columns as an input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.data.dataset import Dataset
from playground.data.features.feature import Feature
from playground.data.formulas import LONGEST
from playground.data.formulas.checking import flaw_over, formula_over
from playground.data.sample import Column, Floats
from playground.text import Text, say
from playground.value import Hidden, InvalidValue

if TYPE_CHECKING:
    from playground.data.formulas.formula import Formula


class FormulaFeature(Feature):
    title = "Formula"
    help = "A formula of the columns, such as sin(2 x₁) or 'petal length' / 'petal width'."
    advice = "To give the network what you know already, and see what it is still needed for."
    kind: Literal["formula"] = "formula"
    expression: Annotated[str, Hidden()] = Field(
        "x₁",
        max_length=LONGEST,
        title="Formula",
        description="Of + − * / ^ ( ) | |, functions such as sin, log (natural), min, and columns by name, "
        "in quotation marks where it has spaces.",
    )

    @classmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        return ()

    def fits(self, dataset: Dataset) -> bool:
        """Whether it can be read; over coordinates it must have a value wherever they may be."""
        if not dataset.columns:
            return False
        if (flaw := flaw_over(self._read(dataset), dataset.columns)) is not None:
            raise InvalidValue(flaw)
        return True

    @property
    def name(self) -> Text:
        return say("feature.formula", "{formula}", formula=self.expression)

    @property
    def plain(self) -> bool:
        return False

    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        return (Column(self.expression),)

    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        formula = self._read(dataset)
        return formula.compute(_by_name(formula, raw, dataset), len(raw))[:, np.newaxis]

    def written(self, dataset: Dataset) -> tuple[str, ...]:
        places = dataset.column_places
        names = {name: f"x{places[name]}" for name in self._read(dataset).columns}
        return (f"known({self._read(dataset).written(names)})",)

    def flaw(self, raw: Floats, dataset: Dataset) -> Text | None:
        formula = self._read(dataset)
        columns = _by_name(formula, raw, dataset)
        return formula.flaw(columns, formula.compute(columns, len(raw)))

    def _read(self, dataset: Dataset) -> Formula:
        return formula_over(self.expression, dataset.columns)


def _by_name(formula: Formula, raw: Floats, dataset: Dataset) -> dict[str, Floats]:
    """The columns that a formula needs, from samples (n, d)."""
    return {name: raw[:, dataset.column_places[name]] for name in formula.columns}
