"""What the output panel shows only at times, and what of it takes long to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel, QWidget

from widgets.labels import give_role, show_text
from widgets.plots.decision_map import DecisionMap
from widgets.plots.output_meaning import OutputMeaning
from widgets.plots.painting.painting import Painting
from widgets.space_key import leave_space_key
from widgets.theme import class_colours, current
from widgets.tips import tip

if TYPE_CHECKING:
    from widgets.plots.curves import Curve
    from widgets.plots.painting.bar import BrushBar
    from widgets.plots.painting.surface import Surface
    from widgets.plots.sample_content import SampleContent


def curves_of(meaning: OutputMeaning) -> list[Curve]:
    """The curve of each output on a line."""
    from widgets.plots.curves import Curve

    colours = class_colours(len(meaning.names)) if len(meaning.names) > 1 else (current().text,)
    return [
        Curve(name, values, colour)
        for name, values, colour in zip(meaning.names, meaning.outputs, colours, strict=True)
    ]


def brush_of(shown: DecisionMap, painting: Painting, parent: QWidget) -> tuple[Surface, BrushBar]:
    """What points are painted on and with."""
    from widgets.plots.painting.bar import BrushBar
    from widgets.plots.painting.surface import Surface

    bar = BrushBar(painting, parent)
    leave_space_key(bar)
    return Surface(shown, painting), bar


def show_answer(label: QLabel, content: SampleContent) -> None:
    """Say what a sample is taken for; a wrong answer has a sign before it, and the truth behind."""
    words = content.sentence
    if content.wrong:
        text = QCoreApplication.translate("OutputPanel", "✗ {answer}; it is {truth}")
        words = text.format(answer=words, truth=content.truth)
    give_role(label, "error" if content.wrong else "muted")
    show_text(label, words)
    label.setToolTip(tip(words))
    label.setVisible(bool(content.answer) and content.chosen is not None)
