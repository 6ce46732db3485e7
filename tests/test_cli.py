"""The headless commands: what they train and write, and how they refuse what cannot be."""

import csv
import errno
import io
import json
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from playground.cli.stopping import SIGNALS, stoppable
from playground.data.datasets.painted import Painted
from playground.engine.initializers import Zeros
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, load, save
from playground.files.sources import resolve
from playground.training.machine import Divergence
from playground.training.trainer import Trainer
from widgets.program import main

ROOT = Path(__file__).parent.parent
LINK = "https://playground.tensorflow.org/#dataset=gauss&seed=0.5&networkShape="


def run(*arguments):
    return main([str(argument) for argument in arguments])


@pytest.fixture
def refused(capsys):
    """Runs a command that must fail; gives its one line on stderr."""

    def refuse(*arguments):
        assert run(*arguments) == 2
        lines = capsys.readouterr().err.splitlines()
        assert len(lines) == 1
        return lines[0]

    return refuse


# --- training ---------------------------------------------------------------------------------------


def test_an_example_trains_and_says_so_in_about_ten_lines(capsys):
    assert run("train", "xor", "--epochs", 200) == 0
    first, *lines, last = capsys.readouterr().out.splitlines()
    assert first.startswith("epoch   0: training loss")
    assert lines[-1].startswith("epoch 200: ")
    assert 9 <= len(lines) <= 11
    assert last.startswith("Trained 200 epochs (7,000 steps)")


def test_the_best_weights_are_back_when_the_epochs_run_out(tmp_path, capsys):
    assert run("train", "early_stopping", "--epochs", 40, "--report", tmp_path / "report.json") == 0
    trainer = Trainer(resolve("early_stopping").saved.experiment)
    losses = []
    while trainer.epoch < 40:
        trainer.run_epoch()
        losses.append((trainer.recorder.validation.loss, trainer.epoch, trainer.recorder.measures[1].loss))
    _, best, test_loss = min(losses)
    assert best < 40
    assert json.loads((tmp_path / "report.json").read_text())["test_loss"] == test_loss
    assert capsys.readouterr().out.rstrip().endswith(f"by the weights of epoch {best}")


def test_training_that_stops_early_says_so_and_is_no_failure(tmp_path, capsys):
    assert run("train", "early_stopping", "--report", tmp_path / "report.json") == 0
    *_, last = capsys.readouterr().out.splitlines()
    figures = json.loads((tmp_path / "report.json").read_text())
    assert figures["outcome"] == "stopped early"
    assert figures["epochs"] < 1000
    assert last.startswith(f"Stopped early after {figures['epochs']} epochs")


def test_an_example_is_found_in_any_case(capsys):
    assert run("train", "Three_Classes", "--epochs", 1) == 0


def test_a_link_trains(capsys):
    assert run("train", LINK, "--epochs", 3) == 0


def test_it_ends_at_the_experiments_own_last_epoch(tmp_path, capsys):
    run("train", short(tmp_path, epochs=7), "--report", tmp_path / "report.json")
    assert report(tmp_path)["total_epochs"] == 7


def test_the_report_says_what_is_wrong(tmp_path, capsys):
    flat = resolve("xor").saved.experiment
    layers = tuple(layer.with_(initializer=Zeros()) for layer in flat.network.layers)
    save(tmp_path / "flat.nnplay", SavedExperiment(flat.with_(network=flat.network.with_(layers=layers))))
    assert run("train", tmp_path / "flat.nnplay", "--epochs", 2, "--report", tmp_path / "report.json") == 0
    (finding,) = report(tmp_path)["findings"]
    assert (finding["trouble"], finding["layer"], finding["grave"]) == ("symmetric", "hidden", True)
    assert finding["evidence"] == "All weights of Dense 1 are 0."
    assert "New weights by Xavier" in finding["cures"]


def test_the_report_holds_the_figures(tmp_path, capsys):
    assert run("train", "xor", "--epochs", 4, "--report", tmp_path / "report.json") == 0
    figures = report(tmp_path)
    assert (figures["outcome"], figures["epochs"], figures["steps"]) == ("finished", 4, 140)
    assert figures["steps_per_second"] == pytest.approx(figures["steps"] / figures["seconds"])
    assert 0 < figures["train_loss"] < 1
    assert 0 < figures["test_loss"] < 1
    assert 0 < figures["metrics"]["train"]["accuracy"] <= 1
    assert 0 < figures["metrics"]["test"]["accuracy"] <= 1
    assert (figures["parameters"], figures["precision"], figures["seed"]) == (25, "float32", 42)


