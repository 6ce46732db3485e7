"""A person sees how far the gradient reaches back in time, and keeps it to see another layer beside it."""

import numpy as np

from playground.data.datasets.sequences import Waves
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.layers.recurrent import Lstm, SimpleRnn


def test_the_gradient_over_time_is_worked_out_elsewhere_and_can_be_kept(window, qtbot):
    document, page = window.workspace.document, window.pages.page
    start = document.experiment.with_dataset(Waves(samples=20, window=5))

    def with_layer(layer):
        layers = (layer, Dense(id="output"))
        document.edit(start.with_(network=Architecture(layers=layers)).fitted(), "")

    with_layer(SimpleRnn(id="rnn", units=2))
    qtbot.waitUntil(lambda: page.plots is not None, timeout=20_000)
    page.plots.set_folded(False)
    qtbot.waitUntil(lambda: "rnn" in window.workspace.link.latest.layers, timeout=20_000)
    page.plots.tabs["gradient_over_time"].click()
    plot = page.plots.plots["gradient_over_time"]
    qtbot.waitUntil(lambda: "Simple RNN 1" in plot.columns(), timeout=20_000)
    before = plot.columns()["Simple RNN 1"]
    assert len(before) == 5
    assert (before > 0).all()
    plot.keep_action.trigger()
    with_layer(Lstm(id="lstm", units=2))
    qtbot.waitUntil(lambda: "LSTM 1" in plot.columns(), timeout=20_000)
    np.testing.assert_array_equal(plot.columns()["Simple RNN 1, kept"], before)
    plot.forget_action.trigger()
    assert list(plot.columns()) == ["step", "LSTM 1"]
