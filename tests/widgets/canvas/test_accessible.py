"""A screen reader walks the canvas: layers, neurons, weights and buttons, each with name, role and value."""

import random

import pytest
from canvas_examples import bias, edge, neuron, on_card, snapshot_of
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from reader import (
    FOCUS,
    MENU,
    PRESS,
    Role,
    Text,
    below,
    do,
    find,
    name,
    names,
    root,
    settle,
    told,
    value,
    walk,
)
from shiboken6 import isValid

from playground.engine.activations import Relu
from playground.engine.graph import Architecture
from playground.engine.layers import Add, BatchNorm, Dense, Dropout, Maxout
from playground.numbers.writing import figures
from widgets.canvas import outline, parts
from widgets.canvas.cards import ROWS
from widgets.canvas.outline import OF_A_CARD
from widgets.canvas.parts import NOTHING

Key = Qt.Key
INNER = (parts.Role.CARD, parts.Role.NAME, parts.Role.LOWER_EDGE)
"""What a card itself stands for."""


def open_layers(person, *layers):
    output = person.document.experiment.network.output
    experiment = person.document.experiment.with_(network=Architecture(layers=(*layers, output)))
    person.document.open(experiment)
    person.canvas.show_snapshot(snapshot_of(experiment))


@pytest.fixture
def of_all_kinds(person):
    """Every face there is, a skip connection, a frozen layer, and more neurons than can be seen."""
    open_layers(
        person,
        Dense(id="wide", units=30, activation=Relu(), frozen=True),
        Maxout(id="most", units=3),
        BatchNorm(id="norm"),
        Dropout(id="drop"),
        Dense(id="again", units=3),
        Add(id="add", inputs=("norm", "most")),
    )
    return person


def rows(card):
    return {part.role for part in card.parts if part.role in ROWS}


def fields(person):
    return [field for field in person.view.findChildren(QLineEdit) if field.isVisible()]


def menus(person):
    return [menu for menu in person.view.findChildren(QMenu) if menu.isVisible()]


def texts(menu):
    return [action.text() for action in menu.actions() if action.text()]


# --- the tree ---


def test_the_canvas_has_its_layers_below_it(person):
    assert name(root(person.view)) == "Network"
    assert names(below(root(person.view))) == ["Inputs", "Dense 1", "Dense 2", "Output"]
    assert [value(layer) for layer in below(root(person.view))[1:]] == [
        "4 · ReLU", "3 · ReLU", "1 · Sigmoid",
    ]  # fmt: skip


def test_a_layer_has_its_neurons_and_buttons_below_it(person):
    assert [(child.role(), name(child)) for child in below(find(person.view, "Dense 2"))] == [
        (Role.ButtonMenu, "Activation"),
        *((Role.Button, f"Dense 2 · neuron {number}") for number in (1, 2, 3)),
        (Role.StaticText, "Gradient"),
        (Role.Button, "One neuron fewer"),
        (Role.Button, "One neuron more"),
        (Role.ButtonMenu, "Port"),
        (Role.Button, "Lamp"),
    ]


def test_a_neuron_has_what_leads_into_it_below_it(person):
    weights = person.view.state.snapshot.layers["dense2"].weights
    into = below(find(person.view, "Dense 2", "Dense 2 · neuron 2"))
    assert [(name(child), value(child)) for child in into] == [
        *(
            (f"Weight, Dense 1 · {source + 1} → Dense 2 · 2", figures(weights[1, source], 3))
            for source in range(4)
        ),
        ("Bias, Dense 2 · neuron 2", "0.25"),
    ]
    assert into[0].valueInterface().currentValue() == weights[1, 0]


def test_everything_knows_what_it_is_below_and_where_among_it(of_all_kinds):
    seen = 0
    for interface in walk(root(of_all_kinds.view)):
        for index, child in enumerate(below(interface)):
            assert child.parent() is interface
            assert interface.indexOfChild(child) == index
            assert child.isValid()
            assert name(child)
            seen += 1
        assert interface.child(interface.childCount()) is None
        assert interface.child(-1) is None
    assert seen > 200


