"""All loops that there are, each with its code, and the text of the module that calls them by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from inspect import signature

from playground.engine.activations import Activation
from playground.engine.arrays import Array
from playground.engine.clipping import Clipping
from playground.engine.layers import Layer
from playground.engine.loops import Loop, Place, add_loop, copy_loop, loop_of, multiply_loop
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer
from playground.training.compiled.measuring import HEAD, LENGTHS, MEASURE, WORK
from playground.value import Kind

PLACES = 10
"""Most places and sizes of a row."""

NUMBERS = 4
"""Most numbers of a row."""

PLACES_OF_RUN = 21
"""How many places and sizes `run` is told of."""

FAMILIES: tuple[tuple[type[Kind], str, tuple[str, ...]], ...] = (
    (Activation, "forward", ("z", "a")),
    (Activation, "forward_single", ("z", "a")),
    (Activation, "derivative", ("z", "a", "gradient", "out")),
    (Activation, "backward", ("z", "a", "gradient", "out")),
    (Loss, "gradient", ("z", "a", "t", "out")),
    (Loss, "each", ("z", "a", "t", "out")),
)
"""Whose methods become operations, and the names of their arrays, all of one size."""

OF_UPDATE: tuple[tuple[type[Kind], str], ...] = (
    (Regularizer, "before_update"),
    (Clipping, "clip"),
    (Optimizer, "update"),
    (Regularizer, "after_update"),
)
"""What an update does, in order."""


def weigh_loop(v: Array, at: Place, n: int) -> None:
    """Make the gradient of a mean that of the mean by the weights of the samples."""
    gradient, weights, outputs = at[0], at[1], at[2]
    total = 0.0
    for s in range(n):
        total += v[weights + s]
    scale = v.dtype.type(n / total)
    for u in range(outputs):
        for s in range(n):
            v[gradient + u * n + s] *= v[weights + s] * scale


BASIC: tuple[Loop, ...] = (add_loop, copy_loop, multiply_loop, weigh_loop)
"""Those that belong to no class."""


@cache
def codes() -> dict[Loop, int]:
    """Every loop with its code."""
    return {loop: code for code, loop in enumerate(dict.fromkeys(_all()))}


def _all() -> Iterator[Loop]:
    yield from BASIC
    yield from _own_loops()
    for family, method in (*((family, method) for family, method, _ in FAMILIES), *OF_UPDATE):
        yield from _of(family, method)


def _own_loops() -> Iterator[Loop]:
    """Those which layers and activations put into rows themselves."""
    for layer in Layer.members():
        yield from layer.loops
    for activation in Activation.members():
        yield from activation.loops


def _of(family: type[Kind], method: str) -> list[Loop]:
    found = (loop_of(member, method) for member in family.members())
    return list(dict.fromkeys(loop for loop in found if loop is not None))


def _called(loop: Loop) -> str:
    """A call of a loop with what it asks for by name."""
    return f"f{codes()[loop]}({', '.join(signature(loop).parameters)})"


def _branches(loops: list[Loop]) -> list[str]:
    """Call the one that has the code."""
    lines: list[str] = []
    for loop in loops:
        lines += [f"{'elif' if lines else 'if'} code == {codes()[loop]}:", f"    {_called(loop)}"]
    return lines


def _operations() -> str:
    """Do a row; loops of a family follow one another, so that what they share is written once."""
    groups: list[tuple[list[Loop], list[str], list[str]]] = [
        (list(dict.fromkeys([*BASIC, *_own_loops()])), [], [])
    ]
    for family, method, arrays in FAMILIES:
        slices = [f"{name} = v[at[{k}] : at[{k}] + at[{len(arrays)}]]" for k, name in enumerate(arrays)]
        after = ["multiply(out, gradient)"] if method == "derivative" else []
        groups.append((_of(family, method), slices, after))
    lines: list[str] = []
    for loops, before, after in groups:
        if loops:
            last = max(codes()[loop] for loop in loops)
            lines.append(f"{'elif' if lines else 'if'} code <= {last}:")
            lines += [f"    {line}" for line in (*before, *_branches(loops), *after)]
    return "\n".join(f"        {line}" for line in lines)


def module_text() -> str:
    """The module: its `work` does any number of steps of any network, measures it, or both (see `measuring`).

    `flow`, which has all loops of networks and takes by far the longest to compile, is compiled for itself:
    `work` is told where it is.

    The module asks for `jitted`, which gives all loops, and for what compiles: `apart` for what is called by
    its place with the help of `go`, `inner`, and `outer` for what is called from outside.  `at_place` makes
    an array of what begins at a place, and `lent` gives an array whose parts need not be counted.
    """
    names = ", ".join(f"f{code}" for code in codes().values())
    updates = "\n".join(
        f"\n@inner\ndef {method}(code, w, g, mask, slots, rate, age, rows, p):\n"
        + "\n".join(f"    {line}" for line in _branches(_of(family, method)))
        + "\n"
        for family, method in OF_UPDATE
    )
    return (
        f"{HEAD}\n\n({names},) = jitted()\n\n{HELPERS}\n\n"
        f"@apart\n{FLOW}{_operations()}\n\n{updates}\n@inner\n"
        + "\n\n@inner\n".join((RUN, MEASURE, LENGTHS))
        + f"\n\n@outer\n{WORK}"
    )


HELPERS = """
@inner
def gather(table, row, v, start, columns, n, s):
    for i in range(columns):
        v[start + i * n + s] = table[row, i]