def test_the_history_begins_before_training(tmp_path, capsys):
    run("train", "xor", "--epochs", 3, "--history", tmp_path / "history.csv")
    names, *rows = csv.reader(io.StringIO((tmp_path / "history.csv").read_text()))
    assert names[:5] == ["epoch", "step", "learning_rate", "train_loss", "test_loss"]
    assert [row[:3] for row in rows] == [[str(e), str(35 * e), "0.1"] for e in range(4)]


def test_the_history_ends_with_the_last_epoch_even_when_it_is_thinned(tmp_path, capsys):
    run("train", "xor", "--epochs", 2003, "--history", tmp_path / "history.csv")
    last = (tmp_path / "history.csv").read_text().splitlines()[-1]
    assert last.startswith("2003,")


def test_a_saved_run_goes_on_as_if_it_had_never_stopped(tmp_path, capsys):
    halfway, twice = tmp_path / "halfway.nnplay", tmp_path / "twice.nnplay"
    assert run("train", "xor", "--epochs", 3, "--save", halfway) == 0
    assert run("train", halfway, "--epochs", 4, "--save", twice) == 0
    at_once = Trainer(resolve("xor").saved.experiment)
    while at_once.epoch < 7:
        at_once.run_epoch()
    checkpoint = load(twice).checkpoint
    assert checkpoint.epoch == 7
    for name, tensor in at_once.checkpoint().learnt.items():
        np.testing.assert_array_equal(checkpoint.learnt[name], tensor)


def test_painted_points_train_from_their_file_and_too_few_are_refused(tmp_path, capsys, refused):
    path, again = tmp_path / "painted.nnplay", tmp_path / "again.nnplay"
    few = Painted.empty().with_points([[-2, -2], [-3, 1]], 0)
    experiment = Experiment().with_dataset(few)
    save(path, SavedExperiment(experiment))
    assert refused("train", path).endswith(
        "Paint at least one point of another class; all are of class −1 so far."
    )
    more = experiment.with_dataset(few.with_points([[2, 2], [3, -1]], 1))
    save(path, SavedExperiment(more))
    assert run("train", path, "--epochs", 3, "--save", again) == 0
    assert load(again).experiment == more
    assert load(again).checkpoint.epoch == 3


def test_a_run_that_has_reached_its_end_has_nothing_left_to_do(tmp_path, capsys):
    done = tmp_path / "done.nnplay"
    run("train", short(tmp_path, epochs=2), "--save", done)
    assert run("train", done, "--report", tmp_path / "report.json") == 0
    assert (report(tmp_path)["steps"], report(tmp_path)["total_epochs"]) == (0, 2)


def test_what_may_surprise_in_a_link_is_said_first(capsys):
    assert run("train", "see https://playground.tensorflow.org/#dataset=moons&seed=1!", "--epochs", 1) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "dataset: TensorFlow Playground has no 'moons', and takes circle."
    assert said[1].startswith("epoch 0: ")


def test_a_run_that_never_learns_or_has_nothing_to_test_on_says_so(capsys):
    link = "https://playground.tensorflow.org/#batchSize=501&percTrainData=100&seed=1"
    assert run("train", link, "--epochs", 1) == 0
    said = capsys.readouterr().out
    assert "Nothing is learnt: the batch of 501 is larger than the 500 training samples" in said
    assert "no samples to test on" in said
    assert "nan" not in said


def test_a_divergence_names_layer_and_step_and_still_writes_the_files(tmp_path, refused):
    line = refused(
        "train",
        diverging(tmp_path),
        "--save",
        tmp_path / "saved.nnplay",
        "--report",
        tmp_path / "report.json",
    )
    saved, step = load(tmp_path / "saved.nnplay"), report(tmp_path)["divergence"]["step"]
    broken = Divergence(report(tmp_path)["divergence"]["layer"], step)
    assert line == f"error: {broken.sentence(saved.experiment.network)}"
    assert f"at step {step:,}." in line
    assert report(tmp_path)["outcome"] == "diverged"
    assert load(tmp_path / "saved.nnplay").checkpoint.step == report(tmp_path)["total_steps"]


def test_an_impossible_network_is_refused_with_the_layer(tmp_path, refused):
    experiment = resolve("xor").saved.experiment
    hidden, output = experiment.network.layers
    wrong = experiment.with_(network=experiment.network.with_(layers=(hidden, output.with_(units=2))))
    save(tmp_path / "wrong.nnplay", SavedExperiment(wrong))
    assert "layer output: " in refused("train", tmp_path / "wrong.nnplay")


