"""Every schedule follows its closed form, written here once more from the catalogue of formulas."""

import math

import pytest

from playground.engine.schedules import (
    Constant,
    Cosine,
    Exponential,
    Schedule,
    StepDecay,
    TimedSchedule,
    Warmup,
)

PER_EPOCH = 7
STEPS = [0, 1, 5, 6, 7, 8, 13, 14, 20, 21, 35, 69, 70, 71, 700, 7001]
UNITS = pytest.mark.parametrize("unit", ["steps", "epochs"])


def rates(schedule, steps=STEPS, initial=0.5):
    return [schedule.rate(initial, step, PER_EPOCH) for step in steps]


def times(unit):
    return [step if unit == "steps" else step / PER_EPOCH for step in STEPS]


def test_constant_stays():
    assert rates(Constant()) == [0.5] * len(STEPS)


@pytest.mark.parametrize(("factor", "every"), [(0.5, 5), (0.1, 20), (0.5, 1), (1.0, 3)])
def test_step_decay_multiplies_at_each_drop(factor, every):
    expected = [0.5 * factor ** math.floor((step // PER_EPOCH) / every) for step in STEPS]
    assert rates(StepDecay(factor=factor, every=every)) == pytest.approx(expected, rel=1e-12)


def test_step_decay_drops_with_the_first_step_of_an_epoch():
    schedule = StepDecay(factor=0.5, every=2)
    assert rates(schedule, [2 * PER_EPOCH - 1, 2 * PER_EPOCH]) == [0.5, 0.25]


@UNITS
@pytest.mark.parametrize(("decay_rate", "decay_steps"), [(0.9, 3), (0.5, 1), (0.25, 10)])
def test_exponential_shrinks_by_the_same_share_in_equal_times(unit, decay_rate, decay_steps):
    schedule = Exponential(unit=unit, decay_rate=decay_rate, decay_steps=decay_steps)
    expected = [0.5 * math.exp(math.log(decay_rate) * time / decay_steps) for time in times(unit)]
    assert rates(schedule) == pytest.approx(expected, rel=1e-9)


@UNITS
def test_a_staircase_takes_whole_decay_times(unit):
    schedule = Exponential(unit=unit, decay_rate=0.9, decay_steps=2, staircase=True)
    expected = [0.5 * 0.9 ** math.floor(time / 2) for time in times(unit)]
    assert rates(schedule) == pytest.approx(expected, rel=1e-12)


@UNITS
@pytest.mark.parametrize(("decay_steps", "alpha"), [(10, 0.0), (10, 0.1), (3, 1.0)])
def test_cosine_falls_by_half_a_wave_and_stays_down(unit, decay_steps, alpha):
    schedule = Cosine(unit=unit, decay_steps=decay_steps, alpha=alpha)
    expected = [
        0.5 * alpha + 0.5 * (1 - alpha) * math.cos(math.pi / 2 * min(time / decay_steps, 1)) ** 2
        for time in times(unit)
    ]
    assert rates(schedule) == pytest.approx(expected, rel=1e-12, abs=1e-16)


@UNITS
@pytest.mark.parametrize("inner", Schedule.members(), ids=lambda member: member.tag())
def test_warm_up_rises_in_a_line_and_then_runs_any_schedule_from_its_beginning(unit, inner):
    length = 3 * (PER_EPOCH if unit == "epochs" else 1)
    schedule = Warmup(unit=unit, warmup_steps=3, inner=inner())
    assert rates(schedule, range(length)) == pytest.approx([0.5 * step / length for step in range(length)])
    assert rates(schedule, [length + step for step in STEPS]) == rates(inner())


# --- what all of them promise -----------------------------------------------------------------------

EVERY = pytest.mark.parametrize(
    "schedule", [member() for member in Schedule.members()], ids=lambda s: s.tag()
)


@EVERY
def test_the_rate_is_finite_and_never_below_zero(schedule):
    assert all(math.isfinite(rate) and rate >= 0 for rate in rates(schedule, [*STEPS, 10**7, 10**12]))


@EVERY
def test_the_rate_is_in_proportion_to_the_initial_one(schedule):
    expected = [6 * rate for rate in rates(schedule, initial=0.1)]
    assert rates(schedule, initial=0.6) == pytest.approx(expected)


@EVERY
def test_epochs_and_steps_agree_where_an_epoch_is_one_step(schedule):
    if not isinstance(schedule, TimedSchedule):
        return
    by_steps, by_epochs = (schedule.with_(unit=unit) for unit in ("steps", "epochs"))
    assert [by_steps.rate(1, step, 1) for step in STEPS] == [by_epochs.rate(1, step, 1) for step in STEPS]
