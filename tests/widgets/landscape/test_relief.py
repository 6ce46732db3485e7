"""The relief of a landscape: heights, levels, colours, holes."""

import numpy as np
import pytest
from landscape_grids import bowl

from widgets.pages.inside.tabs.landscape.relief import LEVELS, Relief
from widgets.theme import DARK, LIGHT
from widgets.viridis import viridis

VIRIDIS = {0: (68, 1, 84), 64: (59, 82, 139), 128: (33, 145, 140), 192: (94, 201, 98)}
"""Colours of matplotlib 3.10's table."""


def test_the_colours_of_magnitudes_are_those_of_viridis():
    for place, colour in VIRIDIS.items():
        np.testing.assert_allclose(viridis()[place], colour, atol=2)


def test_log_levels_grow_by_one_factor_and_others_by_one_step():
    factors = np.diff(Relief(bowl(), logarithmic=True).levels)
    np.testing.assert_allclose(factors, factors[0])
    relief = Relief(bowl(), logarithmic=False)
    assert relief.ends == (pytest.approx(0.01), pytest.approx(5.01))
    np.testing.assert_allclose(np.diff(relief.levels), 5 / (LEVELS + 1))


def test_lines_of_equal_loss_of_a_bowl_are_circles():
    relief = Relief(bowl(points=101), logarithmic=False)
    ends = relief.lines.reshape(-1, 2) * [4 / 100, 2 / 100] + [-2, -1]
    losses = 0.01 + (ends**2).sum(axis=1)
    nearest = np.abs(losses[:, np.newaxis] - relief.levels).min(axis=1)
    assert nearest.max() < 2e-3


def test_the_lowest_band_is_dark_and_the_highest_light_with_the_highest_row_on_top():
    train = np.broadcast_to(np.linspace(1, 2, 21)[:, np.newaxis], (21, 21))
    pixels = Relief(bowl(train=train), logarithmic=False).bands(DARK)
    assert pixels[0, 0] == 0xFFFDE725
    assert pixels[-1, -1] == 0xFF440154


def test_a_hole_has_the_colour_of_the_ground_and_no_line_around_it():
    grid = bowl()
    train = grid.train.copy()
    train[5, 5] = np.inf
    relief = Relief(bowl(train=train))
    place = (15 * 15, 5 * 15)  # fifteen pixels a step, from the top
    assert relief.bands(DARK)[place] == 0xFF191C22
    assert relief.bands(LIGHT)[place] == 0xFFF4F5F8
    assert relief.is_hole(grid.x[5], grid.y[5])
    assert not relief.is_hole(0, 0)
    assert np.isfinite(relief.lines).all()


def test_the_gap_is_drawn_from_a_middle_of_0():
    relief = Relief(bowl(test=bowl().train * 0.5), "gap")
    assert relief.ends == (pytest.approx(-2.505), pytest.approx(2.505))
    assert relief.key(DARK).colours[0] == DARK.negative
    assert not relief.grows_by_factors


@pytest.mark.parametrize("value", [0.0, 3.0, np.nan, np.inf])
def test_a_landscape_that_is_level_or_all_hole_is_drawn_all_the_same(value):
    relief = Relief(bowl(train=np.full((21, 21), value)))
    assert relief.bands(DARK).shape == (301, 301)
    low, high = relief.ends
    assert low < high


def test_the_ends_of_the_colour_bar_are_told_apart():
    train = 0.6931 + bowl().train * 2e-5
    assert Relief(bowl(train=train)).key(DARK).ends == ("0.6931", "0.6932")
    assert Relief(bowl()).key(DARK).ends == ("0.01", "5")


def test_the_csv_has_both_losses_of_every_point():
    grid = bowl(points=9)
    columns = Relief(grid).columns()
    assert list(columns) == ["x", "y", "training loss", "test loss"]
    assert {len(column) for column in columns.values()} == {81}
    np.testing.assert_allclose(columns["training loss"], 0.01 + columns["x"] ** 2 + columns["y"] ** 2)
