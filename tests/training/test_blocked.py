"""What was learnt outlives a network that cannot train for a while, in the session and in its file."""

import io
import time
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from training_examples import experiment, named, train, two_layers

from playground.engine.activations import Step
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.optimizers import Adam
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.files.problem import FileProblem
from playground.training.run import Run
from playground.training.session import TrainingSession
from playground.training.snapshot import State
from playground.training.trainer import Trainer

DEADLINE = 10.0
START = experiment(shuffle=True, optimizer=Adam(), batch_size=4, last_batch="carry")
HIDDEN, OUTPUT = two_layers()


def with_layers(*layers):
    return START.with_(network=Architecture(layers=layers))


MENDED = with_layers(HIDDEN, Dense(id="new", units=2), OUTPUT.with_(name="Mended"))
BLOCKED = {
    "a layer reads nobody": with_layers(HIDDEN.with_(inputs=("nobody",)), OUTPUT),
    "a step has no slope": with_layers(HIDDEN.with_(activation=Step()), OUTPUT),
    "too many outputs": with_layers(HIDDEN, OUTPUT.with_(units=3)),
    "no layers": with_layers(),
}
EVERY = pytest.mark.parametrize("blocked", BLOCKED.values(), ids=BLOCKED.keys())


@pytest.fixture
def begin():
    """Starts sessions, and ends them after the test."""
    sessions = []

    def start(start, checkpoint=None):
        session = TrainingSession(start, checkpoint)
        sessions.append(session)
        session.start()
        return session

    yield start
    for session in sessions:
        session.close()


def known(session):
    return session.checkpoint().result(DEADLINE)


def trained():
    trainer = Trainer(START)
    train(trainer, 13)
    return trainer


def state_of(checkpoint):
    """All of it but the rows of the history that say how it was in the middle of an epoch."""
    whole = checkpoint.history["epoch"] % 1 == 0
    history = {name: column[whole] for name, column in checkpoint.history.items()}
    arrays = {**checkpoint.learnt, **checkpoint.remembered, **history}
    numbers = (
        checkpoint.epoch,
        checkpoint.step,
        checkpoint.numbers["batch"],
        checkpoint.numbers["age"],
        checkpoint.numbers["streams"],
    )
    return {name: np.nan_to_num(array, nan=-1.0).tolist() for name, array in arrays.items()}, numbers


@EVERY
def test_what_was_learnt_is_in_the_file_of_a_network_that_cannot_train(begin, blocked):
    trainer = trained()
    session = begin(START, trainer.checkpoint())
    session.apply(blocked)
    saved = SavedExperiment(*known(session))
    assert saved.experiment == blocked
    opened = loads(dumps(saved))
    assert opened.experiment == blocked
    assert opened.checkpoint.experiment == START
    assert state_of(opened.checkpoint) == state_of(trainer.checkpoint())


@EVERY
@pytest.mark.parametrize("mended", [START, MENDED], ids=["as it was", "otherwise"])
def test_a_file_that_is_opened_and_mended_goes_on_as_if_it_had_never_been_closed(begin, blocked, mended):
    session = begin(START, trained().checkpoint())
    session.apply(blocked)
    opened = loads(dumps(SavedExperiment(*known(session))))
    other = begin(opened.experiment, opened.checkpoint)
    for each in (session, other):
        each.apply(mended)
        each.ask_all(Run.step_epoch)
        each.ask_all(Run.step_epoch)
    (_, kept), (_, found) = known(session), known(other)
    assert found.experiment is None
    assert state_of(found) == state_of(kept)
    np.testing.assert_array_equal(found.learnt["hidden.weights"], kept.learnt["hidden.weights"])


@EVERY
def test_it_opens_blocked_and_says_why(begin, blocked):
    session = begin(blocked, replace(trained().checkpoint(), experiment=START))
    assert known(session)[0] == blocked
    while (snapshot := session.take()) is None:
        time.sleep(0.001)
    assert snapshot.state is State.BLOCKED
    assert snapshot.message == blocked.problems()[0].text
    assert snapshot.step == 13


def test_saving_again_keeps_it_again(begin):
    blocked = BLOCKED["no layers"]
    session = begin(blocked, replace(trained().checkpoint(), experiment=START))
    session.apply(BLOCKED["too many outputs"])
    experiment, checkpoint = known(session)
    assert experiment == BLOCKED["too many outputs"]
    assert state_of(checkpoint) == state_of(trained().checkpoint())


def test_what_never_could_train_has_nothing_to_keep(begin):
    assert known(begin(BLOCKED["no layers"])) is None


def test_a_trainer_goes_on_with_what_was_learnt_before():
    trainer = trained()
    checkpoint = replace(trainer.checkpoint(), experiment=START)
    again = Trainer(MENDED, checkpoint)
    np.testing.assert_array_equal(named(again)["hidden.weights"], named(trainer)["hidden.weights"])
    assert again.step == 13


def test_a_file_that_names_what_was_learnt_without_holding_it_is_refused():
    data = dumps(SavedExperiment(START, replace(trained().checkpoint(), experiment=START)))
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(kept, "w") as part:
        for name in ("experiment.json", "learnt.json"):
            part.writestr(name, whole.read(name))
    with pytest.raises(FileProblem, match=r"learnt\.json: is there without what was learnt"):
        loads(kept.getvalue())
