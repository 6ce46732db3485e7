"""The schedule explorer: curves and areas against closed forms, times that suit a training, and trials."""

import numpy as np
import pytest
from scipy.integrate import quad

from playground.engine.activations import Linear
from playground.engine.losses import SquaredError
from playground.engine.optimizers import GradientDescent
from playground.engine.schedules import (
    Constant,
    Cosine,
    Exponential,
    OneCycle,
    PiecewiseConstant,
    Polynomial,
    ReduceOnPlateau,
    Schedule,
    StepDecay,
    TimedSchedule,
    Warmup,
)
from playground.experiment import Experiment
from playground.labs.schedules import Schedules
from playground.labs.schedules.rates import area, lasting, rate_curve, rates_learnt_by, times
from playground.labs.trial import Trial
from playground.training.trainer import Trainer
from playground.value import InvalidValue

every_schedule = pytest.mark.parametrize("kind", Schedule.ready(), ids=lambda kind: kind.tag())


@every_schedule
@pytest.mark.parametrize(("epochs", "per_epoch"), [(1, 1), (1, 1000), (60, 25), (1000, 1000)])
def test_every_schedule_has_a_curve_and_an_area_at_every_extreme(kind, epochs, per_epoch):
    x, rates = rate_curve(kind(), 0.1, epochs, per_epoch)
    assert len(x) <= 1001
    assert (np.diff(x) > 0).all()
    assert x[0] == 0
    assert x[-1] == pytest.approx(epochs - 1 / per_epoch)
    assert np.isfinite(rates).all()
    assert np.isfinite(area(kind(), 0.1, epochs, per_epoch))


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (Constant(), 1.0),
        (Cosine(decay_steps=60), 0.5),
        (Cosine(decay_steps=60, alpha=0.2), 0.6),
        (Polynomial(decay_steps=60, end=0, power=3), 0.25),
        (Exponential(decay_steps=60, decay_rate=0.5), 0.5 / np.log(2)),
        (StepDecay(every=20, factor=0.5), (1 + 0.5 + 0.25) / 3),
        (Warmup(warmup_steps=30, inner=Constant()), 0.75),
    ],
    ids=repr,
)
def test_areas_are_those_of_calculus(schedule, expected):
    assert area(schedule, 0.3, 60, 1000) == pytest.approx(expected, abs=2e-3)


def test_the_area_of_one_cycle_is_its_integral():
    schedule = OneCycle(total_steps=60)
    expected, _ = quad(lambda epoch: schedule.rate(1.0, epoch * 1000, 1000), 0, 60, points=[18])
    assert area(schedule, 1.0, 60, 1000) == pytest.approx(expected / 60, abs=1e-4)


def test_with_few_steps_the_area_is_their_sum():
    schedule = Cosine(decay_steps=4)
    rates = [schedule.rate(0.1, step, 5) for step in range(20)]
    assert area(schedule, 0.1, 4, 5) == pytest.approx(np.mean(rates) / 0.1)


def test_every_schedule_with_times_suits_another_length():
    assert {
        kind.tag() for kind in Schedule.ready() if issubclass(kind, TimedSchedule) and not times(kind())
    } == {"piecewise_constant"}
    assert lasting(Cosine(), 60).decay_steps == 60
    assert lasting(StepDecay(), 60).every == 6
    assert lasting(PiecewiseConstant(), 60).boundaries == (6, 12)
    assert lasting(PiecewiseConstant(), 1).boundaries == (50, 100)  # no two can be one
    assert lasting(Cosine(unit="steps"), 60) == Cosine(unit="steps")
    warm = lasting(Warmup(warmup_steps=6, inner=Cosine(decay_steps=60)), 600, planned=60)
    assert warm == Warmup(warmup_steps=60, inner=Cosine(decay_steps=600))


def test_a_warm_up_stands_before_every_schedule():
    lab = Schedules(warmup=5, schedules=(Constant(), Cosine(decay_steps=10)))
    for schedule, (x, rates) in zip(lab.used, lab.curves(), strict=True):
        assert isinstance(schedule, Warmup)
        np.testing.assert_allclose(rates[x < 5], lab.rate * x[x < 5] / 5)


def test_variants_differ_by_their_schedule_alone():
    lab = Schedules(rate=0.3, epochs=7)
    first, second, *_ = lab.variants(Experiment())
    assert first.training.optimizer.learning_rate == 0.3
    assert first.training.with_(schedule=second.training.schedule) == second.training
    assert second.training.epochs == 7


def test_a_trial_learns_as_the_trainer_does():
    experiment = Experiment()
    training = experiment.training.with_(optimizer=GradientDescent(learning_rate=0.1), epochs=3)
    experiment = experiment.with_(training=training.with_(schedule=StepDecay(every=1)))
    trial = Trial(lambda: (experiment, experiment.with_(weights_draw=1)), 3)
    *_, state = trial.all_epochs()
    trainer = Trainer(experiment)
    losses = [trainer.recorder.measures[0].loss]
    for _ in range(3):
        trainer.run_epoch()
        losses.append(trainer.recorder.measures[0].loss)
    assert state.courses[0].train.tolist() == losses
    assert state.courses[0].rates.tolist() == pytest.approx([0.1, 0.05, 0.025, 0.0125])
    assert state.courses[0].steps == trainer.step
    assert state.courses[1].train[-1] != losses[-1]
    assert state.progress == 1
    assert trial.ended
    assert (np.diff(state.courses[0].seconds) > 0).all()
    assert state.courses[0].epochs_to(losses[2]) == 2
    assert state.courses[0].epochs_to(-1.0) is None


def test_a_trial_goes_on_epoch_by_epoch():
    trial = Trial(lambda: (Experiment(),), 2)
    for done in (1, 2, 2):
        *_, state = trial.epoch()
        assert state.courses[0].epochs == done
    assert trial.ended


def test_who_diverges_is_left_behind_and_the_others_learn_on():
    training = Experiment().training
    quiet, wild = (
        Experiment().with_(
            training=training.with_(loss=SquaredError(), optimizer=GradientDescent(learning_rate=rate))
        )
        for rate in (0.01, 1e6)
    )
    linear = [layer.with_(activation=Linear()) for layer in wild.network.layers]
    network = wild.network.with_(layers=tuple(linear))
    *_, state = Trial(lambda: (wild.with_(network=network), quiet.with_(network=network)), 2).all_epochs()
    assert state.courses[0].diverged
    assert state.courses[0].epochs < 2
    assert state.courses[1].epochs == 2
    assert state.progress == 1


def test_what_cannot_learn_is_refused_in_a_sentence():
    broken = Experiment().with_(network=Experiment().network.with_(layers=()))
    trial = Trial(lambda: (broken,), 2)
    *_, state = trial.all_epochs()
    assert state.courses == ()
    assert str(state.refused).endswith(".")
    assert trial.ended

    def refusing():
        raise InvalidValue(state.refused)

    *_, state = Trial(refusing, 2).all_epochs()
    assert state.refused is not None


def test_rates_that_were_noted_after_epochs_are_those_of_the_epochs_that_follow():
    noted = np.array([0.1, 0.05, np.nan])
    assert rates_learnt_by(np.array([0.0, 0.5, 1.0, 1.9]), noted).tolist() == [0.1, 0.1, 0.05, 0.05]
    assert np.isnan(rates_learnt_by(np.array([2.5]), noted))
    assert ReduceOnPlateau().watches
