"""A table as a dataset: targets, inputs, gaps and sides are choices over samples that are stored once."""

import numpy as np
import pytest

from playground.data import Data, OwnTable, store
from playground.data.sample import Column
from playground.data.scaling import NoScaling
from playground.data.tables.reading import TableProblem, guess, read
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.files.problem import FileProblem
from playground.randomness import Pcg64
from playground.training.changes import changes
from playground.training.trainer import Trainer
from playground.value import InvalidValue

TEXT = """id,size,colour,when,note,weight,set,same
1,1.5,red,2020-01-01,some words,10,train,x
2,2.5,blue,2020-01-02,other words,,train,x
3,,red,2020-01-03,more words,30,train,x
4,4.5,,2020-01-04,such words,40,validation,x
5,5.5,green,2020-01-05,last words,50,test,x
6,6.5,red,2020-01-06,no words,60,test,x
"""


@pytest.fixture
def table():
    return read(TEXT, guess(TEXT))


def samples(dataset):
    return dataset.take(Pcg64(seed=1).streams().data)


def test_inputs_are_the_numbers_and_categories_that_are_no_target(table):
    dataset = OwnTable.of(table, ["weight"])
    assert dataset.inputs == ("size", "colour", "set")
    assert dataset.columns == (
        Column("size"), Column("colour", categories=("blue", "green", "red")),
        Column("set", categories=("test", "train", "validation")),
    )  # fmt: skip
    assert dataset.task.kind == "regression"
    assert OwnTable.of(table, ["colour"]).task.class_names == ("blue", "green", "red")


def test_a_date_a_running_number_and_what_is_always_the_same_are_inputs_when_they_are_asked_for(table):
    dataset = OwnTable.of(table, ["weight"], ["id", "when", "same"])
    np.testing.assert_array_equal(
        samples(dataset).raw[:, :2], [[1, 18262], [3, 18264], [4, 18265], [5, 18266], [6, 18267]]
    )
    with pytest.raises(TableProblem, match="column “note”: it holds no numbers and no categories"):
        OwnTable.of(table, ["weight"], ["note"])


def test_a_row_with_a_gap_is_left_out(table):
    dataset = OwnTable.of(table, ["weight"], ["size", "colour"])
    assert dataset.count == 3
    found = samples(dataset)
    np.testing.assert_array_equal(found.raw, [[1.5, 2], [5.5, 1], [6.5, 2]])
    np.testing.assert_array_equal(found.targets, [10, 50, 60])
    np.testing.assert_array_equal(dataset.remaining_rows(), [0, 4, 5])


def test_a_gap_is_filled_by_what_the_training_rows_have(table):
    dataset = OwnTable.of(table, ["weight"], ["size", "colour"], missing="mean", split_by="set")
    assert dataset.count == 5
    data = Data().with_dataset(dataset).with_(scaling=NoScaling()).prepare(Pcg64(seed=1).streams().data)
    np.testing.assert_array_equal(data.fill, [1.5, 2])
    np.testing.assert_array_equal(data.train.raw[data.train.rows == 1], [[1.5, 2]])
    np.testing.assert_array_equal(data.validation.raw, [[4.5, 2]])
    np.testing.assert_array_equal(
        data.transform(np.array([[np.nan, 0], [3, np.nan]])), [[1.5, 1, 0, 0], [3, 0, 0, 1]]
    )


def test_a_gap_is_refused_by_row_and_column(table):
    with pytest.raises(TableProblem, match="row 3, column “weight”: a value is missing"):
        OwnTable.of(table, ["weight"], ["size"], missing="refuse")
    dataset = OwnTable.of(table, ["size"], ["set"])
    with pytest.raises(TableProblem, match="row 4, column “size”: a value is missing"):
        dataset.with_(missing="refuse")


def test_no_row_may_remain():
    text = "a,b,y\n1,,1\n2,,2\n,3,3\n,4,4\n"
    table = read(text, guess(text))
    with pytest.raises(TableProblem, match="Every row lacks a value"):
        OwnTable.of(table, ["y"])
    assert OwnTable.of(table, ["y"], missing="mean").count == 4


