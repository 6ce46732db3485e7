"""The `check-gradients` command: a line a layer, and an exit code that says whether all is right."""

import re

import numpy as np
import pytest

from playground.engine.activations import Tanh
from playground.files.experiment_file import SavedExperiment, save
from playground.files.sources import resolve
from playground.training.trainer import Trainer
from widgets.program import main


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


def test_any_number_has_its_curve_of_errors_by_all_steps(capsys):
    assert main(["check-gradients", "xor", "--curve", "output:weights[0,2]"]) == 0
    head, titles, *lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r"output:weights\[0,2\]: gradient (\S+), difference \S+, relative error \S+, right", head
    )
    assert titles.split("  ")[-1].strip() == "to one side"
    errors = np.array([[float(number) for number in line.split()] for line in lines])
    np.testing.assert_allclose(errors[:, 0], 10.0 ** -np.arange(1, 13))
    assert errors[:, 1].argmin() in (3, 4, 5)
    assert errors[0, 1] > 1e3 * errors[:, 1].min() < errors[-1, 1]
    np.testing.assert_allclose(errors[:3, 2] / errors[1:4, 2], 10, rtol=0.1)  # its error grows with h


def test_a_curve_of_a_wrong_derivative_stays_up(capsys, monkeypatch):
    monkeypatch.setattr(Tanh, "derivative", lambda self, z, a, out, work: np.copyto(out, a))
    assert main(["check-gradients", "xor", "--curve", "hidden:weights[1,0]"]) == 1
    head, _, *lines = capsys.readouterr().out.splitlines()
    assert head.endswith(", wrong")
    assert min(float(line.split()[1]) for line in lines) > 1e-2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["xor", "--curve", "hidden"], "must be a layer, an array and a place such as hidden:weights[0,1]"),
        (["xor", "--curve", "deep:weights[0,1]"], "There is no layer deep; there are hidden, output."),
        (["xor", "--curve", "output:gamma[0]"], "The layer output has no gamma; it has weights, bias."),
        (["xor", "--curve", "output:bias[1]"], "bias of the layer output are 1, counted from 0, and [1] is"),
        (["digits_cnn", "--curve", "pool1:weights[0]"], "The layer pool1 has no parameters."),
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
