"""What is saved is what is opened, to the last bit and for every kind of thing there is."""

import io
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.analysis.diagnosis.troubles import Trouble
from playground.analysis.inspections import Inspection
from playground.data import Augmentation, Brought, Dataset, Feature, Scaling, available
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle
from playground.data.datasets.wine import Wine
from playground.data.spaces import Space
from playground.engine.activations import Activation
from playground.engine.clipping import Clipping
from playground.engine.graph import Architecture
from playground.engine.initializers import Initializer
from playground.engine.layers import Dense, Layer
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer
from playground.engine.schedules import Schedule
from playground.engine.stopping import Stopping
from playground.experiment import Experiment
from playground.fields import describe
from playground.files import archive, history_table
from playground.files.experiment_file import SavedExperiment, dumps, load, loads, save
from playground.files.problem import FileProblem
from playground.labs import Laboratory
from playground.labs.race.terrain import Terrain
from playground.randomness import Randomness
from playground.training.marks import Mark
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight
from playground.value import Kind


def assert_same_numbers(found, expected):
    assert set(found) == set(expected)
    for name in expected:
        assert found[name].dtype == expected[name].dtype, name
        assert found[name].shape == expected[name].shape, name
        assert found[name].tobytes() == np.ascontiguousarray(expected[name]).tobytes(), name


def assert_same_checkpoint(found, expected):
    assert (found.epoch, found.step, found.numbers["batch"]) == (
        expected.epoch,
        expected.step,
        expected.numbers["batch"],
    )
    assert found.numbers["streams"] == expected.numbers["streams"]
    assert found.numbers["marks"] == expected.numbers["marks"]
    assert list(found.history) == list(expected.history)
    assert_same_numbers(found.learnt, expected.learnt)
    assert_same_numbers(found.remembered, expected.remembered)
    assert_same_numbers(found.history, expected.history)


# --- whole files ------------------------------------------------------------------------------------


def test_a_trained_experiment_survives_bit_for_bit(trained, tmp_path):
    path = tmp_path / "moon.nnplay"
    save(path, trained)
    opened = load(path)
    assert opened.experiment == trained.experiment
    assert opened.preview == trained.preview
    assert trained.checkpoint.numbers["batch"] == 2
    assert trained.checkpoint.remembered
    assert_same_checkpoint(opened.checkpoint, trained.checkpoint)


def test_marks_of_changes_survive(trained):
    trainer = Trainer(trained.experiment, trained.checkpoint)
    training = trained.experiment.training
    trainer.apply(trained.experiment.with_(training=training.with_(batch_size=5)))
    trainer.run(3)
    trainer.set_weight(TypedWeight("dense2", 0, 0, -1.5))

    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))

    assert len(opened.checkpoint.numbers["marks"]) == 2
    assert [Mark.build(mark) for mark in opened.checkpoint.numbers["marks"]] == [
        *trainer.recorder.marks.all()
    ]


def test_an_experiment_needs_neither_checkpoint_nor_preview():
    opened = loads(dumps(SavedExperiment(Experiment())))
    assert opened == SavedExperiment(Experiment(), None, b"")


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf", b"\n  "], ids=["plain", "bom", "spaces"])
def test_a_bare_experiment_opens_too(trained, tmp_path, prefix):
    with zipfile.ZipFile(io.BytesIO(dumps(trained))) as entries:
        text = entries.read("experiment.json")
    path = tmp_path / "experiment.json"
    path.write_bytes(prefix + text)
    assert load(path) == SavedExperiment(trained.experiment)


def test_the_same_thing_gives_the_same_bytes(trained):
    assert dumps(trained) == dumps(loads(dumps(trained)))


def test_a_file_is_an_ordinary_archive(trained):
    with zipfile.ZipFile(io.BytesIO(dumps(trained))) as entries:
        assert entries.testzip() is None
        assert set(entries.namelist()) == {
            "experiment.json",
            "session.json",
            "parameters.safetensors",
            "optimizer.safetensors",
            "history.csv",
            "preview.png",
        }
        assert entries.read("experiment.json").startswith(b'{\n "format": 4,\n "data": {')
        assert entries.read("history.csv").startswith(b"epoch,step,learning_rate,")


def test_what_could_not_be_opened_again_is_not_saved(tmp_path, monkeypatch, trained):
    monkeypatch.setitem(archive.LIMITS, "history.csv", 10)
    with pytest.raises(FileProblem, match=r"^history\.csv: is too large, more than 0 MiB$"):
        save(tmp_path / "large.nnplay", trained)
    assert list(tmp_path.iterdir()) == []


# --- every member of every family -------------------------------------------------------------------


def values(cls):
    """Values of a class, every one of its fields anywhere within its bounds."""
    fields = {
        field.name: within(field) for field in describe(cls) if not field.hidden and field.type is not tuple
    }
    return st.builds(cls, **{name: strategy for name, strategy in fields.items() if strategy is not None})


def within(field):
    if field.members:
        plain = [member for member in field.members if not any(inner.members for inner in describe(member))]
        return st.sampled_from(plain).flatmap(values)
    if field.choices:
        return st.sampled_from(field.choices)
    if field.type is bool:
        return st.booleans()
    if field.type is int:
        return st.integers(int(field.low), int(field.high))
    if field.type is float:
        return st.floats(field.low, field.high, exclude_min=field.above, exclude_max=field.below)
    if field.name == "expression":
        return st.sampled_from(["x₁", "sin(3 x1) − 0.5", "|x1|² / (1 + e^−x₁)"])
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


