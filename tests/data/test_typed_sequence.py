"""A sequence that is typed is the one that is asked about, or a sentence says what is wrong with it."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.sequences import Adding, Brackets, Echo, SequenceParity, Waves
from playground.data.typed_sequence import typed, written
from playground.numbers.reading import Signs
from playground.randomness import Pcg64
from playground.value import InvalidValue

GERMAN = Signs(",", ".")


@pytest.mark.parametrize("text", ["0.5 -1 2e-1", "0.5; -1; 0.2", "  0.5\n−1\n0.2  "])
def test_numbers_stand_between_blanks_semicolons_or_lines(text):
    raw = typed(text, Echo(length=5))
    np.testing.assert_array_equal(raw[:, 0], [0.5, -1, 0.2, np.nan, np.nan])


def test_a_decimal_comma_is_read_where_people_write_it():
    assert typed("0,5 1,25", Echo(length=2, delay=1), GERMAN).ravel().tolist() == [0.5, 1.25]


def test_several_columns_stand_step_by_step():
    raw = typed("0.1 0; 0.7 1\n0.2 0; 0.4 1", Adding(length=4))
    assert raw.tolist() == [[0.1, 0], [0.7, 1], [0.2, 0], [0.4, 1]]


def test_symbols_stand_one_after_the_other_and_blanks_between_them_are_nothing():
    raw = typed("( [ ] )", Brackets(pairs=3))
    assert np.isnan(raw[4:]).all()
    assert raw[:4].argmax(axis=1).tolist() == [0, 2, 3, 1]


def test_in_a_text_a_blank_is_a_character_and_capitals_are_small_where_they_were_learnt_so():
    dataset = OwnText(text="the cat sat on the mat", window=4)
    raw = typed("THE cat", dataset)
    assert written(raw, dataset.shape) == " cat"


@pytest.mark.parametrize(
    ("text", "dataset", "words"),
    [
        ("", Echo(), "Type a sequence."),
        ("  \n ", SequenceParity(), "Type a sequence."),
        ("0.5 x 1", Echo(), "'x' is not a number"),
        ("0.5 inf", Echo(), "is not a number"),
        ("1 2 3", Echo(length=2, delay=1), "It has 3 steps, and the network takes 2 at most."),
        ("1 2 3", Waves(window=5), "It has 3 steps, and the network is given 5 at once."),
        ("0.5", Adding(), "Step 1 has 1 numbers, and each has 2: value, mark"),
        ("01012", SequenceParity(), "'2' is none of what it has learnt from: 0 1"),
        ("abc\U0001f600", OwnText(text="abcabcabcabc", window=2), "is none of what it has learnt from"),
    ],
)
def test_what_cannot_be_asked_is_told_in_a_sentence(text, dataset, words):
    with pytest.raises(InvalidValue, match=words.replace("(", r"\(").replace(".", r"\.")):
        typed(text, dataset)


def test_of_a_series_to_be_continued_the_last_steps_count():
    assert typed("1 2 3 4 5", Waves(window=3)).ravel().tolist() == [3, 4, 5]


@pytest.mark.parametrize("kind", [Adding, Brackets, Echo, SequenceParity, Waves, OwnText])
def test_what_is_written_of_a_sample_is_read_as_that_sample(kind):
    dataset = kind()
    for raw in dataset.few(40, Pcg64().streams().data).raw:
        np.testing.assert_allclose(typed(written(raw, dataset.shape), dataset), raw, rtol=1e-5, atol=1e-12)


@given(st.text(max_size=60))
@pytest.mark.parametrize("dataset", [Echo(), Adding(), Brackets(), OwnText()], ids=lambda each: each.kind)
def test_any_text_is_a_sequence_or_a_sentence(dataset, text):
    with suppress(InvalidValue):
        assert typed(text, dataset).shape == dataset.shape.sizes
