"""Answers whatever waits for one: by a timer, as the gesture that opened a dialog has not returned yet."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit

SHORTLY = 5
"""Milliseconds."""
PATIENCE = 6
"""Tries until a menu that waits is left, and half of those until a dialog is closed."""


class Answering:
    """While it is entered, dialogs are answered by a random choice of buttons, keys and names.

    `gesture` is to be counted up with every gesture, so that one that waits is known by its number.
    """

    def __init__(self, random, folder, tell):
        self._random, self._folder, self._tell = random, folder, tell
        self.gesture = self._seen = self._tries = 0
        self._timer = QTimer(interval=SHORTLY, singleShot=True)
        self._timer.timeout.connect(self._answer)

    def __enter__(self):
        self._timer.start()

    def __exit__(self, *_):
        self._timer.stop()

    def _answer(self):
        self._timer.start()  # first, as the answer may open another dialog
        self._tries = self._tries + 1 if self.gesture == self._seen else 0
        self._seen = self.gesture
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            if self._tries > PATIENCE:
                self._let_go()
            return
        self._tell(f"  answers {type(dialog).__name__} {dialog.windowTitle()}")
        if self._tries > 2 * PATIENCE:
            dialog.close()
        elif isinstance(dialog, QFileDialog):
            self._choose_file(dialog)
        else:
            self._press(dialog)

    def _let_go(self):
        """Choose in a menu that waits, or end a drag that does."""
        if (menu := QApplication.activePopupWidget()) is not None:
            key = self._random.choice((Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape))
            QTest.keyClick(menu, key)
        elif (window := QApplication.activeWindow()) is not None:
            QTest.mouseRelease(window, Qt.MouseButton.LeftButton)

    def _press(self, dialog):
        buttons = [button for button in dialog.findChildren(QAbstractButton) if button.isVisible()]
        line = dialog.findChild(QLineEdit)
        if line is not None and line.isVisible() and self._random.random() < 0.5:
            line.setText(self._random.choice(("", "#dataset=xor&seed=1", "nonsense")))
        if self._random.random() < 0.2 or not buttons:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            QTest.mouseClick(self._random.choice(buttons), Qt.MouseButton.LeftButton)

    def _choose_file(self, dialog):
        """A name in the folder of the test alone: nobody's files are at risk."""
        names = [path.name for path in sorted(self._folder.iterdir())]
        name = self._random.choice([*names, "new", "new.nnplay", "n" * 300, "no/such/folder/a.nnplay"])
        if self._random.random() < 0.3:
            dialog.reject()
            return
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(self._folder / name))
        dialog.accept()
