"""The forward pass of a network over flat arrays: room for the values, and the statements that fill it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from math import prod

from playground.engine.portable import (
    AttendOp,
    ExternalMemoryOp,
    ForwardPass,
    PortableStep,
    RecurrentOp,
)
from playground.exports.flat.steps import HANDED_ON, STEPS, FlatStep, loop
from playground.exports.step_names import NamedStep, StepNames, by_layer


@dataclass(frozen=True, eq=False)
class FlatCode:
    """A forward pass as statements.

    Attributes:
        names: of its values and arrays.
        rooms: statements that make room for what is written.
        lines: the others, with a remark before those of each layer; the last fills `outputs`.
    """

    names: StepNames
    rooms: tuple[str, ...]
    lines: tuple[str, ...]

    @classmethod
    def of(cls, forward: ForwardPass, reserved: Collection[str]) -> FlatCode:
        """The code in a language that keeps some names for itself."""
        names = StepNames.of(forward, {*reserved, "work", "i"})
        steps = _without_those_handed_on(names.steps(forward))
        sizes = {named.output: prod(named.step.output.shape) for named in steps}
        if work := max((_work(named.step) for named in steps), default=0):
            sizes["work"] = work
        rooms = (f"real {name}[{size}];" for name, size in sizes.items())
        result = _renamed(names.steps(forward))[names.values[forward.output.name]]
        last = loop(prod(forward.output.shape), f"outputs[i] = {result}[i];")
        return cls(names, tuple(rooms), (*_lines(steps), last))


def function(gives: str, head: str, statements: Iterable[str]) -> str:
    """A function of C."""
    return "\n".join([f"static {gives} {head} {{", *(f"    {line}" for line in statements), "}"])


def _renamed(steps: list[NamedStep]) -> dict[str, str]:
    """By which name each value goes, where some are handed on as they are."""
    found: dict[str, str] = {}
    for named in steps:
        for name in named.inputs:
            found.setdefault(name, name)
        handed_on = isinstance(named.step.op, HANDED_ON)
        found[named.output] = found[named.inputs[0]] if handed_on else named.output
    return found


def _without_those_handed_on(steps: list[NamedStep]) -> list[NamedStep]:
    renamed = _renamed(steps)
    return [
        replace(named, inputs=tuple(renamed[name] for name in named.inputs))
        for named in steps
        if not isinstance(named.step.op, HANDED_ON)
    ]


def _lines(steps: list[NamedStep]) -> Iterator[str]:
    for own in by_layer(steps):
        step = own[0].step
        yield f"/* {step.layer_title} {step.layer_id}: {' x '.join(map(str, step.output.shape))} values */"
        for named in own:
            yield from STEPS[type(named.step.op)](FlatStep(named), named.step.op)


def _work(step: PortableStep) -> int:
    """How many numbers a step needs to count in."""
    match step.op:
        case RecurrentOp():
            return 3 * step.op.units
        case AttendOp():
            return step.inputs[0].shape[0]
        case ExternalMemoryOp(slots=slots, width=width):
            numbers = 2 * (width + 6) + 2 * width
            return len(step.op.controller) + numbers + width + 2 * slots + slots * width + 2 * slots
    return 0
