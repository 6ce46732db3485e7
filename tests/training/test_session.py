"""A session on a real thread: what it is asked it does in order, and it answers with snapshots."""

import gc
import threading
import time
import weakref
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from training_examples import experiment, named, regression, train, two_layers

from playground.data.datasets.recipes import Circle
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.optimizers import GradientDescent
from playground.engine.stopping import EarlyStopping
from playground.randomness import Pcg64
from playground.training.aside import Aside
from playground.training.run import Run
from playground.training.session import TrainingSession
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

DEADLINE = 10.0
ENDLESS = 10_000_000
VIEW = View(resolution=6, tile_stride=1)
MARKS = count(1)


@pytest.fixture
def begin():
    """Starts sessions, and ends them after the test."""
    sessions = []

    def start(start=None, checkpoint=None, **options):
        session = TrainingSession(start or experiment(epochs=ENDLESS), checkpoint, **options)
        sessions.append(session)
        session.look(VIEW)
        session.start()
        return session

    yield start
    for session in sessions:
        session.close()


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets, instead of the machine's; no two readings are the same."""

    class Clock:
        now = 0.0

        def __call__(self):
            self.now += 1e-6
            return self.now

    clock = Clock()
    monkeypatch.setattr("playground.training.stride.perf_counter", clock)
    monkeypatch.setattr("playground.training.clock.perf_counter", clock)
    return clock


def until(session, condition):
    """The first snapshot that fulfils the condition."""
    end = time.monotonic() + DEADLINE
    last = None
    while time.monotonic() < end:
        session.want()
        snapshot = session.take()
        if snapshot is not None and condition(last := snapshot):
            return snapshot
        time.sleep(0.001)
    raise AssertionError(
        f"never came; the last snapshot was {last and (last.state, last.epoch, last.message)}"
    )


def restart(session):
    session.ask(lambda run: run.restart(Aside()))


def settled(session, view=VIEW):
    """The first snapshot after everything that was asked for so far; it is known by what it looks at."""
    mark = (f"mark {next(MARKS)}", 0)
    session.look(replace(view, focus=mark))
    return until(session, lambda snapshot: snapshot.focus == mark)


def saved(session):
    return session.checkpoint().result(DEADLINE)


def in_state(state):
    return lambda snapshot: snapshot.state is state


def broken(start):
    """The same with a layer that reads a layer that is not there."""
    layers = (Dense(id="hidden", units=3, inputs=("nobody",)), two_layers()[1])
    return start.with_(network=Architecture(layers=layers))


# --- running ----------------------------------------------------------------------------------------


def test_it_begins_paused_at_the_first_step(begin):
    snapshot = settled(begin())
    assert (snapshot.state, snapshot.step, snapshot.run) == (State.PAUSED, 0, 1)


def test_it_runs_until_it_is_paused(begin):
    session = begin()
    session.run()
    running = until(session, lambda snapshot: snapshot.step > 20)
    assert running.state is State.RUNNING
    assert until(session, lambda snapshot: snapshot.step > running.step).steps_per_second > 0
    session.pause()
    paused = until(session, in_state(State.PAUSED))
    there, checkpoint = saved(session)
    assert checkpoint.step == paused.step
    assert there == paused.experiment


def test_a_step_is_one_batch_and_then_it_is_paused(begin):
    session = begin()
    for step in (1, 2, 3):
        session.ask_all(Run.step_batch)
        snapshot = settled(session)
        assert (snapshot.state, snapshot.step) == (State.PAUSED, step)
    assert snapshot.progress == 3 / 5


def test_an_epochs_step_goes_to_the_end_of_the_epoch(begin):
    session = begin()
    session.ask_all(Run.step_batch)
    session.ask_all(Run.step_epoch)
    first = settled(session)
    session.ask_all(Run.step_epoch)
    second = settled(session)
    assert (first.epoch, first.step) == (1, 5)
    assert (second.epoch, second.step) == (2, 10)


def test_stepping_stops_a_run(begin):
    session = begin()
    session.run()
    session.ask_all(Run.step_epoch)
    session.ask_all(Run.step_batch)
    assert settled(session).state is State.PAUSED


