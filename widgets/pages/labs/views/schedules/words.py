"""What is said of schedules, and of networks that learn by them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from playground.labs.schedules import Schedules
from playground.labs.trial import TrialState
from playground.numbers.writing import figures, percent
from widgets.pages.labs.views.schedules.training import best
from widgets.sentences import counted, said, sentence


def told(lab: Schedules, areas: Sequence[float], state: TrialState) -> str:
    """All that is to be said now, one sentence after another."""
    found = [_of_areas(lab, areas), _of_trial(lab, state), *_of_odd_ones(lab)]
    return " ".join(filter(None, found))


def _of_areas(lab: Schedules, areas: Sequence[float]) -> str:
    if len(areas) != len(lab.schedules):
        return ""
    least = min(range(len(areas)), key=lambda place: areas[place])
    words = _tr("{name} goes least far in all: {share} of a constant rate.")
    return words.format(name=said(lab.schedules[least]), share=percent(areas[least]))


def _of_trial(lab: Schedules, state: TrialState) -> str:
    if state.refused is not None:
        return sentence(state.refused)
    if state.progress < 1:
        return "" if state.courses else _tr("Press Run, and a network learns by each.")
    place = best(state)
    if place is None:
        return _tr("All ran away: take a lower rate.")
    course = state.courses[place]
    return counted(
        "{name} ends best after {count} epoch, with a training loss of {loss}.",
        "{name} ends best after {count} epochs, with a training loss of {loss}.",
        course.epochs,
        name=said(lab.schedules[place]),
        loss=figures(float(course.train[course.epochs]), 3),
    )


def _of_odd_ones(lab: Schedules) -> list[str]:
    """What is odd about schedules for a training of this length."""
    found = {sentence(each.remark(lab.epochs, lab.per_epoch)) for each in lab.used} - {""}
    if any(each.watches for each in lab.schedules):
        found.add(
            _tr("Reduce on plateau waits for the validation loss; its curve is drawn as if that always fell.")
        )
    return sorted(found)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SchedulesWords", text)
