"""The lessons that come with the program, and those of a folder, each found by the name of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from playground.data.pictures.arranging import is_picture
from playground.data.pictures.files import ZIP
from playground.data.tables.reading import is_table
from playground.files.names import LESSON
from playground.files.problem import FileProblem
from playground.languages.files import written_in
from playground.lessons.plan import LessonPlan
from playground.lessons.reading import read_lesson
from playground.text import Text

FOLDER = Path(__file__).parents[2] / "resources" / "lessons"
"""Those that come with the program; a folder in it holds them in another language, under the same names."""

TOUR = FOLDER / f"00_tour{LESSON}"
"""The shortest of them: what is where in the window."""

_NUMBER = re.compile(r"^\d+[_ -]*")


@dataclass(frozen=True)
class ShelvedLesson:
    """A lesson that is offered.

    Attributes:
        name: by which its progress is kept: of one that comes with the program the name of its file without
            the number before it, of any other its whole path.
        plan: what it says; None where its file cannot be read, and then `problem` says why.
    """

    name: str
    path: Path
    plan: LessonPlan | None
    problem: Text | None = None

    @property
    def comes_along(self) -> bool:
        """Whether it comes with the program."""
        return FOLDER in self.path.absolute().parents


def own_lessons(language: str = "") -> tuple[ShelvedLesson, ...]:
    """Those that come with the program, in their order, in a language where they are written in it."""
    return tuple(opened(written_in(path, language)) for path in sorted(FOLDER.glob(f"*{LESSON}")))


def in_language(path: Path, language: str) -> Path:
    """The file of the same lesson in a language, where it comes with the program; any other as it is."""
    return written_in(FOLDER / path.name, language) if FOLDER in path.absolute().parents else path


def lessons_in(folder: Path) -> tuple[ShelvedLesson, ...]:
    """Those of a folder, by the names of their files; none where it is gone."""
    try:
        return tuple(opened(path) for path in sorted(folder.glob(f"*{LESSON}")))
    except OSError:
        return ()


def data_in(folder: Path) -> tuple[Path, ...]:
    """The data of a folder, by name: tables, archives of pictures, and folders with one for each class."""
    try:
        return tuple(path for path in sorted(folder.iterdir()) if _is_data(path))
    except OSError:
        return ()


def _is_data(path: Path) -> bool:
    """Whether a path of a lesson's folder is offered as data."""
    if path.name.startswith((".", "~$")):
        return False
    if path.is_dir():
        return any(is_picture(each.name) for inner in _few(path) if inner.is_dir() for each in _few(inner))
    return path.is_file() and (is_table(path.name) or path.suffix.lower() == ZIP)


def _few(folder: Path) -> list[Path]:
    try:
        return list(islice(folder.iterdir(), 20))
    except OSError:
        return []


def opened(path: Path) -> ShelvedLesson:
    """The lesson of a file, or why there is none."""
    try:
        return ShelvedLesson(name_of(path), path, read_lesson(path))
    except FileProblem as problem:
        return ShelvedLesson(name_of(path), path, None, problem.text)


def name_of(path: Path) -> str:
    """By which the progress in a lesson is kept, whichever language it is read in."""
    whole = path.absolute()
    if FOLDER in whole.parents:
        return _NUMBER.sub("", whole.stem)
    return str(whole)
