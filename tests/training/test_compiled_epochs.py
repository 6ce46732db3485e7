"""Whole epochs in one go come to the same numbers as one after the other, to the last bit."""

import numpy as np
import pytest
from machines import COMPILED, vectors
from machines import loops as loops
from training_examples import experiment, regression, train, two_layers

from playground.data.scaling import Standardize
from playground.engine.activations import Linear
from playground.engine.layers import BatchNorm, Dense, Dropout, GaussianNoise
from playground.engine.optimizers import Adam, GradientDescent, Momentum
from playground.engine.regularizers import L1, L2, NoRegularizer
from playground.engine.schedules import Cosine, ReduceOnPlateau, StepDecay, Warmup
from playground.engine.stopping import EarlyStopping
from playground.training import rounds
from playground.training.compiled import chance
from playground.training.trainer import Trainer

pytestmark = [pytest.mark.filterwarnings("ignore::RuntimeWarning"), pytest.mark.timeout(600)]  # to compile

GOAL = 9


def at_once(trainer, goal=GOAL, steps=10**6):
    while trainer.epoch < goal and trainer.divergence is None:
        rounds.advance(trainer, steps, goal)
    return trainer


def one_by_one(trainer, goal=GOAL):
    while trainer.epoch < goal and trainer.divergence is None:
        trainer.run_epoch()
    return trainer


def assert_same(quick, slow):
    """Weights, memory of the optimizer, random streams, every recorded number, and where they have been."""
    assert_same_numbers(quick, slow)
    assert [each.epoch for each in quick.trajectory.points()] == [
        each.epoch for each in slow.trajectory.points()
    ]
    for one, other in zip(quick.trajectory.points(), slow.trajectory.points(), strict=True):
        np.testing.assert_array_equal(one.parameters, other.parameters)


def assert_same_numbers(quick, slow):
    assert (quick.epoch, quick.step) == (slow.epoch, slow.step)
    for name, values in vectors(slow).items():
        np.testing.assert_array_equal(vectors(quick)[name], values, err_msg=name)
    expected, found = slow.checkpoint(), quick.checkpoint()
    assert found.numbers == expected.numbers
    assert set(found.arrays) == set(expected.arrays)
    for name, values in expected.arrays.items():
        np.testing.assert_array_equal(found.arrays[name], values, err_msg=name)
    assert list(found.history) == list(expected.history)
    for name, column in expected.history.items():
        np.testing.assert_array_equal(found.history[name], column, err_msg=name)
    assert quick.recorder.measures == slow.recorder.measures


def pair(start):
    made = Trainer(start, choice=COMPILED), Trainer(start, choice=COMPILED)
    assert made[0].machine.name == "compiled"
    return made


def went_at_once(monkeypatch, trainer):
    """How many epochs were done in one go."""
    usual, done = trainer.machine.do_epochs, []

    def noted(count, *others):
        if answer := usual(count, *others):
            done.append(answer)
        return answer

    monkeypatch.setattr(trainer.machine, "do_epochs", noted)
    return done


@pytest.mark.parametrize("last_batch", ["keep", "drop", "carry"])
@pytest.mark.parametrize("batch_size", [5, 11, 22])
def test_epochs_at_once_are_those_one_by_one(last_batch, batch_size, loops, monkeypatch):
    start = experiment(
        last_batch=last_batch, batch_size=batch_size, shuffle=True, optimizer=Adam(), regularizer=L2()
    )
    quick, slow = pair(start)
    done = went_at_once(monkeypatch, quick)
    assert_same(at_once(quick), one_by_one(slow))
    assert sum(done) == GOAL


@pytest.mark.parametrize(
    "training",
    [
        {"schedule": Cosine(unit="steps"), "optimizer": Momentum()},
        {"schedule": StepDecay(), "regularizer": L1(method="proximal")},
        {"shuffle": False, "regularizer": NoRegularizer()},
    ],
    ids=str,
)
def test_schedules_and_regularizers_are_the_same(training, loops):
    quick, slow = pair(experiment(**({"shuffle": True} | training)))
    assert_same(at_once(quick), one_by_one(slow))


def test_validation_and_smoothed_labels_are_recorded(loops):
    from playground.engine.losses import BinaryCrossEntropy

    start = experiment(shuffle=True, loss=BinaryCrossEntropy(label_smoothing=0.1))
    quick, slow = pair(start.with_(data=start.data.with_(validation_percent=20)))
    assert_same(at_once(quick), one_by_one(slow))
    assert "validation_loss" in quick.recorder.history.columns()