BASE = Experiment()


def with_output(**changes):
    return BASE.with_(network=Architecture(layers=(Dense(id="output", units=1, **changes),)))


def varied_data(augmentation):
    """Data that it fits, where there are such without a file."""
    fitting = (dataset for dataset in (Circle(), Wine(), Digits()) if augmentation.fits(dataset))
    dataset = next(fitting, None)
    return BASE.data.with_dataset(dataset).with_(augmentations=(augmentation,)) if dataset else BASE.data


PLACES = {
    Dataset: lambda value: BASE.with_(data=BASE.data.with_dataset(value)),
    Augmentation: lambda value: BASE.with_(data=varied_data(value)),
    Scaling: lambda value: BASE.with_(data=BASE.data.with_(scaling=value)),
    Layer: lambda value: BASE.with_(network=Architecture(layers=(value, *BASE.network.layers))),
    Activation: lambda value: with_output(activation=value),
    Initializer: lambda value: with_output(initializer=value),
    Loss: lambda value: BASE.with_(training=BASE.training.with_(loss=value)),
    Optimizer: lambda value: BASE.with_(training=BASE.training.with_(optimizer=value)),
    Clipping: lambda value: BASE.with_(training=BASE.training.with_(clipping=value)),
    Stopping: lambda value: BASE.with_(training=BASE.training.with_(stopping=value)),
    Schedule: lambda value: BASE.with_(training=BASE.training.with_(schedule=value)),
    Regularizer: lambda value: BASE.with_(training=BASE.training.with_(regularizer=value)),
    Randomness: lambda value: BASE.with_(randomness=value),
}
OTHERWISE = {Feature, Space, Laboratory, Terrain, Inspection, Trouble}
"""Inputs belong to their datasets (see below); spaces and looks inside to the window; laboratories have files
of their own, with their terrains; and no file holds what is wrong.
"""

ROOMS_OF_THEIR_OWN = tuple(f"playground.{room}." for room in ("labs", "search", "exports", "lessons"))
"""Families of these are known once one of them was used, and no experiment holds them."""

MEMBERS = [
    (family, member) for family in PLACES for member in family.members() if not issubclass(member, Brought)
]
"""What a person brings is tested where it is read or made."""


def test_every_family_is_tested():
    families = {family for family in Kind.__subclasses__() if family.members()}
    ours = {family for family in families if family.__module__.startswith("playground.")}
    of_others = {family for family in ours if family.__module__.startswith(ROOMS_OF_THEIR_OWN)}
    assert ours - of_others == {*PLACES, *OTHERWISE} - of_others


@pytest.mark.parametrize("member", Dataset.ready(), ids=lambda member: member.tag())
def test_every_input_of_every_dataset_survives(member):
    start = BASE.data.with_dataset(member())
    for feature in available(start.dataset):
        experiment = BASE.with_(data=start.with_(inputs=(feature,)))
        assert loads(dumps(SavedExperiment(experiment))).experiment == experiment


@pytest.mark.parametrize(("family", "member"), MEMBERS, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=10, deadline=None)
def test_every_member_survives(family, member, data):
    experiment = PLACES[family](data.draw(values(member)))
    assert loads(dumps(SavedExperiment(experiment))).experiment == experiment


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("regularizer", Regularizer.members(), ids=lambda kind: kind.tag())
@pytest.mark.parametrize("optimizer", Optimizer.members(), ids=lambda kind: kind.tag())
def test_an_opened_run_goes_on_as_if_it_had_never_stopped(optimizer, regularizer, precision, trained):
    training = trained.experiment.training.with_(optimizer=optimizer(), regularizer=regularizer())
    experiment = trained.experiment.with_(training=training, precision=precision)
    trainer = Trainer(experiment)
    trainer.run_epoch()
    trainer.run(2)
    opened = loads(dumps(SavedExperiment(experiment, trainer.checkpoint())))
    resumed = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, resumed):
        each.run_epoch()
        each.run(3)
    assert_same_checkpoint(resumed.checkpoint(), trainer.checkpoint())


# --- history ----------------------------------------------------------------------------------------


@given(
    arrays.arrays(np.float64, arrays.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=6)),
    st.lists(st.text("abc .,\"\n'xyz", max_size=8), min_size=6, max_size=6, unique=True),
)
@settings(max_examples=100, deadline=None)
def test_history_keeps_every_digit(table, names):
    table = np.where(np.isnan(table), np.nan, table)  # of the many NaN, the one that an empty cell is
    history = dict(zip(names, table, strict=False))
    opened = history_table.from_bytes(history_table.to_bytes(history))
    assert list(opened) == list(history)
    assert_same_numbers(opened, history)


def test_history_is_a_table_that_people_can_read():
    history = {"epoch": np.array([0.0, 1.0]), "train_loss": np.array([0.1 + 0.2, np.nan])}
    assert history_table.to_bytes(history) == b"epoch,train_loss\n0,0.30000000000000004\n1,\n"
