"""Weights of other programs land where they belong, whichever way round their libraries have them."""

from itertools import pairwise

import numpy as np
import pytest
from safetensors.numpy import save_file

from playground.engine.activations import Linear, Relu, Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.pooling import MaxPool
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.engine.layers.shape import Flatten
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.weights import reading
from playground.weights.fitting import fit
from playground.weights.found import FoundWeights, WeightsProblem
from playground.weights.groups import grouped
from playground.weights.loaded import LoadedWeights
from playground.weights.taking import take

PLAIN = Experiment()
"""2 → 4 → 2 → 1, all tanh but the last."""


def chance():
    return np.random.default_rng(7)


def dense_layers(*sizes):
    """Weights (units, inputs) and biases of layers behind one another."""
    draw = chance()
    return [(draw.normal(size=(b, a)), draw.normal(size=b)) for a, b in pairwise(sizes)]


def by_hand(x, layers):
    """What tanh layers with a sigmoid at the end make of rows of inputs."""
    for number, (weight, bias) in enumerate(layers, 1):
        z = x @ weight.T + bias
        x = 1 / (1 + np.exp(-z)) if number == len(layers) else np.tanh(z)
    return x


def opened(path, experiment=PLAIN):
    return take(experiment, reading.read(path), path.name)


def predicted(taken, x):
    network = Network(taken.experiment.network, taken.experiment.data.input_shape, "float64")
    taken.weights.put(network)
    return network.predict(x)


@pytest.fixture
def write(tmp_path):
    def write(arrays, name="weights.npz"):
        path = tmp_path / name
        if name.endswith(".npz"):
            np.savez(path, **arrays)
        else:
            save_file({key: np.ascontiguousarray(value) for key, value in arrays.items()}, path)
        return path

    return write


def of_pytorch(layers):
    return {f"net.{2 * n}.{role}": values[at] for n, values in enumerate(layers)
            for at, role in enumerate(("weight", "bias"))}  # fmt: skip


NAMED = {
    "PyTorch": of_pytorch,
    "Keras": lambda layers: {
        f"dense_{n}/{role}:0": values
        for n, (w, b) in enumerate(layers)
        for role, values in (("kernel", w.T), ("bias", b))
    },
    "get_weights": lambda layers: {
        f"arr_{2 * n + at}": values for n, (w, b) in enumerate(layers) for at, values in enumerate((w.T, b))
    },
    "NumPy": lambda layers: {
        f"{role}{n}": values for n, (w, b) in enumerate(layers, 1) for role, values in (("W", w.T), ("b", b))
    },
    "scikit-learn": lambda layers: {
        f"{role}_{n}": values
        for n, (w, b) in enumerate(layers)
        for role, values in (("coefs", w.T), ("intercepts", b))
    },
    "our own": lambda layers: {
        f"{layer}.{role}": values
        for layer, (w, b) in zip(("dense1", "dense2", "output"), layers, strict=True)
        for role, values in (("weights", w), ("bias", b))
    },
}


@pytest.mark.parametrize("way", NAMED.values(), ids=NAMED)
@pytest.mark.parametrize("suffix", [".npz", ".safetensors"])
def test_weights_are_put_onto_the_network_as_their_library_has_them(write, way, suffix):
    layers = dense_layers(2, 4, 2, 1)
    taken = opened(write(way(layers), f"weights{suffix}"))
    x = chance().normal(size=(6, 2))
    assert not taken.is_new
    np.testing.assert_allclose(predicted(taken, x), by_hand(x, layers), rtol=1e-12)


def test_a_network_of_other_sizes_is_made_of_them(write):
    layers = dense_layers(2, 5, 3, 1)
    taken = opened(write(of_pytorch(layers)))
    x = chance().normal(size=(6, 2))
    assert taken.is_new
    assert [layer.units for layer in taken.experiment.network.layers] == [5, 3, 1]
    assert "choose them as they were" in str(taken.report)
    np.testing.assert_allclose(predicted(taken, x), by_hand(x, layers), rtol=1e-12)


def test_what_fits_by_name_is_put_and_the_rest_is_named(write):
    layers = dense_layers(2, 4, 7)
    arrays = {"dense1.weight": layers[0][0], "dense1.bias": layers[0][1], "head.weight": layers[1][0]}
    taken = opened(write(arrays))
    assert set(taken.weights.pieces) == {"dense1.weights", "dense1.bias"}
    assert "head has no place here." in str(taken.report)
    assert "Output keeps the weights it had." in str(taken.report)


def test_the_tenth_layer_comes_behind_the_second_in_a_sorted_file(write):
    layers = dense_layers(2, *[3] * 11, 1)
    network = Architecture(
        layers=(
            *(Dense(id=f"d{n}", units=3) for n in range(11)),
            Dense(id="output", units=1, activation=Sigmoid()),
        )
    )
    taken = opened(write(of_pytorch(layers), "sorted.safetensors"), PLAIN.with_(network=network))
    x = chance().normal(size=(4, 2))
    np.testing.assert_allclose(predicted(taken, x), by_hand(x, layers), rtol=1e-12)


