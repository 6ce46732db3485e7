"""The gradient at each step of a sequence is that of the loss, and fades in a simple RNN."""

import numpy as np
import pytest

from playground.analysis.over_time import slopes_over_time
from playground.data.datasets.sequences import Echo, Waves
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.recurrent import Lstm, SimpleRnn
from playground.experiment import Experiment
from playground.training.moment import Moment
from playground.training.trainer import Trainer

WINDOW, STEP = 6, 1e-5


def trainer_of(*layers, window=WINDOW):
    start = Experiment(network=Architecture(layers=layers), precision="float64")
    return Trainer(start.with_dataset(Waves(samples=20, window=window)))


def loss_of(moment, inputs, targets):
    outputs = moment.network.predict(inputs)
    return float(moment.experiment.training.loss.plain.each(outputs.T, outputs.T, targets.T).mean())


def test_it_is_the_slope_of_the_loss_in_what_goes_in_at_each_step():
    trainer = trainer_of(SimpleRnn(id="rnn", units=3), Dense(id="output", units=1))
    moment, sample = Moment.of(trainer), trainer.data.train.inputs[:1]
    target = trainer.sides.train.aims[:1]
    expected = np.empty(WINDOW)
    for step in range(WINDOW):
        ends = []
        for sign in (1, -1):
            moved = sample.copy()
            moved[0, step] += sign * STEP
            ends.append(loss_of(moment, moved, target))
        expected[step] = abs(ends[0] - ends[1]) / (2 * STEP)
    found = slopes_over_time(moment, samples=1)["rnn"]
    np.testing.assert_allclose(found.given, expected, rtol=1e-4, atol=1e-9)


def test_of_several_samples_it_is_the_mean_of_each_by_itself():
    trainer = trainer_of(SimpleRnn(id="rnn", units=3), Dense(id="output", units=1))
    both = slopes_over_time(Moment.of(trainer), samples=2)["rnn"]
    first = slopes_over_time(Moment.of(trainer), samples=1)["rnn"]
    assert both.given.shape == both.state.shape == (WINDOW,)
    second = 2 * both.given - first.given
    assert (second >= 0).all()


def test_in_a_simple_rnn_with_small_weights_it_fades_and_through_the_cell_of_an_lstm_it_does_not():
    layers = (SimpleRnn(id="rnn", units=4), Dense(id="output", units=1))
    fading = trainer_of(*layers, window=30)
    fading.network.block("rnn", "recurrent")[:] = 0.4 * np.eye(4)
    slopes = slopes_over_time(Moment.of(fading))["rnn"]
    assert slopes.given[0] < 1e-8 * slopes.given[-1]
    assert slopes.state[0] < 1e-8 * slopes.state[-1]
    keeping = trainer_of(Lstm(id="lstm", units=4, forget_bias=6), Dense(id="output", units=1), window=30)
    slopes = slopes_over_time(Moment.of(keeping))["lstm"]
    assert slopes.given[0] > 1e-2 * slopes.given[-1]


def test_a_layer_behind_another_has_its_own():
    layers = (
        SimpleRnn(id="first", units=3, gives="all"),
        SimpleRnn(id="second", units=2),
        Dense(id="output"),
    )
    found = slopes_over_time(Moment.of(trainer_of(*layers)))
    assert set(found) == {"first", "second"}
    assert (found["second"].given > 0).all()


def test_where_nothing_reads_a_sequence_there_is_none():
    layers = (Flatten(id="flat"), Dense(id="output", units=1))
    assert slopes_over_time(Moment.of(trainer_of(*layers))) == {}


@pytest.mark.parametrize("dataset", [Echo(samples=20, length=5)])
def test_the_run_is_not_disturbed_by_it(dataset):
    layers = (SimpleRnn(id="rnn", units=3, gives="all"), Flatten(id="flat"), Dense(id="output", units=5))
    start = Experiment(network=Architecture(layers=layers)).with_dataset(dataset)
    looked_at, alone = Trainer(start), Trainer(start)
    for _ in range(3):
        slopes_over_time(Moment.of(looked_at))
        looked_at.run(2)
        alone.run(2)
    np.testing.assert_array_equal(looked_at.network.parameters, alone.network.parameters)
