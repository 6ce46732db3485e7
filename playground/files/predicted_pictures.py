"""Pictures with what a network makes of them: the names of their files, and its answers behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from playground.data import OwnPictures
from playground.data.pictures.arranging import Placed
from playground.data.pictures.decoding import why
from playground.data.pictures.foreign import sample_of
from playground.data.pictures.looks import Looks
from playground.data.pictures.opening import unlabelled
from playground.data.pictures.problem import PictureProblem, named
from playground.data.pictures.sizing import LARGEST, SMALLEST, Sizing
from playground.data.pictures.stacks import Stack
from playground.data.prepared import PreparedData
from playground.data.sample import Floats
from playground.files.predictions import Predicted, with_answers
from playground.text import Text, say
from playground.training.moment import Moment


@dataclass(frozen=True, eq=False)
class PicturesToPredict:
    """Pictures as a network takes them, each with the name of its file, or its number in an array."""

    raw: Floats
    names: tuple[str, ...]
    heading: str
    remarks: tuple[Text, ...] = ()


def read(data: PreparedData, source: Path) -> PicturesToPredict:
    """The pictures of a source, made like those that were learnt from.

    Raises:
        PictureProblem: when none can be read, or no file gives such pictures.
    """
    looks = Looks.of(data.train.raw)
    height, width, channels = looks.shape
    if height != width or not SMALLEST <= height <= LARGEST or channels not in (1, 3):
        shape = str(data.dataset.shape)
        raise PictureProblem(
            say("predict.other_shape", "its samples are of {shape}, which no file gives", shape=shape)
        )
    with unlabelled(source, lambda _share: None) as found:
        if isinstance(found, list):
            return _of_stacks(found, looks)
        sizing = data.dataset.sizing if isinstance(data.dataset, OwnPictures) else None
        return _of_files(found.pictures, looks, sizing)


def predicted(moment: Moment, given: PicturesToPredict) -> Predicted:
    """A row for each picture with the answers to it."""
    import polars as pl

    count = len(given.raw)
    with np.errstate(all="ignore"):
        answers = moment.ask(given.raw)
    frame = pl.DataFrame({given.heading: given.names})
    return Predicted(with_answers(frame, moment, answers, np.ones(count, bool)), count, count)


def _of_stacks(found: Sequence[Stack], looks: Looks) -> PicturesToPredict:
    side, _, channels = looks.shape
    sizing = Sizing(side=side, colour="colour" if channels == 3 else "grey", fit="pad")
    pixels = np.concatenate([stack.sized(sizing, lambda _share: None) for stack in found])
    raw = looks.low + pixels * ((looks.high - looks.low) / 255)
    return PicturesToPredict(raw, tuple(str(number) for number in range(1, len(raw) + 1)), "picture")


def _of_files(found: Sequence[Placed], looks: Looks, sizing: Sizing | None) -> PicturesToPredict:
    samples: dict[str, Floats] = {}
    unread: list[Text] = []
    for picture in found:
        name = picture.file.name
        try:
            samples[name] = sample_of(picture.file.content(), looks, sizing)
        except PictureProblem as problem:
            unread.append(why(name, problem))
    if not samples:
        raise PictureProblem(
            say("pictures.none_read", "None of its pictures can be read: {names}.", names=named(unread))
        )
    left_out = [say("pictures.unread", "Left out: {names}.", names=named(unread))] if unread else []
    return PicturesToPredict(np.stack(list(samples.values())), tuple(samples), "file", tuple(left_out))
