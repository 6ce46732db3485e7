"""The functions that a script of PyTorch may need; read as text, they stand in it as they stand here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it need not be installed where the program runs
    import torch
    from torch import Tensor
    from torch.nn import functional


def channels_first(x: Tensor) -> Tensor:
    """From (n, height, width, channels), as the data are, to what PyTorch's layers read."""
    return x.permute(0, 3, 1, 2)


def channels_last(x: Tensor) -> Tensor:
    """From (n, channels, height, width) back to how the data are."""
    return x.permute(0, 2, 3, 1)


def masked_batch_norm(
    x: Tensor, gamma: Tensor, beta: Tensor, mean: Tensor, variance: Tensor, epsilon: float, there: Tensor
) -> Tensor:
    """Batch normalization of the steps that are there, by running averages."""
    centered = (x - mean) * there[..., None]
    return gamma * (centered / torch.sqrt(variance + epsilon)) + beta


def masked_layer_norm(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: float, there: Tensor) -> Tensor:
    """Layer normalization of rows of steps (n, time · columns) by the steps that are there."""
    kept = there.repeat_interleave(x.shape[-1] // there.shape[-1], dim=-1)
    count = kept.sum(dim=-1, keepdim=True).clamp(min=1)
    centered = (x - (x * kept).sum(dim=-1, keepdim=True) / count) * kept
    variance = (centered * centered).sum(dim=-1, keepdim=True) / count
    return gamma * (centered / torch.sqrt(variance + epsilon)) + beta


def convolve_transposed(
    x: Tensor,
    kernels: Tensor,
    bias: Tensor,
    strides: Sequence[int],
    start: Sequence[int],
    sizes: Sequence[int],
) -> Tensor:
    """Each value lays kernels (channels, filters, down, across) down; they add up."""
    y = functional.conv_transpose2d(channels_first(x), kernels, stride=strides)
    below, right = (max(0, start[side] + sizes[side] - y.shape[2 + side]) for side in (0, 1))
    y = functional.pad(y, (0, right, 0, below))
    y = y[:, :, start[0] : start[0] + sizes[0], start[1] : start[1] + sizes[1]]
    return channels_last(y) + bias


def max_pool(
    x: Tensor,
    size: Sequence[int],
    strides: Sequence[int],
    padding: Sequence[int],
    there: Tensor | None = None,
) -> Tensor:
    """The largest value of each window; padding, and steps that are not there, do not count."""
    if there is not None:
        x = torch.where(there[:, None, :, None] > 0, x, -math.inf)
    top, bottom, left, right = padding
    seen = functional.pad(channels_first(x), (left, right, top, bottom), value=-math.inf)
    y = channels_last(functional.max_pool2d(seen, size, strides))
    return torch.where(torch.isneginf(y), 0.0, y) if there is not None else y


def average_pool(
    x: Tensor,
    size: Sequence[int],
    strides: Sequence[int],
    padding: Sequence[int],
    there: Tensor | None = None,
) -> Tensor:
    """The mean of each window; padding, and steps that are not there, do not count."""
    real = torch.ones_like(x[..., :1])
    if there is not None:
        real = real * there[:, None, :, None]
    top, bottom, left, right = padding
    total, count = (
        functional.avg_pool2d(
            functional.pad(channels_first(values), (left, right, top, bottom)),
            size,
            strides,
            divisor_override=1,
        )
        for values in (x * real, real)
    )
    return channels_last(total / count.clamp(min=1))


def over_places(x: Tensor, by: str, there: Tensor | None = None) -> Tensor:
    """Sum, mean or maximum over all places of each channel, or over those that are there."""
    x = x.reshape(len(x), -1, x.shape[-1])
    kept = torch.ones_like(x[..., :1]) if there is None else there[..., None]
    if by == "max":
        largest = torch.where(kept > 0, x, -math.inf).amax(dim=1)
        return torch.where(torch.isneginf(largest), 0.0, largest)
    total = (x * kept).sum(dim=1)
    return total if by == "sum" else total / kept.sum(dim=1).clamp(min=1)


def attend(q: Tensor, k: Tensor, v: Tensor, causal: bool, there: Tensor | None = None) -> Tensor:
    """Attention: each step takes from the values of those steps whose keys fit its query."""
    scores = q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])
    if causal:
        later = torch.ones(scores.shape[1:], dtype=torch.bool, device=q.device).triu(1)
        scores = scores.masked_fill(later, -1e30)
    if there is not None:
        scores = scores.masked_fill(there[:, None] == 0, -1e30)
    return torch.softmax(scores, dim=-1) @ v


def recurrent(
    x: Tensor, weights: Tensor, bias: Tensor, matrix: Tensor, cell: str, backwards: bool, gives_all: bool,
    there: Tensor | None = None, reset_bias: Tensor | float = 0.0,
) -> Tensor:  # fmt: skip
    """Read sequences (n, time, columns) step by step; weights are (gates, units, columns).

    A step that is not there leaves the state as it was.
    """
    n, time, _ = x.shape
    state = x.new_zeros(n, weights.shape[1])
    kept, states = state, [state] * time
    for t in reversed(range(time)) if backwards else range(time):
        given = [x[:, t] @ weight.T + b for weight, b in zip(weights, bias, strict=True)]
        before = [state @ each.T for each in matrix]
        if cell == "gru":
            r, z = torch.sigmoid(given[0] + before[0]), torch.sigmoid(given[1] + before[1])
            new = torch.tanh(given[2] + r * (before[2] + reset_bias))
            after, memory = (1 - z) * new + z * state, kept
        elif cell == "lstm":
            o, i, f = (torch.sigmoid(given[gate] + before[gate]) for gate in range(3))
            memory = f * kept + i * torch.tanh(given[3] + before[3])
            after = o * torch.tanh(memory)
        else:
            z = given[0] + before[0]
            after, memory = torch.relu(z) if cell == "relu" else torch.tanh(z), kept
        if there is not None:
            here = there[:, t, None] > 0
            after, memory = torch.where(here, after, state), torch.where(here, memory, kept)
        states[t] = state = after
        kept = memory
    return torch.stack(states, dim=1) if gives_all else state


