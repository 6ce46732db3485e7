"""What becomes of a network's outputs before a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from playground.engine.metrics import border
from playground.exports.preparation import LinearScaling
from playground.training.moment import Moment


@dataclass(frozen=True, eq=False)
class Answering:
    """From outputs to an answer: the name of a class, or numbers on their own scale.

    Attributes:
        classes: their names; none for numbers.
        border: from which on a single output means the second of two classes.
        likely: whether outputs are probabilities: of each class, or of the second of two.
        names: what the numbers are called that are predicted.
        scaling: how they were scaled for training; None where they were not.
        sizes: how the outputs of a sample are arranged.
        is_input: whether what is predicted is what the network is given, scaled.
    """

    classes: tuple[str, ...]
    border: float
    likely: bool
    names: tuple[str, ...]
    scaling: LinearScaling | None
    sizes: tuple[int, ...]
    is_input: bool

    @classmethod
    def of(cls, moment: Moment) -> Self:
        """That of a network at a moment."""
        data, task = moment.data, moment.data.task
        fitted = None if data.target_scaling is None else LinearScaling.of(data.target_scaling)
        of_inputs = moment.experiment.data.targets == "inputs"
        return cls(
            classes=task.class_names,
            border=border(moment.low),
            likely=moment.likely,
            names=_names(moment, of_inputs),
            scaling=fitted if fitted is not None and fitted.changes else None,
            sizes=(task.classes and moment.network.outputs,) if task.classes else task.sizes,
            is_input=of_inputs,
        )


def _names(moment: Moment, of_inputs: bool) -> tuple[str, ...]:
    """What the outputs are called, where they are numbers and have names."""
    if moment.data.task.classes:
        return ()
    outputs = moment.network.outputs
    named: tuple[str, ...] = getattr(moment.data.dataset, "targets", ())
    found = moment.experiment.data.input_names if of_inputs else named
    return found if len(found) == outputs else tuple(str(number) for number in range(1, outputs + 1))
