"""What a heat map asks of its content."""

from __future__ import annotations

from typing import Protocol

from widgets.colouring import Floats
from widgets.figures.columns import Columns


class HeatContent(Protocol):
    """An array (rows, columns), with what its rows and columns are."""

    @property
    def title(self) -> str:
        """What the layer is called."""

    @property
    def values(self) -> Floats:
        """The array."""

    @property
    def ends(self) -> tuple[float, float]:
        """The values of the colours at both ends: from −x to x, or from 0."""

    @property
    def largest(self) -> float | None:
        """The side of a place at most, where places are square."""

    @property
    def lit(self) -> bool:
        """Whether a row belongs together and lights up as one, and rows end where the columns do."""

    @property
    def titles(self) -> tuple[str, str]:
        """What columns and rows are."""

    @property
    def column_names(self) -> tuple[str, ...]:
        """A name for each column; those without one are dim."""

    def row_name(self, row: int) -> str:
        """What a row is called."""

    def words(self, row: int, column: int) -> str:
        """What there is to read of a place."""

    def columns(self) -> Columns:
        """The numbers, to be saved."""
