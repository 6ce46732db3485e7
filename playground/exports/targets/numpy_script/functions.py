"""The functions that a script of NumPy may need: those that it uses stand in it as they stand here."""

import math
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]


def sigmoid(z: Array) -> Array:
    """1 / (1 + e⁻ᶻ), by a tanh that cannot overflow."""
    result: Array = np.tanh(z * 0.5) * 0.5 + 0.5
    return result


def normal(z: Array) -> Array:
    """The share of the normal distribution below z."""
    result: Array = np.vectorize(math.erfc, otypes=[float])(z * -math.sqrt(0.5)) * 0.5
    return result.astype(z.dtype)


def known(values: Array) -> Array:
    """Values, and nan where a formula has none that is of use."""
    return np.where(np.abs(values) <= 1e12, values, np.nan)


def softmax(z: Array) -> Array:
    """Shares that add up to 1 along the last axis."""
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    result: Array = powers / powers.sum(axis=-1, keepdims=True)
    return result


def batch_norm(
    x: Array, gamma: Array, beta: Array, mean: Array, variance: Array, epsilon: float, there: Any = None
) -> Array:
    """Batch normalization by running averages, channels last."""
    centered = x - mean
    if there is not None:
        centered = centered * there[..., np.newaxis]
    result: Array = gamma * (centered / np.sqrt(variance + epsilon)) + beta
    return result


def layer_norm(x: Array, gamma: Array, beta: Array, epsilon: float, there: Any = None) -> Array:
    """Layer normalization of the last axis; of rows of steps (n, time · columns) those that are there."""
    count: Any = x.shape[-1]
    if there is not None:
        there = np.repeat(there, x.shape[-1] // there.shape[-1], axis=-1)
        count = np.maximum(there.sum(axis=-1, keepdims=True), 1)
    kept: Any = 1 if there is None else there
    centered = (x - (x * kept).sum(axis=-1, keepdims=True) / count) * kept
    variance = (centered * centered).sum(axis=-1, keepdims=True) / count
    result: Array = gamma * (centered / np.sqrt(variance + epsilon)) + beta
    return result


def windows(x: Array, size: Any, strides: Any, dilations: Any, padding: Any, outside: float = 0.0) -> Array:
    """What windows see of pictures (n, height, width, channels), (n, rows, columns, down, across, c)."""
    top, bottom, left, right = padding
    x = np.pad(x, ((0, 0), (top, bottom), (left, right), (0, 0)), constant_values=outside)
    reach = [dilation * (side - 1) + 1 for side, dilation in zip(size, dilations)]  # noqa: B905
    seen = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(1, 2))
    seen = seen[:, :: strides[0], :: strides[1], :, :: dilations[0], :: dilations[1]]
    return np.moveaxis(seen, 3, 5)


def convolve(
    x: Array, kernels: Array, bias: Array, strides: Any, dilations: Any, padding: Any, groups: int
) -> Array:
    """Convolution of pictures (n, height, width, channels) by kernels (filters, down, across, channels)."""
    seen = windows(x, kernels.shape[1:3], strides, dilations, padding)
    parts = [
        np.tensordot(part, kernel, axes=([3, 4, 5], [1, 2, 3]))
        for part, kernel in zip(np.split(seen, groups, axis=5), np.split(kernels, groups))  # noqa: B905
    ]
    result: Array = np.concatenate(parts, axis=-1) + bias
    return result


def convolve_transposed(x: Array, kernels: Array, bias: Array, strides: Any, start: Any, sizes: Any) -> Array:
    """Each value of pictures lays kernels (filters, down, across, channels) down; they add up."""
    n, height, width, _ = x.shape
    filters, down, across, _ = kernels.shape
    far = max((height - 1) * strides[0] + down, start[0] + sizes[0])
    wide = max((width - 1) * strides[1] + across, start[1] + sizes[1])
    y = np.zeros((n, far, wide, filters), x.dtype)
    for u in range(down):
        for v in range(across):
            rows = slice(u, u + (height - 1) * strides[0] + 1, strides[0])
            columns = slice(v, v + (width - 1) * strides[1] + 1, strides[1])
            y[:, rows, columns] += x @ kernels[:, u, v].T
    result: Array = y[:, start[0] : start[0] + sizes[0], start[1] : start[1] + sizes[1]] + bias
    return result