def test_the_thread_learns_what_a_trainer_learns_to_the_last_bit(begin):
    start = experiment(shuffle=True, epochs=20)
    session, trainer = begin(start), Trainer(start)
    session.run()
    until(session, in_state(State.FINISHED))
    train(trainer, 100)
    _, checkpoint = saved(session)
    assert (checkpoint.epoch, checkpoint.step) == (20, 100)
    for name, tensor in named(trainer).items():
        np.testing.assert_array_equal(checkpoint.learnt[name], tensor)
    np.testing.assert_array_equal(
        checkpoint.history["train_loss"], trainer.recorder.history.columns()["train_loss"]
    )


@pytest.mark.parametrize(
    ("steps", "state", "goal"), [(0, State.PAUSED, 3), (15, State.FINISHED, 3), (16, State.PAUSED, 6)]
)
def test_what_is_opened_at_its_goal_is_finished_and_goes_on_when_it_is_run(begin, steps, state, goal):
    trainer = Trainer(experiment(epochs=3))
    train(trainer, steps)
    session = begin(experiment(epochs=3), trainer.checkpoint())
    opened = settled(session)
    assert (opened.state, opened.goal) == (state, goal)
    session.run()
    later = until(
        session, lambda snapshot: snapshot.progress > steps / 5 and in_state(State.FINISHED)(snapshot)
    )
    assert later.goal == (6 if steps else 3)


def test_it_finishes_at_the_goal_and_running_again_goes_as_far_again(begin):
    session = begin(experiment(epochs=3))
    assert settled(session).goal == 3
    session.run()
    finished = until(session, in_state(State.FINISHED))
    assert (finished.epoch, finished.goal, finished.progress) == (3, 3, 3.0)
    session.run()
    finished = until(session, lambda snapshot: snapshot.epoch > 3 and snapshot.state is State.FINISHED)
    assert (finished.epoch, finished.goal) == (6, 6)


def test_the_best_weights_are_back_at_the_goal_and_it_says_so(begin):
    start = experiment(epochs=6, stopping=EarlyStopping(patience=100))
    start = start.with_(data=start.data.with_(dataset=Circle(samples=44, noise=50), validation_percent=20))
    start = start.with_(training=start.training.with_(optimizer=GradientDescent(learning_rate=30)))
    trainer, losses = Trainer(start), []
    for _ in range(6):
        trainer.run_epoch()
        losses.append(trainer.recorder.history.columns()["validation_loss"][-1])
    best = int(np.argmin(losses)) + 1
    assert best < 6  # else there would be nothing to say
    session = begin(start)
    session.run()
    finished = until(session, in_state(State.FINISHED))
    assert finished.validation.loss == losses[best - 1]
    assert f"lowest at epoch {best}, whose weights are back" in str(finished.message)


def test_stepping_by_hand_ends_at_the_goal_as_running_does(begin):
    session = begin(experiment(epochs=2))
    session.ask_all(Run.step_epoch)
    assert settled(session).state is State.PAUSED
    session.ask_all(Run.step_epoch)
    assert settled(session).state is State.FINISHED
    session.ask_all(Run.step_epoch)
    last = settled(session)
    assert (last.state, last.epoch, last.goal) == (State.PAUSED, 3, 4)


def test_stepping_by_hand_into_an_early_stop_says_so(begin):
    start = experiment(stopping=EarlyStopping(patience=1, min_delta=10))
    session = begin(start.with_(data=start.data.with_(validation_percent=20)))
    session.ask_all(Run.step_epoch)
    session.ask_all(Run.step_epoch)
    last = settled(session)
    assert last.state is State.FINISHED
    assert str(last.message).startswith("Stopped early")


def test_the_goal_can_be_moved_while_it_runs(begin):
    start = experiment(epochs=ENDLESS)
    session = begin(start)
    session.set_speed(200)
    session.run()
    session.apply(start.with_(training=start.training.with_(epochs=4)))
    assert until(session, in_state(State.FINISHED)).epoch == 4


