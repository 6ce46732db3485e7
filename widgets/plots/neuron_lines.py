"""The zero lines of the first layer's neurons, as they are drawn over the output."""

from __future__ import annotations

import numpy as np

from playground.analysis.zero_lines import first_hidden_layer, zero_lines
from playground.training.snapshot import Snapshot
from widgets.plots.dashes import Segments, dashed

MOST_LINES = 32
"""Lines of more neurons than this would hide the map."""
NO_LINES: Segments = np.empty((0, 4))


def neuron_lines(snapshot: Snapshot) -> Segments:
    """Where each neuron turns from negative to positive, dashed; none where that is not known."""
    layer_id = first_hidden_layer(snapshot.experiment.graph)
    layer = snapshot.layers.get(layer_id) if layer_id else None
    inputs, output = snapshot.input_maps, snapshot.output
    if layer is None or layer.weights is None or layer.bias is None or inputs is None or output is None:
        return NO_LINES
    steps, count = output.shape[-1] - 1, inputs.shape[-1]
    stride = -(-(steps + 1) // count)  # the inputs are told on a coarser grid, which may end before the edge
    lines = dashed(np.concatenate(zero_lines(layer.weights[:MOST_LINES], layer.bias[:MOST_LINES], inputs)))
    lows, highs = zip(*(axis.range for axis in snapshot.data.axes), strict=True)
    return np.tile(lows, 2) + lines * np.tile(np.subtract(highs, lows), 2) * stride / steps
