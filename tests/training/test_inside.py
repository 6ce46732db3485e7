"""What layers show of one sample besides their output is read at each snapshot, and of a copy at rest."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.datasets.sequences import Echo
from playground.data.spaces import PrincipalPlane
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.convolution import Conv1D
from playground.experiment import Experiment
from playground.training.inside import MOST_SEEN
from playground.training.moment import Moment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer

LENGTH, FILTERS = 9, 3
PAUSED = Progress(1, State.PAUSED, 1000, 0.0, None)


@pytest.fixture
def trainer(monkeypatch):
    """A run with a layer that shows the values it gives, (time, filters, samples), under a name."""
    bind = Conv1D.bind

    def shows_its_values(layer, wires):
        shown = wires.output.values.reshape(LENGTH, FILTERS, -1)
        huge = np.broadcast_to(0.0, (MOST_SEEN + 1, shown.shape[-1]))
        return replace(bind(layer, wires), seen={"states": shown, "huge": huge})

    monkeypatch.setattr(Conv1D, "bind", shows_its_values)
    layers = (
        Conv1D(id="first", filters=FILTERS, padding="same"),
        Flatten(id="flat"),
        Dense(id="output", units=LENGTH),
    )
    start = Experiment(network=Architecture(layers=layers), precision="float64")
    return Trainer(start.with_dataset(Echo(samples=30, length=LENGTH)))


def values_of(trainer, raw):
    inputs = trainer.data.transform(raw[np.newaxis]).astype(trainer.network.dtype)
    return trainer.network.activations(inputs)["first"][:, 0].reshape(LENGTH, FILTERS).copy()


def test_a_snapshot_holds_what_a_layer_shows_of_the_chosen_sample(trainer):
    snapshot = Observer(trainer).snapshot(PAUSED)
    first = snapshot.layers["first"]
    np.testing.assert_array_equal(first.seen["states"], values_of(trainer, snapshot.data.chosen.raw))
    np.testing.assert_array_equal(first.given, snapshot.data.chosen.raw)
    assert not snapshot.layers["output"].seen
    assert snapshot.layers["output"].given is None


def test_it_is_new_at_the_next_snapshot_and_the_old_one_stays_as_it_was(trainer):
    observer = Observer(trainer)
    before = observer.snapshot(PAUSED).layers["first"].seen["states"]
    kept = before.copy()
    trainer.run_epoch()
    after = observer.snapshot(PAUSED).layers["first"].seen["states"]
    np.testing.assert_array_equal(before, kept)
    assert not np.allclose(before, after)


def test_over_a_plane_and_out_of_sight_there_is_none(trainer):
    observer = Observer(trainer)
    observer.view = View(space=PrincipalPlane(), resolution=6)
    assert not observer.snapshot(PAUSED).layers["first"].seen
    hidden = Observer(trainer)
    hidden.view = View(maps=False)
    assert not hidden.snapshot(PAUSED).layers["first"].seen


def test_what_is_too_large_to_be_told_apart_is_left_out(trainer):
    assert set(Observer(trainer).snapshot(PAUSED).layers["first"].seen) == {"states"}


def test_a_copy_shows_the_same_of_any_sample_while_the_run_goes_on(trainer):
    moment, raw = Moment.of(trainer), trainer.data.train.raw[4]
    expected = values_of(trainer, raw)
    trainer.run_epoch()
    np.testing.assert_array_equal(moment.inside(raw)["first"].seen["states"], expected)
