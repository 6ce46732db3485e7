"""Drawings are brought to the place, size and thickness of the pictures that they are to belong to."""

import numpy as np
import pytest

from playground.data.datasets.digits import Digits
from playground.data.pictures.given import GIVEN, GivenPicture
from playground.data.pictures.looks import Looks
from playground.data.pictures.strokes import PenStroke, placed
from playground.data.spaces import available
from playground.experiment import Experiment
from playground.randomness import Pcg64

WHITE = np.ones(1)


def prepared(dataset):
    return Experiment().with_dataset(dataset).data.prepare(Pcg64().streams().data)


@pytest.fixture(scope="module")
def digits():
    return Looks.of(prepared(Digits()).train.raw)


def stroke(*points, width=0.08):
    return PenStroke(np.array(points, float), WHITE, width)


RING = stroke(*((0.5 + 0.3 * np.cos(a), 0.5 + 0.4 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 40)))


def moved(one, scale, *by):
    return PenStroke(one.points * scale + by, one.colour, one.width)


def same(first, second):
    for one, other in zip(first, second, strict=True):
        np.testing.assert_allclose(one.points, other.points, atol=1e-9)
        assert one.width == pytest.approx(other.width)


# --- how pictures look ------------------------------------------------------------------------------


def test_handwritten_digits_are_bright_whole_numbers_on_black_as_high_as_the_picture(digits):
    assert (digits.shape, digits.low, digits.high, digits.whole) == ((8, 8, 1), 0, 16, True)
    np.testing.assert_array_equal(digits.ground, [0])
    np.testing.assert_array_equal(digits.ink, [1])
    assert digits.fill.height == 1
    assert 0.5 < digits.fill.width < 0.9
    assert digits.fill.weight == pytest.approx(4.9 / 16, abs=0.02)


def test_dark_on_white_is_seen(digits):
    raw = 16 - prepared(Digits()).train.raw
    looks = Looks.of(raw)
    np.testing.assert_array_equal(looks.ground, [1])
    np.testing.assert_array_equal(looks.ink, [0])
    assert looks.fill == digits.fill
    np.testing.assert_array_equal(looks.empty, np.full((8, 8, 1), 16))


def test_what_is_anywhere_in_its_pictures_stays_where_it_is_drawn():
    generator = np.random.default_rng(0)
    raw = np.zeros((200, 16, 16, 3))
    for picture, (top, left, size) in zip(raw, generator.integers(2, 8, (200, 3)), strict=True):
        picture[top : top + size, left : left + size] = [1, 0.5, 0]
    looks = Looks.of(raw)
    assert looks.fill is None
    assert placed((RING,), looks) == (RING,)


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((0.1, 0.9), (0, 1)),
        ((13, 240), (0, 255)),
        ((0, 16), (0, 16)),
        ((-1, 1), (-1, 1)),
        ((2, 300), (2, 300)),
    ],
)
def test_black_and_white_are_what_the_values_seem_to_mean(values, ends):
    looks = Looks.of(np.resize(np.array(values, float), (2, 4, 4, 1)))
    assert (looks.low, looks.high) == ends


def test_one_colour_everywhere_is_no_fault():
    looks = Looks.of(np.full((5, 4, 4, 3), 0.5))
    assert looks.fill is None
    assert np.isfinite(looks.empty).all()


def test_a_sample_is_the_mean_of_each_block_in_whole_numbers_where_all_are(digits):
    levels = np.zeros((32, 32, 1))
    levels[:4, :2] = 1  # half of the first block
    levels[4:8, :3] = 1
    sample = digits.sample(levels)
    assert (sample[0, 0, 0], sample[1, 0, 0], sample.sum()) == (8, 12, 20)


# --- where strokes go -------------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "by"), [(0.2, (0, 0)), (0.3, (0.7, 0.6)), (1.1, (-0.05, -0.05))])
def test_tiny_large_and_off_centre_drawings_are_one(digits, scale, by):
    same(placed((moved(RING, scale, *by),), digits), placed((RING,), digits))


def test_a_thick_pen_and_a_thin_one_ink_as_much(digits):
    thick = PenStroke(RING.points, WHITE, 0.2)
    same(placed((thick,), digits), placed((RING,), digits))


def test_it_stands_in_the_middle_and_within_the_picture(digits):
    (one,) = placed((moved(RING, 0.3, 0.6, 0.1),), digits)
    low, high = one.points.min(axis=0), one.points.max(axis=0)
    np.testing.assert_allclose((low + high) / 2, 0.5)
    assert low[1] - one.width / 2 == pytest.approx(0, abs=0.02)
    assert high[1] + one.width / 2 == pytest.approx(1, abs=0.02)
    assert high[0] - low[0] < high[1] - low[1]


def test_an_upright_line_stays_slim(digits):
    (one,) = placed((stroke((0.5, 0.3), (0.51, 0.7)),), digits)
    assert np.ptp(one.points[:, 0]) < 0.1


def test_a_lying_line_stays_flat(digits):
    (one,) = placed((stroke((0.1, 0.5), (0.9, 0.52)),), digits)
    assert np.ptp(one.points[:, 1]) < 0.1
    assert np.ptp(one.points[:, 0]) < 0.8


def test_a_dot_stays_a_dot_in_the_middle(digits):
    (one,) = placed((stroke((0.1, 0.9)),), digits)
    np.testing.assert_allclose(one.points, [[0.5, 0.5]])
    assert one.width <= 0.2


def test_nothing_drawn_is_nothing(digits):
    assert placed((), digits) == ()


# --- what the network is asked about ----------------------------------------------------------------


def test_a_picture_of_ones_own_is_offered_for_pictures_alone():
    assert GivenPicture in available(Digits())
    assert GivenPicture not in available(Experiment().data.dataset)


def test_its_values_are_what_maps_are_drawn_over():
    data, raw = prepared(Digits()), np.arange(64.0).reshape(8, 8, 1) / 4
    frame = GivenPicture.of(raw).frame(data, 10)
    np.testing.assert_array_equal(frame.places, raw[np.newaxis])
    assert frame.axes == ()
    assert frame.sample.side == GIVEN
    assert np.isnan(frame.sample.label)


@pytest.mark.parametrize("values", [(), (1.0, 2.0, 3.0)])
def test_without_values_or_with_those_of_other_data_it_is_empty(values):
    frame = GivenPicture(values=values).frame(prepared(Digits()), 10)
    np.testing.assert_array_equal(frame.places, np.zeros((1, 8, 8, 1)))
