"""Steps with names that a language allows for values and for arrays."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from playground.engine.portable import ForwardPass, PortableStep


@dataclass(frozen=True, eq=False)
class NamedStep:
    """A step with the names of what it is given, of what it gives, and of its arrays by field."""

    step: PortableStep
    inputs: tuple[str, ...]
    output: str
    arrays: Mapping[str, str]

    def array(self, field: str) -> str:
        """What an array of the operation is called."""
        return self.arrays[field]


@dataclass(frozen=True, eq=False)
class StepNames:
    """The names of all values and arrays of a forward pass, each different from all others.

    Attributes:
        values: by the names of values.
        arrays: by the names of arrays, `hidden.weights`.
    """

    values: Mapping[str, str]
    arrays: Mapping[str, str]

    @classmethod
    def of(cls, forward: ForwardPass, reserved: Collection[str]) -> StepNames:
        """StepNames for a language in which some are reserved."""
        taken = {*reserved}
        values = {value.name: value.name for value in forward.given}
        taken |= {*values}
        for step in forward.steps:
            values[step.output.name] = _free(identifier(step.output.name), taken)
        arrays = {name: _free(identifier(name.replace(".", "_")).upper(), taken) for name in forward.arrays}
        return cls(values, arrays)

    def steps(self, forward: ForwardPass) -> list[NamedStep]:
        """The steps by their names."""
        return [
            NamedStep(
                step,
                tuple(self.values[value.name] for value in step.inputs),
                self.values[step.output.name],
                {field: self.arrays[f"{step.key}.{field}"] for field in step.op.arrays},
            )
            for step in forward.steps
        ]


def by_layer(steps: Iterable[NamedStep]) -> Iterator[list[NamedStep]]:
    """The steps, those of one layer together where they stand one behind the other."""
    return (list(own) for _, own in groupby(steps, key=lambda named: named.step.layer_id))


def identifier(text: str) -> str:
    """A text as a name of letters, digits and underscores that begins with a letter."""
    name = re.sub(r"[^A-Za-z0-9_]", "_", text)
    return name if re.match(r"[A-Za-z]", name) else f"v_{name}"


def _free(name: str, taken: set[str]) -> str:
    """The name, or that with a number that is not taken yet; it is taken then."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}_{number}"
    taken.add(free)
    return free