def raise_while_training(number, monkeypatch):
    """Let this signal come once, when some has been learnt; returns what tells whether it came."""
    genuine, runs, raised = Trainer.run, [], []

    def train(trainer, steps):
        runs.append(steps)
        if len(runs) == 3:
            signal.raise_signal(number)
            raised.append(number)
        return genuine(trainer, steps)

    monkeypatch.setattr(Trainer, "run", train)
    return raised


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_ends_between_two_steps_and_saves(number, usual_signals, tmp_path, capsys, monkeypatch):
    saved = tmp_path / "saved.nnplay"
    raise_while_training(number, monkeypatch)
    assert run("train", "xor", "--epochs", 1_000_000, "--save", saved) == 128 + number
    assert capsys.readouterr().out.splitlines()[-1].startswith("Stopped after ")
    trainer = Trainer(*opened(saved))
    assert trainer.step == trainer.epoch * trainer.steps_per_epoch + trainer.machine.batch > 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
def test_a_hangup_that_is_ignored_stays_ignored(usual_signals, tmp_path, capsys, monkeypatch):
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    raised = raise_while_training(signal.SIGHUP, monkeypatch)
    assert run("train", "xor", "--epochs", 20) == 0
    assert raised


def test_ctrl_c_again_stops_at_once(usual_signals):
    with stoppable() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.code == 130
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_sigterm_again_waits_for_the_files(usual_signals):
    with stoppable() as stop:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
    assert stop.code == 143


def test_slow_steps_are_taken_one_by_one(tmp_path, capsys, monkeypatch):
    taken = []
    now = iter(range(1_000_000))
    monkeypatch.setattr("playground.cli.train.perf_counter", lambda: next(now))
    genuine = Trainer.run
    monkeypatch.setattr(Trainer, "run", lambda self, steps: taken.append(steps) or genuine(self, steps))
    assert run("train", "xor", "--epochs", 1) == 0
    assert taken == [1] * 35


def test_a_terminal_gets_a_bar(monkeypatch, capsys):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert run("train", "xor", "--epochs", 50) == 0
    assert "━" in terminal.getvalue()
    assert "epoch 50 of 50" in terminal.getvalue()


class Terminal(io.StringIO):
    def isatty(self):
        return True


# --- refusing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("missing.nnplay", "there is no such file"),
        ("folder/missing", "there is no such file"),
        (".", "It is empty"),
        ("spirl", "Did you mean spiral?"),
        ("xo", "Did you mean xor?"),
        ("nonsense", "The examples are one_neuron, xor, "),
        ("https://example.com/#dataset=xor", "is a link neither of this program"),
        ("https://playground.tensorflow.org/#batchSize=abc", "batchSize"),
        ("https://playground.tensorflow.org/#noise=1&batchSize=many", "batchSize"),
        ("", "There is no file"),
    ],
)
def test_a_source_that_cannot_be_opened_is_refused(source, words, refused, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert words in refused("train", source)


@pytest.mark.parametrize("content", [b"", b"{", b"PK\x03\x04", b"\x00" * 100, b'{"format": 99}', b"[]"])
def test_a_bad_file_is_refused_by_name(content, refused, tmp_path):
    (tmp_path / "bad.nnplay").write_bytes(content)
    assert "bad.nnplay: " in refused("train", tmp_path / "bad.nnplay")


def test_several_problems_of_a_file_are_one_line(refused, tmp_path):
    (tmp_path / "bad.json").write_text('{"format": 1, "x": 1, "y": 2, "precision": "float16"}')
    line = refused("train", tmp_path / "bad.json")
    assert line.count("experiment.json") == 3


@pytest.mark.parametrize("epochs", ["0", "-1", "abc", "1.5", "", "99999999999", "nan"])
def test_a_number_of_epochs_that_cannot_be_is_refused(epochs, refused):
    assert "--epochs" in refused("train", "xor", f"--epochs={epochs}")


@pytest.mark.parametrize("option", ["--save", "--history", "--report"])
@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere/x", "there is no such folder"), ("", "it is a folder"), ("file/x", "folder")],
)
def test_a_place_that_cannot_be_written_is_refused_before_training(option, name, words, refused, tmp_path):
    (tmp_path / "file").touch()
    line = refused("train", "xor", "--epochs", 1_000_000, option, tmp_path / name)
    assert words in line


def test_what_is_no_ordinary_file_is_not_replaced(refused):
    assert "it is not a file" in refused("train", "xor", "--save", os.devnull)