def spread(x: Tensor, edges: Tensor) -> Tensor:
    """What neighbours have, by D^-1/2 A D^-1/2; edges are (to, from), 1 from a node to itself."""
    scale = edges.abs().sum(dim=-1, keepdim=True).rsqrt()
    return (edges * scale * scale.transpose(-1, -2)) @ x


def attend_neighbours(x: Tensor, edges: Tensor, asking: Tensor, asked: Tensor, slope: float) -> Tensor:
    """Graph attention: each node takes from its neighbours as much as they score."""
    scores = (x @ asking)[..., :, None] + (x @ asked)[..., None, :]
    scores = functional.leaky_relu(scores, slope).masked_fill(edges == 0, -math.inf)
    return torch.softmax(scores, dim=-1) @ x


def messages(x: Tensor, edges: Tensor, weights: Tensor, bias: Tensor, by: str) -> Tensor:
    """What neighbours write to each node: ReLU of a weighing of both ends and of the edge between."""
    columns, nodes = x.shape[-1], x.shape[-2]
    arriving = (x @ weights[:, :columns].T + bias)[..., :, None, :]
    leaving = (x @ weights[:, columns : 2 * columns].T)[..., None, :, :]
    each = torch.relu(arriving + leaving + edges[..., None] * weights[:, -1])
    others = ~torch.eye(nodes, dtype=torch.bool, device=x.device)
    joined = ((edges != 0) & others)[..., None].to(x.dtype)
    each = each * joined
    if by == "max":
        return each.amax(dim=-2)
    total = each.sum(dim=-2)
    return total if by == "sum" else total / joined.sum(dim=-2).clamp(min=1)


def external_memory(
    x: Tensor, controller: Tensor, heads: Tensor, slots: int, width: int, there: Tensor | None = None
) -> Tensor:
    """A Neural Turing Machine: a controller that writes to a memory, and reads it, where its heads look."""
    n, time, _ = x.shape
    memory, read = x.new_zeros(n, slots, width), x.new_zeros(n, width)
    writing = reading = torch.eye(1, slots, dtype=x.dtype, device=x.device).repeat(n, 1)
    given, size = [], width + 6
    for t in range(time):
        state = torch.tanh(torch.cat([x[:, t], read], dim=1) @ controller[:, :-1].T + controller[:, -1])
        told = state @ heads[:, :-1].T + heads[:, -1]
        erase = torch.sigmoid(told[:, 2 * size : 2 * size + width])
        add = torch.tanh(told[:, 2 * size + width :])
        new_writing = look(told[:, :size], memory, writing)
        at = new_writing[:, :, None]
        new_memory = memory * (1 - at * erase[:, None]) + at * add[:, None]
        new_reading = look(told[:, size : 2 * size], new_memory, reading)
        new_read = (new_reading[:, None] @ new_memory)[:, 0]
        here = x.new_ones(n, 1) if there is None else there[:, t, None]
        memory = torch.where(here[..., None] > 0, new_memory, memory)
        writing, reading = (
            torch.where(here > 0, new_writing, writing),
            torch.where(here > 0, new_reading, reading),
        )
        read = torch.where(here > 0, new_read, read)
        given.append(torch.cat([state, read], dim=1) * here)
    return torch.stack(given, dim=1)


def look(told: Tensor, memory: Tensor, before: Tensor) -> Tensor:
    """Where a head looks: by content, then held back, moved and sharpened."""
    width = memory.shape[-1]
    key, strength = torch.tanh(told[:, :width]), softplus(told[:, width : width + 1])
    gate = torch.sigmoid(told[:, width + 1 : width + 2])
    shift = torch.softmax(told[:, width + 2 : width + 5], dim=-1)
    sharpness = softplus(told[:, -1:]) + 1
    lengths = torch.sqrt((memory * memory).sum(dim=2) + 0.01)
    cosine = (memory @ key[:, :, None])[:, :, 0] / torch.sqrt((key * key).sum(dim=1) + 0.01)[:, None]
    mixed = before + gate * (torch.softmax(strength * cosine / lengths, dim=-1) - before)
    moved = mixed * shift[:, 1:2]
    moved = moved + mixed.roll(-1, 1) * shift[:, :1] + mixed.roll(1, 1) * shift[:, 2:]
    return torch.softmax(torch.log(moved + 1e-8) * sharpness, dim=-1)


def softplus(z: Tensor) -> Tensor:
    """log(1 + eᶻ), everywhere; PyTorch's own is z from 20 on."""
    return torch.logaddexp(z, torch.zeros_like(z))


def normal(z: Tensor) -> Tensor:
    """The share of the normal distribution below z."""
    return torch.special.ndtr(z)
