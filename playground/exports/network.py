"""All of a network that an export writes: what comes before it, what it does, and what comes behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from playground.engine.portable import ForwardPass
from playground.exports.answering import Answering
from playground.exports.forward import forward_pass
from playground.exports.preparation import Preparation
from playground.training.moment import Moment
from playground.version import VERSION


@dataclass(frozen=True, eq=False)
class PortableNetwork:
    """A trained network in words that other tools know.

    Attributes:
        title: what to call it.
        precision: the type of its numbers.
        version: the program that it comes from.
    """

    title: str
    preparation: Preparation
    forward: ForwardPass
    answering: Answering
    precision: Literal["float32", "float64"]
    version: str = VERSION

    @classmethod
    def of(cls, moment: Moment, title: str) -> Self:
        """The network of a moment.

        Raises:
            NotPortable: when a layer cannot say what it does.
        """
        preparation = Preparation.of(moment.data, moment.experiment.data.input_shape)
        return cls(
            title,
            preparation,
            forward_pass(moment.network, preparation.gaps),
            Answering.of(moment),
            moment.experiment.precision,
        )
