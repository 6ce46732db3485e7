import subprocess
import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from canvas_examples import edge, on_card
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu

from playground.data.datasets.digits import Digits
from playground.engine.activations import Relu, Tanh
from playground.engine.layers import Add, Concatenate, Dense, Dropout, Layer, Reshape
from widgets.canvas.parts import NOTHING, Role

ROOT = Path(__file__).parents[3]

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def messages(person):
    said = []
    person.canvas.message.connect(said.append)
    return said


def at_rest(person):
    return not person.view._stage._slide.offsets()


# --- palette ---


def test_a_layer_is_dragged_from_the_palette_into_a_gap(person):
    person.drag_chip("Dropout", person.gap(1))
    assert person.ids == ["dense1", "dropout1", "dense2", "output"]
    assert person.steps == ["Add Dropout 1"]
    assert person.canvas.selection == ("dropout1",)
    person.document.undo_stack.undo()
    assert person.ids == ["dense1", "dense2", "output"]


def test_a_new_dense_layer_is_like_its_neighbour(person):
    person.drag_chip("Dense", person.gap(2))
    assert person.document.experiment.network.layers[2] == Dense(id="dense3", units=3, activation=Relu())
    assert person.steps == ["Add Dense 3"]


def test_nothing_is_dropped_behind_the_output(person):
    said = messages(person)
    person.drag_chip("Dense", QPoint(person.view.width() - 4, 200))
    assert person.steps == []
    assert said == ["Nothing can follow the output."]


def test_nothing_is_dropped_outside_the_network(person):
    said = messages(person)
    person.drag_chip("Dense", QPoint(200, -20))
    assert (person.steps, said) == ([], [])


def test_escape_calls_a_drag_from_the_palette_off(person):
    person.drag_chip("Dropout", person.gap(1), release=False)
    QTest.keyClick(person.chip("Dropout"), Key.Key_Escape)
    QTest.mouseRelease(person.chip("Dropout"), Qt.MouseButton.LeftButton)
    assert person.steps == []
    assert person.view.state.drag is None


def test_double_click_puts_a_layer_before_the_output(person):
    QTest.mouseDClick(person.chip("Batch norm"), Qt.MouseButton.LeftButton)
    assert person.ids == ["dense1", "dense2", "batch_norm1", "output"]
    assert person.steps == ["Add Batch norm 1"]


def test_enter_puts_a_layer_before_the_output(person):
    QTest.keyClick(person.chip("Dropout"), Key.Key_Return)
    assert person.ids == ["dense1", "dense2", "dropout1", "output"]


@pytest.fixture
def narrow(person):
    """A person before a canvas with room for few chips, and the shelf of the others open."""
    person.canvas.resize(420, 400)
    QApplication.processEvents()
    QTest.mouseClick(person.canvas.palette_row.more, Qt.MouseButton.LeftButton)
    return person


def on_shelf(person, name=None):
    chips = [chip for chip in person.canvas.palette_row.shelf.chips if not chip.isHidden()]
    return chips if name is None else next(chip for chip in chips if chip.text() == name)


def test_every_layer_is_on_the_shelf_below_what_it_is_for(narrow):
    shelf = narrow.canvas.palette_row.shelf
    assert {chip.kind for chip in shelf.chips} == set(Layer.members())
    titles = [heading.text() for heading, _ in shelf.groups.groups]
    assert titles[:3] == ["Any values", "Pictures", "Sequences"]
    assert [chip.text() for chip in shelf.chips[:6]] == [
        "Dense", "Activation", "Dropout", "Batch norm", "Add", "Concatenate"
    ]  # fmt: skip
    assert narrow.canvas.rect().contains(shelf.geometry())
    places = [chip.geometry() for chip in shelf.chips]
    assert all(shelf.groups.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for a, b in combinations(places, 2))


def test_letters_find_a_layer_and_enter_takes_it(narrow):
    shelf = narrow.canvas.palette_row.shelf
    assert shelf.line.hasFocus()
    QTest.keyClicks(shelf.line, "layer n")
    assert [chip.text() for chip in on_shelf(narrow)] == ["Layer norm"]
    QTest.keyClick(shelf.line, Key.Key_Return)
    assert narrow.ids == ["dense1", "dense2", "layer_norm1", "output"]
    assert not shelf.isVisible()
    QTest.mouseClick(narrow.canvas.palette_row.more, Qt.MouseButton.LeftButton)
    assert len(on_shelf(narrow)) == len(Layer.members())
    QTest.keyClick(shelf.line, Key.Key_Return)
    assert shelf.isVisible(), "Enter takes nothing where nothing was asked for"


