"""What Windows opens with this program: `.nnplay` files and links, as the person wants it.

On Linux the desktop file says so and on macOS the bundle; Windows reads it in the registry, where each person
has a part that needs no rights of an administrator.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QSettings

from playground.files.names import SUFFIX

CLASSES = "HKEY_CURRENT_USER\\Software\\Classes"
FILE = "NeuralPlayground.Experiment"
LINK = "nnplay"
DEFAULT = "Default"
"""Under this name Qt has what the registry holds under none."""

MAIN = Path(__file__).parents[1] / "main.py"
ASSOCIATIONS_CHANGED = 0x08000000


def has_registry() -> bool:
    """Whether this is a system on which the person can say it here."""
    return sys.platform == "win32"


def command() -> str:
    """What is started, with the place where Windows puts the file or the link."""
    from subprocess import list2cmdline

    program = Path(sys.executable)
    if getattr(sys, "frozen", False):
        words = [str(program)]
    else:
        silent = program.with_name("pythonw.exe")  # without a window for text
        words = [str(silent if silent.exists() else program)]
        words += [str(MAIN)] if MAIN.exists() else ["-m", "widgets"]
    return f'{list2cmdline(words)} "%1"'


class OpensHere:
    """Writes and reads the registry."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(CLASSES, QSettings.Format.NativeFormat)

    @property
    def on(self) -> bool:
        """Whether files and links open with this very program."""
        store = self._store
        kind = store.value(f"{SUFFIX}/{DEFAULT}")
        opens = [store.value(f"{each}/shell/open/command/{DEFAULT}") for each in (FILE, LINK)]
        return kind == FILE and opens == [command()] * 2

    def set_on(self, on: bool) -> bool:
        """Let them open with it, or with nothing; whether that could be written."""
        store = self._store
        if on:
            store.setValue(f"{SUFFIX}/{DEFAULT}", FILE)
            store.setValue(f"{LINK}/URL Protocol", "")
            for each, title in ((FILE, "Neural Playground"), (LINK, "URL:Neural Playground")):
                store.setValue(f"{each}/{DEFAULT}", title)
                store.setValue(f"{each}/shell/open/command/{DEFAULT}", command())
        else:
            if store.value(f"{SUFFIX}/{DEFAULT}") == FILE:
                store.remove(f"{SUFFIX}/{DEFAULT}")
            for each in (FILE, LINK):
                store.remove(each)
        store.sync()
        _tell_the_explorer()
        return store.status() == QSettings.Status.NoError and self.on is on


def _tell_the_explorer() -> None:
    """Let it show files of ours anew."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SHChangeNotify(ASSOCIATIONS_CHANGED, 0, None, None)
