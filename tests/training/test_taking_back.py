"""What undo does to a run: a typed number is put back alone, and a run that began anew comes back whole."""

import numpy as np
import pytest
from training_examples import experiment, named, train, two_layers

from playground.engine.layers import Maxout
from playground.engine.optimizers import Adam
from playground.files.tf_playground import parse
from playground.randomness import Pcg64
from playground.training import aside as asides
from playground.training.aside import Aside
from playground.training.learner import Learner
from playground.training.moved import MovedWeights
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight


def trained(start, steps=12):
    trainer = Trainer(start)
    train(trainer, steps)
    return trainer


def assert_same(found, expected):
    assert found.keys() == expected.keys()
    for name, tensor in expected.items():
        np.testing.assert_array_equal(found[name], tensor, name)


# --- typed numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("source", "name"), [(0, "hidden.weights"), (-1, "hidden.bias")])
def test_taking_back_a_typed_number_puts_back_that_number_alone(source, name):
    trainer = trained(experiment())
    before = named(trainer)
    typed = TypedWeight("hidden", 1, source, 2.5)
    trainer.set_weight(typed)
    train(trainer, 12)
    expected = named(trainer)
    trainer.take_back(typed)
    place = (1, source) if source >= 0 else (1,)
    assert expected[name][place] != before[name][place]
    expected[name][place] = before[name][place]
    assert_same(named(trainer), expected)


def test_taking_back_puts_back_each_piece_of_a_neuron():
    trainer = trained(experiment(Maxout(id="hidden", units=3, pieces=2), two_layers()[1]))
    before = named(trainer)
    typed = TypedWeight("hidden", 2, 1, 7.0)
    trainer.set_weight(typed)
    assert (named(trainer)["hidden.weights"][:, 2, 1] == 7).all()
    trainer.take_back(typed)
    assert_same(named(trainer), before)


def test_what_was_typed_into_a_neuron_that_is_gone_is_taken_back_without_effect():
    trainer = trained(experiment())
    typed = TypedWeight("hidden", 2, 0, 7.0)
    trainer.set_weight(typed)
    trainer.apply(experiment(*two_layers(hidden=2)))
    before = named(trainer)
    trainer.take_back(typed)
    assert_same(named(trainer), before)


@pytest.mark.parametrize("place", [("nobody", 0, 0), ("hidden", 3, 0), ("hidden", 0, 2), ("hidden", 3, -1)])
def test_a_number_typed_where_there_is_none_changes_nothing(place):
    trainer = trained(experiment())
    before = named(trainer)
    trainer.set_weight(TypedWeight(*place, 7.0))
    assert_same(named(trainer), before)


def cutting():
    """A TensorFlow Playground run in which L1 soon cuts links."""
    return parse("#seed=0.5&regularization=L1&regularizationRate=0.3&learningRate=0.1")


def test_what_is_typed_into_a_link_that_l1_has_cut_stays_and_is_told():
    trainer = Trainer(cutting())
    for _ in range(20):
        trainer.run_epoch()
    unit, source = map(int, np.argwhere(named(trainer)["dense1.weights"] == 0)[0])
    words = str(trainer.set_weight(TypedWeight("dense1", unit, source, 2.5)))
    assert words.startswith("L1 has cut this weight, as TensorFlow Playground does")
    for _ in range(20):
        trainer.run_epoch()
        assert named(trainer)["dense1.weights"][unit, source] == 2.5
    again = Trainer(trainer.experiment, trainer.checkpoint())
    again.run_epoch()
    trainer.run_epoch()
    assert_same(named(again), named(trainer))


def test_nothing_is_told_of_a_link_that_learns():
    assert Trainer(cutting()).set_weight(TypedWeight("dense1", 0, 0, 2.5)) is None


# --- beginning anew ---------------------------------------------------------------------------------


def state_of(trainer):
    """Everything that a file holds of a run."""
    checkpoint = trainer.checkpoint()
    arrays = {**checkpoint.learnt, **checkpoint.remembered, **checkpoint.history}
    return {name: repr(array.tolist()) for name, array in arrays.items()} | {
        "at": (trainer.epoch, trainer.step, trainer.machine.batch, checkpoint.numbers["age"]),
        "streams": checkpoint.numbers["streams"],
    }


def redrawn(start):
    return start.with_(weights_draw=start.weights_draw + 1)


