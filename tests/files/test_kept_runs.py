"""All runs of a document are in its file, to the bit, and any moment of them is had again from there."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load as tensors_of
from safetensors.numpy import save as tensors_to_bytes

from playground.data.datasets.recipes import Circle
from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.optimizers import Momentum
from playground.experiment import Experiment
from playground.files import archive, run_writing
from playground.files.experiment_file import SavedExperiment, dumps, load, loads
from playground.files.problem import FileProblem
from playground.training import ledger
from playground.training.branching import look_back
from playground.training.chronicle import BINS, LOG_ROWS, ROWS, Chronicle, Histogram
from playground.training.kept_run import RunWords
from playground.training.run import Run
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets.program import main


def start():
    layers = Dense(id="hidden", units=3), Dense(id="output", units=1, activation=Sigmoid())
    experiment = Experiment(network=Architecture(layers=layers))
    return experiment.with_(data=experiment.data.with_dataset(Circle(samples=40)))


def of_flowers():
    return load(Path(__file__).parents[2] / "resources/examples/iris.json").experiment


def three_runs(first=None):
    """One with an edit on the way, named and pinned; one with other weights; and the present one."""
    run = Run(1, first or start())
    go(run, 5)
    before = run.learner.experiment
    run.apply(before.with_(training=before.training.with_(optimizer=Momentum())))
    go(run, 4)
    run.learner.ledger.describe(1, RunWords(name="plain", note="as in the book", colour=3, pinned=True))
    for draw in (1, 2):
        run.apply(run.learner.experiment.with_(weights_draw=draw))
        go(run, 3)
    return run


def go(run, steps):
    for _ in range(steps):
        run.step_batch()


def saved(run):
    return dumps(SavedExperiment(*run.checkpoint()))


def opened(data):
    file = loads(data)
    return Run(1, file.experiment, file.checkpoint)


def weights_at(run, number, epoch):
    look_back(run, number, epoch)
    while run.state is State.RUNNING:
        run.train(run.stride.run_slice)
    found = run.learner.trainer.checkpoint()
    run.come_back()
    return found.arrays


def assert_same(found, expected):
    assert found.keys() == expected.keys()
    for name, array in expected.items():
        assert found[name].dtype == array.dtype
        np.testing.assert_array_equal(found[name], array, err_msg=name)


def with_entries(data, change):
    """The same file after a change of its entries."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    change(entries)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


def test_every_run_comes_back_with_all_that_is_kept_of_it():
    run = three_runs()
    kept, back = run.learner.ledger.kept(), opened(saved(run)).learner.ledger.kept()
    assert (back.present, len(back.runs)) == (3, 3)
    for ours, theirs in zip(back.runs, kept.runs, strict=True):
        assert (ours.number, ours.epoch, ours.words, ours.origin) == (
            theirs.number,
            theirs.epoch,
            theirs.words,
            theirs.origin,
        )
        assert (ours.experiment, ours.marks) == (theirs.experiment, theirs.marks)
        assert_same(ours.history, theirs.history)
        assert len(ours.waypoints) == len(theirs.waypoints)
        for found, expected in zip(ours.waypoints, theirs.waypoints, strict=True):
            assert found.experiment == expected.experiment
            assert (found.epoch, found.step, found.changed) == (
                expected.epoch,
                expected.step,
                expected.changed,
            )
            assert_same(found.arrays, expected.arrays)


@pytest.mark.parametrize(("number", "epoch"), [(1, 0.5), (1, 1.0), (1, 2.0), (2, 0.5), (3, 0.5)])
def test_any_moment_is_had_again_from_the_file(number, epoch):
    run = three_runs()
    assert_same(weights_at(opened(saved(run)), number, epoch), weights_at(run, number, epoch))


def test_the_same_runs_make_the_same_bytes_and_go_round_and_round():
    run = three_runs()
    assert saved(run) == saved(run)
    again = opened(saved(run))
    assert [each.number for each in opened(saved(again)).learner.ledger.kept().runs] == [1, 2, 3]


def test_a_run_that_is_opened_goes_on_under_its_number_and_a_new_start_gets_the_next():
    run = opened(saved(three_runs()))
    go(run, 2)
    run.apply(run.learner.experiment.with_(weights_draw=9))
    go(run, 1)
    kept = run.learner.ledger.kept()
    assert [each.number for each in kept.runs] == [1, 2, 3, 4]
    assert kept.run(3).history["step"][-1] == 5


def test_training_without_a_window_keeps_them(tmp_path, capsys):
    run = three_runs()
    before = run.learner.experiment
    run.apply(before.with_(training=before.training.with_(batch_size=7)))
    file = tmp_path / "a.nnplay"
    file.write_bytes(saved(run))
    main(["train", str(file), "--epochs", "1", "--save", str(file)])
    again = opened(file.read_bytes())
    go(run, 3)
    assert [each.number for each in again.learner.ledger.kept().runs] == [1, 2, 3]
    assert again.learner.trainer.epoch == 2
    epoch = run.learner.trainer.progress
    assert_same(weights_at(again, 3, epoch), run.learner.trainer.checkpoint().arrays)


