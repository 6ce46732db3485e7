"""Painted points are in the file, and a run on them goes on bit for bit."""

import gc
import io
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save

from playground.data import store
from playground.data.datasets.painted import Painted
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.files.problem import FileProblem
from playground.files.upgrades import FORMAT
from playground.training.trainer import Trainer


def five():
    return Painted.empty().with_points([[0, 0], [1, 1], [-3, 2]], 0).with_points([[4, -2], [5, 5]], 1)


def written(painted, checkpoint=None):
    return dumps(SavedExperiment(Experiment().with_dataset(painted), checkpoint))


def with_other_entries(data, change):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in change(entries).items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("make", [Painted.empty, five, lambda: five().by_value()])
def test_a_file_brings_the_points_to_a_program_that_never_saw_them(make):
    painted = make()
    key, places, targets = painted.key, painted.places.copy(), painted.targets.copy()
    data = written(painted)
    del painted
    store.put(Painted.empty().with_points([[2, 2]], 0).arrays)
    gc.collect()
    opened = loads(data).experiment.data.dataset
    gc.collect()
    assert opened.key == key
    np.testing.assert_array_equal(opened.places, places)
    np.testing.assert_array_equal(opened.targets, targets)


def test_a_run_on_painted_points_goes_on_bit_for_bit():
    trainer = Trainer(Experiment().with_dataset(five()))
    trainer.run_epoch()
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    again = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, again):
        each.run_epoch()
    np.testing.assert_array_equal(trainer.network.parameters, again.network.parameters)


def test_points_that_cannot_be_learnt_yet_are_in_the_file_with_what_was_learnt_before():
    trainer = Trainer(Experiment().with_dataset(five()))
    trainer.run_epoch()
    now = Experiment().with_dataset(five().without(np.array([True] * 4 + [False])))
    checkpoint = replace(trainer.checkpoint(), experiment=trainer.experiment)
    opened = loads(dumps(SavedExperiment(now, checkpoint)))
    assert opened.experiment.data.dataset.places.tolist() == [[5, 5]]
    assert opened.checkpoint.experiment.data.dataset.count == 5


def test_an_experiment_without_its_points_says_that_they_are_missing():
    bare = json.dumps({"format": FORMAT} | Experiment().with_dataset(five()).model_dump(mode="json"))
    gc.collect()
    store.put(Painted.empty().arrays)
    experiment = loads(bare.encode()).experiment
    assert [str(problem.text) for problem in experiment.problems()] == ["its samples are not in the file"]


def content(raw, targets):
    """The entry, and the dataset that names it."""
    held = store.Content(np.array(raw), np.array(targets))
    return held.key, save({"raw": np.array(raw), "targets": np.array(targets)})


@pytest.mark.parametrize(
    ("raw", "targets"),
    [
        ([[0.0, 0.0]], [0]),
        ([[0.0], [1.0], [2.0], [3.0], [4.0]], [0, 0, 0, 1, 1]),
        ([[np.nan, 0.0]] * 5, [0, 0, 0, 1, 1]),
        ([[np.inf, 0.0]] * 5, [0, 0, 0, 1, 1]),
        ([[0.0, 0.0]] * 5, [0, 0, 0, 1, 2]),
        ([[0.0, 0.0]] * 5, [0, 0, 0, 1, -1]),
        ([[0.0, 0.0]] * 5, [0.0, 0.0, 0.0, 1.0, 1.0]),
        ([[0, 0]] * 5, [0, 0, 0, 1, 1]),
    ],
)
def test_other_samples_than_such_points_are_refused_in_a_sentence(raw, targets):
    painted = five()
    key, entry = content(raw, targets)

    def change(entries):
        experiment = entries["experiment.json"].decode().replace(painted.key, key)
        return {"experiment.json": experiment.encode(), f"data/{key}.safetensors": entry}

    with pytest.raises(FileProblem, match="its samples are not points of the plane"):
        loads(with_other_entries(written(painted), change))
