"""What is typed on the command line, read or refused in a sentence."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playground.cli.commands import FILM_VIEWS, NumberWanted
from playground.text import Text, say
from playground.words import quoted, shortened

MAX_EPOCHS = 10_000_000
SMALLEST, LARGEST = (1000, 560), (10_000, 10_000)
"""Width and height in pixels that the window has at least, and that a picture may have."""


def epochs(least: int) -> Any:
    """The type of a number of epochs."""

    def whole_number(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise _refusal(
                say("typed.whole_number", "must be a whole number, got {given}", given=quoted(text))
            ) from None
        if not least <= number <= MAX_EPOCHS:
            raise _refusal(
                say(
                    "typed.from_to",
                    "must be from {low} to {high}, got {given}",
                    low=str(least),
                    high=str(MAX_EPOCHS),
                    given=shortened(number),
                )
            )
        return number

    return whole_number


def _refusal(why: Text) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(str(why))


def seconds(text: str) -> float:
    """A time that is longer than nothing and shorter than a minute."""
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", text, re.ASCII) or not float(text):
        raise _refusal(
            say("typed.seconds", "must be seconds from 0.001 to 99, got {given}", given=quoted(text))
        )
    return float(text)


def opened(text: str, platform: str = sys.platform) -> str:
    """A source; desktops name a file by its URI."""
    if not text.casefold().startswith("file://"):
        return text
    address = urlsplit(text)
    path = unquote(address.path)
    if platform != "win32":
        return path
    if address.netloc not in ("", "localhost"):  # a share of another machine
        return f"//{address.netloc}{path}"
    return path[1:] if re.match(r"/[A-Za-z]:", path) else path


def names(text: str) -> tuple[str, ...]:
    """The names of columns, with commas between them."""
    return tuple(name for part in text.split(",") if (name := part.strip()))


def units(text: str) -> tuple[int, ...]:
    """Numbers of neurons, with commas between them."""
    if not re.fullmatch(r"[1-9]\d{0,4}(,[1-9]\d{0,4})*", text, re.ASCII):
        raise _refusal(
            say("typed.neurons", "must be numbers of neurons such as 16,8, got {given}", given=quoted(text))
        )
    return tuple(map(int, text.split(",")))


def side(text: str) -> int:
    """The pixels along each side of a picture that is learnt from."""
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or not 8 <= int(text) <= 64:
        raise _refusal(say("typed.pixels", "must be pixels from 8 to 64, got {given}", given=quoted(text)))
    return int(text)


def film_size(text: str) -> tuple[int, int]:
    """Width and height of a picture in pixels."""
    found = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", text, re.ASCII)
    if not found:
        raise _refusal(
            say("typed.size", "must be WIDTHxHEIGHT such as 1440x900, got {given}", given=quoted(text))
        )
    size = width, height = int(found[1]), int(found[2])
    if width > LARGEST[0] or height > LARGEST[1]:
        raise _refusal(
            say(
                "typed.largest",
                "must be at most {most}, got {given}",
                most="x".join(map(str, LARGEST)),
                given=shortened(text),
            )
        )
    return size


def frames_a_second(text: str) -> float:
    """How fast a film is."""
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", text, re.ASCII) or not 1 <= float(text) <= 60:
        raise _refusal(
            say("typed.frames", "must be frames a second from 1 to 60, got {given}", given=quoted(text))
        )
    return float(text)


def film_views(text: str) -> tuple[str, ...]:
    """What is seen in a film."""
    views = names(text)
    if not views or not set(views) <= set(FILM_VIEWS):
        raise _refusal(
            say(
                "typed.views",
                "must be some of {known}, got {given}",
                known=", ".join(FILM_VIEWS),
                given=quoted(text),
            )
        )
    return views


def report_file(text: str) -> Path:
    """The name of a page to be written."""
    if not text.lower().endswith((".html", ".htm")):
        raise _refusal(
            say("typed.page", "must be the name of an .html file, got {given}", given=quoted(text))
        )
    return Path(text)


def figure_file(text: str) -> Path:
    """The name of a figure to be written."""
    if not Path(text).suffix:
        raise _refusal(
            say("typed.figure", "must be the name of a file such as a.png, got {given}", given=quoted(text))
        )
    return Path(text)


def number_wanted(text: str) -> NumberWanted:
    """A parameter: hidden:weights[0,1]."""
    found = re.fullmatch(r"([A-Za-z0-9_-]+):(\w+)\[(\d{1,9}(?: *, *\d{1,9})*)\]", text, re.ASCII)
    if found is None:
        raise _refusal(
            say(
                "typed.place",
                "must be a layer, an array and a place such as hidden:weights[0,1], got {given}",
                given=quoted(text),
            )
        )
    layer_id, part, index = found.groups()
    return NumberWanted(layer_id, part, tuple(map(int, index.split(","))))
