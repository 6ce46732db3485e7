"""What may vary: bounds, scales and choices."""

import math

import numpy as np
import pytest

from playground.search.variation import Variation
from playground.value import InvalidValue

RATE = Variation(path="rate", low=1e-4, high=1, logarithmic=True)
UNITS = Variation(path="units", low=2, high=5, whole=True)
MIXED = Variation(path="mixed", choices=(1, True, 1.0, "1"))


def test_a_log_scale_gives_each_decade_as_much():
    assert RATE.at(0.0) == pytest.approx(1e-4)
    assert RATE.at(0.5) == pytest.approx(1e-2)
    assert RATE.at(0.75) == pytest.approx(1e-1)
    assert RATE.share(0.1) == pytest.approx(0.75)


def test_each_whole_number_has_an_equal_part():
    drawn = [UNITS.at(share) for share in np.linspace(0.0005, 0.9995, 1000)]
    assert [drawn.count(number) for number in (2, 3, 4, 5)] == [250, 250, 250, 250]
    assert all(type(number) is int for number in drawn)


def test_whole_numbers_on_a_log_scale_stay_within_their_bounds():
    batch = Variation(path="batch", low=8, high=128, logarithmic=True, whole=True)
    drawn = [batch.at(share) for share in np.linspace(0, 1, 500)]
    assert (min(drawn), max(drawn)) == (8, 128)
    assert drawn == sorted(drawn)


def test_steps_are_kept_where_they_do_not_meet_the_upper_bound():
    stepped = Variation(path="p", low=0, high=1, step=0.3)
    assert sorted({round(stepped.at(share), 9) for share in np.linspace(0, 1, 101)}) == [0, 0.3, 0.6, 0.9]
    assert stepped.size == 4


def test_choices_of_mixed_types_are_told_apart():
    assert [MIXED.place(value) for value in (1, True, 1.0, "1")] == [0, 1, 2, 3]
    assert [MIXED.at(MIXED.share(choice)) for choice in MIXED.choices] == list(MIXED.choices)
    assert [type(choice) for choice in Variation.build(MIXED.model_dump(mode="json")).choices] == [
        int, bool, float, str,
    ]  # fmt: skip


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("variation", [RATE, UNITS, MIXED])
def test_the_share_of_a_value_leads_back_to_it(variation, share):
    value = variation.at(share)
    assert variation.at(variation.share(value)) == (
        pytest.approx(value) if isinstance(value, float) and not variation.choices else value
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"low": 0, "high": 1, "logarithmic": True}, "a log scale begins above 0, and not at 0"),
        ({"low": 2, "high": 1}, "2 is above 1; the lower comes first"),
        ({"low": 0.5, "high": 2, "whole": True}, "whole numbers begin and end at whole numbers"),
        ({"low": 1, "high": 2, "logarithmic": True, "step": 0.1}, "a log scale has no steps"),
        ({"choices": ("relu", "relu")}, "a choice is there twice"),
    ],
)
def test_what_cannot_vary_is_told_in_a_sentence(fields, words):
    with pytest.raises(InvalidValue, match=words):
        Variation.build({"path": "p"} | fields)


def test_a_grid_goes_from_bound_to_bound():
    assert RATE.grid(5) == pytest.approx((1e-4, 1e-3, 1e-2, 1e-1, 1))
    assert UNITS.grid(3) == (2, 4, 5)
    assert UNITS.grid(100) == (2, 3, 4, 5)
    assert MIXED.grid(2) == MIXED.choices


def test_narrowing_goes_around_the_values_and_keeps_the_scale():
    fine = RATE.narrowed([0.01, 0.1])
    assert fine.logarithmic
    assert math.log10(fine.low) == pytest.approx(-2.1)
    assert math.log10(fine.high) == pytest.approx(-0.9)
    assert MIXED.narrowed([True, "1"]).choices == (True, "1")
    assert UNITS.narrowed([3, 3, 4]).with_(path="p") == Variation(path="p", low=3, high=4, whole=True)
    assert RATE.narrowed([]) == RATE
