"""Which class and which side of the split each picture belongs to, by the folders that it lies in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from playground.data.pictures.files import File, Listing, natural
from playground.data.pictures.limits import MOST_CLASSES
from playground.data.pictures.problem import PictureProblem, named
from playground.data.tables.held import SIDES
from playground.text import Text, say

SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm"
)  # fmt: skip
"""How the names of files end that hold one picture."""


@dataclass(frozen=True)
class Placed:
    """A picture in a class, on a side of the split."""

    file: File
    label: str
    side: int = 0


@dataclass(frozen=True)
class Arranged:
    """The pictures in the order of their classes, and what was passed over."""

    pictures: tuple[Placed, ...]
    sides: bool
    """Whether the folders say what is learnt from and what tests."""
    remarks: tuple[Text, ...] = ()


def arranged(found: Listing) -> Arranged:
    """The pictures among the files, each in the class of the outermost folder that it lies in.

    A folder around all others is not looked at, and folders such as `train` and `test` around those of the
    classes part the pictures.

    Raises:
        PictureProblem: when nothing can be learnt of them.
    """
    pictures = [file for file in found.files if is_picture(file.parts[-1])]
    if not pictures:
        raise PictureProblem(_no_pictures(found))
    inside = _without_wrapping(pictures)
    if sides := _say_sides(inside):
        placed = [
            Placed(file, file.parts[1], SIDES[file.parts[0].casefold()])
            for file in inside
            if len(file.parts) > 2
        ]
    else:
        placed = [Placed(file, file.parts[0]) for file in inside if len(file.parts) > 1]
    if not placed:
        raise PictureProblem(
            say(
                "pictures.no_folders",
                "Its pictures lie in no sub-folders; put those of each class into a folder with its name.",
            )
        )
    loose = [file.name for file in inside if len(file.parts) <= 1 + sides]
    placed.sort(key=lambda each: natural(each.label))
    return Arranged(tuple(placed), sides, tuple(_remarks(found, loose)))


def is_picture(name: str) -> bool:
    """Whether the name of a file ends as those of pictures do."""
    return name.lower().endswith(SUFFIXES)


def checked_classes(labels: Iterable[str]) -> tuple[tuple[str, ...], list[Text]]:
    """The classes in natural order, and what to know of them.

    Raises:
        PictureProblem: when there are too few or too many.
    """
    counts = Counter(labels)
    names = tuple(sorted(counts, key=natural))
    if len(names) == 1:
        raise PictureProblem(
            say(
                "pictures.one_class",
                "All pictures are of one class, “{name}”; there must be two to tell apart.",
                name=names[0],
            )
        )
    if len(names) > MOST_CLASSES:
        raise PictureProblem(
            say(
                "pictures.too_many_classes",
                "There are {count} classes; {most} at most can be told apart.",
                count=len(names),
                most=MOST_CLASSES,
            )
        )
    single = [name for name in names if counts[name] == 1]
    return names, [_single(single)] if single else []


def _single(names: Sequence[str]) -> Text:
    return say(
        "pictures.single",
        "Of {names} there is one picture alone, which is either learnt from or tested with.",
        names=named(names),
    )


def _without_wrapping(files: list[File]) -> list[File]:
    """The same below the folders that lie around all of them, as far as there are folders in these."""
    while len({file.parts[0] for file in files}) == 1 and any(len(file.parts) > 2 for file in files):
        files = [replace(file, parts=file.parts[1:]) for file in files]
    return files


def _say_sides(files: Sequence[File]) -> bool:
    """Whether the outermost folders are called as sides of the split are, one of them for training."""
    top = {file.parts[0].casefold() for file in files if len(file.parts) > 1}
    return len(top) > 1 and all(name in SIDES for name in top) and any(SIDES[name] == 0 for name in top)


def _no_pictures(found: Listing) -> Text:
    if found.closed and not found.files:
        return say("pictures.closed", "It cannot be opened.")
    if not found.files:
        return say("pictures.nothing", "It is empty.")
    others = [file.name for file in found.files]
    return say("pictures.none", "There are no pictures in it, but {names}.", names=named(others))


def _remarks(found: Listing, loose: Sequence[str]) -> Iterator[Text]:
    others = [file.name for file in found.files if not is_picture(file.parts[-1])]
    if others:
        yield say("pictures.others", "No pictures, and passed over: {names}.", names=named(others))
    if loose:
        yield say(
            "pictures.loose", "In the folder of no class, and passed over: {names}.", names=named(loose)
        )
    if found.closed:
        yield say(
            "pictures.closed_folders", "Folders that cannot be opened: {names}.", names=named(found.closed)
        )
    if found.hidden:
        yield say("pictures.hidden", "Hidden files passed over: {count}.", count=found.hidden)
