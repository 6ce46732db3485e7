"""A script of Keras has the network as a functional model; what Keras has not is a sentence."""

import ast
import importlib.util
import io

import numpy as np
import pytest
from portable_networks import case, cases
from small_experiments import moment_of

from playground.engine.activations import Linear
from playground.engine.layers import Dense
from playground.engine.layers.recurrent import Gru, Lstm
from playground.exports.network import PortableNetwork
from playground.exports.targets.keras_model import KerasModel
from playground.files.sources import resolve

TARGET = KerasModel()
CASES = [each for each in cases() if TARGET.refusal(each.portable) is None]
OUT = Dense(id="out", units=2, activation=Linear())


def written(portable):
    files = TARGET.written(portable, "net").files
    return files["net.py"].decode(), np.load(io.BytesIO(files["net.npz"]))


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case.name)
def test_every_layer_is_a_script_whose_weights_lie_beside_it(case):
    source, stored = written(case.portable)
    ast.parse(source)
    assert all(f'WEIGHTS["{name}"]' in source or f'constant("{name}")' in source for name in stored.files)


def test_a_script_shows_layers_as_a_student_would_write_them():
    source, stored = written(PortableNetwork.of(moment_of(resolve("spiral").saved.experiment), "Spiral"))
    assert 'hidden1 = layers.Dense(16, activation="tanh", name="hidden1")(x)' in source
    assert 'network.get_layer("hidden1").set_weights' in source
    assert stored["hidden1.kernel"].shape == (2, 16)


def test_gates_stand_in_the_order_of_keras_and_a_gru_has_two_biases():
    o, i, f, g = range(4)
    network = case("gates", (Lstm(id="r", units=3), OUT), (5, 2)).portable
    ours = network.forward.arrays["r.bias"]
    np.testing.assert_array_equal(
        written(network)[1]["r.bias"], np.concatenate([ours[gate] for gate in (i, f, g, o)])
    )
    network = case("gates", (Gru(id="r", units=3), OUT), (5, 2)).portable
    arrays = network.forward.arrays
    bias = written(network)[1]["r.bias"]
    np.testing.assert_array_equal(bias[0], np.concatenate([arrays["r.bias"][gate] for gate in (1, 0, 2)]))
    np.testing.assert_array_equal(bias[1], np.concatenate([np.zeros(6), arrays["r.recurrent_bias"]]))


def test_what_keras_has_not_is_a_sentence():
    refused = {str(TARGET.refusal(each.portable)) for each in cases() if TARGET.refusal(each.portable)}
    assert "Keras is not written for sequences of different lengths." in refused
    assert any(sentence.startswith("Keras has no word for the layer") for sentence in refused)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_the_same_in_keras(tmp_path, case):
    pytest.importorskip("keras", reason="Keras is an extra: pip install '.[bench]'")
    import keras

    for name, content in TARGET.written(case.portable, "net").files.items():
        (tmp_path / name).write_bytes(content)
    spec = importlib.util.spec_from_file_location("exported", tmp_path / "net.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    outputs = keras.ops.convert_to_numpy(module.load()(module.tensors(list(case.raw))))
    error = np.abs(module.unscale(outputs) - case.outputs).max()
    assert error <= 1e-6 * np.abs(case.outputs).max()
