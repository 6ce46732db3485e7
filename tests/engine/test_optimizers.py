"""Every optimizer walks PyTorch's trajectories, and every one makes the three problems smaller."""

from typing import Literal

import numpy as np
import pytest
from differences import central_difference
from pytorch_values import TOLERANCE, VALUES, array, entries, without_reference
from variants import variants

from playground.engine.optimizers import GradientDescent, Momentum, Optimizer
from playground.fields import describe

EVERY = pytest.mark.parametrize("optimizer", variants(Optimizer))


class Bowl:
    def __init__(self, definition):
        self.matrix, self.minimum = array(definition["matrix"]), array(definition["minimum"])

    def value(self, x):
        return 0.5 * (x - self.minimum) @ self.matrix @ (x - self.minimum)

    def gradient(self, x):
        return self.matrix @ (x - self.minimum)


class Rosenbrock:
    def __init__(self, definition):
        pass

    def value(self, x):
        return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2

    def gradient(self, x):
        valley = x[1] - x[0] ** 2
        return np.array([-2 * (1 - x[0]) - 400 * x[0] * valley, 200 * valley])


class Logistic:
    def __init__(self, definition):
        self.points, self.labels = array(definition["points"]), array(definition["labels"])

    def value(self, x):
        z = x @ self.points
        return np.mean(np.log1p(np.exp(z)) - self.labels * z)

    def gradient(self, x):
        z = x @ self.points
        return self.points @ (1 / (1 + np.exp(-z)) - self.labels) / len(z)


CLASSES = {"bowl": Bowl, "rosenbrock": Rosenbrock, "logistic": Logistic}
PROBLEMS = {entry["kind"]: CLASSES[entry["kind"]](entry["definition"]) for entry in VALUES["problems"]}
STARTS = {entry["kind"]: array(entry["start"]) for entry in VALUES["problems"]}


def walk(optimizer, problem, steps, dtype=np.float64, rate=None):
    """The parameters before and after each step."""
    w = STARTS[problem].astype(dtype)
    state = tuple(np.zeros_like(w) for _ in optimizer.slots)
    work = np.full_like(w, np.nan)
    path = [w.copy()]
    for step in range(1, steps + 1):
        g = PROBLEMS[problem].gradient(w).astype(dtype)
        now = optimizer.learning_rate if rate is None else rate
        w *= 1 - now * optimizer.decoupled_decay
        optimizer.update(w, g, state, now, step, work)
        path.append(w.copy())
    return path


# --- the problems themselves ------------------------------------------------------------------------


@pytest.mark.parametrize("entry", VALUES["problems"], ids=lambda entry: entry["kind"])
def test_the_problems_are_those_of_the_references(entry):
    problem, x = PROBLEMS[entry["kind"]], STARTS[entry["kind"]].copy()
    assert problem.value(x) == pytest.approx(entry["start_loss"], rel=1e-12)
    np.testing.assert_allclose(problem.gradient(x), entry["start_gradient"], **TOLERANCE)
    np.testing.assert_allclose(
        problem.gradient(x), central_difference(lambda: problem.value(x), x), rtol=1e-6, atol=1e-6
    )


# --- references -------------------------------------------------------------------------------------


def test_every_optimizer_has_a_reference():
    assert without_reference("optimizers", Optimizer) == []


def test_every_choice_of_an_optimizer_has_a_reference():
    covered = [choices_of(case.values[0]) for case in entries("optimizers", Optimizer)]
    for case in variants(Optimizer):
        assert choices_of(case.values[0]) in covered, case.id


def choices_of(optimizer):
    """What it is, and how its switches are set."""
    fields = [field.name for field in describe(type(optimizer)) if field.type in (Literal, bool)]
    return optimizer.tag(), {name: getattr(optimizer, name) for name in fields}


@pytest.mark.parametrize(("optimizer", "entry"), entries("optimizers", Optimizer))
def test_the_trajectory_is_that_of_pytorch(optimizer, entry):
    path = walk(optimizer, entry["problem"], entry["steps"][-1])
    reached = [path[step] for step in entry["steps"]]
    np.testing.assert_allclose(reached, entry["trajectory"], **TOLERANCE)


