"""Graphs: what their structure says of nodes, which nodes are learnt from, and where they are drawn."""

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest

from playground.data import Data, Dataset
from playground.data.datasets.karate import Karate
from playground.data.datasets.recipes import GraphGrid, GraphRing, StochasticBlocks
from playground.data.graphs import layout, structure
from playground.data.graphs.node_graph import NodeGraph
from playground.data.graphs.nodes import OfNodes
from playground.data.graphs.over_graph import OverGraph
from playground.data.spaces import usual
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.randomness import Pcg64
from playground.training.moment import Moment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer

EVERY = pytest.mark.parametrize("member", OfNodes.ready(), ids=lambda member: member.tag())
TWO_PARTS = NodeGraph(8, np.array([(0, 1), (1, 2), (2, 0), (4, 5), (5, 6)]))
"""A triangle, a path of three, and two nodes without edges, 3 and 7."""


def samples_of(dataset, seed=0):
    return dataset.take(Pcg64(seed=seed).streams().data)


def prepared(dataset):
    return Data().with_dataset(dataset).prepare(Pcg64().streams().data)


def trained(dataset, seed=0, epochs=150):
    start = Experiment().with_(randomness={"kind": "pcg64", "seed": seed})
    trainer = Trainer(start.with_dataset(dataset))
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer


def accuracy(dataset, seed):
    return trained(dataset, seed).recorder.measures[1].metrics["accuracy"]


# --- the graphs -------------------------------------------------------------------------------------


def test_the_karate_club_is_the_one_that_networkx_has():
    known, samples = nx.karate_club_graph(), samples_of(Karate())
    assert set(map(tuple, samples.nodes.graph.edges.tolist())) == {
        tuple(sorted(edge)) for edge in known.edges
    }
    clubs = ["Mr. Hi", "Officer"]
    assert [clubs[target] for target in samples.targets] == [known.nodes[node]["club"] for node in range(34)]


@EVERY
def test_no_edge_is_there_twice_or_leads_to_its_own_node(member):
    graph = samples_of(member()).nodes.graph
    pairs = {tuple(sorted(edge)) for edge in graph.edges.tolist()}
    assert len(pairs) == len(graph.edges)
    assert all(first != second for first, second in pairs)


@EVERY
def test_a_dataset_of_nodes_is_as_large_as_it_says(member):
    samples = samples_of(member())
    assert len(samples.raw) == member().count == sum(member().sizes)
    assert np.bincount(samples.targets).tolist() == list(member().sizes)
    assert samples.raw.shape[1] == len(member().columns)


def test_many_edges_within_and_none_across_make_groups_apart():
    graph = samples_of(StochasticBlocks(within=100, across=0, blocks=3, size=6)).nodes.graph
    assert graph.parts.tolist() == [0] * 6 + [1] * 6 + [2] * 6
    assert len(graph.edges) == 3 * 15


def test_a_ring_with_shortcuts_keeps_its_classes_and_nearly_its_edges():
    plain, short = (samples_of(GraphRing(shortcuts=percent)) for percent in (0, 50))
    np.testing.assert_array_equal(plain.targets, short.targets)
    assert (plain.nodes.graph.degrees == 2).all()
    assert len({*map(tuple, short.nodes.graph.edges)} - {*map(tuple, plain.nodes.graph.edges)}) > 5


# --- what structure says ----------------------------------------------------------------------------


def test_measures_are_those_of_networkx():
    graph = samples_of(Karate()).nodes.graph
    known = nx.Graph(graph.edges.tolist())
    for place, function in enumerate(
        (lambda g: dict(g.degree), nx.clustering, nx.betweenness_centrality, nx.closeness_centrality)
    ):
        expected = function(known)
        np.testing.assert_allclose(
            structure.measures(graph)[:, place], [expected[node] for node in range(34)], atol=1e-12
        )


def test_parts_that_no_edge_joins_and_nodes_without_edges_have_measures_and_coordinates():
    known = TWO_PARTS.for_networkx()
    closeness = nx.closeness_centrality(known)
    found = structure.measures(TWO_PARTS)
    np.testing.assert_allclose(found[:, 3], [closeness[node] for node in range(8)], atol=1e-12)
    spectral = structure.spectral(TWO_PARTS, 3)
    assert np.isfinite(found).all()
    assert np.isfinite(spectral).all()
    assert (spectral[[3, 7]] == 0).all()
    assert len({tuple(np.round(row, 6)) for row in spectral[:3, :1]}) == 1, "one part, one place"


def test_a_large_graph_is_measured_by_some_of_its_nodes_much_as_by_all(monkeypatch):
    graph = samples_of(StochasticBlocks(size=60)).nodes.graph
    monkeypatch.setattr(structure, "MOST_SOURCES", graph.count)
    by_all = structure.measures(graph)
    monkeypatch.setattr(structure, "MOST_SOURCES", 60)
    monkeypatch.setattr(structure, "MOST_PATHS", 10)
    by_some = structure.measures(graph)
    np.testing.assert_allclose(by_some[:, :2], by_all[:, :2])
    for column in (2, 3):
        assert np.corrcoef(by_some[:, column], by_all[:, column])[0, 1] > 0.8


