"""Where layers share weights, W Wᵗ is drawn, and beside it how near to principal components they are."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from playground.data.datasets.wine import Wine
from playground.data.scaling import Standardize
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, TiedDense
from playground.engine.losses import SquaredError
from playground.engine.optimizers import Adam
from playground.experiment import Experiment, Training
from widgets import theme
from widgets.plots.plots_panel import PlotsPanel
from widgets.plots.shared_weights.plot import SharedWeightsPlot

EPOCHS = 60
WINE = Experiment().with_dataset(Wine()).data.with_(targets="inputs", scaling=Standardize())
LINEAR = (
    Dense(id="code", units=3, activation=Linear()),
    TiedDense(id="output", of="code", activation=Linear()),
)
DEEP = (
    Dense(id="wide", units=6),
    Dense(id="code", units=3, activation=Linear()),
    TiedDense(id="back", of="code"),
    TiedDense(id="output", of="wide", activation=Linear()),
)


def autoencoder(*layers):
    training = Training(loss=SquaredError(), optimizer=Adam(learning_rate=0.02), batch_size=20)
    return Experiment(data=WINE, network=Architecture(layers=layers), training=training)


@pytest.fixture
def learned(train):
    return train(autoencoder(*LINEAR), epochs=EPOCHS)


@pytest.fixture
def plot(show, learned):
    plot = show(SharedWeightsPlot(), 520, 240)
    plot.show_snapshot(learned)
    return plot


def pixel(plot, row, column):
    image = plot.grab().toImage()
    at = plot.map.cell(row, column).center().toPoint()
    return image.pixelColor(at * image.devicePixelRatio()).getRgb()[:3]


def test_the_map_is_the_rows_of_the_weights_multiplied(plot, learned):
    weights = learned.layers["code"].weights.astype(float)
    assert weights.shape == (3, 13)
    np.testing.assert_allclose(plot.content.values, weights @ weights.T, atol=1e-12)
    np.testing.assert_allclose(plot.content.values, np.eye(3), atol=0.1)
    assert plot.content.away == pytest.approx(np.abs(weights @ weights.T - np.eye(3)).max())
    assert plot.accessibleName() == "Shared weights"
    assert "max |W Wᵗ − 1| 0.0" in plot.accessibleDescription()


def test_a_neuron_with_itself_has_the_strongest_colour_and_two_have_none(plot):
    strong = QColor(theme.current().positive).getRgb()[:3]
    assert np.abs(np.subtract(pixel(plot, 1, 1), strong)).max() < 25
    assert np.abs(np.subtract(pixel(plot, 0, 1), strong)).max() > 60


def test_a_place_is_read_out_by_pointer_and_by_arrow_keys(plot, qtbot):
    qtbot.mouseMove(plot, plot.map.cell(1, 1).center().toPoint())
    assert plot.caption.text().startswith("neuron 2 with itself: ")
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.caption.text().startswith("neuron 2 with 3: ")


def test_the_numbers_are_saved_a_row_a_neuron(plot):
    assert list(plot.columns()) == ["neuron", "neuron 1", "neuron 2", "neuron 3"]
    np.testing.assert_array_equal(plot.columns()["neuron 2"], plot.content.values[1])


def test_the_caption_has_the_numbers_where_there_is_no_room_beside_the_map(plot):
    assert plot.caption.text() == "Dense 1 · W Wᵗ"
    plot.resize(180, 240)
    assert "max |W Wᵗ − 1|" in plot.caption.text()


def test_the_selected_layer_is_shown_or_else_the_narrowest_that_shares(show, train):
    plot = show(SharedWeightsPlot(), 520, 240)
    plot.show_snapshot(train(autoencoder(*DEEP), epochs=0))
    assert plot.content.values.shape == (3, 3)
    plot.show_layers(["output"])  # which has the weights of the wide one
    assert plot.content.values.shape == (6, 6)
    plot.show_layers(["input"])
    assert plot.content.values.shape == (6, 6)
    plot.show_layers(["code"])
    assert plot.content.values.shape == (3, 3)


def test_it_is_offered_where_weights_are_shared_and_survives_an_experiment_without(show, train, learned):
    panel = show(PlotsPanel(), 900, 270)
    panel.show_snapshot(learned)
    assert panel.tabs["shared_weights"].offered
    panel.tabs["shared_weights"].click()
    assert panel.plots["shared_weights"].content is not None
    panel.show_snapshot(train(epochs=0))
    assert not panel.tabs["shared_weights"].offered
    panel.plots["shared_weights"].setVisible(True)
    panel.plots["shared_weights"].show_snapshot(train(epochs=0))
    assert panel.plots["shared_weights"].columns() == {}
    assert not panel.grab().isNull()


def test_the_angle_to_components_is_told_and_drawn_over_the_epochs(plot, learned):
    content = plot.content
    assert content.epochs.tolist() == list(range(EPOCHS + 1))
    assert content.angles[0] > 20 > content.angles[-1] == content.angle
    assert "angle to PCA" in plot.accessibleDescription()
    bare = plot.grab().toImage()
    plot.content = replace(content, angles=content.angles[::-1])
    assert plot.grab().toImage() != bare


def test_where_weights_are_of_more_than_one_layer_there_is_no_angle(show, train):
    plot = show(SharedWeightsPlot(), 520, 240)
    plot.show_snapshot(train(autoencoder(*DEEP), epochs=1))
    assert plot.content.angle is None
    assert "angle" not in plot.accessibleDescription()
