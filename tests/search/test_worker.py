"""A worker trains all trials of a study, each once, and writes what came of them."""

import math
from contextlib import closing

import numpy as np
import pytest
from searches import LAYERS, RATE, SMALL, plan, searched, work

from playground.engine.optimizers import GradientDescent
from playground.search.applying import apply
from playground.search.goals import Goal
from playground.search.judging import best
from playground.search.pruners import Pruner
from playground.search.samplers import Sampler
from playground.search.trying import measured_epochs
from playground.search.variation import Variation
from playground.training.seeds import with_seed
from playground.training.trainer import Trainer

SAMPLERS = {member.tag(): member for member in Sampler.ready()}
PRUNERS = {member.tag(): member for member in Pruner.ready()}


def trained(planned, record, seed=0):
    """The same trial trained by hand."""
    begun = apply(SMALL, record.settings)
    trainer = Trainer(with_seed(begun.with_(training=begun.training.with_(epochs=planned.epochs)), seed))
    for _ in range(planned.epochs):
        trainer.run_epoch()
    trainer.finish()
    return trainer


@pytest.fixture(scope="module")
def search(tmp_path_factory):
    """A random search over two seeds a trial, in a file whose name would break a URL."""
    planned = plan(tmp_path_factory.mktemp("searches") / "50 % {of} #all?.db", seeds=2)
    with closing(searched(planned)) as reader:
        yield planned, reader, reader.read()


def test_exactly_so_many_trials_are_done_as_were_asked_for(search):
    planned, _, news = search
    assert [record.number for record in news.changed] == [0, 1, 2, 3, 4]
    assert news.counts.done == news.counts.total == planned.trials
    assert news.counts.finished


def test_going_on_with_a_finished_study_adds_nothing(search):
    planned, reader, _ = search
    work(planned.storage)
    assert reader.read().changed == ()


def test_settings_are_those_of_the_sampler_for_the_number(search):
    planned, _, news = search
    for record in news.changed:
        assert record.settings == pytest.approx(planned.sampler.settings(planned.asked(record.number)))


def test_a_value_is_the_mean_validation_loss_over_the_seeds(search):
    planned, _, news = search
    record = news.changed[0]
    losses = [trained(planned, record, seed).recorder.validation.loss for seed in (0, 1)]
    assert record.values == (pytest.approx(np.mean(losses), rel=1e-12),)
    assert record.curve[-1] == record.values[0]
    assert record.epochs == (1, 2, 3, 4)


def test_a_record_says_where_and_how_long(search):
    record = search[2].changed[0]
    assert (record.host, record.worker, record.state) == ("here", 1, "done")
    assert record.seconds > 0
    assert record.parameters == apply(SMALL, record.settings).graph.parameters


def test_the_best_trial_opens_with_the_weights_that_it_learnt(search):
    planned, reader, news = search
    record = best(news.changed, planned.goals)
    opened = reader.opened(record)
    expected = trained(planned, record).network.parameters
    assert np.array_equal(Trainer(opened.experiment, opened.checkpoint).network.parameters, expected)


def test_another_trial_opens_as_what_learns_the_same(search):
    planned, reader, news = search
    record = next(each for each in news.changed if reader.weights(each.number) is None)
    opened = reader.opened(record)
    assert opened.checkpoint is None
    assert opened.experiment.training.epochs == planned.epochs
    assert opened.experiment == trained(planned, record).experiment


def test_what_cannot_be_fails_with_its_sentence_and_the_search_goes_on(tmp_path):
    inputs = tuple(Variation(path=f"data.inputs.{name}", choices=(False, True)) for name in ("x₁", "x₂"))
    reader = searched(plan(tmp_path / "x.journal", variations=inputs, sampler=SAMPLERS["grid"](), epochs=1))
    news = reader.read()
    assert [record.state for record in news.changed] == ["failed", "done", "done", "done"]
    assert "at least 1" in str(news.changed[0].reason)
    assert (news.counts.failed, news.counts.total) == (1, 4)
    assert news.changed[0].values == ()


def test_a_training_that_diverges_is_a_failed_trial(tmp_path):
    descent = SMALL.with_(
        training=SMALL.training.with_(optimizer=GradientDescent(), loss=SMALL.training.loss)
    )
    linear = apply(descent, {"training.loss": "squared_error", "network.activation": "relu"})
    rates = Variation(path=RATE.path, choices=(100.0, 0.001))
    reader = searched(
        plan(tmp_path / "x.journal", variations=(rates,), sampler=SAMPLERS["grid"](), epochs=50), linear
    )
    first, second = reader.read().changed
    if first.state == "done":  # a sigmoid at the end may keep it finite
        assert math.isfinite(first.values[0])
    else:
        assert "diverged" in str(first.reason)
    assert second.state == "done"


def test_two_goals_are_measured_and_the_best_epoch_counts_where_it_is_asked_for(tmp_path):
    goals = (Goal(metric="auc", at="best"), Goal(metric="parameters"))
    reader = searched(plan(tmp_path / "x.journal", goals=goals, trials=3, sampler=SAMPLERS["tpe"](startup=1)))
    for record in reader.read().changed:
        assert record.values == (max(record.curve), record.parameters)


@pytest.mark.parametrize("kind", ["tpe", "cma_es", "gaussian_process"])
def test_a_sampler_that_learns_repeats_itself_with_one_worker(tmp_path, kind):
    numbers = (RATE, LAYERS, Variation(path="training.batch_size", choices=(5, 10)))
    found = []
    for name in ("one", "two"):
        sampler = SAMPLERS[kind](startup=2)
        planned = plan(tmp_path / f"{name}.journal", sampler=sampler, variations=numbers, epochs=1, trials=4)
        found.append([(each.settings, each.values) for each in searched(planned).read().changed])
    assert found[0] == found[1]
    assert len({tuple(settings.values()) for settings, _ in found[0]}) == 4


@pytest.mark.parametrize("kind", ["median", "halving", "hyperband"])
def test_a_pruner_cuts_bad_trials_short_by_the_mean_of_their_seeds(tmp_path, kind):
    fields = {"median": {"startup": 1, "warmup": 2}}.get(kind, {"first": 2, "one_of": 2})
    rates = Variation(path=RATE.path, choices=(0.1, 1e-6, 1e-7, 1e-8))
    planned = plan(
        tmp_path / "x.journal",
        variations=(rates,),
        sampler=SAMPLERS["grid"](),
        pruner=PRUNERS[kind](**fields),
        epochs=8,
        seeds=2,
    )
    news = searched(planned).read()
    assert news.counts.done >= 1
    assert news.counts.cut_short >= 1
    short = next(each for each in news.changed if each.state == "cut short")
    assert 2 <= short.epochs[-1] < 8
    assert short.values == (short.curve[-1],)


def test_a_long_trial_is_measured_fifty_times():
    assert measured_epochs(3) == (1, 2, 3)
    assert measured_epochs(200) == tuple(range(4, 201, 4))
    assert len(set(measured_epochs(77))) == 50
    assert measured_epochs(77)[-1] == 77
