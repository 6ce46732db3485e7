"""Graphs of a person's own: files read, joined, bounded and refused in sentences, and learnt from."""

from dataclasses import replace

import networkx as nx
import numpy as np
import polars as pl
import pytest

from playground.data import Data, OwnTable
from playground.data.graphs import of_table
from playground.data.graphs.files import limits
from playground.data.graphs.files.joining import joined
from playground.data.store import Content
from playground.data.tables import reading
from playground.data.tables.problem import Cancelled, TableProblem
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.files.predictions import predicted
from playground.randomness import Pcg64
from playground.training.moment import Moment
from playground.training.trainer import Trainer
from playground.value import InvalidValue

NODES = "id,age,club\na,20,red\nb,31,red\nc,22,blue\nd,23,blue\ne,55,\nf,40,red\n"
EDGES = "source,target,weight\na,b,1\nc,d,1\na,f,0.5\nb,f,1\n"
GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
{doctype}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="club" attr.type="{kind}"/>
  <key id="d1" for="edge" attr.name="weight" attr.type="string"/>
  <graph edgedefault="undirected">
    <node id="n0"><data key="d0">{value}</data></node>
    <node id="n1"><data key="d0">0</data></node>
    <node id="n2"/>
    <edge source="n0" target="n1"><data key="d1">{weight}</data></edge>
    <edge source="n1" target="n2"/>
  </graph>
