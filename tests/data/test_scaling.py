"""Each scaling brings its columns to the promised range, and leaves nothing infinite behind."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data import Scaling
from playground.data.scaling import MinMax, NoScaling, Standardize, SymmetricMinMax

EVERY = pytest.mark.parametrize("kind", Scaling.members(), ids=lambda kind: kind.tag())

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


@EVERY
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


@pytest.mark.parametrize("kind", [MinMax, SymmetricMinMax, Standardize])
@pytest.mark.parametrize("constant", [0.0, 0.1, -1e9, 5e-324])
def test_a_constant_column_becomes_zero(kind, constant):
    np.testing.assert_allclose(scaled(kind, np.full((7, 2), constant)), 0, atol=1e-6)


def test_new_inputs_are_scaled_by_the_numbers_of_the_old():
    fitted = MinMax().fit(np.array([[0.0, 10.0], [2.0, 30.0]]))
    np.testing.assert_allclose(fitted.apply(np.array([[4.0, 20.0]])), [[2.0, 0.5]])


@EVERY
def test_a_scaling_survives_json(kind):
    assert kind.model_validate_json(kind().model_dump_json()) == kind()
