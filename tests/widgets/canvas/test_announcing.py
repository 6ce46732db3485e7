"""A screen reader is told of changes by itself, and nobody is told while there is none."""

from dataclasses import replace

import pytest
from canvas_examples import edge, neuron, on_card, snapshot_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from reader import FOCUS, below, do, find, root, walk

from playground.training.snapshot import State
from widgets.canvas import announcing
from widgets.canvas.parts import Target

Key, Event = Qt.Key, QAccessible.Event
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def heard(person, monkeypatch):
    """All that a screen reader hears: what happened, and to what."""
    events = []

    def tell(event):
        thing = event.object()
        events.append((event.type(), getattr(thing, "target", Target(announcing.Role.CANVAS))))

    monkeypatch.setattr(announcing, "listening", lambda: True)
    monkeypatch.setattr(announcing, "tell", tell)
    return events


def of(events, kind):
    return [target for event, target in events if event is kind]


@pytest.fixture
def paused(person):
    """The person, with training at rest."""
    person.canvas.show_snapshot(at_rest(person))
    return person


def at_rest(person, seed=0):
    return replace(snapshot_of(person.document.experiment, seed), state=State.PAUSED)


def test_where_keys_lead_is_told(person, heard):
    person.canvas.set_selection(["dense2"])
    person.key(Key.Key_Down)
    person.key(Key.Key_Down, CONTROL)
    person.key(Key.Key_Escape)
    person.key(Key.Key_Right)
    assert of(heard, Event.Focus) == [
        on_card("dense2"), neuron("dense2", 0), edge("dense2", 0, 0), neuron("dense2", 0), on_card("output"),
    ]  # fmt: skip


def test_it_is_told_again_when_the_keyboard_comes_back(person, heard):
    person.canvas.set_selection(["dense2"])
    person.canvas.palette_row.chips[0].setFocus()
    heard.clear()
    person.canvas.setFocus()
    assert of(heard, Event.Focus) == [on_card("dense2")]


def test_where_a_screen_reader_went_itself_is_told_too(person, heard):
    do(find(person.view, "Dense 1", "Dense 1 · neuron 2"), FOCUS)
    assert of(heard, Event.Focus) == [neuron("dense1", 1)]


def test_layers_that_come_and_go_are_told(person, heard):
    assert below(root(person.view))
    person.view.commands.duplicate(["dense1"])
    (new,) = of(heard, Event.ObjectCreated)
    assert new == on_card(person.ids[1])
    heard.clear()
    person.document.undo_stack.undo()
    assert of(heard, Event.ObjectDestroyed) == [new]


def test_a_layer_that_goes_can_still_be_asked_for_its_place_when_that_is_told(person, heard, monkeypatch):
    asked = []

    def tell(event):
        if event.type() is Event.ObjectDestroyed:
            interface = event.accessibleInterface()
            asked.append((interface.isValid(), interface.parent() is not None))

    list(walk(root(person.view)))
    monkeypatch.setattr(announcing, "tell", tell)
    person.view.commands.remove(["dense2"])
    assert len(asked) > 10
    assert set(asked) == {(True, True)}


def test_neurons_and_weights_that_come_are_told_where_somebody_looked_into_what_they_are_below(person, heard):
    person.view.commands.step("dense1", 1)
    assert of(heard, Event.ObjectCreated) == []
    below(find(person.view, "Dense 2"))
    person.view.commands.step("dense1", 1)
    came = of(heard, Event.ObjectCreated)
    assert came == [neuron("dense1", 5), *(edge("dense2", unit, 5) for unit in range(3))]


def test_another_name_and_another_size_are_told(person, heard):
    list(walk(root(person.view)))
    person.view.commands.rename("dense1", "First")
    assert on_card("dense1") in of(heard, Event.NameChanged)
    assert neuron("dense1", 3) in of(heard, Event.NameChanged)
    assert on_card("output") not in of(heard, Event.NameChanged)
    heard.clear()
    person.view.commands.step("dense2", 1)
    assert on_card("dense2") in of(heard, Event.DescriptionChanged)
    assert on_card("dense1") not in of(heard, Event.DescriptionChanged)


def test_another_experiment_is_told_as_other_layers_though_they_are_called_the_same(person, heard):
    layers = [thing.target for thing in below(root(person.view))]
    person.document.open(person.document.experiment)
    assert of(heard, Event.ObjectDestroyed) == of(heard, Event.ObjectCreated) == layers


def test_of_another_experiment_only_its_own_layers_are_told_to_come(person, heard):
    list(walk(root(person.view)))
    other = person.document.experiment
    person.view.commands.duplicate(["dense1"])
    heard.clear()
    person.document.undo_stack.setClean()
    person.document.open(other)
    assert of(heard, Event.ObjectCreated) == [thing.target for thing in below(root(person.view))]


def test_what_is_selected_and_pinned_is_told(person, heard):
    list(walk(root(person.view)))
    person.click(person.tile("dense1", 2))
    assert set(of(heard, Event.StateChanged)) == {on_card("dense1"), neuron("dense1", 2)}
    heard.clear()
    person.click(person.tile("dense1", 0))
    assert set(of(heard, Event.StateChanged)) == {neuron("dense1", 0), neuron("dense1", 2)}


def test_the_weight_that_keys_are_at_is_told_when_it_is_another(paused, heard):
    paused.canvas.set_selection(["dense2"])
    paused.key(Key.Key_Down, CONTROL)
    paused.canvas.show_snapshot(at_rest(paused, seed=1))
    assert of(heard, Event.ValueChanged) == [edge("dense2", 0, 0)]


def test_weights_are_not_told_thirty_times_a_second_while_they_are_learnt(person, heard):
    person.canvas.set_selection(["dense2"])
    person.key(Key.Key_Down, CONTROL)
    for seed in range(1, 4):
        person.canvas.show_snapshot(snapshot_of(person.document.experiment, seed))
    assert of(heard, Event.ValueChanged) == []


def test_nothing_is_made_or_told_while_nobody_listens(person, monkeypatch):
    told = []
    monkeypatch.setattr(announcing, "listening", lambda: False)
    monkeypatch.setattr(announcing, "tell", lambda event: told.append(event.type()))
    person.view.commands.duplicate(["dense1"])
    person.view.commands.remove(["dense2"])
    person.click(person.tile("dense1", 1))
    person.canvas.show_snapshot(snapshot_of(person.document.experiment))
    assert person.view.tree.handles == {}
    assert set(told) <= {Event.Announcement}
