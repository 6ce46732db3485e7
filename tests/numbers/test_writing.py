"""Every kind of place writes its numbers by one rule."""

import math

import numpy as np
import pytest

from playground.numbers import writing
from playground.numbers.writing import (
    by,
    decimals,
    duration,
    entry,
    figures,
    fixed,
    magnitude,
    percent,
    plain,
    plain_count,
    power_of_ten,
    short,
    storage,
    whole,
    with_unit,
)  # fmt: skip


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.934, "0.93"),
        (-3.1, "−3.10"),
        (0, "0.00"),
        (-0.0, "0.00"),
        (1.2e-5, "1.2e−5"),
        (-3.4e12, "−3.4e12"),
        (np.nan, "–"),
        (np.inf, "∞"),
        (-np.inf, "−∞"),
    ],
)
def test_two_decimals_or_a_power_of_ten(value, text):
    assert decimals(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(482.0, "482"), (0.024553, "0.02455"), (-0.8, "−0.8"), (0.0, "0"), (2e-9, "2e−9")]
)
def test_as_many_figures_as_asked_for(value, text):
    assert figures(value, 4) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1500, "1.5 kB"),
        (850_000, "850 kB"),
        (9_960_000, "10 MB"),
        (1_234_000_000, "1.2 GB"),
    ],
)
def test_bytes_are_written_in_the_largest_unit_of_which_there_is_one(size, text):
    assert storage(size) == text


def test_a_power_of_ten_is_short():
    assert power_of_ten(5, -4) == "5e−4"
    assert power_of_ten(2, 0) == "2"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.21449, "0.214"), (-1.3, "−1.3"), (2e-5, "2e−5"), (-2.1e-7, "−2.1e−7"), (1234.5, "1234")],
)
def test_whole_numbers_are_not_rounded_to_tens(value, text):
    assert figures(value, 3) == text


def test_magnitudes_are_in_one_figure():
    assert [magnitude(norm) for norm in (0, 1.3e-3, 20, np.inf)] == ["0", "1e−3", "2e1", "∞"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (0.0, "0"),
        (500, "500"),
        (1000, "1\u2009000"),
        (1_234_567, "1\u2009234\u2009567"),
        (0.01, "0.010"),
        (0.9, "0.900"),
        (-0.5, "-0.500"),
        (0.999, "0.999"),
        (0.0015, "0.0015"),
        (5.0, "5"),
        (2.5, "2.5"),
        (1234.5, "1\u2009234.5"),
        (0.00001, "1e-5"),
        (0.00025, "2.5e-4"),
        (2e6, "2e6"),
        (999999.7, "1e6"),
        (-7, "-7"),
    ],
)
def test_a_field_holds_what_can_be_typed_back(number, text):
    assert entry(number) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.04123, "0.0412"),
        (0.0, "0.0000"),
        (3.2e-7, "3.2e−7"),
        (9.87654, "9.8765"),
        (12.3456, "12.35"),
        (1234.56, "1235"),
        (4.5e9, "4.5e9"),
        (float("nan"), "–"),
        (float("inf"), "∞"),
    ],
)
def test_a_loss_is_written_with_the_figures_that_count(value, text):
    assert writing.loss(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "1 s"),
        (0.4, "1 s"),
        (12.3, "12 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (170, "3 min"),
        (3599, "1 h"),
        (7300, "2 h"),
        (47.4 * 3600, "47 h"),
        (71 * 3600, "3 d"),
        (1e12, "11\u2009574\u2009074 d"),
    ],
)
def test_a_time_is_rounded_to_one_unit(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("part", "places", "text"),
    [
        (0.0, 0, "0 %"),
        (0.001, 0, "< 1 %"),
        (0.005, 0, "0 %"),
        (0.42, 0, "42 %"),
        (0.9951, 0, "> 99 %"),
        (1.0, 0, "100 %"),
        (0.0, 1, "0.0 %"),
        (0.0004, 1, "< 0.1 %"),
        (0.9834, 1, "98.3 %"),
        (0.9999, 1, "> 99.9 %"),
        (1.0, 1, "100.0 %"),
        (math.nan, 1, "–"),
    ],
)
def test_only_nothing_is_0_percent_and_only_all_is_100(part, places, text):
    assert percent(part, places) == text


def test_a_count_has_a_sign_between_its_thousands():
    assert whole(1_234_567) == "1\u2009234\u2009567"


def test_as_many_decimals_as_asked_for():
    assert [fixed(value, 1) for value in (-0.04, 0.25, 1234.0)] == ["−0.0", "0.2", "1\u2009234.0"]


def test_a_terminal_is_given_plain_signs():
    assert plain_count(12_000) == "12,000"
    assert [plain(value, 4) for value in (-0.024553, 1.2e-5, 70.0)] == ["-0.02455", "1.2e-05", "70"]


def test_units_and_sizes_stand_where_there_are_some():
    assert [with_unit("5", "%"), with_unit("5", "")] == ["5 %", "5"]
    assert by((8, 8, 1)) == "8×8×1"


@pytest.mark.parametrize(
    ("value", "in_full", "in_short"),
    [
        (361_204.4, "361204", "3.61e5"),
        (-600_000, "−600000", "−6e5"),
        (2e9, "2e9", "2e9"),
        (99_999, "99999", "99999"),
    ],
)
def test_a_price_is_written_in_full_where_there_is_room(value, in_full, in_short):
    assert figures(value, 4) == in_full
    assert short(value, 3) == in_short


def test_what_is_large_has_no_decimals():
    assert decimals(361_204.4) == "361204"
    assert decimals(99_999.4) == "99999.40"
