"""The race of optimizers: terrains against their mathematics, ways against steps by hand and SciPy."""

import numpy as np
import pytest
from scipy.optimize import check_grad, minimize

from playground.engine.optimizers import Optimizer
from playground.engine.optimizers.adam import Adam
from playground.engine.optimizers.descent import GradientDescent, Momentum
from playground.labs.race import Race
from playground.labs.race.racing import level_marks, levels, race, sweep
from playground.labs.race.terrain import Terrain
from playground.labs.race.terrains import (
    Beale,
    Bowl,
    Himmelblau,
    OwnTerrain,
    Rosenbrock,
    SaddlePoint,
    Valley,
    WineRegression,
)
from playground.value import InvalidValue

every_terrain = pytest.mark.parametrize(
    "terrain",
    [*(kind() for kind in Terrain.members()), Valley(turned=30), WineRegression(scaled=True)],
    ids=repr,
)


def value_at(terrain):
    return lambda w: float(terrain.value(w[0], w[1]))


def slope_at(terrain):
    return lambda w: np.array(terrain.slope(w[0], w[1]))


@every_terrain
def test_the_slope_is_that_of_the_value(terrain):
    left, right, low, high = terrain.seen
    for place in np.random.default_rng(0).uniform((left, low), (right, high), (5, 2)):
        size = 1 + np.linalg.norm(slope_at(terrain)(place))
        assert check_grad(value_at(terrain), slope_at(terrain), place) < 1e-4 * size


@every_terrain
def test_it_is_seen_where_a_race_begins(terrain):
    left, right, low, high = terrain.seen
    assert left < terrain.start[0] < right
    assert low < terrain.start[1] < high


@every_terrain
def test_nothing_that_is_seen_is_below_its_bottom(terrain):
    left, right, low, high = terrain.seen
    values = terrain.value(*np.meshgrid(np.linspace(left, right, 300), np.linspace(low, high, 300)))
    if terrain.bottom is not None:
        assert terrain.bottom - 1e-4 < values.min() < terrain.bottom + 0.05 * np.ptp(values)


@pytest.mark.parametrize(
    ("terrain", "place"), [(Rosenbrock(), (1, 1)), (Beale(), (3, 0.5)), (Himmelblau(), (3, 2))], ids=repr
)
def test_scipy_finds_the_minimum_that_the_books_have(terrain, place):
    found = minimize(value_at(terrain), np.add(place, 0.1), jac=slope_at(terrain), tol=1e-10)
    np.testing.assert_allclose(found.x, place, atol=1e-4)
    assert found.fun == pytest.approx(terrain.bottom, abs=1e-8)


def test_a_regression_is_that_of_least_squares():
    from playground.data.datasets.wine import Wine

    raw = np.asarray(Wine().load().raw, np.float64)
    inputs, alcohol = raw[:, [9, 10]], raw[:, 0]
    design = np.column_stack([inputs, np.ones(len(inputs))])
    best, (squares,), *_ = np.linalg.lstsq(design, alcohol, rcond=None)
    terrain = WineRegression()
    assert terrain.bottom == pytest.approx(squares / len(raw) / 2)
    np.testing.assert_allclose(slope_at(terrain)(best[:2]), 0, atol=1e-9)
    assert terrain.steepest == pytest.approx(np.linalg.eigvalsh(np.cov(inputs.T, bias=True)).max())


def test_small_batches_are_right_on_average():
    terrain, chance = WineRegression(batch=8), np.random.default_rng(0)
    x, y = terrain.start
    slopes = np.array([terrain.noisy_slope(x, y, chance) for _ in range(4000)])
    error = slopes.std(axis=0) / np.sqrt(len(slopes))
    assert (np.abs(slopes.mean(axis=0) - slope_at(terrain)((x, y))) < 4 * error).all()
    assert slopes.std(axis=0).min() > 0


def test_plain_descent_in_a_valley_is_the_closed_form():
    rate, way = 0.1, race(Valley(condition=15), GradientDescent(learning_rate=0.1), (-1.8, 1.0), 20, 0, 1)
    steps = np.arange(21)
    np.testing.assert_allclose(way.places[:, 0], -1.8 * (1 - rate) ** steps)
    np.testing.assert_allclose(way.places[:, 1], (1 - 15 * rate) ** steps)


