"""Spaces: the places of maps are samples, samples have places in maps, and what is held is held."""

import numpy as np
import pytest

from playground.data import Data, Dataset
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle, Sine
from playground.data.datasets.wine import Wine
from playground.data.pictures.given import GivenPicture
from playground.data.spaces import (
    LineOfColumn,
    OneSample,
    PlaneOfColumns,
    PrincipalPlane,
    available,
    usual,
)
from playground.randomness import Pcg64


def prepared(dataset):
    return Data().with_dataset(dataset).prepare(Pcg64().streams().data)


def test_the_plane_of_a_drawn_dataset_is_its_whole_range_row_by_row_from_below():
    frame = PlaneOfColumns().frame(prepared(Circle()), 3)
    assert [axis.range for axis in frame.axes] == [(-6, 6), (-6, 6)]
    expected = [[x, y] for y in (-6, 0, 6) for x in (-6, 0, 6)]
    np.testing.assert_array_equal(frame.places, expected)


def test_the_line_of_a_drawn_dataset_is_its_whole_range():
    frame = LineOfColumn().frame(prepared(Sine()), 5)
    np.testing.assert_array_equal(frame.places[:, 0], [-6, -3, 0, 3, 6])


def test_on_a_plane_of_two_columns_all_others_are_at_their_median():
    data = prepared(Wine())
    frame = PlaneOfColumns(across="proline", up="hue").frame(data, 4)
    assert [axis.name for axis in frame.axes] == ["proline", "hue"]
    others = [place for place in range(13) if place not in (12, 10)]
    median = np.median(data.train.raw, axis=0)
    np.testing.assert_array_equal(frame.places[:, others], np.tile(median[others], (16, 1)))
    np.testing.assert_array_equal(frame.project(data.test.raw), data.test.raw[:, [12, 10]])


def test_a_column_may_be_held_elsewhere():
    frame = PlaneOfColumns(across="proline", up="hue", held=(("ash", 9.5),)).frame(prepared(Wine()), 2)
    assert set(frame.places[:, 2]) == {9.5}


def test_axes_reach_a_little_beyond_what_training_has_seen():
    data = prepared(Wine())
    (axis,) = LineOfColumn(across="ash").frame(data, 2).axes
    low, high = data.train.raw[:, 2].min(), data.train.raw[:, 2].max()
    assert axis.range[0] < low
    assert axis.range[1] > high
    assert np.ptp(axis.range) == pytest.approx(1.16 * (high - low))


@pytest.mark.parametrize("dataset", [Wine(), Digits()], ids=lambda dataset: dataset.tag())
def test_the_principal_plane_is_that_of_a_decomposition_of_the_correlations(dataset):
    data = prepared(dataset)
    frame = PrincipalPlane().frame(data, 3)
    rows = data.train.raw.reshape(len(data.train.raw), -1)
    spread = np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1)
    scores = frame.project(data.train.raw)
    values = np.linalg.eigvalsh(np.cov(((rows - rows.mean(axis=0)) / spread).T, bias=True))
    np.testing.assert_allclose(scores.var(axis=0), values[::-1][:2], rtol=1e-9)
    assert scores.mean(axis=0) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("dataset", [Wine(), Digits()], ids=lambda dataset: dataset.tag())
def test_places_of_the_principal_plane_lie_where_they_are_drawn(dataset):
    frame = PrincipalPlane().frame(prepared(dataset), 3)
    assert frame.places.shape == (9, *dataset.shape.sizes)
    (left, right), (low, high) = (axis.range for axis in frame.axes)
    grid = np.meshgrid(np.linspace(left, right, 3), np.linspace(low, high, 3))
    found = frame.project(frame.places)
    np.testing.assert_allclose(found, np.stack(grid, axis=-1).reshape(-1, 2), atol=1e-9)


def test_one_sample_is_that_of_its_side_and_number():
    data = prepared(Digits())
    frame = OneSample(side="train", index=3).frame(data, 50)
    assert frame.axes == ()
    np.testing.assert_array_equal(frame.places, data.train.raw[3:4])
    assert frame.sample.label == data.train.labels[3]
    assert OneSample(index=10**6).frame(data, 50).sample.index < len(data.test.raw)


def test_over_one_sample_a_layer_gives_the_pictures_of_its_shape():
    frame = OneSample().frame(prepared(Digits()), 50)
    values = np.arange(24.0).reshape(24, 1)
    pictures = frame.arrange(values, (2, 3, 4))
    assert pictures.shape == (4, 2, 3)
    np.testing.assert_array_equal(pictures[1], [[1, 5, 9], [13, 17, 21]])
    assert frame.arrange(values, (4, 6)).shape == (1, 4, 6)
    assert frame.arrange(values, (24,)).shape == (24, 1, 1)


@pytest.mark.parametrize("member", Dataset.ready(), ids=lambda member: member.tag())
def test_every_dataset_has_its_usual_space_among_those_that_fit(member):
    dataset = member()
    assert type(usual(dataset)) in available(dataset)
    data = prepared(dataset)
    for kind in available(dataset):
        frame = kind().frame(data, 5)
        assert frame.places.shape[1:] == dataset.shape.sizes
        assert data.known(frame.places).all()
        assert frame.project(data.test.raw).shape == (len(data.test.raw), len(frame.axes))


def test_images_have_no_plane_of_columns():
    assert available(Digits()) == (PrincipalPlane, OneSample, GivenPicture)
    assert set(available(Wine())) == {PlaneOfColumns, LineOfColumn, PrincipalPlane, OneSample}


@pytest.mark.parametrize("space", [OneSample(index=3), PrincipalPlane()], ids=lambda space: space.tag())
def test_no_test_samples_are_no_trouble(space):
    whole = Data(train_percent=100).with_dataset(Digits()).prepare(Pcg64().streams().data)
    assert len(whole.test.raw) == 0
    frame = space.frame(whole, 3)
    assert len(frame.project(whole.test.raw)) == 0
    if frame.sample is not None:
        assert (frame.sample.side, frame.sample.index) == ("train", 3)