def test_what_reads_the_data_is_offered_first(person):
    def row():
        return [chip.text() for chip in person.canvas.palette_row.chips]

    assert row()[:2] == ["Dense", "Activation"]
    person.document.edit(person.document.experiment.with_dataset(Digits()), "")
    assert row()[:3] == ["Conv 2D", "Max pool", "Dense"]
    QTest.mouseClick(person.canvas.palette_row.more, Qt.MouseButton.LeftButton)
    shelf = person.canvas.palette_row.shelf
    assert [heading.text() for heading, _ in shelf.groups.groups][:2] == ["Pictures", "Any values"]
    person.document.undo_stack.undo()
    assert row()[:2] == ["Dense", "Activation"]


def test_a_chip_of_the_shelf_is_dragged_into_the_network(narrow):
    narrow.drag_chip("Layer norm", narrow.gap(1), chip=on_shelf(narrow, "Layer norm"))
    assert narrow.ids == ["dense1", "layer_norm1", "dense2", "output"]
    assert not narrow.canvas.palette_row.shelf.isVisible()
    assert narrow.view.hasFocus()


def test_the_keyboard_is_on_the_canvas_after_a_layer_was_dropped_or_the_drag_called_off(person):
    person.drag_chip("Dropout", person.gap(1))
    assert person.view.hasFocus()
    person.drag_chip("Dropout", person.gap(1), release=False)
    person.qtbot.keyClick(person.chip("Dropout"), Key.Key_Escape)
    assert person.view.hasFocus()


def test_a_chip_of_the_shelf_is_chosen_by_a_double_click(narrow):
    QTest.mouseDClick(on_shelf(narrow, "Concatenate"), Qt.MouseButton.LeftButton)
    assert "concatenate1" in narrow.ids
    assert not narrow.canvas.palette_row.shelf.isVisible()


def test_the_shelf_is_walked_by_the_arrows_and_chosen_from_by_enter(narrow):
    first, second = on_shelf(narrow)[:2]
    QTest.keyClick(narrow.canvas.palette_row.shelf.line, Key.Key_Down)
    assert QApplication.focusWidget() is first
    QTest.keyClick(first, Key.Key_Down)
    assert QApplication.focusWidget() is second
    QTest.keyClick(second, Key.Key_Return)
    assert len(narrow.ids) == 4


