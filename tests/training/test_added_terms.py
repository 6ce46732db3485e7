"""The loss that is measured is the one that training makes small: of the data, and what layers add."""

import csv
import json

import numpy as np
import pytest

from playground.data import Data
from playground.data.datasets.recipes import Blobs
from playground.data.features import XY, X, Y
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.layers.sparsity import Sparsity
from playground.engine.layers.variational import Variational
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from playground.files.experiment_file import SavedExperiment, save
from playground.training.trainer import Trainer
from widgets.program import main


def variational(*layers, **changes):
    code = layers or (Variational(id="code", beta=0.1),)
    layers = (Dense(id="both", units=4, activation=Linear()), *code, Dense(id="output", units=3))
    fields = {"loss": SquaredError(), "optimizer": Adam(learning_rate=0.01), "batch_size": 16}
    return Experiment(
        data=Data(
            dataset=Blobs(samples=80), inputs=(X(), Y(), XY()), targets="inputs", validation_percent=20
        ),
        network=Architecture(layers=(*layers[:-1], layers[-1].with_(activation=Linear()))),
        training=Training(**fields),
        **changes,
    )


def test_the_loss_is_that_of_the_data_and_the_divergence():
    trainer = Trainer(variational(precision="float64"))
    trainer.run_epoch()
    for side, measures in zip(
        (trainer.sides.train, trainer.sides.test), trainer.recorder.measures, strict=True
    ):
        outputs = trainer.network.predict(side.inputs[:, :-1])
        values = trainer.network.activations(side.inputs[:, :-1])["both"]
        means, logarithms = values[:2], values[2:]
        divergence = 0.05 * (means**2 + np.exp(logarithms) - 1 - logarithms).sum(axis=0).mean()
        of_data = np.mean((outputs - side.targets) ** 2)
        assert measures.term == pytest.approx(divergence)
        assert measures.of_data == pytest.approx(of_data)
        assert measures.loss == pytest.approx(of_data + divergence)


def test_all_sides_have_a_column_of_the_data_alone_while_a_layer_adds_something():
    trainer = Trainer(variational())
    columns = trainer.recorder.history.columns()
    for side in ("train", "test", "validation"):
        assert columns[f"{side}_loss_data"][-1] < columns[f"{side}_loss"][-1]
    plain = Trainer(variational(Dense(id="code", units=2)))
    assert plain.recorder.measures[0].term is None
    assert not any(name.endswith("_loss_data") for name in plain.recorder.history.columns())


def test_many_samples_are_measured_as_few_at_a_time(monkeypatch):
    trainer = Trainer(variational(precision="float64"))
    at_once = trainer.recorder.evaluate()[0]
    monkeypatch.setattr("playground.engine.network.CHUNK", 7)
    by_parts = trainer.recorder.evaluate()[0]
    assert by_parts.term == pytest.approx(at_once.term)
    assert by_parts.loss == pytest.approx(at_once.loss)


def test_what_is_said_of_a_run_tells_the_data_apart(tmp_path, capsys):
    path = tmp_path / "run.nnplay"
    save(path, SavedExperiment(variational()))
    report, history = tmp_path / "report.json", tmp_path / "history.csv"
    arguments = ["train", str(path), "--epochs", "2", "--report", str(report), "--history", str(history)]
    assert main(arguments) == 0
    figures = json.loads(report.read_text())
    assert figures["train_loss_data"] < figures["train_loss"]
    assert figures["test_loss_data"] < figures["test_loss"]
    assert "of it by the data" in capsys.readouterr().out
    (*_, last) = csv.DictReader(history.read_text().splitlines())
    assert float(last["train_loss_data"]) == pytest.approx(figures["train_loss_data"], rel=1e-5)


@pytest.mark.parametrize("layer", [Variational(beta=0.1), Sparsity(by="kl")], ids=lambda one: one.kind)
def test_a_run_goes_on_bit_for_bit(layer):
    there = Trainer(variational(layer.with_(id="code")))
    there.run(7)  # in the middle of an epoch
    back = Trainer(there.experiment, there.checkpoint())
    for trainer in (there, back):
        trainer.run_epoch()
        trainer.run(2)
    np.testing.assert_array_equal(there.network.parameters, back.network.parameters)
    assert there.recorder.measures == back.recorder.measures


def test_a_large_beta_makes_every_code_the_same():
    def spread(beta):
        trainer = Trainer(variational(Variational(id="code", beta=beta)))
        for _ in range(60):
            trainer.run_epoch()
        return trainer.network.activations(trainer.sides.train.inputs[:, :-1])["code"].std()

    assert spread(10.0) < spread(0.0001) / 3
