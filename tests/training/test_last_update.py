"""How far the last step moved each parameter, which the cards of edges and biases tell."""

import numpy as np
import pytest
from training_examples import experiment, named, regression, train

from playground.engine.activations import Linear
from playground.engine.layers import Dense
from playground.engine.optimizers import Adam, GradientDescent
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer


def updates(trainer):
    return {name: tensor.copy() for name, tensor in trainer.network.tensors(trainer.update.moved)}


@pytest.mark.parametrize("steps", [1, 2, 4, 5, 7])
def test_it_is_the_difference_that_the_last_of_several_steps_made(steps):
    together, apart = Trainer(experiment(optimizer=Adam())), Trainer(experiment(optimizer=Adam()))
    train(together, steps)
    for _ in range(steps - 1):
        apart.run(1)
    before = named(apart)
    apart.run(1)

    for name, moved in updates(together).items():
        np.testing.assert_array_equal(moved, named(apart)[name] - before[name])


def test_of_gradient_descent_it_is_the_gradient_times_the_rate_downhill():
    trainer = Trainer(experiment())
    trainer.run(3)

    np.testing.assert_allclose(trainer.update.moved, -0.1 * trainer.network.gradients, rtol=1e-9, atol=1e-15)


def test_before_the_first_step_it_is_nothing():
    assert not Trainer(experiment()).update.moved.any()


def test_a_snapshot_has_it_layer_by_layer():
    trainer = Trainer(experiment())
    trainer.run(3)
    layers = Observer(trainer).snapshot(Progress(1, State.PAUSED, 100, 0.0, "")).layers

    moved = updates(trainer)
    np.testing.assert_array_equal(layers["hidden"].weight_updates, moved["hidden.weights"])
    np.testing.assert_array_equal(layers["output"].bias_updates, moved["output.bias"])


def test_it_survives_a_file_and_a_change_of_the_network():
    trainer = Trainer(experiment())
    trainer.run(3)
    moved = updates(trainer)
    resumed = Trainer(trainer.experiment, trainer.checkpoint())
    network = trainer.experiment.network
    resumed.apply(
        trainer.experiment.with_(
            network=network.with_(layers=(network.layers[0], Dense(id="new"), network.layers[1]))
        )
    )

    np.testing.assert_array_equal(updates(resumed)["hidden.weights"], moved["hidden.weights"])
    assert not updates(resumed)["new.weights"].any()


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_after_a_divergence_it_is_that_of_the_last_finite_step():
    def wild():
        settings = {"optimizer": GradientDescent(learning_rate=100), "batch_size": 2}
        return Trainer(regression(Linear(), **settings).with_(precision="float32"))

    trainer, slowly = wild(), wild()
    train(trainer, 100)
    assert trainer.divergence is not None
    before = {}
    for _ in range(trainer.step):
        before = named(slowly)
        slowly.run(1)

    assert trainer.step % 11 != 0
    for name, moved in updates(trainer).items():
        np.testing.assert_array_equal(moved, named(slowly)[name] - before[name])