def test_a_network_that_cannot_read_the_data_is_refused_with_the_reason(write):
    with pytest.raises(WeightsProblem, match="reads 3 values, and these data give 2"):
        opened(write(of_pytorch(dense_layers(3, 5, 1))))
    with pytest.raises(WeightsProblem, match="cannot learn these data"):
        opened(write(of_pytorch(dense_layers(2, 5, 7))))


# --- layers on grids, and in time -------------------------------------------------------------------


def fitted(layers, shape, arrays):
    """A network of these layers with the arrays that fit."""
    network = Network(Architecture(layers=layers), shape, "float64")
    groups, convention = grouped(arrays)
    found = fit(network.graph, FoundWeights(arrays, groups, convention), {})
    assert found.whole, found
    LoadedWeights("file", found.pieces).put(network)
    return network


def convolved(x, weight, bias):
    """PyTorch's conv2d without padding: (n, channels, height, width)."""
    size = weight.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(x, size, axis=(2, 3))
    return np.einsum("ncijuv,fcuv->nfij", windows, weight) + bias[:, None, None]


def test_channels_first_become_channels_last_behind_a_flatten_too():
    draw = chance()
    w, b = draw.normal(size=(3, 2, 2, 2)), draw.normal(size=3)
    v, c = draw.normal(size=(2, 3 * 2 * 2)), draw.normal(size=2)
    arrays = {"conv.weight": w, "conv.bias": b, "fc.weight": v, "fc.bias": c}
    layers = (
        Conv2D(id="a", filters=3, kernel=2, activation=Relu()),
        MaxPool(id="p"),
        Flatten(id="f"),
        Dense(id="d", units=2, activation=Linear()),
    )
    x = draw.normal(size=(4, 2, 5, 5))
    maps = np.maximum(convolved(x, w, b), 0)
    pooled = maps.reshape(4, 3, 2, 2, 2, 2).max(axis=(3, 5))
    expected = pooled.reshape(4, -1) @ v.T + c
    network = fitted(layers, (5, 5, 2), arrays)
    np.testing.assert_allclose(network.predict(np.moveaxis(x, 1, -1).reshape(4, -1)), expected, rtol=1e-12)

    of_keras = {
        "conv/kernel": w.transpose(2, 3, 1, 0), "conv/bias": b,
        "fc/kernel": np.moveaxis(v.reshape(2, 3, 2, 2), 1, -1).reshape(2, -1).T, "fc/bias": c,
    }  # fmt: skip
    network = fitted(layers, (5, 5, 2), of_keras)
    np.testing.assert_allclose(network.predict(np.moveaxis(x, 1, -1).reshape(4, -1)), expected, rtol=1e-12)


def test_a_convolution_over_time_is_turned_too():
    draw = chance()
    w, b = draw.normal(size=(3, 2, 4)), draw.normal(size=3)
    x = draw.normal(size=(5, 2, 6))
    windows = np.lib.stride_tricks.sliding_window_view(x, 4, axis=2)
    expected = np.einsum("nctk,fck->ntf", windows, w) + b
    layers = (
        Conv1D(id="a", filters=3, kernel=4, activation=Linear()),
        Flatten(id="f"),
        Dense(id="d", units=9, activation=Linear()),
    )
    flat = np.swapaxes(x, 1, 2).reshape(5, -1)
    of_keras = {"c/kernel": w.transpose(2, 1, 0), "c/bias": b, "d/kernel": np.eye(9)}
    network = fitted(layers, (6, 2), of_keras)
    np.testing.assert_allclose(network.predict(flat), expected.reshape(5, -1), rtol=1e-12)
    of_pytorch = {"c.weight": w, "c.bias": b, "d.weight": np.eye(9)}
    network = fitted(layers, (6, 2), of_pytorch)
    channels_first = np.swapaxes(expected, 1, 2).reshape(5, -1)
    np.testing.assert_allclose(network.predict(flat), channels_first, rtol=1e-12)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm(x, w, u, b, c):
    """PyTorch's: the gates are i, f, g, o, and there are two biases."""
    h = cell = np.zeros((len(x), u.shape[1]))
    for t in range(x.shape[1]):
        i, f, g, o = np.split(x[:, t] @ w.T + b + h @ u.T + c, 4, axis=1)
        cell = sigmoid(f) * cell + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(cell)
    return h


def gru(x, w, u, b, c):
    """PyTorch's: the gates are r, z, n, and r resets what U makes of the state, with its bias."""
    h = np.zeros((len(x), u.shape[1]))
    for t in range(x.shape[1]):
        xr, xz, xn = np.split(x[:, t] @ w.T + b, 3, axis=1)
        hr, hz, hn = np.split(h @ u.T + c, 3, axis=1)
        z = sigmoid(xz + hz)
        h = (1 - z) * np.tanh(xn + sigmoid(xr + hr) * hn) + z * h
    return h


def rnn(x, w, u, b, c):
    h = np.zeros((len(x), u.shape[1]))
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ w.T + b + h @ u.T + c)
    return h