def test_without_test_samples_there_is_nothing_to_measure_there(loops):
    start = experiment(shuffle=True)
    quick, slow = pair(start.with_(data=start.data.with_(train_percent=100)))
    assert_same(at_once(quick), one_by_one(slow))


def test_it_goes_on_from_the_middle_of_an_epoch_and_not_past_the_goal(loops):
    quick, slow = pair(experiment(shuffle=True, last_batch="carry"))
    for trainer in (quick, slow):
        train(trainer, 6)
    assert_same(at_once(quick, goal=4, steps=13), one_by_one(slow, goal=4))
    train(quick, 3)
    train(slow, 3)
    assert_same(at_once(quick, goal=7), one_by_one(slow, goal=7))


@pytest.mark.parametrize("capacity", [8, 20])
def test_a_thinned_history_keeps_the_same_rows(capacity, loops, monkeypatch):
    """As many epochs in one go as there is room for, and more."""
    from playground.training import history

    monkeypatch.setattr(history, "CAPACITY", capacity)
    quick, slow = pair(experiment(batch_size=22, shuffle=True))
    assert_same(at_once(quick, 47, steps=7), one_by_one(slow, 47))


def test_a_path_that_is_kept_in_part_has_the_same_places(loops, monkeypatch):
    from playground.training import trajectory

    monkeypatch.setattr(trajectory, "MOST_POINTS", 5)
    quick, slow = pair(experiment(batch_size=22, shuffle=True))
    assert_same(at_once(quick, 30, steps=11), one_by_one(slow, 30))


def test_a_round_ends_alike_at_an_epoch_of_which_nothing_is_kept(loops, monkeypatch):
    from playground.training import history, trajectory

    monkeypatch.setattr(history, "CAPACITY", 20)
    monkeypatch.setattr(trajectory, "MOST_POINTS", 5)
    quick, slow = pair(experiment(batch_size=22, shuffle=True))
    assert_same(at_once(quick, 47, steps=7), one_by_one(slow, 47))


def test_a_divergence_is_found_where_it_is_and_not_after_the_round(loops):
    start = experiment(
        Dense(id="hidden", units=3, activation=Linear()),
        Dense(id="output", units=1, activation=Linear()),
        loss=regression().training.loss,
        optimizer=GradientDescent(learning_rate=1e4),
        shuffle=True,
        precision="float32",
    )
    quick, slow = pair(start)
    at_once(quick, 200)
    one_by_one(slow, 200)
    assert slow.divergence is not None
    assert quick.divergence == slow.divergence
    assert_same(quick, slow)


@pytest.mark.parametrize("samples", [1.0, 0.5], ids=["with test samples", "without"])
def test_numbers_are_measured_after_each_epoch(samples, loops, monkeypatch):
    start = regression(shuffle=True)
    quick, slow = pair(start.with_(data=start.data.with_(train_percent=100 * samples)))
    done = went_at_once(monkeypatch, quick)
    assert_same(at_once(quick), one_by_one(slow))
    assert sum(done) == GOAL


def test_numbers_are_measured_on_the_scale_of_their_dataset(loops, monkeypatch):
    start = regression(shuffle=True)
    quick, slow = pair(start.with_(data=start.data.with_(target_scaling=Standardize())))
    done = went_at_once(monkeypatch, quick)
    assert_same(at_once(quick), one_by_one(slow))
    assert sum(done) == GOAL


def validated(**training):
    start = experiment(shuffle=True, **training)
    return start.with_(data=start.data.with_(validation_percent=20))


@pytest.mark.parametrize(
    "schedule",
    [
        ReduceOnPlateau(patience=3, min_delta=0.5),
        ReduceOnPlateau(patience=2, min_delta=0.5, cooldown=3),
        Warmup(warmup_steps=4, inner=ReduceOnPlateau(patience=2, min_delta=0.5)),
    ],
    ids=["at once", "with a cooldown", "after a warm-up"],
)
def test_a_rate_that_follows_the_validation_loss_falls_after_the_same_epoch(schedule, loops, monkeypatch):
    quick, slow = pair(validated(schedule=schedule))
    done = went_at_once(monkeypatch, quick)
    assert_same(at_once(quick, 20), one_by_one(slow, 20))
    assert sum(done) > 10
    assert len(set(slow.recorder.history.columns()["learning_rate"][8:])) > 1


