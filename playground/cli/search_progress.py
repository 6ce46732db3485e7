"""What a person sees while a search goes on: a bar on a terminal, about ten plain lines anywhere else."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from playground.numbers.writing import duration, plain, setting
from playground.search.judging import best
from playground.search.pace import SearchPace
from playground.search.plan import SearchPlan
from playground.search.reading import News
from playground.search.records import TrialRecord

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

LINES = 10


class SearchProgress:
    """Shows how far a search is, what is best so far, and how long it still takes."""

    def __init__(self, plan: SearchPlan) -> None:
        self._plan, self._pace = plan, SearchPace()
        self._begun, self._shown = False, -1
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        if sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
            from rich.progress import BarColumn, Progress, TextColumn

            words = TextColumn("{task.description}")
            self._bar = Progress(BarColumn(), words)
            self._bar.add_task("", total=self._plan.total)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def show(self, news: News, trials: Mapping[int, TrialRecord]) -> None:
        """Called again and again."""
        ended = news.counts.ended
        if not self._begun:
            self._begun = True
            self._pace.begin(news.counts)
        if self._bar is not None:
            task = self._bar.task_ids[0]
            self._bar.update(task, completed=ended, description=self._words(news, trials))
        elif ended != self._shown and (ended * LINES // self._plan.total != self._tenth or ended == 0):
            print(self._words(news, trials), flush=True)
            self._shown = ended

    @property
    def _tenth(self) -> int:
        return self._shown * LINES // self._plan.total if self._shown >= 0 else -1

    def _words(self, news: News, trials: Mapping[int, TrialRecord]) -> str:
        counts = news.counts
        parts = [f"{counts.ended} of {counts.total} trials"]
        if counts.cut_short:
            parts.append(f"{counts.cut_short} cut short")
        if counts.failed:
            parts.append(f"{counts.failed} failed")
        if (found := best(trials.values(), self._plan.goals)) is not None:
            parts.append(f"best {self._plan.goals[0].metric} {plain(found.values[0], 4)}")
        if not counts.finished and (left := self._pace.seconds_left(counts)) is not None:
            parts.append(f"{duration(left)} left")
        return ", ".join(parts)


def shown_values(plan: SearchPlan, record: TrialRecord) -> str:
    """What a trial reached, by goal."""
    pairs = zip(plan.goals, record.values, strict=True)
    return ", ".join(f"{goal.metric} {plain(value, 4)}" for goal, value in pairs)


def shown_settings(record: TrialRecord) -> str:
    """The settings of a trial, one a line."""
    return "\n".join(
        f"  {path} = {setting(value) if isinstance(value, float) else value}"
        for path, value in record.settings.items()
    )
