"""Each trouble is found where it is, and none where all is well; a cure is an edit that can train."""

import math

import numpy as np
import pytest
from provoked import PROVOKED

from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.record import Record, recent
from playground.analysis.diagnosis.troubles import TROUBLES
from playground.engine.graph import INPUT
from playground.engine.optimizers import GradientDescent
from playground.files.examples import examples
from playground.training.trainer import Trainer
from playground.training.vitals import VitalsObserver

EPOCHS = 50
HEALTHY = {
    "one_neuron": 60, "xor": 150, "three_classes": 80, "sine": 120, "iris": 100, "karate": 70, "series": 60,
    "autoencoder": 80, "painted": 80, "karate_gcn": 60,
}  # fmt: skip
"""Examples that learn well, and for how many epochs they are followed."""


FOLLOWS = {"rate_too_large": {"saturated"}}
"""What a trouble leaves behind, that is told for itself when it has come to rest."""


def follow(experiment, epochs, every=5):
    """The findings after every so many epochs of training."""
    trainer = Trainer(experiment)
    observer, tried = VitalsObserver(trainer), {}
    yield trainer, diagnose(Record.of(trainer, observer.see(running=False)), tried)
    while trainer.epoch < epochs and not trainer.halted:
        trainer.run_epoch()
        if trainer.epoch % every == 0 or trainer.halted:
            yield trainer, diagnose(Record.of(trainer, observer.see(running=False)), tried)


def found(experiment, epochs=EPOCHS):
    """Every finding on the way, the last of each trouble at each place, and when it was told first."""
    last, first = {}, {}
    for trainer, findings in follow(experiment, epochs):
        for finding in findings:
            last[finding.key] = finding
            first.setdefault(finding.key, trainer.epoch)
    return last, first


@pytest.fixture(scope="module")
def provoked():
    return {kind: found(make()) for kind, make in PROVOKED.items()}


def test_every_trouble_has_an_experiment_that_provokes_it():
    assert set(PROVOKED) == {trouble.tag() for trouble in TROUBLES}


@pytest.mark.parametrize("kind", PROVOKED)
def test_a_trouble_is_found_within_fifty_epochs(provoked, kind):
    last, _ = provoked[kind]
    assert kind in {name for name, _ in last}


@pytest.mark.parametrize("kind", PROVOKED)
def test_no_other_trouble_is_told_beside_it(provoked, kind):
    last, _ = provoked[kind]
    assert {name for name, _ in last} - FOLLOWS.get(kind, set()) == {kind}


@pytest.mark.parametrize(
    ("kind", "places"),
    [
        ("vanishing", {"hidden1"}),
        ("dying", {"hidden1"}),
        ("saturated", {"hidden1", "hidden2"}),
        ("symmetric", {"hidden1", "hidden2"}),
        ("targets", {"output"}),
        ("leak", {INPUT}),
        ("rate_too_small", {""}),
    ],
)
def test_it_is_found_where_it_is(provoked, kind, places):
    last, _ = provoked[kind]
    assert {place for name, place in last if name == kind} == places


@pytest.mark.parametrize("kind", PROVOKED)
def test_a_finding_says_since_when_and_by_which_numbers(provoked, kind):
    last, first = provoked[kind]
    for key, finding in last.items():
        assert 0 <= finding.since <= EPOCHS
        assert finding.since <= first[key] or kind in ("vanishing", "rate_too_large")  # which may come and go
        assert any(letter.isdigit() for letter in str(finding.evidence)) or kind == "symmetric"


@pytest.mark.parametrize("kind", PROVOKED)
def test_every_cure_is_another_experiment_that_can_train(provoked, kind):
    last, _ = provoked[kind]
    start = PROVOKED[kind]()
    cures = [cure for finding in last.values() for cure in finding.cures]
    assert cures
    for cure in cures:
        cured = cure.change(start)
        assert cured != start, str(cure.title)
        assert cured.problems() == (), str(cure.title)
        assert cure.change(start) == cured, "it depends on the experiment alone"


CURED = {
    "vanishing": 0,
    "dying": 0,
    "symmetric": 0,
    "rate_too_small": 1,
    "targets": 0,
    "unscaled": 0,
    "leak": 0,
}
"""Troubles, and which of their cures ends them for certain."""


@pytest.mark.parametrize(("kind", "place"), CURED.items())
def test_a_cure_ends_the_trouble(provoked, kind, place):
    last, _ = provoked[kind]
    finding = next(finding for (name, _), finding in last.items() if name == kind)
    cured, _ = found(finding.cures[place].change(PROVOKED[kind]()), epochs=20)
    assert kind not in {name for name, _ in cured}


@pytest.mark.parametrize("name", HEALTHY)
def test_a_network_that_learns_well_raises_no_alarm(name):
    example = next(example for example in examples() if example.name == name)
    last, _ = found(example.experiment, HEALTHY[name])
    assert [str(finding.evidence) for finding in last.values()] == []


def test_a_divergence_is_grave_and_names_the_step():
    deep = PROVOKED["exploding"]()
    wild = deep.with_(training=deep.training.with_(optimizer=GradientDescent(learning_rate=1.0)))
    with np.errstate(all="ignore"):
        *_, (trainer, findings) = follow(wild, EPOCHS)
    assert trainer.divergence is not None
    assert findings[0].grave
    assert findings[0].trouble.tag() in ("exploding", "rate_too_large")


def test_cures_that_would_change_nothing_are_not_offered():
    last, _ = found(PROVOKED["vanishing"](), 5)  # its weights are drawn after Xavier as it is
    names = [str(cure.title) for finding in last.values() for cure in finding.cures]
    assert names == ["ReLU in hidden layers", "Add batch norm"]


def test_the_present_is_ten_epochs_or_the_last_fifth():
    assert recent(np.arange(31.0)).sum() == 11
    assert recent(np.arange(101.0)).sum() == 21
    assert recent(np.empty(0)).size == 0


def test_skill_is_what_is_better_than_the_commonest_class():
    last, _ = found(PROVOKED["imbalance"](), epochs=10)
    *_, (trainer, _) = follow(PROVOKED["imbalance"](), 10)
    record = Record.of(trainer, VitalsObserver(trainer).see(running=False))
    truth = trainer.data.train.truth
    commonest = max(np.mean(truth == 0), np.mean(truth == 1))
    accuracy = trainer.recorder.measures[0].metrics["accuracy"]
    assert math.isclose(record.known, (accuracy - commonest) / (1 - commonest))
    assert last
