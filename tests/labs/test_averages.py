"""Moving averages against SciPy's filters and closed forms, and the numbers that they follow."""

import numpy as np
import pytest
from scipy.ndimage import uniform_filter1d
from scipy.signal import lfilter

from playground.engine.optimizers import Adam, Momentum
from playground.labs.averages import Averages
from playground.labs.averages.averaging import ExponentialAverage, MovingAverage, WindowAverage
from playground.labs.averages.noisy_series import (
    LARGEST,
    AlternatingSlopes,
    GivenSeries,
    JumpSeries,
    NoisySeries,
    Temperatures,
)
from playground.value import InvalidValue

VALUES = np.random.default_rng(0).normal(3, 2, 300)
AVERAGES = [
    ExponentialAverage(beta=0.9),
    ExponentialAverage(beta=0.9, corrected=True),
    ExponentialAverage(beta=0),
    ExponentialAverage(beta=0.9999, corrected=True),
    WindowAverage(width=7),
    WindowAverage(width=5000),
]
every_average = pytest.mark.parametrize("average", AVERAGES, ids=repr)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.98, 0.9999])
def test_the_exponential_average_is_a_recursive_filter_of_first_order(beta):
    expected = lfilter([1 - beta], [1, -beta], VALUES)
    np.testing.assert_allclose(ExponentialAverage(beta=beta).of(VALUES), expected, rtol=1e-12)
    steps = np.arange(1, len(VALUES) + 1)
    corrected = ExponentialAverage(beta=beta, corrected=True).of(VALUES)
    np.testing.assert_allclose(corrected, expected / (1 - beta**steps), rtol=1e-10)


def test_the_plain_average_is_a_uniform_filter_once_the_window_is_full():
    expected = uniform_filter1d(VALUES, 7, origin=3)
    np.testing.assert_allclose(WindowAverage(width=7).of(VALUES)[6:], expected[6:])
    np.testing.assert_allclose(
        WindowAverage(width=7).of(VALUES)[:3], [VALUES[: k + 1].mean() for k in range(3)]
    )


@every_average
@pytest.mark.parametrize("count", [1, 3, 300])
def test_an_average_is_the_sum_of_the_past_by_its_weights(average, count):
    weighed = float(average.weights(count) @ VALUES[:count][::-1])
    assert weighed == pytest.approx(average.of(VALUES)[count - 1], rel=1e-9)


@every_average
def test_noise_and_delay_are_those_of_its_weights(average):
    weights = average.weights(200_000)
    ages = np.arange(len(weights))
    assert np.sqrt(np.sum(weights**2)) == pytest.approx(average.noise_left, rel=1e-6)
    assert float(ages @ weights) == pytest.approx(average.lag, rel=1e-3, abs=1e-12)


def test_after_its_window_a_number_weighs_about_a_third_of_the_newest():
    average = ExponentialAverage(beta=0.98)
    assert average.window == pytest.approx(50)
    assert average.weights(51)[50] / average.weights(51)[0] == pytest.approx(np.exp(-1), abs=0.01)


def test_corrected_averages_of_equal_numbers_are_that_number_from_the_first_on():
    values = np.full(20, 7.0)
    np.testing.assert_allclose(ExponentialAverage(beta=0.98, corrected=True).of(values), 7)
    assert ExponentialAverage(beta=0.98).of(values)[0] == pytest.approx(0.14)


def test_momentum_and_adam_average_gradients_in_just_this_way():
    """A weight that is moved by 1 for each unit of the average lands where the sums of averages are."""
    slopes = AlternatingSlopes().values
    for optimizer, average in (
        (Momentum(beta=0.9, form="averaged", learning_rate=1), ExponentialAverage(beta=0.9)),
        (Momentum(beta=0.5, form="averaged", learning_rate=1), ExponentialAverage(beta=0.5)),
    ):
        w, work, state = np.zeros(1), np.empty(1), (np.zeros(1),)
        for step, slope in enumerate(slopes.tolist(), 1):
            optimizer.update(w, np.array([slope]), state, 1.0, step, work)
        assert w[0] == pytest.approx(-average.of(slopes).sum())
    adam = Adam(beta1=0.8, beta2=0.95, epsilon=1e-12)
    w, work, state = np.zeros(1), np.empty(1), (np.zeros(1), np.zeros(1))
    for step, slope in enumerate(slopes.tolist(), 1):
        before = w.copy()
        adam.update(w, np.array([slope]), state, 1.0, step, work)
    mean = ExponentialAverage(beta=0.8, corrected=True).of(slopes)[-1]
    square = ExponentialAverage(beta=0.95, corrected=True).of(slopes**2)[-1]
    assert (before - w)[0] == pytest.approx(mean / np.sqrt(square), rel=1e-6)


def test_what_alternates_cancels_and_what_goes_one_way_remains():
    averaged = ExponentialAverage(beta=0.9, corrected=True).of(AlternatingSlopes(noise=0).values)
    assert np.abs(averaged[-20:] - 1).max() < 0.25  # 4 (1 − β) / (1 + β) to either side


def test_an_average_notices_a_jump_later_the_longer_it_remembers():
    series = JumpSeries(noise=0)
    half = [
        int(np.flatnonzero(ExponentialAverage(beta=beta).of(series.values) >= 5)[0]) - series.length // 2
        for beta in (0.5, 0.9, 0.98)
    ]
    assert half == [0, 6, 34]  # the first k with β^(k + 1) ≤ ½


@pytest.mark.parametrize("kind", NoisySeries.ready(), ids=lambda kind: kind.tag())
def test_numbers_are_the_same_for_the_same_seed_and_finite_at_every_extreme(kind):
    np.testing.assert_array_equal(kind().values, kind().values)
    if kind is GivenSeries:
        return
    for settings in ({"length": 1}, {"noise": kind.model_fields["noise"].metadata[1].le}):
        for average in AVERAGES:
            assert np.isfinite(average.of(kind(**settings).values)).all()


def test_the_largest_numbers_of_ones_own_are_averaged_without_overflow():
    series = GivenSeries(given=(LARGEST, -LARGEST) * 2500)
    for average in AVERAGES:
        assert np.isfinite(average.of(series.values)).all()
    with pytest.raises(InvalidValue, match="must be at most"):
        GivenSeries.build({"given": [10 * LARGEST]})


def test_no_numbers_have_no_averages():
    lab = Averages(series=GivenSeries(), averages=AVERAGES[:3])
    assert [len(course) for course in lab.courses()] == [0, 0, 0]


def test_the_laboratory_knows_who_reaches_back_farthest_and_who_is_biased():
    lab = Averages(averages=(AVERAGES[4], AVERAGES[0], AVERAGES[3]))
    assert lab.smoothest is AVERAGES[3]
    assert lab.biased is AVERAGES[0]
    assert lab.remembered is AVERAGES[0]
    assert Averages(averages=(AVERAGES[4],)).remembered is None


def test_a_year_is_as_warm_as_its_recipe():
    assert Temperatures(noise=0).values[0] == 21
    assert Temperatures(noise=0, length=365).values.mean() == pytest.approx(12, abs=1e-9)
    assert {kind.tag() for kind in MovingAverage.members()} == {"exponential", "window"}
