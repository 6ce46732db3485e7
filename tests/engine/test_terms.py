"""What layers add to the loss: it is measured, its gradient is followed, and it can be told apart."""

import json

import numpy as np
import pytest
from pytorch_values import PATH, TOLERANCE, array

from playground.engine.activations import Linear, Sigmoid
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import Dense
from playground.engine.layers.sparsity import Sparsity
from playground.engine.layers.variational import Variational
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.randomness import Pcg64

REFERENCES = json.loads(PATH.with_name("pytorch_terms.json").read_text(encoding="utf-8"))["terms"]
KINDS = {"variational": Variational, "sparsity": Sparsity}


def network(*layers, inputs=3, streams=None, dtype="float64"):
    layers = tuple(layer.with_(id=f"layer{place}") for place, layer in enumerate(layers))
    made = Network(Architecture(layers=layers), (inputs,), dtype, streams)
    made.parameters[:] = np.random.default_rng(0).normal(0, 0.5, made.parameters.size)
    return made


def linear(units):
    return Dense(units=units, activation=Linear())


SAMPLES = np.random.default_rng(1).normal(size=(6, 3))


def code(layer, values):
    """The network's plan that gives a layer these values (units, samples) as they are."""
    made = network(layer, linear(1), inputs=len(values))
    plan = made.plan(values.shape[1])
    plan.run(values.T)
    return plan


@pytest.mark.parametrize("entry", REFERENCES, ids=lambda entry: f"{entry['kind']} {entry['parameters']}")
def test_term_and_gradient_are_pytorchs(entry):
    layer = KINDS[entry["kind"]](**entry["parameters"])
    streams = Pcg64().streams()
    values = array(entry["input"])
    made = network(layer, linear(2), inputs=len(values), streams=streams)
    made.block("layer1", "weights")[:, :-1] = entry["weights"]
    made.block("layer1", "weights")[:, -1] = 0
    plan = made.plan(values.shape[1], SquaredError(), input_gradient=True)
    plan.input[:, :-1], plan.target[:] = values.T, array(entry["targets"]).T
    if "noise" in entry:
        plan.forward = tuple(_with_noise(plan.forward, array(entry["noise"])))
        plan.operations = plan.forward + plan.backward
    plan.step()
    assert plan.term() == pytest.approx(entry["term"], rel=1e-12)
    np.testing.assert_allclose(plan.outputs, entry["output"], **TOLERANCE)
    np.testing.assert_allclose(plan.input_gradient.T, entry["input_gradient"], **TOLERANCE)


def _with_noise(operations, noise):
    """The same operations, but that this noise is drawn."""
    for operation in operations:
        drawn = getattr(operation, "keywords", {}).get("out")
        yield operation if drawn is None else (lambda drawn=drawn: np.copyto(drawn, noise))


def test_the_divergence_is_the_closed_form_and_what_chance_measures():
    means, deviations = np.array([0.5, -1.0]), np.array([0.7, 1.3])
    values = np.concatenate([means, 2 * np.log(deviations)])[:, np.newaxis]
    closed = 0.5 * (means**2 + deviations**2 - 1 - 2 * np.log(deviations)).sum()
    drawn = means + deviations * np.random.default_rng(2).normal(size=(200_000, 2))
    of_own = -0.5 * ((drawn - means) / deviations) ** 2 - np.log(deviations)
    measured = (of_own + 0.5 * drawn**2).sum(axis=1).mean()
    found = code(Variational(beta=2), values).term()
    assert found == pytest.approx(2 * closed, rel=1e-12)
    assert found == pytest.approx(2 * measured, rel=0.02)


def test_the_normal_distribution_costs_nothing():
    assert code(Variational(beta=1), np.zeros((4, 5))).term() == 0


def test_the_code_is_the_mean_at_test_time_and_spread_around_it_in_training():
    made = network(linear(4), Variational(), linear(1), streams=Pcg64().streams())
    made.block("layer0", "weights")[2:, :-1] = 0  # every σ is the same
    made.block("layer0", "weights")[2:, -1] = 2 * np.log(0.3)
    means = made.activations(SAMPLES)["layer0"][:2].copy()
    np.testing.assert_array_equal(made.activations(SAMPLES)["layer1"], means)
    many = np.repeat(SAMPLES[:1], 20_000, axis=0)
    plan = made.plan(len(many), SquaredError())
    plan.run(many)
    spread = plan.values["layer1"]
    np.testing.assert_allclose(spread.mean(axis=1), means[:, 0], atol=0.01)
    np.testing.assert_allclose(spread.std(axis=1), 0.3, rtol=0.02)


def test_an_odd_number_of_values_is_no_means_and_variances():
    layers = (linear(3).with_(id="a"), Variational(id="b"), linear(1).with_(id="c"))
    (problem,) = resolve(Architecture(layers=layers), (2,)).problems
    assert problem.layer_id == "b"
    assert "even number" in str(problem.text)


def test_the_price_of_activity_is_the_sum_of_sizes_a_sample():
    values = np.array([[1.0, -2.0], [0.5, 0.0]])
    assert code(Sparsity(strength=0.1), values).term() == pytest.approx(0.1 * 3.5 / 2)


def test_the_price_of_means_is_zero_at_rho_and_grows_on_both_sides():
    def price(mean):
        return code(Sparsity(by="kl", rho=0.2, strength=1), np.full((1, 4), mean)).term()

    assert price(0.2) == pytest.approx(0)
    assert price(0.4) == pytest.approx(0.2 * np.log(0.5) + 0.8 * np.log(0.8 / 0.6))
    assert price(0.1) > 0
    assert price(1.5) > price(1.0) > price(0.9)  # finite where values are no shares at all


def test_a_frozen_sigmoid_layer_cannot_be_moved_by_the_price():
    frozen = Dense(units=2, activation=Sigmoid(), frozen=True)
    made = network(frozen, Sparsity(), linear(1))
    made.plan(6, SquaredError()).step()
    assert not made.gradients[made.spans()["layer0"]].any()


@pytest.mark.parametrize("layer", [Variational(beta=0.3), Sparsity(strength=0.3)], ids=lambda one: one.kind)
def test_single_and_double_precision_agree(layer):
    terms = []
    for dtype in ("float32", "float64"):
        plan = network(linear(4), layer, linear(1), dtype=dtype).plan(6, SquaredError())
        plan.input[:, :-1] = SAMPLES
        plan.step()
        terms.append(plan.term())
    assert terms[0] == pytest.approx(terms[1], rel=1e-5)


def test_a_network_without_such_layers_adds_nothing():
    plan = network(linear(2), linear(1)).plan(6)
    assert plan.terms == ()
    assert plan.term() == 0
