"""What an input of a network is: some of a sample, or a function of it."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar, Self

from playground.data.dataset import Dataset
from playground.data.sample import Column, Floats
from playground.text import Text
from playground.value import Kind


class Feature(Kind):
    """Some of a sample, or a function of it."""

    basic: ClassVar[bool] = True
    """Whether beginners are offered it too."""

    @classmethod
    @abstractmethod
    def offered(cls, dataset: Dataset) -> tuple[Self, ...]:
        """Those of this kind that the samples of a dataset have."""

    def fits(self, dataset: Dataset) -> bool:
        """Whether the samples of a dataset have it, though it is not offered; a formula may be so.

        Raises:
            InvalidValue: a sentence that says why they do not, where there is more to say than that.
        """
        return False

    @property
    def name(self) -> Text:
        """What people call it."""
        return self.named()

    @property
    def plain(self) -> bool:
        """Whether it is something of the sample as it stands, and no function of it."""
        return True

    @abstractmethod
    def columns(self, dataset: Dataset) -> tuple[Column, ...]:
        """The k columns that it gives."""

    @abstractmethod
    def compute(self, raw: Floats, dataset: Dataset) -> Floats:
        """Their values (n, k) for n samples (n, …); NaN where there is none."""

    def written(self, dataset: Dataset) -> tuple[str, ...]:
        """Its columns as expressions of x0, x1 … (see `engine.calculation`), the values of a row in order.

        None where it is not made of columns.
        """
        return ()

    def flaw(self, raw: Floats, dataset: Dataset) -> Text | None:
        """Why it has no value for some of these samples; None when it has one for all."""
        return None
