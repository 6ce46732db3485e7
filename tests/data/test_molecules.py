"""Small graphs like molecules: what is told of them is true, and how they are listed does not tell it."""

from functools import cache

import networkx as nx
import numpy as np
import pytest

from playground.data.datasets.recipes import Molecules
from playground.data.graphs.sample_graph import present, sample_graph
from playground.data.spaces import OneSample, usual
from playground.experiment import Experiment
from playground.randomness import Pcg64
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer

ASKED = pytest.mark.parametrize("asked", ["polar", "ring", "hetero"])


@cache
def samples_of(**settings):
    dataset = Molecules(samples=200, **settings)
    return dataset, dataset.take(Pcg64().streams().data)


def graphs_of(**settings):
    dataset, samples = samples_of(**settings)
    for raw, target in zip(samples.raw, samples.targets, strict=True):
        shown = sample_graph(raw, dataset.shape)
        graph = nx.Graph(shown.graph.edges.tolist())
        graph.add_nodes_from(range(shown.graph.count))
        yield graph, [shown.names[kind] for kind in shown.kinds], target


@ASKED
@pytest.mark.parametrize("most", [6, 10, 20])
def test_a_molecule_is_connected_and_its_bonds_are_of_two_atoms_that_are_there(asked, most):
    dataset, samples = samples_of(asked=asked, most=most)
    assert samples.raw.shape == (200, *dataset.shape.sizes)
    there, bonds = present(samples.raw), samples.raw[..., 3:]
    np.testing.assert_array_equal(bonds, bonds.transpose(0, 2, 1))
    assert not (bonds * ~there[:, np.newaxis]).any()
    assert (np.diagonal(bonds, axis1=1, axis2=2) == 0).all()
    assert (samples.raw[..., :3].sum(axis=2) == there).all()
    assert set(there.sum(axis=1)) == set(range(6, most + 1))
    for graph, _, _ in graphs_of(asked=asked, most=most):
        assert nx.is_connected(graph)
        assert max(dict(graph.degree).values()) <= 4


def test_whether_there_is_a_ring_of_six_is_what_a_search_for_cycles_finds():
    found = [
        (any(len(cycle) == 6 for cycle in nx.cycle_basis(graph)), target)
        for graph, _, target in graphs_of(asked="ring")
    ]
    assert all(ring == bool(target) for ring, target in found)
    assert 60 < sum(target for _, target in found) < 140


def test_polar_is_what_has_nitrogen_or_oxygen_at_an_end_and_hetero_their_number():
    for graph, atoms, target in graphs_of(asked="polar"):
        assert bool(target) == any(graph.degree[node] == 1 and atoms[node] != "C" for node in graph)
    for graph, atoms, target in graphs_of(asked="hetero"):
        assert target == len(graph) - atoms.count("C")


def test_the_place_of_an_atom_in_the_list_does_not_tell_whether_it_is_in_the_ring():
    _, samples = samples_of(asked="ring", most=6)
    degrees = samples.raw[..., 3:].sum(axis=2)[samples.targets == 0].mean(axis=0)
    assert degrees.max() - degrees.min() < 0.4
    ring = samples.raw[samples.targets == 1][..., 3:]
    assert 0.2 < ring[:, 0, 1].mean() < 0.6, (
        "the second in the list is next in the ring as often as any other"
    )


def test_noise_turns_labels_over_and_moves_counts():
    for asked in ("polar", "ring"):
        clean, noisy = (samples_of(asked=asked, noise=noise)[1] for noise in (0, 60))
        np.testing.assert_array_equal(clean.raw, noisy.raw)
        assert 0.15 < np.mean(clean.targets != noisy.targets) < 0.45
    clean, noisy = (samples_of(asked="hetero", noise=noise)[1] for noise in (0, 100))
    assert 0.5 < np.abs(clean.targets - noisy.targets).mean() < 1.5


def test_dense_layers_count_atoms_and_see_no_ring():
    found = {}
    for asked in ("hetero", "ring"):
        experiment = Experiment().with_dataset(Molecules(asked=asked))
        trainer = Trainer(experiment.with_(training=experiment.training.with_(batch_size=32)))
        for _ in range(40):
            trainer.run_epoch()
        found[asked] = trainer.recorder.measures[1].metrics
    assert found["hetero"]["r2"] > 0.9
    assert found["ring"]["accuracy"] < 0.75


def test_one_molecule_is_shown_with_its_atoms_and_bonds():
    assert isinstance(usual(Molecules()), OneSample)
    trainer = Trainer(Experiment().with_dataset(Molecules(samples=20)))
    snapshot = Observer(trainer).snapshot(Progress(1, State.PAUSED, 1, 0.0, None))
    shown = snapshot.data.sample_graph
    raw = trainer.data.test.raw[0]
    assert shown.graph.count == present(raw).sum()
    assert len(shown.graph.edges) == raw[:, 3:].sum() / 2
    assert shown.names == ("C", "N", "O")
    assert np.isfinite(shown.positions).all()