def max_pool(x: Array, size: Any, strides: Any, padding: Any, there: Any = None) -> Array:
    """The largest value of each window; padding, and steps that are not there, do not count."""
    if there is not None:
        x = np.where(there[:, np.newaxis, :, np.newaxis] > 0, x, -np.inf)
    y: Array = windows(x, size, strides, (1, 1), padding, -np.inf).max(axis=(3, 4))
    return np.where(np.isneginf(y), 0, y)


def average_pool(x: Array, size: Any, strides: Any, padding: Any, there: Any = None) -> Array:
    """The mean of each window; padding, and steps that are not there, do not count."""
    real = np.ones_like(x[..., :1])
    if there is not None:
        real = real * there[:, np.newaxis, :, np.newaxis]
        x = x * real
    total = windows(x, size, strides, (1, 1), padding).sum(axis=(3, 4))
    count = windows(real, size, strides, (1, 1), padding).sum(axis=(3, 4))
    result: Array = total / np.maximum(count, 1)
    return result


def over_places(x: Array, by: str, there: Any = None) -> Array:
    """Sum, mean or maximum over all places of each channel, or over those that are there."""
    x = x.reshape(len(x), -1, x.shape[-1])
    kept = np.ones_like(x[..., :1]) if there is None else there[..., np.newaxis]
    if by == "max":
        largest: Array = np.where(kept > 0, x, -np.inf).max(axis=1)
        return np.where(np.isneginf(largest), 0, largest)
    total: Array = (x * kept).sum(axis=1)
    return total if by == "sum" else total / np.maximum(kept.sum(axis=1), 1)


def attend(q: Array, k: Array, v: Array, causal: bool, there: Any = None) -> Array:
    """Attention: each step takes from the values of those steps whose keys fit its query."""
    scores = q @ k.transpose(0, 2, 1) * (1 / math.sqrt(q.shape[-1]))
    if causal:
        scores = np.where(np.triu(np.ones(scores.shape[1:]), 1) > 0, -1e30, scores)
    if there is not None:
        scores = np.where(there[:, np.newaxis] > 0, scores, -1e30)
    return softmax(scores.astype(q.dtype)) @ v


def recurrent(
    x: Array, weights: Array, bias: Array, matrix: Array, cell: str, backwards: bool, gives_all: bool,
    there: Any = None, reset_bias: Any = 0,
) -> Array:  # fmt: skip
    """Read sequences (n, time, columns) step by step; weights are (gates, units, columns).

    A step that is not there leaves the state as it was.
    """
    n, time, _ = x.shape
    state = np.zeros((n, weights.shape[1]), x.dtype)
    kept, states = np.zeros_like(state), [state] * time
    for t in reversed(range(time)) if backwards else range(time):
        given = [x[:, t] @ weight.T + b for weight, b in zip(weights, bias)]  # noqa: B905
        before = [state @ each.T for each in matrix]
        if cell == "gru":
            r, z = sigmoid(given[0] + before[0]), sigmoid(given[1] + before[1])
            new = np.tanh(given[2] + r * (before[2] + reset_bias))
            after, memory = (1 - z) * new + z * state, kept
        elif cell == "lstm":
            o, i, f = (sigmoid(given[gate] + before[gate]) for gate in range(3))
            memory = f * kept + i * np.tanh(given[3] + before[3])
            after = o * np.tanh(memory)
        else:
            z = given[0] + before[0]
            after, memory = np.maximum(z, 0) if cell == "relu" else np.tanh(z), kept
        if there is not None:
            here = there[:, t, np.newaxis] > 0
            after, memory = np.where(here, after, state), np.where(here, memory, kept)
        states[t] = state = after
        kept = memory
    return np.stack(states, axis=1) if gives_all else state


def spread(x: Array, edges: Array) -> Array:
    """What neighbours have, by D^-1/2 A D^-1/2; edges are (to, from), 1 from a node to itself."""
    scale = 1 / np.sqrt(np.abs(edges).sum(axis=-1, keepdims=True))
    result: Array = (edges * scale * np.swapaxes(scale, -1, -2)) @ x
    return result