def test_restarting_comes_back_to_the_same_weights_in_the_same_run(begin):
    session = begin()
    first = settled(session)
    session.run()
    until(session, lambda snapshot: snapshot.step > 20)
    restart(session)
    again = settled(session)
    assert (again.state, again.step, again.run) == (State.PAUSED, 0, first.run)
    assert str(again.message) == "Back at the same initial weights."
    np.testing.assert_array_equal(again.layers["hidden"].weights, first.layers["hidden"].weights)
    assert again.history["epoch"].tolist() == [0]


def test_a_limited_speed_is_kept(begin, clock):
    session = begin()
    session.set_speed(100)
    session.run()
    until(session, lambda snapshot: snapshot.step == 1)
    clock.now += 0.2
    until(session, lambda snapshot: snapshot.step == 21)
    _, checkpoint = saved(session)
    assert checkpoint.step == 21
    session.set_speed(None)
    session.run()
    until(session, lambda snapshot: snapshot.step > checkpoint.step + 100)


def test_a_slow_run_can_be_paused_between_its_steps(begin):
    session = begin()
    session.set_speed(0.1 / DEADLINE)
    session.run()
    until(session, lambda snapshot: snapshot.step == 1)
    session.pause()
    assert until(session, in_state(State.PAUSED)).step == 1


def test_a_window_that_paints_delays_training_for_a_moment_only(begin):
    session = begin()
    session.run()
    before = until(session, lambda snapshot: snapshot.step > 0).step
    session.hold()
    until(session, lambda snapshot: snapshot.step > before + 1000)
    session.release()


# --- snapshots --------------------------------------------------------------------------------------


def test_the_newest_snapshot_is_taken_once(begin):
    session = begin()
    for _ in range(3):
        session.ask_all(Run.step_batch)
    assert settled(session).step == 3
    assert session.take() is None


def test_while_it_runs_a_snapshot_is_made_only_for_who_wants_one(begin):
    session = begin()
    session.run()
    last = until(session, lambda snapshot: snapshot.step > 5).step
    unasked, end = 0, time.monotonic() + 0.1
    while time.monotonic() < end:
        unasked += session.take() is not None
        time.sleep(0.001)
    assert unasked <= 1  # the one that was wanted when the last came
    assert until(session, lambda snapshot: snapshot.step > last).state is State.RUNNING


def test_what_is_on_screen_can_be_said(begin):
    session = begin()
    session.look(View(resolution=8, tile_stride=2, focus=("hidden", 1)))
    snapshot = until(session, lambda snapshot: snapshot.focus == ("hidden", 1))
    assert snapshot.output.shape == (1, 8, 8)
    assert snapshot.layers["hidden"].maps.shape == (3, 4, 4)


def test_the_view_outlives_the_run(begin):
    session = begin()
    session.look(View(resolution=8, tile_stride=2))
    session.open(experiment())
    assert until(session, lambda snapshot: snapshot.run == 2).output.shape == (1, 8, 8)


def test_older_snapshots_do_not_change_while_training_goes_on(begin):
    session = begin()
    session.run()
    old = until(session, lambda snapshot: snapshot.step > 5)
    kept = [layer.weights.copy() for layer in old.layers.values()], old.output.copy(), old.train
    columns = {name: column.copy() for name, column in old.history.items()}
    until(session, lambda snapshot: snapshot.step > old.step + 200)
    for layer, weights in zip(old.layers.values(), kept[0], strict=True):
        np.testing.assert_array_equal(layer.weights, weights)
    np.testing.assert_array_equal(old.output, kept[1])
    assert old.train == kept[2]
    for name, column in columns.items():
        np.testing.assert_array_equal(old.history[name], column)


# --- changes ----------------------------------------------------------------------------------------