def test_every_part_of_every_card_is_in_the_tree_where_it_is_seen(of_all_kinds):
    view = of_all_kinds.view
    there = {thing.target: thing for thing in walk(root(view))}
    for card in view.state.scene.cards:
        for part in card.parts:
            if part.role in INNER:
                continue
            target = parts.Target(part.role, card.id, part.unit)
            seen = view.state.camera.rect_to_screen(part.rect).toAlignedRect()
            assert there[target].rect() == seen.translated(view.mapToGlobal(QPoint(0, 0))), target
            assert not there[target].state().offscreen
    for skip in view.state.scene.skips:
        assert parts.Target(parts.Role.SKIP, skip.target_id, source_id=skip.source_id) in there


def test_every_role_of_a_card_has_a_place_in_the_tree():
    of_neurons = {parts.Role.BIAS, parts.Role.PIECES, parts.Role.KERNEL}
    lines = {parts.Role.CANVAS, parts.Role.EDGE, parts.Role.SKIP}
    assert {*OF_A_CARD, *of_neurons, *lines, *INNER} == set(parts.Role)


def test_what_is_at_a_point_is_what_the_mouse_finds_there(of_all_kinds):
    view = of_all_kinds.view
    found = set()
    for x in range(0, view.width(), 7):
        for y in range(0, view.height(), 7):
            at = view.mapToGlobal(QPoint(x, y))
            deepest, inner = root(view), root(view).childAt(at.x(), at.y())
            while inner is not None:
                deepest, inner = inner, inner.childAt(at.x(), at.y())
            expected = outline.at(view.state, view.state.target(QPoint(x, y).toPointF()))
            assert deepest.target == expected
            found.add(expected.role)
    assert {parts.Role.CARD, parts.Role.TILE, parts.Role.EDGE, parts.Role.CANVAS} <= found


def test_nothing_is_found_outside_the_canvas(person):
    at = person.view.mapToGlobal(QPoint(-5, 20))
    assert root(person.view).childAt(at.x(), at.y()) is None


def test_neurons_out_of_sight_are_in_the_tree_and_said_to_be_so(of_all_kinds):
    card = of_all_kinds.card("wide")
    layer = find(of_all_kinds.view, "Dense 1")
    neurons = [child for child in below(layer) if child.target.role is parts.Role.TILE]
    assert len(neurons) == 30
    assert [child.state().offscreen for child in neurons].count(1) == card.hidden > 0
    hidden = next(child for child in below(layer) if name(child) == "Hidden neurons")
    assert value(hidden) == str(card.hidden)


def test_faces_of_their_own_are_read(of_all_kinds):
    said = names(walk(root(of_all_kinds.view)))
    assert "Pieces, Maxout 1 · neuron 2" in said
    assert "Measures, Batch norm 1 · neuron 3" in said
    assert "Skip connection, Maxout 1 → Add 1" in said
    assert "Frozen" in said


def test_a_problem_is_read(person):
    small, large = Dense(id="small", units=2), Dense(id="large", units=5)
    open_layers(person, small, large, Add(id="add", inputs=("small", "large")))
    add = find(person.view, "Add 1")
    assert value(find(person.view, "Add 1", "Remark")) == person.card("add").problem != ""
    assert person.card("add").problem in add.text(Text.Description)


# --- how things are ---


def test_the_selected_layer_is_said_to_be_selected(person):
    person.click(person.body("dense1"))
    chosen = {name(layer): layer.state().selected for layer in below(root(person.view))}
    assert chosen == {"Inputs": 0, "Dense 1": 1, "Dense 2": 0, "Output": 0}


def test_a_pinned_neuron_is_said_to_be_checked(person):
    person.click(person.tile("dense1", 2))
    layer = find(person.view, "Dense 1")
    assert [child.state().checked for child in below(layer) if child.state().checkable] == [0, 0, 1, 0]