def test_momentum_is_the_heavy_ball_by_hand():
    way = race(Bowl(), Momentum(learning_rate=0.1, beta=0.5), (1.0, 0.0), 2, 0, 1)
    first = 1.0 - 0.1 * 1.0
    second = first - 0.1 * (0.5 * 1.0 + first)
    np.testing.assert_allclose(way.places[:, 0], [1.0, first, second])


@pytest.mark.parametrize(("factor", "runs_away"), [(0.98, False), (1.02, True)])
def test_plain_descent_runs_away_past_two_over_the_largest_curvature(factor, runs_away):
    terrain = WineRegression()
    rate = factor * 2 / terrain.steepest
    way = race(terrain, GradientDescent(learning_rate=rate), terrain.start, 500, 0, 1)
    assert (way.losses[-1] > way.losses[0]) == runs_away


def test_on_the_ridge_of_a_saddle_only_noise_leads_down():
    start = (-1.5, 0.0)
    still = race(SaddlePoint(), GradientDescent(learning_rate=0.1), start, 200, 0, 1)
    np.testing.assert_allclose(still.places[-1], 0, atol=1e-6)
    assert race(SaddlePoint(), GradientDescent(learning_rate=0.1), start, 200, 0.05, 1).losses[-1] < -1


@pytest.mark.parametrize("kind", Optimizer.ready(), ids=lambda kind: kind.tag())
def test_every_optimizer_can_race_on_every_extreme(kind):
    for rate in (1e-5, 100.0):
        for terrain in (Rosenbrock(), OwnTerrain(expression="exp(x)")):
            way = race(terrain, kind(learning_rate=rate), terrain.start, 30, 10.0, 1)
            assert np.isfinite(way.places).all()


def test_steps_are_counted_to_where_the_loss_is_low_enough():
    way = race(Bowl(), GradientDescent(learning_rate=0.5), (2.0, 0.0), 10, 0, 1)
    assert way.steps_to(0.5) == 1  # ½ · 1²
    assert way.steps_to(-1) is None


def test_a_sweep_ends_where_a_race_with_that_rate_ends():
    swept = sweep(Bowl(), Adam(), (1.0, 1.0), 20, 0.0, 1)
    for place in (0, 24, 48):
        way = race(Bowl(), Adam(learning_rate=swept.rates[place]), (1.0, 1.0), 20, 0.0, 1)
        assert swept.ends[place] == way.losses[-1]


def test_levels_go_from_the_bottom_up_and_know_places_without_a_value():
    seen = levels(np.array([0.0, 1.0, 10.0, np.nan]), 0.0)
    assert (seen[0], seen[2]) == (0, 1)
    assert 0 < seen[1] < 1
    assert np.isnan(seen[3])


def test_the_start_is_a_share_of_what_is_seen():
    assert Race(terrain=Bowl(), start=(0.25, 0.5)).begins == (-1.0, 0.0)
    assert Race(terrain=Bowl()).begins == Bowl.begin


def test_a_formula_that_cannot_be_read_is_refused_in_a_sentence():
    with pytest.raises(InvalidValue, match="missing"):
        OwnTerrain.build({"expression": "x +"})


def test_own_terrain_that_falls_beyond_what_is_seen_has_no_bottom():
    assert OwnTerrain(expression="x").bottom is None
    assert OwnTerrain(expression="x^2 + y^2 + 3").bottom == pytest.approx(3)


@pytest.mark.parametrize("bottom", [None, -1.0])
def test_marks_tell_the_loss_of_places_as_high_as_that(bottom):
    values = np.linspace(-1, 5, 601)
    shares = levels(values, bottom)
    for share, loss in level_marks(values, bottom, 4):
        assert float(np.interp(share, shares, values)) == pytest.approx(loss, abs=0.01)
    assert level_marks(np.array([np.nan]), bottom, 4) == ()
