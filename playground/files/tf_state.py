"""The keys and values of a TensorFlow Playground link, however people paste it.

A link is `https://playground.tensorflow.org/#key=value&…`.  It is found in Markdown, in angle brackets, among
other words, percent-encoded or passed on by a redirect, and on any host that serves the same page; its values
are read as the original's state.ts does (Apache 2.0, https://github.com/tensorflow/playground).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import TypeVar
from urllib.parse import unquote

from playground.files.tf_names import LinkProblem
from playground.text import Text, say
from playground.words import quoted

T = TypeVar("T")

KEYS = frozenset(
    (
        *("activation", "regularization", "regularizationRate", "learningRate", "batchSize", "networkShape"),
        *("problem", "dataset", "regDataset", "noise", "percTrainData", "seed", "initZero"),
        *("x", "y", "xTimesY", "xSquared", "ySquared", "cosX", "sinX", "cosY", "sinY"),
        *("showTestData", "discretize", "collectStats", "tutorial", "hideText"),
    )
)
"""What the original reads, besides what ends in `_hide`."""

KEYS_ELSEWHERE = 2
"""So many known keys make an address on another host a link."""

_HOST = r"(?:https?://)?(?:www\.)?playground\.tensorflow\.org"
_WHOLE = re.compile(rf"{_HOST}(?:[/?][^#\s]*)?(?:#(\S*))?|#(.*)", re.I | re.S)
_ENDS = r"\s<>\"'`()\[\]|"
_INSIDE = re.compile(rf"(?:({_HOST})|(?:https?|file)://)[^#{_ENDS}]*#([^{_ENDS}]*)", re.I)

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.I | re.A)
_INFINITY = re.compile(r"[+-]?Infinity")
_INTEGER = re.compile(r"0(x[0-9a-f]+|o[0-7]+|b[01]+)", re.I)


def find(text: str) -> str | None:
    """What stands behind the `#` of the first link in a text, "" for nothing; None when there is no link."""
    decoded = [text.strip()]
    while len(decoded) < 3 and (plainer := unquote(decoded[-1])) != decoded[-1]:
        decoded.append(plainer)
    states = [state for form in decoded for state in _states(form)]
    return next((state for state in states if _known(state)), states[0] if states else None)


def _states(text: str) -> Iterator[str]:
    if whole := _WHOLE.fullmatch(text):
        address, state = whole[2] is None, _mended(whole[1] or whole[2] or "")
        if address or not state or _known(state):
            yield state
        return
    for inside in _INSIDE.finditer(text):
        state = _mended(inside[2].rstrip(".,;:!?"))
        if _known(state) >= (1 if inside[1] else KEYS_ELSEWHERE):
            yield state


def _mended(state: str) -> str:
    """The keys and values as they were before a page showed them in HTML."""
    return state.replace("&amp;", "&").replace("®", "&reg")


def _known(state: str) -> int:
    """How many keys there are that the original reads."""
    names = {pair.partition("=")[0] for pair in state.split("&") if "=" in pair}
    return sum(name in KEYS or name.endswith("_hide") for name in names)


class LinkState:
    """The keys of a link and their values, read with the rules of JavaScript.

    Attributes:
        remarks: what the original takes otherwise than a person would think.
    """

    def __init__(self, text: str) -> None:
        self.remarks: list[Text] = []
        self._values: dict[str, str] = {}
        for pair in text.split("&"):
            name, _, value = pair.partition("=")
            value = value.partition("=")[0]
            self._values[name] = value if name == "seed" else unquote(value)

    @property
    def notes(self) -> str:
        """The remarks, a line each, those on single keys first."""
        lines = map(str, self.remarks)
        return "\n".join(sorted(lines, key=lambda line: line.partition(":")[0] not in KEYS))

    def text(self, key: str, default: str) -> str:
        """The value as it stands; an empty one keeps the default."""
        value = self._values.get(key, "")
        return value if value.strip() else default

    def choice(self, key: str, choices: Mapping[str, T], default: str) -> T:
        """What the value names; an unknown name keeps the default."""
        name = self.text(key, default)
        if name not in choices:
            self.remarks.append(
                say(
                    "link.unknown_choice",
                    "{place}: TensorFlow Playground has no {name}, and takes {default}.",
                    place=key,
                    name=quoted(name),
                    default=default,
                )
            )
        return choices.get(name, choices[default])

    def flag(self, key: str, default: bool) -> bool:
        """Whatever is not `false` is true."""
        text = self.text(key, "true" if default else "false")
        if text not in ("true", "false"):
            self.remarks.append(
                say(
                    "link.flag",
                    "{place}: TensorFlow Playground takes {text} for true.",
                    place=key,
                    text=quoted(text),
                )
            )
        return text != "false"

    def hides(self, key: str) -> bool:
        """Whether the control of that name is hidden."""
        return self._values.get(f"{key}_hide") == "true"

    def number(self, key: str, default: float) -> float:
        """The number, maybe infinite.

        Raises:
            LinkProblem: when it is none.
        """
        return _number(key, self.text(key, str(default)))

    def numbers(self, key: str, default: str) -> list[float]:
        """The numbers between commas; there are none when the key is there and empty."""
        text = self._values.get(key, default)
        return [_number(key, part) for part in text.split(",")] if text.strip() else []


def _number(key: str, text: str) -> float:
    """What JavaScript's unary plus makes of the text; what it takes for NaN is refused."""
    text = text.strip()
    if not text:
        return 0
    if _NUMBER.fullmatch(text) or _INFINITY.fullmatch(text):
        number = float(text)
        return int(number) if number.is_integer() else number
    if _INTEGER.fullmatch(text):
        integer = int(text, 0)
        return integer if integer < 2**1024 else math.inf
    raise LinkProblem(
        say("link.no_number", "{place}: must be a number, got {text}", place=key, text=quoted(text))
    )