def test_a_change_is_taken_up_without_stopping(begin):
    start = experiment(epochs=ENDLESS)
    session = begin(start)
    session.run()
    until(session, lambda snapshot: snapshot.step > 5)
    changed = start.with_(network=start.network.with_(layers=two_layers(hidden=5)))
    session.apply(changed)
    snapshot = until(session, lambda snapshot: snapshot.experiment == changed)
    assert snapshot.state is State.RUNNING
    assert str(snapshot.message) == "Kept the weights of 0 of 2 layers; the others start anew."
    assert snapshot.layers["hidden"].weights.shape == (5, 2)
    assert snapshot.run == 1
    until(session, lambda later: later.step > snapshot.step + 20)


def test_a_weight_is_set_by_hand(begin):
    session = begin()
    session.ask(lambda run: run.type(TypedWeight("hidden", 1, 0, 2.5)))
    session.ask(lambda run: run.type(TypedWeight("hidden", 1, -1, -0.5)))
    layer = settled(session).layers["hidden"]
    assert (layer.weights[1, 0], layer.bias[1]) == (2.5, -0.5)


def test_a_number_typed_while_it_is_blocked_is_there_when_the_network_is_mended(begin):
    session = begin()
    session.apply(broken(experiment()))
    typed = TypedWeight("hidden", 1, 0, 2.5)
    session.ask(lambda run: run.type(typed))
    session.apply(experiment())
    assert settled(session).layers["hidden"].weights[1, 0] == 2.5
    session.ask(lambda run: run.take_back(typed))
    assert settled(session).layers["hidden"].weights[1, 0] != 2.5


def test_each_opening_is_another_run(begin):
    session = begin()
    assert session.open(experiment()) == 2
    assert session.open(experiment(epochs=7)) == 3
    snapshot = settled(session)
    assert (snapshot.run, snapshot.goal, snapshot.step) == (3, 7, 0)


def test_opening_stops_the_run_before(begin):
    session = begin()
    session.run()
    until(session, lambda snapshot: snapshot.step > 5)
    session.open(experiment())
    snapshot = until(session, lambda snapshot: snapshot.run == 2)
    assert (snapshot.state, snapshot.step) == (State.PAUSED, 0)


def test_another_seed_starts_again_in_the_same_run(begin):
    start = experiment()
    session = begin(start)
    session.ask_all(Run.step_epoch)
    session.apply(start.with_(randomness=Pcg64(seed=1)))
    snapshot = settled(session)
    assert (snapshot.step, snapshot.run) == (0, 1)
    assert str(snapshot.message) == "Started again with new random numbers."


# --- checkpoints ------------------------------------------------------------------------------------


def test_a_checkpoint_goes_on_in_another_session_to_the_last_bit(begin):
    start = experiment(shuffle=True)
    first, unbroken = begin(start), Trainer(start)
    for _ in range(7):
        first.ask_all(Run.step_batch)
    where, checkpoint = saved(first)
    second = begin(where, checkpoint)
    assert settled(second).step == 7
    for _ in range(9):
        second.ask_all(Run.step_batch)
    train(unbroken, 16)
    for name, tensor in named(unbroken).items():
        np.testing.assert_array_equal(saved(second)[1].learnt[name], tensor)


def test_a_checkpoint_is_taken_in_the_order_of_the_requests(begin):
    session = begin()
    futures = []
    for _ in range(5):
        session.ask_all(Run.step_batch)
        futures.append(session.checkpoint())
    assert [future.result(DEADLINE)[1].step for future in futures] == [1, 2, 3, 4, 5]


def test_a_checkpoint_may_be_taken_while_it_runs(begin):
    session = begin()
    session.run()
    steps = [saved(session)[1].step for _ in range(20)]
    assert steps == sorted(steps)
    session.pause()


# --- trouble ----------------------------------------------------------------------------------------


def test_an_impossible_change_blocks_in_a_sentence_and_a_possible_one_frees(begin):
    start = experiment()
    session = begin(start)
    session.ask_all(Run.step_epoch)
    before = settled(session)
    session.apply(broken(start))
    blocked = until(session, in_state(State.BLOCKED))
    assert str(blocked.message) == "It reads “nobody”, which does not exist; connect it to another layer."
    assert blocked.experiment == start
    known, checkpoint = saved(session)
    assert known == broken(start)
    assert checkpoint.experiment == start
    session.apply(start)
    freed = until(session, in_state(State.PAUSED))
    assert freed.step == before.step
    np.testing.assert_array_equal(freed.layers["hidden"].weights, before.layers["hidden"].weights)