def attend_neighbours(x: Array, edges: Array, asking: Array, asked: Array, slope: float) -> Array:
    """Graph attention: each node takes from its neighbours as much as they score."""
    scores = (x @ asking)[..., :, np.newaxis] + (x @ asked)[..., np.newaxis, :]
    scores = np.where(edges != 0, np.where(scores > 0, scores, scores * slope), -np.inf)
    return softmax(scores) @ x


def messages(x: Array, edges: Array, weights: Array, bias: Array, by: str) -> Array:
    """What neighbours write to each node: ReLU of a weighing of both ends and of the edge between."""
    columns, nodes = x.shape[-1], x.shape[-2]
    arriving = (x @ weights[:, :columns].T + bias)[..., :, np.newaxis, :]
    leaving = (x @ weights[:, columns : 2 * columns].T)[..., np.newaxis, :, :]
    each = np.maximum(arriving + leaving + edges[..., np.newaxis] * weights[:, -1], 0)
    joined = ((edges != 0) & ~np.eye(nodes, dtype=bool))[..., np.newaxis]
    each = np.where(joined, each, 0)
    if by == "max":
        largest: Array = each.max(axis=-2)
        return largest
    total: Array = each.sum(axis=-2)
    return total if by == "sum" else total / np.maximum(joined.sum(axis=-2), 1).astype(x.dtype)


def external_memory(
    x: Array, controller: Array, heads: Array, slots: int, width: int, there: Any = None
) -> Array:
    """A Neural Turing Machine: a controller that writes to a memory, and reads it, where its heads look."""
    n, time, _ = x.shape
    memory, read = np.zeros((n, slots, width), x.dtype), np.zeros((n, width), x.dtype)
    writing = np.tile(np.eye(1, slots, dtype=x.dtype), (n, 1))
    reading, given = writing, []
    size = width + 6
    for t in range(time):
        state = np.tanh(np.concatenate([x[:, t], read], axis=1) @ controller[:, :-1].T + controller[:, -1])
        told = state @ heads[:, :-1].T + heads[:, -1]
        erase, add = sigmoid(told[:, 2 * size : 2 * size + width]), np.tanh(told[:, 2 * size + width :])
        new_writing = look(told[:, :size], memory, writing)
        at = new_writing[:, :, np.newaxis]
        new_memory = memory * (1 - at * erase[:, np.newaxis]) + at * add[:, np.newaxis]
        new_reading = look(told[:, size : 2 * size], new_memory, reading)
        new_read = (new_reading[:, np.newaxis] @ new_memory)[:, 0]
        here = np.ones((n, 1), x.dtype) if there is None else there[:, t, np.newaxis]
        memory = np.where(here[..., np.newaxis] > 0, new_memory, memory)
        writing, reading = np.where(here > 0, new_writing, writing), np.where(here > 0, new_reading, reading)
        read = np.where(here > 0, new_read, read)
        given.append(np.concatenate([state, read], axis=1) * here)
    return np.stack(given, axis=1)


def look(told: Array, memory: Array, before: Array) -> Array:
    """Where a head looks: by content, then held back, moved and sharpened."""
    width = memory.shape[-1]
    key, strength = np.tanh(told[:, :width]), np.logaddexp(0, told[:, width : width + 1])
    gate, shift = sigmoid(told[:, width + 1 : width + 2]), softmax(told[:, width + 2 : width + 5])
    sharpness = np.logaddexp(0, told[:, -1:]) + 1
    lengths = np.sqrt((memory * memory).sum(axis=2) + 0.01)
    cosine = (memory @ key[:, :, np.newaxis])[:, :, 0] / np.sqrt((key * key).sum(axis=1) + 0.01)[
        :, np.newaxis
    ]
    mixed = before + gate * (softmax(strength * cosine / lengths) - before)
    moved = mixed * shift[:, 1:2]
    moved = moved + np.roll(mixed, -1, axis=1) * shift[:, :1] + np.roll(mixed, 1, axis=1) * shift[:, 2:]
    return softmax(np.log(moved + 1e-8) * sharpness)
