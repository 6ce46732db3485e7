"""Whole networks train as in PyTorch: parameters, losses, gradients and running averages over 100 steps."""

import numpy as np
import pytest
from pytorch_values import TOLERANCE, VALUES, array

from playground.engine.activations import Linear, Sigmoid, Softmax, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import ActivationLayer, Dense, Layer
from playground.engine.losses import Loss
from playground.engine.network import Network
from playground.engine.optimizers import GradientDescent
from playground.engine.regularizers import L2

LAYERS = {member.tag(): member for member in Layer.members()}
LOSSES = {member.tag(): member for member in Loss.members()}
OUTPUTS = {"binary_cross_entropy": Sigmoid(), "cross_entropy": Softmax(), "squared_error": Linear()}


def architecture(entry):
    """The layers one to one, each activation as a layer of its own."""
    layers = []
    for row in entry["layers"]:
        place = {"id": row["name"], "inputs": tuple(row["inputs"])}
        if row["kind"] == "dense":
            last = row is entry["layers"][-1]
            activation = OUTPUTS[entry["loss"]] if last else Linear()
            layers.append(Dense(units=row["units"], activation=activation, **place))
        elif row["kind"] in LAYERS:
            layers.append(LAYERS[row["kind"]](**place))
        else:
            layers.append(ActivationLayer.build({"activation": {"kind": row["kind"]}} | place))
    return Architecture(layers=tuple(layers))


def fused(entry):
    """The same with each activation inside the dense layer before it, where there is one."""
    layers, renamed = [], {}
    for layer in architecture(entry).layers:
        if isinstance(layer, ActivationLayer) and isinstance(layers[-1], Dense):
            layers[-1] = layers[-1].with_(activation=layer.activation)
            renamed[layer.id] = layers[-1].id
        else:
            layers.append(layer.with_(inputs=tuple(renamed.get(name, name) for name in layer.inputs)))
    return Architecture(layers=tuple(layers))


class Run:
    """Full-batch gradient descent on a stored network."""

    def __init__(self, entry, build):
        self.entry = entry
        self.inputs = array(entry["input"]).T
        self.network = Network(build(entry), self.inputs.shape[1:], "float64")
        self.put(entry["records"][0]["parameters"])
        self.loss = LOSSES[entry["loss"]]()
        self.plan = self.network.plan(len(self.inputs), self.loss)
        self.plan.input[:, :-1] = self.inputs
        self.plan.target[:] = self._targets()
        self.penalty = L2(strength=entry["l2"])
        self.optimizer = GradientDescent(learning_rate=entry["learning_rate"])
        self._work = np.empty_like(self.network.parameters)

    def put(self, parameters):
        tensors = dict(self.network.tensors())
        assert set(tensors) == set(parameters)
        for name, values in parameters.items():
            tensors[name][:] = values

    def _targets(self):
        targets = np.array(self.entry["targets"])
        if self.entry["loss"] == "cross_entropy":
            return self.loss.code(targets, 3, 0.0)
        return targets.T

    def forward_and_backward(self):
        self.plan.step()
        network = self.network
        self.penalty.before_update(network.parameters, network.gradients, network.penalized, (), self._work)

    def update(self):
        network = self.network
        rate = self.entry["learning_rate"]
        self.optimizer.update(network.parameters, network.gradients, (), rate, 1, self._work)


@pytest.mark.parametrize("build", [architecture, fused])
@pytest.mark.parametrize("entry", VALUES["networks"], ids=lambda entry: entry["name"])
def test_a_network_trains_as_in_pytorch(entry, build):
    run = Run(entry, build)
    records = {record["step"]: record for record in entry["records"]}
    for step in range(max(records) + 1):
        record = records.get(step)
        if record:
            assert_inference_agrees(run, record)
        run.forward_and_backward()
        if record:
            assert_training_agrees(run, record)
        run.update()


def assert_inference_agrees(run, record):
    for layer, running in record["running"].items():
        state = run.network.state
        np.testing.assert_allclose(state[layer, "running_mean"], running["running_mean"], **TOLERANCE)
        variance = running["running_variance_unbiased"]
        np.testing.assert_allclose(state[layer, "running_variance"], variance, **TOLERANCE)
    if record["inference"]:
        found = run.network.predict(run.inputs).T
        np.testing.assert_allclose(found, record["inference"]["output_unbiased"], **TOLERANCE)


def assert_training_agrees(run, record):
    network, plan = run.network, run.plan
    np.testing.assert_allclose(plan.net_outputs, record["output"], **TOLERANCE)
    loss = run.loss.value(plan.net_outputs, plan.outputs, plan.target.T)
    assert loss == pytest.approx(record["loss"], rel=1e-9)
    penalty = run.penalty.penalty(network.parameters, network.penalized)
    assert penalty == pytest.approx(record["penalty"], rel=1e-9, abs=1e-12)
    for table, vector in (("parameters", network.parameters), ("gradients", network.gradients)):
        for name, values in network.tensors(vector):
            np.testing.assert_allclose(values, record[table][name], **TOLERANCE, err_msg=name)


def test_the_activations_of_the_references_can_be_fused():
    (entry,) = [entry for entry in VALUES["networks"] if entry["name"] == "tanh_bce"]
    layers = fused(entry).layers
    assert [layer.id for layer in layers] == ["hidden_1", "hidden_2", "output"]
    assert [layer.activation for layer in layers] == [Tanh(), Tanh(), Sigmoid()]
