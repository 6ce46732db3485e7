"""What a gradient is summed up from: the terms add up to the engine's number, and say where they are."""

import numpy as np
import pytest
from training_examples import experiment

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.made_of import made_of
from playground.analysis.inspections.trace.parts import parts
from playground.analysis.inspections.trace.source import StepSource
from playground.analysis.inspections.trace.summed import handed_back, readers_of
from playground.analysis.inspections.trace.told_pools import of_pools
from playground.analysis.inspections.trace.trace import traced
from playground.engine.activations import Sigmoid
from playground.engine.layers import Dense, Flatten, Reshape
from playground.engine.layers.attention import SelfAttention
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.pooling import AveragePool, MaxPool
from playground.engine.layers.recurrent import Gru, Lstm, SimpleRnn
from playground.engine.layers.transposed import ConvTranspose
from playground.files.sources import resolve
from playground.training.trainer import Trainer

PICTURE, SEQUENCE = (4, 3, 2), (4, 2)
LAYERS = {
    "convolution": (PICTURE, Conv2D(filters=3, padding="same"), Conv2D(filters=2, kernel=2)),
    "groups": (PICTURE, Conv2D(filters=2, kernel=2, groups=2)),
    "strided and dilated": (SEQUENCE, Conv1D(filters=3, kernel=2, dilation=2, padding="causal", stride=2)),
    "transposed": (PICTURE, ConvTranspose(filters=2, kernel=3), ConvTranspose(filters=1, kernel=2)),
    "simple": (SEQUENCE, SimpleRnn(units=2, reads="both", gives="all"), SimpleRnn(units=2)),
    "gru": (SEQUENCE, Gru(units=2, gives="all"), Gru(units=2, reads="backwards")),
    "lstm": (SEQUENCE, Lstm(units=2, gives="all"), Lstm(units=3)),
    "attention": (SEQUENCE, SelfAttention(units=2), SelfAttention(units=3, causal=True)),
}


def trace_of(shape, *layers, tracing=Tracing(sample=2)):  # noqa: B008
    named = tuple(layer.with_(id=f"layer{place}") for place, layer in enumerate(layers))
    before = Dense(id="dense", units=int(np.prod(shape))), Reshape(id="grid", shape=shape)
    behind = Flatten(id="flat"), Dense(id="output", units=1, activation=Sigmoid())
    trainer = Trainer(experiment(*before, *named, *behind))
    trainer.run(3)
    return traced(StepSource.of(trainer), tracing)


def example(name, tracing=Tracing(sample=1)):  # noqa: B008
    trainer = Trainer(resolve(name).saved.experiment.with_(precision="float64"))
    return traced(StepSource.of(trainer), tracing)


def told(found, name, row, column=0):
    return " · ".join(str(text) for text in made_of(found, name, row, column))


def assert_every_gradient_is_summed_up(found):
    for tensor, sums in found.sums.items():
        wanted = found.values[parts(found.ran)[tensor].gradient]
        for row, column in np.ndindex(wanted.shape):
            terms = sums.terms(row, column)
            assert terms.products.sum() == pytest.approx(wanted[row, column], rel=1e-9, abs=1e-12)


def assert_what_goes_back_is_summed_up(found):
    """Of every layer whose readers say what they hand back."""
    ran, seen = found.ran, 0
    for position, node in enumerate(ran.network.graph.nodes):
        gradient = ran.a_gradients.get(node.layer.id)
        if gradient is None or not all(
            reader.layer.id in ran.sums for reader in readers_of(ran.network.graph, position)
        ):
            continue
        for unit in range(len(gradient)):
            back = handed_back(ran.network, ran.sums, found.before, position, unit, 0)
            total = sum(terms.products.sum() for _, terms in back)
            assert total == pytest.approx(gradient[unit, 0], rel=1e-9, abs=1e-12)
            seen += 1
    assert seen


@pytest.mark.parametrize("layers", LAYERS.values(), ids=LAYERS)
@pytest.mark.parametrize("tracing", [Tracing(sample=2), Tracing(of="batch")], ids=["sample", "batch"])
def test_terms_add_up_to_the_gradients_of_a_step(layers, tracing):
    found = trace_of(*layers, tracing=tracing)
    assert_every_gradient_is_summed_up(found)
    assert_what_goes_back_is_summed_up(found)
    for line in found.lines():
        if line.source and line.name.startswith("d"):
            worked = line.worked(found.values)
            np.testing.assert_allclose(worked, found.values[line.name], rtol=1e-9, atol=1e-12)


