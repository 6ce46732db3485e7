"""Reading pictures of a person's own: how they are usually taken, and all of them at one size."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures import decoding
from playground.data.pictures.album import Album
from playground.data.pictures.arranging import Arranged, Placed, checked_classes
from playground.data.pictures.decoding import Bytes
from playground.data.pictures.files import Report
from playground.data.pictures.limits import check_values
from playground.data.pictures.opening import Source, name_of, opened
from playground.data.pictures.problem import PictureProblem, named
from playground.data.pictures.sizing import LARGEST, SMALLEST, Sizing
from playground.data.pictures.stacks import Stack, joined
from playground.data.tables.problem import Cancelled
from playground.text import Text, say

LOOKED_AT = 9
"""Pictures of a folder from which it is guessed how they are taken."""

AT_ONCE = 16
"""Pictures between two looks at whether to stop."""


def guess(source: Source, cancelled: Callable[[], bool] | None = None) -> Sizing:
    """How the pictures are usually taken: as small as they are, and in colour where they have colours.

    Raises:
        PictureProblem: when they cannot be read.
        Cancelled: when `cancelled` says so.
    """
    with opened(source, _reporting(None, cancelled)) as found:
        if isinstance(found, list):
            return found[0].usual
        seen = list(_seen(found.pictures))
    sizes = {(width, height) for width, height, _ in seen}
    width, height = sizes.pop() if len(sizes) == 1 else (0, 0)
    side = width if width == height and SMALLEST <= width <= LARGEST else Sizing().side
    return Sizing(side=side, colour="colour" if any(coloured for *_, coloured in seen) else "grey")


def read(
    source: Source,
    sizing: Sizing,
    progress: Report | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Album:
    """All pictures, at that size.

    `progress` is told the share that is done, from 0 to 1, on the calling thread.

    Raises:
        PictureProblem: when they cannot be read, or nothing can be learnt of them.
        Cancelled: when `cancelled`, which is asked from time to time, says so.
    """
    report = _reporting(progress, cancelled)
    with opened(source, report) as found:
        if isinstance(found, list):
            album = _of_stacks(found, sizing, report)
        else:
            album = _of_files(found, sizing, report)
    return replace(album, name=name_of(source))


def _reporting(progress: Report | None, cancelled: Callable[[], bool] | None) -> Report:
    def report(share: float) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(share)

    return report


def _seen(pictures: Sequence[Placed]) -> Iterator[tuple[int, int, bool]]:
    """How a few of the pictures look that can be read."""
    for place in np.linspace(0, len(pictures) - 1, min(LOOKED_AT, len(pictures))).astype(int):
        try:
            yield decoding.dimensions(pictures[place].file.content())
        except PictureProblem:
            continue


# --- of files ---------------------------------------------------------------------------------------


def _of_files(found: Arranged, sizing: Sizing, report: Report) -> Album:
    pictures = found.pictures
    check_values(len(pictures), sizing.side, sizing.channels)
    checked_classes(picture.label for picture in pictures)  # before all are read
    pixels, unread = _decoded(pictures, sizing, report)
    kept = [picture for place, picture in enumerate(pictures) if place not in unread]
    if not kept:
        raise PictureProblem(
            say(
                "pictures.none_read", "None of its pictures can be read: {names}.",
                names=named(list(unread.values())),
            )
        )  # fmt: skip
    remarks = list(found.remarks)
    if unread:
        pixels = np.delete(pixels, list(unread), axis=0)
        remarks.insert(0, say("pictures.unread", "Left out: {names}.", names=named(list(unread.values()))))
    names, single = checked_classes(picture.label for picture in kept)
    places = {name: place for place, name in enumerate(names)}
    return Album(
        "",
        pixels,
        np.array([places[picture.label] for picture in kept], np.int64),
        names,
        np.array([picture.side for picture in kept], np.int8) if found.sides else None,
        sizing,
        tuple(picture.file.name for picture in kept),
        (*remarks, *single),
    )


def _decoded(pictures: Sequence[Placed], sizing: Sizing, report: Report) -> tuple[Bytes, dict[int, Text]]:
    """All pictures, and why some of them cannot be read, by their places."""
    pixels = np.zeros((len(pictures), sizing.side, sizing.side, sizing.channels), np.uint8)
    unread: dict[int, Text] = {}

    def decode(place: int) -> None:
        file = pictures[place].file
        try:
            pixels[place] = decoding.decoded(file.content(), sizing)
        except PictureProblem as problem:
            unread[place] = decoding.why(file.name, problem)

    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        for first in range(0, len(pictures), AT_ONCE):
            report(first / len(pictures))
            list(pool.map(decode, range(first, min(first + AT_ONCE, len(pictures)))))
    return pixels, dict(sorted(unread.items()))


# --- of arrays --------------------------------------------------------------------------------------


def _of_stacks(found: list[Stack], sizing: Sizing, report: Report) -> Album:
    count = sum(len(stack.pixels) for stack in found)
    if not count:
        raise PictureProblem(say("pictures.nothing", "It is empty."))
    check_values(count, sizing.side, sizing.channels)
    words = [word for stack in found for word in stack.words()]
    names, remarks = checked_classes(words)
    places = {name: place for place, name in enumerate(names)}
    parts: list[Bytes] = []
    for stack in found:
        share, before = len(stack.pixels) / count, sum(map(len, parts)) / count
        parts.append(stack.sized(sizing, partial(_report_part, report, before, share)))
    return Album(
        "",
        joined(parts),
        np.array([places[word] for word in words], np.int64),
        names,
        _sides(found),
        sizing,
        remarks=tuple(remarks),
    )


def _report_part(report: Report, before: float, share: float, part: float) -> None:
    report(before + share * part)


def _sides(found: Sequence[Stack]) -> NDArray[np.int8] | None:
    """What the names of the arrays say, when there are some to learn from and others."""
    if len({stack.side for stack in found}) < 2 or not any(stack.side == 0 for stack in found):
        return None
    return np.concatenate([np.full(len(stack.pixels), stack.side or 0, np.int8) for stack in found])
