"""A picture is decoded as people see it: upright, before white, in greys or colours, whatever its file."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, ImageDraw

from playground.data.pictures import decoding
from playground.data.pictures.decoding import decoded, dimensions, eight_bits
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.sizing import Sizing

GREY, COLOUR = Sizing(side=8), Sizing(side=8, colour="colour")


def file_of(image, kind="PNG", **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def halves(size=(16, 16), mode="RGB"):
    """Red above, blue below."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 2 - 1), "red")
    return image.convert(mode)


def why(data, sizing=GREY):
    with pytest.raises(PictureProblem) as problem:
        decoded(data, sizing)
    return str(problem.value)


@pytest.mark.parametrize("kind", ["PNG", "BMP", "GIF", "TIFF", "PPM", "WEBP", "JPEG"])
def test_every_usual_format_is_read(kind):
    found = decoded(file_of(halves(), kind), COLOUR).astype(int)
    np.testing.assert_allclose(found[0, 4], [255, 0, 0], atol=6)
    np.testing.assert_allclose(found[-1, 4], [0, 0, 255], atol=6)


@pytest.mark.parametrize("mode", ["P", "RGBA", "CMYK", "YCbCr", "RGBX"])
def test_every_way_to_write_colours_is_understood(mode):
    kind = "JPEG" if mode == "YCbCr" else "TIFF"
    found = decoded(file_of(halves(mode=mode), kind), COLOUR).astype(int)
    np.testing.assert_allclose(found[0, 4], [255, 0, 0], atol=6)
    np.testing.assert_allclose(found[-1, 4], [0, 0, 255], atol=6)


def test_a_photograph_in_cmyk_is_no_negative():
    found = decoded(file_of(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG"), COLOUR)
    np.testing.assert_allclose(found[4, 4].astype(int), [255, 0, 0], atol=8)


def test_greys_weigh_the_colours_as_eyes_do():
    """ITU-R 601: 0.299 red, 0.587 green, 0.114 blue."""
    for name, weight in (("red", 0.299), ("lime", 0.587), ("blue", 0.114)):
        found = decoded(file_of(Image.new("RGB", (8, 8), name)), GREY)
        assert found.shape == (8, 8, 1)
        assert found[3, 3, 0] == pytest.approx(255 * weight, abs=1)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_transparent_lies_before_white(mode):
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    if mode == "LA":
        clear = clear.convert("LA")
    if mode == "PA":
        clear = clear.convert("LA").convert("PA")
    kind = "PNG" if mode != "PA" else "TIFF"
    image = clear if mode != "PA" else Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert (decoded(file_of(image, kind), GREY) == 255).all()


def test_a_palette_with_a_transparent_colour_lies_before_white():
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 0, 128, 0])
    image.paste(0, (0, 0, 8, 4))
    found = decoded(file_of(image, transparency=0), COLOUR)
    assert found[0, 0].tolist() == [255, 255, 255]
    assert found[7, 7].tolist() == [0, 128, 0]


def test_sixteen_bits_are_as_bright_as_eight():
    levels = np.linspace(0, 65535, 64).reshape(8, 8).astype(np.uint16)
    found = decoded(file_of(Image.fromarray(levels)), GREY)[..., 0]
    np.testing.assert_allclose(found, levels / 257, atol=0.51)


def test_floats_of_a_tiff_are_as_bright_as_they_say():
    levels = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8)
    found = decoded(file_of(Image.fromarray(levels), "TIFF"), GREY)[..., 0]
    np.testing.assert_allclose(found, levels * 255, atol=0.51)


def test_black_and_white_is_black_and_white():
    image = Image.new("1", (8, 8))
    image.paste(1, (0, 0, 8, 4))
    assert decoded(file_of(image), GREY)[[0, 7], 0, 0].tolist() == [255, 0]


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, (0, 0)), (3, (7, 7)), (6, (0, 7)), (8, (7, 0)), (2, (0, 7)), (4, (7, 0))]
)
def test_a_photograph_stands_as_the_camera_was_held(orientation, corner):
    """EXIF: 3 is half a turn, 6 a quarter to the right, 8 to the left, 2 and 4 are mirrored."""
    image = Image.new("L", (64, 64))
    image.paste(255, (0, 0, 16, 16))
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = decoded(file_of(image, "JPEG", exif=exif), GREY)[..., 0]
    assert np.unravel_index(found.argmax(), found.shape) in [
        (row, column) for row in range(8) for column in range(8)
        if abs(row - corner[0]) < 2 and abs(column - corner[1]) < 2
    ]  # fmt: skip


