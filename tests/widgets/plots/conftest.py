import pytest

from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer


@pytest.fixture
def usual_size():
    return (400, 240)


@pytest.fixture
def train():
    """Gives the snapshot of an experiment after some epochs."""

    def train(experiment=None, epochs=5):
        trainer = Trainer(experiment or Experiment())
        for _ in range(epochs):
            trainer.run_epoch()
        return Observer(trainer).snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))

    return train
