"""A person who does anything at all with the program, drawn by a seed."""

import random
from collections import deque

from modal_answers import Answering
from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from random_hands import LINK, NOTHING, TEXTS, RandomHands

MOST_PARAMETERS, MOST_SAMPLES = 4_000, 3_000
"""What makes the experiment larger is taken back, so that the gestures are many and not slow."""
MOST_UNDO = 400
"""Steps of undo after which all are taken back: the stack forgets the first beyond 500."""
REMEMBERED = 40


class RandomPerson(RandomHands):
    """Acts on windows that `open_window` opens; `folder` has files that are opened and dropped."""

    def __init__(self, open_window, folder, seed):
        super().__init__(random.Random(seed), self.remember)
        self.open_window, self.folder = open_window, folder
        self.done = deque(maxlen=REMEMBERED)
        """What was done last, in words."""
        self.first = self._workspace = self._number = None
        """The experiment to which undo leads back."""
        self._answering = Answering(self.random, folder, self.remember)
        self._gestures = {
            self.click: 24, self.double_click: 4, self.right_click: 8, self.drag: 13, self.key: 14,
            self.type: 5, self.fill_in: 7, self.pick: 5, self.wheel: 4, self.choose: 6, self.resize: 1,
            self.drop: 1, self.fill_clipboard: 2, self.run: 4, self.wait: 3, self.undo_and_redo: 4,
            self.open_recent: 1,
        }  # fmt: skip

    def remember(self, what):
        """Note what is done."""
        self.done.append(what)

    # --- acting ---

    def act(self, count):
        """Do so many gestures, each from the event loop as real ones are, and take everything back."""
        loop, failures = QEventLoop(), []

        def go_on(left):
            try:
                self._act_once() if left else self.rest()
            except Exception as failure:
                failures.append(failure)
            if left and not failures:
                QTimer.singleShot(0, lambda: go_on(left - 1))
            else:
                loop.quit()

        with self._answering:
            QTimer.singleShot(0, lambda: go_on(count))
            loop.exec()
        if failures:
            raise failures[0]

    def _act_once(self):
        self.look()
        self._answering.gesture += 1
        popup = QApplication.activePopupWidget()
        gesture = self.use_popup if popup and self.chance(0.8) else self._any()
        self.remember(gesture.__name__)
        if what := gesture():
            self.remember(f"  {what}")
        self.keep_small()

    def _any(self):
        return self.random.choices(list(self._gestures), self._gestures.values())[0]

    def look(self):
        """Open a window if there is none."""
        if self.window is None or not self.window.isVisible():
            if self.window is not None:
                self.window.deleteLater()
            self.window = self.open_window()
        if self.window.workspace is not self._workspace:  # made anew for another language, and asks nobody
            self._workspace = self.window.workspace
            self._workspace.document.opened.connect(self._begin_anew)
            if self._workspace.document.number != self._number:
                self._begin_anew()

    def _begin_anew(self):
        self._number = self.window.workspace.document.number
        self.first = self.window.workspace.document.experiment

    def rest(self):
        """Let go of everything, and take all back."""
        self.look()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self.take_all_back()
        QTest.qWait(50)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # --- the window ---

    def choose(self):
        """Any entry of the menus of the menu bar, but to fill the small screen; to quit, more rarely."""
        entries = list(self.window.actions_.values())
        for menu in self.window.menu_bar.findChildren(QMenu):
            entries += menu.actions()
        entry = self.random.choice(entries)
        if entry is self.window.actions_["full_screen"]:
            return NOTHING
        if not entry.isEnabled() or (entry is self.window.actions_["quit"] and self.chance(0.9)):
            return NOTHING
        text = entry.text()
        entry.trigger()
        return text

    def resize(self):
        size = (self.random.randrange(900, 1400), self.random.randrange(500, 850))
        self.window.resize(*size)
        return str(size)

    def wait(self):
        QTest.qWait(self.up_to(40))

    def drop(self):
        kind, data = self._data()
        at, copied = QPoint(self.up_to(900), self.up_to(600)), Qt.DropAction.CopyAction
        held = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(at, copied, data, *held)
        QApplication.sendEvent(self.window, enter)
        if enter.isAccepted():
            QApplication.sendEvent(self.window, QDropEvent(QPointF(at), copied, data, *held))
        return kind

    def fill_clipboard(self):
        kind, data = self._data()
        clipboard = QGuiApplication.clipboard()
        if kind == "image":
            clipboard.setImage(data.imageData())
        elif kind == "empty":
            clipboard.clear()
        else:
            clipboard.setText(data.text())
        return kind

    def _data(self):
        """What comes from other programs."""
        data = QMimeData()
        kind = self.random.choice(("text", "files", "web", "image", "bytes", "empty"))
        match kind:
            case "text":
                data.setText(self.random.choice(TEXTS))
            case "files":
                files = [QUrl.fromLocalFile(str(path)) for path in sorted(self.folder.iterdir())]
                data.setUrls(self.random.sample(files, self.random.randrange(1, 3)))
            case "web":
                data.setUrls([QUrl(self.random.choice((LINK, "https://example.org/a", "mailto:a@b.c")))])
            case "image":
                data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
            case "bytes":
                data.setData("application/x-other", b"\x00\xff" * 100)
        return kind, data

    # --- the document ---

    def run(self):
        """See that it trains."""
        run = self.window.actions_["run"]
        if run.isEnabled() and not self.window.workspace.link.running:
            run.trigger()

    def meanwhile(self):
        return self.random.choice((self.key, self.undo_and_redo, self.open_recent))()

    def undo_and_redo(self):
        stack = self.window.workspace.document.undo_stack
        back, forth = self.up_to(5), self.up_to(5)
        for _ in range(back):
            stack.undo()
        for _ in range(forth):
            stack.redo()
        return f"{back} {forth}"

    def open_recent(self):
        if not (recent := self.window.preferences.recent):
            return NOTHING
        path = self.random.choice(recent)
        self.window.workspace.filing.open_file(path)
        return path.name

    def keep_small(self):
        """Take back what makes the experiment large, and all before undo forgets the first step."""
        document = self.window.workspace.document
        samples = getattr(document.experiment.data.dataset, "samples", 0)
        if document.experiment.graph.parameters > MOST_PARAMETERS or samples > MOST_SAMPLES:
            document.undo_stack.undo()
        if document.undo_stack.count() > MOST_UNDO:
            self.take_all_back()

    def take_all_back(self):
        """Undo to the beginning."""
        document = self.window.workspace.document
        while document.undo_stack.canUndo():
            document.undo_stack.undo()
        assert document.experiment == self.first, "undo did not lead back to the first experiment"
