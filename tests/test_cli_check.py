"""The `check-gradients` command: a line a layer, and an exit code that says whether all is right."""

import re

import numpy as np
import pytest

from main import main
from playground.engine.activations import Tanh
from playground.files.experiment_file import SavedExperiment, save
from playground.files.sources import resolve
from playground.training.trainer import Trainer


def test_each_layer_has_a_line_with_its_largest_relative_error(capsys):
    assert main(["check-gradients", "digits_cnn", "--entries", "4", "--samples", "2"]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert [re.match(r"(.*): ", line)[1] for line in lines] == [
        "Conv 2D 1 (conv1)",
        "Max pool 1 (pool1)",
        "Conv 2D 2 (conv2)",
        "Max pool 2 (pool2)",
        "Flatten 1 (flatten1)",
        "Output (output)",
    ]
    assert (
        float(re.search(r"largest relative error (\S+), right \(4 of 650 parameters\)", lines[-1])[1]) < 1e-5
    )
    assert lines[-2].endswith(": nothing to check")
    assert last == "The gradient is right, by 2 samples."


def test_a_mistake_is_named_and_the_exit_code_is_1(capsys, monkeypatch):
    monkeypatch.setattr(Tanh, "derivative", lambda self, z, a, out, work: np.copyto(out, a))
    assert main(["check-gradients", "early_stopping", "--entries", "3"]) == 1
    *lines, last = capsys.readouterr().out.splitlines()
    assert "wrong" in lines[0]
    assert "right" in lines[-1]
    assert last == "The gradient is wrong: the mistake is in Dense 2 (hidden2)."


def test_a_file_that_was_trained_is_checked_as_it_stands(tmp_path, capsys):
    trainer = Trainer(resolve("xor").saved.experiment)
    trainer.run_epoch()
    save(tmp_path / "run.nnplay", SavedExperiment(trainer.experiment, trainer.checkpoint()))
    assert main(["check-gradients", str(tmp_path / "run.nnplay")]) == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing_of_that_name"], "no file and no example"),
        (["xor", "--entries", "0"], "must be from 1"),
        (["xor", "--samples", "1001"], "samples: must be at most 1000"),
        ([], "required: SOURCE"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(arguments, said, capsys):
    assert main(["check-gradients", *arguments]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
