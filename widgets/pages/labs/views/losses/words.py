"""What is said of losses: who gets away from a wrong answer, and whose line gives in to one point."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from playground.labs.losses import LossExplorer
from playground.labs.losses.lines import FittedLine
from playground.labs.losses.one_output import SigmoidCourse
from playground.numbers.writing import figures, whole
from widgets.sentences import said

CLOSE = 0.1
"""A neuron whose answer is no farther than this from 1 has learnt it."""


def courses_told(lab: LossExplorer, courses: Sequence[SigmoidCourse]) -> str:
    """Who is first to say 0.9, and who is not there after all steps."""
    there = {each: each.steps_to(CLOSE) for each in courses}
    stuck = [said(each.loss) for each, steps in there.items() if steps is None]
    told = []
    counted = [(steps, said(each.loss)) for each, steps in there.items() if steps is not None]
    if counted:
        steps, name = min(counted)
        words = _tr("From z = {start}, {name} brings the output to 0.9 in {steps} steps.")
        told.append(words.format(start=figures(lab.start, 3), name=name, steps=whole(steps)))
    if stuck:
        words = _tr("Not there after {steps}: {names}.")
        told.append(words.format(steps=whole(lab.steps), names=", ".join(stuck)))
    return " ".join(told)


def borders_told(lines: Sequence[FittedLine]) -> str:
    """Where the borders of two classes are that lie farthest from one another."""
    found = sorted((line.border, said(line.loss)) for line in lines if line.border is not None)
    if not found:
        return ""
    words = _tr("The border of {low} lies at {left}, that of {high} at {right}.")
    (left, low), (right, high) = found[0], found[-1]
    return words.format(low=low, left=figures(left, 2), high=high, right=figures(right, 2))


def lines_told(lines: Sequence[FittedLine]) -> str:
    """How steep the flattest and the steepest line are."""
    if not lines:
        return ""
    ordered = sorted(lines, key=lambda line: line.slope)
    words = _tr("Of the lines that of {low} rises by {least}, that of {high} by {most}.")
    ends = {"low": said(ordered[0].loss), "high": said(ordered[-1].loss)}
    slopes = {"least": figures(ordered[0].slope, 2), "most": figures(ordered[-1].slope, 2)}
    return words.format(**ends, **slopes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LossesWords", text)
