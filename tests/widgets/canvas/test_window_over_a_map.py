"""A value of a feature map shows what it is made of, and the window can be led over the map."""

import numpy as np
import pytest
from canvas_examples import Person
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from playground.data.datasets.digits import Digits
from playground.data.datasets.sequences.continued import Waves
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.layers.convolution import Conv1D, Conv2D
from playground.engine.layers.pooling import MaxPool, Upsample
from playground.engine.layers.transposed import ConvTranspose
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.canvas.info import describe
from widgets.canvas.paint_windows import told
from widgets.canvas.parts import MapValue, Role, Target
from widgets.canvas.state import Sweep
from widgets.canvas.windows import Looked, looked, shown_spot
from widgets.document import Document
from widgets.plots.sample_content import sample_content
from widgets.plots.sample_view import SampleView


@pytest.fixture
def document(qapp):
    theme.apply(qapp, "dark")
    experiment = Experiment().with_dataset(Digits())
    layers = (
        Conv2D(id="conv", filters=3, padding="same"), MaxPool(id="pool"), Conv2D(id="deep", filters=2),
        Flatten(id="flat"), Dense(id="output", units=10),
    )  # fmt: skip
    return Document(experiment.with_(network=Architecture(layers=layers)).fitted())


@pytest.fixture
def person(qtbot, document):
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 560)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.show_snapshot(snapshot_of(document.experiment))
    yield Person(qtbot, canvas, document)
    document.undo_stack.setClean()


def snapshot_of(experiment, focus=None):
    observer = Observer(Trainer(experiment))
    observer.view = View(focus=focus)
    return observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, None))


def place(person, layer_id, unit, row, column, size):
    """The middle of a value of a map of so many rows and columns."""
    tile = person.view.state.tile_rect(layer_id, unit)
    inside = QPointF((column + 0.5) / size * tile.width(), (row + 0.5) / size * tile.height())
    return person.on_screen(tile.topLeft() + inside)


def seen(person):
    return looked(person.view.state, shown_spot(person.view.state))


def test_pointing_at_a_value_of_a_map_shows_what_makes_it(person):
    person.move(place(person, "conv", 1, 2, 5, 8))
    found, layer = seen(person), person.view.state.layer("conv")
    assert found.spot == MapValue("conv", 1, 2, 5)
    assert found.value == layer.maps[1, 2, 5] == pytest.approx(max(found.sum.total, 0), abs=1e-6)
    picture = person.view.state.snapshot.input_maps[0]
    np.testing.assert_array_equal(found.sum.patch[..., 0], picture[1:4, 4:7])
    heading, lines = told(found)
    assert heading == "Conv 2D 1 · channel 2 · row 3, column 6"
    assert lines[0].startswith("Σ ")
    assert lines[1].startswith("ReLU(z) = ")


def test_the_field_is_shown_in_every_layer_before(person):
    person.move(place(person, "deep", 0, 0, 1, 2))
    assert seen(person).fields == {
        "pool": (range(0, 3), range(1, 4)), "conv": (range(0, 6), range(2, 8)),
        "input": (range(-1, 7), range(1, 9)),
    }  # fmt: skip
    plain = person.view.grab().toImage()
    person.move(place(person, "deep", 0, 1, 0, 2))
    assert person.view.grab().toImage() != plain


def test_a_pool_says_which_value_it_takes(person):
    person.move(place(person, "pool", 2, 1, 1, 4))
    found = seen(person)
    assert found.sum.kernel is None
    assert found.value == found.sum.patch.max()
    assert told(found)[1] == (f"largest {told(found)[1][0].removeprefix('largest ')}",)


def test_a_value_that_was_clicked_stays_and_a_second_click_lets_it_go(person):
    at = place(person, "conv", 0, 3, 3, 8)
    person.click(at)
    person.move(QPointF(4, 4).toPoint())
    assert seen(person).spot == MapValue("conv", 0, 3, 3)
    person.click(place(person, "conv", 0, 6, 1, 8))
    assert (person.view.state.pinned, person.view.state.kept) == (("conv", 0), MapValue("conv", 0, 6, 1))
    person.click(place(person, "conv", 0, 6, 1, 8))
    person.move(QPointF(4, 4).toPoint())
    assert person.view.state.pinned is None
    assert seen(person) is None


def test_the_window_slides_by_itself_and_by_arrows_until_escape(person, qtbot):
    person.view.setFocus()
    person.click(place(person, "conv", 1, 0, 6, 8))
    person.move(QPointF(4, 4).toPoint())
    person.key(Qt.Key.Key_W)
    assert person.view.state.sweep is Sweep.RUNS
    qtbot.waitUntil(lambda: seen(person).spot in (MapValue("conv", 1, 0, 7), MapValue("conv", 1, 1, 0)))
    person.key(Qt.Key.Key_W)
    assert person.view.state.sweep is Sweep.HELD
    before = seen(person).spot
    person.key(Qt.Key.Key_Down)
    assert seen(person).spot == before._replace(row=before.row + 1)
    for _ in range(9):
        person.key(Qt.Key.Key_Left)
    assert seen(person).spot == MapValue("conv", 1, before.row + 1, 0)
    assert "row" in person.view.accessibleDescription()
    person.key(Qt.Key.Key_Escape)
    assert person.view.state.sweep is Sweep.OFF
    assert seen(person).spot == MapValue("conv", 1, before.row + 1, 0)
    assert person.document.undo_stack.count() == 0


