"""A laboratory is saved and opened again as it was; whatever is wrong in a file is said in a sentence."""

import json

import numpy as np
import pytest

from playground.experiment import Experiment
from playground.files import archive, experiment_file
from playground.files.archive import LABORATORY, MEMORY, pack
from playground.files.experiment_file import SavedExperiment, is_laboratory
from playground.files.laboratory_file import SavedLaboratory, dumps, from_json, load, loads, to_json
from playground.files.problem import FileProblem
from playground.labs import Laboratory
from playground.labs.hopfield import Hopfield

MEMORY_OF_ALL = {"weights": np.arange(6.0).reshape(2, 3), "steps": np.array(7)}

every_laboratory = pytest.mark.parametrize("kind", Laboratory.members(), ids=lambda kind: kind.tag())


@every_laboratory
def test_settings_and_memory_survive_to_the_bit(kind):
    saved = loads(dumps(SavedLaboratory(kind.usual(), MEMORY_OF_ALL)))
    assert saved.laboratory == kind.usual()
    assert saved.memory.keys() == MEMORY_OF_ALL.keys()
    for name, values in MEMORY_OF_ALL.items():
        np.testing.assert_array_equal(saved.memory[name], values)


@every_laboratory
def test_whatever_there_is_to_try_survives(kind):
    for each in kind.tries:
        value = kind.usual().with_(**each.changes)
        assert from_json(to_json(value)) == value


def test_the_same_laboratory_gives_the_same_bytes():
    assert dumps(SavedLaboratory(Hopfield())) == dumps(SavedLaboratory(Hopfield()))


def test_a_file_of_a_laboratory_is_told_from_that_of_an_experiment(tmp_path):
    lab, experiment = tmp_path / "lab.nnplay", tmp_path / "experiment.nnplay"
    lab.write_bytes(dumps(SavedLaboratory(Hopfield())))
    experiment_file.save(experiment, SavedExperiment(Experiment()))
    assert is_laboratory(lab)
    assert not is_laboratory(experiment)
    assert not is_laboratory(tmp_path / "none.nnplay")
    assert not is_laboratory(tmp_path)
    assert load(lab).laboratory == Hopfield()
    with pytest.raises(FileProblem, match="holds a laboratory and no experiment"):
        experiment_file.load(lab)


def changed(**fields):
    return json.dumps(json.loads(to_json(Hopfield())) | fields).encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (changed(side=99), "laboratory.json: laboratory.side: must be at most 20, got 99"),
        (changed(patterns=["01x"]), "patterns"),
        (changed(kind="volcano"), "unknown kind, 'volcano'"),
        (changed(format=2), "newer version"),
        (changed(format="old"), "format: must be 1"),
        (changed(more=1), "more: is not known here"),
        (b"[]", "must be an object"),
        (b"\xff", "not text in UTF-8"),
    ],
)
def test_wrong_settings_are_refused_in_a_sentence(content, words):
    with pytest.raises(FileProblem) as problem:
        loads(pack({LABORATORY: content}))
    assert words in str(problem.value)


def test_what_is_damaged_or_foreign_is_refused():
    good = to_json(Hopfield())
    with pytest.raises(FileProblem, match=r"laboratory\.safetensors: is damaged"):
        loads(pack({LABORATORY: good, MEMORY: b"nothing"}))
    with pytest.raises(FileProblem, match="does not belong to a laboratory"):
        loads(pack({LABORATORY: good, archive.PREVIEW: b"x"}))
    with pytest.raises(FileProblem, match="damaged or cut off"):
        loads(dumps(SavedLaboratory(Hopfield()))[:-30])
