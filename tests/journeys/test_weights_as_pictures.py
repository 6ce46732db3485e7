"""A person points at a neuron, or selects its layer, and sees its weights as a picture."""

import numpy as np
import pytest
from test_files import train_epochs

from playground.data.datasets.digits import Digits
from playground.data.datasets.shapes import Shapes
from widgets.canvas.info import describe
from widgets.canvas.parts import Role, Target


@pytest.fixture
def learn(open_window, qtbot):
    """A window on pictures that are learnt."""

    def learn(dataset):
        window = open_window(size=(1440, 900))
        document, link = window.workspace.document, window.workspace.link
        document.edit(document.experiment.with_dataset(dataset), "")
        qtbot.waitUntil(lambda: link.latest.experiment.data.dataset == dataset, timeout=20_000)
        qtbot.waitUntil(
            lambda: link.latest.layers[document.experiment.network.layers[1].id].weights is not None
        )
        return window

    return learn


def first_dense(window):
    return window.workspace.document.experiment.network.layers[1].id


def weights(window):
    return window.workspace.link.latest.layers[first_dense(window)].weights


def told(window, layer_id, unit):
    state = window.design.canvas.view.state
    return describe(Target(Role.TILE, layer_id, unit), state.scene, state.snapshot)


def test_the_card_beside_the_pointer_shows_the_weights_of_the_neuron(learn):
    window = learn(Digits())
    info = told(window, first_dense(window), 1)
    np.testing.assert_array_equal(info.picture, weights(window)[1].reshape(8, 8))
    assert any(line.startswith("weights ") for line in info.lines)


def test_of_later_layers_there_is_no_picture(learn):
    window = learn(Digits())
    output = window.workspace.document.experiment.network.output.id
    assert told(window, output, 0).picture is None


def test_colours_stand_side_by_side(learn):
    window = learn(Shapes(samples=20, side=8, colour=True))
    info = told(window, first_dense(window), 0)
    by_pixel = weights(window)[0].reshape(8, 8, 3)
    np.testing.assert_array_equal(info.picture, np.concatenate(np.moveaxis(by_pixel, 2, 0), axis=1))
    assert any("red, green and blue" in line for line in info.lines)


def test_a_selected_layer_has_a_picture_of_every_neuron_that_follows_the_training(learn, qtbot):
    window = learn(Digits())
    view = window.design.views.of("height width channels").weights
    assert not view.isVisible()
    window.design.canvas.set_selection((first_dense(window),))
    window.design.inspector.show_layers((first_dense(window),))
    qtbot.waitUntil(lambda: view.isVisible() and view.wall.count == len(weights(window)))
    before = view.wall.content.raw(0).copy()
    np.testing.assert_array_equal(before, weights(window)[0].reshape(8, 8))
    train_epochs(qtbot, window, 1)
    qtbot.waitUntil(lambda: not np.array_equal(view.wall.content.raw(0), before))
    window.design.canvas.set_selection(())
    qtbot.waitUntil(lambda: not view.isVisible())
