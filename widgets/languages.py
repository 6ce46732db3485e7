"""The language of the window: the system's, or the one a person chose, changed while it runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QFont, QTextLayout

from playground.languages.catalogue import ENGLISH, Catalogue, best_of, catalogue, languages
from playground.languages.pseudo import PSEUDO, PseudoCatalogue
from playground.languages.spoken import spoken

SYSTEM = "system"
"""What is chosen where the system's language is to be followed."""


class Translations(QTranslator):
    """Looks texts up in a catalogue."""

    def __init__(self, known: Catalogue | PseudoCatalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known = known

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The translation, or the text itself; that of a text that counts, where a number is given."""
        if n >= 0:
            return self._known.counted(text, n, disambiguation or "", context) or text
        return self._known.translation(text, disambiguation or "", context) or text


class Languages(QObject):
    """Holds the language that is shown.

    Signals:
        changed: texts are in another language from now on.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.language = ENGLISH
        self._translators: list[QTranslator] = []

    def choose(self, wanted: str) -> str:
        """Show a language, or the system's; returns one whose letters no typeface has, or ""."""
        known = languages() | {PSEUDO: PSEUDO}
        language = wanted if wanted in known else of_system()
        unreadable = "" if can_be_read(known[language]) else language
        self.show(ENGLISH if unreadable else language)
        return unreadable

    def show(self, language: str) -> None:
        """Say all texts in this language from now on."""
        spoken.language = language
        if language == self.language:
            return
        for each in self._translators:
            QCoreApplication.removeTranslator(each)
        self.language = language
        self._translators = [] if language == ENGLISH else self._load(language)
        for each in self._translators:
            QCoreApplication.installTranslator(each)
        self.changed.emit()

    def _load(self, language: str) -> list[QTranslator]:
        """Our words, and over them Qt's own for its dialogs, where it has any."""
        of_qt = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        found = of_qt.load(str(Path(folder) / f"qtbase_{language}.qm"))
        return [Translations(catalogue(language), self), *([of_qt] if found else [])]


shown_language = Languages()
"""`shown_language.changed` tells when all texts are others."""


def of_system() -> str:
    """The language that the system wants, of those there are."""
    return best_of(QLocale.system().uiLanguages())


def can_be_read(words: str) -> bool:
    """Whether some typeface of the system has the letters of these words."""
    layout = QTextLayout(words, QFont())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(glyph != 0 for run in layout.glyphRuns() for glyph in run.glyphIndexes())
