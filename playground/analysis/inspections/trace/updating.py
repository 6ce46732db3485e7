"""The update of a step, written out for each tensor: penalty, clipping, the optimizer, and what follows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playground.analysis.inspections.trace.layers import NAME, renamed
from playground.analysis.inspections.trace.parts import ParameterPart, parts
from playground.analysis.inspections.trace.source import Workbench
from playground.analysis.inspections.trace.step import Ran
from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.calculation.functions import FUNCTIONS
from playground.experiment import Training


class Updated:
    """The update of a step, taken on the workbench as `Update.apply` does it, noting all that it comes by.

    Attributes:
        lines: in order, in terms of w and g, the parameters and gradients as they stood.
        vectors: what each name is, flat, for all parameters at once.
        numbers: the settings that they speak of.
    """

    def __init__(self, bench: Workbench, training: Training, rate: float) -> None:
        self._bench, self._training, self._rate = bench, training, rate
        network, update = bench.network, bench.update
        update.age += 1
        self._w, self._g = network.parameters, network.gradients
        self._work = np.empty_like(self._w)
        self.numbers = dict(training.optimizer.numbers(rate, update.age)) | {"eta": rate}
        self.lines: list[Equation] = []
        self.vectors: dict[str, Array] = {"w": self._w.copy(), "g": self._g.copy()}
        self._names = {"w": "w", "g": "g"}
        with np.errstate(all="ignore"):
            self._before()
            self._optimize()
            self._after()
        if network.trainable is not None:
            self._w[:] = np.where(network.trainable == 0, self.vectors["w"], self._w)
        self.vectors["w_after"] = self._w.copy()

    def _note(self, letter: str, name: str, source: str) -> None:
        """That parameters or gradients are others now."""
        now = self._w if letter == "w" else self._g
        if np.array_equal(now, self.vectors[self._names[letter]]):
            return
        self.lines.append(Equation(name, renamed(source, self._names)))
        self.vectors[name], self._names[letter] = now.copy(), name

    def _before(self) -> None:
        """What happens to weights and gradients before the optimizer sees them."""
        training, network, w, work = self._training, self._bench.network, self._w, self._work
        if decay := training.optimizer.decoupled_decay:
            np.multiply(decay * network.penalized, self._rate, out=work)
            np.multiply(work, w, out=work)
            np.subtract(w, work, out=w)
            self._note("w", "w_decayed", f"w - eta * {decay} * w")
        regularizer = training.regularizer
        if regularizer.acts_before_update:
            regularizer.before_update(w, self._g, network.penalized, self._priced, work)
            self._note("g", "g_priced", regularizer.written[0])
        training.clipping.clip(self._g)
        self._note("g", "g_clipped", training.clipping.written)

    @property
    def _priced(self) -> tuple[Array, ...]:
        return tuple(self._bench.update.slots[name] for name in self._training.regularizer.slots)

    def _optimize(self) -> None:
        optimizer, update = self._training.optimizer, self._bench.update
        slots = {optimizer.letters.get(name, name): update.slots[name] for name in optimizer.slots}
        self.vectors |= {f"{letter}_before": values.copy() for letter, values in slots.items()}
        before = self._w.copy()
        last = "w_stepped" if self._training.regularizer.acts_after_update else "w_after"
        optimizer.update(self._w, self._g.copy(), tuple(slots.values()), self._rate, update.age, self._work)
        for line in optimizer.lines(update.age):
            name = last if line.name == "w_after" else line.name
            self.lines.append(Equation(name, renamed(line.source, self._names)))
            if line.name in slots:
                self.vectors[name] = slots[line.name].copy()
            elif name == last:
                self.vectors[name] = self._w.copy()
            elif line.source:
                self.vectors[name] = np.asarray(self.lines[-1].worked(self.vectors | self.numbers))
            else:
                self.vectors[name] = before - self._w
        self._names["w"] = last

    def _after(self) -> None:
        """What the regularizer does to the weights behind the optimizer."""
        regularizer, network = self._training.regularizer, self._bench.network
        if regularizer.acts_after_update:
            rows = network.weight_rows()
            regularizer.after_update(self._w, self._rate, network.penalized, rows, self._priced, self._work)
            self.lines.append(Equation("w_after", renamed(regularizer.written[1], self._names)))


def update_lines(
    updated: Updated, ran: Ran, headings: Mapping[str, str]
) -> tuple[tuple[Equation, ...], dict[str, Array]]:
    """The lines of every tensor with all their values, under the headings of tensors."""
    network = ran.network
    lines: list[Equation] = []
    values: dict[str, Array] = {}
    penalized = dict(network.tensors(network.penalized))
    trainable = None if network.trainable is None else dict(network.tensors(network.trainable))
    split = {name: dict(network.tensors(vector)) for name, vector in updated.vectors.items()}
    for tensor, part in parts(ran).items():
        of_part = {name: part.matrix(tensors[tensor]) for name, tensors in split.items()}
        values |= {_own(name, part, updated.numbers): each for name, each in of_part.items()}
        if trainable is not None and not trainable[tensor].any():
            continue
        charged = bool(penalized[tensor].any())
        own = [_of_part(line, part, updated.numbers, charged) for line in updated.lines]
        own[0] = Equation(own[0].name, own[0].source, headings[tensor])
        lines += own
    return tuple(lines), values


def _of_part(line: Equation, part: ParameterPart, numbers: Mapping[str, object], charged: bool) -> Equation:
    """A line for one tensor; what only weights are charged leaves others as they are."""
    source = line.source
    if not charged and line.name in ("g_priced", "w_decayed"):
        source = line.name[0]
    if not charged and line.name == "w_after" and "w_stepped" in source:
        source = "w_stepped"
    names = {name: _own(name, part, numbers) for name in NAME.findall(source)}
    return Equation(_own(line.name, part, numbers), renamed(source, names))


def _own(name: str, part: ParameterPart, numbers: Mapping[str, object]) -> str:
    """What a name is called for one tensor."""
    if name in numbers or name in FUNCTIONS:
        return name
    known = {"w": part.name, "g": part.gradient, "w_after": f"{part.name}_after"}
    return known.get(name, f"{name}_{part.name}")
