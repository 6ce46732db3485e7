"""Inputs are what their titles say: functions of coordinates, in TF Playground's order, columns, samples."""

from types import SimpleNamespace

import numpy as np
import pytest

from playground.data import Column, Feature, available
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle, Sine
from playground.data.datasets.wine import Wine
from playground.data.features import CoordinateFeature, OfColumn, Whole, columns, compute, usual

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
EVERY = pytest.mark.parametrize("kind", CoordinateFeature.members(), ids=lambda kind: kind.tag())


def test_the_order_is_that_of_tf_playground():
    assert [str(feature.name) for feature in available(Circle())] == list(EXPECTED)


@EVERY
def test_a_feature_is_what_its_title_says(kind):
    np.testing.assert_allclose(kind().compute(POINTS, Circle()), EXPECTED[kind.title][:, None], rtol=1e-15)


@EVERY
def test_a_feature_reads_no_coordinate_that_it_does_not_need(kind):
    enough = POINTS[:, : kind.needs]
    np.testing.assert_array_equal(kind().compute(enough, Sine()), kind().compute(POINTS, Circle()))


@pytest.mark.parametrize("kind", Feature.members(), ids=lambda kind: kind.tag())
def test_a_feature_survives_json(kind):
    assert kind.model_validate_json(kind().model_dump_json()) == kind()


def test_a_line_has_the_features_of_one_coordinate():
    assert [feature.title for feature in available(Sine())] == ["x₁", "x₁²", "sin x₁"]


def test_the_usual_features_of_line_and_plane_are_the_coordinates():
    np.testing.assert_array_equal(compute(usual(Circle()), POINTS, Circle()), POINTS)
    np.testing.assert_array_equal(compute(usual(Sine()), POINTS[:, :1], Sine()), POINTS[:, :1])


def test_a_table_offers_its_columns_and_nothing_else():
    offered = available(Wine())
    assert offered == usual(Wine()) == tuple(OfColumn(column=column.name) for column in Wine().columns)
    assert columns(offered, Wine()) == Wine().columns


def test_a_column_is_given_as_it_stands():
    table = np.arange(26.0).reshape(2, 13)
    np.testing.assert_array_equal(OfColumn(column="ash").compute(table, Wine()), [[2.0], [15.0]])


def test_pictures_are_given_whole_row_by_row():
    pictures = np.arange(128.0).reshape(2, 8, 8, 1)
    assert available(Digits()) == (Whole(),)
    np.testing.assert_array_equal(Whole().compute(pictures, Digits()), np.arange(128.0).reshape(2, 64))
    names = [column.name for column in Whole().columns(Digits())]
    assert [names[0], names[1], names[8], names[63]] == ["1, 1", "1, 2", "2, 1", "8, 8"]


ISLANDS = SimpleNamespace(
    columns=(Column("mass", "g"), Column("island", categories=("Biscoe", "Dream", "Torgersen"))),
    column_places={"mass": 0, "island": 1},
)


def test_a_place_of_a_map_between_two_categories_or_beyond_them_is_the_nearest():
    island = OfColumn(column="island")
    values = island.compute(np.array([[0.0, -0.4], [0.0, 0.7], [0.0, 2.3]]), ISLANDS)
    np.testing.assert_array_equal(values, np.eye(3))


def test_a_column_of_categories_becomes_one_column_each():
    island = OfColumn(column="island")
    values = island.compute(np.array([[3.0, 2.0], [4.0, 0.0]]), ISLANDS)
    np.testing.assert_array_equal(values, [[0, 0, 1], [1, 0, 0]])
    assert [column.name for column in island.columns(ISLANDS)] == [
        "island = Biscoe",
        "island = Dream",
        "island = Torgersen",
    ]
