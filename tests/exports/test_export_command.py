"""`main.py export`: files, the proof beside them, and a sentence where something is wrong."""

import pytest

from playground.cli.arguments import EXPORT_TARGETS
from playground.exports.targets import targets
from playground.files.experiment_file import SavedExperiment, save
from playground.files.json_object import from_bytes
from playground.training.trainer import Trainer
from widgets.program import main

from small_experiments import table_of  # isort: skip


@pytest.fixture
def trained(tmp_path):
    """A file of a trained network, and its path."""
    experiment = table_of()
    path = tmp_path / "shoes.nnplay"
    save(path, SavedExperiment(experiment, Trainer(experiment).checkpoint()))
    return path


def test_every_target_can_be_asked_for_by_its_name():
    assert set(EXPORT_TARGETS) == set(targets())


def test_a_trained_network_becomes_a_script_with_its_proof(trained, capsys):
    out = trained.with_name("my shoes.py")
    assert main(["export", str(trained), "--to", "numpy", "--out", str(out)]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("Wrote my shoes.py: ")
    assert "in float32 it agrees with the engine" in said[1]
    assert "in float64 it agrees with the engine" in said[2]
    assert from_bytes("proof", out.with_name("my shoes.py.json").read_bytes())["agrees"] is True


def test_nothing_is_run_where_it_is_not_wanted(trained):
    out = trained.with_name("shoes.py")
    assert main(["export", str(trained), "--to", "numpy", "--out", str(out), "--no-verify"]) == 0
    assert out.exists()
    assert not out.with_name("shoes.py.json").exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["spiral", "--to", "numpy", "--out", "{0}/a.py"], "is not trained yet"),
        (["{0}/shoes.nnplay", "--to", "numpy", "--out", "{0}/gone/a.py"], "there is no such folder"),
        (["{0}/shoes.nnplay", "--to", "fortran", "--out", "{0}/a"], "invalid choice"),
        (["{0}/none.nnplay", "--to", "numpy", "--out", "{0}/a.py"], "none.nnplay"),
    ],
)
def test_what_cannot_be_exported_is_one_line(trained, capsys, arguments, why):
    assert main(["export", *(each.format(trained.parent) for each in arguments)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert why in line
    assert {path.name for path in trained.parent.iterdir()} == {"shoes.nnplay"}
