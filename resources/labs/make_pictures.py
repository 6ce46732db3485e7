"""Makes the pictures of the gallery of laboratories, in both themes: what each shows after a while.

They have no words, so that they are the same in every language.

Run by hand from the top folder when a laboratory changes, with the kinds of some or for all:
`QT_QPA_PLATFORM=offscreen python resources/labs/make_pictures.py hopfield`.
"""

import sys
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.labs import Laboratory
from widgets import theme
from widgets.main_window import MainWindow
from widgets.preferences import Preferences

FOLDER = Path(__file__).parent
WINDOW = 1440, 900
PATIENCE, PAUSE = 8000, 100
"""Milliseconds that a laboratory may run, and from one look at it to the next."""


class Silence(QTranslator):
    """A language that says nothing."""

    def translate(self, context, text, disambiguation=None, n=-1):
        """Room for a word."""
        return " "


def main():
    """Write two pictures a laboratory."""
    application, names = QApplication([]), sys.argv[1:]
    silence = Silence(application)
    for scheme in ("dark", "light"):
        theme.apply(application, scheme)
        window = MainWindow(Preferences.unkept(), recovery_folder=Path(mkdtemp()))
        window.resize(*WINDOW)
        window.show()
        QCoreApplication.installTranslator(silence)
        for kind in Laboratory.members():
            if names and kind.tag() not in names:
                continue
            window.pages.hand("labs", kind.tag())
            room = window.pages.page.room
            room.view.set_running(True)
            for _ in range(PATIENCE // PAUSE):
                if room.view.running:
                    QTest.qWait(PAUSE)
            room.view.set_running(False)
            QTest.qWait(100)
            room.view.findChild(QWidget, "picture").grab().save(str(FOLDER / f"{kind.tag()}-{scheme}.png"))
        QCoreApplication.removeTranslator(silence)
        window.give_up()


if __name__ == "__main__":
    main()
