"""The angle of a run to its principal components is that of its own data, whichever run was asked before."""

import numpy as np
import pytest
from scipy.linalg import subspace_angles

from playground.data.datasets.recipes import Blobs
from playground.data.features import X, XSquared, Y
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, TiedDense
from playground.engine.losses import SquaredError
from playground.experiment import Experiment
from playground.training.principal_angle import PrincipalAngle
from playground.training.recorder import ANGLE
from playground.training.trainer import Trainer


def run(units=2, noise=10):
    start = Experiment()
    data = start.data.with_(
        dataset=Blobs(samples=40, noise=noise), inputs=(X(), Y(), XSquared()), targets="inputs"
    )
    code = Dense(id="code", units=units, activation=Linear())
    network = Architecture(layers=(code, TiedDense(id="output", of="code", activation=Linear())))
    training = start.training.with_(loss=SquaredError())
    return Trainer(start.with_(data=data, network=network, training=training))


def expected(trainer):
    _, vectors = np.linalg.eigh(np.cov(trainer.data.train.inputs.T))
    weights = trainer.network.block("code", "weights")[:, :-1]
    return np.degrees(subspace_angles(weights.T, vectors[:, -len(weights) :]).max())


def test_each_run_is_held_against_its_own_data_and_each_moment_against_its_weights():
    angle, first, other = PrincipalAngle(), run(), run(units=1, noise=40)
    for trainer in (first, other, first):
        assert angle.of(trainer.network, trainer.data, "code") == pytest.approx(expected(trainer), abs=1e-3)
        trainer.run_epoch()


def test_weights_that_could_span_all_inputs_or_are_no_numbers_have_none():
    spans_all, trainer = run(units=3), run()
    trainer.network.block("code", "weights")[0, 0] = np.nan
    for one in (spans_all, trainer):
        assert PrincipalAngle().of(one.network, one.data, "code") is None


def test_the_angle_is_written_in_the_history_of_a_linear_autoencoder_at_every_epoch():
    trainer, angles = run(), []
    for _ in range(3):
        angles.append(expected(trainer))
        trainer.run_epoch()
    angles.append(expected(trainer))
    columns = trainer.recorder.history.columns()
    np.testing.assert_allclose(columns[ANGLE], angles, atol=1e-3)
    assert ANGLE not in Trainer(Experiment()).recorder.history.columns()


def test_a_run_that_goes_on_writes_the_same_angles():
    there = run()
    there.run_epoch()
    back = Trainer(there.experiment, there.checkpoint())
    for trainer in (there, back):
        trainer.run_epoch()
    histories = [trainer.recorder.history.columns()[ANGLE] for trainer in (there, back)]
    np.testing.assert_array_equal(*histories)
    assert len(histories[0]) == 3
