"""An ONNX file becomes a network on the canvas that answers as ONNX Runtime does."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from playground.engine.graph import Architecture
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.weights import reading
from playground.weights.found import WeightsProblem
from playground.weights.taking import take


def chance():
    return np.random.default_rng(3)


def array(*shape):
    return chance().normal(size=shape).astype(np.float32)


def model(shape, nodes, constants, output="y"):
    """A model that reads samples of that shape, with a batch axis of any length."""
    graph = helper.make_graph(
        nodes,
        "graph",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *shape])],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


@pytest.fixture
def found(tmp_path):
    def found(*what):
        path = tmp_path / "net.onnx"
        onnx.save(model(*what), path)
        return reading.read(path), path

    return found


def same_as_the_runtime(found, path, x):
    """Samples as the file has them, channels first."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (expected,) = session.run(None, {"x": x})
    shape = (*x.shape[2:], x.shape[1]) if x.ndim > 2 else x.shape[1:]
    network = Network(Architecture(layers=found.layers), shape)
    for name, tensor in (*network.tensors(), *network.state_tensors()):
        tensor[...] = found.arrays[name]
    given = np.moveaxis(x, 1, -1).reshape(len(x), -1)
    np.testing.assert_allclose(network.predict(given), expected.reshape(len(x), -1), rtol=2e-5, atol=1e-6)


DENSE = {"w": array(4, 2), "b": array(4), "v": array(4, 1), "c": array(1)}


def gemm(name, x, w, b, y, **attributes):
    return helper.make_node("Gemm", [x, w, b], [y], name, **attributes)


@pytest.mark.parametrize("turned", [0, 1])
def test_gemm_either_way_round_with_its_factors(found, turned):
    constants = {**DENSE, "w": DENSE["w"] if turned else DENSE["w"].T.copy()}
    nodes = [
        gemm("first", "x", "w", "b", "h", transB=turned, alpha=0.5, beta=2.0),
        helper.make_node("Tanh", ["h"], ["a"]),
        gemm("last", "a", "v", "c", "y"),
    ]
    same_as_the_runtime(*found((2,), nodes, constants), chance().normal(size=(5, 2)).astype(np.float32))


def test_a_product_and_a_sum_are_one_dense_layer(found):
    nodes = [
        helper.make_node("Transpose", ["w"], ["wt"], perm=[1, 0]),
        helper.make_node("MatMul", ["x", "wt"], ["p"]),
        helper.make_node("Add", ["b", "p"], ["h"]),
        helper.make_node("LeakyRelu", ["h"], ["a"], alpha=0.2),
        helper.make_node("MatMul", ["a", "v"], ["y"]),
    ]
    read, path = found((2,), nodes, DENSE)
    assert [layer.tag() for layer in read.layers] == ["dense", "dense"]
    assert read.layers[0].activation.gamma == 0.2
    same_as_the_runtime(read, path, chance().normal(size=(5, 2)).astype(np.float32))


BENT = [("Relu", {}), ("Sigmoid", {}), ("Tanh", {}), ("Elu", {"alpha": 0.7}), ("Selu", {}), ("Softplus", {}),
        ("Softsign", {}), ("Gelu", {}), ("Mish", {}), ("Sin", {}), ("HardSigmoid", {"alpha": 0.25}),
        ("Softmax", {"axis": 1})]  # fmt: skip


@pytest.mark.parametrize(("op", "attributes"), BENT, ids=lambda each: each if isinstance(each, str) else "")
def test_activations_are_those_of_the_file(found, op, attributes):
    nodes = [gemm("d", "x", "w", "b", "h", transB=1), helper.make_node(op, ["h"], ["y"], **attributes)]
    same_as_the_runtime(*found((2,), nodes, DENSE), chance().normal(size=(9, 2)).astype(np.float32) * 2)


def test_swish_of_two_steps_is_one_activation(found):
    nodes = [
        gemm("d", "x", "w", "b", "h", transB=1),
        helper.make_node("Sigmoid", ["h"], ["s"]),
        helper.make_node("Mul", ["h", "s"], ["y"]),
    ]
    read, path = found((2,), nodes, DENSE)
    assert read.layers[0].activation.tag() == "swish"
    same_as_the_runtime(read, path, chance().normal(size=(5, 2)).astype(np.float32))


