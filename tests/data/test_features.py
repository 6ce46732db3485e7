"""The inputs made of coordinates are what their titles say, in TF Playground's order."""

import numpy as np
import pytest

from playground.data import Feature, available
from playground.data.features import compute, first_order

POINTS = np.random.default_rng(5).uniform(-6, 6, (40, 2))
X, Y = POINTS.T
EXPECTED = {
    "x₁": X,
    "x₂": Y,
    "x₁²": X * X,
    "x₂²": Y * Y,
    "x₁x₂": X * Y,
    "sin x₁": np.sin(X),
    "sin x₂": np.sin(Y),
}
EVERY = pytest.mark.parametrize("kind", Feature.members(), ids=lambda kind: kind.tag())


def test_the_order_is_that_of_tf_playground():
    assert [kind.title for kind in Feature.members()] == list(EXPECTED)


@EVERY
def test_a_feature_is_what_its_title_says(kind):
    np.testing.assert_allclose(kind().compute(POINTS), EXPECTED[kind.title], rtol=1e-15)


@EVERY
def test_a_feature_reads_no_coordinate_that_it_does_not_need(kind):
    enough = POINTS[:, : kind.needs]
    np.testing.assert_array_equal(kind().compute(enough), kind().compute(POINTS))


@EVERY
def test_a_feature_survives_json(kind):
    assert kind.model_validate_json(kind().model_dump_json()) == kind()


def test_a_line_has_the_features_of_one_coordinate():
    assert [feature.title for feature in available(1)] == ["x₁", "x₁²", "sin x₁"]
    assert len(available(2)) == len(Feature.members())


def test_first_order_features_are_the_coordinates():
    np.testing.assert_array_equal(compute(first_order(2), POINTS), POINTS)
    np.testing.assert_array_equal(compute(first_order(1), POINTS[:, :1]), POINTS[:, :1])
