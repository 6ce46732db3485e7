"""What training is doing, in a word and a colour."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from playground.training.snapshot import State

COLOURS = {
    State.RUNNING: "good",
    State.PAUSED: "outline",
    State.FINISHED: "accent",
    State.DIVERGED: "bad",
    State.BLOCKED: "warning",
}
"""The colour of each state in the theme; a word beside it says the same."""


def state_word(state: State) -> str:
    """The word for it."""
    translate = QCoreApplication.translate
    return {
        State.RUNNING: translate("State", "Training"),
        State.PAUSED: translate("State", "Paused"),
        State.FINISHED: translate("State", "Finished"),
        State.DIVERGED: translate("State", "Diverged"),
        State.BLOCKED: translate("State", "Cannot train"),
    }[state]
