"""The codes that a snapshot shows are what the encoder gives, and what is decoded what the decoder gives."""

import numpy as np
import pytest

from playground.data import Data
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Blobs
from playground.data.features import XY, Whole, X, Y
from playground.data.scaling import MinMax, PcaWhitening, Standardize
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.losses import SquaredError
from playground.experiment import Experiment, Training
from playground.training.codes import MOST_CODES, CodeView
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer

CODE = Dense(id="code", units=2, activation=Linear())


def of_rows(**changes):
    data = Data(dataset=Blobs(samples=100), inputs=(X(), Y(), XY()), targets="inputs", scaling=Standardize())
    layers = (CODE, Dense(id="output", units=3, activation=Linear()))
    return Experiment(
        data=data.with_(**changes),
        network=Architecture(layers=layers),
        training=Training(loss=SquaredError()),
        precision="float64",
    )


def of_pictures(scaling):
    flat = () if scaling.mixes else (Flatten(id="flat"),)
    layers = (*flat, CODE, Dense(id="output", units=64, activation=Linear()))
    return Experiment(
        data=Data(dataset=Digits(), inputs=(Whole(),), targets="inputs", scaling=scaling),
        network=Architecture(layers=layers),
        training=Training(loss=SquaredError()),
    )


def seen(trainer, code, running=False):
    observer = Observer(trainer)
    observer.view = View(code=code)
    state = State.RUNNING if running else State.PAUSED
    return observer.snapshot(Progress(1, state, 1, 0.0, None)).codes


def test_codes_are_those_of_the_training_samples():
    trainer = Trainer(of_rows())
    codes = seen(trainer, CodeView())
    values = trainer.network.activations(trainer.sides.train.inputs[:, :-1])["code"].T
    assert codes.layer_id == "code"
    np.testing.assert_allclose(codes.places, values, rtol=1e-6)
    np.testing.assert_array_equal(codes.labels, trainer.data.train.labels)
    assert codes.decoded is codes.pictures is None


def test_the_code_of_a_sample_is_decoded_to_what_the_network_gives_back_of_it():
    trainer = Trainer(of_rows())
    inputs = trainer.sides.train.inputs[:1, :-1]
    point = tuple(trainer.network.activations(inputs)["code"][:, 0].tolist())
    codes = seen(trainer, CodeView(point))
    back = trainer.data.scaling.undo(trainer.network.predict(inputs))[0]
    np.testing.assert_allclose(codes.decoded, back, rtol=1e-5)
    assert codes.point == point
    assert codes.names == ("x₁", "x₂", "x₁x₂")


@pytest.mark.parametrize("scaling", [MinMax(), PcaWhitening()], ids=lambda one: one.kind)
def test_pictures_are_decoded_to_pictures_on_their_own_scale(scaling):
    trainer = Trainer(of_pictures(scaling))
    grid = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0))
    codes = seen(trainer, CodeView((0.0, 0.0), grid))
    assert codes.decoded.shape == (8, 8, 1)
    assert codes.pictures.shape == (3, 8, 8, 1)
    np.testing.assert_array_equal(codes.decoded, codes.pictures[0])
    mean = trainer.data.train.raw.mean(axis=0)
    if scaling.mixes:  # with no bias yet, a code of zeros is the mean of all
        np.testing.assert_allclose(codes.decoded, mean, atol=1e-4)
    assert len(codes.places) == min(MOST_CODES, len(trainer.data.train.raw))


def test_nothing_is_worked_out_that_nobody_looks_at():
    assert seen(Trainer(of_rows()), None) is None


def test_a_network_that_predicts_something_else_is_none():
    trainer = Trainer(of_rows().with_data(of_rows().data.with_(targets="dataset")))
    assert seen(trainer, CodeView()) is None


def test_a_code_of_another_size_is_passed_over():
    codes = seen(Trainer(of_rows()), CodeView((1.0, 2.0, 3.0), ((1.0,),)))
    assert codes.point == codes.grid == ()
    assert codes.decoded is codes.pictures is None


def test_looking_does_not_disturb_training():
    there, beside = Trainer(of_rows()), Trainer(of_rows())
    for _ in range(2):
        seen(there, CodeView((0.5, 0.5)), running=True)
        for trainer in (there, beside):
            trainer.run_epoch()
    np.testing.assert_array_equal(there.network.parameters, beside.network.parameters)
