"""The perceptron's rule keeps its bound, and lines by hand are gates, corners and triangles."""

import numpy as np
import pytest
from scipy.optimize import minimize

from playground.labs.lines import Lines
from playground.labs.lines.laboratory import ByHand, ThresholdLine
from playground.labs.lines.perceptron import MOST_MISTAKES, extended, learn, margin
from playground.labs.lines.points import (
    CORNERS,
    And,
    CloudsApart,
    CloudsMixed,
    ExclusiveOr,
    InCorner,
    InTriangle,
    Nand,
    Or,
    PointsToPart,
)


def test_and_is_learnt_as_by_hand():
    """Worked out on paper: from 0 on, each corner on its wrong side is added times its sign."""
    learning = learn(*And().drawn())
    first = [(mistake.point, mistake.weights.tolist()) for mistake in learning.mistakes[:4]]
    assert first == [(0, [0, 0, -1]), (3, [1, 1, 0]), (0, [1, 1, -1]), (1, [1, 0, -2])]
    assert learning.settled
    assert learning.right(len(learning.mistakes)) == 4


@pytest.mark.parametrize("gate", [And(), Or(), Nand()], ids=lambda gate: gate.tag())
def test_the_margin_is_that_of_a_quadratic_program(gate):
    points, signs = gate.drawn()
    rows = signs[:, np.newaxis] * extended(points)
    needed = {"type": "ineq", "fun": lambda w: rows @ w - 1}
    found = minimize(lambda w: w @ w, np.ones(3), constraints=needed, method="SLSQP")
    assert margin(points, signs) == pytest.approx(1 / np.linalg.norm(found.x), rel=1e-5)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("gap", [0.2, 1.0])
def test_the_rule_never_makes_more_mistakes_than_its_bound(seed, gap):
    learning = learn(*CloudsApart(seed=seed, gap=gap, count=30).drawn())
    assert learning.bound is not None
    assert len(learning.mistakes) <= min(learning.bound, MOST_MISTAKES)
    assert learning.settled == (len(learning.mistakes) < MOST_MISTAKES)
    if learning.settled:
        assert learning.right(len(learning.mistakes)) == 30


@pytest.mark.parametrize("points", [ExclusiveOr(), CloudsMixed()], ids=lambda points: points.tag())
def test_what_no_line_parts_never_comes_to_rest_and_has_no_bound(points):
    learning = learn(*points.drawn())
    assert not learning.settled
    assert len(learning.mistakes) == MOST_MISTAKES
    assert learning.bound is None


def test_no_line_of_many_has_xor_right():
    points, signs = ExclusiveOr().drawn()
    lines = np.random.default_rng(0).standard_normal((20_000, 3))
    right = ((lines @ extended(points).T > 0) == (signs > 0)).sum(axis=1)
    assert right.max() == 3


@pytest.mark.parametrize(
    ("joined", "by_hand"),
    [("and", all), ("or", any), ("nand", lambda said: not all(said)), ("most", lambda said: sum(said) >= 2)],
)
def test_the_neuron_that_joins_is_the_gate_that_it_is_called(joined, by_hand):
    lines = (
        ThresholdLine(x=0, y=0, angle=0),
        ThresholdLine(x=0, y=0, angle=90),
        ThresholdLine(x=1, angle=180),
    )
    lab = Lines(way=ByHand(lines=3, joined=joined), laid=lines)
    places = np.random.default_rng(1).uniform(-3, 3, (200, 2))
    _, output = lab.answers(places)
    expected = [by_hand([x > 0, y > 0, x < 1]) for x, y in places.tolist()]
    np.testing.assert_array_equal(output, expected)


def test_xor_is_or_and_nand():
    lines = (ThresholdLine(x=0.25, y=0.25, angle=45), ThresholdLine(x=0.75, y=0.75, angle=-135))
    lab = Lines(points=ExclusiveOr(), way=ByHand(lines=2), laid=(*lines, ThresholdLine()))
    each, output = lab.answers(CORNERS)
    np.testing.assert_array_equal(each, [[0, 1, 1, 1], [1, 1, 1, 0]])
    np.testing.assert_array_equal(output, [0, 1, 1, 0])
    assert lab.right == 4


def test_two_lines_cut_out_the_corner_and_three_the_triangle():
    corner = (ThresholdLine(angle=0), ThresholdLine(angle=90), ThresholdLine())
    lab = Lines(points=InCorner(), way=ByHand(lines=2), laid=corner)
    assert lab.right == 40
    steep = np.degrees(np.arctan2(-1, -1.6))
    sides = (
        ThresholdLine(y=-2, angle=90),
        ThresholdLine(y=3.5, angle=steep),
        ThresholdLine(y=3.5, angle=-180 - steep),
    )
    assert Lines(points=InTriangle(count=200), way=ByHand(lines=3), laid=sides).right == 200


def test_a_line_is_moved_and_turned():
    line = ThresholdLine().moved(2, 1).pointing_at(2, 3)
    assert (line.x, line.y, line.angle) == (2, 1, 90)
    np.testing.assert_allclose(line.weights, [0, 1, -1], atol=1e-12)
    assert line.pointing_at(2, 1) == line


@pytest.mark.parametrize("kind", PointsToPart.members(), ids=lambda kind: kind.tag())
def test_every_kind_of_points_has_both_classes(kind):
    points, signs = kind().drawn()
    assert points.shape == (len(signs), 2)
    assert set(signs.tolist()) == {-1, 1}
