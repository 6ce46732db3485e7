"""What is seen of a run with the settings of the tab, for networks of every kind."""

import numpy as np
import pytest
from landscape_examples import circle, found, linear, moment_of

from playground.analysis.inspections.landscape import Landscape
from playground.analysis.inspections.landscape.absent import NoLandscape
from playground.analysis.inspections.landscape.inspection import ChosenWeight
from playground.analysis.inspections.landscape.lines import WeightsAt
from playground.analysis.inspections.landscape.look import (
    FEWEST,
    affordable,
    between,
    curved,
    first_weights,
    plane_of,
    surveyed,
)
from playground.analysis.piecemeal import Piecemeal
from playground.engine.activations import Sigmoid
from playground.engine.layers import BatchNorm, Dense
from playground.engine.optimizers import GradientDescent
from playground.files.examples import examples
from playground.files.tf_playground import parse
from playground.training.moment import Moment
from playground.training.trainer import Trainer

BY_NAME = {example.name: example for example in examples()}
FEW = Landscape(points=9, samples=10, directions=3)
NETWORKS = ("one_neuron", "autoencoder", "vae", "digits_cnn", "adding_lstm", "attention", "karate_gcn")


@pytest.mark.parametrize("name", NETWORKS)
def test_every_kind_of_network_has_a_landscape_a_line_and_a_curvature(name):
    moment = moment_of(BY_NAME[name].experiment)
    for work in (
        surveyed(moment, (), FEW.with_(points=9)),
        between(moment, first_weights(moment.experiment), FEW),
        curved(moment, FEW),
    ):
        whole = Piecemeal(work)
        whole.advance(60)
        assert whole.found is not None
    assert np.isfinite(whole.found.largest)


def test_where_a_run_diverged_holes_are_told_apart_and_no_curvature_is_made_up():
    wild = linear(3, optimizer=GradientDescent(learning_rate=1e6))
    trainer = Trainer(wild)
    with np.errstate(all="ignore"):
        while trainer.divergence is None:
            trainer.run_epoch()
        moment = Moment.of(trainer)
        assert found(surveyed(moment, (), FEW)).holes > 0
        with pytest.raises(NoLandscape, match="the loss is no finite number"):
            found(curved(moment, FEW))


@pytest.mark.parametrize("link", ["#seed=0.5", "#seed=0.1&dataset=spiral"])
def test_the_first_weights_are_those_with_which_a_run_begins(link):
    for experiment in (circle(), parse(link)):
        trainer = Trainer(experiment)
        np.testing.assert_array_equal(first_weights(experiment).parameters, trainer.network.parameters)


def test_a_line_ends_at_the_losses_of_both_places_with_their_running_averages():
    layers = (
        Dense(id="hidden", units=4),
        BatchNorm(id="norm"),
        Dense(id="output", units=1, activation=Sigmoid()),
    )
    trainer = Trainer(circle(*layers))
    shown = []
    for _ in range(4):
        trainer.run_epoch()
        shown.append([side.loss for side in trainer.recorder.evaluate()])
    point = trainer.trajectory.points()[2]
    losses = found(between(Moment.of(trainer), WeightsAt(point.parameters, point.state), Landscape()))
    for share, expected in ((0, shown[1]), (1, shown[3])):
        found_there = [np.interp(share, losses.share, side) for side in (losses.train, losses.test)]
        assert found_there == pytest.approx(expected, rel=1e-2)


def test_from_another_network_there_is_no_line():
    other = first_weights(linear())
    with pytest.raises(NoLandscape, match="weights of another network"):
        next(between(moment_of(circle()), other, FEW))


def test_why_there_is_no_plane_is_a_sentence():
    network = moment_of(circle()).network
    for settings, words in (
        (Landscape(plane="path"), "There is no path yet"),
        (Landscape(plane="weights"), "Choose two different weights"),
    ):
        with pytest.raises(NoLandscape, match=words):
            plane_of(network, (), settings)
    frozen = Dense(id="output", units=1, activation=Sigmoid(), frozen=True)
    with pytest.raises(NoLandscape, match="No weight of this network can be learnt"):
        plane_of(moment_of(circle(frozen)).network, (), Landscape())


def test_two_chosen_weights_span_their_plane():
    network = moment_of(circle()).network
    settings = Landscape(
        plane="weights",
        across=ChosenWeight(layer_id="hidden", unit=1, source=0),
        up=ChosenWeight(layer_id="output", unit=0, source=-1),
    )
    plane = plane_of(network, (), settings)
    there = plane.at(1.5, -2.5)
    assert network.weight("hidden", 1, 0, there) == 1.5
    assert network.weight("output", 0, -1, there) == -2.5
    assert np.count_nonzero(there != network.parameters) == 2


def test_of_large_networks_fewer_samples_are_measured():
    small, large = (moment_of(BY_NAME[name].experiment) for name in ("xor", "adding_lstm"))
    assert affordable(small, Landscape()) == Landscape().samples
    assert FEWEST <= affordable(large, Landscape()) < Landscape().samples
    assert affordable(large, Landscape(points=9)) == Landscape().samples
    assert affordable(large, Landscape(samples=5)) == 5
