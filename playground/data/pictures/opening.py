"""What a source of pictures holds: files in the folders of their classes, or arrays with their labels.

A source is a folder, a zip of one, a .npz file, an IDX file, or several files and folders.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from playground.data.pictures import arrays, idx
from playground.data.pictures.arranging import Arranged, Placed, arranged, is_picture
from playground.data.pictures.files import ZIP, File, Listing, Report, listed
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.stacks import Stack
from playground.text import say

Source: TypeAlias = Path | tuple[Path, ...]

FILES = ("*.zip", "*.npz", "*idx?-ubyte", "*idx?-ubyte.gz")
"""How files are called that hold many pictures."""


def is_pictures(path: Path) -> bool:
    """Whether a path is to be looked at as pictures; a .npz file is, when an array has the shape of some."""
    name = path.name.lower()
    if name.endswith(".npz"):
        return arrays.holds_pictures(path)
    return path.is_dir() or name.endswith(ZIP) or is_picture(name) or idx.is_idx(name)


def name_of(source: Source) -> str:
    """What pictures are called, by where they come from."""
    path = source if isinstance(source, Path) else source[0].absolute().parent
    name = path.absolute().name if path.is_dir() else path.name.partition(".")[0]
    return name.encode("utf-8", "replace").decode()[:200]


@contextmanager
def opened(source: Source, report: Report) -> Iterator[Arranged | list[Stack]]:
    """The pictures with their classes; files can be read as long as it is open.

    Raises:
        PictureProblem: when nothing can be learnt of them.
    """
    if isinstance(source, Path) and not source.exists():
        raise PictureProblem(say("pictures.not_there", "There is no such file or folder."))
    if isinstance(source, Path) and source.is_file():
        if source.suffix.lower() == ".npz":
            yield arrays.stacks(source)
            return
        if is_picture(source.name):
            raise PictureProblem(
                say(
                    "pictures.one_alone",
                    "It is one picture; put those of each class into a folder, and open the one around them.",
                )
            )
    with listed(_with_labels(source), report) as found:
        yield _sorted_out(found)


@contextmanager
def unlabelled(source: Source, report: Report) -> Iterator[Arranged | list[Stack]]:
    """The same without classes: all pictures, wherever they lie.

    Raises:
        PictureProblem: when there are none.
    """
    if isinstance(source, Path) and source.is_file() and source.suffix.lower() == ".npz":
        yield arrays.stacks(source, labelled=False)
        return
    with listed(source, report) as found:
        pictures = [file for file in found.files if is_picture(file.parts[-1])]
        if pictures:
            yield Arranged(tuple(Placed(file, "") for file in pictures), False)
        elif any(idx.is_idx(file.name) for file in found.files):
            yield idx.stacks(found.files, labelled=False)
        else:
            yield arranged(found)  # which says why not


def _with_labels(source: Source) -> Source:
    """An IDX file together with all others in its folder."""
    if not (isinstance(source, Path) and source.is_file() and idx.is_idx(source.name)):
        return source
    beside = sorted(path for path in source.parent.iterdir() if path.is_file() and idx.is_idx(path.name))
    return tuple(beside)


def _sorted_out(found: Listing) -> Arranged | list[Stack]:
    if not _pictures(found.files) and any(idx.is_idx(file.name) for file in found.files):
        return idx.stacks(found.files)
    return arranged(found)


def _pictures(files: list[File]) -> bool:
    return any(is_picture(file.parts[-1]) for file in files)