def test_a_file_of_before_opens_without_runs_and_its_training_is_the_first():
    trainer = Trainer(start())
    trainer.run_epoch()
    run = opened(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    run.apply(run.learner.experiment.with_(weights_draw=1))
    kept = run.learner.ledger.kept()
    assert [(each.number, each.epoch) for each in kept.runs] == [(1, 1.0), (2, 0.0)]


def test_samples_that_only_an_earlier_run_learnt_from_are_in_the_file():
    run = three_runs(of_flowers())
    circle = start()
    run.apply(circle.with_(weights_draw=7))
    go(run, 2)
    data = saved(run)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert sum(name.startswith("data/") for name in file.namelist()) == 1
    assert_same(weights_at(opened(data), 1, 0.5), weights_at(run, 1, 0.5))


def test_where_the_samples_take_too_much_room_the_curves_are_kept_alone(monkeypatch):
    monkeypatch.setattr(run_writing, "MOST_DATA", 10)
    run = three_runs(of_flowers())
    run.apply(start().with_(weights_draw=7))
    go(run, 2)
    kept = opened(saved(run)).learner.ledger.kept()
    assert [len(each.waypoints) > 0 for each in kept.runs] == [False, False, False, True]
    assert all(len(each.history["epoch"]) for each in kept.runs)


def test_a_file_that_would_be_too_large_leaves_moments_out_and_always_opens(monkeypatch):
    run = three_runs()
    whole = {name: len(content) for name, content in _entries(saved(run)).items()}
    monkeypatch.setattr(archive, "TOTAL_LIMIT", sum(whole.values()) - 1)
    kept = opened(saved(run)).learner.ledger.kept()
    assert [len(each.waypoints) for each in kept.runs] == [0, 0, 0]
    monkeypatch.setattr(archive, "TOTAL_LIMIT", sum(whole.values()) // 3)
    assert opened(saved(run)).learner.trainer.step == 3


def _entries(data):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def other_json(change):
    def act(entries):
        content = json.loads(entries["runs.json"])
        change(content)
        entries["runs.json"] = json.dumps(content).encode()

    return act


def other_tensors(change):
    def act(entries):
        tensors = tensors_of(entries["runs/1.safetensors"])
        change(tensors)
        entries["runs/1.safetensors"] = tensors_to_bytes(tensors)

    return act


def huge(content):
    content["experiments"][0]["network"]["layers"][0]["units"] = 1024
    content["experiments"][0]["network"]["layers"].insert(
        1, content["experiments"][0]["network"]["layers"][0] | {"id": "more", "units": 1024}
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda entries: entries.pop("runs.json"), "runs.json: is missing"),
        (lambda entries: entries.update({"runs.json": b"[1]"}), "runs.json: must be an object"),
        (lambda entries: entries.update({"runs/1.safetensors": b"x"}), "runs/1.safetensors: is damaged"),
        (
            lambda entries: entries.update({"runs/9.safetensors": b"x"}),
            "runs.json: its runs are not numbered",
        ),
        (lambda entries: entries.update({"runs/0.safetensors": b"x"}), "does not belong there"),
        (
            other_json(lambda c: c["runs"][0].update(number=0)),
            "runs.json: runs[0].number: must be at least 1",
        ),
        (
            other_json(lambda c: c["runs"][1].update(number=1)),
            "runs.json: its runs are not numbered one by one",
        ),
        (
            other_json(lambda c: c["runs"][1].update(experiment=9)),
            "runs.json: names an experiment that it lacks",
        ),
        (other_json(lambda c: c.update(present=7)), "runs.json: present: is no run of it"),
        (other_json(lambda c: c["experiments"][0].pop("format")), "runs.json: format: is missing"),
        (other_json(lambda c: c["experiments"][0].update(precision="float16")), "runs.json: precision"),
        (
            other_json(lambda c: c["runs"][0]["words"].update(colour=8)),
            "runs[0].words.colour: must be below 8",
        ),
        (other_json(huge), "runs/1.safetensors: holds"),
        (other_tensors(lambda t: t.pop("history/epoch")), "its curves are no columns of one length"),
        (other_tensors(lambda t: t.update({"99/x": np.zeros(1)})), "runs/1.safetensors: is damaged"),
    ],
)
def test_what_is_wrong_with_the_runs_is_said_in_a_sentence(change, words):
    with pytest.raises(FileProblem) as problem:
        loads(with_entries(saved(three_runs()), change))
    assert words in str(problem.value)


def test_a_moment_that_belongs_to_another_network_is_told_when_it_is_looked_at():
    def change(tensors):
        tensors["0/hidden.weights"] = np.zeros((9, 9), np.float32)

    run = opened(with_entries(saved(three_runs()), other_tensors(change)))
    look_back(run, 1, 0.1)
    assert "hidden.weights must be of shape" in str(run.message)
    assert run.learner.past is None


# --- vital signs and histograms ---


def told(chronicle):
    """All of it as lists, to be compared."""
    spreads = {
        key: [[*row[:3], *row.counts, *row[4:]] for row in rows] for key, rows in chronicle.spreads.items()
    }
    return {name: repr(column.tolist()) for name, column in chronicle.log.items()}, spreads


