"""What a check of gradients found, of each layer and of the worst of its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playground.analysis.inspections.gradient_check.judging import Correctness, Derivative

OF_OUTPUT = "output"
"""What the part of an entry is called that is a value which a layer gives, and no parameter."""

STEPS = tuple(10.0**-power for power in range(1, 13))
"""The steps of the curve of errors."""


@dataclass(frozen=True)
class CheckedNumber:
    """One derivative.

    Attributes:
        part: the piece of the layer's parameters, or `OF_OUTPUT`; `index` where it stands in it.
        forward, central: the relative error of both differences by each of `STEPS`.
    """

    layer_id: str
    part: str
    index: tuple[int, ...]
    found: Derivative
    forward: tuple[float, ...]
    central: tuple[float, ...]


@dataclass(frozen=True)
class Summary:
    """Of several derivatives how many they are, the worst verdict, and the largest error.

    What stands at a kink has no error, where the loss has no derivative there.
    """

    count: int = 0
    verdict: Correctness | None = None
    error: float = 0.0
    kinks: int = 0

    @classmethod
    def of(cls, found: Iterable[Derivative]) -> Summary:
        """That of these; no verdict of none."""
        all_of_them = tuple(found)
        errors = [each.error for each in all_of_them if not each.at_kink]
        kinks = sum(each.verdict is Correctness.KINK for each in all_of_them)
        return cls(
            len(all_of_them), worst(each.verdict for each in all_of_them), max(errors, default=0.0), kinks
        )


@dataclass(frozen=True)
class LayerChecked:
    """What was found of one layer.

    Attributes:
        size: how many parameters it has; of a frozen one none is checked.
        weights: of the gradient with respect to its parameters.
        values: of that with respect to what it gives, which is what later layers hand back to it.
        entries: those with the largest errors, mistakes and kinks first.
    """

    layer_id: str
    frozen: bool
    size: int
    weights: Summary
    values: Summary
    entries: tuple[CheckedNumber, ...]

    @property
    def verdict(self) -> Correctness | None:
        """The worse of both; None where there was nothing to check."""
        return worst(each for each in (self.weights.verdict, self.values.verdict) if each is not None)

    @property
    def error(self) -> float:
        """The larger of both."""
        return max(self.weights.error, self.values.error)

    @property
    def badness(self) -> tuple[int, float]:
        """Mistakes before kinks before what is right, and the largest errors first."""
        verdict = self.verdict
        return -1 if verdict is None else list(Correctness).index(verdict), self.error

    @property
    def kinks(self) -> int:
        """How many numbers stand at a kink."""
        return self.weights.kinks + self.values.kinks


@dataclass(frozen=True)
class Checked:
    """What was found of a network.

    Attributes:
        blamed: the ids of the layers one of which is wrong: what is handed back to them is right, and what
            they make of it is not.  The loss may be wrong too where the last one is blamed.
        loss: on so many samples.
    """

    layers: tuple[LayerChecked, ...]
    blamed: tuple[str, ...]
    loss: float
    samples: int


def worst(verdicts: Iterable[Correctness]) -> Correctness | None:
    """The worst of them; None of none."""
    return max(verdicts, key=list(Correctness).index, default=None)