def test_the_menu_of_a_map_slides_the_window_and_of_no_other_neuron(person):
    def texts(target):
        menu = person.menu(target)
        found = {action.text().split("\t")[0]: action for action in menu.actions()}
        menu.deleteLater()
        return found

    assert "Slide the window" not in texts(Target(Role.TILE, "output", 0))
    texts(Target(Role.TILE, "deep", 1))["Slide the window"].trigger()
    assert person.view.state.spot == MapValue("deep", 1, 0, 0)


def test_a_window_ends_when_its_layer_goes(person):
    person.view.setFocus()
    person.click(place(person, "conv", 1, 0, 0, 8))
    person.key(Qt.Key.Key_W)
    person.canvas.view.commands.remove(("conv",))
    person.view.grab()
    assert seen(person) is None
    person.key(Qt.Key.Key_Down)
    assert person.view.state.sweep is Sweep.OFF


def test_a_map_says_how_much_of_the_picture_each_of_its_values_sees(person):
    state = person.view.state
    said = {
        layer_id: describe(Target(Role.TILE, layer_id, 0), state.scene, state.snapshot).lines[-1]
        for layer_id in ("conv", "pool", "deep")
    }
    assert said == {
        "conv": "each value sees 3×3 of 8×8 pixels",
        "pool": "each value sees 4×4 of 8×8 pixels",
        "deep": "each value sees all of 8×8 pixels",
    }


def test_the_large_map_of_a_pinned_channel_is_pointed_at_as_its_tile_is(person, qtbot):
    large = SampleView("Sample")
    qtbot.addWidget(large)
    large.resize(330, 300)
    with qtbot.waitExposed(large):
        large.show()
    large.pointed.connect(person.canvas.look_at)
    large.show_content(sample_content(snapshot_of(person.document.experiment, focus=("conv", 1))))
    person.click(place(person, "conv", 1, 0, 0, 8))
    person.move(QPointF(4, 4).toPoint())
    large.grab()
    side = large.picture_place.width() / 8
    at = large.picture_place.topLeft() + QPointF(6.5 * side, 2.5 * side)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(large, move)
    assert seen(person).spot == MapValue("conv", 1, 2, 6)


def test_a_window_over_a_sequence_goes_from_step_to_step(qtbot, qapp):
    layers = (
        Conv1D(id="conv", filters=5, padding="causal"), MaxPool(id="pool"), Conv1D(id="deep", filters=4),
        Flatten(id="flat"), Dense(id="output", units=1),
    )  # fmt: skip
    experiment = Experiment().with_dataset(Waves(window=16))
    document = Document(experiment.with_(network=Architecture(layers=layers)).fitted())
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 560)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.show_snapshot(snapshot_of(document.experiment))
    person = Person(qtbot, canvas, document)
    tile = person.view.state.tile_rect("deep", 0)
    person.move(person.on_screen(tile.topLeft() + QPointF(2.5 / 6 * tile.width(), 1.5 / 4 * tile.height())))
    found = seen(person)
    assert found.spot == MapValue("deep", 0, 1, 2)
    assert found.fields == {"pool": (range(2, 5),), "conv": (range(4, 10),), "input": (range(2, 10),)}
    assert max(found.sum.total, 0) == pytest.approx(person.view.state.layer("deep").maps[0, 1, 2], abs=1e-5)
    assert told(found)[0] == "Conv 1D 2 · channel 2 · step 3"
    person.view.grab()
    document.undo_stack.setClean()


def put_in_place_of_the_third(person, layer):
    network = person.document.experiment.network
    layers = (*network.layers[:2], layer, *network.layers[3:])
    person.document.edit(person.document.experiment.with_(network=Architecture(layers=layers)), "")
    person.canvas.show_snapshot(snapshot_of(person.document.experiment))


def test_a_value_of_a_transposed_convolution_shows_what_is_laid_over_it(person):
    put_in_place_of_the_third(person, ConvTranspose(id="wide", filters=2))
    person.move(place(person, "wide", 1, 3, 3, 8))
    found, layer = seen(person), person.view.state.layer("wide")
    assert found.value == layer.maps[1, 3, 3] == pytest.approx(max(found.sum.total, 0), abs=1e-6)
    np.testing.assert_array_equal(found.sum.patch, layer.given[1:3, 1:3])
    assert told(found)[1][1].startswith("Σ ")
    assert found.fields["pool"] == (range(1, 3), range(1, 3))
    assert not person.view.grab().isNull()


def test_where_no_pattern_is_laid_down_the_bias_is_left_alone(person):
    put_in_place_of_the_third(person, ConvTranspose(id="wide", filters=2, kernel=1, stride=3))
    person.move(place(person, "wide", 0, 2, 2, 12))
    found = seen(person)
    assert found.sum.patch.size == 0
    assert found.sum.total == found.sum.bias
    assert not person.view.grab().isNull()


def test_a_button_slides_the_window_where_there_is_a_map(person):
    button = person.canvas.slides
    assert button.isVisible()
    button.click()
    assert person.view.state.sweep is Sweep.RUNS
    assert person.view.state.spot == MapValue("conv", 0, 0, 0)
    button.click()
    assert person.view.state.sweep is Sweep.HELD
    network = Architecture(layers=(Flatten(id="flat"), Dense(id="output", units=10)))
    person.document.edit(person.document.experiment.with_(network=network), "")
    assert not button.isVisible()


def test_of_a_map_that_no_window_gives_the_field_is_shown_alone(person):
    put_in_place_of_the_third(person, Upsample(id="wide"))
    person.move(place(person, "wide", 1, 3, 3, 8))
    found = seen(person)
    assert not isinstance(found, Looked)
    assert found.fields["pool"] == (range(1, 2), range(1, 2))
    assert found.fields["input"] == (range(1, 5), range(1, 5))
    person.view.grab()
