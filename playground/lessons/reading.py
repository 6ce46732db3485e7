"""Reading a lesson: a TOML text becomes a `LessonPlan`, or a sentence that says file, line and what to do."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from playground.files.atomic import reason
from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem
from playground.lessons.beginning import begun
from playground.lessons.goals.neurons import no_layer
from playground.lessons.goals.paths import path_problem
from playground.lessons.lines import line_of, lines_of
from playground.lessons.plan import LessonPlan
from playground.text import Text, lines, say
from playground.value import Fault, InvalidValue
from playground.words import shortened

LARGEST = 1_000_000
"""Bytes of a lesson; pictures and data stand in files of their own."""

_STEP = re.compile(r"steps\[(\d+)\]\.?(.*)")

Beginnings = dict[int, SavedExperiment]
"""The experiments that steps open, by their numbers from 0."""


def read_lesson(path: Path) -> LessonPlan:
    """What a file says.

    Raises:
        FileProblem: when there is none, or what it says cannot be; each sentence with file and line.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b"\0"
    except (OSError, ValueError) as error:
        name = shortened(path)
        raise FileProblem(
            say("file.not_opened", "Could not open {name}: {error}.", name=name, error=reason(error))
        ) from None
    return parsed(data, path.name)


def parsed(data: bytes, name: str) -> LessonPlan:
    """What the bytes of a file say, which is called so.

    Raises:
        FileProblem: as `read_lesson`.
    """
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        raise FileProblem(
            say("lesson.no_text", "{name} is no text in UTF-8: save it as such.", name=name)
        ) from None
    except (ValueError, RecursionError) as error:
        raise FileProblem(
            say(
                "lesson.no_toml",
                "{name}: this cannot be read as TOML: {error}. Texts stand in quotation marks, those of "
                "several lines in three.",
                name=name,
                error=str(error),
            )
        ) from None
    try:
        return LessonPlan.build(content)
    except InvalidValue as problem:
        found = problem.faults or (Fault("", problem.text),)
        raise FileProblem(_told(found, name, text)) from None


def beginnings(plan: LessonPlan, path: Path) -> Beginnings:
    """What the steps of a lesson open, and whether their goals can be reached from there.

    Raises:
        FileProblem: when an experiment cannot be made, or a goal has nothing to do with it.
    """
    found: Beginnings = {}
    faults: list[Fault] = []
    for number, step in enumerate(plan.steps):
        if step.open is not None and not step.open.laboratory:
            try:
                found[number] = begun(step.open, path.parent)
            except (InvalidValue, FileProblem) as problem:
                faults.append(Fault(f"steps[{number}].open", problem.text))
        faults += [*_goal_faults(plan, number, found), *_callout_faults(plan, number, found)]
    if faults:
        raise FileProblem(_told(tuple(faults), path.name, path.read_text(encoding="utf-8-sig")))
    return found


def _goal_faults(plan: LessonPlan, number: int, found: Beginnings) -> list[Fault]:
    """What is wrong with the goals of a step, given what is open there."""
    faults = []
    at = plan.begins_at(number)
    for index, goal in enumerate(plan.steps[number].goals):
        if at is None or at not in found:
            continue
        try:
            goal.truth(found[at])
            problem = goal.problem(found[at].experiment)
        except InvalidValue as error:
            problem = error.text
        if problem is not None:
            faults.append(Fault(f"steps[{number}].goals[{index}]", problem))
    return faults


def _callout_faults(plan: LessonPlan, number: int, found: Beginnings) -> list[Fault]:
    """Which callouts of a step point at layers and settings that are not there."""
    at = plan.begins_at(number)
    if at is None or at not in found:
        return []
    experiment = found[at].experiment
    known = [layer.id for layer in experiment.network.layers]
    faults = []
    for index, callout in enumerate(plan.steps[number].callouts):
        kind, _, name = callout.place.partition(":")
        problem = no_layer(name, known) if kind == "layer" and name not in known else None
        problem = path_problem(experiment, name) if kind == "setting" else problem
        if problem is not None:
            faults.append(Fault(f"steps[{number}].callouts[{index}]", problem))
    return faults


def _told(faults: tuple[Fault, ...], name: str, text: str) -> Text:
    """Each fault with the file, its line and the step, numbered as people count."""
    known = lines_of(text)
    return lines([_located(fault, name, line_of(fault.place, known)) for fault in faults[:5]])


def _located(fault: Fault, name: str, line: int | None) -> Text:
    step = _STEP.match(fault.place)
    if line is None:
        return say("lesson.fault", "{name}: {problem}", name=name, problem=fault.told)
    if step is None:
        return say(
            "lesson.fault_at", "{name}, line {line}: {problem}", name=name, line=line, problem=fault.told
        )
    return say(
        "lesson.fault_in_step",
        "{name}, line {line}, step {step}: {problem}",
        name=name,
        line=line,
        step=int(step[1]) + 1,
        problem=Fault(step[2], fault.text).told,
    )
