"""What goes from one state to the next: a simple recurrent network, a GRU and an LSTM.

A sigmoid is worked out as (1 + tanh(z/2)) / 2, which is faster and cannot overflow; so the weights that lead
to one are taken by half.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

import numpy as np

from playground.engine.arrays import Array, Operation, number, product
from playground.engine.layers.scan import Scan
from playground.engine.sums import GradientSum


class TanhScan(Scan):
    """h ← tanh(W x + U h + b)."""

    def _make_room(self) -> None:
        """Nothing."""

    def _begin(self) -> list[Operation]:
        return [partial(np.matmul, self._weights, self._read.transpose(1, 0, 2), self.net)]

    def _step(self, step: int) -> list[Operation]:
        z, before, behind = self.net[step], self.states[step], self.states[step + 1]
        return [
            product(self._recurrent, before, self._work),
            partial(np.add, z, self._work, z),
            self._bend(z, behind),
            *self._hold(step),
        ]

    def _bend(self, z: Array, behind: Array) -> Operation:
        return partial(np.tanh, z, behind)

    def _prepare(self) -> list[Operation]:
        """The slopes of the bend take the room of the net inputs, which are needed no longer."""
        return [*self._steepness(self.states[1:], self.net), *self._no_slope_where_gone()]

    def _steepness(self, states: Array, out: Array) -> list[Operation]:
        return [partial(np.multiply, states, states, out), partial(np.subtract, self._one, out, out)]

    def _no_slope_where_gone(self) -> list[Operation]:
        gone = self._gone
        return [] if gone is None else [partial(np.copyto, self.net, 0, where=gone.where)]

    def _step_back(self, step: int, onward: Array | None) -> list[Operation]:
        delta = self.deltas[step]
        found: list[Operation] = [partial(np.multiply, self.slopes[step], self.net[step], delta)]
        if onward is not None:
            found.append(product(self._recurrent.T, delta, onward))
        return found


class ReluScan(TanhScan):
    """h ← max(0, W x + U h + b)."""

    cell = "relu"

    def _bend(self, z: Array, behind: Array) -> Operation:
        return partial(np.maximum, z, number(0, z.dtype), out=behind)

    def _steepness(self, states: Array, out: Array) -> list[Operation]:
        return [partial(np.greater, states, number(0, out.dtype), out)]


class GruScan(Scan):
    """r, z ← σ(W x + U h + b),   n ← tanh(W x + b + r (U h + c)),   h ← (1 − z) n + z h.

    The rows of the blocks are r, z, n; those of what leads from state to state are taken as n, r, z here, so
    that the deltas n r, r, z, n serve both.
    """

    cell = "gru"
    gates: ClassVar[int] = 3
    rows: ClassVar[int] = 4
    kept: ClassVar[int] = 20
    of_inputs: ClassVar[int] = 1
    holds: ClassVar[bool] = False

    def _make_room(self) -> None:
        self._halves = np.empty_like(self._weights)
        self._turned, self._turned_halves = np.empty_like(self._recurrent), np.empty_like(self._recurrent)
        self._from_state = np.empty_like(self.net)
        self._half = number(0.5, self.net.dtype)
        self._scale = np.repeat(np.array([0.5, 0.5, 1], self.net.dtype), self.units).reshape(-1, 1)
        bias = self._blocks["recurrent_bias"]
        self._bias = bias.reshape(-1, 1)
        self._steep = np.empty_like(self.net) if self._span.dy is not None else self.net

    def _begin(self) -> list[Operation]:
        gate, turned_scale = 2 * self.units, np.roll(self._scale, self.units, axis=0)
        return [
            partial(np.multiply, self._weights, self._scale, self._halves),
            partial(np.copyto, self._turned[: self.units], self._recurrent[gate:]),
            partial(np.copyto, self._turned[self.units :], self._recurrent[:gate]),
            partial(np.multiply, self._turned, turned_scale, self._turned_halves),
            partial(np.matmul, self._halves, self._read.transpose(1, 0, 2), self.net),
        ]

    def _gates(self, values: Array) -> tuple[Array, Array, Array]:
        units = self.units
        return values[..., :units, :], values[..., units : 2 * units, :], values[..., 2 * units :, :]

    def _step(self, step: int) -> list[Operation]:
        net, from_state = self.net[step], self._from_state[step]
        before, behind, work, units = self.states[step], self.states[step + 1], self._work, self.units
        both, to_both, to_n = net[: 2 * units], from_state[units:], from_state[:units]
        r, z, n = self._gates(net)
        return [
            product(self._turned_halves, before, from_state),
            partial(np.add, to_n, self._bias, to_n),
            partial(np.add, both, to_both, both),
            partial(np.tanh, both, both),
            partial(np.multiply, both, self._half, both),
            partial(np.add, both, self._half, both),
            *self._where_gone(step, (z, 1)),
            partial(np.multiply, r, to_n, work),
            partial(np.add, n, work, n),
            partial(np.tanh, n, n),
            partial(np.subtract, before, n, behind),
            partial(np.multiply, behind, z, behind),
            partial(np.add, behind, n, behind),
            *self._hold(step),
        ]

    def _prepare(self) -> list[Operation]:
        n = self._gates(self.net)[2]
        of_r, of_z, of_n = self._gates(self._steep)
        gates, steep = self.net[:, : 2 * self.units], self._steep[:, : 2 * self.units]
        work, one = self._from_state[:, self.units : 2 * self.units], self._one  # needed no longer
        return [
            partial(np.subtract, one, gates, steep),
            partial(np.multiply, n, n, of_n),
            partial(np.subtract, one, of_n, of_n),
            partial(np.multiply, of_n, of_z, of_n),  # (1 − n²)(1 − z)
            partial(np.multiply, steep, gates, steep),
            partial(np.multiply, of_r, self._from_state[:, : self.units], of_r),
            partial(np.subtract, self.states[:-1], n, work),
            partial(np.multiply, of_z, work, of_z),
        ]

    def _step_back(self, step: int, onward: Array | None) -> list[Operation]:
        slope, units, deltas = self.slopes[step], self.units, self.deltas[step]
        to_reset, to_r, to_z, to_n = (deltas[first * units : (first + 1) * units] for first in range(4))
        r, z, _ = self._gates(self.net[step])
        of_r, of_z, of_n = self._gates(self._steep[step])
        found: list[Operation] = [
            partial(np.multiply, slope, of_n, to_n),
            partial(np.multiply, slope, of_z, to_z),
            partial(np.multiply, to_n, of_r, to_r),
            partial(np.multiply, to_n, r, to_reset),
        ]
        if onward is None:
            return found
        straight = self._straight
        return [
            *found,
            partial(np.multiply, slope, z, straight),
            product(self._turned.T, deltas[: 3 * units], onward),
            partial(np.add, onward, straight, onward),
        ]

    @property
    def _straight(self) -> Array:
        """Room that is free on the way back."""
        return self._from_state[0, 2 * self.units :]

    def _to_recurrent(self, before: Array, gradient: Array) -> list[Operation]:
        deltas, units = self._all_deltas, self.units
        return [
            product(deltas[:units], before.T, gradient[2 * units :]),
            product(deltas[units : 3 * units], before.T, gradient[: 2 * units]),
            partial(np.add.reduce, deltas[:units], axis=1, out=self._gradients["recurrent_bias"]),
        ]

    def sums(self) -> tuple[GradientSum, ...]:
        weights, recurrent = super().sums()
        deltas, units = recurrent.deltas, self.units
        turned = np.concatenate([deltas[units : 3 * units], deltas[:units]])
        ones = np.ones_like(recurrent.read[:1])
        return (
            weights,
            GradientSum("recurrent", turned, recurrent.read),
            GradientSum("recurrent_bias", deltas[:units], ones),
        )

    def _gates_seen(self) -> Mapping[str, Array]:
        r, z, n = self._gates(self.net)
        return {"reset gate": r, "update gate": z, "candidate": n}


class LstmScan(Scan):
    """o, i, f ← σ(W x + U h + b),   g ← tanh(W x + U h + b),   c ← f c + i g,   h ← o tanh(c).

    The rows of the blocks are o, i, f, g.
    """

    cell = "lstm"
    gates: ClassVar[int] = 4
    rows: ClassVar[int] = 4
    kept: ClassVar[int] = 22
    forget: ClassVar[int] = 2
    """Which of the gates keeps the cell."""

    def _make_room(self) -> None:
        self._halves, self._recurrent_halves = np.empty_like(self._weights), np.empty_like(self._recurrent)
        dtype = self.net.dtype
        self._half = number(0.5, dtype)
        self._scale = np.repeat(np.array([0.5, 0.5, 0.5, 1], dtype), self.units).reshape(-1, 1)
        self._from_state = np.empty_like(self.net[0])
        self._cells, self._bent = np.zeros_like(self.states), np.empty_like(self.states[1:])
        if self._span.dy is not None:
            self._steep, self._of_cell = np.empty_like(self.net), np.empty_like(self._bent)
            self._cell_slope = np.empty_like(self._work)

    def _begin(self) -> list[Operation]:
        return [
            partial(np.multiply, self._weights, self._scale, self._halves),
            partial(np.multiply, self._recurrent, self._scale, self._recurrent_halves),
            partial(np.matmul, self._halves, self._read.transpose(1, 0, 2), self.net),
        ]

    def _gates(self, values: Array) -> list[Array]:
        units = self.units
        return [values[..., first * units : (first + 1) * units, :] for first in range(4)]

    def _step(self, step: int) -> list[Operation]:
        net, work, bent = self.net[step], self._work, self._bent[step]
        gates, (o, i, f, g) = net[: 3 * self.units], self._gates(net)
        before, cell = self._cells[step], self._cells[step + 1]
        return [
            product(self._recurrent_halves, self.states[step], self._from_state),
            partial(np.add, net, self._from_state, net),
            partial(np.tanh, net, net),
            partial(np.multiply, gates, self._half, gates),
            partial(np.add, gates, self._half, gates),
            *self._where_gone(step, (net[: 2 * self.units], 0), (f, 1)),
            partial(np.multiply, f, before, cell),
            partial(np.multiply, i, g, work),
            partial(np.add, cell, work, cell),
            partial(np.tanh, cell, bent),
            partial(np.multiply, o, bent, self.states[step + 1]),
            *self._hold(step),
        ]

    def _prepare(self) -> list[Operation]:
        """What a slope of the state (for o), and of the cell (for i, f, g), is multiplied by."""
        _, i, _, g = self._gates(self.net)
        of_o, of_i, of_f, of_g = self._gates(self._steep)
        gates, steep = self.net[:, : 3 * self.units], self._steep[:, : 3 * self.units]
        bent, of_cell, one = self._bent, self._of_cell, self._one
        return [
            partial(self._cell_slope.fill, 0),
            partial(np.subtract, one, gates, steep),
            partial(np.multiply, steep, gates, steep),
            partial(np.multiply, of_o, bent, of_o),
            partial(np.multiply, of_i, g, of_i),
            partial(np.multiply, of_f, self._cells[:-1], of_f),
            partial(np.multiply, g, g, of_g),
            partial(np.subtract, one, of_g, of_g),
            partial(np.multiply, of_g, i, of_g),
            partial(np.multiply, bent, bent, of_cell),
            partial(np.subtract, one, of_cell, of_cell),
            partial(np.multiply, of_cell, self._gates(self.net)[0], of_cell),
        ]

    def _step_back(self, step: int, onward: Array | None) -> list[Operation]:
        units, slope, cell_slope = self.units, self.slopes[step], self._cell_slope
        delta, steep = self.deltas[step], self._steep[step]
        by_gate = delta[units:].reshape(3, units, -1)
        found: list[Operation] = [
            partial(np.multiply, slope, self._of_cell[step], self._from_state[:units]),
            partial(np.add, cell_slope, self._from_state[:units], cell_slope),
            partial(np.multiply, slope, steep[:units], delta[:units]),
            partial(np.multiply, steep[units:].reshape(by_gate.shape), cell_slope, by_gate),
        ]
        if onward is None:
            return found
        forget = self._gates(self.net[step])[2]
        return [
            *found,
            partial(np.multiply, cell_slope, forget, cell_slope),
            product(self._recurrent.T, delta, onward),
        ]

    def _cut(self, factor: Array) -> list[Operation]:
        return [partial(np.multiply, self._cell_slope, factor, self._cell_slope)]

    def _gates_seen(self) -> Mapping[str, Array]:
        o, i, f, g = self._gates(self.net)
        gates = {"input gate": i, "forget gate": f, "output gate": o, "candidate": g}
        return {"cell": self._cells[1:], **gates}
