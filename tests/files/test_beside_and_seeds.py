"""Runs in lockstep and what came of repeating over seeds are in the file of a document."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load as tensors_of
from safetensors.numpy import save as tensors_to_bytes

from playground.analysis.repeats.bands import bands
from playground.data.datasets.recipes import Circle
from playground.engine.activations import Sigmoid
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.optimizers import Momentum
from playground.experiment import Experiment
from playground.files import archive, experiment_file, stored_seeds
from playground.files.experiment_file import SavedExperiment, dumps, load, loads
from playground.files.problem import FileProblem
from playground.training.run import Run
from playground.training.seed_run import RepeatedRun, SeedRun
from widgets.program import main


def start():
    layers = Dense(id="hidden", units=3), Dense(id="output", units=1, activation=Sigmoid())
    experiment = Experiment(network=Architecture(layers=layers))
    return experiment.with_(data=experiment.data.with_dataset(Circle(samples=40)))


def with_momentum(experiment):
    return experiment.with_(training=experiment.training.with_(optimizer=Momentum()))


def trained(experiment, steps):
    run = Run(1, experiment)
    for _ in range(steps):
        run.step_batch()
    return run


def together(front, *others):
    experiment, checkpoint = front.checkpoint()
    return SavedExperiment(
        experiment, replace(checkpoint, beside=tuple(other.checkpoint() for other in others))
    )


def test_runs_beside_go_on_from_a_file_bit_for_bit():
    front, other = trained(start(), 7), trained(with_momentum(start()), 7)
    found = loads(dumps(together(front, other)))
    ((experiment, checkpoint),) = found.checkpoint.beside
    assert experiment == other.learner.experiment
    again = Run(2, experiment, checkpoint)
    for run in (other, again):
        for _ in range(5):
            run.step_batch()
    trainers = other.learner.trainer, again.learner.trainer
    np.testing.assert_array_equal(*(trainer.network.parameters for trainer in trainers))
    assert trainers[0].step == trainers[1].step
    histories = [trainer.recorder.history.columns() for trainer in trainers]
    for name, column in histories[0].items():
        np.testing.assert_array_equal(histories[1][name], column, err_msg=name)


def test_a_run_that_cannot_train_any_more_is_kept_with_what_it_had_learnt():
    other = trained(start(), 7)
    broken = start().with_(network=Architecture(layers=(Dense(id="output", units=5, activation=Sigmoid()),)))
    other.apply(broken)
    found = loads(dumps(together(trained(start(), 7), other)))
    ((experiment, checkpoint),) = found.checkpoint.beside
    assert experiment == broken
    assert checkpoint.experiment == start()


def test_runs_beside_of_ones_own_samples_find_them_in_the_same_place():
    flowers = load(Path(__file__).parents[2] / "resources/examples/iris.json").experiment
    front, other = trained(flowers, 3), trained(with_momentum(flowers), 3)
    entries = archive.unpack(dumps(together(front, other)))
    assert sum(name.startswith("data/") for name in entries) == 1
    (beside,) = loads(archive.pack(entries)).checkpoint.beside
    assert beside[0] == other.learner.experiment


def test_they_are_left_out_where_there_is_no_room(monkeypatch):
    saved = together(trained(start(), 7), trained(start(), 7))
    alone = dumps(together(trained(start(), 7)))
    monkeypatch.setattr(
        experiment_file, "fits", lambda entries: not any("beside" in name for name in entries)
    )
    assert loads(dumps(saved)).checkpoint.beside == ()
    assert loads(alone).checkpoint.beside == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"beside/1/experiment.json": None}, r"beside/1/experiment\.json: is missing"),
        ({"beside/1/session.json": None}, r"session\.json: is missing"),
        ({"beside/1/experiment.json": b"{}1"}, r"beside/1/experiment\.json"),
        ({"beside/4/session.json": b"{}"}, "does not belong there"),
        ({"beside/1/preview.png": b""}, "does not belong there"),
        ({"beside/3/session.json": b"{}"}, r"beside/3/experiment\.json: is missing"),
    ],
)
def test_what_is_wrong_with_one_is_named(changes, words):
    entries = archive.unpack(dumps(together(trained(start(), 3), trained(start(), 3)))) | changes
    given = {name: content for name, content in entries.items() if content is not None}
    with pytest.raises(FileProblem, match=words):
        loads(packed(given))


def packed(entries):
    """An archive whatever is in it."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return buffer.getvalue()


