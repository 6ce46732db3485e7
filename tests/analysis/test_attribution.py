"""What an answer hangs on is found where it is: by hiding it, and by the gradient of each pixel."""

import numpy as np
import pytest

from playground.analysis import attribution
from playground.analysis.attribution import occlusion, output_gradient, sensitivity
from playground.data.datasets.digits import Digits
from playground.engine.activations import Linear, Softmax, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import BatchNorm, Dense, Dropout, Flatten
from playground.engine.layers.convolution import Conv2D
from playground.engine.layers.dropout import ChannelDropout
from playground.engine.layers.sparsity import Sparsity
from playground.engine.layers.variational import Variational
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.randomness import Pcg64
from playground.training.moment import GivenUp, Moment
from playground.training.trainer import Trainer


@pytest.fixture(scope="module")
def reader():
    """A network of which only the pixel in row 2 and column 5 tells a 7 from all else."""
    experiment = Experiment().with_dataset(Digits())
    layers = (Flatten(id="flat"), Dense(id="output", units=10, activation=Softmax()))
    trainer = Trainer(experiment.with_(network=Architecture(layers=layers)).fitted())
    trainer.network.parameters[:] = 0
    (edges,) = trainer.network.edges("output").weights
    edges[7, 2 * 8 + 5] = 3
    return Moment.of(trainer)


@pytest.fixture(scope="module")
def picture(reader):
    raw = np.zeros(reader.data.train.raw.shape[1:])
    raw[2, 5] = 16
    return raw


def test_hiding_what_the_answer_hangs_on_takes_it_away_and_hiding_all_else_nothing(reader, picture):
    found = occlusion(reader, picture)
    assert found.answer == 7
    assert found.whole == pytest.approx(reader.ask(picture[np.newaxis]).shares[0, 7])
    (rows, columns) = np.nonzero(np.abs(found.values) > 1e-5)
    near = {(row, column) for row in (1, 2, 3) for column in (4, 5, 6)}
    assert (
        set(zip(rows.tolist(), columns.tolist(), strict=True)) == near
    )  # what a patch of 2×2 can hide with it
    assert np.unravel_index(found.values.argmax(), found.values.shape) == (2, 5)
    hidden = picture.copy()
    hidden[2, 5] = reader.data.train.raw.mean()
    assert found.values[2, 5] > 0.9 * (found.whole - reader.ask(hidden[np.newaxis]).shares[0, 7])


def test_the_pixel_that_the_answer_hangs_on_has_the_gradient(reader, picture):
    found = sensitivity(reader, picture)
    assert found.answer == 7
    wanted = np.zeros((8, 8))
    wanted[2, 5] = 3
    np.testing.assert_allclose(found.values, wanted)


def test_a_large_picture_is_hidden_at_a_bounded_number_of_places(reader, picture, monkeypatch):
    monkeypatch.setattr(attribution, "MOST_PLACES", 16)
    asked = []
    ask = reader.ask
    object.__setattr__(reader, "ask", lambda raw: asked.append(len(raw)) or ask(raw))
    try:
        found = occlusion(reader, picture)
    finally:
        object.__delattr__(reader, "ask")
    assert sum(asked) <= 1 + 16
    assert np.isfinite(found.values).all()


def test_nobody_is_answered_who_has_given_up(reader, picture):
    with pytest.raises(GivenUp):
        occlusion(reader, picture, lambda: True)


def test_the_gradient_of_an_output_is_that_of_the_network_at_rest():
    """Dropout leaves all as it is, and batch norm goes by its running averages: central differences agree."""
    layers = (
        Conv2D(id="conv", filters=3, kernel=2, activation=Tanh()), BatchNorm(id="norm"),
        ChannelDropout(id="channels", probability=0.5), Flatten(id="flat"), BatchNorm(id="rows"),
        Dropout(id="drop", probability=0.5), Dense(id="out", units=2, activation=Linear()),
    )  # fmt: skip
    network = Network(Architecture(layers=layers), (3, 4, 2), "float64", Pcg64().streams())
    random = np.random.default_rng(4)
    network.parameters[:] = random.normal(size=network.parameters.size)
    for state in network.state.values():
        state[:] = random.uniform(0.5, 2, state.shape)
    sample = random.normal(size=(1, 24))
    moved = np.concatenate([sample + h * np.eye(24) for h in (1e-6, -1e-6)])
    up, down = network.predict(moved)[:, 1].reshape(2, 24)
    before = [state.copy() for state in network.state.values()]
    np.testing.assert_allclose(output_gradient(network, sample, 1), (up - down) / 2e-6, rtol=1e-6, atol=1e-9)
    for state, known in zip(network.state.values(), before, strict=True):
        np.testing.assert_array_equal(state, known)


@pytest.mark.parametrize("charging", [Variational(id="code", beta=100), Sparsity(id="code", strength=100)])
def test_the_gradient_of_an_answer_has_nothing_of_what_a_layer_charges_for(charging):
    layers = (
        Flatten(id="flat"), Dense(id="both", units=6, activation=Tanh()), charging,
        Dense(id="output", units=10, activation=Softmax()),
    )  # fmt: skip
    start = Experiment(precision="float64").with_dataset(Digits())
    moment = Moment.of(Trainer(start.with_(network=Architecture(layers=layers)).fitted()))
    raw = moment.data.train.raw[3]
    found = sensitivity(moment, raw)
    plan = moment.network.plan(1)

    def answer(row, column, change):
        inputs = moment.data.transform(raw[np.newaxis]).reshape(1, 8, 8)
        inputs[0, row, column] += change
        plan.run(inputs.reshape(1, -1))
        return plan.net_outputs[found.answer, 0]

    for row, column in ((2, 3), (5, 4)):
        slope = (answer(row, column, 1e-5) - answer(row, column, -1e-5)) / 2e-5
        assert found.values[row, column] == pytest.approx(abs(slope), rel=1e-5)
