"""Large networks are updated a piece at a time, and by that nothing is changed."""

import numpy as np
import pytest
from training_examples import experiment, train, two_layers

from playground.engine.optimizers import Adam, Lbfgs, Optimizer
from playground.training import update
from playground.training.trainer import Trainer


@pytest.mark.parametrize("kind", Optimizer.members())
def test_pieces_move_as_the_whole_does(kind, monkeypatch):
    start = experiment(optimizer=kind())
    whole = Trainer(start)
    monkeypatch.setattr(update, "PIECE", 5)
    pieces = Trainer(start)
    for trainer in (whole, pieces):
        train(trainer, 7)
    assert np.array_equal(pieces.network.parameters, whole.network.parameters)
    for slot, values in whole.update.slots.items():
        assert np.array_equal(pieces.update.slots[slot], values), slot


def test_only_large_networks_have_pieces_and_none_whose_optimizer_looks_at_all_at_once(monkeypatch):
    def pieces(optimizer):
        sizes = []
        monkeypatch.setattr(type(optimizer), "update", lambda self, w, *others: sizes.append(len(w)))
        start = experiment(*two_layers(249), optimizer=optimizer)  # 747 weights and 250
        Trainer(start).update.apply(0.1)
        return sizes

    monkeypatch.setattr(update, "PIECE", 400)
    assert pieces(Adam()) == [400, 400, 197]
    assert pieces(Lbfgs()) == [997]