# --- repeating ---


def seed_run(seed, rows, diverged=False):
    epochs = np.arange(rows, dtype=float)
    return SeedRun(
        str(seed), {"epoch": epochs, "test_loss": seed / (1 + epochs), "gradient_norm.a": epochs}, diverged
    )


def with_seeds(*done):
    experiment, checkpoint = trained(start(), 3).checkpoint()
    return SavedExperiment(experiment, checkpoint, repeated=(RepeatedRun("Run 1", 5, done),))


def test_what_came_of_each_seed_is_in_the_file():
    saved = with_seeds(seed_run(1, 9), seed_run(2, 9), seed_run(3, 4, diverged=True))
    (found,) = loads(dumps(saved)).repeated
    assert (found.name, found.colour) == ("Run 1", 5)
    assert [(run.seed, run.diverged) for run in found.done] == [("1", False), ("2", False), ("3", True)]
    for run, before in zip(found.done, saved.repeated[0].done, strict=True):
        assert run.history.keys() == {"epoch", "test_loss"}
        np.testing.assert_array_equal(run.history["test_loss"], before.history["test_loss"])
    seen, was = bands(found.done, "test_loss"), bands(saved.repeated[0].done, "test_loss")
    np.testing.assert_array_equal(seen.median, was.median)


def test_long_curves_are_thinned_and_exact_at_both_ends():
    (found,) = loads(dumps(with_seeds(seed_run(7, 5000)))).repeated
    history = found.done[0].history
    assert len(history["epoch"]) == stored_seeds.MOST_ROWS
    assert history["epoch"][[0, -1]].tolist() == [0, 4999]
    assert history["test_loss"].tolist() == (7 / (1 + history["epoch"])).tolist()


def test_without_any_the_file_is_as_before():
    assert not any("seeds" in name for name in archive.unpack(dumps(with_seeds())))


@pytest.mark.parametrize(
    "curves",
    [
        {"0/0/test_loss": np.zeros(3)},
        {"0/0/epoch": np.zeros(3), "0/0/test_loss": np.zeros(2)},
        {"0/0/epoch": np.zeros((3, 1))},
        {"0/0/epoch": np.array([2.0, 1.0])},
        {"epoch": np.zeros(3)},
        {},
    ],
)
def test_curves_that_are_none_are_refused(curves):
    entries = archive.unpack(dumps(with_seeds(seed_run(1, 3))))
    assert tensors_of(entries["seeds.safetensors"]).keys() == {"0/0/epoch", "0/0/test_loss"}
    entries["seeds.safetensors"] = tensors_to_bytes(curves)
    with pytest.raises(FileProblem, match=r"seeds\.safetensors: is damaged"):
        loads(archive.pack(entries))


def test_seeds_without_their_curves_are_refused():
    entries = archive.unpack(dumps(with_seeds(seed_run(1, 3))))
    del entries["seeds.safetensors"]
    with pytest.raises(FileProblem, match=r"seeds\.safetensors: is missing"):
        loads(archive.pack(entries))


def test_training_without_the_window_keeps_both(tmp_path):
    begun, ended = tmp_path / "begun.nnplay", tmp_path / "ended.nnplay"
    both = replace(
        together(trained(start(), 3), trained(start(), 3)), repeated=with_seeds(seed_run(1, 3)).repeated
    )
    experiment_file.save(begun, both)
    assert main(["train", str(begun), "--epochs", "1", "--save", str(ended)]) == 0
    found = load(ended)
    assert len(found.checkpoint.beside) == 1
    assert [run.name for run in found.repeated] == ["Run 1"]
