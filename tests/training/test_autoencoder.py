"""An autoencoder learns to give its inputs back, through fewer neurons than there are inputs."""

import numpy as np
import pytest
from scipy.linalg import subspace_angles

from playground.data import Data
from playground.data.datasets.recipes import Blobs
from playground.data.features import XY, X, XSquared, Y, YSquared
from playground.data.scaling import Standardize
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, TiedDense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from playground.training.trainer import Trainer

FEATURES = (X(), Y(), XSquared(), YSquared(), XY())


def autoencoder(*layers, neurons=2, precision="float64"):
    code = Dense(id="code", units=neurons, activation=Linear())
    output = TiedDense(id="output", of="code", activation=Linear())
    return Experiment(
        data=Data(dataset=Blobs(samples=400), inputs=FEATURES, targets="inputs", scaling=Standardize()),
        network=Architecture(layers=layers or (code, output)),
        training=Training(loss=SquaredError(), optimizer=Adam(learning_rate=0.01), batch_size=40),
        precision=precision,
    )


def test_the_targets_are_the_scaled_inputs():
    trainer = Trainer(autoencoder())
    for samples in (trainer.sides.train, trainer.sides.test):
        np.testing.assert_array_equal(samples.targets, samples.inputs[:, :-1])


def test_a_linear_one_with_tied_weights_finds_the_principal_components():
    """A linear code of k numbers does best as k principal components (Baldi & Hornik 1989)."""
    trainer = Trainer(autoencoder())
    for _ in range(300):
        trainer.run_epoch()
    inputs = trainer.sides.train.inputs[:, :-1]
    variances = np.linalg.eigvalsh(np.cov(inputs.T, bias=True))
    left_over = variances[:-2].sum() / len(FEATURES)
    assert trainer.recorder.measures[0].loss == pytest.approx(left_over, rel=0.02)
    assert trainer.recorder.measures[0].metrics["r2"] == pytest.approx(1 - left_over, rel=0.02)


def test_sharing_makes_the_weights_of_a_linear_one_orthonormal_rows_of_the_principal_subspace():
    """What gives back its input through W and Wᵗ projects: W Wᵗ = 1, onto the principal subspace."""
    trainer = Trainer(autoencoder())
    for _ in range(300):
        trainer.run_epoch()
    weights = trainer.network.block("code", "weights")[:, :-1]
    inputs = trainer.sides.train.inputs[:, :-1]
    _, vectors = np.linalg.eigh(np.cov(inputs.T, bias=True))
    np.testing.assert_allclose(weights @ weights.T, np.eye(2), atol=0.05)
    assert np.degrees(subspace_angles(weights.T, vectors[:, -2:])).max() < 5


def test_encoder_and_decoder_share_one_block():
    network = Trainer(autoencoder()).network
    assert network.parameters.size == 2 * 5 + 2 + 5  # weights once, and both biases
    assert "output.weights" not in dict(network.tensors())
    np.testing.assert_array_equal(
        network.edges("output").weights[0], network.block("code", "weights")[:, :-1].T
    )


def test_choosing_the_inputs_as_targets_fits_loss_and_output():
    start = Experiment()
    changed = start.with_data(start.data.with_(targets="inputs", inputs=FEATURES))
    assert changed.problems() == ()
    assert changed.network.output.units == len(FEATURES)
    assert isinstance(changed.network.output.activation, Linear)
    assert changed.training.loss == SquaredError()
    back = changed.with_data(changed.data.with_(targets="dataset"))
    assert back.problems() == ()
    assert back.network.output.units == 1


def test_another_input_asks_for_another_output():
    experiment = autoencoder(Dense(id="code", units=2), Dense(id="output", units=5, activation=Linear()))
    fewer = experiment.with_data(experiment.data.with_(inputs=FEATURES[:3]))
    assert fewer.network.output.units == 3


def test_a_tied_output_of_the_wrong_size_is_a_problem():
    code = Dense(id="code", units=2, activation=Linear())
    wider = Dense(id="wider", units=3)
    experiment = autoencoder(wider, code, TiedDense(id="output", of="code", activation=Linear()))
    (problem,) = experiment.problems()
    assert problem.layer_id == "output"
    assert "needs 5" in str(problem.text)
