"""A script of PyTorch has the network as a module, and its weights as PyTorch lays them out."""

import ast
import importlib.util
from dataclasses import replace

import numpy as np
import pytest
from portable_networks import case, cases
from safetensors.numpy import load
from small_experiments import moment_of, table_of

from playground.engine.activations import Linear
from playground.engine.layers import Dense
from playground.engine.layers.convolution import Conv2D
from playground.engine.layers.recurrent import Gru, Lstm
from playground.engine.layers.shape import Flatten
from playground.exports.network import PortableNetwork
from playground.exports.targets.jax_script import JaxScript
from playground.exports.targets.keras_model import KerasModel
from playground.exports.targets.pytorch import PytorchModule
from playground.exports.targets.pytorch.writing import functions
from playground.files.sources import resolve

CASES = list(cases())
TARGET = PytorchModule()
OUT = Dense(id="out", units=2, activation=Linear())


def written(portable):
    files = TARGET.written(portable, "net").files
    return files["net.py"].decode(), load(files["net.safetensors"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_a_script_that_can_be_read(case):
    source, weights = written(case.portable)
    tree = ast.parse(source)
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    assert called & set(functions()) <= defined
    assert all(f"self.{name.split('.')[0]} =" in source or f'"{name}"' in source for name in weights)


def test_weights_lie_as_pytorch_has_them():
    network = case("layout", (Conv2D(id="c", filters=3, kernel=2), Flatten(id="f"), OUT), (4, 4, 2))
    source, weights = written(network.portable)
    arrays = network.portable.forward.arrays
    assert "self.c = nn.Conv2d(2, 3, (2, 2))" in source
    np.testing.assert_array_equal(weights["c.weight"], arrays["c.kernels"].transpose(0, 3, 1, 2))
    np.testing.assert_array_equal(weights["out.weight"], arrays["out.weights"])


def test_gates_stand_in_the_order_of_pytorch_and_the_second_bias_only_resets():
    o, i, f, g = range(4)
    network = case("gates", (Lstm(id="r", units=3), OUT), (5, 2))
    _, weights = written(network.portable)
    ours = network.portable.forward.arrays["r.bias"]
    np.testing.assert_array_equal(
        weights["r.bias_ih_l0"], np.concatenate([ours[gate] for gate in (i, f, g, o)])
    )
    assert not weights["r.bias_hh_l0"].any()
    network = case("gates", (Gru(id="r", units=3), OUT), (5, 2))
    _, weights = written(network.portable)
    reset = network.portable.forward.arrays["r.recurrent_bias"]
    np.testing.assert_array_equal(weights["r.bias_hh_l0"], np.concatenate([np.zeros(6), reset]))


def test_a_script_shows_layers_as_a_student_would_write_them():
    moment = moment_of(resolve("spiral").saved.experiment)
    source, _ = written(PortableNetwork.of(moment, "Spiral"))
    for line in (
        "class Network(nn.Module):",
        "self.hidden1 = nn.Linear(2, 16)",
        "hidden1 = torch.tanh(self.hidden1(x))",
        "return torch.sigmoid(self.logits(x))",
    ):
        assert line in source


def test_names_of_the_person_break_no_script():
    moment = moment_of(table_of(("colour",)))
    network = PortableNetwork.of(moment, 'My """ net \\ of\nall')
    for target in (TARGET, JaxScript(), KerasModel()):
        for name, content in target.written(network, 'a "{net}"').files.items():
            assert not name.endswith(".py") or ast.parse(content)


# --- with PyTorch -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def torch():
    return pytest.importorskip("torch", reason="PyTorch is an extra: pip install '.[bench]'")


def loaded(folder, portable):
    for name, content in TARGET.written(portable, "net").files.items():
        (folder / name).write_bytes(content)
    spec = importlib.util.spec_from_file_location("exported", folder / "net.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_the_same_in_pytorch(torch, tmp_path, case):
    gaps = case.portable.preparation.gaps
    raw = [each[~np.isnan(each).all(axis=-1)] for each in case.raw] if gaps else list(case.raw)
    for precision, tolerance in TARGET.tolerances.items():
        module = loaded(tmp_path, replace(case.portable, precision=precision))
        with torch.no_grad():
            found = module.unscale(module.load()(*module.tensors(raw)).numpy())
        assert np.abs(found - case.outputs).max() <= tolerance * np.abs(case.outputs).max()
