"""A link of TensorFlow Playground gives the losses that the original printed, odd ones and edits included."""

import json
import math
from importlib.util import find_spec
from pathlib import Path

import pytest

from playground.files.tf_playground import parse
from playground.training.choosing import Choice
from playground.training.trainer import Trainer
from playground.training.typed import TypedWeight

FOLDER = Path(__file__).parent.parent / "golden"
GOLDEN = [
    run
    for name in ("tf-playground", "tf-playground-odd")
    for run in json.loads((FOLDER / f"{name}.json").read_text())
]


def type_numbers(trainer, edits):
    """What a person typed there at this epoch."""
    layers = trainer.experiment.network.layers
    for edit in edits:
        if edit["epoch"] == trainer.epoch:
            layer_id = layers[edit["layer"]].id
            trainer.set_weight(TypedWeight(layer_id, edit["unit"], edit["source"], edit["value"]))


def losses_of(trainer):
    """Both losses; None where there are no samples, as the original prints NaN."""
    return [None if math.isnan(side.loss) else side.loss for side in trainer.recorder.evaluate()]


MACHINES = [
    "numpy",
    pytest.param(
        "compiled",
        marks=[
            pytest.mark.skipif(find_spec("numba") is None, reason="Numba, the extra [fast], is missing"),
            pytest.mark.timeout(600),
        ],
    ),
]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("run", GOLDEN, ids=lambda run: run["hash"])
def test_losses_are_those_of_the_original(run, machine):
    trainer = Trainer(parse(run["hash"]), choice=Choice(machine))
    assert trainer.machine.name == machine
    sizes = [len(side.inputs) for side in (trainer.sides.train, trainer.sides.test)]
    assert sizes == [run["train_points"], run["test_points"]]
    for epoch, expected in sorted((int(epoch), losses) for epoch, losses in run["losses"].items()):
        while trainer.epoch < epoch:
            trainer.run_epoch()
        found, tolerance = losses_of(trainer), 1e-6 if epoch <= 15 else 1e-3
        assert found == pytest.approx(expected, abs=tolerance), f"epoch {epoch}"
        type_numbers(trainer, run.get("edits", ()))