def test_another_target_shares_the_samples(table):
    dataset = OwnTable.of(table, ["weight"])
    other = dataset.with_targets(["colour"])
    assert other.arrays is dataset.arrays
    assert other.inputs == ("size", "weight", "set")
    assert (dataset.count, other.count) == (3, 3)
    both = dataset.with_targets(["size", "weight"])
    assert both.task.sizes == (2,)
    np.testing.assert_array_equal(samples(both).targets, [[1.5, 10], [5.5, 50], [6.5, 60]])
    experiment = Experiment().with_dataset(dataset).with_dataset(both)
    assert experiment.network.output.units == 2
    assert experiment.problems() == ()


def test_a_change_counts_the_rows_that_remain(table):
    dataset = OwnTable.of(table, ["weight"], ["size"])
    assert dataset.count == 4
    assert dataset.with_(inputs=("set",)).count == 5
    assert dataset.with_(missing="mean").count == 5
    assert dataset.with_(missing="mean").with_(missing="drop") == dataset


@pytest.mark.parametrize(
    ("targets", "inputs", "sentence"),
    [
        (["none"], None, "There is no column “none”"),
        (["size"], ["size"], "The column “size” is used twice"),
        (["size", "colour"], None, "Several targets must all be numbers"),
        (["same"], None, "The column “same” has 1 different values; from 2 to 100 can be told apart"),
        (["size", "weight", "colour"], ["set"], "Several targets"),
    ],
)
def test_what_cannot_be_learnt_is_told(table, targets, inputs, sentence):
    with pytest.raises(InvalidValue, match=sentence):
        OwnTable.of(table, targets, inputs)


def test_more_than_100_classes_are_too_many():
    text = "x,y\n" + "".join(f"{i},c{i % 101}\n" for i in range(404))
    table = read(text, guess(text)).with_kind("y", "category")
    with pytest.raises(InvalidValue, match="has 101 different values; from 2 to 100"):
        OwnTable.of(table, ["y"])


def test_more_words_than_a_file_can_hold_are_too_many():
    long = [f"{i}{'ü' * 5000}" for i in range(200)]
    text = "k,y\n" + "".join(f"{word},{i % 2}\n" for i in range(2) for word in long)
    table = read(text, guess(text)).with_kind("k", "category")
    with pytest.raises(InvalidValue, match="202 names of columns and categories are too much text"):
        OwnTable.of(table, ["y"])
    longest = 8 * "ü" * 400
    words = [f"{i:03}{longest}" for i in range(200)]
    text = "k,y\n" + "".join(f"{word},{i % 2}\n" for i in range(2) for word in words)
    dataset = OwnTable.of(read(text, guess(text)).with_kind("k", "category"), ["y"])
    assert (
        loads(dumps(SavedExperiment(Experiment().with_dataset(dataset)))).experiment.data.dataset == dataset
    )


def test_nothing_to_predict_from():
    text = "name,y\na b c d,1\ne f g,2\nh i,3\n" + "".join(f"x {i},{i}\n" for i in range(20))
    with pytest.raises(TableProblem, match="There is no column to predict it from"):
        OwnTable.of(read(text, guess(text)), ["y"])


def test_a_column_says_which_rows_are_trained_on(table):
    dataset = OwnTable.of(table, ["size"], split_by="set", missing="mean")
    assert dataset.inputs == ("colour", "weight")
    assert dataset.sides == (2, 1, 2)
    data = Data().with_dataset(dataset)
    assert (data.split, data.train_samples, data.validation_samples) == ("column", 2, 1)
    prepared = data.prepare(Pcg64(seed=1).streams().data)
    assert sorted(prepared.train.rows) == [0, 1]
    assert sorted(prepared.validation.rows) == [2]
    assert sorted(prepared.test.rows) == [3, 4]
    assert Data().with_dataset(dataset).with_dataset(dataset.with_split_by("")).split == "random"
    with pytest.raises(InvalidValue, match="The column “colour” does not part the rows: 'blue' is no word"):
        dataset.with_split_by("colour")