# --- what all of them promise -----------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_small_rate_lowers_the_loss(optimizer, problem, dtype):
    path = walk(optimizer, problem, 100, dtype, rate=1e-4)
    value = PROBLEMS[problem].value
    assert value(path[-1].astype(np.float64)) < value(path[0].astype(np.float64))


@EVERY
def test_the_usual_rate_comes_near_the_bottom_of_the_logistic_problem(optimizer):
    path = walk(optimizer, "logistic", 2000)
    assert np.linalg.norm(PROBLEMS["logistic"].gradient(path[-1])) < 0.02


@EVERY
def test_it_works_in_place_and_keeps_to_single_precision(optimizer):
    w = np.array([1.0, -2.0], np.float32)
    state = tuple(np.zeros_like(w) for _ in optimizer.slots)
    before = [w.ctypes.data, *(memory.ctypes.data for memory in state)]
    optimizer.update(w, np.array([0.5, 0.25], np.float32), state, 0.01, 1, np.empty_like(w))
    assert [w.ctypes.data, *(memory.ctypes.data for memory in state)] == before
    assert w.dtype == np.float32
    assert not np.array_equal(w, [1.0, -2.0])


@EVERY
def test_the_gradient_stays_as_it_is(optimizer):
    """What is shown of it after a step is the gradient, and not the step."""
    w, g = np.array([1.0, -2.0, 0.5]), np.array([0.5, -0.25, 0.0])
    state = tuple(np.zeros_like(w) for _ in optimizer.slots)
    for step in range(1, 4):
        optimizer.update(w, g, state, 0.01, step, np.empty_like(w))
    np.testing.assert_array_equal(g, [0.5, -0.25, 0.0])


@pytest.mark.parametrize("optimizer", [case for case in variants(Optimizer) if case.values[0].one_by_one])
def test_each_parameter_goes_its_own_way(optimizer):
    """Nothing is summed over parameters: two problems side by side are solved as each alone.

    L-BFGS is another matter: its curvature is that of all parameters together.
    """

    def path(w, gradients):
        w = w.copy()
        state = tuple(np.zeros_like(w) for _ in optimizer.slots)
        for step, g in enumerate(gradients, 1):
            optimizer.update(w, g.copy(), state, 0.01, step, np.empty_like(w))
        return w

    random = np.random.default_rng(5)
    start, gradients = random.normal(size=6), random.normal(size=(9, 6))
    alone = [path(start[part], gradients[:, part]) for part in (slice(0, 2), slice(2, 6))]
    np.testing.assert_array_equal(path(start, gradients), np.concatenate(alone))


@EVERY
def test_no_gradient_from_the_start_means_no_move(optimizer):
    w = np.array([1.0, -2.0])
    state = tuple(np.zeros_like(w) for _ in optimizer.slots)
    for step in range(1, 4):
        optimizer.update(w, np.zeros(2), state, 0.1, step, np.empty(2))
    np.testing.assert_array_equal(w, [1, -2])


@pytest.mark.parametrize("form", ["standard", "averaged", "nesterov"])
def test_momentum_without_any_is_gradient_descent(form):
    plain = walk(GradientDescent(), "logistic", 20, rate=0.1)
    np.testing.assert_allclose(walk(Momentum(beta=0, form=form), "logistic", 20, rate=0.1), plain, rtol=1e-14)


def test_averaged_momentum_is_the_standard_one_at_a_smaller_rate():
    standard = walk(Momentum(beta=0.8), "logistic", 50, rate=0.1)
    averaged = walk(Momentum(beta=0.8, form="averaged"), "logistic", 50, rate=0.5)
    np.testing.assert_allclose(averaged, standard, rtol=1e-12)


def test_a_rate_below_zero_goes_uphill_as_far_as_the_same_rate_goes_down():
    down, up, g = np.array([1.0, -2.0]), np.array([1.0, -2.0]), np.array([0.5, 4.0])
    for w, rate in ((down, 0.25), (up, -0.25)):
        GradientDescent(learning_rate=rate).update(w, g, (), rate, 1, np.empty(2))
    assert (down.tolist(), up.tolist()) == ([0.875, -3.0], [1.125, -1.0])