def convolutional(pads=(1, 1, 1, 1), strides=(1, 1), pool=None, size=6):
    pool = pool or {"kernel_shape": [2, 2], "strides": [2, 2]}
    side = (size + pads[0] + pads[2] - 3) // strides[0] + 1
    flat = 3 * (side // 2) ** 2
    constants = {"w": array(3, 2, 3, 3), "b": array(3), "v": array(2, flat), "c": array(2)}
    constants |= {name: np.abs(array(3)) for name in ("gamma", "beta", "mean", "var")}
    nodes = [
        helper.make_node(
            "Conv",
            ["x", "w", "b"],
            ["h"],
            "conv",
            pads=list(pads),
            strides=list(strides),
            kernel_shape=[3, 3],
        ),
        helper.make_node("BatchNormalization", ["h", "gamma", "beta", "mean", "var"], ["m"], epsilon=1e-3),
        helper.make_node("Relu", ["m"], ["r"]),
        helper.make_node("MaxPool", ["r"], ["p"], "pool", **pool),
        helper.make_node("Flatten", ["p"], ["f"]),
        gemm("d", "f", "v", "c", "y", transB=1),
    ]
    return (2, size, size), nodes, constants


def test_channels_first_become_last_and_the_layer_behind_the_flatten_too(found):
    read, path = found(*convolutional())
    tags = [layer.tag() for layer in read.layers]
    assert tags == ["conv_2d", "batch_norm", "activation", "max_pool", "flatten", "dense"]
    assert read.layers[0].padding == "same"
    assert read.layers[1].epsilon == 1e-3
    same_as_the_runtime(read, path, chance().normal(size=(4, 2, 6, 6)).astype(np.float32))


def test_padding_on_both_sides_of_a_stride_is_refused_and_what_keras_pads_is_not(found):
    with pytest.raises(WeightsProblem, match=r"conv.*padded by 1, 1, 1, 1"):
        found(*convolutional(strides=(2, 2)))
    read, path = found(*convolutional(pads=(0, 0, 1, 1), strides=(2, 2)))
    same_as_the_runtime(read, path, chance().normal(size=(4, 2, 6, 6)).astype(np.float32))


def test_rounding_windows_up_is_refused_where_it_makes_one_more(found):
    rounding = {"kernel_shape": [2, 2], "strides": [2, 2], "ceil_mode": 1}
    read, path = found(*convolutional(pool=rounding))
    same_as_the_runtime(read, path, chance().normal(size=(2, 2, 6, 6)).astype(np.float32))
    with pytest.raises(WeightsProblem, match="pool"):
        found(*convolutional(pool=rounding, size=7))


def test_an_average_that_counts_its_padding_is_refused(found):
    pool = {"kernel_shape": [3, 3], "strides": [1, 1], "pads": [1, 1, 1, 1]}
    nodes = [helper.make_node("AveragePool", ["x"], ["p"], "mean", count_include_pad=1, **pool)]
    with pytest.raises(WeightsProblem, match="averages its padding"):
        found((2, 6, 6), nodes, {}, "p")


def test_a_global_pool_needs_no_flatten(found):
    nodes = [
        helper.make_node("Conv", ["x", "w"], ["h"]),
        helper.make_node("GlobalAveragePool", ["h"], ["g"]),
        helper.make_node("Flatten", ["g"], ["f"]),
        gemm("d", "f", "v", "c", "y", transB=1),
    ]
    constants = {"w": array(3, 2, 3, 3), "v": array(2, 3), "c": array(2)}
    same_as_the_runtime(
        *found((2, 6, 6), nodes, constants), chance().normal(size=(3, 2, 6, 6)).astype(np.float32)
    )


def test_what_no_layer_does_is_named(found):
    with pytest.raises(WeightsProblem, match=r"odd.*Erf"):
        found((2,), [helper.make_node("Erf", ["x"], ["y"], "odd")], {})
    forks = [gemm("d", "x", "w", "b", "h"), helper.make_node("Add", ["h", "h2"], ["y"])]
    forks += [helper.make_node("Tanh", ["h"], ["h2"])]
    with pytest.raises(WeightsProblem, match="branches behind “h”"):
        found((2,), forks, {**DENSE, "w": DENSE["w"].T.copy()})
    bent = [
        gemm("d", "x", "w", "b", "h", transB=1),
        helper.make_node("Gelu", ["h"], ["y"], approximate="tanh"),
    ]
    with pytest.raises(WeightsProblem, match="not known here in that form"):
        found((2,), bent, DENSE)


def test_scaling_in_front_and_an_answer_behind_are_passed_over_and_named(found):
    nodes = [
        helper.make_node("Sub", ["x", "m"], ["s"], "scale"),
        gemm("d", "s", "w", "b", "h", transB=1),
        helper.make_node("ArgMax", ["h"], ["y"], "answer"),
    ]
    read, _ = found((2,), nodes, {**DENSE, "m": array(2)})
    assert [str(text) for text in read.left] == [
        "“scale” (Sub) is left out.",
        "“answer” (ArgMax) is left out.",
    ]


def test_a_file_makes_a_network_on_the_canvas_and_puts_weights_onto_one_like_it(found):
    nodes = [
        gemm("d", "x", "w", "b", "h", transB=1),
        helper.make_node("Relu", ["h"], ["a"]),
        gemm("e", "a", "v", "c", "z"),
        helper.make_node("Sigmoid", ["z"], ["y"]),
    ]
    read, path = found((2,), nodes, DENSE)
    made = take(Experiment(), read, path.name)
    assert made.is_new
    assert not made.experiment.problems()
    again = take(made.experiment, read, path.name)
    assert not again.is_new
    assert again.weights.pieces.keys() == made.weights.pieces.keys()
