"""The functions of JAX that take the place of those of NumPy which JAX has not; read as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:  # it need not be installed where the program runs
    import jax
    import jax.numpy as jnp

Array: TypeAlias = Any


def normal(z: Array) -> Array:
    """The share of the normal distribution below z."""
    return jax.scipy.stats.norm.cdf(z)


def windows(x: Array, size: Any, strides: Any, dilations: Any, padding: Any, outside: float = 0.0) -> Array:
    """What windows see of pictures (n, height, width, channels), (n, rows, columns, down, across, c)."""
    top, bottom, left, right = padding
    x = jnp.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)), constant_values=outside)
    counts = [
        (length - dilation * (side - 1) - 1) // stride + 1
        for length, side, stride, dilation in zip(x.shape[1:3], size, strides, dilations)  # noqa: B905
    ]
    rows = jnp.arange(counts[0])[:, None] * strides[0] + jnp.arange(size[0]) * dilations[0]
    columns = jnp.arange(counts[1])[:, None] * strides[1] + jnp.arange(size[1]) * dilations[1]
    return x[:, rows[:, None, :, None], columns[None, :, None, :]]


def convolve(
    x: Array, kernels: Array, bias: Array, strides: Any, dilations: Any, padding: Any, groups: int
) -> Array:
    """Convolution of pictures (n, height, width, channels) by kernels (filters, down, across, channels)."""
    top, bottom, left, right = padding
    found = jax.lax.conv_general_dilated(
        x, kernels, strides, ((top, bottom), (left, right)), rhs_dilation=dilations,
        dimension_numbers=("NHWC", "OHWI", "NHWC"), feature_group_count=groups,
    )  # fmt: skip
    return found + bias


def convolve_transposed(x: Array, kernels: Array, bias: Array, strides: Any, start: Any, sizes: Any) -> Array:
    """Each value of pictures lays kernels (filters, down, across, channels) down; they add up."""
    n, height, width, _ = x.shape
    filters, down, across, _ = kernels.shape
    far = max((height - 1) * strides[0] + down, start[0] + sizes[0])
    wide = max((width - 1) * strides[1] + across, start[1] + sizes[1])
    y = jnp.zeros((n, far, wide, filters), x.dtype)
    for u in range(down):
        for v in range(across):
            rows = slice(u, u + (height - 1) * strides[0] + 1, strides[0])
            columns = slice(v, v + (width - 1) * strides[1] + 1, strides[1])
            y = y.at[:, rows, columns].add(x @ kernels[:, u, v].T)
    return y[:, start[0] : start[0] + sizes[0], start[1] : start[1] + sizes[1]] + bias