</graphml>
"""


def graphml(doctype="", kind="string", value="1", weight="2"):
    return GRAPHML.format(doctype=doctype, kind=kind, value=value, weight=weight)


@pytest.fixture
def read(tmp_path):
    """Reads a text, bytes or graph from a file of that name."""

    def read(name, content, **how):
        path = tmp_path / name
        if isinstance(content, nx.Graph):
            (nx.write_graphml if name.endswith("graphml") else nx.write_gml)(content, path)
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8")
        return reading.read(path, reading.guess(path), **how)

    return read


@pytest.fixture
def join(read):
    def join(nodes=NODES, edges=EDGES):
        return joined(read("nodes.csv", nodes), read("edges.csv", edges), False, lambda _: None)

    return join


def told(problem):
    return str(problem.value.text)


def kinds_of(table):
    return {column.name: column.kind for column in table}


def karate():
    graph = nx.karate_club_graph()
    for node in (3, 9, 20):
        del graph.nodes[node]["club"]
    return graph


def samples_of(dataset):
    return dataset.take(Pcg64().streams().data)


# --- what is read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["club.graphml", "club.gml"])
def test_a_file_of_a_graph_is_a_table_of_its_nodes(read, name):
    table = read(name, nx.relabel_nodes(karate(), str))
    assert table.graph.count == table.rows == 34
    assert table.graph.names == tuple(map(str, range(34)))
    assert len(table.graph.edges) == 78
    kinds = kinds_of(table)
    assert kinds["node"] == "id"
    assert kinds["club"] == "category"
    assert table.column("club").missing == 3
    assert table.column("degree").values[33] == 17


@pytest.mark.parametrize("kind", ["string", "int", "long", "float", "double", "integer"])
def test_attributes_of_every_type_are_read(read, kind):
    table = read("a.graphml", graphml(kind=kind))
    assert table.column("club").missing == 1
    assert table.graph.weights.tolist() == [2, 1]


def test_names_in_any_script_are_kept(read, join):
    table = read(
        "a.graphml",
        graphml().replace("n0", "Łódź").replace("n1", "京都").replace("n2", "a & b".replace("&", "&amp;")),
    )
    assert table.graph.names == ("Łódź", "京都", "a & b")
    assert join(NODES.replace("e,", "エマ,"), EDGES.replace("a,f", "エマ,f")).graph.names[4] == "エマ"


def test_labels_that_differ_name_the_nodes_and_such_that_do_not_do_not(read):
    graph = nx.Graph([(0, 1), (1, 2)])
    nx.set_node_attributes(graph, {0: "x", 1: "y", 2: "z"}, "label")
    assert read("a.graphml", graph).graph.names == ("x", "y", "z")
    nx.set_node_attributes(graph, {0: "x", 1: "x", 2: "z"}, "label")
    table = read("a.graphml", graph)
    assert table.graph.names == ("0", "1", "2")
    assert "label" in kinds_of(table)


def test_columns_of_the_file_that_are_called_like_measures_keep_their_names(read):
    graph = nx.path_graph(4)
    nx.set_node_attributes(graph, {0: 7, 1: 8, 2: 9, 3: 9}, "degree")
    table = read("a.graphml", graph)
    assert table.column("degree").values.tolist() == [7, 8, 9, 9]
    assert table.column("degree_2").values.tolist() == [1, 2, 2, 1]


def test_edges_to_themselves_and_edges_again_are_told(join, read):
    table = join(edges=EDGES + "b,a,3\nc,c,1\n")
    assert table.graph.edges.tolist() == [[0, 1], [0, 5], [1, 5], [2, 3]]
    assert table.graph.weights.tolist() == [4, 0.5, 1, 1]
    words = " ".join(map(str, table.remarks))
    assert "Edges from a node to itself were left out: 1." in words
    assert "Edges that are there again were added up: 1." in words
    assert "It has 3 parts that no edge joins." in words


def test_a_directed_graph_keeps_its_directions(read, join):
    table = read("a.graphml", nx.DiGraph([("a", "b"), ("b", "a"), ("b", "c")]))
    assert table.graph.directed
    assert len(table.graph.edges) == 3
    gephi = join(edges="Source,Target,Type\nb,a,Directed\n")
    assert gephi.graph.directed
    assert gephi.graph.edges.tolist() == [[1, 0]]


def test_a_graph_without_edges_is_one(read, join):
    graph = nx.empty_graph(3)
    assert [str(remark) for remark in read("a.graphml", graph).remarks][:1] == ["It has no edges."]
    samples = samples_of(OwnTable.of(join(edges="source,target\na,b\n"), ["club"]))
    assert np.isfinite(samples.nodes.raw).all()


def test_ids_that_are_numbers_join_by_what_they_are(join):
    table = join("id,age,club\n1,20,x\n2,30,x\n10,40,y\n11,50,y\n", "from,to\n1,10\n2,11\n")
    assert table.graph.edges.tolist() == [[0, 2], [1, 3]]


def test_the_column_of_names_is_the_one_that_the_edges_go_by(join):
    table = join("id,name,club\n1,a,x\n2,b,x\n3,c,y\n", "source,target\na,b\nb,c\n")
    assert table.graph.names == ("a", "b", "c")


# --- what is refused --------------------------------------------------------------------------------


def test_an_edge_to_an_unknown_node_is_told_with_its_row(join):
    with pytest.raises(TableProblem) as problem:
        join(edges=EDGES + "a,x,1\n")
    assert told(problem) == (
        "row 6, column “target”: the edge has a node 'x' that is not in the column “id” of the nodes"
    )


def test_a_node_that_is_there_twice_is_told_with_its_row(join):
    with pytest.raises(TableProblem) as problem:
        join(nodes=NODES + "a,1,red\n")
    assert told(problem) == "row 8, column “id”: the node 'a' is there twice"


def test_an_edge_without_an_end_is_told(join):
    with pytest.raises(TableProblem) as problem:
        join(edges="source,target\na,b\na,\n")
    assert told(problem) == "row 3, column “target”: the edge lacks a node"


def test_a_weight_that_is_no_number_is_told(join, read):
    with pytest.raises(TableProblem) as problem:
        join(edges=EDGES + "a,c,heavy\n")
    assert "row 6, column “weight”: 'heavy' is not a number" in told(problem)
    with pytest.raises(TableProblem) as problem:
        read("a.graphml", graphml(weight="heavy"))
    assert told(problem) == "The weight 'heavy' of the edge from 'n0' to 'n1' is no number."


def test_a_file_that_defines_entities_is_refused_before_they_grow(read):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n'
    with pytest.raises(TableProblem) as problem:
        read("a.graphml", graphml(doctype=bomb, value="&b;"))
    assert told(problem) == "row 2: it defines entities, which is refused"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.graphml", b"", "it is no XML"),
        ("a.graphml", b"\xff\xfe\x00rubbish", "it is no XML"),
        ("a.graphml", graphml().encode("utf-16")[:200], "it is no XML"),
        ("a.graphml", graphml()[:300].encode(), "it is no XML"),
        ("a.graphml", b"<html><body/></html>", "It cannot be read"),
        ("a.graphml", graphml().replace('"d0">1', '"d7">1').encode(), "It cannot be read"),
        ("a.graphml", b'<graphml><graph edgedefault="undirected"/></graphml>', "no"),
        ("a.graphml", graphml(kind="int", value="many").encode(), "It cannot be read"),
        ("a.gml", b"", "no"),
        ("a.gml", b"graph [ node [ id 0 ", "It cannot be read"),
        ("a.gml", 'graph [ node [ id 0 label "é" ] ]'.encode("latin-1"), "It cannot be read"),
    ],
)
def test_what_is_no_graph_is_refused_in_a_sentence(read, name, content, words):
    with pytest.raises(TableProblem) as problem:
        read(name, content)
    assert words in told(problem)


def test_too_many_nodes_or_edges_are_refused(read, join, monkeypatch):
    monkeypatch.setattr(limits, "MOST_EDGES", 10)
    with pytest.raises(TableProblem) as problem:
        read("a.graphml", karate())
    assert told(problem) == "It has more than 10 edges, which is too many."
    monkeypatch.setattr(limits, "MOST_NODES", 5)
    for make in (lambda: read("a.gml", karate()), join):
        with pytest.raises(TableProblem) as problem:
            make()
        assert told(problem) == "It has more than 5 nodes, which is too many."
    monkeypatch.setattr(limits, "MOST_BYTES", 100)
    with pytest.raises(TableProblem, match="larger than"):
        read("a.graphml", karate())


@pytest.mark.parametrize("name", ["club.graphml", "club.gml"])
def test_the_reading_tells_how_far_it_is_and_can_be_stopped(read, name):
    shares = []
    read(name, karate(), progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1
    with pytest.raises(Cancelled):
        read(name, karate(), cancelled=iter([False, True, True]).__next__)


def test_a_graph_of_which_nothing_is_labelled_or_all_alike_is_refused(read):
    graph = nx.path_graph(4)
    with pytest.raises(TableProblem, match="no column"):
        OwnTable.of(read("a.graphml", graph), ["club"])
    nx.set_node_attributes(graph, "red", "club")
    with pytest.raises(Exception, match="different values"):
        OwnTable.of(read("a.graphml", graph), ["club"])


# --- what is learnt ---------------------------------------------------------------------------------


def test_nodes_without_a_label_are_no_samples_but_are_told(read):
    dataset = OwnTable.of(read("club.graphml", karate()), ["club"])
    data = Data().with_dataset(dataset).prepare(Pcg64().streams().data)
    rows = {*data.train.rows, *data.test.rows}
    samples = {int(data.nodes.of_samples[row]) for row in rows}
    assert samples == set(range(34)) - {3, 9, 20}
    assert len(data.nodes.raw) == 34


def test_a_node_has_the_mean_of_its_neighbours_but_never_of_what_is_predicted(join):
    dataset = OwnTable.of(join(), ["club"], ["age", "degree"])
    assert [column.name for column in dataset.columns] == ["age", "degree", "neighbours' age"]
    samples = samples_of(dataset)
    np.testing.assert_allclose(samples.nodes.raw[:, 2], [35.5, 30, 23, 22, 55, 25.5])
    predicting_age = OwnTable.of(join(), ["age"], ["club", "degree"])
    assert not any("age" in column.name for column in predicting_age.columns)


def test_what_a_node_lacks_is_the_mean_of_its_column_where_it_is_only_told(join):
    table = join(nodes=NODES.replace("e,55", "e,"))
    for missing in ("drop", "mean"):
        dataset = OwnTable.of(table, ["club"], ["age"], missing)
        data = Data().with_dataset(dataset).with_(train_percent=100).prepare(Pcg64().streams().data)
        assert data.nodes.raw[4, 0] == pytest.approx(np.mean([20, 31, 22, 23, 40]))


def test_a_graph_of_ones_own_is_saved_opened_and_goes_on_bit_for_bit(read):
    experiment = Experiment().with_dataset(OwnTable.of(read("club.graphml", karate()), ["club"]))
    there = Trainer(experiment)
    there.run_epoch()
    data = dumps(SavedExperiment(experiment, there.checkpoint()))
    back = loads(data)
    assert back.experiment == experiment
    again = Trainer(back.experiment, back.checkpoint)
    for trainer in (there, again):
        trainer.run_epoch()
    np.testing.assert_array_equal(there.network.parameters, again.network.parameters)
    assert back.experiment.data.dataset.graph.names[33] == "33"
    assert back.experiment.data.dataset.graph.weights is not None


def test_a_file_whose_edges_were_tampered_with_is_refused(read):
    experiment = Experiment().with_dataset(OwnTable.of(read("club.graphml", karate()), ["club"]))
    held = experiment.data.dataset.arrays
    for wrong in (held.more["edges"] + 40, held.more["edges"][:, :1], held.more["edges"].astype(np.int64)):
        with pytest.raises(InvalidValue):
            of_table.graph_in(Content(held.raw, held.targets, {**held.more, "edges": wrong}), 34, False)
    with pytest.raises(InvalidValue):
        of_table.graph_in(Content(held.raw, held.targets), 34, False)


def test_all_nodes_of_a_file_are_predicted_those_without_a_label_too(read, join):
    table = read("club.graphml", karate(), keep=True)
    trainer = Trainer(Experiment().with_dataset(OwnTable.of(table, ["club"])))
    found = predicted(Moment.of(trainer), table)
    assert (found.rows, found.complete) == (34, 34)
    assert found.frame.columns[-4:] == [
        "prediction",
        "probability",
        "probability.Mr. Hi",
        "probability.Officer",
    ]
    moment = Moment.of(Trainer(Experiment().with_dataset(OwnTable.of(join(), ["club"]))))
    cells = pl.DataFrame({"node": join().graph.names})
    assert len(predicted(moment, replace(join(), cells=cells)).frame["prediction"]) == 6
