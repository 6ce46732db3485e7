"""Pictures in NumPy's files: which of the arrays are pictures, and which are their labels."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from playground.data.pictures.limits import MOST_OF_ARRAY
from playground.data.pictures.problem import PictureProblem, named
from playground.data.pictures.stacks import Stack
from playground.text import say
from playground.words import quoted, shortened

SMALLEST = 2
"""Pixels along each side of what can be a picture."""

WORDS = {"image": "label", "img": "label", "picture": "label", "x": "y", "data": "target"}
"""What labels are called where pictures are called so."""

SIDES = {"train": 0, "val": 1, "valid": 1, "test": 2}

Shape = tuple[int, ...]


def holds_pictures(path: Path) -> bool:
    """Whether one of the arrays of a .npz file has the shape of pictures, by their headers alone."""
    try:
        return any(is_stack(shape) for shape, _ in _headers(path).values())
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False


def is_stack(shape: Shape) -> bool:
    """Whether an array of that shape can be pictures (n, h, w), (n, h, w, c) or (n, c, h, w)."""
    if len(shape) == 3:
        return min(shape[1:]) >= SMALLEST
    return len(shape) == 4 and (_channels_last(shape) or _channels_first(shape))


def stacks(path: Path, labelled: bool = True) -> list[Stack]:
    """The pictures of a .npz file with their labels, those of training first.

    Raises:
        PictureProblem: when it cannot be read, or has no pictures with labels.
    """
    try:
        headers = _headers(path)
        _check_plain(headers)
        size = sum(int(np.prod(shape, dtype=object)) * dtype.itemsize for shape, dtype in headers.values())
        if size > MOST_OF_ARRAY:
            raise PictureProblem(
                say("arrays.too_large", "Its arrays are larger than {most} MiB.", most=MOST_OF_ARRAY >> 20)
            )
        with path.open("rb") as packed, np.load(packed, allow_pickle=False) as file:
            held = {name: file[name] for name in file.files}
    except PictureProblem:
        raise
    except OSError as error:
        why = error.strerror or shortened(error)
        raise PictureProblem(say("arrays.not_opened", "It cannot be opened: {why}.", why=why)) from None
    except Exception:  # whatever a damaged archive raises
        raise PictureProblem(say("arrays.damaged", "It is damaged, or no file of NumPy.")) from None
    found = list(_stacks(held, labelled))
    if not found:
        shapes = [f"{name} {shape}" for name, (shape, _) in headers.items()]
        raise PictureProblem(
            say(
                "arrays.no_pictures",
                "None of its arrays is pictures (n, height, width) or (n, height, width, 3): {names}.",
                names=named(shapes),
            )
        )
    return sorted(found, key=lambda stack: stack.side or 0)


def _headers(path: Path) -> dict[str, tuple[Shape, np.dtype[Any]]]:
    """Shape and kind of each array."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if not entry.filename.endswith(".npy"):
                continue
            name = entry.filename.removesuffix(".npy")
            with archive.open(entry) as file:
                version = npy.read_magic(file)
                read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
                shape, _, dtype = read(file)
            found[name] = shape, dtype
    return found


def _check_plain(headers: Mapping[str, tuple[Shape, np.dtype[Any]]]) -> None:
    """Refuse Python objects, which could do anything when they are read."""
    for name, (_, dtype) in headers.items():
        if dtype.hasobject:
            raise PictureProblem(
                say(
                    "arrays.objects",
                    "The array {name} holds Python objects, which are not read; save numbers and texts.",
                    name=quoted(name),
                )
            )


def _stacks(held: Mapping[str, NDArray[Any]], labelled: bool) -> Iterator[Stack]:
    """The arrays of pictures, each with its labels."""
    pictures = {name: array for name, array in held.items() if is_stack(array.shape)}
    others = {name: array for name, array in held.items() if name not in pictures}
    for name, array in pictures.items():
        last = array if array.ndim == 3 or _channels_last(array.shape) else np.moveaxis(array, 1, -1)
        labels = others[_labels_of(name, array, others)] if labelled else None
        yield Stack(name, last, labels, _side_of(name))


def _labels_of(name: str, pictures: NDArray[Any], others: Mapping[str, NDArray[Any]]) -> str:
    """The array that is called as labels are beside these pictures, or the only one that can be labels."""
    lower = {other.lower(): other for other in others}
    for word, label in WORDS.items():
        for found in (label, f"{label}s"):
            for said in (f"{word}s", word):
                if said in name.lower() and (other := lower.get(name.lower().replace(said, found))):
                    return other
    likely = [other for other, array in others.items() if array.ndim and len(array) == len(pictures)]
    if len(likely) == 1:
        return likely[0]
    if len(others) == 1:
        return next(iter(others))
    raise PictureProblem(
        say(
            "arrays.no_labels",
            "There are no labels for the pictures {name}: an array with a class for each of the {count}.",
            name=quoted(name),
            count=len(pictures),
        )
    )


def _channels_last(shape: Shape) -> bool:
    return shape[3] in (1, 3, 4) and min(shape[1:3]) >= SMALLEST


def _channels_first(shape: Shape) -> bool:
    return shape[1] in (1, 3) and min(shape[2:]) >= SMALLEST


def _side_of(name: str) -> int | None:
    return next((side for word, side in SIDES.items() if word in name.lower()), None)