REQUESTS = {
    "run": TrainingSession.run,
    "pause": TrainingSession.pause,
    "step_batch": lambda session: session.ask_all(Run.step_batch),
    "step_epoch": lambda session: session.ask_all(Run.step_epoch),
    "restart": lambda session: restart(session),
    "type": lambda session: session.ask(lambda run: run.type(TypedWeight("not_yet_there", 0, 0, 2.5))),
    "set_speed": lambda session: session.set_speed(10),
}


@pytest.mark.parametrize("request_", REQUESTS)
def test_while_it_is_blocked_it_does_nothing_and_says_why(begin, request_):
    start = experiment()
    session = begin(start)
    session.ask_all(Run.step_epoch)
    session.apply(broken(start))
    before = until(session, in_state(State.BLOCKED))
    REQUESTS[request_](session)
    after = settled(session)
    assert (after.state, after.step, after.message) == (State.BLOCKED, before.step, before.message)
    np.testing.assert_array_equal(after.layers["hidden"].weights, before.layers["hidden"].weights)
    session.apply(start)
    until(session, in_state(State.PAUSED))


def test_a_run_is_stopped_by_an_impossible_change(begin):
    start = experiment(epochs=ENDLESS)
    session = begin(start)
    session.run()
    until(session, lambda snapshot: snapshot.step > 5)
    session.apply(broken(start))
    step = until(session, in_state(State.BLOCKED)).step
    session.apply(start)
    freed = until(session, lambda snapshot: snapshot.state is not State.BLOCKED)
    assert (freed.state, freed.step) == (State.PAUSED, step)


def test_an_impossible_experiment_can_be_opened_and_mended(begin):
    session = begin(broken(experiment()))
    for request_ in (
        session.run,
        lambda: session.ask_all(Run.step_batch),
        lambda: session.ask_all(Run.step_epoch),
        lambda: restart(session),
    ):
        request_()
    assert saved(session) is None
    session.apply(experiment())
    snapshot = settled(session)
    assert (snapshot.state, snapshot.step, snapshot.run) == (State.PAUSED, 0, 1)


def test_a_checkpoint_of_something_else_is_not_opened(begin):
    trainer = Trainer(experiment(*two_layers(hidden=5)))
    session = begin(experiment(), trainer.checkpoint())
    assert saved(session) is None


def diverging():
    layers = (
        Dense(id="hidden", units=3, activation=Linear()),
        Dense(id="output", units=1, activation=Linear()),
    )
    start = regression(optimizer=GradientDescent(learning_rate=30.0), epochs=ENDLESS)
    return start.with_(network=Architecture(layers=tuple(layers)), precision="float32")


@pytest.mark.parametrize("advance", ["run", "step_epoch"])
def test_a_divergence_stops_the_run_and_names_where_it_began(begin, advance):
    session, trainer = begin(diverging()), Trainer(diverging())
    with np.errstate(all="ignore"):
        trainer.run_epoch()
    REQUESTS[advance](session)
    snapshot = until(session, in_state(State.DIVERGED))
    assert trainer.divergence.layer_id == "output"
    assert snapshot.step == trainer.divergence.step - 1
    assert f"arose in Output at step {trainer.divergence.step}." in str(snapshot.message)
    assert all(np.isfinite(layer.weights).all() for layer in snapshot.layers.values())


def test_a_restart_at_a_smaller_rate_recovers_from_a_divergence(begin):
    start = diverging()
    session = begin(start)
    session.run()
    until(session, in_state(State.DIVERGED))
    session.apply(start.with_(training=start.training.with_(optimizer=GradientDescent(learning_rate=1e-3))))
    restart(session)
    session.run()
    snapshot = until(session, lambda snapshot: snapshot.step > 100)
    assert (snapshot.state, snapshot.message) == (State.RUNNING, None)


