"""A screen reader: walks the canvas through Qt's interfaces, and keeps what it once was given."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from shiboken6 import isValid

Text, Role = QAccessible.Text, QAccessible.Role
PRESS = QAccessibleActionInterface.pressAction()
FOCUS = QAccessibleActionInterface.setFocusAction()
MENU = QAccessibleActionInterface.showMenuAction()


def root(view):
    return QAccessible.queryAccessibleInterface(view)


def below(interface):
    return [interface.child(index) for index in range(interface.childCount())]


def walk(interface) -> Iterator:
    """The interface and everything below it."""
    yield interface
    for child in below(interface):
        yield from walk(child)


def name(interface):
    return interface.text(Text.Name)


def value(interface):
    return interface.text(Text.Value)


def names(interfaces):
    return [name(interface) for interface in interfaces]


def find(view, *path):
    """What is reached by these names, one below the other."""
    found = root(view)
    for wanted in path:
        found = next(child for child in below(found) if name(child) == wanted)
    return found


def do(interface, action):
    actions = interface.actionInterface()
    assert action in actions.actionNames()
    actions.doAction(action)


def told(interface):
    """All that an interface says: what a screen reader may ask at any time, of one that is gone too."""
    state = interface.state()
    said = [interface.text(what) for what in (Text.Name, Text.Value, Text.Description, Text.Help)]
    interface.setText(Text.Name, "another")
    if isValid(interface):
        actions, number = interface.actionInterface(), interface.valueInterface()
        said += [*actions.actionNames(), *actions.keyBindingsForAction("Rename")]
        said += [actions.localizedActionName("Rename"), actions.localizedActionDescription(PRESS)]
        said += [number.currentValue(), number.minimumValue()] if number else []
        assert interface.textInterface() is None
        assert interface.tableCellInterface() is None
    return (
        interface.isValid(), interface.role(), interface.rect(), said, state.focused, interface.object(),
        interface.parent(), interface.childCount(), interface.child(0), interface.child(-1),
        interface.child(9999), interface.indexOfChild(interface), interface.childAt(400, 300),
        interface.focusChild(),
    )  # fmt: skip


def settle():
    """Let Qt delete what was to be deleted later, as it does between two events."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()
