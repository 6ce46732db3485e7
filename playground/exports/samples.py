"""Samples as a person has them, for what is written to be run on: rows by names, pictures, texts."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.data.prepared import PreparedData
from playground.data.sample import Floats
from playground.exports.preparation import Preparation


def as_typed(preparation: Preparation, raw: Floats) -> list[Any]:
    """Samples (n, …) as a person has them.

    Rows are dictionaries by column, with categories by name, dates as 2024-12-31 and None for what is
    missing; a sequence of symbols is a text, one of numbers an array of the steps that there are; all else is
    an array as it is.
    """
    shape = preparation.shape
    if preparation.columns:
        return [
            {
                column.name: _cell(value, column.categories, column.name in preparation.dates)
                for column, value in zip(preparation.columns, row, strict=True)
            }
            for row in raw
        ]
    if not shape.is_sequence:
        return list(raw)
    steps = [each[~np.isnan(each).all(axis=1)] for each in raw]
    if shape.symbols:
        return ["".join(shape.symbols[place] for place in each.argmax(axis=1)) for each in steps]
    return steps


def _cell(value: float, categories: tuple[str, ...], is_date: bool) -> Any:
    if np.isnan(value):
        return None
    if is_date and value.is_integer():
        return str(np.datetime64(int(value), "D"))
    return categories[int(value)] if categories else float(value)


def many_samples(data: PreparedData, count: int, seed: int = 0) -> Floats:
    """So many samples (count, …) to compare answers on: those there are, and between them others like them.

    Nodes of one graph are those that it has.  Others have each column from another sample; of pictures and
    sequences those there are come again.
    """
    if data.nodes is not None:
        return data.nodes.raw
    known = np.concatenate(
        [side.raw for side in (data.train, data.validation, data.test) if side is not None]
    )
    source = np.random.default_rng(seed)
    order = source.permutation(len(known))
    if len(known) >= count:
        return known[order[:count]]
    more = source.integers(len(known), size=(count - len(known), known.shape[1] if known.ndim == 2 else 1))
    if known.ndim == 2:
        return np.concatenate([known, known[more, np.arange(known.shape[1])]])
    return np.concatenate([known, known[more[:, 0]]])
