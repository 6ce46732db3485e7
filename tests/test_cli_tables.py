"""Tables without the window: a network is trained on one, and predicts from the rows of another."""

import csv
import io

import networkx as nx
import numpy as np
import pytest
from sklearn.datasets import load_iris

from playground.data import OwnTable
from playground.data.datasets.own_text import OwnText
from playground.data.datasets.sequences import Brackets, Echo
from playground.data.features import FormulaFeature
from playground.data.tables.reading import guess, read
from playground.engine.layers.graph_convolution import GraphConvolution
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, load, save
from playground.training.trainer import Trainer
from widgets.program import main


def run(*arguments):
    return main([str(argument) for argument in arguments])


@pytest.fixture
def refused(capsys):
    """Runs a command that must fail; gives its one line on stderr, without "error: "."""

    def refuse(*arguments):
        assert run(*arguments) == 2
        (line,) = capsys.readouterr().err.splitlines()
        return line.removeprefix("error: ")

    return refuse


@pytest.fixture
def iris(tmp_path):
    found = load_iris()
    path = tmp_path / "iris.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["sepal length", "sepal width", "petal length", "petal width", "species"])
        rows = zip(found.data.tolist(), found.target_names[found.target].tolist(), strict=True)
        writer.writerows([*values, name] for values, name in rows)
    return path


@pytest.fixture
def trained(iris, tmp_path):
    path = tmp_path / "iris.nnplay"
    assert run("train", iris, "--target", "species", "--epochs", 60, "--save", path) == 0
    return path


