"""A link of TensorFlow Playground gives the losses that the original printed."""

import json
from pathlib import Path

import pytest

from playground.files.tf_playground import parse
from playground.training.trainer import Trainer

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "tf-playground.json").read_text())


@pytest.mark.parametrize("run", GOLDEN, ids=lambda run: run["hash"])
def test_losses_are_those_of_the_original(run):
    trainer = Trainer(parse(run["hash"]))
    for epoch, expected in sorted((int(epoch), losses) for epoch, losses in run["losses"].items()):
        while trainer.epoch < epoch:
            trainer.run_epoch()
        losses = [measures.loss for measures in trainer.evaluate()]
        assert losses == pytest.approx(expected, abs=1e-6 if epoch <= 10 else 1e-3), f"epoch {epoch}"
