"""The commands `search` and `search-worker`: a report, the best trial as a file, and sentences."""

import json
import os
import signal
import threading
import time

import pytest
from searches import SMALL, plan

from playground.files.experiment_file import load
from playground.search.reading import StudyReader
from playground.search.study import begin
from playground.training.trainer import Trainer
from widgets.program import main

VARY = ("--vary", "rate=1e-3..0.1:log", "--vary", "activation=tanh,relu")


def interrupt_once_there(path):
    """Press Ctrl+C as soon as there is such a file."""
    while not path.exists():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)  # which wakes the main thread, as a terminal does


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the command wrote: interrupted at once, and then begun again."""
    folder = tmp_path_factory.mktemp("command")
    report, best, where = folder / "r.json", folder / "b.nnplay", folder / "s.journal"
    asked = [
        "search",
        "xor",
        *VARY,
        "--trials",
        "4",
        "--epochs",
        "3",
        "--workers",
        "1",
        "--storage",
        str(where),
    ]
    threading.Thread(target=interrupt_once_there, args=(where,), daemon=True).start()
    interrupted = main([*asked, "--study", "x"])
    done = main([*asked, "--study", "x", "--report", str(report), "--best", str(best)])
    return interrupted, done, json.loads(report.read_text(encoding="utf-8")), load(best), where


def test_ctrl_c_ends_it_and_the_same_command_goes_on(told):
    interrupted, done, report, _, _ = told
    assert (interrupted, done) == (130, 0)
    assert report["trials"] == report["trials_done"] == 4
    assert [trial["number"] for trial in report["all"]] == [0, 1, 2, 3]


def test_the_report_has_the_best_value_and_its_settings(told):
    report = told[2]
    values = [trial["values"][0] for trial in report["all"]]
    assert report["best_value"] == min(values)
    assert report["best_settings"] == report["all"][values.index(min(values))]["settings"]
    assert set(report["best_settings"]) == {"training.optimizer.learning_rate", "network.activation"}


def test_the_best_trial_is_a_file_with_its_weights(told):
    report, saved = told[2], told[3]
    trainer = Trainer(saved.experiment, saved.checkpoint)
    assert trainer.epoch == 3
    assert trainer.recorder.measures[1].loss == pytest.approx(report["best_value"], rel=1e-12)


def test_the_study_of_another_plan_is_refused(told, capsys):
    assert main(["search", "xor", "--vary", "rate", "--storage", str(told[4]), "--study", "x"]) == 2
    assert "of another experiment or plan" in capsys.readouterr().err


def test_a_worker_joins_and_does_all_that_is_left(tmp_path, capsys):
    planned = plan(tmp_path / "s.journal", trials=3, epochs=2)
    begin(planned, SMALL)
    assert main(["search-worker", "--storage", planned.storage, "--study", planned.study]) == 0
    assert StudyReader(planned.storage, planned.study).read().counts.done == 3
    assert main(["search-worker", "--storage", planned.storage, "--study", "other"]) == 2
    assert "There is no study other" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--trials", "3"), "--vary says what varies"),
        (("--vary", "rate", "--goal", "r2"), "no measure of what this experiment learns"),
        (
            ("--vary", "rate", "--sampler", "cma_es", "--goal", "auc", "--goal", "parameters"),
            "serves one goal",
        ),
        (("--vary", "rate", "--storage", "redis://x"), "redis://x is no storage"),
        (("--vary", "rate", "--storage", "study.txt"), "a database ends in .db"),
        (("--vary", "rate", "--report", "nowhere/r.json"), "nowhere"),
    ],
)
def test_what_cannot_be_searched_is_one_line(arguments, words, capsys):
    assert main(["search", "xor", *arguments]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
