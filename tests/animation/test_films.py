"""Films: as long as they are said to be, without flicker, and in formats that others can read."""

from io import BytesIO

import av
import numpy as np
import pytest
from PIL import Image

from playground.animation.films import film
from playground.animation.reel import Reel
from playground.animation.timing import HOLD, durations

HEIGHT, WIDTH = 45, 61  # both odd


def frames(count=8):
    """A dark ground with a thin bright line, and a square that goes through all hues."""
    reel = Reel()
    for number in range(count):
        frame = np.full((HEIGHT, WIDTH, 3), (22, 24, 29), np.uint8)
        frame[5, :] = (255, 220, 0)
        frame[10:40, 10:40] = np.linspace((243, 146, 55), (59, 143, 217), 30).astype(np.uint8)
        frame[10:40, 10 + number : 14 + number] = (30 * number, 255 - 30 * number, 120)
        reel.add(frame)
    return reel


def pictures(data):
    image = Image.open(BytesIO(data))
    found, lasting = [], []
    for number in range(image.n_frames):
        image.seek(number)
        found.append(np.asarray(image.convert("RGB")))
        lasting.append(image.info["duration"])
    return image, np.array(found).astype(int), lasting


def test_a_reel_gives_back_what_was_put_on_it():
    reel = frames(3)
    assert len(reel) == 3
    assert all(np.array_equal(one, other) for one, other in zip(reel, reel[:], strict=True))
    assert reel[1][20, 11].tolist() == [30, 225, 120]
    with pytest.raises(ValueError, match="among those of"):
        reel.add(np.zeros((3, 3, 3), np.uint8))


@pytest.mark.parametrize("fps", [7, 15, 24, 30, 50])
def test_hundredths_of_a_gif_add_up_to_the_speed_that_was_asked_for(fps):
    lasting = durations(101, fps, 10)
    assert all(each % 10 == 0 and each >= 20 for each in lasting)
    assert abs(sum(lasting[:-1]) - 100_000 / fps) <= 10
    assert lasting[-1] == 1000 * HOLD


def test_a_gif_plays_for_ever_at_its_speed_and_looks_like_its_frames():
    reel = frames()
    image, seen, lasting = pictures(film(reel, ".gif", 15))
    assert image.format == "GIF"
    assert image.info["loop"] == 0
    assert seen.shape == (8, HEIGHT, WIDTH, 3)
    assert lasting == durations(8, 15, 10)
    assert np.abs(seen - np.array(reel[:]).astype(int)).max() < 24
    assert np.abs(seen[:, 5] - [255, 220, 0]).max() < 8  # a thin line keeps its colour


def test_what_stands_still_in_a_gif_does_not_flicker():
    _, seen, _ = pictures(film(frames(), ".gif", 15))
    assert (np.ptp(seen[:, :8], axis=0) == 0).all()
    assert (np.ptp(seen[:, :, 45:], axis=0) == 0).all()


def test_a_gif_faster_than_viewers_go_is_as_fast_as_they_do():
    _, _, lasting = pictures(film(frames(), ".gif", 60))
    assert set(lasting[:-1]) == {20}


def test_a_webp_holds_its_frames():
    image, seen, lasting = pictures(film(frames(), ".webp", 24))
    assert image.format == "WEBP"
    assert seen.shape == (8, HEIGHT, WIDTH, 3)
    assert abs(sum(lasting[:-1]) - 7000 / 24) <= 1
    assert np.abs(seen[:, :3] - [22, 24, 29]).max() < 12


def test_an_mp4_is_h264_in_the_colours_of_every_player_with_even_sides():
    reel = frames()
    with av.open(BytesIO(film(reel, ".mp4", 10))) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.width, stream.height) == (WIDTH + 1, HEIGHT + 1)
        assert stream.average_rate == 10
        seen = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(stream)]
    assert len(seen) == 7 + 10 * HOLD
    assert np.abs(seen[0][:3, :WIDTH] - [22, 24, 29]).max() < 8


@pytest.mark.parametrize("ending", [".gif", ".webp", ".mp4"])
def test_it_is_told_how_far_the_writing_is_and_what_is_raised_then_ends_it(ending):
    told = []
    film(frames(4), ending, 15, told.append)
    assert told == [1, 2, 3, 4]

    def enough(_number):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        film(frames(4), ending, 15, enough)


def test_a_film_of_one_frame_is_one():
    for ending in (".gif", ".webp", ".mp4"):
        assert film(frames(1), ending, 15)


def test_what_does_not_change_takes_hardly_any_room():
    reel = Reel()
    noise = np.random.default_rng(1).integers(0, 255, (90, 120, 3)).astype(np.uint8)
    for _ in range(40):
        reel.add(noise)
    single = Reel()
    single.add(noise)
    for ending in (".gif", ".mp4"):
        assert len(film(reel, ending, 20)) < 2 * len(film(single, ending, 20)) + 10_000
