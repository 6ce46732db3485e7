"""What goes on in a layer over time is drawn for the chosen sample, and how far its gradient reaches."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.sequences import Waves
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.layers.recurrent import Lstm, SimpleRnn
from playground.experiment import Experiment
from playground.training.moment import Moment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets import theme
from widgets.asking import Known
from widgets.plots.over_time.content import chosen_layer, time_content, title_of
from widgets.plots.over_time.gradient import worked_out
from widgets.plots.over_time.plot import OverTimePlot
from widgets.plots.plots_panel import PlotsPanel

WINDOW, UNITS = 6, 4
OF_SEQUENCES = ("over_time", "gradient_over_time")
PAUSED = Progress(1, State.PAUSED, 1000, 0.0, None)


def snapshot_of(dataset, *layers):
    start = Experiment().with_dataset(dataset)
    return Observer(Trainer(start.with_(network=Architecture(layers=layers)).fitted())).snapshot(PAUSED)


@pytest.fixture(scope="module")
def waves():
    layers = (SimpleRnn(id="rnn", units=3, gives="all"), Lstm(id="lstm", units=UNITS), Dense(id="output"))
    return snapshot_of(Waves(samples=20, window=WINDOW), *layers)


@pytest.fixture(scope="module")
def text():
    return snapshot_of(
        OwnText(text="abcd" * 10, window=WINDOW), Lstm(id="lstm", units=UNITS), Dense(id="output")
    )


@pytest.fixture
def attentive(text):
    """A layer of which each step looks at the one before, and the first at itself."""
    weights = np.eye(WINDOW, k=-1)
    weights[0, 0] = 1
    layers = {**text.layers, "lstm": replace(text.layers["lstm"], seen={"weights": weights})}
    return replace(text, layers=layers)


@pytest.fixture
def plot(show, waves):
    plot = show(OverTimePlot(), 520, 260)
    plot.show_snapshot(waves)
    return plot


def middle(plot, row, column):
    return plot.map.cell(row, column).center().toPoint()


# --- states and gates -------------------------------------------------------------------------------


def test_a_row_is_a_neuron_and_a_column_a_step(plot, waves):
    plot.show_layers(["lstm"])
    assert plot.content.name == "state"
    np.testing.assert_array_equal(plot.content.values, waves.layers["lstm"].seen["state"].T)
    assert plot.content.steps == tuple(map(str, range(1, WINDOW + 1)))


def test_a_place_has_the_colour_of_its_value(plot):
    values = plot.content.values
    row, column = np.unravel_index(np.abs(values).argmax(), values.shape)
    image = plot.grab().toImage()
    colour = image.pixelColor(middle(plot, row, column) * image.devicePixelRatio())
    shown = theme.current()
    ends = (shown.positive, shown.negative) if values[row, column] > 0 else (shown.negative, shown.positive)
    near, far = (
        sum(abs(a - b) for a, b in zip(colour.getRgb()[:3], QColor(end).getRgb()[:3], strict=True))
        for end in ends
    )
    assert near < far


def test_each_gate_of_an_lstm_can_be_chosen_and_stays_chosen(plot, waves, qtbot):
    plot.show_layers(["lstm"])
    titles = [plot.box.itemText(place) for place in range(plot.box.count())]
    assert set(titles) == {"States", "Cells", "Input gate", "Forget gate", "Output gate", "Candidate"}
    plot.box.setCurrentText("Forget gate")
    plot.box.textActivated.emit("Forget gate")
    np.testing.assert_array_equal(plot.content.values, waves.layers["lstm"].seen["forget gate"].T)
    plot.show_snapshot(replace(waves, step=waves.step + 1))
    assert plot.content.name == "forget gate"
    plot.show_layers(["rnn"])
    assert plot.content.name == "state"
    assert not plot.box.isVisible()


def test_the_selected_layer_is_shown_and_stays_when_another_has_nothing_to_show(waves):
    assert chosen_layer(waves, (), "") == "rnn"
    assert chosen_layer(waves, ("lstm",), "") == "lstm"
    assert chosen_layer(waves, ("output",), "lstm") == "lstm"
    assert chosen_layer(waves, ("input",), "gone") == "rnn"


def test_pointing_reads_a_place_out_and_arrow_keys_go_on_from_there(plot, qtbot):
    plot.show_layers(["lstm"])
    qtbot.mouseMove(plot, middle(plot, 1, 2))
    assert plot.pointed == (1, 2)
    assert plot.caption.text().startswith("neuron 2, step 3: ")
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Down)
    assert plot.pointed == (2, 3)
    assert "neuron 3, step 4" in plot.accessibleDescription()
    for _ in range(20):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.pointed == (2, WINDOW - 1)


def test_by_keys_alone_the_first_place_is_read_first(plot, qtbot):
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.pointed == (0, 0)


def test_a_smaller_layer_is_not_read_where_it_has_nothing(plot, qtbot):
    plot.show_layers(["lstm"])
    plot.setFocus()
    for key in [Qt.Key.Key_Right, *[Qt.Key.Key_Down] * UNITS]:
        qtbot.keyClick(plot, key)
    assert plot.pointed == (UNITS - 1, 0)
    plot.show_layers(["rnn"])
    assert plot.pointed is None


def test_the_numbers_are_saved_a_row_a_step(plot):
    plot.show_layers(["lstm"])
    columns = plot.columns()
    assert list(columns) == ["step", *(f"neuron {unit}" for unit in range(1, UNITS + 1))]
    np.testing.assert_array_equal(columns["neuron 2"], plot.content.values[1])


def test_of_two_directions_the_second_is_told_apart():
    layers = (SimpleRnn(id="both", units=2, reads="both"), Dense(id="output"))
    content = time_content(snapshot_of(Waves(samples=20, window=WINDOW), *layers), "both", "state backwards")
    assert [title_of(name) for name in content.names] == ["States", "States, backwards"]
    assert content.values.shape == (2, WINDOW)


def test_without_such_a_layer_there_is_a_sentence(show):
    from playground.engine.layers import Flatten

    plot = show(OverTimePlot(), 400, 200)
    plot.show_snapshot(snapshot_of(Waves(samples=20, window=WINDOW), Flatten(id="flat"), Dense(id="output")))
    assert plot.content is None
    assert plot.columns() == {}
    assert not plot.grab().isNull()


# --- attention --------------------------------------------------------------------------------------


def test_weights_of_attention_have_steps_on_both_sides(attentive):
    content = time_content(attentive, "lstm", "")
    assert content.of_steps
    np.testing.assert_array_equal(content.values, attentive.layers["lstm"].seen["weights"])
    assert content.row_name(2) == content.steps[2] in "abcd"
    to, place = content.steps[3], content.steps[2]
    assert content.words(3, 2) == f"step 4 {to} looks at step 3 {place} with 1"


def test_the_row_of_a_step_that_is_pointed_at_lights_up(show, attentive, qtbot):
    plot = show(OverTimePlot(), 520, 320)
    plot.show_snapshot(attentive)
    before = plot.grab().toImage()
    spots = [middle(plot, row, row - 1) for row in (2, 4)]
    qtbot.mouseMove(plot, middle(plot, 2, 4))
    after = plot.grab().toImage()
    ratio = after.devicePixelRatio()
    assert after.pixelColor(spots[0] * ratio) == before.pixelColor(spots[0] * ratio)
    assert after.pixelColor(spots[1] * ratio) != before.pixelColor(spots[1] * ratio)


# --- in the panel -----------------------------------------------------------------------------------


def test_plots_over_time_are_offered_where_a_layer_reads_sequences(show, waves):
    panel = show(PlotsPanel(), 900, 270)
    panel.show_snapshot(waves)
    assert all(panel.tabs[name].offered for name in OF_SEQUENCES)
    assert panel.plots["over_time"].isVisible()
    panel.show_layers(["lstm"])
    panel.show_snapshot(waves)
    assert panel.plots["over_time"].content.title == "LSTM 1"
    panel.show_snapshot(replace(waves, experiment=Experiment()))
    assert not any(panel.tabs[name].offered for name in OF_SEQUENCES)
    assert "over_time" not in panel.state()
    assert panel.state()


def test_slopes_are_those_of_the_network_that_has_learnt_though_the_present_one_cannot():
    start = Experiment().with_dataset(Waves(samples=20, window=WINDOW))
    layers = (SimpleRnn(id="rnn", units=2), Dense(id="output"))
    trainer = Trainer(start.with_(network=Architecture(layers=layers)).fitted())
    blocked = start.with_(network=Architecture(layers=layers[1:]))
    assert set(worked_out(Known(blocked, Moment.of(trainer)))) == {"rnn"}
    assert worked_out(Known(blocked, None)) == {}
