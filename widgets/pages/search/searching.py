"""A search from the window: begun, paused, stopped and looked at off its thread, so that it never waits."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from playground.experiment import Experiment
from playground.search.pace import SearchPace
from playground.search.patience import passing
from playground.search.plan import SearchPlan
from playground.search.reading import StudyReader
from playground.search.records import Counts
from playground.search.running import RunningSearch
from playground.value import InvalidValue
from widgets.background import Background
from widgets.pages.search.gathering import Gathered
from widgets.pages.search.thinking import Thinking
from widgets.plots.trials.trial_columns import TrialColumns
from widgets.sentences import sentence
from widgets.workspace import Workspace

LOOK, LOOK_AT_REST = 400, 2500
"""Milliseconds between two looks at a study: while it is searched here, and while others may search it."""
ANOTHER = "study.another"


class SearchStage(Enum):
    """What the search does here."""

    RESTS = "rests"
    OPENS = "opens"
    RUNS = "runs"
    PAUSED = "paused"
    STOPS = "stops"


@dataclass(frozen=True)
class StudySeen:
    """What was seen of a study at one look."""

    trials: TrialColumns
    counts: Counts
    workers: Mapping[str, int]


class Searching(QObject):
    """One study at a time: that of the document.

    Signals:
        changed: it does something else now, or there is more to be seen.
        told: what is to be said, and whether it is bad.
    """

    changed = Signal()
    told = Signal(str, bool)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._planned, self._document = workspace.search, workspace.document
        self._background, self.thinking = Background(self), Thinking(self)
        self.stage = SearchStage.RESTS
        self.sight: StudySeen | None = None
        self.gathered: Gathered | None = None
        self.reader: StudyReader | None = None
        self._running: RunningSearch | None = None
        self._looking = self._failing = self._watched = self._ends = False
        self.pace = SearchPace()
        self._number = 0
        self._timer = QTimer(self, interval=LOOK_AT_REST)
        self._timer.timeout.connect(self.look)
        workspace.document.opened.connect(self._leave)
        self._unknown: tuple[str, str] | None = None
        if workspace.document.at_work is not None:  # it began in a window that spoke another language
            self._running = cast(RunningSearch, workspace.document.at_work)
            self._go_to(SearchStage.PAUSED if self._running.paused else SearchStage.RUNS)

    # --- beginning and ending ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Search by the plan of the document, or go on where its study stands."""
        plan, experiment = self._planned.plan, self._document.present
        if self.stage is not SearchStage.RESTS:
            return
        if (problem := plan.problem(experiment)) is not None:
            self.told.emit(sentence(problem), True)
            return
        self._go_to(SearchStage.OPENS)
        number, known = self._number, self._planned.study
        stem = Path(self._document.name).stem

        def done(found: tuple[RunningSearch, StudyReader, Gathered]) -> None:
            if number != self._number:
                found[0].stop()
                return
            self._running, self.reader, self.gathered = found
            self._document.at_work = self._running
            self._planned.name_study(self.gathered.plan.study)
            self.pace.begin(self.counts)
            self._go_to(SearchStage.RUNS)
            self.look()

        self._background.run(lambda: _begun(plan, experiment, known, stem), done, self._not_begun)

    def _not_begun(self, error: Exception) -> None:
        self._go_to(SearchStage.RESTS)
        self._tell(error)

    def join(self) -> None:
        """Look at the study of the document, where it has one that is not seen yet."""
        plan, number = self._planned.plan, self._number
        name, where = self._planned.study or plan.study, plan.storage
        busy = self._looking or self.stage is SearchStage.OPENS
        if not name or self.reader is not None or busy or (where, name) == self._unknown:
            return
        self._looking = True

        def done(found: tuple[StudyReader, Gathered]) -> None:
            self._looking = False
            if number == self._number and self.reader is None:
                self.reader, self.gathered = found
                self._adopt(found[1].plan)
                self.look()

        def failed(error: Exception) -> None:
            self._looking = False
            self._unknown = where, name
            self._tell(error)

        self._background.run(lambda: _joined(where, name), done, failed)

    def _adopt(self, plan: SearchPlan) -> None:
        """Go by the plan of a study that was begun elsewhere, where nothing is planned here."""
        mine = self._planned.plan
        if not mine.variations:
            kept = {"study": mine.study, "storage": mine.storage, "workers": mine.workers}
            self._planned.edit(plan.with_(**kept), self.tr("Take over the plan of the study"))

    def pause_or_go_on(self) -> None:
        """Let the workers wait where they are, or work again."""
        if self._running is None:
            return
        if self.stage is SearchStage.PAUSED:
            self._running.go_on()
            self.pace.begin(self.counts)
            self._go_to(SearchStage.RUNS)
        elif self.stage is SearchStage.RUNS:
            self._running.pause()
            self.pace.rest()
            self._go_to(SearchStage.PAUSED)

    def stop(self) -> None:
        """Let the workers give back what they have, and end; the study stays."""
        if self._running is not None and self.stage in (SearchStage.RUNS, SearchStage.PAUSED):
            self._running.stop()
            self._go_to(SearchStage.STOPS)

    def forget(self) -> None:
        """Look at no study any more; the next search makes one of its own."""
        self._leave()
        self._planned.name_study("")

    def _leave(self) -> None:
        """Another document is open."""
        self._number += 1
        if self._running is not None:
            self._running.stop()
        self._running = self.reader = self.gathered = self.sight = self._unknown = None
        self._looking = False
        self._document.at_work = None
        self.thinking.forget()
        self._go_to(SearchStage.RESTS)

    def end(self) -> None:
        """Look no more; what is at work ends with the document."""
        self._ends = True
        self._timer.stop()
        self._background.close()
        self.thinking.end()

    # --- looking ----------------------------------------------------------------------------------------

    @property
    def counts(self) -> Counts | None:
        """How many trials there are of each sort."""
        return None if self.sight is None else self.sight.counts

    @property
    def goes_on(self) -> bool:
        """Whether there are trials by the same plan already, to which more would come."""
        gathered, counts = self.gathered, self.counts
        if gathered is None or counts is None or not counts.ended:
            return False
        return gathered.plan.decided == self._planned.plan.decided

    @property
    def is_done(self) -> bool:
        """Whether all trials of the plan have ended."""
        done = self.goes_on and self.counts is not None and self.counts.finished
        return done and self.gathered is not None and self._planned.plan.trials <= self.gathered.plan.trials

    def watch(self, watched: bool) -> None:
        """Look again and again while the page is in front, or something is searched here."""
        if self._ends:
            return
        self._watched = watched
        if watched or self.stage is not SearchStage.RESTS:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """See what is new, unless that is just being done."""
        if self._ends:
            return
        if self._running is not None and self._running.ended:
            self._see_end(self._running)
        if self.reader is None:
            self.join()
            return
        if self._looking:
            return
        self._looking = True
        reader, gathered, number = self.reader, self.gathered, self._number
        assert gathered is not None

        def done(found: StudySeen) -> None:
            self._looking = False
            if number == self._number:
                self._failing = False
                self._see(found)

        def failed(error: Exception) -> None:
            self._looking = False
            if number == self._number and not self._failing:
                self._failing = True
                self._tell(error)

        self._background.run(lambda: _seen(reader, gathered), done, failed)

    def _see(self, sight: StudySeen) -> None:
        before = self.sight
        self.sight = sight
        _leave_what_was_loaded()
        if self.gathered is not None:
            self.thinking.see(self.gathered, len(sight.trials.done))
        if before is None or before.trials is not sight.trials or before.counts != sight.counts:
            self.changed.emit()

    def _see_end(self, running: RunningSearch) -> None:
        """The workers here have ended."""
        self._running = self._document.at_work = None
        self.pace.rest()
        if running.problem is not None:
            self.told.emit(sentence(running.problem), True)
        self._go_to(SearchStage.RESTS)

    def _tell(self, error: Exception) -> None:
        """Say what went wrong with the storage; anything else is a fault of the program."""
        if isinstance(error, InvalidValue):
            self.told.emit(sentence(error.text), True)
        elif isinstance(error, passing()):
            self.told.emit(self.tr("The storage of the study does not answer; it is asked again."), True)
        else:
            raise error

    def _go_to(self, stage: SearchStage) -> None:
        self.stage = stage
        self._timer.setInterval(LOOK_AT_REST if stage is SearchStage.RESTS else LOOK)
        self.watch(self._watched)
        self.changed.emit()


