"""One picture from its file: decoded, upright, square, of a size and with as many channels as is wanted.

Pillow decodes: it reads every usual format on every system and has been looked after for decades.  It is
imported when the first picture is read.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from playground.data.pictures.limits import MOST_PIXELS
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.sizing import Sizing
from playground.text import Text, say

if TYPE_CHECKING:
    from PIL.Image import Image

Bytes = NDArray[np.uint8]

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "DIB", "WEBP", "TIFF", "PPM")
"""What is read; others, such as PostScript, are programs rather than pictures."""

FINER = 2
"""A photograph is decoded at a fraction of its size that is so many times what is wanted, or more."""


def decoded(data: bytes, sizing: Sizing) -> Bytes:
    """A picture (side, side, channels), 0 to 255; of a moving one, the first.

    Raises:
        PictureProblem: in words to put behind its name, when it cannot be read.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # which warns; `_check_size` refuses
    warnings.filterwarnings("ignore", module=r"PIL\.")  # of what is odd in a file that can be read
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check_size(image)
            image.draft(None, (FINER * sizing.side, FINER * sizing.side))
            return resized(_plain(_upright(image), sizing), sizing)
    except PictureProblem:
        raise
    except UnidentifiedImageError:
        raise PictureProblem(say("pictures.no_picture", "is no picture")) from None
    except Exception:  # decoders of foreign formats raise anything
        raise PictureProblem(say("pictures.cut_off", "is damaged or cut off")) from None


def dimensions(data: bytes) -> tuple[int, int, bool]:
    """Width, height, and whether there are colours in it.

    Raises:
        PictureProblem: when it cannot be read.
    """
    from PIL import Image

    whole = decoded(data, Sizing(side=16, colour="colour")).astype(np.int16)
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        width, height = image.size
    return width, height, int(np.ptp(whole, axis=2).max()) > 16


def resized(image: Image, sizing: Sizing) -> Bytes:
    """A picture in 8 bits, grey or in colour, as it is wanted."""
    from PIL import Image, ImageOps

    size = (sizing.side, sizing.side)
    if image.size != size:
        resize = ImageOps.fit if sizing.fit == "crop" else ImageOps.pad
        image = resize(image, size, Image.Resampling.LANCZOS)
    return np.asarray(image, np.uint8).reshape(sizing.side, sizing.side, sizing.channels)


def _check_size(image: Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PictureProblem(
            say(
                "pictures.too_many_pixels",
                "has {width}×{height} pixels, too many",
                width=width,
                height=height,
            )
        )


def _upright(image: Image) -> Image:
    """Turned as the camera was held; what is no such note is passed over."""
    from PIL import ImageOps

    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # whatever is written there, the picture itself has been read
        return image


def _plain(image: Image, sizing: Sizing) -> Image:
    """In 8 bits, grey or in colour, before white where it is transparent."""
    from PIL import Image

    if image.mode[:1] in ("I", "F"):
        image = Image.fromarray(eight_bits(np.asarray(image)))
    elif "transparency" in image.info or image.mode[-1:] in ("A", "a"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGB")
    return image.convert("RGB" if sizing.colour == "colour" else "L")


def eight_bits(values: NDArray[Any]) -> Bytes:
    """Numbers of any kind as 0 to 255: of 8 or 16 bits, from 0 to 1, from −1 to 1, or else from end to end.

    Raises:
        PictureProblem: when one of them is no number.
    """
    if values.dtype == np.uint8:
        return values
    if values.dtype == np.bool_:
        return values.astype(np.uint8) * np.uint8(255)
    if not np.isfinite(values).all():
        raise PictureProblem(say("pictures.not_finite", "holds values that are no numbers"))
    low, high = ends_of(values)
    scaled = (values.astype(np.float32) - low) * (255 / (high - low))
    found: Bytes = np.rint(np.clip(scaled, 0, 255)).astype(np.uint8)
    return found


def ends_of(values: NDArray[Any]) -> tuple[float, float]:
    """What stands for black and white among finite values."""
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    whole = np.issubdtype(values.dtype, np.integer)
    usual = ((0.0, 255.0), (0.0, 65535.0)) if whole else ((0.0, 1.0), (-1.0, 1.0), (0.0, 255.0))
    for black, white in usual:
        if black <= low and high <= white:
            return black, white
    return (low, high) if low < high else (low, low + 1)


def why(name: str, problem: PictureProblem) -> Text:
    """A file that cannot be read, and why."""
    return say("pictures.file_why", "{name} ({why})", name=name, why=problem.text)
