"""Random streams are exact, independent, and resume bit for bit."""

import json

import numpy as np
import pytest

from playground.randomness import Pcg64, Randomness, Rc4, Streams, TFPlaygroundRandomness
from playground.value import InvalidValue

TRAINING = ("shuffle", "dropout", "augment", "noise")


def draws(streams: Streams) -> dict[str, list[float]]:
    return {name: getattr(streams, name).random(5).tolist() for name in TRAINING}


# --- RC4 --------------------------------------------------------------------------------------------


def test_rc4_gives_the_numbers_that_seedrandom_documents():
    assert Rc4("hello.").uniform(2).tolist() == [0.9282578795792454, 0.3752569768646784]


def test_rc4_fills_arrays_row_by_row():
    np.testing.assert_array_equal(Rc4("a").uniform((2, 3)).ravel(), Rc4("a").uniform(6))
    np.testing.assert_array_equal(Rc4("a").normal((2, 3)).ravel(), Rc4("a").normal(6))


def test_rc4_uniform_numbers_are_spread_evenly():
    numbers = Rc4("even").uniform(20_000)
    counts, _ = np.histogram(numbers, bins=10, range=(0, 1))
    assert counts.sum() == 20_000
    assert np.all(np.abs(counts - 2_000) < 200)


def test_rc4_normal_numbers_have_mean_0_and_variance_1():
    numbers = Rc4("bell").normal(20_000)
    assert abs(numbers.mean()) < 0.03
    assert abs(numbers.var() - 1) < 0.05


def test_rc4_normal_spends_two_uniforms_an_attempt_and_keeps_one_deviate():
    uniform = iter(2 * Rc4("polar").uniform(100) - 1)
    expected = []
    while len(expected) < 10:
        v1, v2 = next(uniform), next(uniform)
        s = v1**2 + v2**2
        if s <= 1:
            expected.append(v1 * np.sqrt(-2 * np.log(s) / s))
    np.testing.assert_allclose(Rc4("polar").normal(10), expected, rtol=1e-14)


def test_rc4_permutation_is_the_swapping_of_tf_playground():
    letters = list("abcdefgh")
    random = iter(Rc4("cards").uniform(8))
    for counter in range(8, 0, -1):
        index = int(next(random) * counter)
        letters[counter - 1], letters[index] = letters[index], letters[counter - 1]
    assert np.array(list("abcdefgh"))[Rc4("cards").permutation(8)].tolist() == letters


def test_rc4_takes_only_the_low_byte_of_a_character_as_javascript_has_it():
    assert Rc4("š").uniform(1) == Rc4("a").uniform(1)  # U+0161 and U+0061
    assert Rc4("😀").uniform(1) == Rc4("=\0").uniform(1)  # the surrogates D83D and DE00


def test_an_empty_seed_is_a_seed_too():
    assert 0 <= Rc4("").uniform(()) < 1
    assert draws(TFPlaygroundRandomness(seed="").streams())


def test_tf_playground_draws_data_and_weights_from_one_stream():
    streams = TFPlaygroundRandomness(seed="0.59704").streams()
    assert streams.data is streams.init


def test_the_seed_text_is_kept_exactly():
    assert TFPlaygroundRandomness(seed=" 0.50 ").seed == " 0.50 "


# --- every kind of randomness -----------------------------------------------------------------------

EVERY = pytest.mark.parametrize("kind", Randomness.members(), ids=lambda kind: kind.tag())


@EVERY
def test_a_seed_gives_the_same_streams_again(kind):
    once, again = kind().streams(), kind().streams()
    assert draws(once) == draws(again)
    assert once.data.uniform(3).tolist() == again.data.uniform(3).tolist()
    assert once.init.normal(3).tolist() == again.init.normal(3).tolist()
    assert once.data.permutation(9).tolist() == again.data.permutation(9).tolist()


@EVERY
def test_another_seed_gives_other_streams(kind):
    other = kind.build({"kind": kind.tag(), "seed": 7 if kind is Pcg64 else "7"})
    assert draws(kind().streams()) != draws(other.streams())
    assert kind().streams().data.uniform(3).tolist() != other.streams().data.uniform(3).tolist()


@EVERY
def test_the_training_streams_differ_from_one_another(kind):
    assert len({tuple(numbers) for numbers in draws(kind().streams()).values()}) == len(TRAINING)


@EVERY
def test_a_source_permutes_and_is_uniform_and_normal(kind):
    source = kind().streams().data
    assert sorted(source.permutation(50).tolist()) == list(range(50))
    numbers = source.uniform((40, 50))
    assert numbers.shape == (40, 50)
    assert numbers.dtype == np.float64
    assert numbers.min() >= 0
    assert numbers.max() < 1
    assert abs(source.normal((40, 50)).std() - 1) < 0.1


@EVERY
def test_streams_resume_bit_for_bit_after_a_journey_through_json(kind):
    streams = kind().streams()
    streams.shuffle.permutation(7)
    streams.dropout.integers(5, dtype=np.uint32)  # leaves half of a 64-bit draw waiting
    streams.augment.standard_normal(11)
    saved = json.dumps(streams.state())
    expected = draws(streams)
    resumed = kind().streams()
    resumed.restore(json.loads(saved))
    assert draws(resumed) == expected
    streams.restore(json.loads(saved))
    assert draws(streams) == expected


@EVERY
def test_randomness_survives_json(kind):
    assert kind.model_validate_json(kind().model_dump_json()) == kind()


GOOD = Pcg64().streams().state()


@pytest.mark.parametrize(
    "state",
    [
        None,
        [],
        {},
        {name: GOOD[name] for name in TRAINING[:3]},
        GOOD | {"more": GOOD["noise"]},
        GOOD | {"noise": None},
        GOOD | {"noise": {}},
        GOOD | {"noise": GOOD["noise"] | {"bit_generator": "MT19937"}},
        GOOD | {"noise": GOOD["noise"] | {"state": {"state": 1.5, "inc": 3}}},
        GOOD | {"noise": GOOD["noise"] | {"state": {"state": -1, "inc": 3}}},
        GOOD | {"noise": GOOD["noise"] | {"state": {"state": 2**200, "inc": 3}}},
        GOOD | {"noise": GOOD["noise"] | {"uinteger": "a"}},
    ],
)
def test_a_malformed_state_is_refused_and_changes_nothing(state):
    streams = Pcg64(seed=3).streams()
    before = streams.state()
    with pytest.raises(InvalidValue, match="random stream"):
        streams.restore(state)
    assert streams.state() == before


def test_seeds_out_of_bounds_are_refused():
    with pytest.raises(InvalidValue, match="seed: must be at least 0"):
        Pcg64.build({"seed": -1})
    with pytest.raises(InvalidValue, match="seed"):
        TFPlaygroundRandomness.build({"seed": "x" * 65})
