"""Drawn pictures show what their classes say, as large, turned and coloured as was asked."""

import numpy as np
import pytest

from playground.data import preview
from playground.data.datasets.apples_and_oranges import ApplesAndOranges
from playground.data.datasets.shapes import FIGURES, Shapes
from playground.data.pictures import drawing
from playground.data.pictures.limits import MOST_VALUES
from playground.fields import describe
from playground.randomness import Pcg64, Rc4

EVERY = pytest.mark.parametrize("kind", [Shapes, ApplesAndOranges], ids=lambda kind: kind.tag())


def drawn(dataset, seed=4):
    return dataset.take(Pcg64(seed=seed).streams().data)


def covered(dataset):
    """How much of each picture its figure covers: bright on dark, between the two of each picture."""
    raw = drawn(dataset).raw[..., 0]
    low, high = raw.min(axis=(1, 2)), raw.max(axis=(1, 2))
    return (raw.mean(axis=(1, 2)) - low) / (high - low)


@EVERY
@pytest.mark.parametrize("side", [8, 13, 32])
def test_pixels_lie_between_black_and_white_whatever_the_size_and_the_noise(kind, side):
    for noise in (0, 100):
        samples = drawn(kind(samples=12, side=side, noise=noise))
        assert samples.raw.shape == (12, *kind(side=side).shape.sizes)
        assert samples.raw.min() >= 0
        assert samples.raw.max() <= 1


@EVERY
def test_a_preview_is_as_small_as_the_time_to_paint_it_asks(kind):
    assert len(preview(kind(samples=5000, side=8)).raw) <= 10


@EVERY
def test_pictures_are_drawn_in_parts_as_they_are_drawn_at_once(kind, monkeypatch):
    whole = drawn(kind(samples=30, noise=20)).raw
    monkeypatch.setattr(drawing, "AT_ONCE", 10_000)
    np.testing.assert_array_equal(drawn(kind(samples=30, noise=20)).raw, whole)


@EVERY
def test_no_more_are_drawn_than_memory_holds(kind):
    most = {field.name: field.high for field in describe(kind)}
    assert most["samples"] * kind(side=most["side"]).shape.size < MOST_VALUES


@EVERY
def test_another_generator_draws_them_in_little_time_too(kind):
    """The generator of TensorFlow Playground draws number by number, which pixels are too many for."""
    source = Rc4("0.1")
    kind(samples=60).take(source)
    assert source.uniform(1) != Rc4("0.1").uniform(1)


# --- shapes -----------------------------------------------------------------------------------------


def test_figures_cover_what_geometry_says():
    """Areas of the figures in a picture of 2 × 2 that they fill: π·0.72, (2·0.72)², and so on."""
    exact = {
        "circle": np.pi * 0.72,
        "square": 1.44**2,
        "triangle": 3 * np.sqrt(3) / 4,
        "cross": 2 * 1.8 * 0.6 - 0.36,
        "ring": np.pi * 0.56,
        "bar": 0.6 * 1.9,
    }
    x, y = np.meshgrid(np.linspace(-1, 1, 800), np.linspace(-1, 1, 800))
    for name, area in exact.items():
        assert FIGURES[name](x, y).mean() * 4 == pytest.approx(area, rel=0.01), name


def test_a_figure_fills_as_much_as_is_asked():
    """A square of 30 to 40 % of the picture's side is a quarter of the area that twice the reach fills."""
    small, large = (covered(Shapes(reach=reach, turn=0, side=32)) for reach in (40, 80))
    assert small.mean() == pytest.approx(large.mean() / 4, rel=0.03)


def test_without_shift_and_turn_a_figure_stands_upright_in_the_middle():
    raw = drawn(Shapes(classes=5, shift=0, turn=0)).raw[..., 0]
    np.testing.assert_allclose(raw, raw[:, :, ::-1], atol=1e-12)  # all but star, crescent and bar mirror


def test_a_triangle_points_up():
    samples = drawn(Shapes(shift=0, turn=0))
    triangle = samples.raw[samples.targets == 2][..., 0]
    rows = triangle.sum(axis=2)
    assert np.all(rows[:, 9] > rows[:, 5])


def test_shifted_figures_stay_inside():
    raw = drawn(Shapes(samples=200, classes=8, shift=100, turn=180, reach=60)).raw[..., 0]
    border = np.concatenate([raw[:, 0], raw[:, -1], raw[:, :, 0], raw[:, :, -1]], axis=1)
    dark = np.median(border, axis=1, keepdims=True)
    assert np.mean(border > dark + 0.35) < 0.01


def test_shapes_in_colour_have_all_hues():
    grey, coloured = drawn(Shapes()).raw, drawn(Shapes(colour=True)).raw
    assert grey.shape[-1] == 1
    assert coloured.shape[-1] == 3
    assert set(np.unique(coloured.max(axis=(1, 2)).argmax(axis=1))) == {0, 1, 2}


# --- apples and oranges -----------------------------------------------------------------------------


def test_fruits_are_alike_without_variety_and_differ_with_it():
    alike, varied = (drawn(ApplesAndOranges(samples=40, variety=variety)) for variety in (0, 100))
    for fruit in (0, 1):
        assert np.ptp(alike.raw[alike.targets == fruit], axis=0).max() < 1e-9
        assert np.ptp(varied.raw[varied.targets == fruit], axis=0).min() > 0.1


def test_oranges_are_orange_and_apples_are_red_or_green():
    samples = drawn(ApplesAndOranges(samples=200))
    red, green, blue = samples.raw[:, 8:13, 8:13].mean(axis=(1, 2)).T
    orange = samples.targets == 1
    assert np.all(red[orange] > green[orange])
    assert np.all(green[orange] > 1.2 * blue[orange])
    share_of_green = np.mean(green[~orange] > red[~orange] * 0.9)
    assert 0.1 < share_of_green < 0.5


def test_hue_alone_does_not_tell_all_fruits():
    """Some apples are as yellow as some oranges are, so that a network has to look at more than that."""
    samples = drawn(ApplesAndOranges(samples=600))
    red, green, _ = samples.raw[:, 8:13, 8:13].mean(axis=(1, 2)).T
    share, orange = green / red, samples.targets == 1
    low, high = np.quantile(share[orange], [0.01, 0.99])
    assert np.mean((share[~orange] > low) & (share[~orange] < high)) > 0.05


def test_a_hue_is_the_colour_that_it_names():
    hues = np.array([0.0, 1 / 3, 2 / 3, 1.0, 1 / 6])
    expected = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0], [1, 1, 0]]
    np.testing.assert_allclose(drawing.rgb(hues, np.ones(5), np.ones(5)), expected, atol=1e-9)
    np.testing.assert_allclose(drawing.rgb(hues, np.zeros(5), np.full(5, 0.4)), 0.4)
