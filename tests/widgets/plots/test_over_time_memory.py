"""Over time one sees where the heads of an external memory look."""

from dataclasses import replace

import numpy as np

from widgets.plots.over_time.content import time_content, title_of


def test_rows_of_what_a_head_looks_at_are_slots(train):
    snapshot = train(epochs=0)
    layer_id = snapshot.experiment.network.layers[0].id
    seen = {"writing": np.eye(3)[:2], "memory": np.zeros((2, 6))}
    layers = dict(snapshot.layers) | {layer_id: replace(snapshot.layers[layer_id], seen=seen)}
    shown = replace(snapshot, layers=layers)

    slots = time_content(shown, layer_id, "writing")
    memory = time_content(shown, layer_id, "memory")

    assert slots.values.shape == (3, 2)
    assert slots.words(1, 1).startswith("slot 2")
    assert memory.words(1, 1).startswith("neuron 2")
    assert title_of("writing") == "Slots written"
