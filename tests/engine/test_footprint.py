"""The memory of a training step is said before it is taken; what is taken is asked of Python's allocator."""

import gc
import tracemalloc

import pytest
from grids import UNJOINED

from playground.data.datasets.digits import Digits
from playground.engine.footprint import footprint
from playground.engine.graph import INPUT, Architecture
from playground.engine.layers import Add, BatchNorm, Concatenate, Dense, Flatten, Reshape, TiedDense
from playground.engine.layers.convolution import Conv2D
from playground.engine.losses import SquaredError
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.randomness import Pcg64

SAMPLES = 512
SHAPES = {("height", "width", "channels"): (8, 8, 4), ("time", "columns"): (16, 4)}


def around(layer):
    """A network whose hidden layer it is, on a shape that it can read."""
    layer = layer.with_(id="layer")
    if isinstance(layer, Reshape):
        layer = Reshape(id="layer", shape=(8, 4))
    if isinstance(layer, Add | Concatenate):
        layer = layer.with_(inputs=("first", INPUT))
    if isinstance(layer, TiedDense):
        layer = layer.with_(of="first")
    before = () if layer.axes else (Dense(id="first", units=32),)
    return Architecture(layers=(*before, layer, Flatten(id="flat"), Dense(id="output", units=1)))


def taken(network):
    """Bytes that the arrays of a training step take."""
    gc.collect()
    tracemalloc.start()
    try:
        plan = network.plan(SAMPLES, SquaredError())
        return tracemalloc.get_traced_memory()[0], plan
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("layer", [each for member in UNJOINED for each in member.examples()], ids=repr)
def test_what_is_said_is_about_what_is_taken(layer):
    architecture = around(layer)
    network = Network(architecture, SHAPES.get(layer.axes, (32,)), "float32", Pcg64().streams())
    assert not network.graph.problems
    said = sum(footprint(network.graph, SAMPLES, 4).values())
    really, _plan = taken(network)
    ends = 4 * SAMPLES * 2 * (network.inputs + 1)  # the batch itself, and the coded targets
    assert said / 1.6 < really < 1.6 * said + ends


def test_what_is_said_of_batch_norm_on_pictures_is_about_what_is_taken():
    layers = BatchNorm(id="norm"), Flatten(id="flat"), Dense(id="output", units=1)
    network = Network(Architecture(layers=layers), (8, 8, 4))
    said = sum(footprint(network.graph, SAMPLES, 4).values())
    really, _plan = taken(network)
    assert said / 1.3 < really < 1.3 * said


def wide(batch_size, precision):
    """Pictures of digits, which go through as many filters as there may be, five times."""
    flat = Architecture(layers=(Dense(id="output", units=1),))
    experiment = Experiment(network=flat).with_dataset(Digits())
    layers = [Conv2D(id=f"conv{number}", filters=512, padding="same") for number in range(5)]
    network = Architecture(layers=(*layers, Flatten(id="flat"), *experiment.network.layers[-1:]))
    training = experiment.training.with_(batch_size=batch_size)
    return experiment.with_(network=network, training=training, precision=precision)


def test_a_large_step_is_remarked_on_where_most_of_it_is_taken():
    assert not wide(32, "float32").remarks()
    (remark,) = wide(500, "float32").remarks()
    assert remark.layer_id == "conv1"
    assert "choose a smaller batch than 500 samples" in str(remark.text)
    assert not wide(500, "float32").problems()


def test_a_step_that_is_too_large_is_refused_until_the_batch_is_smaller():
    (problem,) = wide(898, "float64").problems()
    assert problem.layer_id == "conv1"
    assert not wide(300, "float64").problems()