def test_the_keyboard_is_where_keys_led_it(person):
    view = person.view
    person.canvas.set_selection(["dense2"])
    assert root(view).focusChild().target == on_card("dense2")
    person.key(Key.Key_Down)
    assert root(view).focusChild().target == neuron("dense2", 0)
    person.key(Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    focused = root(view).focusChild()
    assert focused.target == edge("dense2", 0, 0)
    assert [
        thing.target for thing in walk(root(view)) if thing.target != NOTHING and thing.state().focused
    ] == [focused.target]


# --- what can be done ---


def test_pressing_plus_and_minus_is_a_click_on_them(person):
    do(find(person.view, "Dense 1", "One neuron more"), PRESS)
    assert person.units == [5, 3, 1]
    do(find(person.view, "Dense 2", "One neuron fewer"), PRESS)
    assert person.units == [5, 2, 1]
    assert person.steps == ["Resize Dense 1", "Resize Dense 2"]


def test_pressing_a_neuron_pins_it_and_once_more_lets_go(person):
    tile = find(person.view, "Dense 1", "Dense 1 · neuron 3")
    do(tile, PRESS)
    assert (person.view.state.pinned, person.canvas.selection) == (("dense1", 2), ("dense1",))
    do(tile, PRESS)
    assert person.view.state.pinned is None


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("Weight, Dense 1 · 2 → Dense 2 · 3",), ("dense2", 2, 1)),
        (("Bias, Dense 2 · neuron 3",), ("dense2", 2, -1)),
    ],
)
def test_pressing_a_weight_or_a_bias_lets_it_be_typed(person, path, place):
    typed = []
    person.canvas.weight_edited.connect(lambda *what: typed.append(what))
    do(find(person.view, "Dense 2", "Dense 2 · neuron 3", *path), PRESS)
    (field,) = fields(person)
    assert field in [child.object() for child in below(root(person.view))]
    QTest.keyClicks(field, "0.5")
    QTest.keyClick(field, Key.Key_Return)
    assert typed == [(*place, 0.5)]


def test_a_number_can_be_set_at_once(person):
    typed = []
    person.canvas.weight_edited.connect(lambda *what: typed.append(what))
    number = find(person.view, "Dense 2", "Dense 2 · neuron 1", "Bias, Dense 2 · neuron 1").valueInterface()
    for entered in (1.5, float("nan"), float("inf"), 1e300):
        number.setCurrentValue(entered)
    assert typed == [("dense2", 0, -1, 1.5)]


def test_pressing_an_activation_offers_the_others(person):
    do(find(person.view, "Dense 2", "Activation"), PRESS)
    (menu,) = menus(person)
    assert "Tanh" in texts(menu)
    menu.close()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ((), NOTHING),
        (("Dense 2",), on_card("dense2")),
        (("Dense 2", "Dense 2 · neuron 1"), neuron("dense2", 0)),
        (("Dense 2", "Dense 2 · neuron 1", "Bias, Dense 2 · neuron 1"), bias("dense2", 0)),
    ],
)
def test_the_menu_is_the_one_of_the_right_button(person, path, target):
    do(find(person.view, *path), MENU)
    (menu,) = menus(person)
    assert texts(menu) == texts(person.menu(target))
    menu.close()


def test_what_stands_in_the_menu_of_a_layer_can_be_done_by_its_name(person):
    layer = find(person.view, "Dense 1")
    do(layer, "Freeze weights")
    do(layer, "Duplicate")
    assert person.steps == ["Freeze Dense 1", "Duplicate Dense 1"]
    do(find(person.view, "Dense 3"), "Delete")
    assert person.steps[-1] == "Delete Dense 3"
    assert "Delete" not in find(person.view, "Output").actionInterface().actionNames()
    assert find(person.view, "Dense 1").actionInterface().keyBindingsForAction("Rename") == ["F2"]


