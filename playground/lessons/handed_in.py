"""What a class handed in: a row for each file, and the table of them as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playground.files.names import LESSON, SUFFIX
from playground.files.problem import FileProblem
from playground.lessons.handing_in import HANDED_IN, HandIn, fingerprint_of, read_hand_in
from playground.text import Text, say
from playground.words import moment, moment_of

MOST_FILES = 5000
CLOCKS_DIFFER = timedelta(minutes=10)
"""How far a clock may be ahead of that of the disk, or of this machine, before it is told."""

BEING_WRITTEN = timedelta(minutes=1)
"""For how long an empty file is taken for one that is about to be written."""

NOTES: Mapping[str, Text] = {
    "changed": say("handed_in.changed", "The lesson was changed since."),
    "clock": say("handed_in.clock", "The clock there was wrong."),
    "none": say("handed_in.no_record", "It says nothing of a lesson."),
}
"""What there may be to know of a row."""

Mark = tuple[int, int]


@dataclass(frozen=True)
class HandedIn:
    """A file that was handed in.

    Attributes:
        path: where it lies.
        mark: by which one sees that it is another one now.
        written: when, by the clock of the disk.
        record: what it says; None where it cannot be read, and then `problem` says why.
        note: a key of `NOTES`, "" for none.
    """

    path: Path
    mark: Mark
    written: datetime
    record: HandIn | None
    problem: Text | None = None
    note: str = ""

    @property
    def pupil(self) -> str:
        """Who handed it in: by its file, where that tells nothing."""
        return self.record.pupil if self.record else self.path.stem

    @property
    def lesson(self) -> str:
        """The title of the lesson: its folder, where the file tells nothing."""
        return self.record.lesson if self.record else self.path.parent.name

    @property
    def time(self) -> datetime:
        """When it was handed in, as far as clocks can be trusted."""
        return self.written if self.record is None or self.note == "clock" else self.record.time

    @property
    def remark(self) -> Text | None:
        """What there is to know of it besides."""
        return self.problem or NOTES.get(self.note)


def gathered(
    folder: Path,
    before: Sequence[HandedIn] = (),
    report: Callable[[float], object] = lambda _: None,
    now: datetime | None = None,
) -> tuple[HandedIn, ...]:
    """All that was handed in into the folder of a class, by lesson and name; what was read is not read again.

    `report` is told the share that is done; it may raise to stop.
    """
    known = {row.path: row for row in before}
    lessons: dict[str, str] = {}
    paths = _files(folder)
    rows = []
    for number, path in enumerate(paths):
        report(number / len(paths))
        row = _row(path, known.get(path), now or datetime.now(UTC))
        if row is not None:
            rows.append(_compared(row, folder, lessons))
    return tuple(sorted(rows, key=lambda row: (row.lesson.casefold(), row.pupil.casefold(), row.path)))


def _files(folder: Path) -> list[Path]:
    """The files there are; the folder may be that of the class, or the one in it, or that of one lesson."""
    if (folder / HANDED_IN).is_dir():
        found = (folder / HANDED_IN).glob(f"*/*{SUFFIX}")
    elif folder.name == HANDED_IN:
        found = folder.glob(f"*/*{SUFFIX}")
    elif folder.parent.name == HANDED_IN:
        found = folder.glob(f"*{SUFFIX}")
    else:
        return []
    return sorted(path for path in found if not path.name.startswith("."))[:MOST_FILES]


def _row(path: Path, before: HandedIn | None, now: datetime) -> HandedIn | None:
    """What a file says; None where it is gone, or is being written."""
    try:
        found = path.stat()
    except OSError:
        return None
    mark = found.st_mtime_ns, found.st_size
    if before is not None and before.mark == mark:
        return before
    written = moment_of(found.st_mtime)
    if found.st_size == 0 and abs(now - written) < BEING_WRITTEN:
        return None
    try:
        record = read_hand_in(path)
    except FileProblem as problem:
        return HandedIn(path, mark, written, None, problem.text)
    if record is None:
        return HandedIn(path, mark, written, None, note="none")
    ahead = record.time - min(written, now) > CLOCKS_DIFFER
    return HandedIn(path, mark, written, record, note="clock" if ahead else "")


def _compared(row: HandedIn, folder: Path, lessons: dict[str, str]) -> HandedIn:
    """The row, and whether its lesson is another one now; that of the folder, where it lies there."""
    record = row.record
    if record is None or not record.fingerprint or row.note == "clock":
        return row
    if record.file not in lessons:
        named = record.file.endswith(LESSON) and Path(record.file).name == record.file
        lesson = row.path.parent.parent.parent / record.file
        lessons[record.file] = fingerprint_of(lesson) if named and lesson.is_file() else ""
    found = lessons[record.file]
    note = "changed" if found and found != record.fingerprint else ""
    return HandedIn(row.path, row.mark, row.written, record, note=note)


COLUMNS = (
    "pupil", "lesson", "handed_in", "goals_reached", "goals", "answers_right", "right_at_once", "questions",
    "finished", "remark", "file",
)  # fmt: skip


def to_csv(rows: Sequence[HandedIn], worded: Callable[[Text], str] = str) -> bytes:
    """The table, with a mark in front by which spreadsheets know that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        record, remark = row.record, row.remark
        numbers: list[object] = [""] * 6
        if record is not None:
            count = len(record.questions)
            numbers = [record.reached, len(record.goals), record.right, record.at_once, count]
            numbers.append("yes" if record.finished else "")
        when = moment(row.time)
        words = "" if remark is None else worded(remark)
        writer.writerow(
            [_cell(row.pupil), _cell(row.lesson), when, *numbers, _cell(words), _cell(row.path.name)]
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula, whatever a pupil is called."""
    return f"'{text}" if re.match(r"[=+\-@\t\r]", text) else text
