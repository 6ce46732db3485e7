"""The heads of an external memory look where they are told, and what is written is read again."""

import json

import numpy as np
from pytorch_values import PATH, TOLERANCE, array

from playground.data import Data
from playground.data.datasets.sequences.memory import Copy
from playground.data.features import Whole
from playground.engine.graph import Architecture
from playground.engine.layers import Tensor, Wires
from playground.engine.layers.addressing import NEAR_ZERO, Addressing, head_size
from playground.engine.layers.external_memory import ExternalMemory
from playground.engine.layers.steps import DenseAtEachStep
from playground.engine.losses import SquaredError
from playground.experiment import Experiment, Training
from playground.randomness import Pcg64
from playground.training.trainer import Trainer

FLOAT64 = np.dtype(np.float64)
RANDOM = np.random.default_rng(0)


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def told(key=(0.0, 0.0), strength=0.0, gate=-40.0, shift=(0.0, 0.0, 0.0), sharp=0.0):
    return np.array([[*key, strength, gate, *shift, sharp]])


def weights(memory, before=0, **how):
    head = Addressing(1, 1, len(memory), 2, FLOAT64)
    head.weights[0] = np.eye(len(memory))[before]
    head.look(0, told(**how), np.array([memory]))
    return head.weights[1, 0]


MEMORY = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.5, 0.5]])


def test_a_head_is_told_as_many_numbers_as_it_takes():
    assert told().shape[1] == head_size(2)


def test_a_closed_gate_and_a_shift_lead_to_the_next_slot_and_around_the_end():
    on, back = (-40, -40, 40), (40, -40, -40)
    assert weights(MEMORY, before=1, shift=on).round(6).tolist() == [0, 0, 1, 0]
    assert weights(MEMORY, before=3, shift=on).round(6).tolist() == [1, 0, 0, 0]
    assert weights(MEMORY, before=0, shift=back).round(6).tolist() == [0, 0, 0, 1]


def test_an_open_gate_leads_to_what_is_like_the_key():
    found = weights(MEMORY, key=(0.0, 5.0), strength=30.0, gate=40.0, shift=(-40, 40, -40))
    assert found.argmax() == 1
    assert found[1] > 0.99


def test_all_of_addressing_is_as_the_paper_says():
    """Equations 5 to 9 of Graves et al. 2014, one by one."""
    key, strength, gate, shift, sharp = (0.3, -0.7), 0.8, 0.4, (0.2, -0.3, 0.9), 0.6
    k = np.tanh(key)
    lengths = np.sqrt((MEMORY**2).sum(axis=1) + NEAR_ZERO) * np.sqrt(k @ k + NEAR_ZERO)
    content = softmax(np.log1p(np.exp(strength)) * (MEMORY @ k) / lengths)
    g, s = 1 / (1 + np.exp(-gate)), softmax(np.array(shift))
    mixed = g * content + (1 - g) * np.eye(4)[2]
    moved = s[0] * np.roll(mixed, -1) + s[1] * mixed + s[2] * np.roll(mixed, 1)
    sharpened = moved ** (1 + np.log1p(np.exp(sharp)))
    found = weights(MEMORY, 2, key=key, strength=strength, gate=gate, shift=shift, sharp=sharp)
    np.testing.assert_allclose(found, sharpened / sharpened.sum(), rtol=1e-6)


def test_reads_are_what_the_weights_say_of_the_memory_and_nothing_comes_from_later():
    layer = ExternalMemory(units=3, slots=4, width=2)
    shape = (5, 2)
    blocks = {one.name: RANDOM.normal(size=one.shape) for one in layer.parameters((shape,))}

    def run(x):
        given, output = Tensor.empty(10, 3, FLOAT64), Tensor.empty(25, 3, FLOAT64)
        given.values[:] = x
        operations = layer.bind(Wires((given,), output, parameters=blocks, shapes=(shape,)))
        for operation in operations.forward:
            operation()
        return output.values.reshape(5, 5, 3), operations.seen

    x = RANDOM.normal(size=(10, 3))
    y, seen = run(x)
    np.testing.assert_allclose(seen["writing"].sum(axis=1), 1)
    memory = seen["memory"].reshape(5, 4, 2, 3)
    np.testing.assert_allclose(np.einsum("tsn,tswn->twn", seen["reading"], memory), y[:, 3:])
    np.testing.assert_allclose(seen["read"], y[:, 3:])
    x[-2:] += 1
    np.testing.assert_array_equal(run(x)[0][:4], y[:4])


def test_the_copy_task_asks_for_the_list_behind_the_mark():
    raw, targets = Copy(samples=40, length=4, bits=2, noise=0, shorter=50).draw(Pcg64().streams().data)
    for sample, asked in zip(raw, targets, strict=True):
        mark = int(np.flatnonzero(sample[:, -1] == 1)[0])
        assert 2 <= mark <= 4
        assert np.isnan(asked[: mark + 1]).all()
        np.testing.assert_array_equal(asked[mark + 1 : 2 * mark + 1], sample[:mark, :-1])
        assert np.isnan(sample[2 * mark + 1 :]).all()
        assert (sample[mark + 1 : 2 * mark + 1] == 0).all()


def test_every_number_that_is_learnt_has_a_name_of_its_own():
    blocks = ExternalMemory().parameters(((5, 2),))
    names = [part for block in blocks for part in block.parts]
    assert len(names) == len(set(names)) == 4
    assert sum(block.size for block in blocks) == sum(
        np.zeros(block.shape)[where].size for block in blocks for where in block.parts.values()
    )


def test_a_run_goes_on_bit_for_bit():
    experiment = Experiment(
        data=Data(dataset=Copy(samples=40, length=2, bits=1), inputs=(Whole(),)),
        network=Architecture(
            layers=(
                ExternalMemory(id="memory", units=3, slots=3, width=2),
                DenseAtEachStep(id="out", units=1),
            )
        ),
        training=Training(loss=SquaredError()),
    )
    there = Trainer(experiment)
    there.run_epoch()
    back = Trainer(experiment, there.checkpoint())
    assert back.recorder.measures == there.recorder.measures
    for trainer in (there, back):
        trainer.run_epoch()
    np.testing.assert_array_equal(there.network.parameters, back.network.parameters)


def test_values_and_gradients_are_pytorchs():
    (entry,) = json.loads(PATH.with_name("pytorch_terms.json").read_text(encoding="utf-8"))["memories"]
    x, upstream = array(entry["input"]), array(entry["upstream"])
    given, output, of_input, of_output = (
        Tensor.empty(units, x.shape[2], FLOAT64) for units in (10, 25, 10, 25)
    )
    given.values[:], of_output.values[:] = x.reshape(10, -1), upstream.reshape(25, -1)
    blocks = {name: array(entry[name]) for name in ("controller", "heads")}
    gradients = {name: np.full_like(block, np.nan) for name, block in blocks.items()}
    wires = Wires(
        (given,), output, (of_input,), of_output, blocks, gradients, training=True, shapes=(x.shape[:2],)
    )
    operations = ExternalMemory(**entry["parameters"]).bind(wires)
    for operation in (*operations.forward, *operations.backward):
        operation()
    np.testing.assert_allclose(output.values.reshape(upstream.shape), entry["output"], **TOLERANCE)
    np.testing.assert_allclose(of_input.values.reshape(x.shape), entry["input_gradient"], **TOLERANCE)
    for name, gradient in gradients.items():
        np.testing.assert_allclose(gradient, entry[f"{name}_gradient"], **TOLERANCE)
