"""Loops: the compiled form of a part of a network or of its training, beside its NumPy form.

A loop is a plain function over flat slices of one array, which a compiler can make machine code of.  It
stands in its class as a static method that is called like the NumPy method with `_loop` behind it, and takes
what it needs of what there is, by name: `z`, `a`, `t`, `out`, `w`, `g`, `n` (samples), `p` (the numbers of
`loop_fields`), and so forth.  `forward_single_loop` is one for single precision alone.  A layer gives rows of
an operation table instead, each with a loop of its own over the whole array `v` and the row's places and
sizes `at`.  Nothing is compiled here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.record import record
from playground.value import Kind

Loop = Callable[..., None]

Place = NDArray[np.int64]
"""A row of the table as its loop is given it: where its arrays begin, and then its sizes."""


@record
class LoopRow:
    """One operation on arrays of a network, which it later finds at their places in one flat array.

    Attributes:
        loop: what is done.
        arrays: on which arrays, each contiguous.
        sizes: what else the loop must know, such as how many neurons there are.
        part: whose numbers (see `numbers`) it is given as `p`.
    """

    loop: Loop
    arrays: tuple[Array, ...]
    sizes: tuple[int, ...] = ()
    part: Kind | None = None


@record
class LoopRows:
    """What a layer gives: the forward and the backward pass, and where the net input z can be read.

    Before each step `evens` are filled with numbers spread evenly over [0, 1) and `normals` with normal ones,
    in this order, from the streams `dropout` and `noise`.
    """

    forward: Sequence[LoopRow]
    backward: Sequence[LoopRow]
    net_input: Array | None = None
    evens: Sequence[Array] = ()
    normals: Sequence[Array] = ()


def handed_on(x: Array, y: Array, gradient: Array | None, upstream: Array | None) -> LoopRows:
    """The rows of a layer that hands its values on as they are, and the gradient back."""
    forward = [LoopRow(copy_loop, (x, y), (y.size,))]
    if gradient is None or upstream is None:
        return LoopRows(forward, [])
    return LoopRows(forward, [LoopRow(copy_loop, (gradient, upstream), (y.size,))])


def loop_of(kind: type[Kind], method: str) -> Loop | None:
    """The compiled form of a method; None where there is none.

    That of a class above does not count once the method itself is another.
    """
    name = f"{method}_loop"
    for owner in kind.__mro__:
        if name in vars(owner):
            loop: Loop = vars(owner)[name].__func__
            return loop
        if method in vars(owner):
            return None
    return None


def acts(kind: type[Kind], method: str) -> bool:
    """Whether a class does anything in a method which its family leaves empty."""
    return getattr(kind, method) is not getattr(kind.family(), method)


def is_lowered(layer: type[Kind]) -> bool:
    """Whether a layer gives rows, and is not bound in another way by then."""
    for owner in layer.__mro__:
        if "lower" in vars(owner):
            return True
        if "bind" in vars(owner):
            return False
    return False


def numbers(value: Kind) -> tuple[float, ...]:
    """Those of its fields that its loops are given: a choice by its place among all, yes as 1."""
    return tuple(_number(value, name) for name in value.loop_fields)


def _number(value: Kind, name: str) -> float:
    field = getattr(value, name)
    if isinstance(field, str):
        return float(get_args(type(value).model_fields[name].annotation).index(field))
    return float(field)


def add_loop(v: Array, at: Place) -> None:
    """The sum of two arrays, which may be one of them."""
    size = at[3]
    left, right, total = v[at[0] : at[0] + size], v[at[1] : at[1] + size], v[at[2] : at[2] + size]
    for i in range(size):
        total[i] = left[i] + right[i]


def multiply_loop(v: Array, at: Place) -> None:
    """The product of two arrays, number by number, which may be one of them."""
    size = at[3]
    left, right, product = v[at[0] : at[0] + size], v[at[1] : at[1] + size], v[at[2] : at[2] + size]
    for i in range(size):
        product[i] = left[i] * right[i]


def copy_loop(v: Array, at: Place) -> None:
    """An array once more, elsewhere."""
    size = at[2]
    given, copied = v[at[0] : at[0] + size], v[at[1] : at[1] + size]
    for i in range(size):
        copied[i] = given[i]
