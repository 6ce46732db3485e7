"""What is measured of each layer is what the definition says, and measuring changes nothing."""

import math

import numpy as np
import pytest
from training_examples import experiment, train, two_layers

from playground.data import Data
from playground.data.datasets.painted import Painted
from playground.engine.activations import HardTanh, Linear, Relu, Sigmoid, Tanh
from playground.engine.activations.softmax import Softmax
from playground.engine.layers import Dense, Dropout
from playground.training.effective_rank import effective_rank, layer_rank
from playground.training.trainer import Trainer
from playground.training.unit_shares import FLAT, unit_shares
from playground.training.vitals import VitalsObserver, layer_vitals, probe


def trained(*layers, steps=7, **training):
    trainer = Trainer(experiment(*layers, **training))
    train(trainer, steps)
    return trainer


def vitals_of(trainer):
    return VitalsObserver(trainer).see(running=False)


def test_rectifiers_are_dead_on_always_on_or_neither():
    z = np.array([[-1.0, -2.0, -0.5], [1.0, 2.0, 0.5], [-1.0, 2.0, -0.5], [0.0, 0.0, 0.0]])
    shares = unit_shares(Relu(), z, Relu()(z), (4,))
    assert (shares.dead, shares.always_on) == (0.5, 0.25)
    assert math.isnan(shares.saturated)


def test_a_channel_is_dead_only_where_all_of_its_map_is():
    z = -np.ones((2, 2, 3, 5))  # height, width, channels, samples
    z[0, 1, 2, 4] = 1.0
    rows = z.reshape(12, 5)
    assert unit_shares(Relu(), rows, Relu()(rows), (2, 2, 3)).dead == pytest.approx(2 / 3)


def test_values_are_saturated_where_the_slope_is_below_a_twentieth_of_the_steepest():
    z = np.linspace(-6, 6, 1001)[np.newaxis]
    expected = {Tanh: np.mean(1 / np.cosh(z) ** 2 < FLAT), Sigmoid: np.mean(1 / np.cosh(z / 2) ** 2 < FLAT)}
    for activation, share in expected.items():
        assert unit_shares(activation(), z, activation()(z), (1,)).saturated == pytest.approx(share)


def test_a_hard_tanh_has_all_three():
    z = np.array([[3.0, 3.0], [0.0, 0.5], [0.0, -3.0]])
    assert unit_shares(HardTanh(), z, HardTanh()(z), (3,)) == pytest.approx((1 / 3, 1 / 3, 0.5))


@pytest.mark.parametrize("activation", [Relu(), Sigmoid(), Tanh()])
def test_what_a_layer_gives_is_enough_where_it_keeps_no_net_inputs(activation):
    z = np.random.default_rng(2).normal(size=(6, 3)) * 4
    a = activation(z)
    np.testing.assert_equal(unit_shares(activation, None, a, (6,)), unit_shares(activation, z, a, (6,)))


@pytest.mark.parametrize("activation", [None, Linear(), Softmax()])
def test_others_have_no_such_units(activation):
    assert all(map(math.isnan, unit_shares(activation, np.zeros((2, 3)), np.zeros((2, 3)), (2,))))


def test_norms_and_ratios_are_those_of_the_parameters():
    trainer = trained()
    before = trainer.network.parameters.copy()
    trainer.run(1)
    vitals = vitals_of(trainer).layers
    moved = trainer.network.parameters - before
    for layer_id in ("hidden", "output"):
        weights = trainer.network.block(layer_id, "weights")[:, :-1]
        change = trainer.network.block(layer_id, "weights", moved)[:, :-1]
        gradient = trainer.network.block(layer_id, "weights", trainer.network.gradients)
        assert vitals[layer_id].weight_norm == pytest.approx(np.linalg.norm(weights))
        assert vitals[layer_id].gradient_norm == pytest.approx(np.linalg.norm(gradient))
        assert vitals[layer_id].update_ratio == pytest.approx(
            np.linalg.norm(change) / np.linalg.norm(weights)
        )


def test_net_inputs_spread_as_w_x_plus_b_does():
    trainer = trained()
    block = trainer.network.block("hidden", "weights")
    x = trainer.sides.train.inputs
    assert vitals_of(trainer).layers["hidden"].spread == pytest.approx((x @ block.T).std())


def test_units_are_compared_by_the_cosine_of_their_weights():
    trainer = trained(Dense(id="hidden", units=3), Dense(id="output", units=1, activation=Sigmoid()))
    trainer.network.block("hidden", "weights")[:] = [[1, 0, 5], [0, 2, 5], [3, 4, 5]]
    plan, _ = probe(trainer)
    found = layer_vitals(trainer, trainer.network.graph.nodes[0], plan)
    assert found.similarity == pytest.approx((0 + 3 / 5 + 4 / 5) / 3)
    assert found.difference == pytest.approx(math.hypot(2, 4) / 5)


def test_before_the_first_step_there_is_no_gradient_and_no_update():
    found = vitals_of(Trainer(experiment())).layers["hidden"]
    assert math.isnan(found.gradient_norm)
    assert math.isnan(found.update_ratio)
    assert found.weight_norm > 0


def test_a_frozen_layer_has_no_update():
    trainer = trained(
        Dense(id="hidden", units=3, frozen=True), Dense(id="output", units=1, activation=Sigmoid())
    )
    assert math.isnan(vitals_of(trainer).layers["hidden"].update_ratio)


