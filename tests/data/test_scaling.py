"""Each scaling brings its columns to the promised range, and leaves nothing infinite behind."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data import Data, Scaling
from playground.data.features import X, Y
from playground.data.scaling import MinMax, NoScaling, PcaWhitening, Standardize, SymmetricMinMax
from playground.randomness import Pcg64

EVERY = pytest.mark.parametrize("kind", Scaling.members(), ids=lambda kind: kind.tag())
COLUMN_BY_COLUMN = pytest.mark.parametrize("kind", [NoScaling, MinMax, SymmetricMinMax, Standardize])

numbers = st.floats(-1e9, 1e9)
tables = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(numbers, min_size=columns, max_size=columns), min_size=1, max_size=30
    ).map(np.array)
)


def scaled(kind, inputs):
    return kind().fit(inputs).apply(inputs)


def varies(column):
    """Whether it does so by much more than rounding, and by more than underflow when squared."""
    return np.ptp(column) > 1e-6 * np.abs(column).max() + 1e-100


@EVERY
@settings(deadline=None)
@given(inputs=tables)
def test_scaled_inputs_are_finite_and_keep_their_shape(kind, inputs):
    result = scaled(kind, inputs)
    assert result.shape == inputs.shape
    assert np.isfinite(result).all()


@COLUMN_BY_COLUMN
@settings(deadline=None)
@given(inputs=tables)
def test_scaling_never_changes_the_order_of_a_column(kind, inputs):
    order = np.argsort(inputs, axis=0, kind="stable")
    assert (np.diff(np.take_along_axis(scaled(kind, inputs), order, axis=0), axis=0) >= 0).all()


@settings(deadline=None)
@given(inputs=tables)
def test_no_scaling_changes_nothing(inputs):
    np.testing.assert_array_equal(scaled(NoScaling, inputs), inputs)


@pytest.mark.parametrize(("kind", "low"), [(MinMax, 0), (SymmetricMinMax, -1)])
@settings(deadline=None)
@given(inputs=tables)
def test_min_max_reaches_both_ends_unless_a_column_is_constant(kind, low, inputs):
    for before, after in zip(inputs.T, scaled(kind, inputs).T, strict=True):
        if varies(before):
            assert after.min() == pytest.approx(low, abs=1e-9)
            assert after.max() == pytest.approx(1, abs=1e-9)


@settings(deadline=None)
@given(inputs=tables)
def test_standardized_columns_have_mean_0_and_deviation_1_unless_constant(inputs):
    for before, after in zip(inputs.T, scaled(Standardize, inputs).T, strict=True):
        if varies(before):
            assert after.mean() == pytest.approx(0, abs=1e-6)
            assert after.std() == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("kind", [MinMax, SymmetricMinMax, Standardize, PcaWhitening])
@pytest.mark.parametrize("constant", [0.0, 0.1, -1e9, 5e-324])
def test_a_constant_column_becomes_zero(kind, constant):
    np.testing.assert_allclose(scaled(kind, np.full((7, 2), constant)), 0, atol=1e-6)


def test_new_inputs_are_scaled_by_the_numbers_of_the_old():
    fitted = MinMax().fit(np.array([[0.0, 10.0], [2.0, 30.0]]))
    np.testing.assert_allclose(fitted.apply(np.array([[4.0, 20.0]])), [[2.0, 0.5]])


@EVERY
def test_a_scaling_survives_json(kind):
    assert kind.model_validate_json(kind().model_dump_json()) == kind()


@EVERY
def test_every_scaling_explains_itself(kind):
    assert kind.title
    assert kind.formula
    assert kind.advice.endswith(".")
    assert kind.help.endswith(".")


# --- whitening --------------------------------------------------------------------------------------


def mixed(samples=300, columns=5, seed=1):
    """Inputs that go up and down together, of very different sizes and far from zero."""
    random = np.random.default_rng(seed)
    mixture = random.normal(size=(columns, columns)) * 10.0 ** np.arange(-2, columns - 2)
    return random.normal(size=(samples, columns)) @ mixture + 10 * random.normal(size=columns)


def covariance(inputs):
    return np.atleast_2d(np.cov(inputs, rowvar=False, bias=True))


@pytest.mark.parametrize("columns", [1, 2, 5])
def test_whitened_inputs_have_the_identity_for_covariance(columns):
    white = scaled(PcaWhitening, mixed(columns=columns))
    np.testing.assert_allclose(white.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_allclose(covariance(white), np.eye(columns), atol=1e-9)


def test_the_components_are_those_of_the_covariance_in_falling_order():
    inputs = mixed(columns=3)
    _, vectors = np.linalg.eigh(covariance(inputs))
    centred = inputs - inputs.mean(axis=0)
    for component, vector in zip(scaled(PcaWhitening, inputs).T, vectors.T[::-1], strict=True):
        assert abs(np.corrcoef(component, centred @ vector)[0, 1]) == pytest.approx(1, abs=1e-9)


def test_the_sign_of_a_component_does_not_depend_on_the_samples_order():
    inputs = mixed()
    fitted, again = PcaWhitening().fit(inputs), PcaWhitening().fit(inputs[::-1])
    np.testing.assert_allclose(fitted.apply(inputs), again.apply(inputs), atol=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_the_sign_is_that_of_the_first_large_entry_even_when_two_are_equally_large(seed):
    random = np.random.default_rng(seed)
    long, short = random.normal(size=(2, 200)) * [[5.0], [1.0]]
    white = scaled(PcaWhitening, np.stack([long + short, long - short], axis=1))  # along (1, 1) and (1, −1)
    assert np.corrcoef(white[:, 0], long)[0, 1] > 0.9
    assert np.corrcoef(white[:, 1], short)[0, 1] > 0.9


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e9])
def test_inputs_that_say_the_same_leave_components_of_nothing(seed, size):
    inputs = mixed(seed=seed, columns=2) * size
    inputs = np.column_stack([inputs, inputs[:, 0] - 2 * inputs[:, 1], np.full(300, 7.0)])
    white = scaled(PcaWhitening, inputs)
    np.testing.assert_allclose(covariance(white), np.diag([1, 1, 0, 0]), atol=1e-6)


def test_fewer_samples_than_inputs_can_be_whitened():
    inputs = mixed(samples=3)
    fitted = PcaWhitening().fit(inputs)
    np.testing.assert_allclose(covariance(fitted.apply(inputs)), np.diag([1, 1, 0, 0, 0]), atol=1e-6)
    assert np.abs(fitted.apply(mixed(seed=2))).max() < 1e6


def test_whitening_is_fitted_on_the_training_samples_alone():
    data = Data(scaling=PcaWhitening(), inputs=(X(), Y()), train_percent=20)
    prepared = data.prepare(Pcg64().streams().data)
    np.testing.assert_allclose(covariance(prepared.train.inputs), np.eye(2), atol=1e-9)
    assert np.abs(covariance(prepared.test.inputs) - np.eye(2)).max() > 1e-3
    assert data.input_names == ("PC 1", "PC 2")