RECURRENT = {
    "lstm": (Lstm, 4, lstm, (0, 1, 2, 3)),
    "gru": (Gru, 3, gru, (1, 0, 2)),
    "rnn": (SimpleRnn, 1, rnn, (0,)),
}


@pytest.mark.parametrize("kind", RECURRENT)
def test_gates_are_in_their_order_and_two_biases_become_one(kind):
    layer, gates, by_hand, keras_order = RECURRENT[kind]
    draw = chance()
    w, u = draw.normal(size=(gates * 3, 2)), draw.normal(size=(gates * 3, 3))
    b, c = draw.normal(size=gates * 3), draw.normal(size=gates * 3)
    x = draw.normal(size=(4, 5, 2))
    of_pytorch = {"r.weight_ih_l0": w, "r.weight_hh_l0": u, "r.bias_ih_l0": b, "r.bias_hh_l0": c}
    turn = lambda values: np.concatenate([np.split(values, gates)[gate] for gate in keras_order])  # noqa: E731
    bias = np.stack([turn(b), turn(c)]) if kind == "gru" else turn(b + c)
    of_keras = {"r/kernel": turn(w).T, "r/recurrent_kernel": turn(u).T, "r/bias": bias}
    expected = by_hand(x, w, u, b, c)
    for arrays in (of_pytorch, of_keras):
        end = {"d/kernel" if "r/bias" in arrays else "d.weight": np.eye(3)}
        layers = (layer(id="r", units=3), Dense(id="d", units=3, activation=Linear()))
        network = fitted(layers, (5, 2), arrays | end)
        np.testing.assert_allclose(network.predict(x.reshape(4, -1)), expected, rtol=1e-10)


def test_a_batch_norm_gets_its_running_averages_and_counts_are_passed_over():
    gamma, beta, mean, variance = chance().uniform(1, 2, size=(4, 2))
    arrays = {
        "n.weight": gamma, "n.bias": beta, "n.running_mean": mean, "n.running_var": variance,
        "n.num_batches_tracked": np.array(12),
    }  # fmt: skip
    network = fitted((BatchNorm(id="n"), Dense(id="d", units=2, activation=Linear())), (2,), arrays | {
        "d.weight": np.eye(2), "d.bias": np.zeros(2),
    })  # fmt: skip
    x = chance().normal(size=(5, 2))
    expected = gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta
    np.testing.assert_allclose(network.predict(x), expected, rtol=1e-12)


# --- files that cannot be -----------------------------------------------------------------------------


def test_a_pickle_is_never_opened_and_it_is_said_how_to_save_safetensors(tmp_path):
    path = tmp_path / "model.pt"
    path.write_bytes(b"no matter what")
    with pytest.raises(WeightsProblem, match="save_file"):
        reading.read(path)


def test_a_pickle_within_an_archive_is_not_unpickled(tmp_path):
    path = tmp_path / "w.npz"
    np.savez(path, weight=np.array([print], dtype=object))
    with pytest.raises(WeightsProblem, match="damaged"):
        reading.read(path)


@pytest.mark.parametrize("suffix", [".h5", ".weights.h5", ".keras"])
def test_files_of_keras_say_what_to_save_instead(tmp_path, suffix):
    with pytest.raises(WeightsProblem, match="get_weights"):
        reading.read(tmp_path / f"model{suffix}")


@pytest.mark.parametrize("suffix", [".npz", ".safetensors", ".onnx"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\xff" * 100])
def test_a_damaged_file_is_a_sentence(tmp_path, suffix, content):
    path = tmp_path / f"w{suffix}"
    path.write_bytes(content)
    with pytest.raises(WeightsProblem):
        reading.read(path)


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(WeightsProblem, match="cannot be read"):
        reading.read(tmp_path / "w.npz")


def test_infinite_weights_are_refused_by_name(write):
    with pytest.raises(WeightsProblem, match=r"0\.weight"):
        reading.read(write({"0.weight": np.full((4, 2), np.inf), "0.bias": np.zeros(4)}))


def test_a_table_in_an_archive_is_no_weights(write):
    assert not reading.is_weights(write({"X": np.zeros((9, 2)), "y": np.zeros(9)}))
    assert reading.is_weights(write(of_pytorch(dense_layers(2, 4, 1))))


def test_what_was_there_before_is_put_back():
    network = Network(PLAIN.network, (2,))
    before = network.parameters.copy()
    loaded = LoadedWeights("w.npz", {"dense1.weights": np.ones((4, 2)), "dense2.bias": np.ones(5)})
    assert loaded.put(network)
    assert (network.block("dense1", "weights")[:, :-1] == 1).all()
    loaded.take_back(network)
    assert (network.parameters == before).all()


def test_weights_that_single_precision_lacks_stay_out():
    network = Network(PLAIN.network, (2,), "float32")
    LoadedWeights("w.npz", {"dense1.weights": np.full((4, 2), 1e39)}).put(network)
    assert np.isfinite(network.parameters).all()