def test_a_press_between_the_chips_leaves_the_shelf_open(narrow):
    shelf = narrow.canvas.palette_row.shelf
    QTest.mouseClick(shelf, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert shelf.isVisible()


def test_the_button_of_the_shelf_has_the_keyboard_after_it(narrow):
    more = narrow.canvas.palette_row.more
    QTest.keyClick(on_shelf(narrow)[0], Key.Key_Return)
    assert more.hasFocus()
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert more.hasFocus()


def test_the_shelf_closes_by_escape_by_its_button_and_by_a_click_elsewhere(narrow):
    palette = narrow.canvas.palette_row
    QTest.keyClick(on_shelf(narrow)[0], Key.Key_Escape)
    assert not palette.shelf.isVisible()
    for opener_or_elsewhere in (palette.more, narrow.view):
        QTest.mouseClick(palette.more, Qt.MouseButton.LeftButton)
        assert palette.shelf.isVisible()
        QTest.mouseClick(opener_or_elsewhere, Qt.MouseButton.LeftButton)
        assert not palette.shelf.isVisible()


# --- cards ---


def test_dragging_a_card_reorders_in_one_step(person):
    person.drag(person.body("dense1"), person.gap(2))
    assert person.ids == ["dense2", "dense1", "output"]
    assert person.steps == ["Move Dense 1"]


def test_escape_calls_a_reordering_off(person):
    before = person.view.state.scene.card("dense1").rect
    person.drag(person.body("dense1"), person.gap(2), release=False)
    assert person.view.state.scene.card("dense1").rect != before
    person.key(Key.Key_Escape)
    QTest.mouseRelease(person.view, Qt.MouseButton.LeftButton)
    assert person.ids == ["dense1", "dense2", "output"]
    assert person.steps == []
    assert person.view.state.scene.card("dense1").rect == before


def test_the_output_is_not_dragged(person):
    said = messages(person)
    person.drag(person.body("output"), person.gap(0))
    assert person.steps == []
    assert said == ["The output stays the last layer."]


def test_dragging_a_card_behind_the_output_leaves_it(person):
    said = messages(person)
    person.drag(person.body("dense1"), QPoint(person.view.width() - 3, 200))
    assert person.ids == ["dense1", "dense2", "output"]
    assert said == ["Nothing can follow the output."]


def test_alt_and_arrow_move_a_layer(person):
    person.canvas.set_selection(["dense1"])
    person.key(Key.Key_Right, ALT)
    assert person.ids == ["dense2", "dense1", "output"]


def test_plus_and_minus_buttons(person):
    card = person.card("dense1")
    person.click(person.on_screen(card.area(Role.PLUS).center()))
    assert person.units == [5, 3, 1]
    person.move(QPoint(5, 5))
    person.click(person.on_screen(person.card("dense2").area(Role.MINUS).center()))
    assert person.units == [5, 2, 1]
    assert person.steps == ["Resize Dense 1", "Resize Dense 2"]


@pytest.mark.parametrize("role", [Role.PLUS, Role.MINUS])
def test_a_button_stays_under_the_pointer_while_cards_slide_and_when_they_are_there(
    person, monkeypatch, role
):
    monkeypatch.setattr("widgets.canvas.stage.Stage.slide_milliseconds", 40)
    person.view.commands.resize("dense1", 9)
    person.qtbot.waitUntil(lambda: at_rest(person))
    spot = person.on_screen(person.card("dense1").area(role).center())
    for clicks in range(1, 5):
        person.click(spot)
        assert person.view.state.target(QPointF(spot)).role is role
        person.qtbot.waitUntil(lambda: at_rest(person))
        assert person.view.state.target(QPointF(spot)).role is role
        assert person.units[0] == 9 + clicks * (1 if role is Role.PLUS else -1)


def test_plus_stays_under_the_pointer_for_quick_clicks(person):
    at = person.on_screen(person.card("dense1").area(Role.PLUS).center())
    person.click(at)
    QTest.mouseDClick(person.view, Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(person.view, Qt.MouseButton.LeftButton, pos=at)
    person.click(at)
    assert person.units[0] == 7
    person.move(QPoint(5, 5))
    bounds = person.view.state.camera.rect_to_screen(person.view.state.scene.bounds)
    assert person.view.rect().contains(bounds.toRect())


def test_plus_and_minus_keys(person):
    person.canvas.set_selection(["dense1", "dense2"])
    person.key(Key.Key_Plus)
    assert person.units == [5, 4, 1]
    assert len(person.steps) == 1
    person.key(Key.Key_Minus)
    assert person.units == [4, 3, 1]


def test_one_neuron_is_the_least(person):
    person.canvas.set_selection(["output"])
    person.key(Key.Key_Minus)
    assert person.units == [4, 3, 1]


def test_dragging_the_lower_edge_adds_neurons_in_one_step(person):
    start = person.on_screen(person.card("dense1").area(Role.LOWER_EDGE).center())
    person.drag(start, start + QPoint(0, round(42 * person.view.state.camera.zoom)))
    assert person.units == [6, 3, 1]
    assert person.steps == ["Resize Dense 1"]


def test_escape_calls_resizing_off(person):
    start = person.on_screen(person.card("dense1").area(Role.LOWER_EDGE).center())
    person.drag(start, start + QPoint(0, 60), release=False)
    assert person.card("dense1").units > 4
    person.key(Key.Key_Escape)
    QTest.mouseRelease(person.view, Qt.MouseButton.LeftButton)
    assert person.card("dense1").units == 4
    assert person.steps == []


def test_delete(person):
    person.click(person.body("dense1"))
    person.key(Key.Key_Delete)
    assert person.ids == ["dense2", "output"]
    assert person.steps == ["Delete Dense 1"]
    assert person.canvas.selection == ()


def test_the_output_is_not_deleted(person):
    said = messages(person)
    person.canvas.set_selection(["output"])
    person.choose("delete")
    assert person.ids == ["dense1", "dense2", "output"]
    assert "cannot be deleted" in said[0]


def test_everything_but_the_output_is_deleted_in_one_step(person):
    person.choose("select_all")
    person.choose("delete")
    assert person.ids == ["output"]
    assert person.steps == ["Delete 2 layers"]


def test_duplicate_selects_the_copy(person):
    person.canvas.set_selection(["dense1"])
    person.key(Key.Key_D, CONTROL)
    assert person.ids == ["dense1", "dense3", "dense2", "output"]
    assert person.canvas.selection == ("dense3",)
    assert person.steps == ["Duplicate Dense 1"]


def test_copy_and_paste(person):
    person.canvas.set_selection(["dense1"])
    person.key(Key.Key_C, CONTROL)
    person.canvas.set_selection(["dense2"])
    person.key(Key.Key_V, CONTROL)
    assert person.ids == ["dense1", "dense2", "dense3", "output"]
    assert person.units == [4, 3, 4, 1]
    assert person.steps == ["Paste Dense 3"]


def test_cut(person):
    person.canvas.set_selection(["dense1"])
    person.choose("cut")
    assert person.ids == ["dense2", "output"]
    person.choose("paste")
    assert person.ids == ["dense2", "dense1", "output"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "{",
        "[]",
        '{"title": "Paris"}',
        '{"layers": NaN}',
        '{"layers": []}',
        "{\ud800}",
        '{"a":' * 99_999,
    ],
)
def test_pasting_what_is_no_layer_says_so(person, text):
    said = messages(person)
    QApplication.clipboard().setText(text)
    person.choose("paste")
    assert said == ["There are no layers on the clipboard."]
    assert person.steps == []


@pytest.mark.parametrize("layers", ["7", '[{"kind": "dense", "units": -1}]', '[{"kind": "sofa"}]'])
def test_pasting_layers_that_cannot_be_says_why(person, layers):
    said = messages(person)
    QApplication.clipboard().setText(f'{{"layers": {layers}}}')
    person.choose("paste")
    assert len(said) == 1
    assert said[0].startswith("layers")
    assert person.steps == []


def test_layers_on_the_clipboard_outlive_the_program():
    """Where the clipboard is the program's own it is emptied after Python has ended."""
    program = (
        "from PySide6.QtWidgets import QApplication; application = QApplication([]);"
        "from widgets.canvas.commands import Commands; from widgets.document import Document;"
        "Commands(Document()).copy(['dense1']);"
        "assert '\"dense1\"' in application.clipboard().text()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=60)
    assert done.returncode == 0


def test_rename_in_place(person):
    person.canvas.set_selection(["dense1"])
    person.key(Key.Key_F2)
    field = person.view.findChild(QLineEdit)
    assert field.text() == "Dense 1"
    QTest.keyClicks(field, "Edges")
    QTest.keyClick(field, Key.Key_Return)
    assert person.document.experiment.network.layers[0].name == "Edges"
    assert person.steps == ["Rename Dense 1"]


def test_escape_leaves_the_name(person):
    person.choose("rename")
    person.canvas.set_selection(["dense1"])
    person.choose("rename")
    field = person.view.findChild(QLineEdit)
    QTest.keyClicks(field, "Edges")
    QTest.keyClick(field, Key.Key_Escape)
    assert person.steps == []
    assert person.view.hasFocus()


def test_the_activation_is_chosen_on_the_card(person):
    label = person.card("dense1").area(Role.ACTIVATION)
    person.click(person.on_screen(label.center()))
    menu = next(menu for menu in person.view.findChildren(QMenu) if menu.isVisible())
    titles = {action.text(): action for action in menu.actions()}
    assert titles["ReLU"].isChecked()
    titles["Tanh"].trigger()
    menu.close()
    assert person.document.experiment.network.layers[0].activation == Tanh()
    assert person.steps == ["Change activation of Dense 1"]


def test_another_activation_is_tried_beside_the_one_on_the_card(person):
    tried = []
    person.document.tried.connect(tried.append)
    label = person.card("dense1").area(Role.ACTIVATION)
    person.click(person.on_screen(label.center()))
    menu = next(menu for menu in person.view.findChildren(QMenu) if menu.isVisible())
    (inner,) = [each for each in menu.findChildren(QMenu) if each.title() == "Try it both ways"]
    offered = {action.text(): action for action in inner.actions()}
    assert "ReLU" not in offered
    offered["Tanh"].trigger()
    menu.close()
    assert [experiment.network.layers[0].activation for experiment in tried] == [Tanh()]
    assert person.steps == []


# --- connections ---


def test_dragging_from_a_port_makes_a_skip_connection(person):
    person.drag(person.on_screen(person.card("dense1").port), person.body("output"))
    assert person.ids == ["dense1", "dense2", "concatenate1", "output"]
    assert person.document.experiment.network.layers[2] == Concatenate(
        id="concatenate1", inputs=("dense2", "dense1")
    )
    assert person.steps == ["Connect to Output"]
    assert [(skip.source_id, skip.target_id) for skip in person.view.state.scene.skips] == [
        ("dense1", "concatenate1")
    ]


def test_the_inputs_can_be_skipped_from(person):
    person.document.edit(
        person.document.experiment.with_(
            network=person.document.experiment.network.with_(
                layers=(Dense(id="a", units=2), Dense(id="output"))
            )
        ),
        "",
    )
    person.drag(person.on_screen(person.card("input").port), person.body("output"))
    assert isinstance(person.document.experiment.network.layers[1], Add)


def test_a_connection_backwards_is_refused(person):
    said = messages(person)
    person.drag(person.on_screen(person.card("dense2").port), person.body("dense1"))
    assert person.steps == []
    assert said == ["A connection leads forward, to a later layer."]


def test_a_card_in_the_hand_lies_over_the_others(person):
    person.view.commands.insert(1, Dropout)
    dense, slim = person.card("dense1").rect, person.card("dropout1").rect
    way = QPointF(slim.left() + 12 - dense.right(), 0) * person.view.state.camera.zoom
    start = person.body("dense1")
    person.drag(start, start + way.toPoint(), release=False)
    held, slim = person.card("dense1").rect, person.card("dropout1").rect
    assert held.intersects(slim)
    inside = QPointF(slim.left(), held.center().y())  # where the border of the other card would be
    plain = QPointF(held.left() + 6, held.center().y())
    seen = person.view.grab().toImage()
    assert seen.pixelColor(person.on_screen(inside)) == seen.pixelColor(person.on_screen(plain))
    person.key(Key.Key_Escape)


def test_a_connection_that_cannot_work_is_shown_and_can_be_taken_away(person):
    person.view.commands.insert(2, Add)
    person.view.commands.connect_layers("dense1", "add1")
    assert "layers of 3 and 4 neurons" in person.card("add1").problem
    (skip,) = person.view.state.scene.skips
    assert (skip.source_id, skip.target_id) == ("dense1", "add1")
    menu = person.menu(on_card("add1"))
    (off,) = [action.menu() for action in menu.actions() if action.text() == "Disconnect from"]
    off.actions()[0].trigger()
    menu.deleteLater()
    assert not person.card("add1").problem


def test_a_skip_connection_is_removed_from_its_menu(person):
    person.view.commands.connect_layers("dense1", "output")
    before = len(person.steps)
    person.view.commands.disconnect_layers("dense1", "concatenate1")
    assert len(person.steps) == before + 1
    assert person.view.state.scene.skips == ()


# --- weights ---


def typed(person, text):
    field = person.view.findChild(QLineEdit)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)
    return field


def test_an_edge_is_clicked_and_a_weight_typed(person):
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    person.click(person.edge("dense2", 0, 3))
    typed(person, "0.75")
    assert edits == [("dense2", 0, 3, 0.75)]


def test_a_bias_is_clicked_and_typed(person):
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    person.click(person.bias("output", 0))
    assert person.view.findChild(QLineEdit).text() == "0.25"
    typed(person, "-1,5")
    assert edits == [("output", 0, -1, -1.5)]


def test_what_is_no_number_is_refused(person):
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    person.click(person.bias("output", 0))
    field = typed(person, "a lot")
    assert field.isVisible()
    assert field.property("refused")
    QTest.keyClick(field, Key.Key_Escape)
    assert edits == []


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("precision", "text", "sentence"),
    [
        ("float32", "1e39", "The largest possible number is 3.40282e38, in float32"),
        ("float32", "-1e39", "The largest possible number is 3.40282e38, in float32"),
        ("float32", "1e-50", "Too close to 0; the least possible number is 1.4013e-45, in float32"),
        ("float64", "1e309", "The largest possible number is 1.79769e308, in float64"),
        ("float32", "1,500", "“1,500” can be 1500 or 1.5; type the one you mean"),
        ("float32", "a lot", "“a lot” is not a number"),
    ],
)
def test_a_weight_that_cannot_be_is_refused_below_its_field(person, precision, text, sentence):
    person.document.edit(person.document.experiment.with_(precision=precision), "")
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    person.click(person.bias("output", 0))
    field = typed(person, text)
    told = next(label for label in person.view.findChildren(QLabel) if label.isVisible())
    assert told.text() == field.accessibleDescription() == sentence
    assert person.view.rect().contains(told.geometry())
    field.selectAll()
    QTest.keyClicks(field, "0.5")
    assert not told.isVisible()
    QTest.keyClick(field, Key.Key_Return)
    assert [edit[-1] for edit in edits] == [0.5]


