"""Repeating an experiment over seeds gives what each seed gives by itself, and says how far they spread."""

import csv
import io
import threading
from functools import partial

import numpy as np
import pytest
from training_examples import experiment, regression, two_layers

from playground.analysis.repeats.bands import bands, spread
from playground.analysis.repeats.repetition import Repetition
from playground.analysis.repeats.worker import RepeatWorker
from playground.analysis.repeats.written import as_csv
from playground.engine.activations import Linear
from playground.engine.optimizers import GradientDescent
from playground.randomness import Pcg64
from playground.training.seed_run import SeedRun
from playground.training.trainer import Trainer

SHUFFLED = partial(experiment, shuffle=True, epochs=3)


def by_hand(start, seed):
    trainer = Trainer(start.with_(randomness=Pcg64(seed=seed)))
    for _ in range(start.training.epochs):
        trainer.run_epoch()
    return trainer


def all_of(repetition):
    with np.errstate(all="ignore"):
        while not repetition.finished:
            repetition.advance()
    return repetition


def test_each_seed_gives_the_curves_that_it_gives_by_hand_and_the_median_is_numpys():
    start = SHUFFLED()
    repetition = all_of(Repetition("Run 1", start, 4))
    runs = [by_hand(start, 42 + number) for number in range(4)]
    assert [run.seed for run in repetition.done] == ["42", "43", "44", "45"]
    for name in ("train_loss", "test_loss", "test_accuracy"):
        curves = [run.recorder.history.columns()[name] for run in runs]
        for curve, seed in zip(curves, repetition.done, strict=True):
            np.testing.assert_array_equal(seed.history[name], curve)
        found = bands(repetition.done, name)
        np.testing.assert_allclose(found.median, np.median(curves, axis=0))
        np.testing.assert_allclose(found.low, np.percentile(curves, 25, axis=0))
        np.testing.assert_allclose(found.high, np.percentile(curves, 75, axis=0))
        assert found.epochs.tolist() == [0, 1, 2, 3]
    ends = [run.recorder.measures[1].loss for run in runs]
    told = spread(repetition.done, "test_loss", more_is_better=False)
    assert (told.best, told.worst) == (min(ends), max(ends))
    assert told.median == pytest.approx(np.median(ends))
    assert told.diverged == 0


def test_what_diverges_is_left_out_of_the_bands_and_told_as_a_share():
    wild = regression(Linear(), epochs=30, optimizer=GradientDescent(learning_rate=1e6))
    repetition = all_of(Repetition("wild", wild, 2))
    assert [run.diverged for run in repetition.done] == [True, True]
    assert bands(repetition.done, "test_loss") is None
    told = spread(repetition.done, "test_loss", more_is_better=False)
    assert told.diverged == 1
    assert np.isnan(told.median)
    sound = all_of(Repetition("calm", SHUFFLED(), 1)).done
    assert spread((*sound, repetition.done[0]), "test_loss", more_is_better=False).diverged == 0.5


def test_what_stopped_early_keeps_its_last_value():
    def run(epochs, values):
        history = {"epoch": np.array(epochs, float), "test_loss": np.array(values, float)}
        return SeedRun("42", history, diverged=False)

    found = bands([run([0, 1, 2, 3], [4, 3, 2, 1]), run([0, 1], [8, 5])], "test_loss")
    assert found.median.tolist() == [6, 4, 3.5, 3]


def test_more_is_better_for_accuracy():
    repetition = all_of(Repetition("Run 1", SHUFFLED(), 2))
    ends = [run.last("test_accuracy") for run in repetition.done]
    told = spread(repetition.done, "test_accuracy", more_is_better=True)
    assert (told.best, told.worst) == (max(ends), min(ends))


def test_progress_rises_to_one():
    repetition = Repetition("Run 1", SHUFFLED(), 2)
    seen = [repetition.progress]
    while not repetition.finished:
        repetition.advance()
        seen.append(repetition.progress)
    assert seen == sorted(seen)
    assert (seen[0], seen[-1]) == (0, 1)


def test_the_thread_does_all_of_two_experiments_and_can_be_paused_and_cancelled():
    worker = RepeatWorker([Repetition("a", SHUFFLED(), 2), Repetition("b", SHUFFLED(batch_size=3), 2)], bool)
    worker.pause()
    worker.start()
    assert (worker.progress, worker.paused, worker.seconds_left) == (0, True, None)
    worker.go_on()
    assert worker.wait(10)
    assert worker.ended
    assert worker.progress == 1
    endless = RepeatWorker([Repetition("endless", SHUFFLED(epochs=10_000_000), 2)], bool)
    endless.start()
    endless.cancel()
    assert endless.wait(10)
    assert endless.ended
    assert endless.repetitions[0].done == ()


def test_it_rests_four_times_as_long_as_it_works_while_the_run_in_front_trains(monkeypatch):
    rests = []
    busy = RepeatWorker([Repetition("a", SHUFFLED(), 1)], lambda: True)
    now = iter(range(10_000))
    monkeypatch.setattr("playground.analysis.repeats.worker.time.perf_counter", lambda: float(next(now)))
    monkeypatch.setattr(busy._cancelled, "wait", rests.append)
    busy._work()
    assert set(rests) == {4.0}
    assert threading.current_thread() is threading.main_thread()


def test_what_cannot_train_ends_with_its_sentence():
    hidden, output = two_layers()
    broken = experiment(hidden.with_(inputs=("nobody",)), output)
    refused = RepeatWorker([Repetition("a", broken, 2)], bool)
    refused.start()
    assert refused.wait(10)
    assert refused.ended
    assert "nobody" in str(refused.problem)


def test_the_file_has_a_row_a_seed_and_epoch():
    repetition = all_of(Repetition("Run 1", SHUFFLED(), 2))
    rows = list(csv.DictReader(io.StringIO(as_csv([repetition]).decode())))
    assert len(rows) == 2 * 4
    assert [row["seed"] for row in rows[::4]] == ["42", "43"]
    assert float(rows[3]["test_loss"]) == repetition.done[0].last("test_loss")
    assert {row["run"] for row in rows} == {"Run 1"}
