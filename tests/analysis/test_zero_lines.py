import numpy as np
import pytest

from playground.analysis import zero_lines as tracing
from playground.analysis.zero_lines import first_hidden_layer, zero_segments
from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture, resolve
from playground.engine.layers import ActivationLayer, BatchNorm, Dense


def plane(resolution=41):
    """The inputs x₁ and x₂ over the plane, (2, r, r)."""
    axis = np.linspace(-6, 6, resolution)
    return np.stack(np.meshgrid(axis, axis))


def zero_lines(weights, bias, inputs):
    """The segments in places of the plane."""
    steps = inputs.shape[-1] - 1
    return tuple(-6 + segments * 12 / steps for segments in tracing.zero_lines(weights, bias, inputs))


@pytest.mark.parametrize(
    ("weights", "bias"), [((1, 0), 0), ((0, 1), 0), ((1, 1), 0), ((1, -2), 0.7), ((-0.3, 2), -1.9)]
)
def test_the_line_of_a_neuron_is_where_its_net_input_is_zero(weights, bias):
    (segments,) = zero_lines(np.array([weights], float), np.array([bias], float), plane())

    points = segments.reshape(-1, 2)
    assert len(segments) >= 40
    assert points @ np.array(weights) + bias == pytest.approx(0, abs=1e-9)
    assert np.abs(points).max() <= 6


def test_the_line_crosses_the_whole_plane():
    (segments,) = zero_lines(np.array([[0.5, 1.0]]), np.array([0.2]), plane())

    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    assert lengths.sum() == pytest.approx(np.hypot(12, 6))


def test_a_circle_has_the_circumference_of_a_circle():
    squares = plane(101) ** 2

    (segments,) = zero_lines(np.ones((1, 2)), np.array([-16.0]), squares)

    radii = np.hypot(*segments.reshape(-1, 2).T)
    lengths = np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1])
    assert radii == pytest.approx(4, rel=2e-3)
    assert lengths.sum() == pytest.approx(8 * np.pi, rel=2e-3)


def test_each_neuron_has_its_own_lines():
    weights = np.array([[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]])

    vertical, none, level = zero_lines(weights, np.array([-1.0, 5.0, 2.0]), plane())

    assert vertical[:, [0, 2]] == pytest.approx(1)
    assert none.shape == (0, 4)
    assert level[:, [1, 3]] == pytest.approx(-2)


def test_rows_run_upwards():
    """The first row of a map is the lowest x₂."""
    maps = np.full((1, 5, 5), -1.0)
    maps[0, 0] = 1

    (segments,) = zero_segments(maps)

    assert segments[:, [1, 3]] == pytest.approx(0.5)


def test_a_map_that_is_zero_everywhere_has_no_line():
    (segments,) = zero_segments(np.zeros((1, 5, 5)))

    assert len(segments) == 0


def test_the_first_hidden_layer_reads_the_inputs_as_they_are():
    output = Dense(id="output", units=1, activation=Sigmoid())

    def first(*layers):
        return first_hidden_layer(resolve(Architecture(layers=layers), (2,)))

    assert first(Dense(id="a"), Dense(id="b"), output) == "a"
    assert first(output) == "output"
    assert first(Dense(id="a"), BatchNorm(id="n"), output) == "a"
    assert first(ActivationLayer(id="f"), Dense(id="a"), output) is None
