"""Layers put samples somewhere: seen by components, by neurons, on the way, with the plane carried along."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression, Ridge

from playground.analysis.inspections.space import TransformedSpace, embedding
from playground.analysis.inspections.space.crowd import MOST
from playground.analysis.inspections.space.embedding import embedded
from playground.analysis.inspections.space.probes import PRICE, Probes, classifier, regression, standardized
from playground.analysis.inspections.space.projection import on_components, on_units, rotation
from playground.analysis.inspections.space.seeing import SpaceEye
from playground.files.names import EXAMPLES
from playground.files.sources import resolve
from playground.training.moment import GivenUp, Moment
from playground.training.trainer import Trainer


def trainer_of(name, steps=30):
    trainer = Trainer(resolve(name).saved.experiment)
    trainer.run(steps)
    return trainer


def moment_of(name, steps=30):
    return Moment.of(trainer_of(name, steps))


def cloud(samples=60, units=5):
    return np.random.default_rng(4).normal(size=(samples, units)) * np.arange(units, 0, -1)


# --- projections ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("samples", "units"), [(60, 5), (40, 300)])
def test_components_are_those_that_scikit_learn_finds(samples, units):
    values = cloud(samples, units)
    ours, theirs = on_components(values, 2), PCA(2, svd_solver="full").fit(values)
    assert ours.share == pytest.approx(theirs.explained_variance_ratio_.sum())
    places, expected = ours(values) * ours.scale, theirs.transform(values)
    signs = np.sign((places * expected).sum(axis=0))
    np.testing.assert_allclose(places * signs, expected, atol=1e-6)


def test_places_fill_the_square_and_no_more():
    values = cloud()
    for projection in (on_components(values, 2), on_units(values, (1, 3))):
        assert np.abs(projection(values)).max() == pytest.approx(1)


def test_neurons_are_seen_as_they_are():
    values = cloud()
    across, up = on_units(values, (4, 0))(values).T
    for places, unit in ((across, 4), (up, 0)):
        assert np.corrcoef(places, values[:, unit])[0, 1] == pytest.approx(1)


def test_what_was_turned_and_mirrored_is_turned_back():
    places = cloud(units=2)
    angle = 2.1
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([1, -1])
    np.testing.assert_allclose((places @ turn) @ rotation(places @ turn, places), places, atol=1e-12)


# --- what is seen -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_a_space_at_every_depth(name):
    moment, eye = moment_of(name, steps=1), SpaceEye()
    for settings in (TransformedSpace(), TransformedSpace(depth=0.5, three=True)):
        seen = eye.see(moment, settings)
        assert seen.places.shape == (len(seen.labels), 3 if settings.three else 2)
        assert np.isfinite(seen.places).all()
        assert len(seen.labels) <= 2 * MOST
        assert 0 <= seen.share <= 1 + 1e-9


def test_two_neurons_are_seen_as_they_are_and_the_grid_of_the_plane_goes_with_the_samples():
    moment, eye = moment_of("one_neuron"), SpaceEye()
    seen = eye.see(moment, TransformedSpace(depth=0))
    raw = np.concatenate([moment.data.train.inputs, moment.data.test.inputs])
    middle = (raw.min(axis=0) + raw.max(axis=0)) / 2
    np.testing.assert_allclose(seen.places, (raw - middle) / np.abs(raw - middle).max(), atol=1e-6)
    assert not seen.components
    level, upright = seen.lines[:17], seen.lines[17:]
    assert np.ptp(level[:, :, 1], axis=1).max() == pytest.approx(0, abs=1e-9)
    assert np.ptp(upright[:, :, 0], axis=1).max() == pytest.approx(0, abs=1e-9)


def test_a_point_of_the_grid_lies_where_the_network_puts_it():
    moment = moment_of("xor")
    seen = SpaceEye().see(moment, TransformedSpace(depth=1, axes="neurons", first=3, second=5))
    corner = np.array([[column.range[0] for column in moment.data.columns]])
    values = moment.network.activations(moment.data.transform(corner))["hidden"][[2, 4], 0]
    samples = np.concatenate([moment.data.train.inputs, moment.data.test.inputs])
    known = moment.network.activations(samples)["hidden"][[2, 4]]
    middle = (known.min(axis=1) + known.max(axis=1)) / 2
    scale = np.abs(known - middle[:, np.newaxis]).max()
    np.testing.assert_allclose(seen.lines[0, 0], (values - middle) / scale, atol=1e-5)


def test_halfway_between_two_layers_samples_are_halfway():
    moment, eye = moment_of("early_stopping"), SpaceEye()
    ends = [eye.see(moment, TransformedSpace(depth=depth)) for depth in (1, 2)]
    half = eye.see(moment, TransformedSpace(depth=1.5))
    np.testing.assert_allclose(half.places, (ends[0].places + ends[1].places) / 2, atol=1e-9)
    np.testing.assert_allclose(half.lines, (ends[0].lines + ends[1].lines) / 2, atol=1e-9)


def test_the_last_hidden_layer_is_seen_at_first_and_what_is_too_deep_is_the_output():
    moment, eye = moment_of("early_stopping"), SpaceEye()
    assert eye.see(moment, TransformedSpace()).depth == 2
    assert eye.see(moment, TransformedSpace(depth=9)).depth == 3
    assert eye.see(moment, TransformedSpace()).layers == ("input", "hidden1", "hidden2", "output")


def test_axes_stay_as_they_lie_while_the_network_learns():
    trainer, eye = trainer_of("early_stopping"), SpaceEye()
    before = eye.see(Moment.of(trainer), TransformedSpace()).places
    for _ in range(20):
        trainer.run(1)
        now = eye.see(Moment.of(trainer), TransformedSpace()).places
        assert np.abs(now - before).max() < 0.5
        turned = rotation(now, before)
        np.testing.assert_allclose(turned, np.eye(2), atol=1e-2)
        before = now


def test_other_settings_of_the_same_moment_leave_the_run_alone():
    trainer = trainer_of("digits_cnn", 2)
    before = trainer.network.parameters.copy()
    SpaceEye().see(Moment.of(trainer), TransformedSpace(depth=1.5))
    np.testing.assert_array_equal(trainer.network.parameters, before)


@pytest.mark.parametrize("size", [1e300, 1e30, 0.0])
def test_a_network_that_was_carried_off_is_seen_all_the_same(size):
    experiment = resolve("sine").saved.experiment.with_(precision="float64")
    trainer = Trainer(experiment)
    trainer.network.parameters[:] = size
    moment = Moment.of(trainer)
    for settings in (
        TransformedSpace(),
        TransformedSpace(axes="neurons", depth=9),
        TransformedSpace(depth=2.5),
    ):
        assert np.isfinite(SpaceEye().see(moment, settings).places).all()
    assert len(Probes().see(moment)) == 4


# --- probes -----------------------------------------------------------------------------------------


def test_a_probe_is_the_softmax_regression_of_scikit_learn():
    chance = np.random.default_rng(4)
    labels = chance.integers(3, size=200)
    values = standardized(chance.normal(size=(200, 4)) + labels[:, np.newaxis], np.ones(200, bool))
    ours = classifier(values, labels, 3)
    theirs = LogisticRegression(C=1 / (PRICE * 200), tol=1e-8, max_iter=1000).fit(values, labels)
    found = values @ ours[:-1] + ours[-1]
    np.testing.assert_allclose(
        found - found.mean(axis=1, keepdims=True),
        (expected := theirs.decision_function(values)) - expected.mean(axis=1, keepdims=True),
        atol=2e-2,
    )
    assert (found.argmax(axis=1) == theirs.predict(values)).mean() > 0.99


@pytest.mark.parametrize("units", [4, 120])
def test_a_probe_of_numbers_is_the_ridge_regression_of_scikit_learn(units):
    chance = np.random.default_rng(4)
    values = standardized(chance.normal(size=(80, units)), np.ones(80, bool))
    targets = values[:, 0] * 3 + chance.normal(size=80) + 5
    weights = regression(values, targets)
    theirs = Ridge(alpha=PRICE * 80).fit(values, targets)
    np.testing.assert_allclose(weights[:-1], theirs.coef_, atol=1e-8)
    assert weights[-1] == pytest.approx(theirs.intercept_)


def test_what_no_straight_line_parts_is_parted_behind_a_hidden_layer_that_has_learnt():
    trainer = trainer_of("xor", 0)
    for _ in range(40):
        trainer.run_epoch()
    inputs, hidden, _ = Probes().see(Moment.of(trainer))
    assert (inputs.layer_id, hidden.layer_id) == ("input", "hidden")
    assert inputs.test < 0.7
    assert hidden.test > 0.95
    assert hidden.train > 0.95


def test_probes_of_numbers_graphs_and_autoencoders_say_how_much_can_be_told():
    for name in ("sine", "karate_gcn", "autoencoder"):
        for probed in Probes().see(moment_of(name)):
            assert probed.test <= 1


def test_probes_are_given_up_when_asked():
    with pytest.raises(GivenUp):
        Probes().see(moment_of("xor"), lambda: True)


# --- t-SNE ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [np.zeros((9, 4)), np.arange(8.0).reshape(8, 1), np.ones((1, 3)), np.eye(3), np.eye(12) * 1e300],
    ids=["all the same", "one unit", "one sample", "three samples", "huge"],
)
def test_tsne_places_whatever_there_is(values):
    *_, last = embedded(values, 30)
    assert last.places.shape == (len(values), 2)
    assert np.isfinite(last.places).all()
    assert last.done == 1


def test_of_many_samples_some_are_placed_and_it_is_said_which(monkeypatch):
    monkeypatch.setattr(embedding, "MOST", 20)
    found = next(embedded(cloud(samples=50), 5))
    assert found.rows.tolist() == list(range(0, 50, 3))
    assert len(found.places) == len(found.rows)


def test_tsne_keeps_clusters_apart_and_says_how_far_it_is():
    labels = np.repeat([0, 1], 20)
    values = np.random.default_rng(4).normal(size=(40, 6)) + 30 * labels[:, np.newaxis]
    *_, last = pieces = list(embedded(values, 10))
    assert [piece.done for piece in pieces] == [0.25, 0.5, 0.75, 1.0]
    assert np.abs(last.places).max() == pytest.approx(1)
    middles = [last.places[labels == label].mean(axis=0) for label in (0, 1)]
    radius = max(
        np.linalg.norm(last.places[labels == label] - middles[label], axis=1).max() for label in (0, 1)
    )
    assert np.linalg.norm(middles[0] - middles[1]) > 2 * radius
