"""Whatever bytes are opened as pictures: there are pictures or a sentence, and never anything else."""

import io
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from playground.data.pictures.decoding import decoded
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.reading import Sizing, guess, read

QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
SIZINGS = st.builds(
    Sizing,
    side=st.integers(8, 20),
    colour=st.sampled_from(["grey", "colour"]),
    fit=st.sampled_from(["crop", "pad"]),
)
MODES = {"PNG": "RGBA", "JPEG": "RGB", "GIF": "P", "BMP": "RGB", "TIFF": "CMYK", "WEBP": "RGB", "PPM": "L"}


def file_of(kind, size=(13, 9)):
    pixels = np.random.default_rng(3).integers(0, 256, (size[1], size[0], 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).convert(MODES[kind]).save(buffer, kind)
    return buffer.getvalue()


FILES = {kind: file_of(kind) for kind in MODES}


def changed(data, place, over, cut):
    """Bytes written over some others, and what is cut off at the end."""
    place %= len(data)
    found = data[:place] + over + data[place + len(over) :]
    return found[: len(found) - cut % len(found)] if cut else found


@pytest.mark.parametrize("kind", MODES)
@QUIET
@given(place=st.integers(0, 10_000), over=st.binary(max_size=6), cut=st.integers(0, 40), sizing=SIZINGS)
def test_a_damaged_picture_is_one_or_a_sentence(kind, place, over, cut, sizing):
    with suppress(PictureProblem):
        found = decoded(changed(FILES[kind], place, over, cut), sizing)
        assert found.shape == (sizing.side, sizing.side, sizing.channels)
        assert found.dtype == np.uint8


@QUIET
@given(st.binary(max_size=200), SIZINGS)
def test_any_bytes_are_a_picture_or_a_sentence(data, sizing):
    with suppress(PictureProblem):
        assert decoded(data, sizing).shape == (sizing.side, sizing.side, sizing.channels)


@QUIET
@given(
    width=st.integers(1, 40),
    height=st.integers(1, 40),
    mode=st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA", "I;16"]),
    sizing=SIZINGS,
)
def test_a_picture_of_any_size_and_kind_is_brought_to_the_size(width, height, mode, sizing):
    buffer = io.BytesIO()
    Image.new(mode, (width, height)).save(buffer, "PNG")
    assert decoded(buffer.getvalue(), sizing).shape == (sizing.side, sizing.side, sizing.channels)


@QUIET
@given(place=st.integers(0, 10_000), over=st.binary(max_size=6), cut=st.integers(0, 40))
@example(place=1830, over=b"\x00@", cut=0)  # a version of the format that there is not
def test_a_damaged_zip_is_pictures_or_a_sentence(tmp_path, place, over, cut):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("a/1.png", "a/2.png", "b/1.png"):
            archive.writestr(name, FILES["PNG"])
    path = tmp_path / "set.zip"
    path.write_bytes(changed(buffer.getvalue(), place, over, cut))
    with suppress(PictureProblem):
        guess(path)
        assert read(path, Sizing(side=8)).pixels.shape[1:] == (8, 8, 1)


@QUIET
@given(
    st.lists(st.text(st.characters(exclude_characters="/"), min_size=1, max_size=8), min_size=1, max_size=6)
)
def test_a_zip_with_any_names_is_pictures_or_a_sentence(tmp_path, names):
    path = tmp_path / "set.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in dict.fromkeys(names):
            with suppress(ValueError, IndexError):  # names that cannot be written
                archive.writestr(f"{name}/1.png", FILES["PNG"])
    with suppress(PictureProblem):
        album = read(path, Sizing(side=8))
        assert all(name.encode() for name in album.class_names)