def test_terms_of_a_graph_add_up_over_its_nodes():
    found = example("karate_gcn")
    assert_every_gradient_is_summed_up(found)
    assert_what_goes_back_is_summed_up(found)
    assert "summed over 34 nodes" in told(found, "dW1", 0, 3)


def test_every_product_of_matrices_is_written_as_one():
    written = {line.name: line.source for line in trace_of(*LAYERS["gru"]).lines()}
    assert written["dW3"] == "Delta_W3 @ X_W3.T"
    assert written["dU3"] == "Delta_U3 @ H_U3.T"
    assert written["db3"] == "over_samples(Delta_W3)"
    assert written["dWback4"] == "Delta_Wback4 @ X_Wback4.T"
    written = {line.name: line.source for line in trace_of(*LAYERS["transposed"]).lines()}
    assert written["dW3"] == ""


def test_a_weight_of_a_filter_says_where_its_largest_term_is():
    found = example("digits_cnn")
    delta = found.values["delta1"][:, 0].reshape(8, 8, 8)
    seen = np.pad(found.values["x"][:, 0].reshape(8, 8), 1)
    products = delta[..., 4] * seen[0:8, 2:10]  # the weight at the top right
    down, across = np.unravel_index(np.abs(products).argmax(), (8, 8))
    text = told(found, "dW1", 4, 2)
    assert text.startswith("filter 5, row 1, column 3 of its window, channel 1 · summed over 64 places")
    assert f"the largest at row {down + 1}, column {across + 1};" in text
    assert found.values["dW1"][4, 2] == pytest.approx(products.sum())


def test_a_pattern_that_is_laid_down_writes_its_terms_out():
    found = trace_of(PICTURE, ConvTranspose(filters=2, kernel=3))
    name = "dW3"
    text = told(found, name, 1, 12)
    assert text.startswith("filter 2, row 2, column 1 of its window, channel 2 · summed over 12 places · ")
    assert text.endswith(f"= {found.values[name][1, 12]:.4g}".replace("-", "−"))
    assert "more, together" in text
    assert told(found, "z3", 5).split(" · ")[1].startswith("the patterns that lie there")


@pytest.mark.parametrize(
    ("layer", "name", "row", "words"),
    [
        (Gru(units=2), "dW3", 3, "update gate of neuron 2, for input 1 · summed over 4 steps"),
        (Gru(units=2), "dU3", 4, "candidate of neuron 1, for the state of neuron 1"),
        (Gru(units=2), "dc3", 1, "candidate of neuron 2"),
        (Lstm(units=2), "db3", 4, "forget gate of neuron 1 · summed over 4 steps"),
        (SelfAttention(units=2), "dW3", 3, "answer K of neuron 2, for input 1"),
        (Conv1D(filters=3, kernel=2), "dW3", 2, "filter 3, step 1 of its window, column 1"),
    ],
    ids=["gate", "state", "bias of the state", "bias", "attention", "sequence"],
)
def test_a_weight_says_what_it_is_of(layer, name, row, words):
    assert told(trace_of(SEQUENCE, layer), name, row).startswith(words)


def test_what_a_layer_hands_back_is_told_with_the_largest_terms_first():
    found = trace_of(*LAYERS["convolution"])
    text = told(found, "da3", 5)
    assert text.startswith("row 1, column 2, channel 3 · Conv 2D 2 hands back its weights times δ: ")
    assert text.endswith(f"= {found.values['da3'][5, 0]:.4g}".replace("-", "−"))


@pytest.mark.parametrize(
    "pool", [MaxPool(), MaxPool(size=3, stride=1), AveragePool(size=3, stride=2, padding="same")]
)
@pytest.mark.parametrize("shape", [PICTURE, SEQUENCE], ids=["picture", "sequence"])
def test_a_pool_hands_back_what_reached_the_values_made_of_it(pool, shape):
    found = trace_of(shape, pool, tracing=Tracing(of="batch"))
    gradient = found.values["da1"]
    for unit, sample in np.ndindex(gradient.shape):
        (text,) = map(str, of_pools(found, 1, unit, sample))
        if gradient[unit, sample] == 0:
            assert "hands nothing back" in text
        else:
            last = text.rsplit(" = ", 1)[-1].split(": ")[-1].split(" (")[0].replace("−", "-")
            assert float(last.replace("e-", "e-")) == pytest.approx(gradient[unit, sample], rel=1e-2)


def test_a_sample_that_has_no_update_has_terms_too():
    found = trace_of(*LAYERS["simple"], tracing=Tracing(side="test", sample=0))
    assert_every_gradient_is_summed_up(found)
