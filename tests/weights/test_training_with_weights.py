"""Without a window, training begins with the weights of another program."""

import numpy as np
from test_opening_arrays import by_hand, dense_layers, of_pytorch

from playground.files.experiment_file import SavedExperiment, load, save
from playground.files.sources import resolve
from playground.training.trainer import Trainer
from widgets.program import main


def test_training_begins_with_weights_of_a_file_and_says_where_they_went(tmp_path, capsys):
    layers = dense_layers(2, 5, 1)
    np.savez(tmp_path / "w.npz", **of_pytorch(layers))
    experiment = resolve("xor").saved.experiment
    still = experiment.training.optimizer.with_(learning_rate=1e-9)
    source, saved = tmp_path / "xor.nnplay", tmp_path / "run.nnplay"
    save(source, SavedExperiment(experiment.with_(training=experiment.training.with_(optimizer=still))))
    assert (
        main(
            [
                "train",
                str(source),
                "--weights",
                str(tmp_path / "w.npz"),
                "--epochs",
                "1",
                "--save",
                str(saved),
            ]
        )
        == 0
    )
    assert "net.0 → Dense 1" in capsys.readouterr().out
    opened = load(saved)
    network = Trainer(opened.experiment, opened.checkpoint).network
    x = np.random.default_rng(1).normal(size=(4, 2)).astype(np.float32)
    assert network.graph.nodes[0].units == 5
    weights = network.block("dense1", "weights")
    np.testing.assert_allclose(weights, np.column_stack(layers[0]), atol=1e-5)
    assert network.predict(x).shape == by_hand(x, layers).shape


def test_a_file_that_cannot_be_opened_is_one_line_and_the_code_2(tmp_path, capsys):
    (tmp_path / "w.pt").write_bytes(b"")
    assert main(["train", "xor", "--weights", str(tmp_path / "w.pt"), "--epochs", "1"]) == 2
    assert "save_file" in capsys.readouterr().err
