"""A text of a person's own, of which the next character is predicted."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cached_property, lru_cache
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from playground.data.dataset import Dataset, Samples, Task
from playground.data.datasets.sequences.alice import ALICE
from playground.data.datasets.sequences.drawing import one_of
from playground.data.sample import Floats, SampleShape
from playground.data.windows import CutInWindows, Windows
from playground.text import Text, say
from playground.value import Basic, Paragraphs, Titles, Typical, Unit

LONGEST = 100_000
"""Characters of a text; a longer one is cut by whoever reads it."""

MOST_SYMBOLS = 100
OTHER = "□"
"""Stands for all characters that are too rare to have a place of their own."""

NAMES = {" ": "space", "\n": "new line", "\t": "tab", OTHER: "other"}
"""What a class is called whose character cannot be seen."""


@lru_cache(maxsize=8)
def cleaned(text: str) -> str:
    """A text as it is learnt: with one sign for a new line, and without what is no character."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(each for each in composed if each in "\n\t" or unicodedata.category(each)[0] != "C")


@lru_cache(maxsize=8)
def alphabet(text: str) -> tuple[str, ...]:
    """The characters of a text in order, two at least; of too many the most frequent, and one for others."""
    counts = Counter(text)
    found = set(text)
    if len(found) > MOST_SYMBOLS:
        found = {each for each, _ in counts.most_common(MOST_SYMBOLS - 1)} | {OTHER}
    spare = (OTHER, "?")
    return tuple(sorted(found | {*spare[: max(2 - len(found), 0)]}))


def codes_of(text: str, symbols: tuple[str, ...]) -> NDArray[np.int64]:
    """The place of each character in the alphabet; that of "other", or −1, for one that is not in it."""
    places = {symbol: place for place, symbol in enumerate(symbols)}
    other = places.get(OTHER, -1)
    return np.array([places.get(each, other) for each in text], np.int64)


class OwnText(CutInWindows, Dataset):
    kind: Literal["text"] = "text"
    title = "Text"
    help = "A text of your own, a character at a time: what comes next?  Put yours in place of this one."
    advice = "A few pages of one sort, such as names or verses; watch what the network writes as it learns."
    reference = "Elman 1990."
    own = True

    text: Annotated[str, Paragraphs(), AfterValidator(cleaned), Basic()] = Field(
        ALICE,
        max_length=LONGEST,
        title="Text",
        description="What is learnt: type or paste it here, or drop a .txt file on the window.",
    )
    letters: Annotated[
        Literal["lower", "as_written"], Titles({"lower": "Small", "as_written": "As written"})
    ] = Field(
        "lower", title="Letters", description="With small letters alone there are fewer characters to learn."
    )
    window: Annotated[int, Unit("steps"), Typical(2, 40)] = Field(
        10, ge=1, le=100, title="Window", description="How many characters it is given, 5 to 20 as a rule."
    )

    @cached_property
    def written(self) -> str:
        """The text as it is learnt."""
        return self.text.lower() if self.letters == "lower" else self.text

    @cached_property
    def symbols(self) -> tuple[str, ...]:
        """The characters that it is made of."""
        return alphabet(self.written)

    @property
    def windows(self) -> Windows:
        """The windows over it."""
        return Windows(len(self.written), self.window, 1, len(self.symbols))

    @property
    def problem(self) -> Text | None:
        if len(set(self.written)) == 1:
            return say(
                "text.one_character", "The text has one character alone, so that nothing is to be learnt."
            )
        if self.windows.count > 1:
            return None
        return say(
            "text.too_short",
            "The text has {count} characters, and a window of {window} needs at least {needed}.",
            count=len(self.written),
            window=self.window,
            needed=self.window + 2,
        )

    @property
    def task(self) -> Task:
        """Tell the next character."""
        return Task("classification", tuple(NAMES.get(each, each) for each in self.symbols))

    @property
    def shape(self) -> SampleShape:
        return SampleShape.of(time=self.window, symbols=self.symbols)

    def onward(self, row: int, steps: int) -> Floats | None:
        first = self.windows.behind(row)
        codes = codes_of(self.written[first : first + steps], self.symbols)
        return one_of(codes, len(self.symbols))

    def _samples(self, rows: NDArray[np.int64]) -> Samples:
        if not self.count:
            return Samples(np.empty((0, *self.shape.sizes)), np.empty(0, np.int64), self.task)
        windows, following = self.windows.cut(codes_of(self.written, self.symbols))
        return Samples(one_of(windows[rows], len(self.symbols)), following[rows, 0].copy(), self.task)
