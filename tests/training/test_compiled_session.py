"""Pausing, stepping and editing while compiled steps run: the run is that of one who did them one by one."""

import time

import numpy as np
import pytest
from machines import COMPILED, vectors
from machines import loops as loops
from training_examples import experiment, train, two_layers

from playground.engine.optimizers import Adam
from playground.training.run import Run
from playground.training.session import TrainingSession
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer

pytestmark = [pytest.mark.filterwarnings("ignore::RuntimeWarning"), pytest.mark.timeout(600)]  # to compile

DEADLINE = 30.0
ENDLESS = 10_000_000
ONE = Adam(learning_rate=0.01)
OTHER = Adam(learning_rate=0.003)


@pytest.fixture
def session(loops):
    made = TrainingSession(begun())
    made.choose(COMPILED)
    made.look(View(resolution=6, tile_stride=1))
    made.start()
    assert told(made, lambda trainer: trainer.machine.name) == "compiled"
    yield made
    made.close()


def begun(optimizer=ONE):
    return experiment(shuffle=True, last_batch="carry", optimizer=optimizer, epochs=ENDLESS)


def told(session, question):
    """What a question of the trainer is answered with, between steps."""
    return session.answer(lambda run: question(run.learner.trainer)).result(DEADLINE)


def step_of(session):
    return told(session, lambda trainer: trainer.step)


def run_past(session, step):
    """Let it run until it is there."""
    end = time.monotonic() + DEADLINE
    while step_of(session) <= step:
        assert time.monotonic() < end
        session.want()
        session.take()


def assert_as(session, trainer):
    """The run stands where this trainer stands, to the last bit."""
    copied = told(session, lambda each: {name: values.copy() for name, values in vectors(each).items()})
    for name, values in vectors(trainer).items():
        np.testing.assert_array_equal(copied[name], values, err_msg=name)


def twin(steps):
    """Another run, which did so many steps without a pause."""
    trainer = Trainer(begun(), choice=COMPILED)
    train(trainer, steps)
    return trainer


def test_a_pause_comes_between_two_steps_and_nothing_moves_behind_it(session):
    session.run()
    run_past(session, 12)
    session.pause()
    paused = step_of(session)
    assert session.answer(lambda run: run.state).result(DEADLINE) is State.PAUSED
    assert_as(session, twin(paused))
    assert step_of(session) == paused


def test_it_goes_on_from_a_pause_as_if_there_had_been_none(session):
    for step in (7, 31):
        session.run()
        run_past(session, step)
        session.pause()
    assert_as(session, twin(step_of(session)))


def test_a_step_while_it_runs_is_one_batch_and_then_it_rests(session):
    session.run()
    run_past(session, 12)
    session.pause()
    paused = step_of(session)
    session.run()
    session.step()
    stepped = step_of(session)
    assert session.answer(lambda run: run.state).result(DEADLINE) is State.PAUSED
    assert stepped > paused
    session.ask_all(Run.step_batch)
    assert step_of(session) == stepped + 1
    assert_as(session, twin(stepped + 1))


def test_an_edit_while_it_runs_holds_from_one_step_on_and_it_runs_on_compiled(session):
    session.run()
    run_past(session, 12)
    session.apply(begun(OTHER))
    edited = step_of(session)
    run_past(session, edited + 12)
    session.pause()
    (mark,) = told(session, lambda trainer: trainer.recorder.marks.all())
    assert told(session, lambda trainer: trainer.machine.name) == "compiled"
    trainer = twin(mark.step)
    trainer.apply(begun(OTHER))
    train(trainer, step_of(session) - mark.step)
    assert_as(session, trainer)


def test_another_layer_while_it_runs_is_trained_on_by_compiled_steps(session):
    session.run()
    run_past(session, 12)
    wider = begun().with_(network=experiment(*two_layers(4)).network)
    session.apply(wider)
    edited = step_of(session)
    run_past(session, edited + 12)
    session.pause()
    assert told(session, lambda trainer: trainer.machine.name) == "compiled"
    (mark,) = told(session, lambda trainer: trainer.recorder.marks.all())
    trainer = twin(mark.step)
    trainer.apply(wider)
    train(trainer, step_of(session) - mark.step)
    assert_as(session, trainer)
