"""Over one sample the canvas shows pictures where layers have a shape, and one colour a neuron elsewhere."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from playground.data.datasets.apples_and_oranges import ApplesAndOranges
from playground.data.datasets.digits import Digits
from playground.data.spaces import PrincipalPlane
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.document import Document


@pytest.fixture
def dataset():
    return Digits()


@pytest.fixture
def seen(qtbot, qapp, dataset):
    """A canvas on a dataset, and a way to look at it over a space."""
    theme.apply(qapp, "dark")
    document = Document(Experiment().with_dataset(dataset))
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(900, 500)
    with qtbot.waitExposed(canvas):
        canvas.show()
    observer = Observer(Trainer(document.experiment))

    def look(**view):
        observer.view = View(**view)
        snapshot = observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))
        canvas.show_snapshot(snapshot)
        return canvas, snapshot

    yield look
    document.undo_stack.setClean()


def test_the_input_is_one_large_tile_with_the_picture(seen):
    canvas, snapshot = seen()
    card = canvas.view.state.scene.card("input")
    assert (card.units, len(card.tiles), card.subtitle) == (1, 1, "8×8×1")
    assert card.tiles[0].rect.width() > 2 * canvas.view.state.scene.card("dense1").tiles[0].rect.width()
    shades = np.corrcoef(snapshot.input_maps[0].ravel(), snapshot.data.chosen.raw.ravel())[0, 1]
    assert shades > 0.98


def test_a_neuron_is_one_colour(seen):
    _, snapshot = seen()
    assert snapshot.layers["dense1"].maps.shape == (4, 1, 1)


def test_weights_out_of_a_picture_are_one_band(seen):
    canvas, _ = seen()
    bundle = next(bundle for bundle in canvas.view.state.scene.bundles if bundle.layer_id == "dense1")
    assert bundle.outline is not None
    assert bundle.count == 4 * 64
    flatten = canvas.view.state.scene.card("flatten1").rect
    assert bundle.label.x() > flatten.right()


def test_over_a_plane_every_value_is_a_map_again(seen):
    seen()
    canvas, snapshot = seen(space=PrincipalPlane())
    card = canvas.view.state.scene.card("input")
    assert card.units == 64
    assert card.hidden > 0
    assert snapshot.input_maps.shape[1:] == (34, 34)


def test_the_picture_stands_upright_in_its_tile(seen):
    canvas, snapshot = seen()
    view = canvas.view
    rect = view.state.tile_rect("input", 0)
    image = view.grab().toImage()
    raw, ratio = snapshot.data.chosen.raw[..., 0], image.devicePixelRatio()

    def blue(row, column):
        inside = QPointF((column + 0.5) / 8 * rect.width(), (row + 0.5) / 8 * rect.height())
        return image.pixelColor(
            (view.state.camera.to_screen(rect.topLeft() + inside) * ratio).toPoint()
        ).blue()

    inner = range(1, 7)
    seen_values = [blue(row, column) for row in inner for column in inner]
    assert np.corrcoef(seen_values, raw[1:7, 1:7].ravel())[0, 1] > 0.95


@pytest.mark.parametrize("dataset", [ApplesAndOranges(samples=20, side=8)])
def test_red_green_and_blue_of_a_picture_are_tiles_of_these_colours(seen):
    canvas, snapshot = seen()
    view = canvas.view
    image, raw = view.grab().toImage(), snapshot.data.chosen.raw
    ratio = image.devicePixelRatio()
    for channel in range(3):
        rect = view.state.tile_rect("input", channel)
        colours = []
        for row, column in np.ndindex(6, 6):
            inside = QPointF((column + 1.5) / 8 * rect.width(), (row + 1.5) / 8 * rect.height())
            place = (view.state.camera.to_screen(rect.topLeft() + inside) * ratio).toPoint()
            colours.append(image.pixelColor(place).getRgb()[:3])
        levels = np.array(colours)
        assert not np.delete(levels, channel, axis=1).any()
        assert np.corrcoef(levels[:, channel], snapshot.input_maps[channel, 1:7, 1:7].ravel())[0, 1] > 0.99
    assert raw.shape == (8, 8, 3)
