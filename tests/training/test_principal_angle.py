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
from playground.training.moment import Moment
from playground.training.principal_angle import PrincipalAngle
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
        assert angle.of(Moment.of(trainer), "code") == pytest.approx(expected(trainer), abs=1e-3)
        trainer.run_epoch()


def test_weights_that_could_span_all_inputs_or_are_no_numbers_have_none():
    assert PrincipalAngle().of(Moment.of(run(units=3)), "code") is None
    trainer = run()
    trainer.network.block("code", "weights")[0, 0] = np.nan
    assert PrincipalAngle().of(Moment.of(trainer), "code") is None
