"""The rows of a sheet as text: for the clipboard with tabs, for a file with commas."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.training.moment import of_each_class
from widgets.pages.data.sheet import Meaning, Sheet, SheetColumn
from widgets.pages.data.verdict import Verdict

if TYPE_CHECKING:
    import polars as pl


WRITTEN = (Meaning.NUMBER, Meaning.NAME, Meaning.VALUE, Meaning.TARGET, Meaning.SIDE)
"""What is known of a sample, whatever the network says."""


def as_text(sheet: Sheet, verdict: Verdict | None, rows: NDArray[np.int64], delimiter: str) -> bytes:
    """These rows with their names on top, and what the network says of each."""
    import polars as pl

    frame: dict[str, pl.Series] = {}
    for column in sheet.columns:
        if column.meaning in WRITTEN:
            _add(frame, column.name, _written(sheet.values(column)[rows], column))
    for name, values in _answers(verdict, rows).items():
        _add(frame, name, values)
    out = io.BytesIO()
    pl.DataFrame(frame).write_csv(out, separator=delimiter)
    return out.getvalue()


def _answers(verdict: Verdict | None, rows: NDArray[np.int64]) -> dict[str, Any]:
    """The answers as a command without a window names them."""
    import polars as pl

    if verdict is None:
        return {}
    found: dict[str, Any] = {}
    outputs = verdict.outputs[rows].astype(np.float64)
    if verdict.classes is None:
        many = outputs.shape[1] > 1
        for place in range(outputs.shape[1]):
            found[f"prediction.{place + 1}" if many else "prediction"] = pl.Series(outputs[:, place])
    else:
        found["prediction"] = _named(verdict.classes[rows], verdict.names)
    if verdict.certainty is not None:
        shares = of_each_class(outputs)
        found["probability"] = pl.Series(verdict.certainty[rows].astype(np.float64))
        for place, name in enumerate(verdict.names):
            found[f"probability.{name}"] = pl.Series(shares[:, place])
    return found | {"loss": pl.Series(verdict.losses[rows])}


def _written(values: NDArray[np.float64], column: SheetColumn) -> pl.Series:
    import polars as pl

    if column.categories:
        codes = np.where(np.isnan(values), -1, values).astype(np.int64)
        return _named(codes, column.categories)
    if np.array_equal(values, np.round(values)) and np.abs(values).max(initial=0) < 2**53:
        return pl.Series(values.astype(np.int64))
    return pl.Series(values, nan_to_null=True)


def _named(codes: NDArray[Any], names: tuple[str, ...]) -> pl.Series:
    import polars as pl

    return pl.Series([*names, None]).gather(np.where(codes < 0, len(names), codes))


def _add(frame: dict[str, Any], name: str, values: Any) -> None:
    """Add a column under a name that is not there yet."""
    other, number = name, 1
    while other in frame:
        number += 1
        other = f"{name}_{number}"
    frame[other] = values
