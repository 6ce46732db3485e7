"""A person sees how near the shared weights of a linear autoencoder come to the principal components."""

import numpy as np
from scipy.linalg import subspace_angles

from playground.data.datasets.recipes import Blobs
from playground.data.features import XY, X, XSquared, Y
from playground.engine.activations import Linear, Tanh
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, TiedDense
from playground.engine.losses import SquaredError


def test_the_angle_to_principal_components_is_told_where_the_network_is_linear(window, qtbot):
    document, page, link = window.workspace.document, window.pages.page, window.workspace.link

    def with_code(activation):
        code = Dense(id="code", units=2, activation=activation)
        layers = (code, TiedDense(id="output", of="code", activation=Linear()))
        start = document.experiment
        data = start.data.with_(
            dataset=Blobs(samples=60), inputs=(X(), Y(), XSquared(), XY()), targets="inputs"
        )
        training = start.training.with_(loss=SquaredError())
        network = Architecture(layers=layers)
        document.edit(start.with_(data=data, network=network, training=training), "")

    with_code(Linear())
    qtbot.waitUntil(lambda: page.plots is not None, timeout=20_000)
    page.plots.set_folded(False)
    qtbot.waitUntil(lambda: page.plots.tabs["shared_weights"].offered, timeout=20_000)
    page.plots.tabs["shared_weights"].click()
    plot = page.plots.plots["shared_weights"]
    qtbot.waitUntil(lambda: plot.content is not None and plot.content.angle is not None, timeout=20_000)
    inputs = link.session.answer(lambda run: run.learner.trainer.data.train.inputs).result(20)
    _, vectors = np.linalg.eigh(np.cov(inputs.T))
    weights = link.latest.layers["code"].weights
    expected = np.degrees(subspace_angles(weights.T, vectors[:, -2:]).max())
    np.testing.assert_allclose(plot.content.angle, expected, atol=1e-3)
    assert "angle to PCA" in plot.accessibleDescription()
    with_code(Tanh())
    qtbot.waitUntil(lambda: plot.content is not None and plot.content.angle is None, timeout=20_000)
    assert "angle" not in plot.accessibleDescription()