def looked_at(run):
    """A run that goes on, its layers seen by somebody."""
    run.look(View(maps=False, distributions=True))
    for _ in range(4):
        run.step_epoch()
        run.snapshot()
    return run


def opened_from(data):
    found = loads(data)
    return Run(9, found.experiment, found.checkpoint)


def test_vital_signs_and_histograms_are_in_the_file_and_go_on_from_there():
    run = looked_at(Run(1, start()))
    opened = opened_from(saved(run))
    chronicle = opened.learner.trainer.recorder.chronicle
    assert told(chronicle.kept()) == told(run.learner.trainer.recorder.chronicle.kept())
    for each in (run, opened):
        looked_at(each)
    np.testing.assert_array_equal(
        opened.learner.trainer.network.parameters, run.learner.trainer.network.parameters
    )
    assert chronicle.log.columns()["epoch"].tolist() == list(range(9))
    assert [row.epoch for row in chronicle.kept().spreads["hidden", "weights"]][-1] == 8


def test_what_was_seen_of_a_run_that_ended_is_seen_when_one_looks_back_at_it():
    run = looked_at(Run(1, start()))
    run.apply(run.learner.experiment.with_(weights_draw=1))
    go(run, 3)
    opened = opened_from(saved(run))
    look_back(opened, 1, 2.0)
    while opened.state is State.RUNNING:
        opened.train(opened.stride.run_slice)
    opened.look(View(maps=False, distributions=True))
    shown = opened.snapshot()
    assert shown.vitals.log["epoch"].tolist() == [0, 1, 2]
    epochs = [row.epoch for row in shown.distributions.layers["hidden"]["weights"]]
    assert (epochs[0], epochs[-1]) == (0, 2)


def test_a_chronicle_is_bounded_however_long_the_run_is():
    chronicle = Chronicle()
    row = Histogram(0.0, 0.0, 1.0, np.ones(BINS, np.int64), 0.5, 0.1)

    def go_on(each, begin, end):
        for epoch in range(begin, end):
            each.note_signs({"epoch": float(epoch), "spread.hidden": 1.0})
            each.note_spread("hidden", "weights", row._replace(epoch=float(epoch)))

    go_on(chronicle, 0, 2000)
    kept = chronicle.kept()
    assert len(kept.log["epoch"]) <= LOG_ROWS + 1
    assert kept.log["epoch"][[0, -1]].tolist() == [0, 1999]
    assert kept.size < 60_000
    again = Chronicle(kept)
    for each in (chronicle, again):
        go_on(each, 2000, 2100)
    assert told(again.kept())[0] == told(chronicle.kept())[0]
    assert len(again.kept().spreads["hidden", "weights"]) <= ROWS


def test_the_oldest_runs_that_are_not_pinned_lose_theirs_where_there_are_many(monkeypatch):
    monkeypatch.setattr(ledger, "MOST_OF_CHRONICLES", 40_000)
    run = looked_at(Run(1, start()))
    run.learner.ledger.describe(1, RunWords(pinned=True))
    for draw in range(1, 5):
        run.apply(run.learner.experiment.with_(weights_draw=draw))
        looked_at(run)
    runs = run.learner.ledger.kept().runs
    assert sum(each.chronicle.size for each in runs[:-1]) <= 40_000
    assert runs[0].chronicle.size > 0
    assert not runs[1].chronicle.size
    assert runs[-1].chronicle.size


@pytest.mark.parametrize(
    ("name", "tensor"),
    [
        ("signs/spread.hidden", np.zeros(3)),  # no epoch
        ("spreads/hidden/weights", np.zeros((2, 4))),  # no counts
        ("spreads/hidden/weights", np.full((1, 9), np.nan)),
        ("spreads/hidden/weights", np.full((1, 9), -1.0)),
        ("spreads/hidden/weights", np.zeros((1, 9), np.float32)),
    ],
)
def test_a_chronicle_that_is_none_is_refused(name, tensor):
    run = Run(1, start())
    go(run, 3)
    run.apply(run.learner.experiment.with_(weights_draw=1))
    go(run, 3)
    entries = archive.unpack(saved(run))
    entries["runs/1.safetensors"] = tensors_to_bytes({**without_chronicle(entries), name: tensor})
    with pytest.raises(FileProblem, match=r"runs/1\.safetensors: is damaged"):
        loads(archive.pack(entries))


def without_chronicle(entries):
    held = tensors_of(entries["runs/1.safetensors"])
    return {name: array for name, array in held.items() if not name.startswith(("signs/", "spreads/"))}


def test_a_file_without_any_opens_as_before():
    run = looked_at(Run(1, start()))
    run.apply(run.learner.experiment.with_(weights_draw=1))
    go(run, 3)
    entries = archive.unpack(saved(run))
    entries["runs/1.safetensors"] = tensors_to_bytes(without_chronicle(entries))
    kept = loads(archive.pack(entries)).checkpoint.kept
    assert kept.runs[0].chronicle.size == 0
    assert len(kept.runs[0].waypoints) > 0
