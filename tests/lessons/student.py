"""A student without a window: does what a solution says, and tells what the goals of a step are judged by."""

import tomllib
from ast import literal_eval
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.record import Record
from playground.lessons.beginning import changed
from playground.lessons.observed import Observed
from playground.lessons.reading import beginnings, read_lesson
from playground.lessons.shelf import FOLDER, name_of
from playground.training.aside import Aside
from playground.training.run import Run
from playground.training.snapshot import View
from playground.training.typed import TypedWeight

FILES = {name_of(path): path for path in sorted(FOLDER.glob("*.toml"))}
"""The lessons that come with the program, by name."""

SOLUTIONS = Path(__file__).with_name("solutions")
BLIND = View(maps=False, resolution=10, max_tiles=1)


@cache
def lesson(name):
    """A lesson and what its steps open."""
    plan = read_lesson(FILES[name])
    return plan, beginnings(plan, FILES[name])


@cache
def solutions(name):
    """What solves and what misses each goal of a lesson, by step and goal as people count them."""
    text = (SOLUTIONS / f"{name}.toml").read_text(encoding="utf-8")
    return {(each["step"], each["goal"]): each for each in tomllib.loads(text)["goals"]}


class Student:
    """Works on one step, from what it opens."""

    def __init__(self, plan, begun, step):
        at = plan.begins_at(step)
        self.begins = None if at is None else plan.steps[at].open
        self.saved = begun.get(at)
        self.run = None
        self.seen = None
        self.given = None
        laboratory = self.begins.laboratory if self.begins else ""
        self.page, self.laboratory = ("labs", laboratory) if laboratory else ("design", "")
        if self.saved is not None:
            self.run = Run(1, self.saved.experiment, self.saved.checkpoint)
            self.run.look(BLIND)
            self.seen = Observed(self.run.learner.experiment)
            self.look()

    def look(self):
        snapshot = self.run.snapshot()
        self.seen = replace(self.seen, experiment=self.run.learner.experiment).seeing(snapshot)

    def act(self, act):
        """Do one thing."""
        with np.errstate(all="ignore"):  # as where it trains in the program: numbers may be too large
            for name, value in act.items():
                getattr(self, f"do_{name}")(value)
            if self.run is not None:
                self.look()

    def do_set(self, settings):
        self.run.learner.apply(changed(self.run.learner.experiment, settings))
        self.run.follow(None)

    def do_epochs(self, count):
        trainer = self.run.learner.trainer
        for _ in range(count):
            self.run.train(lambda trainer, goal: trainer.run_epoch())
            if trainer.divergence is not None:
                return

    def do_steps(self, count):
        self.run.step(lambda trainer: trainer.run(count))

    def do_restart(self, _):
        self.run.restart(Aside())

    def do_type(self, typed):
        for layer, unit, source, value in typed:
            self.run.type(TypedWeight(layer, unit - 1, source - 1, value))

    def do_answer(self, given):
        self.given = given

    def do_page(self, page):
        self.page = page

    def do_laboratory(self, kind):
        self.page, self.laboratory = "labs", kind

    def judged(self, goal):
        """What becomes of a goal."""
        truth = None if self.saved is None else goal.truth(self.saved)
        experiment = None if self.run is None else self.run.learner.experiment
        seen = self.seen or Observed(experiment)
        troubles = frozenset()
        if goal.tag() == "trouble":
            record = Record.shown(seen.snapshot)
            found = () if record is None else diagnose(record)
            troubles = frozenset((finding.trouble.tag(), finding.layer_id) for finding in found)
        known = replace(seen, given=self.given, truth=truth, page=self.page, laboratory=self.laboratory)
        return goal.judge(replace(known, troubles=troubles))


@cache
def student_after(name, at, acts):
    """A student who has done some acts, written as Python writes them, with what was opened at a step."""
    student = Student(*lesson(name), at)
    for act in literal_eval(acts):
        student.act(act)
    return student


def judged_after(name, step, goal, acts):
    """What becomes of a goal after some acts; what several goals have in common is done once."""
    plan, _ = lesson(name)
    at = plan.begins_at(step)
    student = student_after(name, step if at is None else at, repr(acts))
    return student.judged(plan.steps[step].goals[goal])
