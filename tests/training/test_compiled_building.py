"""Machine code is kept in the user's cache folder, made anew when a loop changes, and not needed at all."""

import json
import subprocess
import sys
from importlib.util import find_spec

import numpy as np
import pytest
from machines import COMPILED, needs_numba, read_by_python
from training_examples import experiment, train, two_layers

from playground.cli import bench
from playground.engine.activations import Tanh
from playground.engine.layers import Dense
from playground.training.choosing import Choice
from playground.training.compiled import building, fingerprint, knowledge, machine, registry, rule
from playground.training.trainer import Trainer
from widgets.program import main


@pytest.fixture
def without_numba(monkeypatch):
    monkeypatch.setattr(knowledge, "is_installed", lambda: False)
    monkeypatch.setattr(building, "is_installed", lambda: False)


@pytest.fixture
def slow_loops(monkeypatch):
    """Numba seems to be there, and compiling is Python's reading of the loops."""
    monkeypatch.setattr(knowledge, "is_installed", lambda: True)
    monkeypatch.setattr(machine, "code_of", lambda dtype: read_by_python(dtype.name))


def refusal(capsys, *arguments):
    assert main(["train", "xor", "--epochs", "1", *arguments]) == 2
    return capsys.readouterr().err


def machine_of(tmp_path, *arguments):
    report = tmp_path / "report.json"
    assert main(["train", "xor", "--epochs", "1", "--report", str(report), *arguments]) == 0
    return json.loads(report.read_text())["machine"]


def test_without_numba_numpy_trains_and_nothing_is_said(tmp_path, capsys, without_numba):
    assert machine_of(tmp_path) == "numpy"
    assert "umba" not in capsys.readouterr().out


def test_the_compiled_machine_cannot_be_asked_for_without_numba(capsys, without_numba):
    assert "--machine compiled: Numba is not installed; pip install '.[fast]' adds it." in refusal(
        capsys, "--machine", "compiled"
    )


def test_numpy_can_be_asked_for(tmp_path, monkeypatch, slow_loops):
    monkeypatch.setattr(building, "is_ready", lambda dtype: True)
    assert machine_of(tmp_path, "--machine", "numpy") == "numpy"
    assert machine_of(tmp_path) == "compiled"


def test_a_short_training_does_not_wait_for_compiling(monkeypatch, slow_loops):
    monkeypatch.setattr(building, "is_ready", lambda dtype: False)
    assert Trainer(experiment(), choice=Choice("automatic")).machine.name == "numpy"
    said = []
    patient = Trainer(experiment(), choice=Choice("automatic", lambda: said.append("wait")))
    assert (patient.machine.name, said) == ("compiled", ["wait"])


def test_a_choice_of_the_faster_machine_follows_the_rule(monkeypatch, slow_loops):
    monkeypatch.setattr(building, "is_ready", lambda dtype: True)
    for wins, name in ((True, "compiled"), (False, "numpy")):
        monkeypatch.setattr(rule, "is_faster", lambda network, batch, wins=wins: wins)
        assert Trainer(experiment(), choice=Choice("automatic")).machine.name == name
        assert Trainer(experiment(), choice=COMPILED).machine.name == "compiled"


@pytest.mark.parametrize(
    ("units", "batch", "precision", "wins"),
    [
        (4, 10, "float32", True),
        (64, 1, "float32", True),
        (128, 32, "float32", True),
        (256, 10, "float32", False),
        (256, 10, "float64", True),
        (256, 640, "float64", False),
    ],
)
def test_small_layers_are_the_compiled_machines_and_large_ones_numpys(units, batch, precision, wins):
    """As measured: twice as fast with 64 neurons a layer, a fifth slower with 256 of single precision."""
    layers = tuple(Dense(id=f"dense{n}", units=units) for n in range(2)) + two_layers()[1:]
    assert rule.is_faster(Trainer(experiment(*layers, precision=precision)).network, batch) is wins


def test_another_formula_makes_other_machine_code(monkeypatch):
    def other(z, a):
        for i in range(len(z)):
            a[i] = np.tanh(2 * z[i])

    monkeypatch.setattr(fingerprint, "version", lambda name: "1.0")
    before = fingerprint.fingerprint.__wrapped__()
    assert fingerprint.fingerprint.__wrapped__() == before
    loops = [other if loop is Tanh.forward_loop else loop for loop in registry.codes()]
    monkeypatch.setattr(fingerprint, "codes", lambda: loops)
    assert fingerprint.fingerprint.__wrapped__() != before


def test_a_cache_folder_that_cannot_be_written_is_said_once_and_does_without(tmp_path, monkeypatch, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setattr(building, "cache_folder", lambda: blocked)
    monkeypatch.setattr(building, "fingerprint", lambda: "x")
    monkeypatch.setattr(building, "_module", building._module.__wrapped__)
    monkeypatch.setattr(building, "_made_without_file", read_by_python)
    monkeypatch.setattr(building, "NOT_KEPT", [])
    monkeypatch.setattr(machine, "NOT_KEPT", building.NOT_KEPT)
    monkeypatch.setattr(knowledge, "is_installed", lambda: True)
    monkeypatch.setattr(machine, "code_of", lambda dtype: building._code_of.__wrapped__(dtype.name))
    assert main(["train", "xor", "--epochs", "1", "--machine", "compiled"]) == 0
    assert capsys.readouterr().out.count("could not be kept") == 1


@needs_numba
@pytest.mark.timeout(600)
def test_compiled_steps_are_found_again_in_the_cache_folder():
    """A second program would load them: the folder holds Numba's files."""
    start = experiment(precision="float32")
    trainer = Trainer(start, choice=COMPILED)
    train(trainer, 5)
    assert building.is_ready(trainer.network.dtype)
    assert list((building.cache_folder() / "__pycache__").glob(f"{building._file().stem}*.nbc"))


def test_bench_measures_who_is_there(capsys, monkeypatch, without_numba):
    monkeypatch.setattr(bench, "NETWORKS", bench.NETWORKS[:1])
    assert main(["bench", "--json", "--seconds", "0.001"]) == 0
    found = json.loads(capsys.readouterr().out)["networks"]
    speeds = found[0]["steps_per_second"]
    assert found[0]["network"] == "2-4-2-1 tanh, 10"
    assert {"NumPy", "scikit-learn"} <= set(speeds)
    assert "compiled" not in speeds
    assert min(speeds.values()) > 0


def test_numba_is_not_loaded_where_numpy_trains():
    assert find_spec("playground.training.compiled.jit") is not None
    modules = [machine, registry, building, knowledge, rule]
    assert all("numba" not in vars(module) for module in modules)


def test_asking_for_the_machine_does_not_load_numba_before_anything_is_compiled():
    code = (
        "import sys; import playground.training.compiled.machine, playground.training.compiled.rule;"
        "print('numba' in sys.modules)"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "False"