def test_the_first_spectral_coordinate_parts_two_cliques():
    barbell = nx.barbell_graph(6, 0)
    graph = NodeGraph(12, np.array(barbell.edges))
    first = structure.spectral(graph, 1)[:, 0]
    assert (np.sign(first[:6]) == -np.sign(first[11])).all()


def test_two_spectral_coordinates_lay_a_ring_out_as_a_circle():
    places = structure.spectral(samples_of(GraphRing(nodes=24)).nodes.graph, 2)
    np.testing.assert_allclose(np.hypot(*places.T), np.sqrt(2), rtol=1e-9)
    steps = np.diff(np.unwrap(np.arctan2(places[:, 1], places[:, 0])))
    np.testing.assert_allclose(np.abs(steps), 2 * np.pi / 24, rtol=1e-6)


def test_which_of_the_vectors_of_one_eigenvalue_a_library_gives_does_not_matter():
    chance = np.random.default_rng(0)
    vectors, _ = np.linalg.qr(chance.normal(size=(10, 4)))
    turn, _ = np.linalg.qr(chance.normal(size=(2, 2)))
    other = vectors.copy()
    other[:, 1:3] = vectors[:, 1:3] @ turn
    other[:, 3] *= -1
    values = np.array([0.0, 0.5, 0.5, 0.8])
    np.testing.assert_allclose(
        structure._settled(values, vectors, 4), structure._settled(values, other, 4), atol=1e-9
    )


def test_a_large_graph_has_the_coordinates_that_all_its_eigenvectors_give(monkeypatch):
    graph = samples_of(StochasticBlocks()).nodes.graph
    dense = structure.spectral(graph, 3)
    monkeypatch.setattr(structure, "DENSE", 10)
    np.testing.assert_allclose(np.abs(structure.spectral(graph, 3)), np.abs(dense), atol=1e-3)


def test_the_mean_of_neighbours_is_theirs_and_ones_own_where_there_are_none():
    values = np.arange(8.0)[:, np.newaxis] ** 2
    mean = structure.neighbours_mean(TWO_PARTS, values)[:, 0]
    np.testing.assert_allclose(mean, [2.5, 2, 0.5, 9, 25, 26, 25, 49])


def test_an_edge_has_a_column_at_both_its_nodes_and_nowhere_else():
    dataset = Karate(adjacency=True, spectral=0)
    samples, places = samples_of(dataset), dataset.column_places
    assert samples.raw.sum() == 2 * 78
    for first, second in samples.nodes.graph.edges:
        assert samples.raw[first, places[f"edge to {second + 1}"]] == 1
        assert samples.raw[second, places[f"edge to {first + 1}"]] == 1


def test_a_node_of_which_nothing_is_asked_has_its_degree():
    samples = samples_of(GraphGrid(spectral=0))
    assert [column.name for column in GraphGrid(spectral=0).columns] == ["degree"]
    assert samples.raw[:, 0].min() == 2
    assert samples.raw[:, 0].max() == 4


# --- who is labelled --------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("labelled", [1, 3])
def test_of_each_class_so_many_nodes_are_learnt_from_and_all_others_test(member, labelled):
    dataset = member(labelled=labelled)
    data = prepared(dataset)
    assert np.bincount(data.train.labels).tolist() == [labelled] * dataset.task.classes
    assert sorted([*data.train.rows, *data.test.rows]) == list(range(dataset.count))


def test_a_class_with_fewer_nodes_is_learnt_from_whole():
    dataset = GraphGrid(parts="rim", width=3, height=3, labelled=5)
    data = prepared(dataset)
    assert dataset.sides == (6, 0, 3)
    assert np.bincount(data.train.labels).tolist() == [1, 5]


def test_without_labels_a_class_the_share_says_who_is_learnt_from():
    data = Data().with_dataset(Karate(labelled=0)).with_(split="stratified", train_percent=50)
    assert len(data.prepare(Pcg64().streams().data).train.labels) == 17


def test_another_number_of_labels_is_another_choice_on_the_same_graph():
    few, many = (samples_of(StochasticBlocks(labelled=labelled)) for labelled in (2, 6))
    np.testing.assert_array_equal(few.raw, many.raw)
    assert set(np.flatnonzero(few.sides == 0)) < set(np.flatnonzero(many.sides == 0))


def test_inputs_are_scaled_by_the_labelled_nodes_alone():
    data = prepared(Karate())
    np.testing.assert_allclose(data.train.inputs.mean(axis=0), 0, atol=1e-12)
    assert np.abs(data.test.inputs.mean(axis=0)).max() > 1e-3


