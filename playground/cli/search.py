"""The `search` command: trials in processes beside this one, a line now and then, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from shlex import quote
from typing import Any

from playground.cli.commands import SearchTrials
from playground.cli.faults import SUCCESS, fail
from playground.cli.outputs import write
from playground.cli.search_progress import SearchProgress, shown_settings, shown_values
from playground.cli.stopping import Stop, stoppable
from playground.cli.usage import UsageProblem
from playground.experiment import Experiment
from playground.files import json_object
from playground.files.atomic import check_writable
from playground.files.experiment_file import dumps
from playground.files.sources import resolve
from playground.search.addresses import address
from playground.search.goals import Goal, told
from playground.search.judging import best, pareto_front
from playground.search.naming import varied
from playground.search.plan import SearchPlan, usual_workers
from playground.search.pruners import Pruner
from playground.search.reading import StudyReader
from playground.search.records import TrialRecord
from playground.search.running import RunningSearch
from playground.search.samplers import Sampler
from playground.search.settings import what_can_vary
from playground.text import say, say_counted
from playground.words import shortened

LOOK = 0.25
"""Seconds between two looks at the study."""


def search(command: SearchTrials) -> int:
    """Search as asked, say how it goes and what was best; the exit code.

    Raises:
        UsageProblem, FileProblem, InvalidValue: when it cannot begin.
    """
    for path in (command.report, command.best):
        if path is not None:
            check_writable(path)
    source = resolve(command.source)
    experiment = source.saved.experiment
    plan = planned(command, experiment, source.name)
    running = RunningSearch(plan, experiment)
    with stoppable() as stop:
        running.start()
        where = address(plan.storage)
        print(
            say("search.study", "Study {study} in {place}.", study=plan.study, place=where.shown),
            f" {told(experiment)}",
            flush=True,
        )
        if where.sort != "sqlite":
            print(
                say(
                    "search.others_join",
                    "Others join with search-worker --storage {place} --study {study}",
                    place=where.shown,
                    study=quote(plan.study),
                )
            )
        try:
            with closing(StudyReader(plan.storage, plan.study)) as reader:
                trials = _watch(running, reader, stop)
                problems = list(_write(command, plan, reader, trials))
        finally:
            running.stop()
    return _told(plan, trials, running, problems, stop)


def planned(command: SearchTrials, experiment: Experiment, name: str) -> SearchPlan:
    """The plan that the options make.

    Raises:
        UsageProblem, InvalidValue: when they make none.
    """
    if not command.vary:
        raise UsageProblem(
            str(say("search.nothing_varies", "--vary says what varies, as in --vary rate=1e-4..1:log"))
        )
    settings = what_can_vary(experiment)
    return SearchPlan.build(
        {
            "variations": tuple(varied(settings, text) for text in command.vary),
            "goals": tuple(map(_goal, command.goals)) or (Goal(),),
            "sampler": _member(Sampler, command.sampler),
            "pruner": _member(Pruner, command.pruner),
            "trials": command.trials,
            "epochs": command.epochs,
            "seeds": command.seeds,
            "seed": command.seed,
            "workers": command.workers or usual_workers(),
            "storage": command.storage,
            "study": command.study or name,
        }
    )


def _goal(text: str) -> Goal:
    metric, _, at = text.partition(":")
    return Goal.build({"metric": metric} | ({"at": at} if at else {}))


def _member(family: Any, tag: str) -> Any:
    return next(member for member in family.ready() if member.tag() == tag).usual()


def _watch(running: RunningSearch, reader: StudyReader, stop: Stop) -> dict[int, TrialRecord]:
    """Look at the study until the search has ended; all trials by number."""
    trials: dict[int, TrialRecord] = {}
    with SearchProgress(reader.plan) as progress:
        while True:
            ended = running.ended
            news = reader.read()
            trials |= {record.number: record for record in news.changed}
            progress.show(news, trials)
            if ended:
                return trials
            if stop.number:
                running.stop()
            time.sleep(LOOK)


def _told(
    plan: SearchPlan,
    trials: dict[int, TrialRecord],
    running: RunningSearch,
    problems: list[str],
    stop: Stop,
) -> int:
    """Say what was best; the exit code."""
    found = best(trials.values(), plan.goals)
    if found is not None:
        print(say_counted("search.best_of", "Best of {count} trial:", "Best of {count} trials:", len(trials)))
        for record in pareto_front(trials.values(), plan.goals):
            print(
                say(
                    "search.by",
                    "number {number}: {values}, by",
                    number=record.number,
                    values=shown_values(plan, record),
                )
            )
            print(shown_settings(record))
    if running.problem is not None:
        problems.insert(0, str(running.problem))
    if found is None and not stop.number and not problems:
        reasons = [str(trial.reason) for trial in trials.values() if trial.reason]
        problems.append(f"No trial could be trained: {shortened(reasons[0], 200) if reasons else ''}")
    if problems:
        return fail("\n".join(problems))
    return stop.code if stop.number else SUCCESS


def _write(
    command: SearchTrials, plan: SearchPlan, reader: StudyReader, trials: dict[int, TrialRecord]
) -> Iterator[str]:
    """Write the files that were asked for; gives what went wrong."""
    found = best(trials.values(), plan.goals)
    if command.report is not None:
        yield from write(command.report, lambda: json_object.to_bytes(_report(plan, trials)))
    if command.best is not None and found is not None:
        yield from write(command.best, lambda: dumps(reader.opened(found)))


def _report(plan: SearchPlan, trials: dict[int, TrialRecord]) -> dict[str, Any]:
    """The figures of a search."""
    records = [trials[number] for number in sorted(trials)]
    found = best(records, plan.goals)
    counts = {
        state: sum(record.state == state for record in records)
        for state in ("done", "cut short", "failed", "running", "waiting")
    }
    several = len(plan.goals) > 1
    return {
        "study": plan.study,
        "storage": address(plan.storage).shown,
        "goals": [goal.metric for goal in plan.goals],
        "best_value": None if found is None else found.values[0],
        "best_settings": None if found is None else dict(found.settings),
        "best": None if found is None else _figures(found),
        "front": [_figures(record) for record in pareto_front(records, plan.goals)] if several else None,
        "trials": plan.total,
        "trials_done": counts["done"] + counts["cut short"] + counts["failed"],
        "counts": counts,
        "all": [_figures(record) for record in records],
    }


def _figures(record: TrialRecord) -> dict[str, Any]:
    return {
        "number": record.number,
        "state": record.state,
        "values": list(record.values),
        "settings": dict(record.settings),
        "parameters": record.parameters,
        "seconds": record.seconds,
        "host": record.host,
        "reason": None if record.reason is None else str(record.reason),
    }
