"""The split: by chance as ever, each class by its share, from first to last, or as the data say."""

import numpy as np
import pytest

from playground.data import Data, Samples, Task
from playground.data.datasets.wine import Wine
from playground.data.splitting import split
from playground.randomness import Pcg64
from playground.value import InvalidValue


def classes(counts):
    labels = np.repeat(np.arange(len(counts)), counts)
    return Samples(np.zeros((len(labels), 1)), labels, Task("classification", tuple("abcdef"[: len(counts)])))


@pytest.mark.parametrize("counts", [[50, 50], [90, 10], [5, 95, 40], [1, 99]])
@pytest.mark.parametrize("seed", range(3))
def test_each_side_has_its_share_of_each_class_to_one_sample(counts, seed):
    samples = classes(counts)
    n = sum(counts)
    order = np.random.default_rng(seed).permutation(n)
    sides = split("stratified", samples, order, n * 6 // 10, n * 2 // 10)
    assert sorted(np.concatenate(sides)) == list(range(n))
    assert [len(side) for side in sides][:2] == [n * 6 // 10, n * 2 // 10]
    for side in sides:
        found = np.bincount(samples.targets[side], minlength=len(counts))
        np.testing.assert_array_less(np.abs(found - np.array(counts) * len(side) / n), 2)


def test_values_are_shared_out_by_tenths():
    values = np.arange(100.0)
    order = np.random.default_rng(0).permutation(100)
    train, _, test = split("stratified", Samples(values[:, None], values, Task("regression")), order, 50, 0)
    assert np.bincount((values[train] // 10).astype(int)).tolist() == [5] * 10
    assert np.bincount((values[test] // 10).astype(int)).tolist() == [5] * 10


def test_chance_decides_who_is_taken_and_in_which_order():
    samples = classes([50, 50])
    first, again, other = (
        split("stratified", samples, np.random.default_rng(seed).permutation(100), 50, 0)[0]
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert set(first) != set(other)
    assert np.abs(np.diff(samples.targets[first])).sum() not in (1, 49)


def test_in_order_the_last_are_kept_for_the_test():
    data = Data().with_dataset(Wine()).with_(split="in_order", train_percent=60, validation_percent=20)
    prepared = data.prepare(Pcg64(seed=1).streams().data)
    np.testing.assert_array_equal(prepared.train.rows, np.arange(106))
    np.testing.assert_array_equal(prepared.validation.rows, np.arange(106, 141))
    np.testing.assert_array_equal(prepared.test.rows, np.arange(141, 178))


def test_by_chance_is_as_it_always_was():
    order = np.random.default_rng(0).permutation(10)
    train, validation, test = split("random", classes([5, 5]), order, 5, 2)
    assert (*train, *validation, *test) == tuple(order)


def test_data_that_say_nothing_cannot_be_split_as_they_say():
    with pytest.raises(InvalidValue, match="Circle does not say which samples to train on"):
        Data().with_(split="column")