def test_measuring_changes_nothing_of_what_is_learnt():
    layers = (
        Dense(id="hidden", units=4, activation=Relu()),
        Dropout(id="drop", probability=0.5),
        Dense(id="output", units=1, activation=Sigmoid()),
    )
    looked_at, alone = (Trainer(experiment(*layers, shuffle=True)) for _ in range(2))
    observer = VitalsObserver(looked_at)
    for _ in range(9):
        observer.see(running=False)
        looked_at.run(1)
        alone.run(1)
    np.testing.assert_array_equal(looked_at.network.parameters, alone.network.parameters)
    np.testing.assert_array_equal(looked_at.network.gradients, alone.network.gradients)


def test_the_log_has_a_row_an_epoch_and_begins_anew_with_other_weights():
    trainer = Trainer(experiment())
    observer = VitalsObserver(trainer)
    for _ in range(4):
        observer.see(running=False)
        trainer.run_epoch()
    log = observer.see(running=False).log
    assert log["epoch"].tolist() == [0, 1, 2, 3, 4]
    assert np.isnan(log["update_ratio.hidden"]).tolist() == [True, False, False, False, False]
    trainer.apply(trainer.experiment.with_(weights_draw=1))
    assert observer.see(running=False).log["epoch"].tolist() == [0]


def test_nothing_is_measured_twice_and_only_when_the_budget_allows():
    trainer = trained()
    observer = VitalsObserver(trainer)
    first = observer.see(running=True)
    trainer.run(1)
    observer._budget._next = math.inf
    assert observer.see(running=True) is first
    paused = observer.see(running=False)
    assert paused is not first
    assert observer.see(running=False) is paused


def test_the_first_look_which_takes_longest_is_no_reason_to_rest():
    trainer = Trainer(experiment())
    observer = VitalsObserver(trainer)
    first = observer.see(running=True)
    trainer.run(1)
    assert observer.see(running=True) is not first


def test_what_is_repeated_is_found_value_for_value():
    points = np.array([[0.0, 1], [1, 0], [2, 2], [3, 1]])
    dataset = Painted._holding(np.tile(points, (2, 1)), np.array([0, 1, 0, 1, 0, 1, 1, 0]), ("a", "b"))
    data = Data().with_dataset(dataset).with_(split="in_order", train_percent=50)
    trainer = Trainer(experiment().with_(data=data))
    assert vitals_of(trainer).data.repeated == 0.5  # two of four have another label the second time


def test_scales_counts_and_targets_are_those_of_the_training_samples():
    trainer = trained()
    train_side = trainer.data.train
    data = vitals_of(trainer).data
    assert data.scales == pytest.approx(train_side.inputs.std(axis=0))
    assert data.centres == pytest.approx(train_side.inputs.mean(axis=0))
    assert data.classes == tuple(np.bincount(train_side.labels))
    assert data.targets == (0, 1)


def test_recalls_are_those_of_the_confusion_matrix():
    trainer = trained()
    confusion = trainer.recorder.evaluate(detailed=True)[0].confusion
    assert vitals_of(trainer).recalls == pytest.approx(confusion.diagonal() / confusion.sum(axis=1))


def of_singular_values(*values):
    """Units whose centred values have these singular values: rows of a cosine basis, without a mean."""
    n = 16
    basis = np.array([np.cos(np.pi * (np.arange(n) + 0.5) * k / n) for k in range(1, len(values) + 1)])
    basis /= np.linalg.norm(basis, axis=1, keepdims=True)
    turned, _ = np.linalg.qr(np.random.default_rng(4).normal(size=(len(values), len(values))))
    return turned @ (np.array(values)[:, np.newaxis] * basis) + np.arange(len(values))[:, np.newaxis]


def test_the_effective_rank_is_that_of_its_definition():
    assert effective_rank(of_singular_values(2, 2, 2)) == pytest.approx(3)
    assert effective_rank(of_singular_values(5, 0, 0)) == pytest.approx(1, abs=1e-4)
    by_hand = 0.75**-0.75 * 0.25**-0.25  # the shares of 3 and 1
    assert effective_rank(of_singular_values(3, 1)) == pytest.approx(by_hand)
    assert effective_rank(1e-30 * of_singular_values(3, 1)) == pytest.approx(by_hand)


def test_without_anything_that_varies_there_is_no_direction_and_of_one_unit_none_is_told():
    assert effective_rank(np.ones((3, 5))) == 0
    assert np.isnan(effective_rank(np.ones((1, 5))))
    assert np.isnan(effective_rank(np.array([[1.0, np.inf], [0, 1]])))


def test_units_of_a_picture_are_its_channels():
    channels = of_singular_values(3, 1)
    picture = np.moveaxis(channels.reshape(2, 4, 4), 0, 1).reshape(8, 4)  # 2 × 2 places of 2 channels
    assert layer_rank(picture, (2, 2, 2)) == pytest.approx(effective_rank(channels))


def test_alike_units_have_one_direction_and_others_more():
    alike = Trainer(experiment(*two_layers(hidden=4)))
    alike.network.block("hidden", "weights")[:] = [0.3, -0.2, 0.1]
    others = Trainer(experiment(*two_layers(hidden=4)))
    ranks = [VitalsObserver(each).see(running=False).layers["hidden"].rank for each in (alike, others)]
    assert ranks[0] == pytest.approx(1, abs=1e-3)
    assert 1.2 < ranks[1] <= 4
