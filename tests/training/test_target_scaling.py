"""Values to predict are scaled for training alone; answers and errors are in the data's own units."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from playground.data import Data, OwnTable
from playground.data.data import may_scale_targets
from playground.data.datasets.recipes import Circle, Plane
from playground.data.scaling import NoScaling, PcaWhitening, Scaling, Standardize
from playground.data.tables.reading import guess, read
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.randomness import Pcg64
from playground.training.moment import Moment
from playground.training.observer import Observer, Progress
from playground.training.parts import new_pieces
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer

HOUSES = 240
CHANCE = np.random.default_rng(1)
AREA, AGE = CHANCE.uniform(40, 200, HOUSES), CHANCE.uniform(0, 80, HOUSES)
PRICE = 90_000 + 2_500 * AREA - 1_100 * AGE + CHANCE.normal(0, 4_000, HOUSES)
RENT = PRICE / 250 + AGE


def houses(*targets):
    """Houses whose prices, in the hundreds of thousands, depend on area and age."""
    rows = zip(AREA, AGE, PRICE, RENT, strict=True)
    text = "\n".join(["area,age,price,rent", *(",".join(f"{value:.6f}" for value in row) for row in rows)])
    return OwnTable.of(read(text, guess(text)), targets, ("area", "age"))


def linear(dataset, **data):
    """One layer without a curve, which learns what a linear regression finds."""
    experiment = Experiment().with_dataset(dataset)
    return experiment.with_(
        data=experiment.data.with_(train_percent=75, **data),
        network=Architecture(layers=(Dense(id="output", units=len(dataset.targets), activation=Linear()),)),
        training=Training(loss=SquaredError(), optimizer=Adam(learning_rate=0.02), batch_size=60),
        precision="float64",
    )


def learnt(experiment, epochs=400):
    trainer = Trainer(experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    trainer.record()
    return trainer


@pytest.mark.parametrize("targets", [("price",), ("price", "rent")])
def test_what_a_linear_regression_finds_is_found_in_its_own_units(targets):
    trainer = learnt(linear(houses(*targets)))
    train, test = trainer.data.train, trainer.data.test
    peer = LinearRegression().fit(train.raw, train.labels)
    said = Moment.of(trainer).ask(test.raw).outputs.reshape(test.labels.shape)
    np.testing.assert_allclose(said, peer.predict(test.raw), rtol=1e-3)
    metrics = trainer.recorder.measures[1].metrics
    errors = peer.predict(test.raw) - test.labels
    assert metrics["rmse"] == pytest.approx(np.sqrt((errors**2).mean()), rel=2e-2)
    assert metrics["mae"] == pytest.approx(np.abs(errors).mean(), rel=2e-2)


def test_the_loss_is_that_of_the_scaled_targets_measured_on_the_training_rows():
    trainer = learnt(linear(houses("price")), epochs=3)
    train, test = trainer.data.train, trainer.data.test
    mean, deviation = train.labels.mean(), train.labels.std()
    np.testing.assert_allclose(test.targets, (test.labels - mean) / deviation)
    said = Moment.of(trainer).ask(test.raw).outputs[:, 0]
    errors = (said - test.labels) / deviation
    assert trainer.recorder.measures[1].loss == pytest.approx((errors**2).mean(), rel=1e-6)


def test_prices_are_learnt_by_a_usual_network_at_its_usual_rate():
    experiment = Experiment().with_dataset(houses("price"))
    assert experiment.data.target_scaling == Standardize()
    trainer = learnt(experiment, epochs=60)
    assert trainer.recorder.measures[1].metrics["r2"] > 0.95


@pytest.mark.parametrize("scaling", Scaling.members(), ids=lambda kind: kind.tag())
def test_every_scaling_is_turned_back(scaling):
    data = linear(houses("price", "rent"), target_scaling=scaling()).data
    prepared = data.prepare(Pcg64().streams().data)
    for side in (prepared.train, prepared.test):
        np.testing.assert_allclose(prepared.unscaled(side.targets), side.labels, rtol=1e-7)
        np.testing.assert_array_equal(side.truth, side.labels)


def test_components_of_the_targets_are_learnt_each_by_itself():
    data = linear(houses("price", "rent"), target_scaling=PcaWhitening()).data
    scaled = data.prepare(Pcg64().streams().data).train.targets
    np.testing.assert_allclose(np.cov(scaled.T, bias=True), np.eye(2), atol=1e-6)


def test_recipes_and_classes_are_learnt_as_they_are():
    plane = Data(dataset=Plane()).prepare(Pcg64().streams().data)
    assert plane.target_scaling is None
    assert plane.train.targets is plane.train.labels
    circle = Data(dataset=Circle(), target_scaling=Standardize())
    assert circle.prepare(Pcg64().streams().data).target_scaling is None
    assert not may_scale_targets(circle)
    assert not may_scale_targets(Data(dataset=Plane(), targets="inputs"))


def test_another_dataset_brings_its_own_usual_scale_but_keeps_one_that_was_chosen():
    table = houses("price")
    back = Experiment().with_dataset(table).with_dataset(Plane())
    assert back.data.target_scaling == NoScaling()
    chosen = Experiment().with_dataset(table)
    chosen = chosen.with_(data=chosen.data.with_(target_scaling=PcaWhitening()))
    assert chosen.with_dataset(Plane()).data.target_scaling == PcaWhitening()


def test_a_curve_over_one_input_is_drawn_on_the_scale_of_its_points():
    experiment = linear(houses("price"))
    experiment = experiment.with_(data=experiment.data.with_(inputs=experiment.data.inputs[:1]))
    table = experiment.data.dataset.with_(inputs=("area",))
    trainer = learnt(experiment.with_(data=experiment.data.with_(dataset=table)))
    observer = Observer(trainer)
    observer.view = View(resolution=11)
    drawn = observer.snapshot(Progress(1, State.PAUSED, 0, 0.0, None))
    np.testing.assert_array_equal(drawn.data.train_targets, trainer.data.train.labels)
    (area,) = drawn.data.axes
    peer = LinearRegression().fit(trainer.data.train.raw, trainer.data.train.labels)
    curve = peer.predict(np.linspace(*area.range, 11)[:, np.newaxis])
    np.testing.assert_allclose(drawn.output[0], curve, rtol=3e-3)


def test_another_scale_of_the_targets_is_new_data_and_nothing_else():
    before = linear(houses("price"))
    after = before.with_(data=before.data.with_(target_scaling=NoScaling()))
    assert new_pieces(before, after) == {"data"}


def test_it_is_saved_and_a_file_that_does_not_say_is_of_targets_as_they_are():
    experiment = linear(houses("price"))
    assert loads(dumps(SavedExperiment(experiment))).experiment == experiment
    fields = experiment.model_dump(mode="json")
    del fields["data"]["target_scaling"]
    assert Experiment.build(fields).data.target_scaling == NoScaling()