def test_going_to_a_weight_out_of_sight_scrolls_to_it(person):
    open_layers(person, Dense(id="wide", units=40))
    weight = find(person.view, "Output", "Output · neuron 1", "Weight, Dense 1 · 40 → Output · 1")
    assert weight.state().offscreen
    do(weight, FOCUS)
    assert weight.state().focused
    assert not weight.state().offscreen
    assert person.view.state.pinned == ("output", 0)


def test_nothing_is_done_in_the_middle_of_a_drag(person):
    layer = find(person.view, "Dense 1")
    person.drag(person.body("dense1"), person.body("dense2"), release=False)
    do(layer, "Delete")
    assert person.steps == []
    person.key(Key.Key_Escape)


# --- what comes and goes ---


def test_what_is_gone_is_invalid_and_answers_nothing_that_could_mislead(person):
    kept = [*walk(find(person.view, "Dense 2"))]
    person.view.commands.remove(["dense2"])
    settle()
    assert not any(interface.isValid() for interface in kept)
    assert names(below(root(person.view))) == ["Inputs", "Dense 1", "Output"]
    for interface in kept:
        assert told(interface)[0] is False
        assert not value(interface)
        assert interface.rect().isEmpty()


def test_a_layer_that_undo_brings_back_is_read_again(person):
    kept = find(person.view, "Dense 2")
    person.view.commands.remove(["dense2"])
    settle()
    person.document.undo_stack.undo()
    again = find(person.view, "Dense 2")
    assert again.isValid()
    assert again is not kept
    assert not kept.isValid()


def test_neurons_that_go_are_invalid_and_the_others_stay(person):
    kept = [child for child in below(find(person.view, "Dense 1")) if child.target.role is parts.Role.TILE]
    do(find(person.view, "Dense 1", "One neuron fewer"), PRESS)
    settle()
    assert [interface.isValid() for interface in kept] == [True, True, True, False]


def test_another_experiment_leaves_nothing_of_the_old_one(person):
    kept = [*walk(root(person.view))][1:]
    person.document.open(person.document.experiment)
    settle()
    assert not any(interface.isValid() for interface in kept)
    assert names(below(root(person.view))) == ["Inputs", "Dense 1", "Dense 2", "Output"]


def test_a_reader_may_hold_on_to_anything_while_the_network_is_edited(person):
    draw = random.Random(5)
    kept, view = [root(person.view)], person.view
    for _ in range(150):
        network = person.document.experiment.network
        layer = draw.choice(network.layers)
        edit = draw.choice(
            (
                lambda layer=layer: view.commands.remove([layer.id]),
                lambda layer=layer: view.commands.duplicate([layer.id]),
                lambda layer=layer: view.commands.step(layer.id, draw.choice((-1, 1))),
                lambda: view.commands.append(draw.choice((Maxout, BatchNorm, Dropout, Add))),
                person.document.undo_stack.undo,
                person.document.undo_stack.redo,
                lambda: person.document.open(person.document.experiment),
            )
        )
        if len(network.layers) < 8 or edit.__name__ != "<lambda>":
            edit()
        thing = draw.choice(kept)
        told(thing)
        if thing.isValid() and (parts_below := [child for child in below(thing) if hasattr(child, "target")]):
            kept.append(draw.choice(parts_below))
        thing = draw.choice([thing for thing in kept if isValid(thing)])
        actions = thing.actionInterface()
        if draw.random() < 0.3 and actions.actionNames():
            actions.doAction(draw.choice(actions.actionNames()))
            for menu in menus(person):
                menu.close()
        if draw.random() < 0.5:
            settle()
        there = set(walked(root(view)))
        assert {thing.target for thing in kept if thing.isValid()} <= there
    for thing in kept:
        told(thing)


def walked(interface):
    return [thing.target for thing in walk(interface) if hasattr(thing, "target")]
