"""How the chronicle of a run stands in `runs/7.safetensors`.

`signs/<column>` are its vital signs, columns of one length, `epoch` among them.  `spreads/<layer>/<quantity>`
has a row for each histogram: epoch, low, high, mean, deviation, and the counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.training.chronicle import LOG_ROWS, ROWS, Histogram, KeptChronicle, Spread

SIGNS, SPREADS = "signs", "spreads"
"""What the names of both begin with."""
TOLD = 5
"""Numbers of a histogram besides the counts."""
MOST_BINS = 1000


def chronicle_tensors(kept: KeptChronicle) -> Iterator[tuple[str, NDArray[Any]]]:
    """Its tensors by name."""
    for name, column in kept.log.items():
        yield f"{SIGNS}/{name}", np.ascontiguousarray(column)
    for (layer_id, quantity), spread in kept.spreads.items():
        rows = [[each.epoch, each.low, each.high, each.mean, each.deviation, *each.counts] for each in spread]
        yield f"{SPREADS}/{layer_id}/{quantity}", np.array(rows, np.float64)


def chronicle_of(signs: Mapping[str, NDArray[Any]], spreads: Mapping[str, NDArray[Any]]) -> KeptChronicle:
    """The chronicle of such tensors, by the rest of their names.

    Raises:
        ValueError: when they are none.
    """
    lengths = {column.shape for column in signs.values()}
    sound = all(column.dtype == np.float64 and column.ndim == 1 for column in signs.values())
    if signs and not (
        sound and len(lengths) == 1 and "epoch" in signs and 0 < len(signs["epoch"]) <= LOG_ROWS + 1
    ):
        raise ValueError("vital signs are no columns of one length")
    if signs and not np.isfinite(signs["epoch"]).all():
        raise ValueError("epochs are no numbers")
    found: dict[tuple[str, str], Spread] = {}
    for name, rows in spreads.items():
        layer_id, _, quantity = name.rpartition("/")
        found[layer_id, quantity] = _spread(rows)
    return KeptChronicle(dict(signs), found)


def _spread(rows: NDArray[Any]) -> Spread:
    """The histograms of rows (n, 5 + bins)."""
    if rows.dtype != np.float64 or rows.ndim != 2 or not 0 < len(rows) <= ROWS + 1:
        raise ValueError("no rows of histograms")
    bins, counts = rows.shape[1] - TOLD, rows[:, TOLD:]
    counted = (counts >= 0).all() and (counts < 2**53).all() and (rows[:, 1] <= rows[:, 2]).all()
    if not (0 < bins <= MOST_BINS and np.isfinite(rows).all() and counted):
        raise ValueError("no histograms")
    return tuple(
        Histogram(epoch, low, high, row[TOLD:].astype(np.int64), mean, deviation)
        for row in rows
        for epoch, low, high, mean, deviation in [row[:TOLD].tolist()]
    )
