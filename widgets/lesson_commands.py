"""The actions of the menu Learn."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from widgets.command import Command


def lesson_commands(learn: str) -> tuple[Command, ...]:
    """What can be done with lessons; `learn` is what the menu is called."""
    return (
        Command(
            "learn",
            learn,
            _tr("&Lessons"),
            _tr("Learn step by step, beside whatever you do; your own work comes back afterwards."),
            "Ctrl+Shift+L",
            "learn",
            True,
        ),
        Command(
            "tour", learn, _tr("&Tour in a minute"), _tr("What is where in the window, shown in six steps.")
        ),
        Command(
            "open_lesson",
            learn,
            _tr("&Open a lesson…"),
            _tr("Open a lesson of your own, or one that lies on a shared disk."),
            group_ends=True,
        ),
        Command(
            "hand_in",
            learn,
            _tr("&Hand in…"),
            _tr("Give your teacher the network and the answers of the lesson that is under way."),
        ),
        Command(
            "handed_in",
            learn,
            _tr("What was handed &in…"),
            _tr("For teachers: who handed in what in the folder of a class, as a table."),
        ),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
