"""The sentences of the program without a window, as the window says them.

They are translated, their numbers written as everywhere in the window, and where a person can do something
about it, what to press is added.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.numbers.writing import entry
from playground.text import Argument, Text


def sentence(text: Text | None) -> str:
    """The sentence for the screen; empty for none."""
    if text is None:
        return ""
    said = text.written(QCoreApplication.translate("Playground", text.template), _word)
    return f"{said} {what_to_press}" if (what_to_press := _presses().get(text.key)) else said


def _word(argument: Argument) -> str:
    if isinstance(argument, Text):
        return sentence(argument)
    return argument if isinstance(argument, str) else entry(argument)


def _presses() -> dict[str, str]:
    """What to press, by the key of the sentence that asks for it."""
    translate = QCoreApplication.translate
    return {
        "network.empty": translate("Presses", "Drag a Dense layer onto the canvas."),
        "layer.unread": translate("Presses", "Drag from the port above its card to a later layer."),
        "layer.tied_to_nothing": translate("Presses", "Right-click its card and choose under Weights of."),
    }