@cache
def _leave_what_was_loaded() -> None:
    """Leave what searches need out of the search for garbage, once: it stays until the end."""
    gc.freeze()


def _begun(
    plan: SearchPlan, experiment: Experiment, known: str, stem: str
) -> tuple[RunningSearch, StudyReader, Gathered]:
    """The search, in the study that it is known by if that is of the same; else in one of its own."""
    moment = datetime.now().strftime("%Y-%m-%d %H.%M.%S.%f")[:-4]
    new = f"{stem} {moment}"
    for name in [plan.study] if plan.study else [*filter(None, [known]), new]:
        named = plan.with_(study=name)
        running = RunningSearch(named, experiment)
        try:
            running.start()
        except InvalidValue as problem:
            if problem.text.key == ANOTHER and name == known and not plan.study:
                continue
            raise
        return (running, *_joined(plan.storage, name))
    raise AssertionError("a new name is no other study's")


def _joined(storage: str, name: str) -> tuple[StudyReader, Gathered]:
    reader = StudyReader(storage, name)
    return reader, Gathered(reader.plan.with_(study=name), reader.experiment)


def _seen(reader: StudyReader, gathered: Gathered) -> StudySeen:
    news = reader.read()
    gathered.take(news.changed)
    return StudySeen(gathered.columns(), news.counts, news.workers)
