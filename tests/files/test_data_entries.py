"""A file holds the samples of a dataset that has them, and is opened by them alone."""

import io
import zipfile

import numpy as np
import pytest

from playground.data import Carried, store
from playground.data.datasets.digits import Digits
from playground.data.datasets.wine import Wine
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.files.problem import FileProblem
from playground.text import say
from playground.training.trainer import Trainer
from playground.value import InvalidValue

ENTRY = f"data/{Wine.content}.safetensors"


def saved(dataset):
    return dumps(SavedExperiment(Experiment().with_dataset(dataset)))


def changed(data, **entries):
    """The archive with some entries put in place of, or beside, its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (contents | entries).items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def without_library(monkeypatch):
    """A program that was just started, on a machine whose library does not have the samples."""
    monkeypatch.setattr(store, "_CONTENTS", {})

    def refuse(self):
        raise InvalidValue(say("library", "the library is not there"))

    for member in Carried.ready():
        monkeypatch.setattr(member, "load", refuse)


@pytest.mark.parametrize("dataset", [Wine(), Digits()], ids=lambda dataset: dataset.tag())
def test_a_file_brings_its_samples_with_it(dataset, request):
    data = saved(dataset)
    expected = dataset.arrays
    request.getfixturevalue("without_library")
    experiment = loads(data).experiment
    np.testing.assert_array_equal(experiment.data.dataset.arrays.raw, expected.raw)
    Trainer(experiment).run_epoch()


def test_without_its_samples_a_file_opens_and_says_what_is_missing(request):
    experiment = Experiment().with_dataset(Wine())
    request.getfixturevalue("without_library")
    data = dumps(SavedExperiment(experiment))
    assert loads(data).experiment == experiment
    with pytest.raises(InvalidValue, match="the library is not there"):
        Trainer(experiment)


@pytest.mark.parametrize("dataset", [Wine(), Digits()], ids=lambda dataset: dataset.tag())
def test_a_run_on_samples_goes_on_bit_for_bit(dataset):
    trainer = Trainer(Experiment().with_dataset(dataset))
    trainer.run(7)
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    resumed = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, resumed):
        each.run(300)
        each.run(300)
    np.testing.assert_array_equal(trainer.network.parameters, resumed.network.parameters)


def test_samples_that_were_changed_are_refused():
    data = saved(Wine())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = bytearray(archive.read(ENTRY))
    content[-1] ^= 1
    with pytest.raises(FileProblem, match=f"{ENTRY}: is damaged"):
        loads(changed(data, **{ENTRY: bytes(content)}))


@pytest.mark.parametrize("content", [b"", b"none", b"{}" * 100])
def test_samples_that_are_none_are_refused(content):
    with pytest.raises(FileProblem, match="is damaged"):
        loads(changed(saved(Wine()), **{ENTRY: content}))


def test_samples_of_another_dataset_are_refused():
    other = f"data/{Digits.content}.safetensors"
    with pytest.raises(FileProblem, match="does not belong to this experiment"):
        loads(changed(saved(Wine()), **{other: b"x"}))


@pytest.mark.parametrize("name", ["data/../x.safetensors", "data/0.safetensors", "data/"])
def test_only_a_hash_names_samples(name):
    with pytest.raises(FileProblem, match="does not belong there"):
        loads(changed(saved(Wine()), **{name: b"x"}))


def test_a_drawn_dataset_has_no_samples_in_its_file():
    with zipfile.ZipFile(io.BytesIO(dumps(SavedExperiment(Experiment())))) as archive:
        assert archive.namelist() == ["experiment.json"]