@pytest.mark.parametrize("text", ["3.40282e38", "1.4013e-45"])
def test_the_bounds_that_are_named_can_be_typed(person, text):
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    person.click(person.bias("output", 0))
    typed(person, text)
    assert [edit[-1] for edit in edits] == [float(text)]
    assert np.isfinite(np.float32(edits[0][-1]))


def test_a_refused_weight_that_is_left_is_told_of(person):
    said = messages(person)
    person.click(person.bias("output", 0))
    typed(person, "1e39")
    person.view.setFocus()
    assert said == ["The largest possible number is 3.40282e38, in float32"]
    assert not any(label.isVisible() for label in person.view.findChildren(QLabel))


def test_an_unchanged_weight_is_no_edit(person):
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    person.click(person.bias("output", 0))
    QTest.keyClick(person.view.findChild(QLineEdit), Key.Key_Return)
    assert edits == []


def test_enter_types_the_bias_of_the_pinned_neuron(person):
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    person.click(person.tile("dense1", 2))
    person.key(Key.Key_Return)
    typed(person, "2")
    assert edits == [("dense1", 2, -1, 2.0)]


# --- problems ---


def test_a_layer_that_cannot_work_says_why_and_is_mended_by_a_click(person):
    person.canvas.set_selection(["output"])
    person.key(Key.Key_Plus)
    card = person.card("output")
    assert "needs 1 here" in card.problem
    person.click(person.on_screen(card.area(Role.FIT).center()))
    assert person.units == [4, 3, 1]
    assert person.steps == ["Resize Output", "Fit the output"]
    assert not person.card("output").problem


