import numpy as np
import pytest
from PySide6.QtGui import QColor

from widgets.colouring import ByClass, Diverging, neuron_places, pack, places
from widgets.refining import refine
from widgets.theme import DARK, LIGHT, OKABE_ITO

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)


def map_of(*values):
    """One output whose map has these values in a row, (1, 1, n)."""
    return np.array([[values]], np.float32)


def name(pixel):
    return f"#{int(pixel) & 0xFFFFFF:06x}"


def distance(one, other):
    """The largest difference of a channel between two colours."""
    return max(abs(a - b) for a, b in zip(QColor(one).getRgb()[:3], QColor(other).getRgb()[:3], strict=True))


@THEMES
def test_minus_one_is_orange_zero_is_neutral_and_one_is_blue(theme):
    row = Diverging().pixels(map_of(-1, 0, 1), theme, discretize=False)[0]

    assert name(row[0]) == theme.negative
    assert distance(name(row[1]), theme.zero) <= 2
    assert name(row[2]) == theme.positive


def test_values_beyond_the_ends_have_the_colours_of_the_ends():
    row = Diverging().pixels(map_of(-50, 50, np.inf, np.nan), DARK, discretize=False)[0]

    assert [name(pixel) for pixel in row[:3]] == [DARK.negative, DARK.positive, DARK.positive]
    assert distance(name(row[3]), DARK.zero) <= 2


def test_a_probability_of_one_half_is_neutral():
    row = Diverging(0, 1).pixels(map_of(0, 0.5, 1), DARK, discretize=False)[0]

    assert name(row[0]) == DARK.negative
    assert distance(name(row[1]), DARK.zero) <= 2
    assert name(row[2]) == DARK.positive


def test_discretized_there_are_two_colours():
    row = Diverging().pixels(map_of(-1, -0.01, 0.01, 1), DARK, discretize=True)[0]

    assert [name(pixel) for pixel in row] == [DARK.negative] * 2 + [DARK.positive] * 2


def test_two_classes_of_points_have_the_two_data_colours():
    colours = Diverging(0, 1, two_classes=True).point_colours(np.array([0, 1]), DARK)

    assert colours == [DARK.negative, DARK.positive]


def test_points_with_values_have_about_the_colour_of_the_map():
    low, middle, high = Diverging(-2, 2).point_colours(np.array([-2.0, 0.0, 2.0]), DARK)

    assert distance(low, DARK.negative) < 12
    assert distance(middle, DARK.zero) < 12
    assert distance(high, DARK.positive) < 12


def test_a_sure_class_has_its_colour():
    outputs = np.eye(3, dtype=np.float32)[:, None, :]  # a row of three places, one of each class

    row = ByClass(("A", "B", "C")).pixels(outputs, DARK, discretize=False)[0]

    assert [name(pixel) for pixel in row] == list(OKABE_ITO[:3])


@THEMES
def test_a_class_fades_as_another_comes_near(theme):
    outputs = np.array([[[0.34, 0.6, 0.98]], [[0.33, 0.4, 0.01]], [[0.33, 0.0, 0.01]]], np.float32)

    row = ByClass(("A", "B", "C")).pixels(outputs, theme, discretize=False)[0]
    distances = [distance(name(pixel), OKABE_ITO[0]) for pixel in row]

    assert distance(name(row[0]), theme.zero) < 8
    assert distances == sorted(distances, reverse=True)


def test_the_winner_decides_the_class_when_discretized():
    outputs = np.array([[[0.1, 5.0]], [[0.2, 4.9]], [[0.15, -3.0]]], np.float32)

    row = ByClass(("A", "B", "C")).pixels(outputs, DARK, discretize=True)[0]

    assert [name(pixel) for pixel in row] == [OKABE_ITO[1], OKABE_ITO[0]]


def test_the_key_names_the_classes_or_the_ends():
    assert ByClass(("A", "B", "C")).key(DARK, False).names == ("A", "B", "C")
    assert Diverging(-0.8, 0.8).key(DARK, False).ends == ("−0.8", "0.8")
    assert Diverging().key(DARK, False).colours == (DARK.negative, DARK.zero, DARK.positive)


# --- places -----------------------------------------------------------------------------------------


def test_bounded_activations_are_centred_in_the_colours():
    maps = np.array([[[0.0, 0.5, 1.0]]])
    assert neuron_places(maps, (0.0, 1.0)).ravel().tolist() == [0, 128, 255]
    assert neuron_places(2 * maps - 1, (-1.0, 1.0)).ravel().tolist() == [0, 128, 255]


def test_unbounded_activations_are_scaled_to_hold_their_values():
    maps = np.array([[[1.0, -1.0, 1.0, 0.0]]])
    assert neuron_places(maps, (0.0, np.inf)).ravel().tolist() == [255, 0, 255, 128]


def test_one_extreme_does_not_pale_the_others():
    maps = np.ones((1, 20, 20))
    maps[0, 0, 0] = 100
    assert neuron_places(maps)[0, 5, 5] == 255


def test_each_tile_has_its_own_scale():
    maps = np.stack([np.full((2, 2), 1.0), np.full((2, 2), 100.0)])
    assert neuron_places(maps)[0, 0, 0] == neuron_places(maps)[1, 0, 0]


def test_silent_neurons_have_the_shade_of_nothing():
    assert set(neuron_places(np.zeros((2, 3, 3)), (0.0, np.inf)).ravel().tolist()) == {128}


@pytest.mark.parametrize(("number", "place"), [(np.nan, 128), (np.inf, 255), (-np.inf, 0)])
def test_numbers_that_are_not_finite_have_a_place(number, place):
    assert places(np.full((2, 2), number), -3.0, 3.0).tolist() == [[place] * 2] * 2
    assert neuron_places(np.full((1, 2, 2), number)).tolist() == [[[place] * 2] * 2]


def test_a_colour_is_packed_as_qt_takes_it():
    assert pack(np.array([[1, 2, 3], [255, 0, 16]], np.uint8)).tolist() == [0xFF010203, 0xFFFF0010]


@pytest.mark.parametrize("parts", [2, 3, 4, 7])
@pytest.mark.parametrize("discretize", [False, True])
def test_a_finer_picture_has_the_colours_of_the_values_between(parts, discretize):
    outputs = np.random.default_rng(parts).normal(0, 0.9, (1, 20, 20)).astype(np.float32)
    colouring = Diverging(-1.0, 1.5)

    fine = colouring.pixels(outputs, DARK, discretize, parts)

    exact = colouring.pixels(refine(outputs, parts), DARK, discretize)
    assert fine.shape == exact.shape == (19 * parts + 1, 19 * parts + 1)
    levels = [pixels.view(np.uint8).astype(int) for pixels in (fine, exact)]
    apart = np.abs(levels[0] - levels[1])
    if discretize:
        assert (apart > 0).mean() < 0.01
    else:
        assert apart.max() <= 4


def test_what_is_no_number_has_the_colour_of_the_middle_in_a_finer_picture():
    outputs = np.full((1, 3, 3), np.nan, np.float32)
    outputs[0, 0] = np.inf

    fine = Diverging().pixels(outputs, DARK, False, 3)

    middle = QColor(int(fine[-1, 0]))
    assert np.subtract(middle.getRgb(), QColor(DARK.zero).getRgb()) == pytest.approx(0, abs=2)
    assert f"{fine[0, 0] & 0xFFFFFF:06x}" == DARK.positive[1:]
