"""Histograms are those that NumPy counts of the numbers of the network, thinned over the epochs."""

import math

import numpy as np
import pytest
from training_examples import experiment, train

from playground.engine.activations import Sigmoid
from playground.engine.layers import Dense, Dropout
from playground.training.chronicle import BINS, ROWS, Kept
from playground.training.distributions import MOST_COUNTED, DistributionsObserver, histogram
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer


def test_a_histogram_is_numpys_and_its_density_has_an_area_of_one():
    values = np.random.default_rng(1).normal(size=(7, 50))
    found = histogram(3.0, values)
    counts, edges = np.histogram(values, BINS)
    density, _ = np.histogram(values, BINS, density=True)
    np.testing.assert_array_equal(found.counts, counts)
    np.testing.assert_allclose(found.edges, edges)
    np.testing.assert_allclose(found.density, density)
    assert (found.epoch, found.mean) == (3.0, pytest.approx(values.mean()))
    assert found.deviation == pytest.approx(values.std())


def test_what_is_not_finite_is_left_out_and_nothing_at_all_is_no_histogram():
    found = histogram(0.0, np.array([1.0, np.nan, 2.0, np.inf]))
    assert (found.counts.sum(), found.low, found.high) == (2, 1, 2)
    assert histogram(0.0, np.array([np.nan])) is None
    assert histogram(0.0, np.empty(0)) is None


def test_numbers_that_are_all_alike_have_a_histogram_too():
    found = histogram(0.0, np.zeros(5, np.float32))
    assert found.counts.sum() == 5
    assert found.high > found.low
    assert np.isfinite(found.density).all()


@pytest.mark.parametrize("size", [1.0, 1e20, 1e100, -3.5])
def test_numbers_that_differ_in_their_last_digit_have_a_histogram_too(size):
    near = np.array([size, np.nextafter(size, np.inf), size])
    found = histogram(0, near)
    assert found.counts.sum() == 3
    assert found.low < near.min() <= near.max() < found.high


def test_of_very_many_numbers_as_many_as_can_be_are_counted():
    assert histogram(0.0, np.zeros(3 * MOST_COUNTED)).counts.sum() <= MOST_COUNTED


def test_each_quantity_is_that_of_the_network():
    trainer = Trainer(experiment())
    train(trainer, 7)
    found = DistributionsObserver(trainer).see(running=False).layers["hidden"]
    weights = trainer.network.block("hidden", "weights")
    gradient = trainer.network.block("hidden", "weights", trainer.network.gradients)
    z = trainer.sides.train.inputs @ weights.T
    expected = {
        "weights": weights[:, :-1], "biases": weights[:, -1], "net_inputs": z, "activations": np.tanh(z),
        "gradients": gradient[:, :-1],
    }  # fmt: skip
    assert set(found) == set(expected)
    for name, values in expected.items():
        (row,) = found[name]
        np.testing.assert_array_equal(row.counts, np.histogram(values, BINS)[0], err_msg=name)


def test_before_the_first_step_there_are_no_gradients():
    found = DistributionsObserver(Trainer(experiment())).see(running=False)
    assert set(found.layers["hidden"]) == {"weights", "biases", "net_inputs", "activations"}


def row(epoch):
    return histogram(float(epoch), np.arange(3.0))


def test_rows_are_thinned_evenly_and_the_first_and_the_present_stay():
    kept = Kept()
    for epoch in range(1000):
        kept.record(row(epoch))
        assert len(kept.all()) <= ROWS
    epochs = [each.epoch for each in kept.all()]
    gaps = np.diff(epochs)[:-1]
    assert (epochs[0], epochs[-1]) == (0, 999)
    assert len(epochs) > ROWS / 4
    assert gaps.max() <= 3 * gaps.min()


def test_a_row_of_the_same_epoch_takes_the_place_of_the_last():
    kept = Kept()
    for _ in range(3):
        kept.record(row(5))
    assert [each.epoch for each in kept.all()] == [5]


def test_they_are_counted_while_somebody_looks_and_stay_when_nobody_does():
    trainer = Trainer(experiment())
    observer = Observer(trainer)
    progress = Progress(run=1, state=State.PAUSED, goal=9, steps_per_second=0.0, message=None)
    train(trainer, 10)
    assert observer.snapshot(progress).distributions is None
    observer.view = View(maps=False, distributions=True)
    assert observer.snapshot(progress).distributions.since == 2
    train(trainer, 5)
    observer.snapshot(progress)
    observer.view = View(maps=False)
    train(trainer, 5)
    observer.snapshot(progress)
    observer.view = View(maps=False, distributions=True)
    later = observer.snapshot(progress).distributions
    assert [each.epoch for each in later.layers["hidden"]["weights"]] == [2, 3, 4]


def test_counting_changes_nothing_and_is_held_to_its_budget():
    layers = (
        Dense(id="hidden", units=4),
        Dropout(id="drop", probability=0.5),
        Dense(id="output", units=1, activation=Sigmoid()),
    )
    looked_at, alone = (Trainer(experiment(*layers, shuffle=True)) for _ in range(2))
    observer = DistributionsObserver(looked_at)
    for _ in range(6):
        last = observer.see(running=False)
        looked_at.run(1)
        alone.run(1)
    np.testing.assert_array_equal(looked_at.network.parameters, alone.network.parameters)
    observer._budget._next = math.inf
    assert observer.see(running=True) is last