def test_a_problem_elsewhere_has_a_badge_and_no_link(person):
    network = person.document.experiment.network
    layers = (network.layers[0], Add(id="add1", inputs=("dense1", "input")), *network.layers[1:])
    person.document.edit(person.document.experiment.with_(network=network.with_(layers=layers)), "")
    assert "same size" in person.card("add1").problem
    assert person.card("add1").area(Role.FIT) is None


def test_a_network_without_layers_tells_how_to_begin(person):
    empty = person.document.experiment.network.with_(layers=())
    person.document.edit(person.document.experiment.with_(network=empty), "Clear")
    assert "no layers" in person.view.state.banner
    person.canvas.grab()
    person.drag_chip("Dense", QPoint(400, 200))
    assert person.ids == ["dense1"]
    assert person.view.state.banner == ""


# --- menus ---


def menu_at(person, target):
    menu = person.menu(target)
    return menu, {action.text().split("\t")[0]: action for action in menu.actions()}


def test_the_menu_of_a_layer_shows_keys_and_acts(person):
    person.canvas.set_selection(["dense1"])
    menu, entries = menu_at(person, on_card("dense1"))
    assert entries["Delete"].text().endswith("\tDel")
    entries["Duplicate"].trigger()
    menu.deleteLater()
    assert "dense3" in person.ids


