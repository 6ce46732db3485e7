"""Frames as a film: GIF and WebP by Pillow, MP4 (H.264) by PyAV, both loaded when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from playground.animation.reel import FilmFrame
from playground.animation.timing import FASTEST_GIF, HOLD, durations

if TYPE_CHECKING:
    from PIL.Image import Image

Told = Callable[[int], object]
"""Called with how many frames are written; what it raises ends the writing."""

LOOKED_AT = 12
"""Frames from which the colours of a GIF are chosen."""

QUALITY = 88
"""Of a WebP; text stays sharp, and a film of the usual length has a few megabytes."""

CRF = "18"
"""Of an MP4: hardly to be told from the frames."""


def film(frames: Sequence[FilmFrame], ending: str, fps: float, told: Told = lambda _: None) -> bytes:
    """The file with that ending, one of `WRITERS`; it plays again and again where the format can say so."""
    return WRITERS[ending](frames, fps, told)


def gif(frames: Sequence[FilmFrame], fps: float, told: Told) -> bytes:
    """With one palette for all frames, so that nothing flickers."""
    from PIL import Image

    palette = _palette(frames)
    none = Image.Dither.NONE
    pictures = (picture.quantize(palette=palette, dither=none) for picture in _pictures(frames, told))
    lasting = durations(len(frames), min(fps, FASTEST_GIF), 10)
    return _saved(pictures, "GIF", duration=lasting, loop=0, optimize=False, disposal=1)


def webp(frames: Sequence[FilmFrame], fps: float, told: Told) -> bytes:
    """In all colours."""
    lasting = durations(len(frames), fps, 1)
    return _saved(_pictures(frames, told), "WEBP", duration=lasting, loop=0, quality=QUALITY, method=3)


def mp4(frames: Sequence[FilmFrame], fps: float, told: Told) -> bytes:
    """As H.264 in the colours that every player knows; sides that are odd get a line or a column more."""
    import av

    rate, data = Fraction(fps).limit_denominator(1000), BytesIO()
    with av.open(data, "w", format="mp4") as container:
        first = _even(frames[0])
        stream = container.add_stream("libx264", rate=rate, options={"crf": CRF})
        stream.height, stream.width = first.shape[:2]
        stream.pix_fmt = "yuv420p"
        held = max(round(HOLD * fps), 1)
        for number, frame in enumerate(frames, 1):
            shown = _even(frame)
            for _ in range(held if number == len(frames) else 1):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(shown, format="rgb24")))
            told(number)
        container.mux(stream.encode())
    return data.getvalue()


WRITERS: dict[str, Callable[[Sequence[FilmFrame], float, Told], bytes]] = {
    ".gif": gif,
    ".webp": webp,
    ".mp4": mp4,
}
"""What writes a film, by the ending of its name."""


def _saved(pictures: Iterator[Image], kind: str, **options: object) -> bytes:
    data = BytesIO()
    first = next(pictures)
    first.save(data, kind, save_all=True, append_images=pictures, **options)
    return data.getvalue()


def _pictures(frames: Sequence[FilmFrame], told: Told) -> Iterator[Image]:
    from PIL import Image

    for number, frame in enumerate(frames, 1):
        yield Image.fromarray(frame)
        told(number)


def _palette(frames: Sequence[FilmFrame]) -> Image:
    """256 colours for all frames, each weighed by the logarithm of its pixels: thin lines keep theirs."""
    from PIL import Image

    chosen = np.unique(np.linspace(0, len(frames) - 1, LOOKED_AT).round().astype(int))
    counts, sums = np.zeros(1 << 18, np.int64), np.zeros((3, 1 << 18))
    for index in chosen.tolist():
        pixels = frames[index].reshape(-1, 3)
        alike = (pixels >> 2).astype(np.intp) @ [1 << 12, 1 << 6, 1]
        counts += np.bincount(alike, minlength=len(counts))
        for channel, values in enumerate(pixels.T):
            sums[channel] += np.bincount(alike, values, len(counts))
    seen = np.flatnonzero(counts)
    means = (sums[:, seen] / counts[seen]).round().astype(np.uint8).T
    weighed = np.repeat(means, 1 + np.log2(counts[seen]).astype(int), axis=0)
    return Image.fromarray(weighed[None]).quantize(256, method=Image.Quantize.MEDIANCUT, kmeans=2)


def _even(frame: FilmFrame) -> FilmFrame:
    """With even sides, as H.264 asks for: the last line and column stand twice where they are odd."""
    height, width = frame.shape[:2]
    if height % 2 or width % 2:
        frame = np.pad(frame, ((0, height % 2), (0, width % 2), (0, 0)), "edge")
    return np.ascontiguousarray(frame)
