"""Loss functions: how wrong the outputs are, and which way they should move.

Every loss is a mean over samples.  `z` is the output layer's net input, `a` its activation and `t` the coded
targets, all of shape (outputs, samples).  A loss "from logits" takes z and its gradient is with respect to z,
which is exact where the activation saturates; the others take a.  The loss decides how targets are coded and
which output layer it needs.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.engine.activations import Activation, Linear, Sigmoid, Softmax, Tanh
from playground.engine.arrays import Array
from playground.value import Kind


class Loss(Kind):
    """A measure of the error of the outputs."""

    from_logits: ClassVar[bool] = False
    for_classes: ClassVar[bool] = True
    for_numbers: ClassVar[bool] = False

    activation: ClassVar[type[Activation] | None] = None
    """The output activation it is made for; None when any will do."""

    def suits(self, classes: int) -> bool:
        """Whether it fits a problem with that many classes (0: numbers)."""
        return self.for_classes if classes else self.for_numbers

    def outputs(self, classes: int) -> int:
        """How many outputs it needs for that many classes (0: one number)."""
        return 1 if classes <= 2 else classes

    def output_activation(self, classes: int, current: Activation) -> Activation:
        """The activation of the output layer that it works with: the current one where that will do."""
        if self.activation is not None:
            return self.activation()
        if classes == 0:
            return Linear()
        if isinstance(current, Softmax) and self.outputs(classes) == 1:
            return Sigmoid()  # the share of one alone is always 1
        return current if np.isfinite(current.range).all() else Tanh()

    def code(self, targets: NDArray[np.generic], classes: int, low: float) -> Array:
        """Targets as the loss wants them, (samples, outputs) in float64.

        Two classes become `low` and 1 (low is −1, or 0 for an output that cannot be negative), more
        classes one column each with 1 in the right one, and numbers stay.
        """
        numbers = np.asarray(targets)
        if classes == 0:
            return numbers.astype(np.float64).reshape(len(numbers), -1)
        if classes == 2:
            return np.where(numbers == 1, 1.0, low).reshape(-1, 1)
        return np.eye(classes)[numbers.astype(np.intp)]

    def value(self, z: Array, a: Array, t: Array) -> float:
        """The mean loss over the samples."""
        raise NotImplementedError

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        """Write the gradient of the mean loss into `out`: with respect to z when from logits, else to a."""
        raise NotImplementedError


class SquaredError(Loss):
    """The mean of (a − t)²: the classic for numbers; large errors count much more than small ones."""

    kind: Literal["squared_error"] = "squared_error"
    title: ClassVar[str] = "Squared error"
    for_numbers: ClassVar[bool] = True

    half: bool = Field(False, title="Half", description="Use ½(a − t)², whose derivative is just a − t.")

    def value(self, z: Array, a: Array, t: Array) -> float:
        error = (a - t).ravel()
        return float(np.dot(error, error)) / a.size * (0.5 if self.half else 1.0)

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.multiply(out, (1 if self.half else 2) / a.size, out=out)


class AbsoluteError(Loss):
    """The mean of |a − t|: every error counts by its size, so that outliers pull less."""

    kind: Literal["absolute_error"] = "absolute_error"
    title: ClassVar[str] = "Absolute error"
    for_numbers: ClassVar[bool] = True

    def value(self, z: Array, a: Array, t: Array) -> float:
        return float(np.abs(a - t).mean())

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.sign(out, out=out)
        np.multiply(out, 1 / a.size, out=out)


class BinaryCrossEntropy(Loss):
    """−t log p − (1 − t) log(1 − p) for two classes: confident mistakes cost most."""

    kind: Literal["binary_cross_entropy"] = "binary_cross_entropy"
    title: ClassVar[str] = "Binary cross-entropy"
    from_logits: ClassVar[bool] = True
    activation: ClassVar[type[Activation] | None] = Sigmoid

    def suits(self, classes: int) -> bool:
        return classes == 2

    def value(self, z: Array, a: Array, t: Array) -> float:
        return float((np.logaddexp(z, 0) - t * z).mean())

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.multiply(out, 1 / a.size, out=out)


class CrossEntropy(Loss):
    """−log of the probability given to the right class, by softmax: the standard for several classes."""

    kind: Literal["cross_entropy"] = "cross_entropy"
    title: ClassVar[str] = "Cross-entropy (softmax)"
    from_logits: ClassVar[bool] = True
    activation: ClassVar[type[Activation] | None] = Softmax

    def outputs(self, classes: int) -> int:
        return max(classes, 2)

    def code(self, targets: NDArray[np.generic], classes: int, low: float) -> Array:
        return np.eye(classes)[np.asarray(targets).astype(np.intp)]

    def value(self, z: Array, a: Array, t: Array) -> float:
        shifted = z - z.max(axis=0)
        return float((np.log(np.exp(shifted).sum(axis=0)) - (t * shifted).sum(axis=0)).mean())

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        np.subtract(a, t, out=out)
        np.multiply(out, 1 / a.shape[1], out=out)


class Hinge(Loss):
    """max(0, 1 − t·z), the margin loss of support vector machines: what is right by 1 costs nothing.

    For C classes the sum over the wrong ones of max(0, 1 + zⱼ − z_t), Weston & Watkins 1999.
    """

    kind: Literal["hinge"] = "hinge"
    title: ClassVar[str] = "Hinge"
    activation: ClassVar[type[Activation] | None] = Linear

    def value(self, z: Array, a: Array, t: Array) -> float:
        if len(a) == 1:
            return float(np.maximum(1 - t * a, 0).mean())
        margins = np.maximum(1 + a - (t * a).sum(axis=0), 0) * (1 - t)
        return float(margins.sum(axis=0).mean())

    def gradient(self, z: Array, a: Array, t: Array, out: Array, work: Array) -> None:
        if len(a) == 1:
            np.multiply(t, a, out=work)
            np.less(work, 1, out=out)
            np.multiply(out, t, out=out)
            np.multiply(out, -1 / a.shape[1], out=out)
            return
        np.multiply(t, a, out=work)
        np.add.reduce(work, axis=0, out=out[0])
        np.subtract(a, out[0], out=work)
        np.greater(work, -1, out=work)  # which wrong classes come within the margin
        np.subtract(1, t, out=out)
        np.multiply(work, out, out=work)
        np.add.reduce(work, axis=0, out=out[0])
        count = out[0].reshape(1, -1)
        np.multiply(count, t[1:], out=out[1:])
        np.multiply(count, t[:1], out=out[:1])
        np.subtract(work, out, out=out)
        np.multiply(out, 1 / a.shape[1], out=out)