def test_a_layer_is_frozen_and_thawed_by_its_menu(person):
    person.canvas.set_selection(["dense1", "dense2"])
    _, entries = menu_at(person, on_card("dense1"))
    entries["Freeze weights"].trigger()
    assert [layer.frozen for layer in person.document.experiment.network.layers] == [True, True, False]
    assert person.steps == ["Freeze 2 layers"]
    person.canvas.set_selection(["dense1"])
    _, entries = menu_at(person, on_card("dense1"))
    assert "Freeze weights" not in entries
    entries["Unfreeze weights"].trigger()
    assert person.steps[-1] == "Unfreeze Dense 1"
    person.document.undo_stack.undo()
    assert person.card("dense1").frozen


def test_what_has_no_weights_cannot_be_frozen(person):
    person.view.commands.insert(1, Dropout)
    _, entries = menu_at(person, on_card("dropout1"))
    assert "Freeze weights" not in entries


def test_a_tied_layer_is_tied_to_another_by_its_menu(person):
    person.drag_chip("Tied dense", person.gap(2))
    assert person.document.experiment.network.layers[2].of == "dense2"
    person.view.commands.resize("dense1", 3)
    menu, _ = menu_at(person, on_card("tied_dense1"))
    choice = next(inner for inner in menu.findChildren(QMenu) if inner.title() == "Weights of")
    entries = {action.text(): action for action in choice.actions()}
    assert [text for text, action in entries.items() if action.isChecked()] == ["Dense 2"]
    entries["Dense 1"].trigger()
    assert person.document.experiment.network.layers[2].of == "dense1"
    assert person.steps[-1] == "Tie Tied dense 1 to Dense 1"
    assert len(person.card("tied_dense1").tiles) == 2


