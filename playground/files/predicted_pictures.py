"""Pictures with what a network makes of them: the names of their files, and its answers behind them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from playground.data.dataset import Dataset
from playground.data.pictures import reading
from playground.data.pictures.album import Album
from playground.data.pictures.scale import looks_between
from playground.data.pictures.sizing import LARGEST, SMALLEST, Sizing
from playground.files.predictions import Predicted, with_answers
from playground.text import say
from playground.training.moment import Moment
from playground.value import InvalidValue


def album_for(dataset: Dataset, source: Path) -> Album:
    """The pictures of a source, without classes, as those of a dataset are.

    Raises:
        InvalidValue: when they cannot be read, or the dataset has no such pictures.
    """
    return reading.read(source, _sizing(dataset), labelled=False)


def predicted(moment: Moment, album: Album) -> Predicted:
    """A row for each picture: its file, or its number in the array that it comes from, and the answers."""
    import polars as pl

    black, white = looks_between(moment.data.train.raw)
    raw = album.pixels.astype(np.float64) * ((white - black) / 255) + black
    with np.errstate(all="ignore"):
        answers = moment.ask(raw)
    numbers = [str(number) for number in range(1, len(raw) + 1)]
    frame = pl.DataFrame({"file": album.names} if album.names else {"picture": numbers})
    return Predicted(with_answers(frame, moment, answers, np.ones(len(raw), bool)), len(raw), len(raw))


def _sizing(dataset: Dataset) -> Sizing:
    height, width, channels = dataset.shape.sizes
    if height != width or not SMALLEST <= height <= LARGEST or channels not in (1, 3):
        shape = str(dataset.shape)
        raise InvalidValue(
            say("predict.other_shape", "its samples are of {shape}, which no file gives", shape=shape)
        )
    fit = getattr(dataset, "fit", "crop")
    return Sizing(side=height, colour="colour" if channels == 3 else "grey", fit=fit)