# --- learning ---------------------------------------------------------------------------------------


def test_the_karate_club_is_learnt_from_two_members_of_each_side():
    assert np.mean([accuracy(Karate(), seed) for seed in range(5)]) > 0.88


def test_the_means_of_neighbours_are_worth_a_lot_where_hints_are_noisy():
    with_means = np.mean([accuracy(StochasticBlocks(), seed) for seed in range(3)])
    without = np.mean([accuracy(StochasticBlocks(neighbours=False), seed) for seed in range(3)])
    assert with_means > without + 0.15


def test_a_run_on_nodes_goes_on_bit_for_bit_after_it_was_saved():
    there, back = trained(Karate(measures=True), epochs=10), None
    saved = loads(dumps(SavedExperiment(there.experiment, there.checkpoint())))
    back = Trainer(saved.experiment, saved.checkpoint)
    for trainer in (there, back):
        for _ in range(5):
            trainer.run_epoch()
    np.testing.assert_array_equal(there.network.parameters, back.network.parameters)


# --- where nodes are drawn --------------------------------------------------------------------------


@EVERY
def test_a_graph_lies_at_the_same_places_each_time(member, monkeypatch):
    graph = samples_of(member()).nodes.graph
    first = layout.positions(graph)
    monkeypatch.setattr(layout, "_KNOWN", {})
    again = layout.positions(NodeGraph(graph.count, graph.edges.copy()))
    np.testing.assert_array_equal(first, again)
    assert np.abs(first).max() == pytest.approx(1)


def test_parts_that_no_edge_joins_lie_apart():
    places = layout.positions(TWO_PARTS)
    assert np.isfinite(places).all()
    groups = [places[TWO_PARTS.parts == part] for part in range(4)]
    for number, group in enumerate(groups):
        for other in groups[number + 1 :]:
            low, high = (
                np.maximum(group.min(axis=0), other.min(axis=0)),
                np.minimum(group.max(axis=0), other.max(axis=0)),
            )
            assert (low > high).any()


def test_no_two_nodes_lie_at_one_place():
    for graph in (
        TWO_PARTS,
        NodeGraph(5, np.empty((0, 2), np.int64)),
        samples_of(StochasticBlocks()).nodes.graph,
    ):
        assert len({tuple(np.round(place, 4)) for place in layout.positions(graph)}) == graph.count


# --- maps over the graph ----------------------------------------------------------------------------


@EVERY
def test_nodes_are_looked_at_over_their_graph_as_a_rule(member):
    assert isinstance(usual(member()), OverGraph)


def test_no_other_dataset_lies_over_a_graph():
    assert {kind for kind in Dataset.ready() if OverGraph.fits(kind())} == set(OfNodes.ready())


def snapshot_of(trainer, space=None):
    observer = Observer(trainer)
    observer.view = View(space=space)
    return observer.snapshot(Progress(1, State.PAUSED, 1, 0.0, None))


def test_what_is_shown_of_each_node_is_what_the_network_says_of_it():
    trainer = trained(StochasticBlocks(), epochs=5)
    snapshot, moment = snapshot_of(trainer), Moment.of(trainer)
    nodes = trainer.data.nodes
    expected = moment.ask(nodes.raw).outputs.T
    np.testing.assert_allclose(snapshot.of_nodes, expected, rtol=1e-5)
    drawn = snapshot.data.graph
    places = np.rint((drawn.positions / 1.12 + 1) / 2 * 99).astype(int)
    np.testing.assert_allclose(snapshot.output[:, places[:, 1], places[:, 0]], expected, rtol=1e-5)


def test_a_chosen_node_shows_its_own_values():
    trainer = trained(Karate(), epochs=3)
    snapshot = snapshot_of(trainer, OverGraph(node=33))
    assert snapshot.data.graph.chosen == 33
    np.testing.assert_array_equal(snapshot.answer, snapshot.of_nodes[:, 33])
    np.testing.assert_array_equal(snapshot.data.chosen.raw, trainer.data.nodes.raw[33])
    assert snapshot.data.chosen.label == 1
    assert all(layer.maps.shape[1:] == (1, 1) for layer in snapshot.layers.values())


def test_a_node_that_is_not_there_is_none():
    assert snapshot_of(trained(Karate(), epochs=1), OverGraph(node=34)).data.graph.chosen is None


def test_a_node_that_was_moved_lies_where_it_was_put():
    trainer = trained(Karate(), epochs=1)
    moved = OverGraph(moved=((3, 0.5, -0.25),), of=trainer.data.nodes.graph.key)
    assert snapshot_of(trainer, moved).data.graph.positions[3].tolist() == [0.5, -0.25]


def test_neither_networkx_nor_scipy_is_loaded_before_a_graph_is_there():
    code = (
        "import sys; from playground.data import Dataset; [member() for member in Dataset.ready()]; "
        "import playground.training.session; print({'networkx', 'scipy'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
