"""The products that loops are made of, in plain words; machine code has forms of its own for them."""

from __future__ import annotations

from playground.engine.arrays import Array


def weigh_rows(
    v: Array, factors: int, down: int, across: int, given: int, bias: int, apart: int, out: int,
    rows: int, count: int, n: int,
) -> None:  # fmt: skip
    """Rows of n values as weighted sums: outᵣ = biasᵣ + Σᵢ factorᵣᵢ givenᵢ.

    Factors lie `down` and `across` from one another, biases `apart` (there are none where `bias` is −1).
    """
    for r in range(rows):
        for s in range(n):
            total = v[bias + r * apart] if bias >= 0 else v.dtype.type(0)
            for i in range(count):
                total += v[factors + r * down + i * across] * v[given + i * n + s]
            v[out + r * n + s] = total


def multiply_rows(
    v: Array, left: int, right: int, out: int, apart: int, rows: int, others: int, n: int
) -> None:
    """The scalar product of each row of n values with each other one; those of a row lie `apart`."""
    for r in range(rows):
        for k in range(others):
            total = v.dtype.type(0)
            for s in range(n):
                total += v[left + r * n + s] * v[right + k * n + s]
            v[out + r * apart + k] = total


def sum_rows(v: Array, given: int, out: int, apart: int, rows: int, n: int) -> None:
    """The sum of each row of n values; sums lie `apart`."""
    for r in range(rows):
        total = v.dtype.type(0)
        for s in range(n):
            total += v[given + r * n + s]
        v[out + r * apart] = total


PRODUCTS = (weigh_rows, multiply_rows, sum_rows)
