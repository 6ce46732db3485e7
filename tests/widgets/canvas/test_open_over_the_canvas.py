"""A field or a menu that is open over the canvas, while what it is about goes away."""

import pytest
from canvas_examples import snapshot_of
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from playground.experiment import Experiment
from widgets.canvas.value_editor import InPlaceEditor


def open_name(person):
    person.view.set_selection(("dense2",))
    person.key(Qt.Key.Key_F2)


def open_weight(person):
    person.click(person.edge("dense2", 1, 2))


def open_bias(person):
    person.click(person.bias("dense2", 1))


EDITORS = {"name": open_name, "weight": open_weight, "bias": open_bias}


def undo(person):
    person.document.undo_stack.undo()


def open_another(person):
    person.document.open(Experiment())


def remove_it(person):
    person.view.commands.remove(("dense2",))


CHANGES = {"undo": undo, "another file": open_another, "another edit": remove_it}


def editors(person):
    return [editor for editor in person.view.findChildren(InPlaceEditor) if editor.isVisible()]


@pytest.fixture
def edited(person):
    """Something to undo, which brought the layer in."""
    before = person.document.experiment
    person.document.open(before.with_(network=before.network.with_(layers=before.network.layers[::2])))
    person.document.edit(before, "Add Dense 2")
    person.canvas.show_snapshot(snapshot_of(before))
    return person


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("open_editor", EDITORS.values(), ids=EDITORS)
def test_an_open_field_closes_without_effect_when_its_layer_goes(qtbot, edited, open_editor, change):
    numbers = []
    edited.view.weight_edited.connect(lambda *values: numbers.append(values))
    open_editor(edited)
    (editor,) = editors(edited)
    QTest.keyClicks(editor, "7")
    change(edited)
    after = edited.document.experiment
    assert editors(edited) == []
    assert edited.document.experiment == after
    assert numbers == []


def test_a_click_into_another_field_takes_the_text_and_keeps_the_focus_there(qtbot, person):
    line = QLineEdit(person.canvas)
    line.show()
    open_name(person)
    (editor,) = editors(person)
    QTest.keyClicks(editor, "Middle")
    QTest.mouseClick(person.canvas.windowHandle(), Qt.MouseButton.LeftButton, pos=line.geometry().center())
    assert person.document.experiment.network.layers[1].name == "Middle"
    assert QApplication.focusWidget() is line


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_open_menu_closes_when_the_network_changes(qtbot, edited, change):
    context_menu(edited, edited.body("dense2"))
    (menu,) = open_menus(edited)
    change(edited)
    assert not menu.isVisible()


def test_the_menu_of_activations_is_there_again_after_the_pointer_left_it(qtbot, person):
    context_menu(person, person.body("dense1"))
    (menu,) = open_menus(person)
    (entry,) = [action for action in menu.actions() if action.text() == "Activation"]
    for _ in range(2):
        menu.setActiveAction(entry)
        entry.menu().popup(menu.mapToGlobal(menu.rect().topRight()))
        entry.menu().hide()
        qtbot.wait(1)
    assert entry.menu().actions()
    menu.close()


def test_menus_and_fields_are_deleted_after_use(qtbot, person):
    def use():
        context_menu(person, person.body("dense1"))
        for menu in open_menus(person):
            menu.close()
        open_name(person)
        for editor in editors(person):
            qtbot.keyClick(editor, Qt.Key.Key_Escape)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    use()
    before = len(QApplication.allWidgets())
    for _ in range(5):
        use()
    assert len(QApplication.allWidgets()) == before


def open_menus(person):
    return [menu for menu in person.view.findChildren(QMenu) if menu.isVisible()]


def context_menu(person, at):
    place = person.view.mapToGlobal(at)
    QApplication.sendEvent(person.view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place))