@pytest.mark.parametrize("restore_best", [True, False])
def test_early_stopping_stops_after_the_same_epoch_with_the_same_weights(restore_best, loops, monkeypatch):
    stopping = EarlyStopping(patience=6, min_delta=0.01, restore_best=restore_best)
    quick, slow = pair(validated(stopping=stopping, optimizer=GradientDescent(learning_rate=0.8)))
    done = went_at_once(monkeypatch, quick)
    while not quick.stopped_early and quick.epoch < 60:
        rounds.advance(quick, 10**6, 60)
    while not slow.stopped_early and slow.epoch < 60:
        slow.run_epoch()
    assert slow.stopped_early
    assert_same(quick, slow)
    assert sum(done) > 10
    goal = slow.epoch + 3  # the person runs on
    assert_same(at_once(quick, goal), one_by_one(slow, goal))


# --- layers that draw at random, and those that carry averages along --------------------------------


def drawing(*layers, **training):
    hidden, output = two_layers(4)
    return experiment(hidden, *layers, output, shuffle=True, **training)


CHANGING = {
    "dropout": (Dropout(id="drop"),),
    "noise": (GaussianNoise(id="noise"),),
    "batch norm": (BatchNorm(id="norm"),),
    "all": (BatchNorm(id="norm"), Dropout(id="drop"), GaussianNoise(id="noise"), Dropout(id="again")),
}


@pytest.mark.parametrize("last_batch", ["keep", "drop", "carry"])
@pytest.mark.parametrize("layers", CHANGING.values(), ids=CHANGING)
def test_what_layers_draw_and_carry_along_is_the_same(layers, last_batch, loops, monkeypatch):
    quick, slow = pair(drawing(*layers, last_batch=last_batch, batch_size=9, optimizer=Adam()))
    done = went_at_once(monkeypatch, quick)
    assert_same(at_once(quick), one_by_one(slow))
    assert sum(done) == GOAL
    train(quick, 4)
    train(slow, 4)
    assert_same(quick, slow)


def test_more_numbers_than_are_drawn_ahead_are_drawn_for_fewer_epochs(loops, monkeypatch):
    quick, slow = pair(drawing(*CHANGING["all"]))
    each = sum(program.drawn[0] * steps for program, steps in quick.machine._calls_of_epoch())
    monkeypatch.setattr(chance, "MOST_DRAWN", 4 * each + 1)
    done = went_at_once(monkeypatch, quick)
    assert_same(at_once(quick), one_by_one(slow))
    assert done == [4, 4]
    monkeypatch.setattr(chance, "MOST_DRAWN", each - 1)
    assert_same(at_once(quick, 12), one_by_one(slow, 12))
    assert done == [4, 4]


def test_a_run_goes_on_from_a_file_as_if_it_never_stopped(loops):
    start = drawing(*CHANGING["all"], last_batch="carry", batch_size=9, optimizer=Momentum())
    first, whole = pair(start)
    at_once(first, 4)
    train(first, 2)
    again = at_once(Trainer(start, first.checkpoint(), choice=COMPILED))
    assert_same_numbers(again, at_once(whole))


def test_the_best_averages_are_put_back_with_the_best_weights(loops, monkeypatch):
    start = drawing(
        *CHANGING["all"], stopping=EarlyStopping(patience=6), optimizer=GradientDescent(learning_rate=3.0)
    )
    quick, slow = pair(start.with_(data=start.data.with_(validation_percent=20)))
    done = went_at_once(monkeypatch, quick)
    assert_same(at_once(quick, 12), one_by_one(slow, 12))
    assert quick.watch.best_epoch < 12
    assert quick.finish()
    assert slow.finish()
    assert_same(quick, slow)
    assert sum(done) > 6


def test_a_divergence_gives_back_what_was_drawn(loops):
    start = experiment(
        Dense(id="hidden", units=3, activation=Linear()),
        *CHANGING["dropout"],
        *CHANGING["noise"],
        Dense(id="output", units=1, activation=Linear()),
        loss=regression().training.loss,
        optimizer=GradientDescent(learning_rate=1e4),
        shuffle=True,
        precision="float32",
    )
    quick, slow = pair(start)
    at_once(quick, 200)
    one_by_one(slow, 200)
    assert slow.divergence is not None
    assert quick.divergence == slow.divergence
    assert_same(quick, slow)
