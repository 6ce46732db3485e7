"""Which machine trains a run, when it is exchanged for another, and that it stays on it otherwise."""

import numpy as np
import pytest
from machines import COMPILED, vectors
from machines import loops as loops
from training_examples import experiment, train, two_layers

from playground.engine.layers import BatchNorm, Dropout, GaussianNoise
from playground.engine.optimizers import Adam, Lbfgs
from playground.training import rounds
from playground.training.choosing import Choice
from playground.training.compiled import building
from playground.training.learner import Learner
from playground.training.looking_back import LookingBack
from playground.training.run import Run
from playground.training.trainer import Trainer

pytestmark = [pytest.mark.timeout(600)]  # to compile

AT_HAND = Choice("automatic", waits=False)


@pytest.fixture
def loaded(monkeypatch):
    """Whether machine code is loaded, which it is not at first."""
    at_hand = set()
    monkeypatch.setattr(building, "AT_HAND", at_hand)
    return at_hand


def moving(**training):
    return experiment(optimizer=Adam(), shuffle=True, **training)


def test_numpy_trains_while_machine_code_is_not_loaded(loops, loaded):
    trainer = Trainer(moving(), choice=AT_HAND)
    assert trainer.machine.name == "numpy"
    assert "made ready" in str(trainer.machine.reason)
    loaded.add("float64")
    assert Trainer(moving(), choice=AT_HAND).machine.name == "compiled"


def test_a_run_that_has_not_moved_is_trained_by_what_is_ready_now(loops, loaded):
    trainer = Trainer(moving(), choice=AT_HAND)
    loaded.add("float64")
    trainer.choose(AT_HAND, anew=False)
    assert trainer.machine.name == "compiled"
    again = Trainer(moving(), choice=COMPILED)
    train(trainer, 7)
    train(again, 7)
    for name, values in vectors(again).items():
        assert np.array_equal(values, vectors(trainer)[name]), name


def test_a_run_that_has_begun_stays_on_its_machine_until_it_is_restarted(loops, loaded):
    trainer = Trainer(moving(), choice=AT_HAND)
    train(trainer, 1)
    loaded.add("float64")
    trainer.choose(AT_HAND, anew=False)
    assert trainer.machine.name == "numpy"
    assert "until it is started again" in str(trainer.machine.reason)
    trainer.apply(moving(batch_size=7))
    assert trainer.machine.name == "numpy"
    trainer.apply(moving().with_(weights_draw=1))
    assert trainer.machine.name == "compiled"


@pytest.mark.parametrize("steps", [1, 5, 8])
def test_another_machine_goes_on_where_the_first_one_stood(steps, loops, loaded):
    """In the middle of an epoch too: with the same order of samples and the same moments."""
    loaded.add("float64")
    slow, other = Trainer(moving()), Trainer(moving())
    train(slow, steps)
    train(other, steps)
    other.choose(Choice("compiled", waits=False), anew=True)
    assert other.machine.name == "compiled"
    assert (other.step, other.epoch, other.machine.batch) == (slow.step, slow.epoch, slow.machine.batch)
    train(slow, 9)
    train(other, 9)
    np.testing.assert_allclose(other.network.parameters, slow.network.parameters, rtol=1e-10)
    assert (
        other.recorder.history.columns()["epoch"].tolist()
        == slow.recorder.history.columns()["epoch"].tolist()
    )
    other.choose(Choice("numpy"), anew=True)
    assert other.machine.name == "numpy"
    assert other.machine.reason is None


def test_an_exchange_is_a_change_that_looking_back_knows_of(loops, loaded):
    trainer = Trainer(moving())
    loaded.add("float64")
    before = trainer.changes
    trainer.choose(Choice("numpy"), anew=True)
    assert trainer.changes == before
    trainer.choose(Choice("compiled", waits=False), anew=True)
    assert trainer.changes == before + 1


def test_a_run_comes_back_to_its_machine_from_what_that_does_not_know(loops, loaded):
    loaded.add("float64")
    trainer = Trainer(moving(), choice=AT_HAND)
    train(trainer, 3)
    trainer.apply(experiment(optimizer=Lbfgs(), shuffle=True))
    assert trainer.machine.name == "numpy"
    train(trainer, 3)
    trainer.apply(moving())
    assert trainer.machine.name == "compiled"


def test_all_runs_of_a_learner_are_trained_as_chosen(loops, loaded):
    loaded.add("float64")
    learner = Learner(moving(), choice=AT_HAND)
    assert learner.trainer.machine.name == "compiled"
    learner.choose(Choice("numpy"), anew=True)
    assert learner.trainer.machine.name == "numpy"
    learner.apply(moving().with_(weights_draw=1))
    assert learner.trainer.machine.name == "numpy"


@pytest.mark.parametrize("chosen", ["automatic", "compiled"])
def test_an_earlier_moment_is_had_again_by_the_machine_that_came_to_it(chosen, loops, loaded):
    """To the last bit, whatever is chosen by now."""
    loaded.add("float64")
    run = Run(1, moving(epochs=10**6), choice=Choice(chosen, waits=False))
    run.learner.ledger.pass_by()
    trainer = run.learner.trainer
    seen = {}
    for _ in range(12):
        train(trainer, 1)
        seen[trainer.progress] = trainer.network.parameters.copy()
    kept = run.learner.ledger.kept().runs[0]
    for epoch, expected in seen.items():
        back = LookingBack(kept, epoch, trainer, Choice("automatic", waits=False))
        while not back.arrived:
            back.advance()
        assert back.trainer.machine.name == "compiled"
        assert np.array_equal(back.trainer.network.parameters, expected)


def test_an_earlier_moment_of_epochs_done_in_one_go_is_the_same(loops):
    """Masks, noise and averages as well, though the way there is another: whole epochs, then single steps."""
    hidden, output = two_layers()
    layers = BatchNorm(id="norm"), Dropout(id="drop"), GaussianNoise(id="noise")
    run = Run(1, experiment(hidden, *layers, output, optimizer=Adam(), shuffle=True), choice=COMPILED)
    run.learner.ledger.pass_by()
    trainer, seen = run.learner.trainer, {}
    for steps in (1, 40, 3, 60, 2):
        rounds.advance(trainer, steps, 10**6)
        seen[trainer.progress] = vectors(trainer) | trainer.network.state
        seen[trainer.progress] = {name: values.copy() for name, values in seen[trainer.progress].items()}
    kept = run.learner.ledger.kept().runs[0]
    for epoch, expected in seen.items():
        back = LookingBack(kept, epoch, trainer, COMPILED)
        while not back.arrived:
            back.advance()
        found = vectors(back.trainer) | back.trainer.network.state
        for name, values in expected.items():
            np.testing.assert_array_equal(found[name], values, err_msg=str(name))
