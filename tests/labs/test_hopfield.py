"""Hopfield networks do what their definitions say: by hand, by other formulas, and for any patterns."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.labs.hopfield import Hopfield
from playground.labs.hopfield.capacity import CAPACITY, Course, courses, measured
from playground.labs.hopfield.recall import (
    ModernRecall,
    Recall,
    attention,
    energy,
    modern_energy,
    weights,
)
from playground.labs.hopfield.recognized import blended, recognized
from playground.labs.letters import LETTERS, letter
from playground.labs.patterned import bits

RULES = pytest.mark.parametrize("rule", ["hebb", "projection"])
TWO = np.array([[1.0, 1, -1, -1], [1, -1, 1, -1]])


def random_patterns(seed, count, neurons):
    return np.where(np.random.default_rng(seed).random((count, neurons)) < 0.5, -1.0, 1.0)


@st.composite
def networks(draw):
    """Patterns and a state."""
    neurons, count = draw(st.integers(2, 16)), draw(st.integers(1, 8))
    signs = st.sampled_from([-1.0, 1.0])
    drawn = draw(st.lists(signs, min_size=(count + 1) * neurons, max_size=(count + 1) * neurons))
    table = np.array(drawn).reshape(count + 1, neurons)
    return table[1:], table[0]


# --- weights ----------------------------------------------------------------------------------------


def test_the_weights_of_hebb_by_hand():
    by_hand = np.array([[0, 0, 0, -2], [0, 0, -2, 0], [0, -2, 0, 0], [-2, 0, 0, 0]]) / 4
    np.testing.assert_allclose(weights(TWO, "hebb"), by_hand)


def test_the_projection_rule_projects_onto_the_patterns():
    patterns = random_patterns(1, 3, 12)
    basis, _ = np.linalg.qr(patterns.T)
    projector = basis @ basis.T
    np.fill_diagonal(projector, 0)
    np.testing.assert_allclose(weights(patterns, "projection"), projector, atol=1e-12)


def test_a_pattern_that_is_stored_twice_counts_once():
    patterns = random_patterns(2, 3, 40)
    twice = np.concatenate([patterns, patterns[:1]])
    np.testing.assert_allclose(weights(twice, "projection"), weights(patterns, "projection"), atol=1e-9)


def test_patterns_at_right_angles_are_stored_alike_by_both_rules():
    np.testing.assert_allclose(weights(TWO, "hebb"), weights(TWO, "projection"), atol=1e-12)


@RULES
@given(networks())
@settings(max_examples=40, deadline=None)
def test_weights_are_symmetric_without_self_connections(rule, network):
    found = weights(network[0], rule)
    np.testing.assert_allclose(found, found.T)
    assert not np.diag(found).any()


def test_the_projection_rule_keeps_every_pattern_however_alike_they_are():
    patterns = np.array([letter(name, 10).ravel() for name in "OCUGQ" if name in LETTERS], np.float64)
    weight = weights(patterns, "projection")
    for pattern in patterns:
        recall = Recall(weight, pattern, "one", np.random.default_rng(0))
        recall.settle()
        np.testing.assert_array_equal(recall.state, pattern)


# --- recall -----------------------------------------------------------------------------------------


def test_the_energy_by_hand():
    weight = weights(TWO, "hebb")
    assert energy(weight, TWO[0]) == pytest.approx(-1.0)  # two pairs at −½ that differ
    assert energy(weight, np.ones(4)) == pytest.approx(1.0)


@RULES
@given(networks())
@settings(max_examples=60, deadline=None)
def test_the_energy_never_rises_while_neurons_turn_one_at_a_time(rule, network):
    patterns, state = network
    recall = Recall(weights(patterns, rule), state, "one", np.random.default_rng(3))
    for _ in range(40 * len(state)):
        recall.advance()
    energies = np.array([each for _, each in recall.energies])
    assert (np.diff(energies) <= 1e-9).all()
    assert recall.ended == "rest"


@RULES
@given(networks())
@settings(max_examples=40, deadline=None)
def test_at_rest_no_neuron_is_pulled_the_other_way(rule, network):
    patterns, state = network
    weight = weights(patterns, rule)
    recall = Recall(weight, state, "one", np.random.default_rng(3))
    recall.settle()
    assert recall.ended == "rest"
    assert ((weight @ recall.state) * recall.state >= -1e-9).all()


@given(networks())
@settings(max_examples=60, deadline=None)
def test_all_at_once_it_rests_or_two_states_take_turns(network):
    patterns, state = network
    recall = Recall(weights(patterns, "hebb"), state, "all", np.random.default_rng(3))
    recall.settle()
    assert recall.ended in ("rest", "cycle")
    before = recall.state
    recall.advance()
    assert (recall.ended == "rest") == bool((recall.state == before).all())
    recall.advance()
    np.testing.assert_array_equal(recall.state, before)


def test_two_neurons_that_want_to_differ_take_turns_all_at_once_and_rest_one_at_a_time():
    weight, alike = np.array([[0.0, -1], [-1, 0]]), np.ones(2)
    at_once = Recall(weight, alike, "all", np.random.default_rng(0))
    at_once.settle()
    one_by_one = Recall(weight, alike, "one", np.random.default_rng(0))
    one_by_one.settle()
    assert (at_once.ended, one_by_one.ended) == ("cycle", "rest")
    assert one_by_one.state.sum() == 0


def test_a_neuron_that_nothing_pulls_stays_as_it_is():
    for update in ("one", "all"):
        recall = Recall(np.zeros((3, 3)), np.array([1.0, -1, 1]), update, np.random.default_rng(0))
        recall.settle()
        assert recall.state.tolist() == [1, -1, 1]


def test_the_same_seed_turns_neurons_in_the_same_order():
    lab = Hopfield(damage=40.0)
    courses_of = [Recall(weights(lab.stored, "hebb"), lab.cue, "one", lab.order()) for _ in range(2)]
    for recall in courses_of:
        for _ in range(150):
            recall.advance()
    assert courses_of[0].energies == courses_of[1].energies


# --- the modern network -----------------------------------------------------------------------------


def test_attention_is_the_softmax_of_scaled_products():
    shares = attention(TWO, np.array([1.0, 1, 0, 0]), 0.5)
    by_hand = np.exp([0.5 * 2, 0.0])
    np.testing.assert_allclose(shares, by_hand / by_hand.sum())


@given(networks(), st.floats(0.001, 50))
@settings(max_examples=60, deadline=None)
def test_the_modern_energy_never_rises_and_is_never_below_0(network, beta):
    patterns, state = network
    recall = ModernRecall(patterns, state, beta)
    for _ in range(8):
        recall.advance()
    energies = np.array([each for _, each in recall.energies])
    assert (np.diff(energies) <= 1e-6).all()
    assert energies.min() >= -1e-6


def test_the_modern_energy_by_hand():
    state, beta = np.array([1.0, 1, -1, -1]), 0.25
    pulls = beta * np.array([4.0, 0.0])
    by_hand = -np.log(np.exp(pulls).sum()) / beta + 2 + np.log(2) / beta + 2
    assert modern_energy(TWO, state, beta) == pytest.approx(by_hand)


def test_a_small_beta_blends_all_and_a_large_one_finds_the_nearest_in_a_step():
    patterns = random_patterns(5, 30, 100)
    damaged = patterns[0].copy()
    damaged[:30] *= -1
    sharp, blurred = ModernRecall(patterns, damaged, 1.0), ModernRecall(patterns, damaged, 1e-6)
    sharp.advance()
    blurred.advance()
    np.testing.assert_allclose(sharp.state, patterns[0], atol=1e-3)
    np.testing.assert_allclose(blurred.state, patterns.mean(axis=0), atol=1e-3)


def test_the_modern_network_holds_what_is_far_too_much_for_the_classic_one():
    patterns = random_patterns(6, 60, 100)
    classic = Recall(weights(patterns, "hebb"), patterns[0], "one", np.random.default_rng(0))
    classic.settle()
    modern = ModernRecall(patterns, patterns[0], 1.0)
    modern.advance()
    assert classic.state @ patterns[0] < 90
    assert modern.state @ patterns[0] > 99


# --- what a state is --------------------------------------------------------------------------------


def test_memories_negatives_and_mixtures_are_told_apart():
    patterns = random_patterns(7, 5, 64)
    majority = np.sign(patterns[[0, 2, 4]].sum(axis=0))
    near = patterns[1].copy()
    near[:6] *= -1
    assert str(recognized(patterns, patterns[2])) == "Pattern 3, without an error."
    assert str(recognized(patterns, -patterns[2])) == "The negative of pattern 3."
    assert str(recognized(patterns, majority)).startswith("A mixture of patterns 1, 3 and 5")
    assert str(recognized(patterns, near)) == "91 % of the pixels are as in pattern 2."
    assert str(recognized(patterns, -near)) == "91 % of the pixels are as in the negative of pattern 2."
    assert str(recognized(patterns[:0], near)) == "Nothing is stored."


def test_a_mixture_of_three_is_a_valley_that_nobody_stored():
    patterns = random_patterns(8, 3, 400)
    mixture = np.sign(patterns.sum(axis=0))
    recall = Recall(weights(patterns, "hebb"), mixture, "one", np.random.default_rng(0))
    recall.settle()
    assert str(recognized(patterns, recall.state)).startswith("A mixture")


def test_a_blend_is_told_with_its_shares():
    patterns = random_patterns(9, 2, 64)
    assert str(blended(patterns, np.zeros(64), 1.0)) == "A blend: 50 % of pattern 1, 50 % of pattern 2."
    assert str(blended(patterns, patterns[1], 1.0)) == "Pattern 2, without an error."


# --- the settings -----------------------------------------------------------------------------------


def test_so_many_pixels_are_damaged_as_are_asked_for():
    lab = Hopfield(side=20, damage=15.0)
    assert (lab.cue != lab.stored[0]).sum() == 60


def test_what_is_painted_stays_whatever_the_damage_is():
    painted = "1" * 10 + "0" * 10 + "." * 80
    for damage in (0.0, 50.0):
        cue = Hopfield(damage=damage, painted=painted).cue
        assert (cue[:10] == 1).all()
        assert (cue[10:20] == -1).all()


@given(st.integers(4, 20), st.integers(4, 20))
@settings(max_examples=30, deadline=None)
def test_patterns_follow_the_grid_to_another_size_and_nothing_is_lost_on_the_way_back(first, second):
    lab = Hopfield(side=first, patterns=(bits(letter("T", first)),))
    assert lab.with_(side=second).stored.shape == (1, second**2)
    assert lab.with_(side=second).with_(side=first) == lab


def test_without_a_pattern_there_is_an_empty_cue():
    lab = Hopfield(patterns=())
    assert lab.stored.shape == (0, 100)
    assert (lab.cue == -1).all()
    assert ModernRecall(lab.stored, lab.cue, 1.0).ended == "rest"
    assert not weights(lab.stored, "hebb").any()
    assert not weights(lab.stored, "projection").any()


def test_every_letter_fits_every_grid():
    for side in (4, 7, 10, 20):
        for name in LETTERS:
            assert set(np.unique(letter(name, side))) <= {-1, 1}


# --- capacity ---------------------------------------------------------------------------------------


def test_recall_by_hebb_breaks_down_about_the_capacity_and_by_projection_beyond():
    *_, found = measured(100, 0.1, 1)
    whole, projection = found.rates[Course("hebb")], found.rates[Course("projection", 0.1)]
    assert whole[found.loads < CAPACITY / 2].min() > 0.97
    assert whole[found.loads > 2 * CAPACITY].max() < 0.4
    assert projection[found.loads < 0.2].min() > 0.95
    assert found.progress == 1


def test_the_measurement_comes_a_load_at_a_time_and_is_the_same_again():
    first, second = measured(25, 0.2, 3), measured(25, 0.2, 3)
    one, other = next(first), next(second)
    assert len(one.loads) == 1
    assert {course: rates.tolist() for course, rates in one.rates.items()} == {
        course: rates.tolist() for course, rates in other.rates.items()
    }


def test_without_damage_nothing_is_measured_twice():
    assert courses(0.0) == (Course("hebb"), Course("projection"))
