"""Boltzmann machines do what their definitions say: by counting all states, by scikit-learn, by chains."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.labs.boltzmann import Boltzmann
from playground.labs.boltzmann.laboratory import bars_and_stripes
from playground.labs.boltzmann.learning import HISTORY, Learning, check
from playground.labs.boltzmann.machine import RestrictedMachine, log_sum, sigmoid, softplus, states
from playground.value import InvalidValue

SMALL = {"data": "bars", "hidden": 6, "batch": 10}


def random_machine(visible=4, hidden=3, seed=1, scale=1.0):
    chance = np.random.default_rng(seed)
    shapes = ((hidden, visible), (visible,), (hidden,))
    return RestrictedMachine(*(scale * chance.standard_normal(shape) for shape in shapes))


def energies(machine):
    """E of every joint state, (all v, all h), from its definition."""
    v, h = states(machine.weights.shape[1]), states(machine.weights.shape[0])
    return -(v @ machine.visible)[:, None] - (h @ machine.hidden)[None] - v @ machine.weights.T @ h.T


def exact_slope(machine, data):
    """The gradient of the mean log-likelihood, all expectations by counting."""
    v, h = states(machine.weights.shape[1]), states(machine.weights.shape[0])
    joint = np.exp(-energies(machine))
    joint /= joint.sum()
    model = np.einsum("ab,bi,aj->ij", joint, h, v), joint.sum(axis=1) @ v, joint.sum(axis=0) @ h
    up = machine.hidden_given(data)
    seen = up.T @ data / len(data), data.mean(axis=0), up.mean(axis=0)
    return [a - b for a, b in zip(seen, model, strict=True)]


# --- definitions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("visible", "hidden"), [(4, 3), (3, 5), (1, 1)])
def test_the_partition_function_is_the_sum_over_all_joint_states(visible, hidden):
    machine = random_machine(visible, hidden)
    assert machine.log_partition() == pytest.approx(np.log(np.exp(-energies(machine)).sum()))


def test_free_energy_and_conditionals_are_sums_over_the_hidden_states():
    machine = random_machine()
    joint = np.exp(-energies(machine))
    v, h = states(4), states(3)
    np.testing.assert_allclose(machine.free_energy(v), -np.log(joint.sum(axis=1)))
    np.testing.assert_allclose(machine.hidden_given(v), joint @ h / joint.sum(axis=1, keepdims=True))
    np.testing.assert_allclose(machine.visible_given(h), joint.T @ v / joint.sum(axis=0)[:, None])


def test_probabilities_add_up_to_one():
    machine = random_machine()
    shares = np.exp([machine.log_likelihood(v[None]) for v in states(4)])
    assert shares.sum() == pytest.approx(1)


def test_the_log_likelihood_of_a_machine_that_knows_nothing_is_that_of_coins():
    blank = RestrictedMachine(np.zeros((3, 16)), np.zeros(16), np.zeros(3))
    assert blank.log_likelihood(bars_and_stripes(4)) == pytest.approx(-16 * np.log(2))


def test_free_energy_and_conditionals_are_those_of_scikit_learn():
    from sklearn.neural_network import BernoulliRBM

    machine, v = random_machine(9, 5), states(9)[::7]
    reference = BernoulliRBM(n_components=5)
    reference.components_ = machine.weights
    reference.intercept_visible_, reference.intercept_hidden_ = machine.visible, machine.hidden
    reference.n_features_in_ = 9
    np.testing.assert_allclose(machine.free_energy(v), reference._free_energy(v))
    np.testing.assert_allclose(machine.hidden_given(v), reference.transform(v))


@given(st.floats(-800, 800))
@settings(max_examples=50, deadline=None)
def test_sigmoid_and_softplus_hold_for_any_number(z):
    assert sigmoid(np.array(z)) == pytest.approx(1 / (1 + np.exp(min(-z, 700))), abs=1e-12)
    assert softplus(np.array(z)) == pytest.approx(max(z, 0) + np.log1p(np.exp(-abs(z))))
    assert log_sum(np.array([z, z])) == pytest.approx(z + np.log(2))


# --- contrastive divergence -------------------------------------------------------------------------


def test_the_gradient_by_counting_is_the_slope_of_the_log_likelihood():
    machine, data = random_machine(), states(4)[[1, 5, 6]]
    slope, step = exact_slope(machine, data), 1e-6
    for place in [(0, 0), (2, 3)]:
        sides = []
        for sign in (1, -1):
            weights = machine.weights.copy()
            weights[place] += sign * step
            sides.append(RestrictedMachine(weights, machine.visible, machine.hidden).log_likelihood(data))
        assert (sides[0] - sides[1]) / (2 * step) == pytest.approx(slope[0][place], abs=1e-6)


def test_divergence_after_long_chains_is_the_gradient_of_the_log_likelihood():
    machine, data = random_machine(scale=0.8), np.repeat(states(4)[[1, 5, 6]], 8000, axis=0)
    estimate = machine.divergence(data, 30, np.random.default_rng(2))
    for found, exact in zip(estimate, exact_slope(machine, data[::8000]), strict=True):
        np.testing.assert_allclose(found, exact, atol=0.02)  # 5 σ / √24000


def test_a_long_chain_visits_pictures_as_often_as_they_are_likely():
    machine, chance = random_machine(3, 2, scale=0.8), np.random.default_rng(4)
    v = np.zeros((40_000, 3))
    for _ in range(20):
        _, v = machine.gibbs(v, chance)
    counts = np.bincount((v @ [1, 2, 4]).astype(int), minlength=8) / len(v)
    exact = np.exp([machine.log_likelihood(row[None]) for row in states(3)])
    np.testing.assert_allclose(counts, exact, atol=0.0125)


def test_an_update_is_the_divergence_with_decay_and_momentum():
    lab = Boltzmann(**SMALL, rate=0.3, momentum=0.9, decay=0.1)
    learning = Learning(lab)
    before = learning.seen().machine
    learning.step()
    first = learning.seen().machine
    learning.step()
    second = learning.seen().machine
    moved, then = first.weights - before.weights, second.weights - first.weights
    batch = learning.pictures.train[learning._order[10:20]]
    slope = first.divergence(batch, 1, np.random.default_rng([lab.seed, 1, 1]))
    np.testing.assert_allclose(then, 0.9 * moved + 0.3 * (slope.weights - 0.1 * first.weights))


def test_learning_makes_bars_and_stripes_likelier():
    learning = Learning(Boltzmann(data="bars", hidden=8, rate=0.1, batch=30, steps=5))
    begun = learning.machine.log_likelihood(learning.pictures.train)
    while learning.epoch < 1000:
        learning.step()
    assert begun == pytest.approx(-16 * np.log(2), abs=0.01)
    assert learning.machine.log_likelihood(learning.pictures.train) > -6.5


def test_learning_brings_digits_back():
    learning = Learning(Boltzmann(hidden=32))
    while learning.epoch < 12:
        learning.step()
    errors = learning.seen().history["test_error"]
    assert errors[-1] < 0.7 * errors[0]


# --- going on ---------------------------------------------------------------------------------------


def same(first, second):
    assert first.keys() == second.keys()
    for name in first:
        np.testing.assert_array_equal(first[name], second[name])


def test_it_goes_on_to_the_bit_from_what_a_file_remembers():
    lab = Boltzmann(**SMALL, momentum=0.7)
    straight, first = Learning(lab), Learning(lab)
    for _ in range(11):
        straight.step()
    for _ in range(4):
        first.step()
    again = Learning(lab)
    again.restore(first.memory())
    for _ in range(7):
        again.step()
    same(straight.memory(), again.memory())


def test_what_is_seen_is_a_copy_that_learning_leaves_alone():
    learning = Learning(Boltzmann(**SMALL))
    seen = learning.seen()
    weights = seen.machine.weights.copy()
    learning.step()
    np.testing.assert_array_equal(seen.machine.weights, weights)


def test_rates_may_change_on_the_way():
    learning = Learning(Boltzmann(**SMALL))
    learning.step()
    learning.lab = learning.lab.with_(batch=30, rate=0.5, steps=3, momentum=0.0)
    learning.step()
    assert learning.epoch == 1
    assert learning.steps == 2


@pytest.mark.parametrize("part", ["weights", "place", "history", "speed.hidden"])
@pytest.mark.parametrize("change", ["gone", "shape", "number"])
def test_a_memory_of_something_else_is_refused(part, change):
    lab = Boltzmann(**SMALL)
    memory = dict(Learning(lab).memory())
    if change == "gone":
        del memory[part]
    elif change == "shape":
        memory[part] = memory[part][..., :-1]
    else:
        memory[part] = memory[part].astype(np.float32)
    with pytest.raises(InvalidValue, match="does not belong to these settings"):
        check(lab, memory)


def test_numbers_that_are_none_are_refused():
    lab = Boltzmann(**SMALL)
    memory = dict(Learning(lab).memory())
    memory["weights"][0, 0] = np.nan
    with pytest.raises(InvalidValue):
        check(lab, memory)


def test_weights_that_run_away_end_it_with_the_last_measures():
    learning = Learning(Boltzmann(**SMALL, rate=10.0, momentum=0.99))
    learning.machine.weights[:] = 1e7
    for _ in range(3):
        learning.step()
    seen = learning.learn()
    assert seen.diverged
    assert seen.epoch == 1
    assert len(seen.history["epoch"]) == 1


@pytest.mark.parametrize(
    "changes", [{"rate": 10.0}, {"hidden": 1}, {"hidden": 256}, {"batch": 1000}, {"decay": 1.0}]
)
def test_the_extremes_of_the_fields_leave_finite_numbers(changes):
    learning = Learning(Boltzmann(data="painted", momentum=0.99).with_(**changes))
    for _ in range(30):
        learning.step()
    assert np.isfinite(learning.machine.weights).all()


def test_history_grows_ever_slower():
    learning = Learning(Boltzmann(data="painted", hidden=1, batch=1000))
    learning.epoch = 9_990
    for _ in range(40):
        learning.step()
    history = learning.seen().history
    assert set(history) == set(HISTORY)
    assert history["epoch"].tolist() == [0, *range(9991, 10_001), 10_010, 10_020, 10_030]


# --- pictures ---------------------------------------------------------------------------------------


def test_bars_and_stripes_are_thirty_pictures_of_full_lines():
    pictures = bars_and_stripes(4).reshape(-1, 4, 4)
    assert len(pictures) == 2 * 2**4 - 2
    for picture in pictures:
        assert (picture == picture[:1]).all() or (picture == picture[:, :1]).all()


def test_digits_lie_between_0_and_1_and_no_picture_is_in_both_sets():
    train, test, side = Boltzmann().pictures()
    assert (train.min(), train.max(), side) == (0, 1, 8)
    assert len(train) + len(test) == 1797
    assert not {row.tobytes() for row in test} & {row.tobytes() for row in train}


def test_what_is_painted_is_learnt_and_nothing_is_an_empty_picture():
    assert Boltzmann(data="painted", patterns=("1" * 64,)).pictures().train.tolist() == [[1.0] * 64]
    assert not Boltzmann(data="painted", patterns=()).pictures().train.any()
