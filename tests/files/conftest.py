"""A small trained experiment, in the middle of an epoch, that holds something in every entry of its file."""

import pytest

from playground.engine.layers import BatchNorm, Dense, Dropout
from playground.engine.regularizers import L1
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.training.trainer import Trainer

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def experiment_with_everything():
    base = Experiment(notes="Größer als “früher”.")
    dense, _, output = base.network.layers
    layers = (dense, BatchNorm(id="norm"), Dropout(id="drop"), Dense(id="dense2", units=3), output)
    return base.with_(
        data=base.data.with_(dataset=base.data.dataset.with_(samples=60)),
        network=base.network.with_(layers=layers),
        training=base.training.with_(
            batch_size=7, last_batch="carry", regularizer=L1(method="tf_playground", strength=0.01)
        ),
    )


@pytest.fixture(scope="session")
def trained():
    trainer = Trainer(experiment_with_everything())
    trainer.run_epoch()
    trainer.run_epoch()
    trainer.run(2)
    return SavedExperiment(trainer.experiment, trainer.checkpoint(), PNG)
