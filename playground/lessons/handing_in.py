"""Handing in: what a pupil did in a lesson, written into one file in the folder of the class.

It is `handed-in/<lesson>/<name>.nnplay` there: the experiment as it stands, with its weights, and a `HandIn`
in its entry `lesson.json`.  Nothing of another pupil is ever replaced, whatever anybody is called.
"""

# Without postponed annotations, for the sake of what pydantic builds of it.

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from playground.files.archive import LESSON, entry_of
from playground.files.atomic import reason
from playground.files.experiment_file import SavedExperiment, save
from playground.files.json_object import from_bytes
from playground.files.names import SUFFIX, suggest
from playground.files.problem import FileProblem, naming
from playground.lessons.goals import LessonGoal
from playground.lessons.plan import LessonPlan
from playground.lessons.progress import LessonProgress
from playground.numbers.writing import plain
from playground.text import Text, say
from playground.value import Value
from playground.words import shortened

HANDED_IN = "handed-in"
"""The folder in that of the class where all is that was handed in."""

LONGEST_NAME = 80
MOST_OF_ONE_NAME = 1000

Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]


class GoalDone(Value):
    """One goal of a lesson, as it was when the lesson was handed in.

    Attributes:
        step: the title of the step.
        goal: what there was to reach.
        asks: whether it was a question.
        given: what was answered to it last; "" for nothing.
        tries: how many answers were given up to the right one.
    """

    step: Annotated[str, Field(max_length=200)]
    goal: Annotated[str, Field(max_length=1000)]
    reached: bool
    asks: bool = False
    given: Annotated[str, Field(max_length=1000)] = ""
    tries: Annotated[int, Field(ge=0)] = 0


class HandIn(Value):
    """What a pupil did in a lesson.

    Attributes:
        pupil: the name that was given.
        author: by which the same person is known again where another one has the same name.
        lesson, file: the title of the lesson, and the name of its file.
        fingerprint: of the file of the lesson as it was.
        time: when it was handed in, by the clock there.
        finished: whether the lesson was done to its end.
    """

    format: Literal[1] = 1
    pupil: Name
    author: Annotated[str, Field(min_length=1, max_length=64)]
    lesson: Annotated[str, Field(max_length=200)]
    file: Annotated[str, Field(max_length=300)]
    fingerprint: Annotated[str, Field(max_length=64)] = ""
    time: AwareDatetime
    finished: bool = False
    goals: Annotated[tuple[GoalDone, ...], Field(max_length=200)] = ()

    @property
    def reached(self) -> int:
        """How many goals were reached."""
        return sum(goal.reached for goal in self.goals)

    @property
    def questions(self) -> tuple[GoalDone, ...]:
        """The goals that ask something."""
        return tuple(goal for goal in self.goals if goal.asks)

    @property
    def right(self) -> int:
        """How many questions were answered rightly."""
        return sum(goal.reached for goal in self.questions)

    @property
    def at_once(self) -> int:
        """How many of them by the first answer."""
        return sum(goal.reached and goal.tries == 1 for goal in self.questions)


def done(plan: LessonPlan, progress: LessonProgress, worded: Callable[[Text], str]) -> tuple[GoalDone, ...]:
    """All goals of a lesson as they stand; `worded` makes words of what they say."""
    return tuple(
        _done(step.title, goal, progress, (at, number), worded)
        for at, step in enumerate(plan.steps)
        for number, goal in enumerate(step.goals)
    )


def _done(
    title: str,
    goal: LessonGoal,
    progress: LessonProgress,
    place: tuple[int, int],
    worded: Callable[[Text], str],
) -> GoalDone:
    answer = progress.answer(*place)
    given = "" if answer is None else _given(goal, answer.given)
    return GoalDone(
        step=title,
        goal=worded(goal.told),
        reached=place in progress.reached,
        asks=bool(goal.asks),
        given=given,
        tries=answer.tries if answer else 0,
    )


def _given(goal: LessonGoal, given: float) -> str:
    """An answer in words; the lesson may have other choices by now."""
    if goal.asks == "choice":
        return goal.options[int(given) - 1] if 1 <= given <= len(goal.options) else ""
    return plain(given, 12)


def fingerprint_of(path: Path) -> str:
    """By which a changed lesson is known; "" of a file that cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return ""


def place_of(folder: Path, lesson: Path) -> Path:
    """Where a lesson is handed in, in the folder of the class."""
    return folder / HANDED_IN / suggest(lesson.stem, "")


def read_hand_in(path: Path) -> HandIn | None:
    """What a file says of the lesson that was handed in with it; None where it says nothing of one.

    Raises:
        FileProblem: when it cannot be read, or what it says is wrong.
    """
    try:
        data = entry_of(path, LESSON)
    except OSError as error:
        raise FileProblem(
            say("file.not_opened", "Could not open {name}: {error}.", name=path.name, error=reason(error))
        ) from None
    if data is None:
        return None
    content = from_bytes(LESSON, data)
    with naming(LESSON):
        return HandIn.build(content)


def earlier(folder: Path, lesson: Path, pupil: str, author: str) -> datetime | None:
    """When the same person handed in the same lesson under this name; None where that never was."""
    for path in _names(place_of(folder, lesson), pupil):
        if not path.exists():
            return None
        if (found := _by(path, author)) is not None:
            return found.time
    return None


def hand_in(folder: Path, lesson: Path, saved: SavedExperiment, record: HandIn) -> Path:
    """Write it into the folder of the class; gives the file, in place of an earlier one of the same person.

    Another person of the same name gets a number behind it.

    Raises:
        FileProblem: when that fails; nothing that was there is lost.
    """
    place = place_of(folder, lesson)
    try:
        if not folder.is_dir():
            raise FileProblem(
                say(
                    "hand_in.no_folder",
                    "The folder of the class is not there: {folder}.",
                    folder=shortened(folder),
                )
            )
        place.mkdir(parents=True, exist_ok=True)
        for path in _names(place, record.pupil):
            if _claim(path):
                with _letting_go(path):
                    save(path, replace(saved, lesson=record.model_dump(mode="json")))
                return path
            if _by(path, record.author) is not None:
                save(path, replace(saved, lesson=record.model_dump(mode="json")))
                return path
    except OSError as error:
        raise _not_saved(place, error) from None
    raise _not_saved(place, FileExistsError())


def _names(place: Path, pupil: str) -> Iterator[Path]:
    """The file of a name, then those that others of the same name may have."""
    for number in count(1):
        if number > MOST_OF_ONE_NAME:
            return
        yield place / suggest(pupil if number == 1 else f"{pupil[:60]} {number}", SUFFIX)


def _claim(path: Path) -> bool:
    """Take a name before anybody else does; whether it was free."""
    try:
        with path.open("xb"):
            return True
    except FileExistsError:
        return False


@contextlib.contextmanager
def _letting_go(path: Path) -> Iterator[None]:
    """Leave no empty file behind where nothing came to be written."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def _by(path: Path, author: str) -> HandIn | None:
    """What was handed in, if that was by this person."""
    with contextlib.suppress(FileProblem):
        found = read_hand_in(path)
        if found is not None and found.author == author:
            return found
    return None


def _not_saved(place: Path, error: OSError) -> FileProblem:
    return FileProblem(
        say(
            "hand_in.not_written",
            "Could not hand in to {folder}: {error}.",
            folder=shortened(place),
            error=reason(error),
        )
    )
