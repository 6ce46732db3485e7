"""Data is split, scaled and refused as it should be, and equals TF Playground's to the last digit."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from playground.data import Data, Dataset, Recipe, Scaling, available
from playground.data.datasets.recipes import Circle, Parity, Sine
from playground.data.datasets.wine import Wine
from playground.data.features import XY, SinX, X, XSquared, Y
from playground.data.scaling import MinMax, Standardize
from playground.fields import describe
from playground.randomness import Pcg64, TFPlaygroundRandomness
from playground.value import InvalidValue

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "tf-playground.json").read_text())


def prepare(data):
    return data.prepare(Pcg64().streams().data)


# --- TensorFlow Playground --------------------------------------------------------------------------


@pytest.mark.parametrize("run", GOLDEN, ids=lambda run: run["hash"])
def test_the_split_is_that_of_tf_playground(run):
    link = dict(pair.split("=") for pair in run["hash"].removeprefix("#").split("&"))
    if link.get("problem") == "regression":
        tag = {"reg-plane": "plane", "reg-gauss": "multi_gauss"}[link["regDataset"]]
    else:
        tag = link.get("dataset", "circle")
    data = Data.build({"dataset": {"kind": tag, "noise": float(link.get("noise", 0))}})

    prepared = data.prepare(TFPlaygroundRandomness(seed=link["seed"]).streams().data)

    assert len(prepared.train.targets) == run["train_points"]
    assert len(prepared.test.targets) == run["test_points"]
    x, y, label = run["first_train"]
    np.testing.assert_allclose(prepared.train.raw[0], [x, y], rtol=1e-12)
    target = prepared.train.targets[0]
    found = 2 * target - 1 if prepared.task.kind == "classification" else target
    assert found == pytest.approx(label, rel=1e-12)


# --- preparing --------------------------------------------------------------------------------------


def small(member):
    """A dataset of that class, with as many samples as it takes to split where there is a choice."""
    return member(samples=101) if issubclass(member, Recipe) else member()


@pytest.mark.parametrize("scaling", Scaling.members(), ids=lambda kind: kind.tag())
@pytest.mark.parametrize("member", Dataset.ready(), ids=lambda kind: kind.tag())
def test_every_dataset_is_prepared_with_every_input_and_scaling(member, scaling):
    dataset = small(member)
    split = "in_order" if dataset.overlap else "random"
    data = Data(dataset=dataset, inputs=available(dataset), scaling=scaling(), train_percent=70, split=split)
    prepared = prepare(data)
    count = dataset.count * 70 // 100
    assert [len(prepared.train.targets), len(prepared.test.targets)] == [
        count,
        dataset.count - count - dataset.overlap,
    ]
    assert len(data.input_names) == math.prod(data.input_shape)
    for split in (prepared.train, prepared.test):
        assert split.raw.shape == (len(split.targets), *dataset.shape.sizes)
        assert split.inputs.shape == (len(split.targets), math.prod(data.input_shape))
        missing = dataset.shape.is_sequence and np.isnan(split.raw).reshape(split.inputs.shape)
        assert (np.isfinite(split.inputs) != missing).all()
        np.testing.assert_allclose(prepared.transform(split.raw), split.inputs, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("member", Recipe.members(), ids=lambda kind: kind.tag())
def test_what_is_drawn_keeps_its_range_and_what_is_measured_gets_the_one_seen_in_training(member):
    assert prepare(Data().with_dataset(small(member))).columns == member().columns


def test_the_columns_of_a_table_know_the_range_of_the_training_samples():
    prepared = prepare(Data().with_dataset(Wine()))
    lows, highs = prepared.train.raw.min(axis=0), prepared.train.raw.max(axis=0)
    assert [column.range for column in prepared.columns] == list(zip(lows, highs, strict=True))
    assert [column.name for column in prepared.columns] == [column.name for column in Wine().columns]


def test_no_sample_is_lost_or_doubled_by_the_split():
    data = Data(dataset=Circle(samples=200))
    prepared = prepare(data)
    drawn = data.dataset.take(Pcg64().streams().data)
    together = np.vstack([prepared.train.raw, prepared.test.raw])
    np.testing.assert_array_equal(np.sort(together, axis=0), np.sort(drawn.raw, axis=0))


def test_preparing_again_gives_the_same():
    once, again = prepare(Data()), prepare(Data())
    np.testing.assert_array_equal(once.train.inputs, again.train.inputs)
    np.testing.assert_array_equal(once.test.targets, again.test.targets)


def test_scaling_is_measured_on_the_training_part_alone():
    prepared = prepare(Data(scaling=Standardize(), train_percent=10))
    np.testing.assert_allclose(prepared.train.inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(prepared.train.inputs.std(axis=0), 1)
    assert np.abs(prepared.test.inputs.mean(axis=0)).max() > 1e-6


def test_a_share_too_small_for_one_sample_is_refused_in_a_sentence():
    with pytest.raises(InvalidValue, match="1 % of 10 samples leaves none to train on"):
        Data.build({"dataset": Circle(samples=10), "train_percent": 1})


@pytest.mark.parametrize(("percent", "count"), [(33.3, 166), (99.9, 499), (100, 500), (0.2, 1), (29, 145)])
def test_a_share_may_be_any_fraction_up_to_all(percent, count):
    data = Data(train_percent=percent)
    prepared = prepare(data)
    assert len(prepared.train.targets) == data.train_samples == count
    assert len(prepared.test.targets) == 500 - count


# --- designing --------------------------------------------------------------------------------------


def test_the_default_is_that_of_tf_playground():
    data = Data()
    assert data.dataset == Circle(samples=500, noise=0)
    assert data.inputs == (X(), Y())
    assert data.train_percent == 50


def test_inputs_are_kept_in_the_order_of_tf_playground():
    assert Data(inputs=(SinX(), XY(), X())).inputs == (X(), XY(), SinX())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"inputs": ()}, "inputs: must have at least 1 entries"),
        ({"inputs": (X(), X())}, "inputs: x₁ is there twice"),
        ({"dataset": Sine()}, "inputs: Sine has no input x₂"),
        ({"dataset": Sine(), "inputs": (XY(),)}, "inputs: Sine has no input x₁x₂"),
        ({"dataset": {"kind": "cube"}}, "dataset: is of an unknown kind, 'cube'"),
        ({"dataset": {"kind": "circle", "samples": 9}}, "dataset.samples: must be at least 10, got 9"),
        ({"dataset": {"kind": "circle", "noise": 101}}, "dataset.noise: must be at most 100, got 101"),
        ({"train_percent": 100.1}, "train_percent: must be at most 100, got 100.1"),
        ({"train_percent": 0}, "train_percent: must be above 0, got 0"),
        (
            {"train_percent": 70.5, "validation_percent": 30},
            "training and validation share take 100.5 % of the samples, more than all",
        ),
    ],
)
def test_impossible_data_is_refused_with_its_place(fields, sentence):
    with pytest.raises(InvalidValue) as refusal:
        Data.build(fields)
    assert str(refusal.value).startswith(sentence)


def test_another_dataset_keeps_the_inputs_that_fit():
    data = Data(inputs=(X(), Y(), XSquared()), train_percent=80).with_dataset(Sine())
    assert data.inputs == (X(), XSquared())
    assert data.train_percent == 80


def test_another_dataset_gets_all_that_it_has_where_all_was_given():
    assert Data().with_dataset(Sine()).with_dataset(Circle()).inputs == (X(), Y())
    data = Data().with_dataset(Parity(bits=3))
    assert len(data.inputs_for(Parity(bits=5))) == 5
    assert len(data.with_(inputs=data.inputs[1:]).inputs_for(Parity(bits=2))) == 1


def test_another_dataset_gets_its_coordinates_when_no_input_fits():
    assert Data(inputs=(Y(),)).with_dataset(Sine()).inputs == (X(),)


@pytest.mark.parametrize("member", Dataset.ready(), ids=lambda kind: kind.tag())
def test_data_survives_json(member):
    data = Data(scaling=MinMax(), train_percent=33).with_dataset(small(member))
    assert Data.model_validate_json(data.model_dump_json()) == data


@pytest.mark.parametrize("kind", [Data, *Dataset.ready(), *Scaling.members()], ids=lambda kind: kind.__name__)
def test_every_field_has_a_title_and_a_sentence(kind):
    for field in describe(kind):
        assert field.title
        assert field.help.endswith("."), field.name


@pytest.mark.parametrize(
    ("train", "validation", "expected"),
    [
        (0.5, 0, (1, 0)),  # 0.89 of 178 samples are none, 1 % is one
        (0.7, 0, (0.7, 0)),
        (0.5, 98, (1, 98)),
        (99.5, 0, (99.5, 0)),
        (50, 0, (50, 0)),
    ],
)
def test_shares_leave_some_samples_of_whatever_dataset_is_chosen(train, validation, expected):
    many = Data(dataset=Circle(samples=1000), train_percent=train, validation_percent=validation)
    data = many.with_dataset(Wine())
    assert (data.train_percent, data.validation_percent) == expected


def test_a_share_to_validate_on_is_one_sample_at_least():
    data = Data(dataset=Circle(samples=1000), validation_percent=1).with_dataset(Circle(samples=20))
    assert (data.train_percent, data.validation_percent) == (50, 5)
