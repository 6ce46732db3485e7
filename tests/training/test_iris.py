"""A dense network on a table of irises is as good as scikit-learn's, on the same split."""

import numpy as np
from sklearn.datasets import load_iris
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from playground.data import OwnTable
from playground.data.tables.reading import guess, read
from playground.experiment import Experiment
from playground.training.trainer import Trainer


def table():
    found = load_iris()
    lines = ["a,b,c,d,species"]
    lines += [
        ",".join([*map(str, row), found.target_names[kind]])
        for row, kind in zip(found.data.tolist(), found.target, strict=True)
    ]
    text = "\n".join(lines)
    return read(text, guess(text))


def accuracies(seed):
    """What we, and they, tell right of the same test rows, learning from the same training rows."""
    start = Experiment().with_dataset(OwnTable.of(table(), ["species"]))
    first, second, last = start.network.layers
    experiment = start.with_(
        data=start.data.with_(train_percent=50),
        network=start.network.with_(layers=(first.with_(units=16), second.with_(units=8), last)),
        randomness=start.randomness.with_(seed=seed),
    )
    trainer = Trainer(experiment)
    for _ in range(60):
        trainer.run_epoch()
    train, test = trainer.data.train, trainer.data.test
    scaler = StandardScaler().fit(train.raw)
    other = MLPClassifier((16, 8), learning_rate_init=0.01, max_iter=2000, random_state=seed)
    other.fit(scaler.transform(train.raw), train.labels)
    theirs = other.score(scaler.transform(test.raw), test.labels)
    return trainer.recorder.measures[1].metrics["accuracy"], theirs


def test_irises_are_told_apart_as_well_as_by_scikit_learn():
    ours, theirs = np.mean([accuracies(seed) for seed in range(1, 6)], axis=0)
    assert theirs > 0.9
    assert ours > theirs - 0.02
