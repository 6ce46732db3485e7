"""Runs in lockstep: after each turn all stand at the same step, or at the same part of the same epoch.

Where batches per epoch agree, level means the same number of steps.  Where they do not, the run with the
fewest steps an epoch leads, and another one is level when its next step would take it beyond the leader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from time import perf_counter

from playground.training.run import Run
from playground.training.snapshot import State
from playground.training.trainer import Trainer

SLICE = 0.004
"""Seconds that one turn of all runs takes, where steps are short."""


def stands(run: Run) -> Fraction:
    """Epochs done, as an exact number; of what never could train, none."""
    trainer = run.learner.trainer
    if trainer is None:
        return Fraction(0)
    return trainer.epoch + Fraction(trainer.machine.batch, trainer.steps_per_epoch)


def is_level(run: Run, place: Fraction) -> bool:
    """Whether it stands there, or beyond, or would with its next step."""
    trainer = run.learner.trainer
    return trainer is None or (trainer.epoch, trainer.machine.batch) >= _due(trainer, place)


def are_level(runs: Iterable[Run]) -> bool:
    """Whether no run is behind another."""
    runs = tuple(runs)
    furthest = max(map(stands, runs), default=Fraction(0))
    return all(is_level(run, furthest) for run in runs)


def rounds(runs: Sequence[Run]) -> Iterator[tuple[bool, bool]]:
    """Go round by round until the slice is over, or one ends, or all wait because of the speed.

    Yields whether all stood level before a round, and whether they do after it.
    """
    end = perf_counter() + SLICE
    while True:
        stood, before = [stands(run) for run in runs], are_level(runs)
        _advance(runs, before)
        yield before, are_level(runs)
        goes_on = all(run.state is State.RUNNING for run in runs)
        if not goes_on or perf_counter() >= end or stood == [stands(run) for run in runs]:
            return


def _advance(runs: Sequence[Run], are_together: bool) -> None:
    """Let the leader train, and all others up to where it stands; those that are behind catch up first."""
    if are_together:
        leader = min(runs, key=_per_epoch)
        leader.train(partial(leader.stride.lead, seconds=_share(leader, runs)))
        if leader.state is State.DIVERGED:
            return
    furthest = max(map(stands, runs))
    for run in runs:
        follow(run, furthest)


def level(runs: Sequence[Run]) -> None:
    """Bring all up to where the furthest stands, however long that takes."""
    furthest = max(map(stands, runs), default=Fraction(0))
    for run in runs:
        while run.state is State.RUNNING and not is_level(run, furthest):
            follow(run, furthest)


def start(runs: Iterable[Run]) -> None:
    """Train all to the nearest of their goals; who is there already waits for the others."""
    able = _able(runs)
    sound = [run for run in able if not _trainer(run).halted] or able
    goal = min((run.next_goal for run in sound), default=0)
    for run in able:
        if _trainer(run).epoch < goal:
            run.start(goal)


def step(runs: Iterable[Run], whole_epoch: bool) -> None:
    """Do a batch or an epoch, in all or else in the one that is behind, and pause; all others stay level."""
    able = _able(runs)
    if not able:
        return
    leader = min(able, key=_per_epoch if are_level(able) else stands)
    (leader.step_epoch if whole_epoch else leader.step_batch)()
    place = stands(leader)
    for run in able:
        if run is not leader:
            run.step(partial(_bring, run, place))


def _able(runs: Iterable[Run]) -> list[Run]:
    """Those that can train; what comes next may take them long."""
    runs = tuple(runs)
    for run in runs:
        run.come_back()
    able = [run for run in runs if run.learner.learning is not None]
    for run in able:
        run.stride.expect_anything()
    return able


def _bring(run: Run, place: Fraction, trainer: Trainer) -> None:
    while trainer.epoch < run.goal and not (is_level(run, place) or trainer.halted):
        run.stride.run_to(trainer, run.goal, _due(trainer, place))


def follow(run: Run, furthest: Fraction) -> None:
    """Let a run train for a slice of time, not beyond that place."""
    if not is_level(run, furthest):
        run.train(partial(run.stride.run_to, place=_due(_trainer(run), furthest)))


def _due(trainer: Trainer, place: Fraction) -> tuple[int, int]:
    """Epoch and batch of the last step that is not beyond that place."""
    return divmod(int(place * trainer.steps_per_epoch), trainer.steps_per_epoch)


def _share(leader: Run, runs: Iterable[Run]) -> float:
    """Seconds of a slice that are for the leader's own steps."""
    costs = [run.stride.cost * _per_epoch(run) for run in runs]
    return SLICE * leader.stride.cost * _per_epoch(leader) / sum(costs)


def _per_epoch(run: Run) -> int:
    return _trainer(run).steps_per_epoch


def _trainer(run: Run) -> Trainer:
    trainer = run.learner.trainer
    assert trainer is not None
    return trainer
