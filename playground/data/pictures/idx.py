"""IDX files, the form of MNIST: pictures in one file and their labels in another beside it.

Four bytes say what is in it, 00 00 08 and the number of axes; then each axis has its size in four bytes, the
highest first; then come the values.
"""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Sequence
from math import prod

import numpy as np

from playground.data.pictures.decoding import Bytes
from playground.data.pictures.files import File
from playground.data.pictures.limits import MOST_OF_ARRAY
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.stacks import Stack
from playground.text import say

BYTE = 8
"""How values of one byte without a sign are told; no other kind is in use for pictures."""

SIDES = {"train": 0, "val": 1, "t10k": 2, "test": 2}
_GZIP = b"\x1f\x8b"


def is_idx(name: str) -> bool:
    """Whether the name of a file is that of pictures or labels in this form."""
    lower = name.lower().removesuffix(".gz")
    return any(f"{sign}idx{axes}-ubyte" in lower for sign in "-." for axes in (1, 3, 4)) or lower.endswith(
        (".idx", ".idx1", ".idx3", ".idx4")
    )


def stacks(files: Sequence[File], labelled: bool = True) -> list[Stack]:
    """The pictures of every file, with the labels beside it; those of training first.

    Raises:
        PictureProblem: when a file is damaged, or labels are missing; it has the name of the file.
    """
    by_name = {file.name.lower(): file for file in files if is_idx(file.name)}
    found: list[Stack] = []
    for name, file in by_name.items():
        if "image" not in name:
            continue
        labels = next((by_name[other] for other in _labels_of(name) if other in by_name), None)
        if labels is None and labelled:
            raise PictureProblem(
                say(
                    "idx.no_labels",
                    "{name} has no labels beside it, which would be called {other}.",
                    name=file.name,
                    other=_labels_of(file.name)[0],
                )
            )
        known = values(labels) if labels is not None and labelled else None
        found.append(Stack(file.name, _pictures(file), known, _side_of(name)))
    if not found:
        raise PictureProblem(
            say("idx.no_pictures", "There are labels, but no pictures such as train-images-idx3-ubyte.")
        )
    return sorted(found, key=lambda stack: stack.side or 0)


def _pictures(file: File) -> Bytes:
    """The array of a file that holds pictures."""
    found = values(file)
    if found.ndim < 3 or min(found.shape[1:3]) < 1 or (found.ndim == 4 and found.shape[3] not in (1, 3)):
        raise PictureProblem(
            say(
                "idx.no_such_shape",
                "{name} holds values of shape {shape}, and no pictures (n, height, width).",
                name=file.name,
                shape=str(found.shape),
            )
        )
    return found


def values(file: File) -> Bytes:
    """The array in a file, 8 bits each.

    Raises:
        PictureProblem: when it is damaged or something else; it has the name of the file.
    """
    try:
        data = _unpacked(file.content(MOST_OF_ARRAY))
    except PictureProblem as problem:
        raise PictureProblem(say("idx.unread", "{name} {why}.", name=file.name, why=problem.text)) from None
    if len(data) < 4 or data[:2] != b"\0\0" or data[2] != BYTE or not 1 <= data[3] <= 4:
        raise PictureProblem(
            say(
                "idx.magic",
                "{name} is no IDX file of bytes: it begins with {start}, not with 00 00 08.",
                name=file.name,
                start=data[:4].hex(" ") or "nothing",
            )
        )
    axes = data[3]
    sizes = tuple(int.from_bytes(data[4 + 4 * axis : 8 + 4 * axis], "big") for axis in range(axes))
    held = len(data) - 4 - 4 * axes
    if held < prod(sizes):
        raise PictureProblem(
            say(
                "idx.cut_off",
                "{name} is cut off: it says that it holds {said} values, and has {held}.",
                name=file.name,
                said=prod(sizes),
                held=max(held, 0),
            )
        )
    return np.frombuffer(data, np.uint8, prod(sizes), 4 + 4 * axes).reshape(sizes)


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            found = file.read(MOST_OF_ARRAY + 1)
    except (OSError, EOFError, zlib.error):
        raise PictureProblem(say("pictures.cut_off", "is damaged or cut off")) from None
    if len(found) > MOST_OF_ARRAY:
        raise PictureProblem(say("pictures.too_large", "is larger than {most} MiB", most=MOST_OF_ARRAY >> 20))
    return found


def _labels_of(name: str) -> list[str]:
    """How the labels of pictures are called, packed or not."""
    plain = name.removesuffix(".gz")
    labels = plain.replace("images", "labels").replace("image", "label")
    labels = labels.replace("idx3", "idx1").replace("idx4", "idx1")
    packed = f"{labels}.gz"
    return [packed, labels] if plain != name else [labels, packed]


def _side_of(name: str) -> int | None:
    return next((side for word, side in SIDES.items() if word in name), None)