def test_a_tied_layer_whose_weights_are_deleted_has_a_badge(person):
    person.drag_chip("Tied dense", person.gap(2))
    person.canvas.set_selection(["dense2"])
    person.choose("delete")
    assert "does not exist" in person.card("tied_dense1").problem
    person.view.grab()
    person.document.undo_stack.undo()
    assert not person.card("tied_dense1").problem


def test_a_new_grid_fits_what_it_is_given(person):
    person.view.commands.insert(1, Reshape)
    assert person.document.experiment.network.layers[1].shape == (2, 2)
    assert not person.card("reshape1").problem
    assert "put a Flatten or a Global average pool before it" in person.card("dense2").problem


def test_the_menu_of_an_edge_cuts_it(person):
    edits = []
    person.canvas.weight_edited.connect(lambda *edit: edits.append(edit))
    menu, entries = menu_at(person, edge("dense2", 1, 2))
    entries["Cut (weight 0)"].trigger()
    menu.deleteLater()
    assert edits == [("dense2", 1, 2, 0.0)]


def test_the_menu_of_the_canvas_adds_layers(person):
    menu, entries = menu_at(person, NOTHING)
    kinds = {action.text(): action for action in entries["Add layer"].menu().actions()}
    kinds["Dropout"].trigger()
    menu.deleteLater()
    assert isinstance(person.document.experiment.network.layers[2], Dropout)


def test_space_and_drag_pans_without_running(person):
    before = person.view.state.camera.shift
    QTest.keyPress(person.view, Key.Key_Space)
    person.drag(QPoint(20, 20), QPoint(60, 40))
    QTest.keyRelease(person.view, Key.Key_Space)
    assert person.view.state.camera.shift == before + QPointF(40, 20)
    assert person.canvas.selection == ()


def test_a_card_follows_the_pointer_and_goes_back_on_escape(person):
    before = person.card("dense1").rect
    start = person.body("dense1")
    person.drag(start, start + QPoint(12, 30), release=False)
    moved = person.card("dense1").rect.topLeft() - before.topLeft()
    assert (moved * person.view.state.camera.zoom - QPointF(12, 30)).manhattanLength() < 2
    person.key(Key.Key_Escape)
    QTest.mouseRelease(person.view, Qt.MouseButton.LeftButton)
    assert person.card("dense1").rect == before


def test_an_undo_in_the_middle_of_a_drag_calls_it_off(person):
    person.view.commands.append(Dropout)
    person.drag(person.body("dropout1"), person.gap(0), release=False)
    person.document.undo_stack.undo()
    assert person.view.state.drag is None
    QTest.mouseRelease(person.view, Qt.MouseButton.LeftButton)
    assert person.ids == ["dense1", "dense2", "output"]
    assert person.card("dropout1") is None
