"""Every older format opens for ever."""

import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from playground.data.datasets.recipes import Circle
from playground.data.datasets.wine import Wine
from playground.data.scaling import Standardize
from playground.engine.layers import BatchNorm, Dense, Dropout, LayerNorm
from playground.engine.layers.recurrent import Gru, SimpleRnn
from playground.engine.optimizers import Adam
from playground.engine.regularizers import L1
from playground.files import upgrades
from playground.files.experiment_file import SavedExperiment, dumps, load, loads
from playground.files.problem import FileProblem
from playground.files.sources import resolve
from playground.files.upgrades import FORMAT, UPGRADES, upgrade
from playground.training.trainer import Trainer

GOLDEN = Path(__file__).parent.parent / "golden"
GAMMA = 1.058875560760498
"""A γ in the file of the fourth format."""


def test_every_older_format_has_its_upgrade_and_its_golden_file():
    assert set(UPGRADES) == set(range(1, FORMAT))
    assert {path.name for path in GOLDEN.glob("format-*.nnplay")} == {
        f"format-{number}.nnplay" for number in range(1, FORMAT + 1)
    }


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("format-*.nnplay")), ids=lambda path: path.stem)
def test_a_golden_file_trains_on(path):
    saved = load(path)
    trainer = Trainer(saved.experiment, saved.checkpoint)
    trainer.run_epoch()
    assert trainer.epoch == saved.checkpoint.epoch + 1


def test_format_1():
    saved = load(GOLDEN / "format-1.nnplay")
    experiment, checkpoint = saved.experiment, saved.checkpoint
    assert saved.preview[:4] == b"\x89PNG"

    assert experiment.notes == "Größer als “früher”."
    assert experiment.data.dataset == Circle(samples=60)
    layers = experiment.network.layers
    assert [layer.id for layer in layers] == ["dense1", "norm", "drop", "dense2", "output"]
    assert [type(layer) for layer in layers] == [Dense, BatchNorm, Dropout, Dense, Dense]
    assert experiment.training.optimizer == Adam(learning_rate=0.01)
    assert experiment.training.regularizer == L1(strength=0.01, method="tf_playground")

    assert (checkpoint.epoch, checkpoint.step, checkpoint.numbers["batch"]) == (3, 14, 2)
    weights = checkpoint.learnt["dense1.weights"]
    assert weights.shape == (4, 2)
    np.testing.assert_array_equal(weights[0], np.float32([0.016178889200091362, -0.9701477289199829]))
    assert checkpoint.learnt["norm.running_mean"][0] == np.float32(-0.2443036139011383)
    assert checkpoint.remembered["mean/output.bias"] == np.float32(-0.029971875250339508)
    assert checkpoint.remembered["alive/dense1.weights"].sum() == 8
    np.testing.assert_array_equal(checkpoint.history["step"], [0, 4, 8, 12])
    assert checkpoint.history["train_loss"][-1] == 0.681252658367157
    assert (
        checkpoint.numbers["streams"]["shuffle"]["state"]["state"] == 23966199037014414721833650910570671610
    )


def test_format_4_says_over_what_a_layer_norm_goes():
    saved = load(GOLDEN / "format-4.nnplay")
    _, norm, whole, *_ = saved.experiment.network.layers
    assert (norm.over, whole.over) == ("step", "sample")
    assert saved.checkpoint.learnt["norm.gamma"].shape == (3,)
    assert saved.checkpoint.learnt["whole.gamma"].shape == (24,)
    assert saved.checkpoint.learnt["norm.gamma"][0] == np.float32(GAMMA)


def test_a_layer_norm_of_an_older_format_stays_what_it_was():
    """Over the whole of each sequence, with a γ for each of its values, and on to the last bit."""
    layers = (SimpleRnn(id="steps", units=2, gives="all"), LayerNorm(id="norm", over="sample"), Gru(id="gru"))
    base = resolve("adding_lstm").saved.experiment
    output = base.network.layers[-1]
    experiment = base.with_(
        data=base.data.with_dataset(base.data.dataset.with_(samples=20)),
        network=base.network.with_(layers=(*layers, output)),
    )
    trainer = Trainer(experiment)
    trainer.run(2)
    data = dumps(SavedExperiment(experiment, trainer.checkpoint()))
    opened = loads(rewritten(data, as_format_3))
    assert opened.experiment == experiment
    again = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, again):
        each.run(3)
    np.testing.assert_array_equal(trainer.network.parameters, again.network.parameters)


def as_format_3(content):
    """The content of an experiment as a program wrote it that knew one kind of layer norm."""
    given = content["network"]["layers"]
    layers = [{key: value for key, value in layer.items() if key != "over"} for layer in given]
    assert layers != given
    return content | {"format": 3, "network": content["network"] | {"layers": layers}}


def rewritten(data, change):
    """A file whose experiment is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            entry = given.read(name)
            if name == "experiment.json":
                entry = json.dumps(change(json.loads(entry))).encode()
            made.writestr(name, entry)
    return out.getvalue()


def test_formats_are_upgraded_one_after_the_other(monkeypatch):
    monkeypatch.setattr(upgrades, "FORMAT", 3)
    monkeypatch.setitem(UPGRADES, 1, lambda content: content | {"rate": content["rate"] * 10})
    monkeypatch.setitem(UPGRADES, 2, lambda content: {"learning_rate": content["rate"] + 1})
    assert upgrade({"format": 1, "rate": 2}) == {"learning_rate": 21}
    assert upgrade({"format": 2, "rate": 2}) == {"learning_rate": 3}
    assert upgrade({"format": 3, "learning_rate": 2}) == {"learning_rate": 2}


def test_a_newer_format_is_refused():
    with pytest.raises(FileProblem) as problem:
        upgrade({"format": FORMAT + 2})
    assert str(problem.value) == (
        "This file was made by a newer version of Neural Playground "
        f"(format {FORMAT + 2}; this one reads up to {FORMAT})."
    )


def test_format_2():
    saved = load(GOLDEN / "format-2.nnplay")
    experiment, checkpoint = saved.experiment, saved.checkpoint
    assert experiment.data.dataset == Wine()
    assert experiment.data.scaling == Standardize()
    assert [str(feature.name) for feature in experiment.data.inputs[:2]] == ["alcohol", "malic acid"]
    assert (checkpoint.epoch, checkpoint.step, checkpoint.numbers["batch"]) == (2, 8, 2)
    with zipfile.ZipFile(GOLDEN / "format-2.nnplay") as archive:
        assert f"data/{Wine.content}.safetensors" in archive.namelist()


def test_format_3():
    kept = load(GOLDEN / "format-3.nnplay").checkpoint.kept
    assert [(run.number, run.words.name, run.words.pinned) for run in kept.runs] == [
        (1, "plain", True),
        (2, "", False),
        (3, "", False),
    ]
    first = kept.run(1)
    assert kept.present == 3
    assert type(first.experiment.training.optimizer).__name__ == "Momentum"
    assert [mark.lines[0].arguments[0][1] for mark in first.marks] == ["Optimizer"]
    assert [(each.step, each.changed) for each in first.waypoints] == [(0, True), (5, True), (9, False)]
    assert first.waypoints[0].arrays["hidden.weights"].shape == (3, 2)
    np.testing.assert_array_equal(first.history["epoch"], [0, 1, 2, 3, 4, 4.5])
