"""Snapshots show what is on screen at one moment, and stay as they are."""

from dataclasses import replace

import numpy as np
import pytest
from training_examples import experiment, train, two_layers

from playground.data import Data, available
from playground.data.datasets.recipes import Circle, Sine
from playground.engine.graph import INPUT
from playground.engine.layers import BatchNorm, Dense
from playground.text import say
from playground.training import budget as module
from playground.training.observer import POINTS_DRAWN, Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

pytestmark = pytest.mark.usefixtures("weary")

HELLO = say("hello", "Hello.")
PAUSED = Progress(run=3, state=State.PAUSED, goal=9, steps_per_second=12.5, message=HELLO)
RUNNING = Progress(run=3, state=State.RUNNING, goal=9, steps_per_second=12.5, message=None)
SMALL = View(resolution=12, tile_stride=3)


@pytest.fixture
def weary(monkeypatch):
    """While training runs, maps and measurements are made once and then rest for ever."""
    monkeypatch.setattr(module, "REST", 1e9)


def watching(start, view=SMALL, steps=7):
    trainer = Trainer(start)
    train(trainer, steps)
    observer = Observer(trainer)
    observer.view = view
    return trainer, observer


def places(trainer, resolution):
    """The plane's places, x₁ from left to right within rows of x₂ from the lowest up."""
    axis = np.linspace(*trainer.data.columns[0].range, resolution)
    return np.array([(x, y) for y in axis for x in axis])


def test_a_snapshot_tells_where_training_stands():
    trainer, observer = watching(experiment())
    snapshot = observer.snapshot(PAUSED)
    assert (snapshot.run, snapshot.state, snapshot.goal) == (3, State.PAUSED, 9)
    assert (snapshot.epoch, snapshot.step, snapshot.progress) == (1, 7, 1.4)
    assert (snapshot.steps_per_epoch, snapshot.steps_per_second) == (5, 12.5)
    assert snapshot.message == HELLO
    assert snapshot.experiment is trainer.experiment
    assert snapshot.learning_rate == 0.1
    assert snapshot.parameters == 13
    assert (snapshot.train, snapshot.test) == trainer.recorder.evaluate(detailed=True)
    assert (snapshot.low, snapshot.threshold) == (0, 0.5)
    assert snapshot.history["step"].tolist() == [0, 5, 7]


def test_what_is_not_on_screen_has_no_maps():
    _, observer = watching(experiment(), View(maps=False))
    hidden = observer.snapshot(PAUSED)
    assert hidden.output is None
    assert all(layer.maps is None for layer in hidden.layers.values())
    observer.view = SMALL
    assert observer.snapshot(RUNNING).layers["hidden"].maps.shape == (3, 4, 4)


def test_maps_stay_as_they_were_while_they_are_not_on_screen():
    trainer, observer = watching(experiment())
    shown = observer.snapshot(PAUSED).output
    observer.view = replace(SMALL, maps=False)
    train(trainer, 1)
    np.testing.assert_array_equal(observer.snapshot(PAUSED).output, shown)
    trainer.apply(experiment(*two_layers(hidden=2)))
    assert observer.snapshot(PAUSED).output is None


