"""A script of JAX has the network as a pure function of its weights."""

import ast
import importlib.util
import io

import numpy as np
import pytest
from portable_networks import cases
from small_experiments import moment_of

from playground.exports.network import PortableNetwork
from playground.exports.targets.jax_script import JaxScript
from playground.exports.targets.jax_script.writing import functions
from playground.files.sources import resolve

CASES = list(cases())
TARGET = JaxScript()


@pytest.mark.parametrize("case", CASES[::4], ids=lambda case: case.name)
def test_every_layer_is_a_script_with_its_weights_beside_it(case):
    files = TARGET.written(case.portable, "net").files
    tree = ast.parse(files["net.py"])
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & set(functions()) <= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    stored = np.load(io.BytesIO(files["net.npz"]))
    assert {name: stored[name].tobytes() for name in stored.files} == {
        name: array.tobytes() for name, array in case.portable.forward.arrays.items()
    }


def test_a_script_shows_the_network_as_a_function_of_its_weights():
    network = PortableNetwork.of(moment_of(resolve("spiral").saved.experiment), "Spiral")
    source = TARGET.written(network, "net").code
    assert "def forward(weights, x):" in source
    assert 'x @ weights["hidden1.weights"].T + weights["hidden1.bias"]' in source


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_the_same_in_jax(tmp_path, case):
    jax = pytest.importorskip("jax", reason="JAX is an extra: pip install '.[bench]'")
    jax.config.update("jax_enable_x64", True)
    for name, content in TARGET.written(case.portable, "net").files.items():
        (tmp_path / name).write_bytes(content)
    spec = importlib.util.spec_from_file_location("exported", tmp_path / "net.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    gaps = case.portable.preparation.gaps
    raw = [each[~np.isnan(each).all(axis=-1)] for each in case.raw] if gaps else list(case.raw)
    for precision, tolerance in TARGET.tolerances.items():
        found = module.forward(module.load(precision), *module.tensors(raw, precision))
        error = np.abs(module.unscale(np.asarray(found)) - case.outputs).max()
        assert error <= tolerance * np.abs(case.outputs).max()