def test_a_file_that_fails_to_be_written_does_not_keep_the_others_from_it(tmp_path, refused, monkeypatch):
    monkeypatch.setattr("playground.cli.train.check_writable", lambda path: None)
    line = refused(
        "train", "xor", "--epochs", 1, "--save", tmp_path / "no" / "x", "--report", tmp_path / "report.json"
    )
    assert "Could not save to " in line
    assert report(tmp_path)["epochs"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["train"],
        ["train", "xor", "moons"],
        ["train", "xor", "--epoch", "3"],
        ["train", "xor", "--save"],
        ["render", "xor"],
        ["render", "xor", "--out", "picture.jpg"],
        ["render", "xor", "--out", "a.png", "--theme", "pink"],
        *(
            ["render", "xor", "--out", "a.png", "--size", size]
            for size in ["", "1440", "0x900", "axb", "9x9", "-1x2"]
        ),
        ["xor", "--nonsense"],
        ["xor", "spiral"],
    ],
    ids=" ".join,
)
def test_a_command_line_that_cannot_be_understood_is_refused(arguments, refused):
    assert "--help" in refused(*arguments)


def test_an_unexpected_fault_is_one_line(refused, monkeypatch):
    monkeypatch.setattr("playground.files.sources.load", lambda path: 1 // 0)
    assert "Unexpected fault, please report it: ZeroDivisionError in test_cli.py" in refused(
        "train", "a.nnplay"
    )


@pytest.mark.parametrize("size", ["999x900", "1440x559", "800x600"])
def test_a_picture_too_small_for_the_window_is_refused_with_the_smallest_size(refused, size):
    assert "at least 1000x560" in refused("render", "xor", "--out", "a.png", "--size", size)


def test_a_picture_too_large_is_refused_with_the_largest_size(refused):
    assert "at most 10000x10000" in refused("render", "xor", "--out", "a.png", "--size", "20000x900")


# --- as a process -----------------------------------------------------------------------------------


def process(*arguments, **options):
    command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def test_the_program_trains_from_any_folder(tmp_path):
    done = process("train", "xor", "--epochs", 5, "--save", "xor.nnplay", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert load(tmp_path / "xor.nnplay").checkpoint.epoch == 5


@pytest.mark.parametrize("arguments", [["train", "nothing"], ["train", "xor", "--epochs", "0"], ["nothing"]])
def test_the_program_refuses_in_one_line(arguments):
    done = process(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_a_divergence_is_one_line_of_the_program(tmp_path):
    done = process("train", diverging(tmp_path))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_leaves_is_no_fault():
    command = f'"{sys.executable}" "{ROOT / "main.py"}" train xor --epochs 100 | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""


def test_the_files_are_written_when_the_reader_leaves(tmp_path):
    program = f'"{sys.executable}" "{ROOT / "main.py"}" train xor --epochs 100 --save a.nnplay'
    done = subprocess.run(
        f"{program} | head -1", shell=True, capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.stderr == ""
    assert load(tmp_path / "a.nnplay").checkpoint.epoch == 100


# --- pictures ---------------------------------------------------------------------------------------


def test_a_picture_of_the_window_needs_no_display(tmp_path):
    picture = tmp_path / "xor.png"
    without = {name: value for name, value in os.environ.items() if name not in DISPLAYS}
    options = ["--epochs", 3, "--size", "1100x700", "--theme", "light"]
    done = process("render", "xor", "--out", picture, *options, env=without)
    assert (done.returncode, done.stderr) == (0, "")
    header = picture.read_bytes()[:24]
    assert header.startswith(b"\x89PNG")
    assert struct.unpack(">II", header[16:]) == (1100, 700)


DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def test_a_picture_is_the_same_on_every_screen_and_in_every_language(tmp_path):
    elsewhere = {
        "QT_QPA_PLATFORM": "minimal",
        "QT_SCALE_FACTOR": "1.5",
        "QT_FONT_DPI": "144",
        "QT_STYLE_OVERRIDE": "Windows",
        "LC_ALL": "C",
        "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
    }
    (tmp_path / "fonts.conf").write_text(COARSE_LETTERS)
    pictures = [tmp_path / "here.png", tmp_path / "there.png"]
    for picture, environment in zip(pictures, ({}, elsewhere), strict=True):
        arguments = ["render", "sine", "--epochs", 2, "--size", "1200x800", "--out", picture]
        done = process(*arguments, env=os.environ | environment)
        assert (done.returncode, done.stderr) == (0, "")
    here, there = (picture.read_bytes() for picture in pictures)
    assert here == there


COARSE_LETTERS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<match target="pattern"><edit name="antialias" mode="assign"><bool>false</bool></edit></match>
</fontconfig>"""


def test_a_locale_without_utf8_is_nothing_to_tell(tmp_path):
    environment = os.environ | {"LC_ALL": "C"}
    commands = [
        ["train", "xor", "--epochs", 1],
        ["render", "xor", "--epochs", 1, "--out", tmp_path / "x.png"],
    ]
    for command in commands:
        assert process(*command, env=environment).stderr == ""


def test_a_picture_that_cannot_be_written_is_refused_before_training(refused, tmp_path):
    assert "there is no such folder" in refused("render", "xor", "--out", tmp_path / "no" / "x.png")


def test_a_full_disk_leaves_the_old_picture(refused, tmp_path, monkeypatch, qapp):
    def full(_):
        raise OSError(errno.ENOSPC, "")

    picture = tmp_path / "x.png"
    picture.write_bytes(b"old")
    monkeypatch.setattr("playground.files.atomic.os.fsync", full)
    assert "no space left" in refused("render", "xor", "--epochs", 0, "--out", picture)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_picture_of_nothing_is_refused(refused, tmp_path):
    assert "Did you mean spiral?" in refused("render", "spirl", "--out", tmp_path / "x.png")


# --- shared -----------------------------------------------------------------------------------------


def short(folder, epochs):
    experiment = resolve("xor").saved.experiment
    path = folder / "short.nnplay"
    training = experiment.training.with_(epochs=epochs)
    save(path, SavedExperiment(experiment.with_(training=training)))
    return path


def diverging(folder):
    experiment = resolve("sine").saved.experiment
    training = experiment.training
    wild = training.with_(optimizer={"kind": "gradient_descent", "learning_rate": 100})
    save(folder / "wild.nnplay", SavedExperiment(experiment.with_(training=wild)))
    return folder / "wild.nnplay"


def opened(path):
    saved = load(path)
    return saved.experiment, saved.checkpoint


def report(folder):
    return json.loads((folder / "report.json").read_text())


# --- tracing ----------------------------------------------------------------------------------------


def test_a_trace_of_a_sample_is_that_of_the_run_where_it_stands(tmp_path, capsys):
    assert run("train", "xor", "--epochs", 3, "--save", tmp_path / "xor.nnplay") == 0
    assert run("trace", tmp_path / "xor.nnplay", "--sample", 5, "--out", tmp_path / "trace.json") == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Traced training sample 5 at step 105: loss ")
    told = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))
    saved = load(tmp_path / "xor.nnplay")
    trainer = Trainer(saved.experiment, saved.checkpoint)
    x, (t,) = trainer.sides.train.inputs[5, :-1], trainer.sides.train.targets[5]
    *_, output = trainer.network.graph.nodes
    found = told["layers"][output.layer.id]
    assert told["input"] == x.tolist()
    assert told["target"] == [t]
    assert found["a"] == pytest.approx(trainer.network.predict(x[np.newaxis])[0].tolist(), rel=1e-6)
    assert found["delta"] == pytest.approx([found["a"][0] - t], rel=1e-5)
    assert set(found) == {"z", "a", "da", "delta", "dW", "db", "update"}


def test_a_trace_without_a_sample_is_of_the_batch_that_comes_next(tmp_path, capsys):
    assert run("trace", "digits_cnn", "--out", tmp_path / "trace.json") == 0
    assert "Traced the next 32 training samples at step 0" in capsys.readouterr().out
    told = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))
    assert len(told["samples"]) == len(told["losses"]) == 32
    assert told["loss"] == pytest.approx(np.mean(told["losses"]))


def test_a_sample_of_the_test_set_is_traced_without_an_update(tmp_path, capsys):
    assert run("trace", "xor", "--sample", 2, "--set", "test", "--out", tmp_path / "trace.json") == 0
    told = capsys.readouterr().out.splitlines()
    assert "no update follows" in told[0]
    assert told[-1].startswith("Traced test sample 2 at step 0: loss ")
    layers = json.loads((tmp_path / "trace.json").read_text(encoding="utf-8"))["layers"]
    assert all(set(layer["update"].values()) == {None} for layer in layers.values())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--sample", 100_000], "There is no training sample 100,000: there are 350, counted from 0."),
        (["--sample", 100_000, "--side", "test"], "There is no test sample 100,000"),
        (["--sample", "first"], "must be a whole number, got 'first'"),
        (["--sample", -1], "must be from 0"),
        (["--set", "test"], "Only training samples come in batches; say which test sample with --sample"),
        (["--set", "validation", "--sample", 0], "There is no validation sample 0: there are 0"),
    ],
)
def test_a_sample_that_is_not_there_is_refused(arguments, words, tmp_path, refused):
    assert words in refused("trace", "xor", "--out", tmp_path / "trace.json", *arguments)
    assert not (tmp_path / "trace.json").exists()
