"""Going on by itself: what a network says of a sequence is given back to it, step by step."""

import math

import numpy as np
import pytest

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.sequences import Echo, Waves
from playground.data.scaling import Standardize
from playground.engine.activations import Softmax
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.experiment import Experiment
from playground.training.continuing import MOST_STEPS, STAYS, STEPS_A_TIME, LiveContinuation, continued
from playground.training.observer import Observer, Progress
from playground.training.snapshot import TEMPERATURE, State, View
from playground.training.trainer import Trainer

PERIOD, WINDOW = 15, 12
PROGRESS = Progress(1, State.PAUSED, 1000, 0.0, None)


def knowing(horizon=1, **data):
    """A network that is told how waves of one period go on: x(s + 1) = 2 cos(ω) x(s) − x(s − 1)."""
    dataset = Waves(samples=40, window=WINDOW, horizon=horizon, shortest=PERIOD, longest=PERIOD)
    layers = (Flatten(id="flat"), Dense(id="output", units=horizon))
    start = Experiment(network=Architecture(layers=layers), precision="float64").with_dataset(dataset)
    trainer = Trainer(start.with_(data=start.data.with_(**data)))
    weights = trainer.network.edges("output").weights[0]
    weights[:] = 0
    before, last = np.eye(WINDOW)[-2:]
    for place in range(horizon):
        before, last = last, 2 * math.cos(2 * math.pi / PERIOD) * last - before
        weights[place] = last
    trainer.network.edges("output").bias[:] = 0
    return trainer


@pytest.mark.parametrize("horizon", [1, 3, 5])
def test_a_network_that_knows_the_wave_goes_on_with_it_for_as_many_steps_again(horizon):
    trainer = knowing(horizon)
    raw = trainer.data.test.raw[3]
    whole = np.concatenate([raw, continued(trainer.network, trainer.data, raw)])[:, 0]
    assert len(whole) == 2 * WINDOW
    turn = 2 * math.cos(2 * math.pi / PERIOD)
    np.testing.assert_allclose(whole[2:], turn * whole[1:-1] - whole[:-2], atol=1e-9)


def test_the_first_step_is_what_the_network_says_of_the_sample_whatever_the_scales():
    trainer = knowing(scaling=Standardize(), target_scaling=Standardize())
    trainer.network.initialize(trainer.experiment.randomness.streams().init)
    sample = trainer.data.test.raw[:1]
    said = trainer.data.unscaled(trainer.network.predict(trainer.data.transform(sample)))
    assert continued(trainer.network, trainer.data, sample[0])[0] == pytest.approx(said[0])


def test_a_sequence_that_is_shorter_than_others_is_gone_on_with_from_its_own_end():
    trainer = knowing()
    raw = trainer.data.test.raw[0].copy()
    raw[5:] = np.nan
    found = continued(trainer.network, trainer.data, raw)
    assert found.shape == (5, 1)
    assert np.isfinite(found).all()


def test_it_ends_where_there_is_no_number():
    trainer = knowing()
    trainer.network.parameters[:] = math.inf
    with np.errstate(invalid="ignore"):
        assert continued(trainer.network, trainer.data, trainer.data.test.raw[0]).shape == (0, 1)


def test_it_ends_where_it_runs_away_from_itself():
    trainer = knowing()
    trainer.network.edges("output").weights[:] *= 1e6
    snapshot = Observer(trainer).snapshot(PROGRESS)
    assert 1 < len(snapshot.continued) < WINDOW
    assert np.abs(snapshot.continued).max() < 1e31


def test_long_windows_go_on_for_a_bounded_time():
    trainer = Trainer(Experiment().with_dataset(Waves(samples=20, window=200)))
    assert len(continued(trainer.network, trainer.data, trainer.data.test.raw[0])) == MOST_STEPS


def test_a_snapshot_says_how_the_chosen_sequence_goes_on_only_where_it_does():
    for dataset, goes_on in ((Waves(samples=30), True), (Echo(samples=30), False)):
        snapshot = Observer(Trainer(Experiment().with_dataset(dataset))).snapshot(PROGRESS)
        assert (snapshot.continued is not None) == goes_on


def test_over_a_sequence_time_goes_from_left_to_right_on_every_tile():
    trainer = Trainer(Experiment().with_dataset(Echo(samples=30, length=9)))
    snapshot = Observer(trainer).snapshot(PROGRESS)
    assert snapshot.input_maps.shape == (1, 1, 9)
    np.testing.assert_allclose(snapshot.input_maps[0, 0], trainer.data.test.raw[0, :, 0], rtol=1e-6)


# --- symbols ----------------------------------------------------------------------------------------


def speaking(shares):
    """A network that says of every text that its next character has these shares, a and b and c."""
    dataset = OwnText(text="abc" * 20, window=4)
    layers = (Flatten(id="flat"), Dense(id="output", units=3, activation=Softmax()))
    trainer = Trainer(
        Experiment(network=Architecture(layers=layers), precision="float64").with_dataset(dataset)
    )
    trainer.network.edges("output").weights[:] = 0
    trainer.network.edges("output").bias[:] = np.log(shares)
    return trainer


def counted(trainer, temperature):
    found = continued(trainer.network, trainer.data, trainer.data.test.raw[0], temperature)
    assert found.shape == (MOST_STEPS, 3)
    assert (found.sum(axis=1) == 1).all()
    return found.mean(axis=0)