def test_the_maps_are_the_values_of_every_neuron_over_the_plane():
    trainer, observer = watching(experiment())
    snapshot = observer.snapshot(PAUSED)
    inputs = trainer.data.transform(places(trainer, 12))
    tensors = dict(trainer.network.tensors())
    hidden = np.tanh(inputs @ tensors["hidden.weights"].T + tensors["hidden.bias"])
    expected = hidden.T.reshape(3, 12, 12)[:, ::3, ::3]
    np.testing.assert_allclose(snapshot.layers["hidden"].maps, expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(snapshot.layers["hidden"].mean, expected.mean(axis=(1, 2)), atol=1e-6)
    np.testing.assert_allclose(snapshot.layers["hidden"].active, (expected > 0).mean(axis=(1, 2)))
    output = trainer.network.predict(inputs).reshape(1, 12, 12)
    np.testing.assert_allclose(snapshot.output, output, rtol=1e-5)
    np.testing.assert_allclose(snapshot.input_maps, inputs.T.reshape(2, 12, 12)[:, ::3, ::3], rtol=1e-6)


def test_over_a_line_the_maps_are_curves():
    layers = (Dense(id="hidden", units=3), Dense(id="output", units=1))
    start = experiment(*layers).with_dataset(Sine(samples=44))
    trainer, observer = watching(start)
    snapshot = observer.snapshot(PAUSED)
    axis = np.linspace(*trainer.data.columns[0].range, 12).reshape(-1, 1)
    np.testing.assert_allclose(snapshot.output[0], trainer.network.predict(axis)[:, 0], rtol=1e-5)
    assert snapshot.layers["hidden"].maps.shape == (3, 12)
    assert snapshot.input_maps.shape == (1, 12)


def test_weights_biases_and_gradients_are_those_of_the_network():
    trainer, observer = watching(experiment(BatchNorm(id="norm"), *two_layers()))
    layers = observer.snapshot(PAUSED).layers
    tensors = dict(trainer.network.tensors())
    gradients = dict(trainer.network.tensors(trainer.network.gradients))
    np.testing.assert_array_equal(layers["hidden"].weights, tensors["hidden.weights"])
    np.testing.assert_array_equal(layers["hidden"].bias, tensors["hidden.bias"])
    np.testing.assert_array_equal(layers["hidden"].weight_gradients, gradients["hidden.weights"])
    np.testing.assert_array_equal(layers["hidden"].bias_gradients, gradients["hidden.bias"])
    assert layers["hidden"].gradient_norm == trainer.recorder.gradient_norms()["hidden"]
    assert layers["norm"].weights is layers["norm"].bias is None
    assert [layer.units for layer in layers.values()] == [2, 3, 1]


def arrays_of(snapshot):
    yield from (snapshot.input_maps, snapshot.output, *snapshot.history.values())
    yield from (snapshot.data.train_places, snapshot.data.train_targets)
    for layer in snapshot.layers.values():
        yield from (value for value in vars(layer).values() if isinstance(value, np.ndarray))


def test_a_snapshot_never_changes_whatever_training_does():
    start = experiment()
    trainer, observer = watching(start)
    snapshot = observer.snapshot(PAUSED)
    kept = [array.copy() for array in arrays_of(snapshot)]
    scalars = (snapshot.train, snapshot.test, snapshot.penalty, snapshot.epoch, snapshot.step)
    train(trainer, 30)
    trainer.set_weight(TypedWeight("hidden", 0, 0, 5.0))
    observer.snapshot(PAUSED)
    trainer.apply(start.with_(data=start.data.with_(dataset=Circle(samples=60, noise=20))))
    trainer.apply(start.with_(weights_draw=1))
    observer.snapshot(PAUSED)
    assert scalars == (snapshot.train, snapshot.test, snapshot.penalty, snapshot.epoch, snapshot.step)
    for array, before in zip(arrays_of(snapshot), kept, strict=True):
        np.testing.assert_array_equal(array, before)


# --- what is on screen ------------------------------------------------------------------------------


def test_only_visible_neurons_are_mapped_beginning_at_the_first():
    layers = (Dense(id="hidden", units=9), two_layers()[1])
    view = View(resolution=12, tile_stride=1, max_tiles=4, first_units={"hidden": 3})
    trainer, observer = watching(experiment(*layers), view)
    layer = observer.snapshot(PAUSED).layers["hidden"]
    values = trainer.network.activations(trainer.data.transform(places(trainer, 12)))["hidden"]
    np.testing.assert_allclose(layer.maps, values[3:7].reshape(4, 12, 12), rtol=1e-5)
    assert (layer.first_unit, layer.units, len(layer.mean)) == (3, 9, 4)


def test_the_focused_neuron_takes_the_place_of_the_output():
    trainer, observer = watching(experiment(), View(resolution=12, focus=("hidden", 2)))
    snapshot = observer.snapshot(PAUSED)
    values = trainer.network.activations(trainer.data.transform(places(trainer, 12)))["hidden"]
    np.testing.assert_allclose(snapshot.output, values[2:3].reshape(1, 12, 12), rtol=1e-5)
    assert snapshot.focus == ("hidden", 2)


def test_an_input_can_be_focused_too():
    trainer, observer = watching(experiment(), View(resolution=12, focus=(INPUT, 1)))
    expected = trainer.data.transform(places(trainer, 12))[:, 1].reshape(1, 12, 12)
    np.testing.assert_allclose(observer.snapshot(PAUSED).output, expected, rtol=1e-6)


@pytest.mark.parametrize("focus", [("nobody", 0), ("hidden", 99)])
def test_where_the_focus_is_gone_the_output_is_shown(focus):
    trainer, observer = watching(experiment(), View(resolution=12, focus=focus))
    expected = trainer.network.predict(trainer.data.transform(places(trainer, 12))).reshape(1, 12, 12)
    np.testing.assert_allclose(observer.snapshot(PAUSED).output, expected, rtol=1e-5)


@pytest.mark.parametrize("progress", [PAUSED, RUNNING])
@pytest.mark.parametrize(
    ("view", "tiles", "shape"),
    [
        (View(resolution=20, tile_stride=3), 3, (7, 7)),
        (View(resolution=12, tile_stride=2), 3, (6, 6)),
        (View(resolution=12, tile_stride=3, max_tiles=1), 1, (4, 4)),
        (View(resolution=12, tile_stride=3, first_units={"hidden": 2}), 1, (4, 4)),
    ],
)
def test_another_view_is_shown_by_the_next_snapshot(progress, view, tiles, shape):
    trainer, observer = watching(experiment())
    observer.snapshot(progress)
    observer.view = view
    snapshot = observer.snapshot(progress)
    layer = snapshot.layers["hidden"]
    assert layer.maps.shape == (tiles, *shape)
    assert snapshot.input_maps.shape == (min(2, view.max_tiles), *shape)
    assert snapshot.output.shape == (1, view.resolution, view.resolution)
    values = trainer.network.activations(trainer.data.transform(places(trainer, view.resolution)))["hidden"]
    square = values.reshape(3, view.resolution, view.resolution)[layer.first_unit :]
    expected = square[: view.max_tiles, :: view.tile_stride, :: view.tile_stride]
    np.testing.assert_allclose(layer.maps, expected, rtol=1e-5)


@pytest.mark.parametrize("progress", [PAUSED, RUNNING])
def test_a_changed_network_is_shown_by_the_next_snapshot(progress):
    start = experiment()
    trainer, observer = watching(start)
    observer.snapshot(progress)
    trainer.apply(start.with_(network=start.network.with_(layers=two_layers(hidden=5))))
    snapshot = observer.snapshot(progress)
    assert snapshot.layers["hidden"].units == len(snapshot.layers["hidden"].maps) == 5


@pytest.mark.parametrize("progress", [PAUSED, RUNNING])
def test_changed_inputs_are_shown_by_the_next_snapshot(progress):
    start = experiment()
    trainer, observer = watching(start)
    observer.snapshot(progress)
    trainer.apply(start.with_(data=Data(dataset=start.data.dataset, inputs=available(start.data.dataset))))
    snapshot = observer.snapshot(progress)
    assert len(snapshot.input_maps) == len(available(start.data.dataset))
    expected = trainer.network.predict(trainer.data.transform(places(trainer, 12))).reshape(1, 12, 12)
    np.testing.assert_allclose(snapshot.output, expected, rtol=1e-5)


def test_at_most_a_few_thousand_samples_are_drawn():
    _, observer = watching(experiment(dataset=Circle(samples=5000), batch_size=1000), steps=0)
    data = observer.snapshot(PAUSED).data
    assert len(data.train_places) == len(data.train_targets) == POINTS_DRAWN
    assert len(data.test_places) == len(data.test_targets) == POINTS_DRAWN


# --- at what cost -----------------------------------------------------------------------------------


def test_while_training_runs_maps_and_measures_take_their_rest():
    trainer, observer = watching(experiment())
    first = observer.snapshot(RUNNING)
    train(trainer, 2)
    second = observer.snapshot(RUNNING)
    assert second.step == first.step + 2
    assert second.train == first.train
    assert second.output is first.output
    assert not np.array_equal(second.layers["hidden"].weights, first.layers["hidden"].weights)
    paused = observer.snapshot(PAUSED)
    assert (paused.train, paused.test) == trainer.recorder.evaluate(detailed=True)
    assert not np.array_equal(paused.output, first.output)


def test_what_is_measured_already_is_not_measured_again(monkeypatch):
    trainer, observer = watching(experiment(), steps=5)
    first = observer.snapshot(PAUSED)
    assert first.train.loss == trainer.recorder.measures[0].loss
    monkeypatch.setattr(trainer.recorder, "evaluate", lambda detailed: pytest.fail("measured again"))
    second = observer.snapshot(PAUSED)
    assert (second.train, second.test) == (first.train, first.test)
    assert second.history["epoch"].tolist() == [0, 1]


def test_a_look_in_detail_measures_each_side_once(monkeypatch):
    trainer, observer = watching(experiment(), steps=5)
    trainer.run(1)
    usual, measured = trainer.recorder.measure_on, []
    monkeypatch.setattr(trainer.recorder, "measure_on", lambda *side: measured.append(side) or usual(*side))
    observer.snapshot(PAUSED)
    assert len(measured) == 2
    assert set(trainer.recorder.measures[0].metrics) == {"accuracy"}


def test_without_details_the_latest_loss_is_shown_all_the_same(weary):
    trainer, observer = watching(experiment(), replace(SMALL, details=False))
    snapshot = observer.snapshot(RUNNING)
    assert snapshot.train.confusion is None
    assert (snapshot.train, snapshot.test) == trainer.recorder.evaluate()
    assert observer.snapshot(PAUSED).train.confusion is not None  # at rest all is known


@pytest.mark.parametrize("progress", [PAUSED, RUNNING], ids=["paused", "running"])
def test_details_that_are_asked_for_come_without_a_step(progress):
    _, observer = watching(experiment(), replace(SMALL, details=False))
    observer.snapshot(progress)
    observer.view = replace(observer.view, details=True)
    observer._measure_budget._next = 0.0
    assert observer.snapshot(progress).test.confusion is not None


def test_a_resumed_run_is_shown_with_the_history_it_had():
    start = experiment(shuffle=True)
    first = Trainer(start)
    train(first, 10)
    resumed = Trainer(start, first.checkpoint())
    shown = Observer(resumed).snapshot(PAUSED)
    for name, column in first.recorder.history.columns().items():
        np.testing.assert_array_equal(shown.history[name], column)