def trained(dataset, **changes):
    experiment = Experiment().with_dataset(dataset)
    return Trainer(experiment.with_(data=experiment.data.with_(**changes)))


def big(rows=300):
    lines = [
        f"{i * 37 % 101},{'abc'[i % 3]},{i % 7 if i % 11 else ''},{'yn'[i * i % 5 > 2]}" for i in range(rows)
    ]
    text = "\n".join(["x,k,z,y", *lines])
    return read(text, guess(text))


@pytest.mark.parametrize(
    "changes", [{}, {"split": "stratified"}, {"split": "in_order"}, {"validation_percent": 10}]
)
@pytest.mark.parametrize("targets", [["y"], ["x"], ["x", "z"]])
def test_a_run_on_a_table_goes_on_bit_for_bit(targets, changes):
    trainer = trained(OwnTable.of(big(), targets, missing="mean"), **changes)
    trainer.run(7)
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    assert opened.experiment == trainer.experiment
    resumed = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, resumed):
        each.run(100)
    np.testing.assert_array_equal(trainer.network.parameters, resumed.network.parameters)


def test_a_file_brings_the_table_with_it_once(monkeypatch):
    dataset = OwnTable.of(big(), ["y"])
    data = dumps(SavedExperiment(Experiment().with_dataset(dataset)))
    expected = dataset.arrays.raw.copy()
    monkeypatch.setattr(store, "_CONTENTS", {})
    opened = loads(data).experiment.data.dataset
    np.testing.assert_array_equal(opened.arrays.raw, expected)
    assert opened.with_targets(["x"]).count == 272


@pytest.mark.parametrize(
    "change",
    [
        {"rows": 299},
        {"remaining": 5},
        {"held": ()},
        {"targets": ("none",)},
        {"inputs": ("y",)},
    ],
)
def test_a_file_that_says_other_than_it_holds_is_refused(change):
    dataset = OwnTable.of(big(), ["y"])
    document = dataset.model_dump(mode="json") | change
    with pytest.raises((InvalidValue, FileProblem)):
        samples(OwnTable.build(document))


def test_a_code_that_stands_for_nothing_is_refused():
    dataset = OwnTable.of(big(), ["y"])
    raw = dataset.arrays.raw.copy()
    raw[3, 1] = 3
    content = store.Content(raw, np.empty((300, 0), np.uint8))
    key = store.put(content)
    with pytest.raises(InvalidValue, match="not those that it was made with"):
        samples(OwnTable.build(dataset.model_dump() | {"content": key}))


def test_a_change_of_the_target_is_told_in_words(table):
    dataset = OwnTable.of(table, ["weight"])
    before, after = (Experiment().with_dataset(each) for each in (dataset, dataset.with_targets(["size"])))
    words = [str(change.words) for change in changes(before, after)]
    assert any("Targets" in each for each in words)


def test_gaps_are_looked_for_once(monkeypatch):
    dataset = OwnTable.of(big(), ["y"])
    monkeypatch.setattr(np, "isnan", lambda *_: pytest.fail("the samples were looked at"))
    assert [dataset.with_(missing=way).count for way in ("mean", "drop")] == [300, 272]
    assert dataset.with_targets(["z"]).count == 272


def test_an_edit_elsewhere_does_not_touch_the_table(monkeypatch):
    experiment = Experiment().with_dataset(OwnTable.of(big(), ["y"]))
    monkeypatch.setattr(store, "get", lambda *_: pytest.fail("the samples were asked for"))
    monkeypatch.setattr(np, "isnan", lambda *_: pytest.fail("the samples were looked at"))
    changed = experiment.with_(data=experiment.data.with_(train_percent=60), precision="float64")
    assert changed.problems() == ()
    assert hash(changed.data.dataset) == hash(experiment.data.dataset)
    assert changed != experiment
