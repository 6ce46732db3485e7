"""Pictures from numbers look as the numbers say: grey, coloured, and black and white are the same for all."""

import numpy as np
import pytest

from playground.data.pictures.scale import looks_between
from widgets.pictures import image_of_bytes, picture_image


def colours(image):
    return [
        [image.pixelColor(x, y).getRgb()[:3] for x in range(image.width())] for y in range(image.height())
    ]


def test_three_channels_are_red_green_and_blue():
    raw = np.array([[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], [[0.0, 0.0, 1.0], [1.0, 1.0, 0.0]]])
    assert colours(picture_image(raw)) == [
        [(255, 0, 0), (0, 255, 0)],
        [(0, 0, 255), (255, 255, 0)],
    ]


@pytest.mark.parametrize("shape", [(1, 2), (1, 2, 1)])
def test_one_channel_is_grey(shape):
    assert colours(picture_image(np.reshape([0.0, 1.0], shape))) == [[(0, 0, 0), (255, 255, 255)]]


def test_bytes_are_the_picture_that_their_values_are():
    pixels = np.random.default_rng(0).integers(0, 256, (5, 3, 3), np.uint8)
    assert colours(image_of_bytes(pixels)) == colours(picture_image(pixels / 255))
    grey = pixels[..., 1:2]
    assert colours(image_of_bytes(grey)) == colours(picture_image(grey / 255))


def test_a_pale_picture_stays_pale():
    """Values of 0 to 1 are not stretched: 0.6 is 153 of 255 whatever lies beside it."""
    assert colours(picture_image(np.array([[0.4, 0.6]]))) == [[(102,) * 3, (153,) * 3]]


def test_other_values_lie_between_their_own_ends():
    assert looks_between(np.array([2.0, 16.0])) == (2, 16)
    assert colours(picture_image(np.array([[0.0, 8.0, 16.0]])))[0][1] == (128,) * 3


@pytest.mark.parametrize("values", [[3.0, 3.0], [np.nan, 1.0], [np.inf, 0.0], [-1e300, 1e300]])
def test_any_numbers_are_drawn(values):
    assert not picture_image(np.array([values])).isNull()
    assert not picture_image(np.array([values] * 3).T[np.newaxis].copy()).isNull()
