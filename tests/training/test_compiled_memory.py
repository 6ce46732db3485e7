"""A run that goes on takes no more and more memory, and one that is left gives all of it back."""

import gc
import tracemalloc
from weakref import ref

import pytest
from machines import COMPILED, needs_numba
from training_examples import experiment, regression, train

from playground.training import history, rounds
from playground.training.choosing import NUMPY
from playground.training.group import RunGroup
from playground.training.trainer import Trainer

LITTLE = 20_000
"""Bytes that caches of Python may take."""


pytestmark = pytest.mark.timeout(600)  # to compile

on_both = pytest.mark.parametrize("choice", [NUMPY, pytest.param(COMPILED, marks=needs_numba)], ids=str)


@on_both
def test_runs_that_were_opened_and_left_are_gone(choice):
    group, parts = RunGroup(), []
    group.choice = choice
    for number in range(20):
        group.open(number, experiment(), None)
        trainer = group.runs[number].learner.trainer
        train(trainer, 6)
        group.snapshots(list(group.runs.values()))
        made = trainer, trainer.network, trainer.machine, trainer.recorder.evaluator
        parts += [ref(each) for each in made]
        del trainer, made
    group.open(20, experiment(), None)
    gc.collect()
    assert sum(part() is not None for part in parts) == 0


@on_both
def test_a_run_that_goes_on_needs_no_more_memory(choice, monkeypatch):
    """Once its history is as long as it can be."""
    monkeypatch.setattr(history, "CAPACITY", 16)
    trainer = Trainer(experiment(batch_size=22, shuffle=True), choice=choice)
    while trainer.epoch < 40:
        rounds.advance(trainer, 8, 40)
    gc.collect()
    tracemalloc.start()
    try:
        while trainer.epoch < 80:
            rounds.advance(trainer, 8, 80)
        gc.collect()
        first = tracemalloc.get_traced_memory()[0]
        while trainer.epoch < 300:
            rounds.advance(trainer, 8, 300)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - first
    finally:
        tracemalloc.stop()
    points = sum(point.size for point in trainer.trajectory.points())
    assert grown < LITTLE + points


@on_both
def test_runs_that_were_left_give_their_memory_back(choice):
    """As much is taken after eight runs as after two."""
    group, taken = RunGroup(), []
    group.choice = choice

    def train_two():
        for number, start in enumerate((experiment(), regression())):
            group.open(number, start, None)
            train(group.runs[number].learner.trainer, 6)
            group.snapshots(list(group.runs.values()))
        gc.collect()

    train_two()  # what is loaded once stays
    tracemalloc.start()
    try:
        for _ in range(4):
            train_two()
            taken.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert taken[-1] - taken[0] < LITTLE
