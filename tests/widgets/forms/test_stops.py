import math
from typing import Annotated

import pytest
from forms_examples import Momentum, Training, field
from pydantic import Field

from playground.fields import describe
from playground.value import Logarithmic, Typical, Value
from widgets.forms.stops import slider_stops


def test_a_linear_slider_stops_at_even_steps():
    stops = slider_stops(field("noise"))
    assert stops[:3] == (0, 0.5, 1.0)
    assert stops[-1] == 50
    assert len(stops) == 101


def test_excluded_bounds_are_left_out():
    stops = slider_stops(field("beta", Momentum))
    assert (stops[0], stops[-1]) == (0, 0.99)


def test_a_logarithmic_slider_of_rates_stops_at_round_numbers():
    stops = slider_stops(field("rate"))
    assert (stops[0], stops[-1]) == (1e-5, 10)
    assert {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0} <= set(stops)


def test_a_logarithmic_slider_of_whole_numbers_stops_at_round_numbers_and_powers_of_two():
    stops = slider_stops(field("samples"))
    assert (stops[0], stops[-1]) == (10, 5000)
    assert {16, 32, 64, 100, 128, 200, 256, 500, 512, 1000} <= set(stops)
    assert all(type(stop) is int for stop in stops)


class Ranges(Value):
    units: int = Field(8, ge=1, le=16)
    many: int = Field(8, ge=0, le=1000)
    penalty: Annotated[float, Field(ge=0, le=1), Logarithmic(floor=1e-4)] = 0.0
    tight: Annotated[float, Field(ge=0, lt=1), Typical(0.9, 0.999)] = 0.99
    centred: float = Field(0.0, ge=-1, le=1)
    momentum: float = Field(0.9, ge=0, le=0.999)
    seed: int = Field(42, ge=0, lt=2**32)
    free: float = 0.0


def test_a_short_range_of_whole_numbers_has_every_one():
    assert slider_stops(field("units", Ranges)) == tuple(range(1, 17))


def test_a_long_range_of_whole_numbers_has_steps():
    assert slider_stops(field("many", Ranges))[:3] == (0, 10, 20)


def test_a_logarithmic_slider_may_reach_zero():
    assert slider_stops(field("penalty", Ranges))[:2] == (0, 1e-4)


def test_the_typical_range_is_what_the_slider_covers():
    stops = slider_stops(field("tight", Ranges))
    assert (stops[0], stops[-1]) == (0.9, 0.999)


def test_a_range_just_short_of_a_round_one_has_its_steps():
    stops = slider_stops(field("momentum", Ranges))
    assert stops[:2] == (0, 0.01)
    assert stops[-2:] == (0.99, 0.999)


def test_a_number_out_of_billions_has_no_slider():
    assert slider_stops(field("seed", Ranges)) == ()


def test_a_number_without_bounds_has_no_slider():
    assert slider_stops(field("free", Ranges)) == ()


@pytest.mark.parametrize("described", [*describe(Ranges), *describe(Training)], ids=lambda each: each.name)
def test_stops_rise_and_are_allowed(described):
    if described.type not in (int, float):
        return
    stops = slider_stops(described)
    assert list(stops) == sorted(set(stops))
    for stop in stops:
        assert math.isfinite(stop)
        assert described.type is type(stop)
        assert (
            described.low is None or stop > described.low or (stop == described.low and not described.above)
        )
        assert (
            described.high is None
            or stop < described.high
            or (stop == described.high and not described.below)
        )
