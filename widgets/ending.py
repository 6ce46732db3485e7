"""An end that the system asks for: by a signal, or as the person's login session ends.  The work is kept."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from playground.cli.stopping import SIGNALS
from widgets.main_window import MainWindow

PATIENCE = 1500
"""Milliseconds for a step under way; what was before it is kept after them."""

LIMIT = 4000
"""Milliseconds for all of it: systems that end do not wait for long."""


class Ending(QObject):
    """Keeps the work of a window for recovery when the system ends the program."""

    def __init__(self, window: MainWindow, application: QApplication) -> None:
        super().__init__(application)
        self._window, self._ends = window, False
        now = Qt.ConnectionType.DirectConnection
        application.commitDataRequest.connect(self.keep_before_returning, now)
        application.saveStateRequest.connect(self.keep_before_returning, now)
        self._signals = Signals(self.end, self)

    def end(self) -> None:
        """Keep the work, then end; asked again, end without it."""
        if self._ends:
            self._leave()
            return
        self._ends = True
        self._keep(lambda _: self._leave())
        QTimer.singleShot(LIMIT, self._leave)

    def keep_before_returning(self, _manager: object = None) -> None:
        """Keep the work while whoever ends the session waits: it may end the program after that."""
        loop = QEventLoop()
        answers: list[bool] = []

        def done(kept: bool) -> None:
            answers.append(kept)
            loop.quit()

        self._keep(done)
        if not answers:
            QTimer.singleShot(LIMIT, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        self._window.session_ends = True

    def close(self) -> None:
        """Hear no signals any more."""
        self._signals.close()

    def _keep(self, then: Callable[[bool], object]) -> None:
        keeper = self._window.workspace.filing.keeper
        self._window.workspace.link.session.pause()
        keeper.keep(then)
        QTimer.singleShot(PATIENCE, keeper.keep)

    def _leave(self) -> None:
        if self._window.isVisible():
            self._window.give_up(keeps=True)
            QCoreApplication.exit(0)  # out of whatever dialog waits


class Signals(QObject):
    """Calls a function on the window's thread when one of the signals comes that ask a program to end.

    Qt's loop does not let Python see a signal, but it sees what Python's own handler writes to a socket.
    """

    def __init__(self, heard: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._heard = heard
        self._mouth, self._ear = socket.socketpair()
        for end in (self._mouth, self._ear):
            end.setblocking(False)
        self._fd = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)
        asking = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, _nothing) for number in asking}
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def close(self) -> None:
        """Leave signals to those who had them before."""
        self._notifier.setEnabled(False)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd)
        self._mouth.close()
        self._ear.close()

    def _hear(self) -> None:
        numbers = self._ear.recv(64)
        if any(number in self._before for number in numbers):
            self._heard()


def _nothing(_number: int, _frame: object) -> None:
    pass
