"""What is said of lines and of the rule, in sentences and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QCoreApplication

from playground.labs.lines import Lines
from playground.labs.lines.perceptron import RuleLearning
from playground.labs.lines.points import CORNERS, ExclusiveOr, TruthTable
from playground.numbers.writing import figures, whole
from widgets.sentences import counted


def of_rule(lab: Lines, learning: RuleLearning) -> str:
    """How the rule ends, and how many mistakes it may make."""
    made = len(learning.mistakes)
    if learning.settled:
        told = counted(
            "All points are on the right side after {count} mistake.",
            "All points are on the right side after {count} mistakes.",
            made,
        )
    else:
        told = counted(
            "It does not come to rest: left after {count} mistake.",
            "It does not come to rest: left after {count} mistakes.",
            made,
        )
    if (bound := learning.bound) is not None:
        return f"{told} {_tr('The bound R²/γ² is {0}.').format(figures(bound, 3))}"
    why = _tr("No line parts these points, so that there is no bound.")
    if isinstance(lab.points, ExclusiveOr):
        why = _tr(
            "No line can: it would need b < 0, w₁ + b > 0, w₂ + b > 0 and w₁ + w₂ + b < 0, but the second "
            "and third add up to w₁ + w₂ + 2b > 0, and the others to less than 0."
        )
    return f"{told} {why}"


def of_hand(lab: Lines) -> str:
    """How many points are right."""
    count = len(lab.drawn[0])
    if lab.right == count:
        return _tr("All {0} points are right.").format(whole(count))
    return _tr("{right} of {count} points are right.").format(right=whole(lab.right), count=whole(count))


def of_mistake(learning: RuleLearning, mistakes: int) -> str:
    """The last mistake, and what it did to the weights."""
    if not mistakes:
        return _tr("All weights are 0, and no point is on the right side yet.")
    last = learning.mistakes[mistakes - 1]
    point, sign = learning.points[last.point], int(learning.signs[last.point])
    words = _tr(
        "Pass {passes}: point {point} was on the wrong side.\nw ← {before} {sign} {added}\n  = {after}"
    )
    return words.format(
        passes=whole(last.passes),
        point=_row(point),
        before=_row(learning.weights(mistakes - 1)),
        sign="+" if sign > 0 else "−",
        added=_row([*point, 1.0]),
        after=_row(last.weights),
    )


def truth_table(lab: Lines) -> str:
    """Inputs, what each line and the output say, and what is wanted, as HTML; empty for other points."""
    if not isinstance(lab.points, TruthTable):
        return ""
    each, output = lab.answers(CORNERS)
    heads = ["x", "y", *(_tr("line {0}").format(place) for place in range(1, lab.lines + 1))]
    heads += [_tr("output"), _tr("wanted")]
    rows = [heads]
    for corner, said, joined, wanted in zip(CORNERS, each.T, output, lab.points.wanted, strict=True):
        numbers = [*corner, *said, joined, wanted]
        rows.append([whole(int(number)) for number in numbers])
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table cellspacing="0" cellpadding="5">{cells}</table>'


def _row(numbers: Sequence[float]) -> str:
    return f"({', '.join(figures(float(number), 3) for number in numbers)})"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Lines", text)