def reseeded(start):
    return start.with_(randomness=Pcg64(seed=99))


def when_left(trainer):
    """Its state as it is put aside: how it did last is measured then, for the list of runs."""
    trainer.record()
    return state_of(trainer)


@pytest.mark.parametrize("anew", [redrawn, reseeded, lambda start: start], ids=["draw", "seed", "restart"])
def test_undo_of_beginning_anew_brings_back_the_whole_run_and_redo_the_other(anew):
    start = experiment(shuffle=True, optimizer=Adam(), batch_size=4, last_batch="carry")
    learner, other = Learner(start), trained(start, 13)
    train(learner.trainer, 13)
    left = when_left(learner.trainer)
    aside = Aside()
    assert learner.swap(aside, anew(start)) is None
    assert learner.trainer.epoch == 0
    train(learner.trainer, 7)
    later = when_left(learner.trainer)
    assert str(learner.swap(aside, start)) == f"Back at epoch {other.epoch:,}, as it was."
    assert state_of(learner.trainer) == left
    assert str(learner.swap(aside, anew(start))).startswith("Back at epoch")
    assert state_of(learner.trainer) == later
    learner.swap(aside, start)
    train(learner.trainer, 20)
    train(other, 20)
    assert state_of(learner.trainer) == state_of(other)


def test_a_new_draw_is_new_even_where_another_was_undone():
    start = experiment()
    learner, first = Learner(start), Aside()
    learner.apply(redrawn(start), first)
    fresh = named(learner.trainer)
    train(learner.trainer, 9)
    learner.apply(start, first)
    learner.apply(redrawn(start), Aside())
    assert learner.trainer.epoch == 0
    assert_same(named(learner.trainer), fresh)


def test_runs_put_aside_are_forgotten_the_oldest_first_when_they_hold_too_much(monkeypatch):
    learner = Learner(experiment())
    aside = [Aside() for _ in range(4)]
    learner.swap(aside[0], learner.experiment)
    monkeypatch.setattr(asides, "MOST_NUMBERS", 2 * aside[0].size)
    for other in aside[1:]:
        learner.swap(other, learner.experiment)
    assert [other.trainer is not None for other in aside] == [False, False, True, True]
    monkeypatch.setattr(asides, "MOST_NUMBERS", 0)
    assert learner.swap(aside[0], learner.experiment) is None  # forgotten, so that it begins anew
    assert [other.trainer is not None for other in aside] == [True, False, False, False]


# --- all weights at once ----------------------------------------------------------------------------


def test_a_network_that_is_moved_stands_there_and_undo_puts_it_back_bit_for_bit():
    trainer = trained(experiment())
    before = trainer.network.parameters.copy()
    moved = MovedWeights(before + 0.25)
    trainer.set_weight(moved)
    np.testing.assert_array_equal(trainer.network.parameters, before + 0.25)
    loss = trainer.recorder.measures[0].loss
    assert loss == trainer.recorder.evaluate()[0].loss
    train(trainer, 3)
    trainer.take_back(moved)
    np.testing.assert_array_equal(trainer.network.parameters, before)


def test_moving_and_taking_back_is_marked_in_the_run_once_and_then_not_at_all():
    trainer = trained(experiment())
    moved = MovedWeights(trainer.network.parameters + 0.25)
    trainer.set_weight(moved)
    (mark,) = trainer.recorder.marks.all()
    assert [str(change.words) for change in mark.changes] == ["Weights as learnt → at another place"]
    trainer.take_back(moved)
    assert not trainer.recorder.marks.all()


def test_a_place_of_another_network_changes_nothing():
    trainer = trained(experiment())
    moved = MovedWeights(trainer.network.parameters + 0.25)
    trainer.apply(experiment(*two_layers(hidden=2)))
    before = named(trainer)
    trainer.set_weight(moved)
    trainer.take_back(moved)
    assert_same(named(trainer), before)


def test_weights_that_l1_has_cut_are_moved_but_learn_no_more():
    trainer = trained(cutting(), 300)
    alive = trainer.update.slots["alive"].copy()
    assert not alive.all()
    moved = MovedWeights(trainer.network.parameters + 0.25)
    assert "L1 has cut some weights" in str(trainer.set_weight(moved))
    train(trainer, 3)
    np.testing.assert_array_equal(trainer.network.parameters[alive == 0], moved.parameters[alive == 0])