def test_a_damaged_note_of_the_camera_does_not_matter():
    data = file_of(Image.new("L", (16, 16), 99), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff garbage")
    assert decoded(data, GREY)[4, 4, 0] == pytest.approx(99, abs=2)


def test_the_first_of_moving_pictures_is_taken():
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    data = file_of(first, "GIF", save_all=True, append_images=[second], duration=100)
    assert decoded(data, COLOUR)[3, 3].tolist() == [255, 0, 0]


def test_crop_takes_the_middle_and_pad_takes_all():
    """A picture twice as wide as high, green with red at both sides."""
    image = Image.new("RGB", (32, 16), "red")
    image.paste((0, 255, 0), (8, 0, 24, 16))
    crop = decoded(file_of(image), COLOUR)
    np.testing.assert_allclose(crop.reshape(-1, 3), np.tile([0, 255, 0], (64, 1)), atol=40)
    pad = decoded(file_of(image), COLOUR.with_(fit="pad"))
    assert pad[0].max() == 0
    assert pad[-1].max() == 0
    assert pad[4, 0, 0] > 200
    assert pad[4, 4, 1] > 200


def test_a_picture_of_the_size_itself_stays_as_it_is():
    pixels = np.random.default_rng(0).integers(0, 256, (8, 8), np.uint8)
    np.testing.assert_array_equal(decoded(file_of(Image.fromarray(pixels)), GREY)[..., 0], pixels)


def test_a_large_photograph_is_decoded_as_if_it_had_been_shrunk():
    """A ramp from left to right: each of 8 columns is the mean of its eighth."""
    ramp = np.tile(np.linspace(0, 255, 1024), (1024, 1)).astype(np.uint8)
    found = decoded(file_of(Image.fromarray(ramp), "JPEG", quality=95), GREY)[4, :, 0]
    np.testing.assert_allclose(found[1:-1], ramp[0].reshape(8, 128).mean(axis=1)[1:-1], atol=3)


def test_what_a_picture_looks_like_is_told():
    assert dimensions(file_of(halves((20, 30)))) == (20, 30, True)
    assert dimensions(file_of(Image.new("RGB", (9, 9), "grey"))) == (9, 9, False)


# --- what cannot be read ----------------------------------------------------------------------------


def test_what_cannot_be_read_is_told_why():
    whole = file_of(halves((200, 200)), "JPEG")
    assert why(whole[: len(whole) // 2]) == "is damaged or cut off"
    assert why(b"no picture at all") == "is no picture"
    assert why(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n") == "is no picture"


def test_a_bomb_is_not_unpacked(monkeypatch):
    """A few bytes that say they are 50,000 × 50,000 pixels."""
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
    assert why(data) == "has 50,000×50,000 pixels, too many"
    monkeypatch.setattr(decoding, "MOST_PIXELS", 100)
    assert why(file_of(halves())) == "has 16×16 pixels, too many"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 255], [0, 255]),
        (np.array([0, 65535]), [0, 255]),
        (np.array([0.0, 0.5, 1.0]), [0, 128, 255]),
        (np.array([-1.0, 0.0, 1.0]), [0, 128, 255]),
        (np.array([0.0, 127.6, 255.0]), [0, 128, 255]),
        (np.array([-300.0, 100.0, 500.0]), [0, 128, 255]),
        (np.array([True, False]), [255, 0]),
        (np.array([7e5, 7e5]), [0, 0]),
    ],
    ids=str,
)
def test_numbers_of_any_kind_become_bytes(values, expected):
    np.testing.assert_array_equal(eight_bits(np.asarray(values)), expected)