def test_at_temperature_0_the_likeliest_symbol_always_follows():
    assert counted(speaking([0.3, 0.36, 0.34]), 0.0).tolist() == [0, 1, 0]


def test_at_temperature_1_symbols_follow_by_their_probabilities():
    np.testing.assert_allclose(counted(speaking([0.6, 0.3, 0.1]), 1.0), [0.6, 0.3, 0.1], atol=0.2)


def test_the_colder_the_rarer_are_the_rare_ones():
    shares = [counted(speaking([0.5, 0.3, 0.2]), warmth)[0] for warmth in (0.1, 0.5, 2.0)]
    assert shares[0] > shares[1] > shares[2]


def test_a_network_that_stays_writes_the_same_again():
    trainer = speaking([0.4, 0.3, 0.3])
    raw = trainer.data.test.raw[0]
    np.testing.assert_array_equal(*(continued(trainer.network, trainer.data, raw) for _ in range(2)))


def test_a_text_ends_where_there_is_no_number():
    trainer = speaking([0.4, 0.3, 0.3])
    trainer.network.parameters[:] = math.nan
    assert len(continued(trainer.network, trainer.data, trainer.data.test.raw[0])) == 0


# --- growing while it learns ------------------------------------------------------------------------


def lengths_seen(live, trainer, looks, learning=True, temperature=TEMPERATURE):
    raw = trainer.data.test.raw[0]
    return [len(live.seen(trainer.network, trainer.data, raw, temperature, learning)) for _ in range(looks)]


def test_while_a_network_learns_a_text_grows_a_few_characters_at_a_time():
    assert lengths_seen(LiveContinuation(), speaking([0.4, 0.3, 0.3]), 4) == [3, 6, 9, 12]


def test_when_it_is_whole_it_stays_for_a_while_and_begins_anew():
    trainer, live = speaking([0.4, 0.3, 0.3]), LiveContinuation()
    lengths_seen(live, trainer, MOST_STEPS // STEPS_A_TIME)
    assert lengths_seen(live, trainer, STAYS + 2) == [MOST_STEPS] * STAYS + [3, 6]


def test_what_is_written_already_stays_and_what_follows_is_what_the_network_says_by_now():
    trainer, live = speaking([1, 1e-9, 1e-9]), LiveContinuation()
    raw = trainer.data.test.raw[0]
    live.seen(trainer.network, trainer.data, raw, 0.0, True)
    trainer.network.edges("output").bias[:] = np.log([1e-9, 1, 1e-9])
    found = live.seen(trainer.network, trainer.data, raw, 0.0, True)
    assert found.argmax(axis=1).tolist() == [0, 0, 0, 1, 1, 1]


def test_at_rest_it_is_whole_and_a_run_that_goes_on_writes_anew():
    trainer, live = speaking([0.4, 0.3, 0.3]), LiveContinuation()
    lengths_seen(live, trainer, 2)
    assert lengths_seen(live, trainer, 1, learning=False) == [MOST_STEPS]
    assert lengths_seen(live, trainer, 1) == [3]


def test_another_temperature_or_sequence_begins_anew():
    trainer, live = speaking([0.4, 0.3, 0.3]), LiveContinuation()
    lengths_seen(live, trainer, 5)
    assert lengths_seen(live, trainer, 2, temperature=1.0) == [3, 6]
    other = trainer.data.test.raw[1]
    assert len(live.seen(trainer.network, trainer.data, other, 1.0, True)) == 3


def test_a_wave_grows_in_the_same_way_and_ends_as_it_would_have_at_once():
    trainer, live = knowing(horizon=5), LiveContinuation()
    raw = trainer.data.test.raw[3]
    grown = [live.seen(trainer.network, trainer.data, raw, 0.5, True) for _ in range(4)]
    assert [len(each) for each in grown] == [5, 10, 12, 12]
    np.testing.assert_array_equal(grown[-1], continued(trainer.network, trainer.data, raw))


def test_the_temperature_of_a_view_is_that_of_its_snapshots():
    trainer = speaking([0.34, 0.33, 0.33])
    observer = Observer(trainer)
    cold, warm = (
        observer_with(observer, View(temperature=warmth)).snapshot(PROGRESS).continued for warmth in (0, 1)
    )
    assert len(np.unique(cold, axis=0)) == 1
    assert len(np.unique(warm, axis=0)) == 3


def observer_with(observer, view):
    observer.view = view
    return observer


def test_a_network_that_rests_is_not_asked_the_same_again_until_it_knows_something_else(monkeypatch):
    trainer, live = speaking([1, 1e-9, 1e-9]), LiveContinuation()
    network, data, raw = trainer.network, trainer.data, trainer.data.test.raw[0]
    asked = []
    predict = network.predict
    monkeypatch.setattr(network, "predict", lambda inputs: asked.append(1) or predict(inputs))
    first = live.seen(network, data, raw, 0.0, False)
    np.testing.assert_array_equal(live.seen(network, data, raw, 0.0, False), first)
    assert len(asked) == MOST_STEPS
    network.edges("output").bias[:] = np.log([1e-9, 1, 1e-9])
    assert live.seen(network, data, raw, 0.0, False).argmax(axis=1).tolist() == [1] * MOST_STEPS
    assert len(live.seen(network, data, raw, 0.0, True)) == STEPS_A_TIME
