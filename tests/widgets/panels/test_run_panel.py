"""A run in lockstep says how far its weights are from those in front, or why that is not told."""

import numpy as np
import pytest
from panel_helpers import snapshot

from widgets.pages.runs.lockstep.panel import RunPanel

FAR = {"epoch": np.array([5.0]), "step": np.array([40.0]), "apart": np.array([1.25])}


@pytest.mark.parametrize(
    ("apart", "progress", "told"),
    [
        ({}, 2.0, "not level with the one in front yet"),
        ({}, 5.0, "weights of another shape"),
        (FAR, 5.0, "weights apart ‖Δ‖ 1.25 after 40 steps"),
        (None, 5.0, "in front"),
    ],
)
def test_how_far_the_weights_are_apart_is_told(show, apart, progress, told):
    panel = show(RunPanel("Beside 1", 1), 400, 300)
    panel.show_numbers(snapshot(apart=apart, progress=progress), snapshot(progress=5.0))
    assert panel.apart.text() == told
