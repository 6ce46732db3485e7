"""What a loss is: how wrong the outputs are, and which way they should move.

Every loss is a mean over samples.  `z` is the output layer's net input, `a` its activation and `t` the coded
targets, all of shape (outputs, samples).  A loss "from logits" takes z and its gradient is with respect to z,
which is exact where the activation saturates; the others take a.  At a kink the gradient is one of those
beside it.  The loss decides how targets are coded and which output layer it needs.
"""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from math import prod
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from playground.engine.activations import Activation, Linear, Sigmoid, Softmax, Tanh
from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.value import Kind


class Loss(Kind):
    """A measure of the error of the outputs."""

    from_logits: ClassVar[bool] = False
    for_numbers: ClassVar[bool] = False
    trainable: ClassVar[bool] = True
    """Whether it has a slope to follow."""

    takes_shares: ClassVar[bool] = True
    """Whether a sample may belong to several classes in shares."""

    activations: ClassVar[tuple[type[Activation], ...]] = ()
    """The output activations it works with, the usual one first; none when any with a slope will do."""

    @property
    def weighs(self) -> bool:
        """Whether a mistake costs more where a class is rare."""
        return False

    def suits(self, classes: int) -> bool:
        """Whether it fits a problem with that many classes (0: numbers)."""
        return classes > 0 or self.for_numbers

    def outputs(self, classes: int) -> int:
        """How many outputs it needs for that many classes (0: one number)."""
        return 1 if classes <= 2 else classes

    def accepts(self, activation: Activation) -> bool:
        """Whether it can train an output layer of this activation."""
        return isinstance(activation, self.activations) if self.activations else activation.has_slope

    def output_activation(self, classes: int, current: Activation) -> Activation:
        """The activation of the output layer that it works with: the current one where that will do."""
        if self.activations:
            return current if self.accepts(current) else self.activations[0]()
        if classes == 0:
            return Linear()
        if isinstance(current, Softmax) and self.outputs(classes) == 1:
            return Sigmoid()  # the share of one alone is always 1
        return current if self.accepts(current) and np.isfinite(current.range).all() else Tanh()

    def code(self, targets: NDArray[np.generic], classes: int, low: float) -> Array:
        """Targets as training by this loss wants them, (samples, outputs) in float64.

        Two classes become `low` and 1 (low is −1, or 0 for an output that cannot be negative), more
        classes one column each with 1 in the right one, and numbers stay.
        """
        numbers = np.asarray(targets)
        if classes == 0:
            return numbers.astype(np.float64).reshape(len(numbers), prod(numbers.shape[1:]))
        if classes == 2:
            return np.where(numbers == 1, 1.0, low).reshape(-1, 1)
        return one_hot(numbers, classes)

    def coded(self, targets: NDArray[Any], classes: int, low: float) -> Array:
        """Targets as `code` gives them; of shares of classes (samples, classes) so much of each code."""
        if classes and targets.ndim > 1:
            coded: Array = targets @ self.code(np.arange(classes), classes, low)
            return coded
        return self.code(targets, classes, low)

    @property
    def plain(self) -> Self:
        """What is measured and compared: the same without what only helps training (smoothed targets)."""
        return self

    def weights(self, targets: NDArray[Any]) -> Array:
        """What each sample (samples,) of these classes counts: n/(C nᵢ) in one of the nᵢ of its class.

        The mean is then the sum of all losses times weights, divided by the sum of the weights.  One that
        belongs to classes in shares, (samples, classes), counts by its share what those of each class do.
        """
        if targets.ndim > 1:
            return _weights_of_shares(targets)
        _, places, counts = np.unique(targets, return_inverse=True, return_counts=True)
        shares: Array = len(targets) / (len(counts) * counts)
        return shares[places]

    @abstractmethod
    def each(self, z: Array, a: Array, t: Array) -> Array:
        """The loss of each sample, (samples,)."""

    def value(self, z: Array, a: Array, t: Array) -> float:
        """The mean loss over the samples."""
        return float(self.each(z, a, t).mean())

    @abstractmethod
    def lines(self, outputs: int) -> tuple[Equation, ...]:
        """The loss of each sample written out, from z, a and t to `L`, of so many outputs."""

    @abstractmethod
    def slopes(self, outputs: int) -> tuple[Equation, ...]:
        """What `gradient` gives written out, `d`, by that and n samples, or N targets of all of them."""

    @abstractmethod
    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        """Write the gradient of the mean loss into `out`: with respect to z when from logits, else to a."""


def _weights_of_shares(shares: NDArray[Any]) -> Array:
    counts = shares.sum(axis=0)
    of_class = np.divide(len(shares), np.count_nonzero(counts) * counts, where=counts > 0, out=counts * 0)
    weights: Array = shares @ of_class
    return weights


def one_hot(labels: NDArray[np.generic], classes: int) -> Array:
    """A row for each label (samples,), with 1 in the column of its class: (samples, classes) in float64."""
    return np.eye(classes)[np.asarray(labels).astype(np.intp)]
