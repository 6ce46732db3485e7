"""Hands that click, drag, turn the wheel and type, anywhere, drawn by a seed."""

import shiboken6
from hot_spots import hot_spot, in_front, visible
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier

LINK = "https://playground.tensorflow.org/#dataset=xor&seed=0.5"
TEXTS = (
    "0.1", "-3", "1e9", "1e39", "nan", "0", "7", "1,5", "abc", "", "a b", "x" * 300, LINK, '{"layers": [{}]}',
)  # fmt: skip
NUMBERS = ("0", "1", "2", "3", "5", "0.1", "0,5", "-0.5", "0.001", "20", "50", "100", "1e9", "nan", "")
KEYS = (
    Key.Key_Tab, Key.Key_Backtab, Key.Key_Return, Key.Key_Escape, Key.Key_Space, Key.Key_Left, Key.Key_Right,
    Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Delete,
    Key.Key_Backspace, Key.Key_F2, Key.Key_Plus, Key.Key_Minus, Key.Key_F, Key.Key_1, Key.Key_R,
    Key.Key_Period, Key.Key_A, Key.Key_C, Key.Key_V, Key.Key_X, Key.Key_D, Key.Key_Z,
    Key.Key_Y, Key.Key_F1, Key.Key_F10,
)  # fmt: skip
MENU_KEYS = (Key.Key_Down, Key.Key_Up, Key.Key_Return, Key.Key_Escape, Key.Key_Right)
PLAIN, CONTROL, SHIFT = Modifier.NoModifier, Modifier.ControlModifier, Modifier.ShiftModifier
MODIFIERS = (*[PLAIN] * 6, *[CONTROL] * 3, SHIFT, Modifier.AltModifier, CONTROL | SHIFT)
NOTHING = "nothing"


class RandomHands:
    """Acts on `window`, and on whatever else is open; every gesture returns what it was."""

    def __init__(self, random, tell):
        self.random, self.tell = random, tell
        self.window = None

    def chance(self, share):
        return self.random.random() < share

    def up_to(self, size):
        return self.random.randrange(max(size, 1))

    # --- where ---

    def place(self):
        """A window of the system and a point of it, often one where something is; (None, None) for none."""
        top = QApplication.activePopupWidget() or self._top()
        at = hot_spot(self.random, top, self.window) if self.chance(0.85) else None
        if at is None or not top.rect().contains(at):
            at = QPoint(self.up_to(top.width()), self.up_to(top.height()))
        self.tell(f"  {type(top).__name__} {type(top.childAt(at)).__name__} {at.toTuple()}")
        handle = top.windowHandle()
        return (handle, at) if is_alive(handle) else (None, None)

    def _top(self):
        tops = [top for top in QApplication.topLevelWidgets() if top.isVisible()]
        return self.random.choice(tops) if tops and self.chance(0.1) else self.window

    # --- the mouse ---

    def click(self):
        handle, at = self.place()
        if handle is None:
            return NOTHING
        modifier = self.random.choice((*[PLAIN] * 6, SHIFT, CONTROL))
        QTest.mouseMove(handle, at)
        if not shiboken6.isValid(handle):  # a menu or a tip that went away under the pointer
            return NOTHING
        QTest.mouseClick(handle, Button.LeftButton, modifier, at)
        return modifier.name

    def double_click(self):
        handle, at = self.place()
        if handle is None:
            return NOTHING
        QTest.mouseDClick(handle, Button.LeftButton, PLAIN, at)
        return ""

    def right_click(self):
        handle, at = self.place()
        if handle is None:
            return NOTHING
        QTest.mouseClick(handle, Button.RightButton, PLAIN, at)
        return ""

    def drag(self):
        handle, start = self.place()
        _, end = self.place()
        if handle is None or end is None:
            return NOTHING
        button = Button.MiddleButton if self.chance(0.1) else Button.LeftButton
        QTest.mousePress(handle, button, PLAIN, start)
        for share in (0.1, 0.5, 1.0):
            if is_alive(handle):
                QTest.mouseMove(handle, inside(handle, start + (end - start) * share))
        meanwhile = self.meanwhile() if self.chance(0.2) else ""
        if is_alive(handle):
            QTest.mouseRelease(handle, button, PLAIN, inside(handle, end))
        return meanwhile

    def meanwhile(self):
        """What happens in the middle of a drag."""
        return self.key()

    def wheel(self):
        handle, at = self.place()
        if handle is None:
            return NOTHING
        turned = QPoint(0, self.random.choice((-480, -120, 120, 480)))
        place = QPointF(handle.mapToGlobal(at))
        widget = QApplication.widgetAt(place.toPoint()) or self.window
        event = QWheelEvent(
            QPointF(widget.mapFromGlobal(place)), place, QPoint(), turned, Button.NoButton,
            CONTROL if self.chance(0.4) else PLAIN, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        return str(turned.y())

    # --- the keyboard ---

    def press(self, key, modifier=PLAIN):
        """Press a key in the window that has the keyboard."""
        handle = QGuiApplication.focusWindow() or self.window.windowHandle()
        if is_alive(handle):
            QTest.keyClick(handle, key, modifier)

    def key(self):
        key, modifier = self.random.choice(KEYS), self.random.choice(MODIFIERS)
        self.press(key, modifier)
        return f"{modifier.name} {key.name}"

    def type(self):
        text = self.random.choice(TEXTS)
        for letter in text[:40]:
            if (widget := QApplication.focusWidget()) is not None:
                QTest.keyClicks(widget, letter)
        if self.chance(0.7):
            self.press(Key.Key_Return)
        return text[:20]

    def fill_in(self):
        """Go to a field, type a number over what is there, and mostly say so."""
        lines = visible(in_front(self.window, self.window), (QLineEdit,))
        if not lines:
            return NOTHING
        line = self.random.choice(lines)
        line.setFocus()
        line.selectAll()
        text = self.random.choice(NUMBERS)
        QTest.keyClicks(line, text)
        if self.chance(0.8):
            self.press(Key.Key_Return)
        return text

    def pick(self):
        """Go to a box and walk through it by keys."""
        boxes = visible(in_front(self.window, self.window), (QComboBox,))
        if not boxes:
            return NOTHING
        self.random.choice(boxes).setFocus()
        for _ in range(self.up_to(4)):
            self.press(self.random.choice((Key.Key_Down, Key.Key_Up)))
        return ""

    def use_popup(self):
        """Choose in the menu or list that is open, or leave it."""
        popup = QApplication.activePopupWidget()
        if not isinstance(popup, QMenu) or self.chance(0.3):
            key = self.random.choice(MENU_KEYS)
            QTest.keyClick(popup, key)
            return key.name
        entries = [action for action in popup.actions() if action.isEnabled() and not action.isSeparator()]
        if not entries:
            popup.close()
            return NOTHING
        entry = self.random.choice(entries)
        text = entry.text()
        QTest.mouseClick(popup, Button.LeftButton, pos=popup.actionGeometry(entry).center())
        return text


def is_alive(handle):
    """Whether a window of the system is still there, and Python knows it."""
    return handle is not None and shiboken6.isValid(handle) and handle.isVisible()


def inside(handle, at):
    """The point of a window that is nearest to a point."""
    return QPoint(max(0, min(at.x(), handle.width() - 1)), max(0, min(at.y(), handle.height() - 1)))
