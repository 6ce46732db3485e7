"""Numbers, dates and categories in columns of texts, as people of different countries write them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats

if TYPE_CHECKING:
    import polars as pl

Decimal: TypeAlias = Literal[".", ","]

SAMPLE = 200
"""Texts that are looked at first, since most columns show at once what they hold."""

DATES = (
    "%Y-%m-%d",
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%Y/%m/%d",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.fZ",
    "%Y-%m-%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
)
"""How dates are written; of two ways that fit all of a column the first is taken."""

_SPACES = r"[ \x{a0}\x{2009}\x{202f}'’,]"
_GROUPED = rf"^[+-]?[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+(?:\.[0-9]*)?$"
_UNITS = r"^([+-]?)[$€£¥] ?| ?[%$€£¥]$"
"""Signs of money and of shares, which stand before or behind a number."""

_NAMES = "^0[0-9]+$"
"""Digits that are no number: a post code, a key."""

_DAY = 86_400_000_000


def without(texts: pl.Series, missing: Sequence[str]) -> pl.Series:
    """The texts, null where one of those stands that mean a missing value."""
    found = texts.is_in(list(missing))
    return texts.set(found, None) if found.any() else texts


def numbers(texts: pl.Series, decimal: Decimal) -> pl.Series:
    """The number in each text, null where there is none.

    Thousands may be parted by the sign that is not the decimal one, by spaces or by apostrophes.
    """
    sample = texts.drop_nulls().head(SAMPLE)
    found = _numbers(sample, decimal)
    if sample.len() and found.null_count() == sample.len():
        return found.clear(texts.len())
    return _numbers(texts, decimal)


def _numbers(texts: pl.Series, decimal: Decimal) -> pl.Series:
    import polars as pl

    written = _with_signs_swapped(texts) if decimal == "," else texts
    found = written.cast(pl.Float64, strict=False)
    left = found.is_null() & written.is_not_null()
    if not left.any():
        return found
    stripped = written.filter(left).str.strip_chars().str.replace("^−", "-").str.replace_all(_UNITS, "$1")
    grouped = stripped.str.contains(_GROUPED)
    plain = stripped.str.replace_all(_SPACES, "").zip_with(grouped, stripped)
    return found.scatter(left.arg_true(), plain.cast(pl.Float64, strict=False))


def are_names(texts: pl.Series) -> bool:
    """Whether digits stand there that are no numbers, as their first zeros would be lost."""
    return bool(texts.drop_nulls().head(SAMPLE).str.contains(_NAMES).any())


def _with_signs_swapped(texts: pl.Series) -> pl.Series:
    """The texts with a point for each comma, and a comma for each point."""
    held = texts.str.replace_all(",", "\0", literal=True).str.replace_all(".", ",", literal=True)
    return held.str.replace_all("\0", ".", literal=True)


def days(texts: pl.Series) -> Floats | None:
    """The date in each text in days since 1970, NaN where it is missing; None where they are no dates."""
    present = texts.drop_nulls()
    for style in DATES if present.len() else ():
        if _moments(present.head(SAMPLE), style).null_count():
            continue
        found = _moments(texts, style)
        if found.null_count() == texts.null_count():
            return in_days(found)
    return None


def _moments(texts: pl.Series, style: str) -> pl.Series:
    return texts.str.to_datetime(style, strict=False, time_unit="us")


def in_days(moments: pl.Series) -> Floats:
    """Moments, or dates, in days since 1970."""
    import polars as pl

    moments = moments.cast(pl.Datetime("us"))
    return to_floats(moments.cast(pl.Int64).cast(pl.Float64)) / _DAY


def to_floats(numbers: pl.Series) -> Floats:
    """Numbers with NaN where one is missing."""
    import polars as pl

    floats: Floats = np.array(numbers.cast(pl.Float64).fill_null(float("nan")).to_numpy())
    return floats


def codes(texts: pl.Series, most: int) -> tuple[NDArray[Any], tuple[str, ...]]:
    """Codes and the categories that they stand for, in order of their numbers, or of the alphabet.

    Of more than so many categories there are none, and the code of all is 0.
    """
    import polars as pl

    present = texts.drop_nulls()
    if present.n_unique() > most:
        return np.where(texts.is_null().to_numpy(), np.int32(-1), np.int32(0)), ()
    categories = present.unique().sort()
    numbers = _numbers(categories, ".")
    if not numbers.null_count():
        categories = categories.gather(numbers.arg_sort())
    found = texts.cast(pl.Enum(categories)).to_physical().cast(pl.Int32).fill_null(-1)
    return np.array(found.to_numpy()), tuple(categories)


def codes_of(texts: pl.Series, categories: Sequence[str]) -> NDArray[np.int64]:
    """The place of each text among the categories, −1 where it is none of them or missing."""
    import polars as pl

    if not texts.count():
        return np.full(texts.len(), -1)
    places = pl.Series(range(len(categories)), dtype=pl.Int64)
    found = texts.replace_strict(pl.Series(categories), places, default=-1, return_dtype=pl.Int64)
    return np.array(found.fill_null(-1).to_numpy())
