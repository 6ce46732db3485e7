"""Inputs are what their titles say: functions of coordinates, in TF Playground's order, columns, samples."""

from types import SimpleNamespace

import numpy as np
import pytest

from playground.data import Column, Data, Feature, available
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle, Sine
from playground.data.datasets.wine import Wine
from playground.data.features import (
    CoordinateFeature,
    FormulaFeature,
    OfColumn,
    Whole,
    X,
    columns,
    compute,
    usual,
)
from playground.randomness import Pcg64
from playground.value import InvalidValue

POINTS = np.random.default_rng(5).uniform(-6, 6, (40, 2))
AT_X, AT_Y = POINTS.T
EXPECTED = {
    "x₁": AT_X,
    "x₂": AT_Y,
    "x₁²": AT_X * AT_X,
    "x₂²": AT_Y * AT_Y,
    "x₁x₂": AT_X * AT_Y,
    "sin x₁": np.sin(AT_X),
    "sin x₂": np.sin(AT_Y),
    "|x₁|": np.sqrt(AT_X**2),
    "|x₂|": np.sqrt(AT_Y**2),
    "radius": np.abs(AT_X + 1j * AT_Y),
    "angle": np.angle(AT_X + 1j * AT_Y),
    "cos x₁": np.cos(AT_X),
    "cos x₂": np.cos(AT_Y),
}
EVERY = pytest.mark.parametrize("kind", CoordinateFeature.members(), ids=lambda kind: kind.tag())


def test_the_order_is_that_of_tf_playground_and_others_follow():
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
    assert [feature.title for feature in available(Sine())] == ["x₁", "x₁²", "sin x₁", "|x₁|", "cos x₁"]


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


# --- formulas ---------------------------------------------------------------------------------------


def test_a_formula_of_coordinates_is_an_input():
    feature = FormulaFeature(expression="2x₁ - sin(x2)")
    assert feature.fits(Circle())
    np.testing.assert_allclose(feature.compute(POINTS, Circle())[:, 0], 2 * AT_X - np.sin(AT_Y))
    assert [column.name for column in feature.columns(Circle())] == ["2x₁ - sin(x2)"]


def test_a_formula_of_the_columns_of_a_table_names_them_in_quotation_marks():
    feature = FormulaFeature(expression="'malic acid' / ash")
    assert feature.fits(Wine())
    table = np.arange(1.0, 27).reshape(2, 13)
    np.testing.assert_allclose(feature.compute(table, Wine()), [[2 / 3], [15 / 16]])


def test_pictures_have_no_formula():
    assert not FormulaFeature(expression="1").fits(Digits())


def test_a_column_of_categories_is_in_no_formula():
    with pytest.raises(InvalidValue, match="“island” is not known; there are mass and"):
        FormulaFeature(expression="island").compute(np.zeros((1, 2)), ISLANDS)


def test_formulas_follow_the_other_inputs_in_the_order_in_which_they_came():
    one, two = FormulaFeature(expression="x1 + 1"), FormulaFeature(expression="x1 - 1")
    assert Data(inputs=(two, X(), one)).inputs == (X(), two, one)


def test_a_formula_stays_where_another_dataset_has_its_columns():
    across, up = FormulaFeature(expression="x1^2"), FormulaFeature(expression="x2^2")
    assert Data(inputs=(X(), across, up)).with_dataset(Sine()).inputs == (X(), across)


@pytest.mark.parametrize(
    ("expression", "sentence"),
    [
        ("log x1", "Input log x1 has no value where x₁ = -6: log is of numbers above 0 alone"),
        ("x1 +", "Input x1 + cannot be read at the end: a value is missing"),
        (
            "x9",
            "Input x9 cannot be read at character 1, before “x9”: “x9” is not known",
        ),
    ],
)
def test_a_formula_that_cannot_be_an_input_is_refused_in_a_sentence(expression, sentence):
    with pytest.raises(InvalidValue) as refusal:
        Data(inputs=(X(),)).with_(inputs=(X(), FormulaFeature(expression=expression)))
    assert sentence in str(refusal.value)


def test_a_formula_without_a_value_for_a_row_of_a_table_is_refused_when_the_rows_are_taken():
    data = Data().with_dataset(Wine())
    data = data.with_(inputs=(FormulaFeature(expression="log(hue - 1)"),))
    with pytest.raises(InvalidValue, match=r"Input log\(hue - 1\) has no value where hue = "):
        data.prepare(Pcg64().streams().data)


def test_what_a_map_shows_beyond_the_rows_may_have_no_value():
    data = Data().with_dataset(Wine()).with_(inputs=(FormulaFeature(expression="sqrt(hue)"),))
    prepared = data.prepare(Pcg64().streams().data)
    assert np.isnan(prepared.transform(np.full((1, 13), -1.0))).all()
