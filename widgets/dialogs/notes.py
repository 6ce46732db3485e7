"""The notes on an experiment, which its file keeps: shown when a link was opened, written by the person."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from playground.value import InvalidValue
from widgets.dialogs import questions
from widgets.document import Document
from widgets.notice import Notice
from widgets.sentences import counted, sentence

MOST_LINES = 3
"""Lines of them that are shown at first; the canvas needs its room."""


def edit(document: Document, notice: Notice, window: QWidget) -> None:
    """Let them be read and written."""
    experiment = document.experiment
    notes = questions.notes(window, experiment.notes)
    if notes is None:
        return
    try:
        document.edit(experiment.with_(notes=notes), _tr("Change notes"))
    except InvalidValue as problem:
        notice.say(sentence(problem.text))


def show(document: Document, notice: Notice, window: QWidget) -> None:
    """Say how they begin, if there are any."""
    lines = document.experiment.notes.splitlines()
    if len(lines) > MOST_LINES:
        more = counted(
            "…and {count} more remark in the notes.",
            "…and {count} more remarks in the notes.",
            len(lines) - MOST_LINES + 1,
        )
        lines = [*lines[: MOST_LINES - 1], more]
    if lines:
        text = "\n".join(lines)
        notice.say(text, {_tr("Notes…"): lambda: edit(document, notice, window)}, bad=False)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Notes", text)
