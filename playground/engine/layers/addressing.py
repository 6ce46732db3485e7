"""How a head of an external memory finds where to look: by content, and then by a step to a neighbour.

Everything is laid out with the samples first, and the time before them; what is kept of the forward pass is
kept for the way back.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.engine.arrays import Array

NEAR_ZERO = 0.01
"""Added to squared lengths, so that an empty slot has a finite slope: a cosine, but for very short rows."""

TINY = 1e-8
SHIFTS = 3
"""A head may go one slot back, stay, or go one slot on."""


def head_size(width: int) -> int:
    """How many numbers a head is told: a key, its strength β, gate g, shifts s and sharpness γ."""
    return width + 3 + SHIFTS


class Addressing:
    """One head over the slots of a memory, for all steps of a batch.

    Attributes:
        weights: (time + 1, samples, slots), where it looks; before the first step that is the first slot.
        slope: (samples, slots), the gradient with respect to the weights of the step before.
    """

    def __init__(self, time: int, samples: int, slots: int, width: int, dtype: np.dtype[Any]) -> None:
        def kept(*sizes: int) -> Array:
            return np.zeros((time, samples, *sizes), dtype)

        self._width = width
        self.weights: Array = np.zeros((time + 1, samples, slots), dtype)
        self.weights[0, :, 0] = 1
        self.slope: Array = np.zeros((samples, slots), dtype)
        self._key, self._shift = kept(width), kept(SHIFTS)
        self._strength, self._gate, self._sharp = kept(1), kept(1), kept(1)
        self._key_length, self._lengths = kept(1), kept(slots)
        self._cosine, self._content = kept(slots), kept(slots)
        self._mixed, self._moved, self._logs = kept(slots), kept(slots), kept(slots)
        self._a, self._b, self._c = (np.zeros((samples, slots), dtype) for _ in range(3))
        self._row = np.zeros((samples, width), dtype)
        self._rows = np.zeros((samples, slots, width), dtype)

    # --- forward ------------------------------------------------------------------------------------

    def look(self, step: int, told: Array, memory: Array) -> None:
        """Find the weights of a step, told (samples, numbers), over a memory (samples, slots, width)."""
        width = self._width
        np.tanh(told[:, :width], out=self._key[step])
        np.logaddexp(0, told[:, width : width + 1], out=self._strength[step])
        _sigmoid(told[:, width + 1 : width + 2], self._gate[step])
        _softmax(told[:, width + 2 : width + 2 + SHIFTS], self._shift[step])
        np.logaddexp(0, told[:, -1:], out=self._sharp[step])
        self._sharp[step] += 1
        self._by_content(step, memory)
        self._by_place(step)

    def _by_content(self, step: int, memory: Array) -> None:
        key, cosine = self._key[step], self._cosine[step]
        self._key_length[step] = np.sqrt(np.vecdot(key, key) + NEAR_ZERO)[:, np.newaxis]
        np.vecdot(memory, memory, out=self._lengths[step])
        self._lengths[step] += NEAR_ZERO
        np.sqrt(self._lengths[step], out=self._lengths[step])
        np.matmul(memory, key[:, :, np.newaxis], out=cosine[:, :, np.newaxis])
        cosine /= self._key_length[step]
        cosine /= self._lengths[step]
        np.multiply(cosine, self._strength[step], out=self._a)
        _softmax(self._a, self._content[step])

    def _by_place(self, step: int) -> None:
        mixed, moved, before = self._mixed[step], self._moved[step], self.weights[step]
        np.subtract(self._content[step], before, out=mixed)
        mixed *= self._gate[step]
        mixed += before
        self._move(mixed, self._shift[step], moved, 1)
        moved += TINY
        np.log(moved, out=self._logs[step])
        np.multiply(self._logs[step], self._sharp[step], out=self._a)
        _softmax(self._a, self.weights[step + 1])

    def _move(self, values: Array, shift: Array, out: Array, direction: int) -> None:
        """The sum of values moved back, held and moved on; the other way round in direction −1."""
        np.multiply(values, shift[:, 1:2], out=out)
        for place, by in ((0, -direction), (2, direction)):
            _rolled(values, by, self._b)
            self._b *= shift[:, place : place + 1]
            out += self._b

    # --- backward -----------------------------------------------------------------------------------

    def look_back(self, step: int, memory: Array, told: Array, of_memory: Array) -> None:
        """From the gradient `slope` with respect to the weights of a step, write that of what it was told.

        That with respect to the memory is added to `of_memory`; `slope` is then that of the step before.
        """
        width, slope = self._width, self.slope
        _through_softmax(self.weights[step + 1], slope)
        np.multiply(slope, self._logs[step], out=self._a)
        sharp = self._sharp[step]
        np.sum(self._a, axis=1, keepdims=True, out=told[:, -1:])
        told[:, -1:] *= -np.expm1(1 - sharp)  # the slope of softplus
        slope *= sharp
        slope /= self._moved[step]
        self._shift_back(step, told[:, width + 2 : width + 2 + SHIFTS])
        self._gate_back(step, told[:, width + 1 : width + 2])
        self._content_back(step, memory, told, of_memory)

    def _shift_back(self, step: int, told: Array) -> None:
        slope, mixed, shift = self.slope, self._mixed[step], self._shift[step]
        for place in range(SHIFTS):
            _rolled(mixed, place - 1, self._b)
            told[:, place] = np.vecdot(slope, self._b)
        _through_softmax(shift, told)
        self._move(slope, shift, self._a, -1)
        np.copyto(slope, self._a)

    def _gate_back(self, step: int, told: Array) -> None:
        """Then `_a` is the gradient of the content's weights, and `slope` that of the step before."""
        slope, gate = self.slope, self._gate[step]
        np.subtract(self._content[step], self.weights[step], out=self._a)
        told[:, 0] = np.vecdot(slope, self._a)
        told *= gate * (1 - gate)
        np.multiply(slope, gate, out=self._a)
        slope -= self._a

    def _content_back(self, step: int, memory: Array, told: Array, of_memory: Array) -> None:
        width, slope, cosine = self._width, self._a, self._cosine[step]
        key, strength, key_length = self._key[step], self._strength[step], self._key_length[step]
        _through_softmax(self._content[step], slope)
        told[:, width] = np.vecdot(slope, cosine) * -np.expm1(-strength[:, 0])
        slope *= strength
        np.multiply(slope, cosine, out=self._b)  # how much of it goes along what is looked at
        along = self._b.sum(axis=1, keepdims=True) / key_length**2
        slope /= key_length
        slope /= self._lengths[step]
        of_key = told[:, :width]
        np.matmul(slope[:, np.newaxis], memory, out=self._row[:, np.newaxis])
        np.copyto(of_key, self._row)
        np.multiply(key, along, out=self._row)
        of_key -= self._row
        np.square(key, out=self._row)
        np.subtract(1, self._row, out=self._row)
        of_key *= self._row
        np.multiply(slope[:, :, np.newaxis], key[:, np.newaxis], out=self._rows)
        of_memory += self._rows
        np.square(self._lengths[step], out=self._c)
        self._b /= self._c
        np.multiply(memory, self._b[:, :, np.newaxis], out=self._rows)
        of_memory -= self._rows


def _rolled(values: Array, by: int, out: Array) -> None:
    """Each value one place further (1), back (−1) or where it was, around the end."""
    if by == 0:
        np.copyto(out, values)
    elif by > 0:
        out[:, 1:], out[:, 0] = values[:, :-1], values[:, -1]
    else:
        out[:, :-1], out[:, -1] = values[:, 1:], values[:, 0]


def _sigmoid(z: Array, out: Array) -> None:
    np.multiply(z, 0.5, out=out)
    np.tanh(out, out=out)
    out += 1
    out *= 0.5


def _softmax(z: Array, out: Array) -> None:
    np.subtract(z, z.max(axis=1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=1, keepdims=True)


def _through_softmax(shares: Array, slope: Array) -> None:
    """Make the gradient with respect to shares (n, k) that with respect to what they are the softmax of."""
    slope -= np.vecdot(shares, slope)[:, np.newaxis]
    slope *= shares
