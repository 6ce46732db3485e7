"""Every optimizer, at its usual settings, solves three small problems to a stated loss."""

import pytest

from playground.data import Data
from playground.data.datasets.recipes import Gauss, Plane, Xor
from playground.engine.activations import Linear, Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Optimizer
from playground.experiment import Experiment, Training
from playground.training.trainer import Trainer

EPOCHS = 150


def problem(dataset, output, **training):
    layers = (Dense(id="hidden", units=6), Dense(id="output", units=1, activation=output))
    return Experiment(
        data=Data(dataset=dataset), network=Architecture(layers=layers), training=Training(**training)
    )


PROBLEMS = {
    "two clouds": (problem(Gauss(samples=200), Sigmoid()), 0.05),
    "opposite corners": (problem(Xor(samples=400), Sigmoid()), 0.3),
    "a plane": (problem(Plane(samples=200), Linear(), loss=SquaredError()), 0.01),
}
CASES = [
    pytest.param(member(), *PROBLEMS[name], id=f"{member.tag()}, {name}")
    for member in Optimizer.members()
    for name in PROBLEMS
]


@pytest.mark.parametrize(("optimizer", "experiment", "goal"), CASES)
def test_it_reaches_the_goal_within_150_epochs(optimizer, experiment, goal):
    trainer = Trainer(experiment.with_(training=experiment.training.with_(optimizer=optimizer)))
    assert trainer.recorder.measures[0].loss > 1.5 * goal
    while trainer.epoch < EPOCHS and trainer.divergence is None:
        trainer.run_epoch()
    assert trainer.recorder.evaluate()[0].loss < goal
