"""Recurrent layers do what PyTorch's do, forward and backward, also for sequences of different length."""

import json
from pathlib import Path

import numpy as np
import pytest
from pytorch_values import TOLERANCE, array

from playground.engine.layers import Layer, Tensor, Wires
from playground.engine.layers.recurrent import Recurrent
from playground.randomness import Pcg64

PATH = Path(__file__).parents[1] / "references" / "recurrent.json"
ENTRIES = json.loads(PATH.read_text(encoding="utf-8"))["recurrent"]
KINDS = {kind.tag(): kind for kind in Layer.members() if issubclass(kind, Recurrent)}
ORDER = {"simple_rnn": [0], "gru": [0, 1, 2], "lstm": [3, 0, 1, 2]}
"""Which of PyTorch's gates each of ours is; its LSTM has them as i, f, g, o."""

FLOAT64 = np.dtype(np.float64)

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


def tensor(values):
    made = Tensor.empty(*values.shape, FLOAT64)
    made.values[:] = values
    return made


def flat(values):
    """PyTorch's (n, …) as the engine has it: (units, n)."""
    values = array(values)
    return values.reshape(len(values), -1).T


class Bound:
    """A layer bound to sequences (n, time, columns), with NaN wherever it has to write."""

    def __init__(self, layer, x, blocks=None, lengths=None):
        samples, *shape = x.shape
        self.shape = tuple(shape)
        parameters = layer.parameters((self.shape,))
        source = Pcg64().streams().init
        self.blocks = {each.name: np.empty(each.shape) for each in parameters}
        for each in parameters:
            each.initialize(source, self.blocks[each.name])
        for name, values in (blocks or {}).items():
            self.blocks[name][:] = values
        self.gradients = {name: np.full_like(block, np.nan) for name, block in self.blocks.items()}
        units = int(np.prod(layer.output_shape((self.shape,))))
        self.output, self.upstream = (tensor(np.full((units, samples), np.nan)) for _ in range(2))
        self.x, self.slopes = tensor(flat(x)), tensor(np.full((x[0].size, samples), np.nan))
        mask = None if lengths is None else (np.arange(x.shape[1])[:, None] < lengths).astype(float)
        wires = Wires(
            (self.x,), self.output, (self.slopes,), self.upstream, self.blocks, self.gradients,
            training=True, mask=mask, shapes=(self.shape,),
        )  # fmt: skip
        self.operations = layer.bind(wires)

    def forward(self):
        for operation in self.operations.forward:
            operation()
        return self.output.values

    def run(self, upstream):
        self.forward()
        self.upstream.values[:] = upstream
        for operation in self.operations.backward:
            operation()
        return self


def ours(kind, blocks):
    """PyTorch's blocks as ours: the gates in our order, both biases as one but for the GRU's candidate."""
    found = {}
    for mark, suffix in (("", ""), ("_backwards", "_reverse")):
        if f"weight_ih{suffix}" not in blocks:
            continue
        weights, recurrent, bias, other = (
            array(blocks[f"{name}{suffix}"]) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        units = recurrent.shape[1]
        if kind == "gru":
            found["recurrent_bias" + mark] = other[-units:].copy()
            other[-units:] = 0
        both = np.column_stack([weights, bias + other])
        found["weights" + mark] = both.reshape(-1, units, both.shape[1])[ORDER[kind]]
        found["recurrent" + mark] = recurrent.reshape(-1, units, units)[ORDER[kind]]
    return found


def their_gradients(kind, gradients):
    """The same of gradients, of which both biases have one."""
    halved = {
        name: array(values) / (2 if "bias" in name and kind != "gru" else 1)
        for name, values in gradients.items()
    }
    found = ours(kind, halved)
    if kind == "gru":
        for mark, suffix in (("", ""), ("_backwards", "_reverse")):
            if "weights" + mark in found:
                bias = array(gradients["bias_ih" + suffix])
                found["weights" + mark][..., -1] = bias.reshape(found["weights" + mark].shape[:2])
    return found


def only_backwards(layer, blocks):
    """A single direction is PyTorch's first, whichever way it reads."""
    return (
        {name + "_backwards": values for name, values in blocks.items()}
        if layer.reads == "backwards"
        else blocks
    )


def case(entry):
    fields = ", ".join(f"{name}={value}" for name, value in entry["parameters"].items())
    return f"{entry['kind']} {fields} {entry['lengths']}"


@pytest.mark.parametrize("entry", ENTRIES, ids=case)
def test_a_recurrent_layer_is_pytorchs(entry):
    kind = entry["kind"]
    layer, lengths = KINDS[kind](**entry["parameters"]), np.array(entry["lengths"])
    bench = Bound(layer, array(entry["x"]), only_backwards(layer, ours(kind, entry["blocks"])), lengths)
    found, wanted = bench.forward(), array(entry["output"])
    if layer.gives == "all":  # behind the end of a sequence PyTorch has zeros, and we the last state
        there = np.arange(5) < lengths[:, np.newaxis]
        found = np.where(there[..., np.newaxis], found.T.reshape(wanted.shape), 0).reshape(len(wanted), -1).T
    np.testing.assert_allclose(found, flat(wanted), **TOLERANCE)
    bench.run(flat(entry["upstream"]) if layer.gives == "last" else asked(entry))
    np.testing.assert_allclose(bench.slopes.values, flat(entry["x_gradient"]), **TOLERANCE)
    for name, wanted in only_backwards(layer, their_gradients(kind, entry["gradients"])).items():
        np.testing.assert_allclose(bench.gradients[name], wanted, **TOLERANCE, err_msg=name)


def asked(entry):
    """What comes back to each state: nothing to those behind the end."""
    upstream = array(entry["upstream"])
    there = np.arange(upstream.shape[1]) < np.array(entry["lengths"])[:, np.newaxis]
    return flat(upstream * there[..., np.newaxis])


def test_every_recurrent_layer_has_a_reference():
    assert {entry["kind"] for entry in ENTRIES} == set(KINDS)
