import numpy as np
import pytest

from playground.analysis.ranges import ANY, neuron_ranges, nice_ceiling, symmetric_level, value_range


@pytest.mark.parametrize(("size", "ceiling"), [(0, 1), (0.9, 1), (1, 1), (1.1, 1.2), (7, 8), (83, 100)])
def test_scales_end_at_round_numbers(size, ceiling):
    assert nice_ceiling(size) == pytest.approx(ceiling)


def test_a_scale_does_not_follow_a_few_outliers():
    values = np.append(np.linspace(-1, 1, 1000), [500, np.inf, np.nan])

    assert symmetric_level(values) == 1


def test_the_scale_of_nothing_is_one():
    assert symmetric_level(np.empty(0)) == 1
    assert symmetric_level(np.full(5, np.nan)) == 1


def test_a_neuron_with_bounds_has_them_as_its_range():
    assert neuron_ranges(np.full((2, 3, 3), 0.1), (0, 1)).tolist() == [[0, 1], [0, 1]]


@pytest.mark.parametrize("bounds", [ANY, (0, np.inf)])
def test_any_other_neuron_has_a_range_around_zero_that_holds_its_own_values(bounds):
    maps = np.stack([np.linspace(-0.5, 0.5, 100), np.linspace(0, 83, 100)])

    assert neuron_ranges(maps, bounds) == pytest.approx(np.array([[-0.5, 0.5], [-100, 100]]))


def test_values_far_from_zero_are_spanned_between_round_numbers():
    values = np.linspace(103_000, 578_000, 1001)
    low, high = value_range(values)
    assert (low, high) == (pytest.approx(100_000), pytest.approx(600_000))


def test_outliers_gaps_and_a_single_value_leave_a_scale_that_can_be_drawn():
    values = np.append(np.linspace(10, 20, 1000), [1e9, np.nan, np.inf])
    low, high = value_range(values)
    assert 9 <= low <= 10 <= 20 <= high <= 21
    low, high = value_range(np.full(5, 7.0))
    assert low <= 7 < high
    assert value_range(np.array([np.nan])) == (-1, 1)