def test_a_fault_of_the_program_is_reported_and_the_work_can_still_be_saved(begin, monkeypatch, caplog):
    errors, told = [], threading.Event()

    def report(error):
        errors.append(error)
        told.set()

    session = begin(on_error=report)
    monkeypatch.setattr(Trainer, "run", lambda *_: 1 // 0)
    session.ask_all(Run.step_batch)
    assert told.wait(DEADLINE)
    assert isinstance(errors[0], ZeroDivisionError)
    assert "a fault on the training thread" in caplog.text
    experiment, checkpoint = session.checkpoint().result(DEADLINE)
    checkpoint.check(experiment)


def test_a_checkpoint_that_fails_is_answered(begin, monkeypatch, caplog):
    session = begin(on_error=lambda _error: None)
    monkeypatch.setattr(Trainer, "checkpoint", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        session.checkpoint().result(DEADLINE)


def test_what_is_opened_and_cannot_train_is_shown_as_such(begin):
    impossible = experiment(Dense(id="output", units=3))
    session = begin(impossible)
    snapshot = until(session, in_state(State.BLOCKED))
    assert snapshot.experiment == impossible
    assert "needs 1 here" in str(snapshot.message)
    assert snapshot.output is None


# --- the thread -------------------------------------------------------------------------------------


def threads():
    return [thread for thread in threading.enumerate() if thread.name == "training"]


@pytest.mark.parametrize("request_", ["run", "pause", "step_epoch"])
def test_closing_ends_the_thread_whatever_it_does(begin, request_):
    session = begin()
    REQUESTS[request_](session)
    settled(session)
    assert len(threads()) == 1
    session.close()
    assert threads() == []


def test_closing_does_not_wait_for_a_slow_speed_or_a_painting_window(begin):
    session = begin()
    session.set_speed(0.001)
    session.run()
    until(session, lambda snapshot: snapshot.step == 1)
    session.hold()
    session.close(DEADLINE)
    assert threads() == []


def test_a_session_that_never_started_can_be_closed():
    session = TrainingSession(experiment())
    session.run()
    session.close()
    assert threads() == []


def test_it_can_be_closed_twice(begin):
    session = begin()
    session.close()
    session.close()
    assert threads() == []


# --- steps that take minutes ------------------------------------------------------------------------


@pytest.fixture
def slow(monkeypatch):
    """Lets the session take steps one by one, each as long as the test wants."""

    class Slow:
        def __init__(self):
            self.begun, self.may_end = threading.Event(), threading.Event()
            self.holds = False

        def hold(self):
            self.holds = True
            self.begun.clear()
            self.may_end.clear()

        def release(self):
            self.holds = False
            self.may_end.set()

    slow = Slow()
    genuine = Trainer.run

    def run(trainer, steps):
        if slow.holds:
            slow.begun.set()
            assert slow.may_end.wait(DEADLINE)
        return genuine(trainer, steps)

    monkeypatch.setattr(Trainer, "run", run)
    yield slow
    slow.release()


def test_the_state_before_a_slow_step_is_known_at_once(begin, slow):
    session = begin()
    session.ask_all(Run.step_batch)
    session.ask_all(Run.step_batch)
    settled(session)
    slow.hold()
    session.run()
    assert slow.begun.wait(DEADLINE)
    future = session.checkpoint()
    known, checkpoint = session.last_known
    assert not future.done()
    assert (known, checkpoint.step) == (experiment(epochs=ENDLESS), 2)
    slow.release()
    session.pause()
    assert future.result(DEADLINE)[1].step >= 3


def test_the_state_before_a_slow_edit_is_known_at_once(begin, monkeypatch):
    session = begin()
    session.ask_all(Run.step_batch)
    settled(session)
    begun, may_end = threading.Event(), threading.Event()
    genuine = Trainer.apply

    def apply(trainer, *arguments):
        begun.set()
        assert may_end.wait(DEADLINE)
        return genuine(trainer, *arguments)

    monkeypatch.setattr(Trainer, "apply", apply)
    session.apply(experiment(epochs=7))
    assert begun.wait(DEADLINE)
    known, checkpoint = session.last_known
    may_end.set()
    assert (known, checkpoint.step) == (experiment(epochs=ENDLESS), 1)


def test_of_an_experiment_that_is_being_opened_what_was_opened_is_known(begin, slow):
    session = begin()
    slow.hold()
    session.ask_all(Run.step_batch)
    assert slow.begun.wait(DEADLINE)
    other = experiment(epochs=7)
    opened = Trainer(other).checkpoint()
    session.open(other, opened)
    known, checkpoint = session.last_known
    slow.release()
    assert known == other
    assert checkpoint is opened


def test_a_step_under_way_does_not_hold_up_closing(begin, slow):
    session = begin()
    slow.hold()
    session.ask_all(Run.step_batch)
    assert slow.begun.wait(DEADLINE)
    assert not session.close(timeout=0)
    slow.release()
    assert session.close(DEADLINE)


# --- several runs -----------------------------------------------------------------------------------


def settled_run(session, number, condition):
    """The first snapshot of a run behind the one in front that fulfils the condition."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        session.want()
        snapshot = session.take(number)
        if snapshot is not None and condition(snapshot):
            return snapshot
        time.sleep(0.001)
    raise AssertionError("never came")


def test_two_runs_come_to_the_same_as_each_by_itself(begin):
    start, other = experiment(epochs=3), experiment(epochs=3, batch_size=4)
    session = begin(start)
    number = session.beside.add(other)
    session.run()
    first = until(session, in_state(State.FINISHED))
    second = settled_run(session, number, in_state(State.FINISHED))
    assert (first.run, second.run) == (1, number)
    for snapshot, alone in ((first, Trainer(start)), (second, Trainer(other))):
        for _ in range(3):
            alone.run_epoch()
        np.testing.assert_array_equal(snapshot.layers["hidden"].weights, named(alone)["hidden.weights"])


def test_runs_advance_in_lockstep(begin):
    session = begin(experiment(epochs=ENDLESS))
    number = session.beside.add(experiment(epochs=ENDLESS, batch_size=1))
    session.run()
    until(session, lambda snapshot: snapshot.epoch > 50)
    session.pause()
    behind = settled_run(session, number, in_state(State.PAUSED))
    assert abs(settled(session).progress - behind.progress) < 0.5 * behind.progress


def test_an_edit_reaches_the_run_in_front_alone(begin):
    start = experiment()
    session = begin(start)
    number = session.beside.add(start)
    session.apply(experiment(batch_size=3))
    assert settled(session).experiment == experiment(batch_size=3)
    assert settled_run(session, number, lambda _: True).experiment == start
    session.ask(lambda run: run.apply(experiment(batch_size=4)), number)
    changed = experiment(batch_size=4)
    assert settled_run(session, number, lambda snapshot: snapshot.experiment == changed)
    assert settled(session).experiment == experiment(batch_size=3)


def test_a_run_that_is_dropped_is_freed_whole(begin):
    session = begin(experiment())
    for _ in range(20):
        number = session.beside.add(experiment())
        run = weakref.ref(until_known(session, number))
        session.beside.drop(number)
        settled(session)
        gc.collect()
        assert run() is None
    assert session.take(number) is None


def until_known(session, number):
    settled(session)
    return session._loop.runs[number]


def test_opening_another_experiment_leaves_all_runs(begin):
    session = begin(experiment())
    session.beside.add(experiment())
    session.open(experiment(batch_size=2))
    assert settled(session).run == 3
    assert list(session._loop.runs) == [3]


def test_a_question_makes_no_picture_of_its_own(begin):
    session = begin()
    first = until(session, lambda snapshot: True)
    assert session.answer(lambda run: run.number).result(DEADLINE) == first.run
    session.answer(lambda run: None).result(DEADLINE)
    assert session.take() is None

    session.pause()
    session.answer(lambda run: None).result(DEADLINE)  # behind a request that may change something
    assert until(session, lambda snapshot: True).run == first.run