def rows_of(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_network_learns_from_a_table(trained, capsys):
    experiment = load(trained).experiment
    assert isinstance(experiment.data.dataset, OwnTable)
    assert experiment.data.dataset.targets == ("species",)
    assert [layer.units for layer in experiment.network.layers] == [16, 8, 3]
    assert Trainer(experiment, load(trained).checkpoint).recorder.measures[1].metrics["accuracy"] > 0.9


def test_predictions_stand_behind_the_columns_of_the_input(iris, trained, tmp_path, capsys):
    out = tmp_path / "out.csv"
    assert run("predict", trained, "--data", iris, "--out", out) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Predicted 150 of 150 rows."
    given, found = rows_of(iris), rows_of(out)
    assert [{name: row[name] for name in given[0]} for row in found] == given
    classes = load_iris().target_names.tolist()
    assert list(found[0])[5:] == ["prediction", "probability", *(f"probability.{name}" for name in classes)]
    for row in found:
        shares = [float(row[f"probability.{name}"]) for name in classes]
        assert sum(shares) == pytest.approx(1, abs=1e-5)
        assert row["prediction"] == classes[int(np.argmax(shares))]
        assert float(row["probability"]) == max(shares)


def test_it_is_the_same_network_that_was_saved_with_the_same_scaling(iris, trained, tmp_path):
    out = tmp_path / "out.csv"
    run("predict", trained, "--data", iris, "--out", out)
    saved = load(trained)
    trainer = Trainer(saved.experiment, saved.checkpoint)
    table = load_iris().data
    train = trainer.data.train.rows
    scaled = (table - table[train].mean(axis=0)) / table[train].std(axis=0)
    outputs = trainer.network.predict(scaled)
    found = [[float(row[f"probability.{name}"]) for name in load_iris().target_names] for row in rows_of(out)]
    np.testing.assert_allclose(found, outputs, atol=1e-6)


def test_columns_are_found_by_name_in_any_order_and_others_do_not_matter(trained, tmp_path):
    data, out = tmp_path / "new.tsv", tmp_path / "out.csv"
    data.write_text(
        "flower\tpetal width\tpetal length\tsepal width\tsepal length\nmine\t0.2\t1.4\t3.5\t5.1\n"
    )
    assert run("predict", trained, "--data", data, "--out", out) == 0
    (row,) = rows_of(out)
    assert row["flower"] == "mine"
    assert row["prediction"] == "setosa"


def test_a_row_with_a_gap_has_no_prediction(trained, tmp_path, capsys):
    data, out = tmp_path / "new.csv", tmp_path / "out.csv"
    data.write_text("sepal length,sepal width,petal length,petal width\n5.1,NA,1.4,0.2\n5.1,3.5,1.4,0.2\n")
    assert run("predict", trained, "--data", data, "--out", out) == 0
    assert "Predicted 1 of 2 rows; 1 lack a value" in capsys.readouterr().out
    first, second = rows_of(out)
    assert (first["sepal width"], first["prediction"], first["probability"]) == ("NA", "", "")
    assert second["prediction"] == "setosa"


CASES = "size,colour,y\n" + "".join(f"{i % 7},{'rgb'[i % 3]},{i % 7 + i % 3}\n" for i in range(60))


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text(CASES)
    return path


def test_numbers_are_predicted_and_gaps_are_filled_as_in_training(cases, tmp_path):
    saved, data, out = tmp_path / "a.nnplay", tmp_path / "new.csv", tmp_path / "out.csv"
    assert run("train", cases, "--target", "y", "--missing", "mean", "--epochs", 50, "--save", saved) == 0
    dataset = load(saved).experiment.data.dataset
    fill = float(Trainer(load(saved).experiment).data.fill[0])
    data.write_text(f"size,colour\n,b\n{fill!r},b\n")
    assert dataset.missing == "mean"
    assert run("predict", saved, "--data", data, "--out", out) == 0
    gap, mean = rows_of(out)
    assert gap["prediction"] == mean["prediction"] != ""
    assert list(gap) == ["size", "colour", "prediction"]


def test_several_targets_have_a_prediction_each(cases, tmp_path):
    saved, out = tmp_path / "a.nnplay", tmp_path / "out.csv"
    options = ("--inputs", "colour", "--network", "5", "--epochs", 5)
    assert run("train", cases, "--target", "y,size", *options, "--save", saved) == 0
    assert [layer.units for layer in load(saved).experiment.network.layers] == [5, 2]
    assert run("predict", saved, "--data", cases, "--out", out) == 0
    assert list(rows_of(out)[0]) == ["size", "colour", "y", "prediction.y", "prediction.size"]


def test_a_row_for_which_a_formula_has_no_value_has_no_prediction(trained, tmp_path, capsys):
    saved = load(trained)
    formula = FormulaFeature(expression="log('petal width')")
    data = saved.experiment.data.with_(inputs=(formula,))
    trainer = Trainer(saved.experiment.with_data(data))
    trainer.run_epoch()
    save(trained, SavedExperiment(trainer.experiment, trainer.checkpoint()))
    new, out = tmp_path / "new.csv", tmp_path / "out.csv"
    new.write_text("sepal length,sepal width,petal length,petal width\n5,3,1,0.2\n5,3,1,0\n")
    assert run("predict", trained, "--data", new, "--out", out) == 0
    assert [bool(row["prediction"]) for row in rows_of(out)] == [True, False]
    assert "Predicted 1 of 2 rows; 1 lack a value" in capsys.readouterr().out


def test_a_column_of_numbers_can_stand_for_classes(cases, tmp_path):
    saved, out = tmp_path / "a.nnplay", tmp_path / "out.csv"
    assert (
        run("train", cases, "--target", "size", "--categories", "size", "--epochs", 5, "--save", saved) == 0
    )
    assert load(saved).experiment.task.class_names == tuple("0123456")
    assert run("predict", saved, "--data", cases, "--out", out) == 0
    assert rows_of(out)[0]["prediction"] in "0123456"


def test_what_cannot_be_is_one_line_and_writes_nothing(iris, trained, cases, tmp_path, refused):
    out, data = tmp_path / "out.csv", tmp_path / "new.csv"
    assert refused("train", cases) == f"{cases} is a table; say which column to predict: --target COLUMN"
    assert refused("train", "xor", "--target", "y") == "xor is no table, which the options of tables are for."
    assert refused("train", cases, "--target", "z") == f"{cases}: There is no column “z”."
    assert "used twice" in refused("train", cases, "--target", "y", "--inputs", "y")
    assert "16,8" in refused("train", cases, "--target", "y", "--network", "0")
    assert refused("train", tmp_path / "none.csv", "--target", "y").endswith("There is no such file.")
    assert "lacks the column “sepal length”" in refused("predict", trained, "--data", cases, "--out", out)
    data.write_text("sepal length,sepal width,petal length,petal width\n1,2,3,4\n1,2,3,four\n")
    assert refused("predict", trained, "--data", data, "--out", out) == (
        f"{data}: row 3, column “petal width”: 'four' is not a number"
    )
    assert refused("predict", "xor", "--data", cases, "--out", out) == (
        "xor is not trained yet; train it and save it first."
    )
    assert not out.exists()


def test_a_target_of_large_numbers_is_told(tmp_path, capsys):
    path = tmp_path / "houses.csv"
    path.write_text("size,price\n" + "".join(f"{i},{i * 1000}\n" for i in range(40, 90)))
    assert run("train", path, "--target", "price", "--epochs", 1) == 0
    assert "The target “price” goes from 40000 to 89000; numbers of this size" in capsys.readouterr().out


def test_an_unseen_category_is_told(cases, tmp_path, refused):
    saved, data, out = tmp_path / "a.nnplay", tmp_path / "new.csv", tmp_path / "out.csv"
    assert run("train", cases, "--target", "y", "--epochs", 1, "--save", saved) == 0
    data.write_text("size,colour\n1,r\n2,purple\n")
    assert refused("predict", saved, "--data", data, "--out", out) == (
        f"{data}: row 3, column “colour”: 'purple' is none of the categories that were learnt from"
    )


def test_a_missing_value_is_refused_when_it_is_to_be(tmp_path, refused):
    path = tmp_path / "gaps.csv"
    path.write_text("a,b,y\n1,2,3\n\n4,,6\n7,8,9\n")
    assert refused("train", path, "--target", "y", "--missing", "refuse") == (
        f"{path}: row 4, column “b”: a value is missing"
    )


def test_a_table_that_is_trained_goes_on_where_it_stopped(trained, tmp_path):
    more = tmp_path / "more.nnplay"
    assert run("train", trained, "--epochs", 3, "--save", more) == 0
    assert load(more).checkpoint.epoch == 63


def test_the_rows_are_parted_as_is_asked_for(cases, tmp_path, refused):
    saved = tmp_path / "a.nnplay"
    assert run("train", cases, "--target", "y", "--split", "in_order", "--epochs", 1, "--save", saved) == 0
    assert Trainer(load(saved).experiment).data.test.rows.tolist() == list(range(48, 60))
    text = "".join(
        f"{line},{'set' if not i else 'train' if i < 30 else 'test'}\n"
        for i, line in enumerate(CASES.splitlines())
    )
    cases.write_text(text)
    assert run("train", cases, "--target", "y", "--split-by", "set", "--epochs", 1, "--save", saved) == 0
    assert sorted(Trainer(load(saved).experiment).data.test.rows) == list(range(29, 60))
    assert load(saved).experiment.data.dataset.inputs == ("size", "colour")
    assert "colour" in refused("train", cases, "--target", "y", "--split-by", "colour")


def test_a_prediction_that_is_there_before_stays(trained, iris, tmp_path):
    out, again = tmp_path / "out.csv", tmp_path / "again.csv"
    run("predict", trained, "--data", iris, "--out", out)
    assert run("predict", trained, "--data", out, "--out", again) == 0
    assert rows_of(again)[0]["prediction"] == rows_of(again)[0]["prediction_2"]


def test_the_table_of_predictions_is_a_table(trained, iris, tmp_path):
    out = tmp_path / "out.csv"
    run("predict", trained, "--data", iris, "--out", out)
    table = read(out, guess(out))
    assert table.column("prediction").categories == tuple(load_iris().target_names)
    assert io.StringIO(out.read_text()).readline().count(",") == len(table.columns) - 1


# --- graphs -----------------------------------------------------------------------------------------


def test_a_network_learns_from_a_graph_and_predicts_all_its_nodes(tmp_path, capsys):
    graph = nx.karate_club_graph()
    del graph.nodes[3]["club"]
    nx.write_graphml(graph, tmp_path / "club.graphml")
    saved, out = tmp_path / "club.nnplay", tmp_path / "out.csv"
    assert run("train", tmp_path / "club.graphml", "--target", "club", "--epochs", 80, "--save", saved) == 0
    assert run("predict", saved, "--data", tmp_path / "club.graphml", "--out", out) == 0
    rows = rows_of(out)
    assert len(rows) == 34
    assert (rows[3]["club"], rows[3]["prediction"]) == ("", "Mr. Hi")


def test_the_edges_of_a_table_of_nodes_are_another_table(tmp_path, refused, capsys):
    nodes, edges, saved = tmp_path / "nodes.csv", tmp_path / "edges.csv", tmp_path / "graph.nnplay"
    nodes.write_text("id,size,kind\n" + "".join(f"{n},{n % 7},{'ab'[n % 2]}\n" for n in range(20)))
    edges.write_text("source,target\n" + "".join(f"{n},{(n + 2) % 20}\n" for n in range(20)))
    assert run("train", nodes, "--edges", edges, "--target", "kind", "--epochs", 5, "--save", saved) == 0
    assert len(load(saved).experiment.data.dataset.graph.edges) == 20
    nx.write_graphml(nx.path_graph(3), tmp_path / "path.graphml")
    words = refused("train", tmp_path / "path.graphml", "--edges", edges, "--target", "kind")
    assert words == "path has edges of its own; --edges is for a table of nodes."
    edges.write_text("source,target\n1,99\n")
    words = refused("train", nodes, "--edges", edges, "--target", "kind")
    assert words.endswith(
        "row 2, column “target”: the edge has a node '99' that is not in the column “id” of the nodes"
    )


def test_layers_that_read_the_graph_predict_for_another_one(tmp_path, refused):
    nodes, edges, saved = tmp_path / "nodes.csv", tmp_path / "edges.csv", tmp_path / "graph.nnplay"
    nodes.write_text("id,size,kind\n" + "".join(f"{n},{n % 7},{'ab'[n % 2]}\n" for n in range(20)))
    edges.write_text("source,target\n" + "".join(f"{n},{(n + 2) % 20}\n" for n in range(20)))
    assert run("train", nodes, "--edges", edges, "--target", "kind", "--epochs", 1, "--save", saved) == 0
    experiment = load(saved).experiment
    hidden = GraphConvolution(id="graph", units=4)
    network = experiment.network.with_(layers=(hidden, experiment.network.layers[-1]))
    save(saved, SavedExperiment(experiment.with_(network=network)))
    assert run("train", saved, "--epochs", 5, "--save", saved) == 0
    others, between, out = tmp_path / "others.csv", tmp_path / "between.csv", tmp_path / "out.csv"
    others.write_text("id,size\nx,3\ny,1\nz,2\n")
    found = []
    for joined in ("x,y", "y,z"):
        between.write_text(f"source,target\n{joined}\n")
        assert run("predict", saved, "--data", others, "--edges", between, "--out", out) == 0
        found.append([row["probability"] for row in rows_of(out)])
    assert found[0][0] != found[1][0]  # it has another neighbour
    with others.open("w", newline="") as file:  # all columns, and no edges
        rows = [row | {"neighbours' size": 1} for row in rows_of(out)]
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    words = refused("predict", saved, "--data", others, "--out", out)
    assert "Its layers read the edges between rows, and these have none" in words


# --- sequences --------------------------------------------------------------------------------------


def waves_of(rows, step=3.0):
    return [round(10 + np.sin(row / step), 4) for row in range(rows)]


@pytest.fixture
def series(tmp_path):
    path = tmp_path / "waves.csv"
    lines = [f"2020-{row // 28 + 1:02}-{row % 28 + 1:02},{value}" for row, value in enumerate(waves_of(150))]
    path.write_text("day,height\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def learnt_series(series, tmp_path):
    path = tmp_path / "waves.nnplay"
    arguments = ("--series", "height", "--window", 8, "--horizon", 2, "--epochs", 150, "--network", "16")
    assert run("train", series, *arguments, "--save", path) == 0
    return path


def test_a_column_is_learnt_as_a_series_and_predicted_row_by_row_and_beyond(
    series, learnt_series, tmp_path, capsys
):
    out = tmp_path / "out.csv"
    assert run("predict", learnt_series, "--data", series, "--out", out) == 0
    assert "Predicted 142 of 150 rows" in capsys.readouterr().out
    found = rows_of(out)
    assert len(found) == 152
    assert [row["prediction"] for row in found[:8]] == [""] * 8
    errors = [abs(float(row["prediction"]) - float(row["height"])) for row in found[8:150]]
    assert np.mean(errors) < 0.15
    beyond = [float(row["prediction"]) for row in found[150:]]
    np.testing.assert_allclose(beyond, waves_of(152)[150:], atol=0.4)
    assert [row["day"] for row in found[150:]] == ["", ""]


def test_of_a_series_that_runs_backwards_the_same_is_predicted(series, learnt_series, tmp_path):
    head, *lines = series.read_text(encoding="utf-8").splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([head, *reversed(lines)]) + "\n", encoding="utf-8")
    outs = [tmp_path / "there.csv", tmp_path / "back.csv"]
    for data, out in zip((series, turned), outs, strict=True):
        assert run("predict", learnt_series, "--data", data, "--out", out) == 0
    there, back = ({row["day"]: row["prediction"] for row in rows_of(out) if row["day"]} for out in outs)
    assert there == back


def test_typed_sequences_are_predicted_row_by_row(tmp_path, capsys):
    start = Experiment().with_dataset(Brackets(samples=60))
    path, data, out = tmp_path / "b.nnplay", tmp_path / "new.csv", tmp_path / "out.csv"
    save(path, SavedExperiment(start, Trainer(start).checkpoint()))
    data.write_text("name,sequence\na,([])\nb,(]\n", encoding="utf-8")
    assert run("predict", path, "--data", data, "--out", out) == 0
    assert list(rows_of(out)[0])[:4] == ["name", "sequence", "prediction", "probability"]


def test_several_numbers_of_a_sequence_are_counted(tmp_path):
    start = Experiment().with_dataset(Echo(samples=60, length=4, delay=1))
    path, data, out = tmp_path / "e.nnplay", tmp_path / "new.csv", tmp_path / "out.csv"
    save(path, SavedExperiment(start, Trainer(start).checkpoint()))
    data.write_text('sequence\n"0.1 0.2 0.3 0.4"\n"0.5 0.6"\n', encoding="utf-8")
    assert run("predict", path, "--data", data, "--out", out) == 0
    assert list(rows_of(out)[0]) == ["sequence", *(f"prediction.{step}" for step in range(1, 5))]


def test_what_is_no_sequence_is_refused_with_its_row(tmp_path, refused):
    start = Experiment().with_dataset(Brackets(samples=60))
    path, data = tmp_path / "b.nnplay", tmp_path / "new.csv"
    save(path, SavedExperiment(start, Trainer(start).checkpoint()))
    data.write_text("name,sequence\na,([])\nb,(x\n", encoding="utf-8")
    said = refused("predict", path, "--data", data, "--out", tmp_path / "out.csv")
    assert "row 3" in said
    assert "'x' is none of what it has learnt from" in said


def test_a_text_is_learnt_from_its_file(tmp_path):
    path, out = tmp_path / "verse.txt", tmp_path / "verse.nnplay"
    path.write_text("row, row, row your boat\ngently down the stream\n" * 4, encoding="utf-8")
    assert run("train", path, "--epochs", 3, "--save", out) == 0
    assert isinstance(load(out).experiment.data.dataset, OwnText)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--series", "height", "--target", "day"), "leave out --target"),
        (("--series", "height", "--split", "stratified"), "leave out --split"),
        (("--series", "nothing"), "There is no column “nothing”"),
        (("--series", "day"), "holds no numbers"),
        (("--series", "height", "--window", "200"), "need at least 202 rows, and there are 150"),
    ],
)
def test_what_is_no_series_is_refused_in_a_line(series, refused, arguments, words):
    assert words in refused("train", series, *arguments)
