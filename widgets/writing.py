"""One save: it looks at the file, waits for the training thread, asks when the file is another, writes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from playground.files import experiment_file
from playground.files.atomic import check_writable
from playground.files.experiment_file import SavedExperiment
from playground.files.fingerprint import Found, look
from playground.record import record
from widgets.background import Background
from widgets.document import Document
from widgets.keeper import Known, matching
from widgets.training_link import TrainingLink
from widgets.waiting import WaitingNote


@record
class Desk:
    """What a save needs around it."""

    document: Document
    link: TrainingLink
    background: Background
    note: WaitingNote
    window: QWidget


@record
class Ways:
    """How a save may go on: `saved`, `elsewhere` as the person wants another file, or `failed`."""

    saved: Callable[[], object]
    elsewhere: Callable[[], object]
    failed: Callable[[Exception], object]


class Writing:
    """The document as it is now, on its way to a file."""

    def __init__(self, desk: Desk, path: Path, picture: bytes, ways: Ways, replaces: bool) -> None:
        """Save to `path`; unless it `replaces` whatever there is, that must be what the document knows of."""
        self._desk, self._path, self._ways, self._replaces = desk, path, ways, replaces
        self._experiment, self._picture = desk.document.present, picture
        self._number, self._repeated = desk.document.number, desk.document.repeated
        self._search = desk.document.search
        self._accepted: Found | None = None
        self._known = desk.link.session.checkpoint()
        self._content: SavedExperiment | None = None
        self._dropped = False

    def begin(self, way_out: str) -> None:
        """Begin; the rest comes about when the threads have answered.

        Args:
            way_out: what to call the way out of waiting for a step that takes long.
        """
        self._way_out = way_out
        self._desk.background.run(self._look, self._judge, self._ways.failed)

    # --- the file ---------------------------------------------------------------------------------------

    def _look(self) -> Found:
        check_writable(self._path)
        return look(self._path)

    def _judge(self, found: Found) -> None:
        """Go on when the file is what it was, or may be replaced all the same."""
        expected = self._expected()
        if self._replaces or found.fingerprint == expected.fingerprint:
            self._find_content()
            return
        from widgets.dialogs import questions

        answer = questions.about_changed_file(self._desk.window, self._path.name, found, expected)
        if answer is questions.FileChange.REPLACE:
            self._accepted = found
            self._find_content()
        elif answer is questions.FileChange.ELSEWHERE:
            self._ways.elsewhere()

    def _expected(self) -> Found:
        return self._accepted or self._desk.document.on_disk

    # --- its content ------------------------------------------------------------------------------------

    def _find_content(self) -> None:
        if self._content is not None:
            self._write(self._content)
            return
        if not self._known.done():
            self._offer_ways_out()
        self._desk.background.follow(
            self._known, lambda known: self._take(matching(self._experiment, known)), self._fail
        )

    def _offer_ways_out(self) -> None:
        words = _tr("Saving waits for the step or edit under way, {seconds} s so far.")
        without = {self._way_out: lambda: self._take(self._desk.link.session.last_known)}
        self._desk.note.begin(words, {**without, _tr("Cancel"): self._drop})

    def _take(self, known: Known) -> None:
        """Write what is known, unless that was done already without waiting."""
        if self._content is None and not self._dropped:
            self._desk.note.end()
            self._content = SavedExperiment(
                *known, self._picture, repeated=self._repeated, search=self._search
            )
            self._write(self._content)

    def _fail(self, error: Exception) -> None:
        if self._content is None and not self._dropped:
            self._desk.note.end()
            self._ways.failed(error)

    def _drop(self) -> None:
        self._dropped = True
        self._desk.note.end()

    def _write(self, content: SavedExperiment) -> None:
        expected = self._expected().fingerprint

        def work() -> Found | str:
            """The fingerprint of what was written; or what was found instead of what was expected."""
            if not self._replaces and (found := look(self._path)).fingerprint != expected:
                return found
            return experiment_file.save(self._path, content)

        self._desk.background.run(work, lambda outcome: self._end(content, outcome), self._ways.failed)

    def _end(self, content: SavedExperiment, outcome: Found | str) -> None:
        if isinstance(outcome, Found):
            self._judge(outcome)
            return
        if self._number == self._desk.document.number:
            self._desk.link.mark_saved(content.checkpoint.step if content.checkpoint else 0)
            written = Found(outcome, datetime.now(UTC))
            self._desk.document.mark_saved(self._path, content.experiment, written)
            self._ways.saved()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Writing", text)