@inner
def multiply(out, gradient):
    for i in range(len(out)):
        out[i] *= gradient[i]
"""

FLOW = f"""def flow(program, numbers, v, count, size, n):
    program, numbers = at_place(program, (count, {1 + PLACES})), at_place(numbers, (count, {NUMBERS}))
    v = at_place(v, (size,))
    for r in range(count):
        code, at, p = program[r, 0], program[r, 1:], numbers[r]
"""

RUN = """def run(flow, program, numbers, v, at, inputs, aims, weights, order, first, n, rates, age,
        codes, settings, rows, draws, evens, normals):
    (x, x_size, t, t_size, c, w_at, g_at, size, mask_at, trainable_at, held_at,
     slots_at, slot_count, own_at, own_count, before_at, carried_at, whole, rest,
     even_count, normal_count) = (
        at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], at[10],
        at[11], at[12], at[13], at[14], at[15], at[16], at[17], at[18], at[19], at[20])
    program, numbers, v, at, order = lent(program), lent(numbers), lent(v), lent(at), lent(order)
    inputs, aims, weights = lent(inputs), lent(aims), lent(weights)
    settings, rows = lent(settings), lent(rows)
    draws, evens, normals = lent(draws), lent(evens), lent(normals)
    w, g, mask = v[w_at : w_at + size], v[g_at : g_at + size], v[mask_at : mask_at + size]
    slots = v[slots_at : slots_at + slot_count * size].reshape((slot_count, size))
    own = v[own_at : own_at + own_count * size].reshape((own_count, size))
    decay = settings[4, 0]
    for step in range(len(rates)):
        for s in range(n):
            row = order[first + step * n + s]
            gather(inputs, row, v, x, x_size, n, s)
            gather(aims, row, v, t, t_size, n, s)
            if c >= 0:
                v[c + s] = weights[row]
        for d in range(len(draws)):
            place, count = draws[d, 2], draws[d, 3]
            begin = draws[d, 1] + step * (normal_count if draws[d, 0] else even_count)
            drawn = (normals if draws[d, 0] else evens)[begin : begin + count]
            taken = v[place : place + count]
            for i in range(count):
                taken[i] = drawn[i]
        go(flow, program, numbers, v, n)
        if step == 0 and carried_at >= 0:
            for i in range(size):
                g[i] = (g[i] * whole + v[carried_at + i]) / (whole + rest)
        rate = rates[step]
        if rate != rate:
            continue  # only the gradient is asked for
        if trainable_at >= 0:
            for i in range(size):
                v[held_at + i] = w[i]
        if step == len(rates) - 1:
            for i in range(size):
                v[before_at + i] = w[i]
        if decay:
            for i in range(size):
                w[i] -= w.dtype.type(decay * rate) * mask[i] * w[i]
        now = age + step
        before_update(codes[0], w, g, mask, own, rate, now, rows, settings[0])
        clip(codes[1], w, g, mask, slots, rate, now, rows, settings[1])
        update(codes[2], w, g, mask, slots, rate, now, rows, settings[2])
        after_update(codes[3], w, g, mask, own, rate, now, rows, settings[3])
        if trainable_at >= 0:
            for i in range(size):
                if v[trainable_at + i] == 0:
                    w[i] = v[held_at + i]
"""
