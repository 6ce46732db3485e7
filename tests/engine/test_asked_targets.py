"""Targets that are not asked for, NaN, count nothing: in the loss, in its gradient and in metrics."""

import math

import numpy as np
import pytest
from differences import central_difference, relative_error

from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import AbsoluteError, Huber, SquaredError
from playground.engine.losses.asked import loss_of_each, some_missing, total_loss
from playground.engine.metrics import regression_metrics
from playground.engine.network import Network

nan = math.nan
LOSSES = pytest.mark.parametrize("loss", [SquaredError(), SquaredError(half=True), AbsoluteError(), Huber()])
TARGETS = np.array([[1.0, nan, 0.5], [nan, nan, -1.0], [nan, nan, nan], [0.0, 2.0, nan]])
"""Four samples of three outputs, of one of which nothing is asked."""


def network():
    made = Network(Architecture(layers=(Dense(id="output", units=3),)), (2,), "float64")
    made.parameters[:] = np.linspace(-0.8, 0.9, made.parameters.size)
    return made


def inputs():
    return np.linspace(-1, 1, 8).reshape(4, 2)


def test_the_loss_of_a_sample_is_the_mean_over_what_is_asked_of_it():
    a, t = np.array([[3.0, 1.0], [0.0, 5.0]]), np.array([[1.0, nan], [nan, 2.0]])
    np.testing.assert_allclose(loss_of_each(SquaredError(), a, a, t), [4, 9])


def test_a_sample_of_which_nothing_is_asked_has_no_loss_and_the_others_keep_theirs():
    a = np.ones((3, 4))
    found = loss_of_each(SquaredError(), a, a, TARGETS.T)
    np.testing.assert_allclose(found, [(0 + 0.25) / 2, 4, nan, (1 + 1) / 2])


@LOSSES
def test_the_mean_is_over_all_targets_asked_for_in_however_many_pieces(loss):
    a = np.linspace(-2, 2, 12).reshape(3, 4)
    pieces = [
        total_loss(loss, a[:, part], a[:, part], TARGETS.T[:, part]) for part in (slice(3), slice(3, 4))
    ]
    asked = ~np.isnan(TARGETS.T)
    one_by_one = [loss.value(v.reshape(1, 1), v.reshape(1, 1), t.reshape(1, 1))
                  for v, t in zip(a[asked], TARGETS.T[asked], strict=True)]  # fmt: skip
    assert sum(total for total, _ in pieces) / sum(count for _, count in pieces) == pytest.approx(
        np.mean(one_by_one)
    )


@LOSSES
def test_the_gradient_of_a_step_is_that_of_the_mean_over_what_is_asked(loss):
    made = network()
    plan = made.plan(4, loss, gaps=True)

    def mean():
        z = made.predict(inputs()).T
        total, count = total_loss(loss, z, z, TARGETS.T)
        return total / count

    plan.input[:, :-1], plan.target[:] = inputs(), TARGETS
    plan.step()
    assert relative_error(made.gradients, central_difference(mean, made.parameters)) < 1e-6


@LOSSES
def test_a_batch_of_which_nothing_is_asked_teaches_nothing(loss):
    made = network()
    plan = made.plan(4, loss, gaps=True)
    plan.input[:, :-1], plan.target[:] = inputs(), nan
    plan.step()
    assert not made.gradients.any()


def test_an_output_that_is_no_number_is_still_seen_where_it_is_asked_for():
    a, t = np.array([[nan, nan]]), np.array([[1.0, nan]])
    total, count = total_loss(SquaredError(), a, a, t)
    assert math.isnan(total)
    assert count == 1
    assert math.isnan(regression_metrics(a.T, t.T)["mae"])


def test_metrics_are_those_of_what_is_asked_alone():
    outputs = np.arange(12.0).reshape(4, 3)
    asked = ~np.isnan(TARGETS)
    error = (outputs - TARGETS)[asked]
    about = np.concatenate([column[there] - column[there].mean()
                            for column, there in zip(TARGETS.T, asked.T, strict=True)])  # fmt: skip
    found = regression_metrics(outputs, TARGETS)
    assert found["mae"] == pytest.approx(np.abs(error).mean())
    assert found["rmse"] == pytest.approx(math.sqrt((error**2).mean()))
    assert found["r2"] == pytest.approx(1 - (error**2).sum() / (about**2).sum())


def test_metrics_of_nothing_are_no_numbers():
    assert all(
        math.isnan(value) for value in regression_metrics(np.ones((2, 1)), np.full((2, 1), nan)).values()
    )


def test_only_targets_with_gaps_are_looked_through_at_every_step():
    plain, with_gaps = (network().plan(4, SquaredError(), gaps=gaps) for gaps in (False, True))
    assert plain.backward[0].func.__func__ is SquaredError.gradient
    assert len(plain.operations) == len(with_gaps.operations)
    assert not some_missing(np.ones((2, 2)))
    assert some_missing(TARGETS)
