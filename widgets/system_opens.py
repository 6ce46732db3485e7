"""Files and links that the system asks the running program to open, as the Finder of macOS does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from widgets import incoming
from widgets.main_window import MainWindow

PAUSE = 100
"""Milliseconds in which files that were chosen together come one by one, and between looks at a dialog."""


class Application(QApplication):
    """The application, which tells what it is asked to open.

    Signals:
        open_asked: a file or a link; one that cannot be read is no valid address.
    """

    open_asked = Signal(QUrl)

    def event(self, event: QEvent) -> bool:
        """Tell it; a filter of events would be asked about those of all widgets too."""
        if isinstance(event, QFileOpenEvent):
            self.open_asked.emit(event.url())
            return True
        return super().event(event)


class SystemOpens(QObject):
    """Opens in a window what the application is asked to open."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._urls: list[QUrl] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._open)

    def take(self, url: QUrl) -> None:
        """Open this, with what comes along with it."""
        self._urls.append(QUrl(url))
        self._timer.start()

    def _open(self) -> None:
        """Open it as if it were dropped on the window, once no question is open."""
        if QApplication.activeModalWidget() is not None:
            self._timer.start()
            return
        urls, self._urls = self._urls, []
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        data = QMimeData()
        data.setUrls([url for url in urls if url.isValid()])
        if data.urls():
            window.workspace.take(incoming.read(data))
        else:
            from playground.files.share_link import SCHEME

            window.workspace.links.open(SCHEME)  # which says that it is not whole
