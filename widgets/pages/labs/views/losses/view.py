"""The laboratory of losses: over the output and behind a sigmoid on top, lines and three classes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtWidgets import QGridLayout, QPushButton

from playground.labs.losses import LossExplorer
from playground.labs.losses.laboratory import HIGH, WIDE
from playground.labs.losses.lines import FittedLine, GivenPoints
from playground.labs.losses.one_output import SigmoidCourse
from playground.labs.losses.three_classes import Floats
from playground.numbers.writing import figures, whole
from playground.value import InvalidValue
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.losses.lines import LinesPlot
from widgets.pages.labs.views.losses.plots import CoursePlot, OutputPlot, SigmoidPlot
from widgets.pages.labs.views.losses.triangle import ClassTriangle, told_shares
from widgets.pages.labs.views.losses.words import borders_told, courses_told, lines_told
from widgets.sentences import said, sentence
from widgets.tips import tip
from widgets.workspace import Workspace


@dataclass(frozen=True, eq=False)
class LearntBy:
    """How a sigmoid learns by each loss, and the ways of three classes."""

    lab: LossExplorer
    courses: Sequence[SigmoidCourse]
    descent: Floats
    by_temperature: Floats


@dataclass(frozen=True, eq=False)
class LinesThrough:
    """Points, and the line of each loss."""

    lab: LossExplorer
    points: GivenPoints
    lines: Sequence[FittedLine]


class LossesView(SteppedView[LossExplorer]):
    """What costs time is worked out on a thread; a run lets steps of learning be seen one after another."""

    def __init__(self, document: LabDocument[LossExplorer], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._found: LearntBy | None = None
        self._through: LinesThrough | None = None
        self._grounded: object = None
        self.over = OutputPlot()
        self.slopes, self.courses = SigmoidPlot(), CoursePlot()
        self.lines, self.triangle = LinesPlot(), ClassTriangle()
        self.triangle.setObjectName("picture")
        self.use = QPushButton(self.tr("Use this loss in my network"))
        self.use.setToolTip(tip(self.tr("Let the present network learn by the loss that is chosen.")))
        self._connect()
        self._lay_out()
        self.setFocusProxy(self.over)
        theme.themes.changed.connect(self._recolour)

    def _connect(self) -> None:
        tr, edit = self.tr, self._edit
        self.over.led.connect(lambda x, gesture: edit(gesture, tr("Look at another output"), output=x))
        self.slopes.led.connect(lambda x, gesture: edit(gesture, tr("Begin elsewhere"), start=x))
        self.lines.led.connect(self._move_point)
        self.triangle.led.connect(
            lambda shares, gesture: edit(gesture, tr("Move the softmax"), shares=shares)
        )
        self.use.clicked.connect(self._use)

    def _lay_out(self) -> None:
        self.frames = {
            "over": LabFrame(self.tr("Loss over the output"), self.over),
            "lines": LabFrame(self.tr("Points with one outside"), self.lines),
            "triangle": LabFrame(self.tr("Three classes"), self.triangle),
        }
        self.turning = TurningFrame(
            (
                TurnedPage(
                    self.tr("Slope behind a sigmoid"),
                    self.slopes,
                    self.tr("slopes"),
                    self.tr("Show the slope of each loss over the net input."),
                ),
                TurnedPage(
                    self.courses.title,
                    self.courses,
                    self.tr("learning"),
                    self.tr("Show how far the output is from 1, step after step."),
                ),
            )
        )
        self.turning.turned.connect(self.show_steps)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        corners = (self.frames["over"], self.turning, self.frames["lines"], self.frames["triangle"])
        for place, frame in enumerate(corners):
            grid.addWidget(frame, *divmod(place, 2))
        for side in range(2):
            grid.setColumnStretch(side, 1)
            grid.setRowStretch(side, 1)

    def uses(self) -> Sequence[QPushButton]:
        """The loss can be the network's."""
        return (self.use,)

    def keys(self) -> dict[str, str]:
        """How places and points are led without a mouse."""
        return {self.tr("Arrows"): self.tr("Lead what the plot with the focus has; with Shift farther.")}

    def _edit(self, gesture: int, text: str, **changes: object) -> None:
        self.document.edit(self.lab.with_(**changes), text, gesture)

    def _move_point(self, x: float, y: float, gesture: int) -> None:
        outside = min(max(x, -WIDE), WIDE), min(max(y, -HIGH), HIGH)
        self._edit(gesture, self.tr("Move the point"), outside=outside)

    def _use(self) -> None:
        document, loss = self.workspace.document, self.lab.loss
        try:
            after = document.experiment.with_loss(loss)
        except InvalidValue as problem:
            self.workspace.notice.say(sentence(problem.text))
            return
        document.edit(after, self.tr("Use {name}").format(name=said(loss)))
        self.workspace.page_asked.emit("design")
        words = self.tr("The network learns by {name} now.").format(name=said(loss))
        self.workspace.notice.say(words, bad=False)

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: LossExplorer) -> None:
        """Show the curve at once, and work out the rest."""
        self.over.show_lab(value)
        found = value.here()
        words = self.tr("at {output}: loss {loss}, slope {slope}")
        here = {"output": value.output, "loss": found.value[0], "slope": found.slope[0]}
        self.frames["over"].show_remark(
            words.format(**{name: figures(float(number), 3) for name, number in here.items()})
        )
        self.use.setEnabled(value.loss.trainable)
        self.see_all()
        self._steps.begin(self._stages(value))

    def _stages(self, lab: LossExplorer) -> Iterator[object]:
        """What is worked out on another thread, in pieces that are each shown at once."""
        asked, softmax, logits = (lab.right, lab.smoothing), lab.softmax, lab.logits
        if asked != self._grounded:
            yield asked, softmax.ground()
        descent = softmax.descent(logits, lab.rate, lab.steps)
        yield LearntBy(lab, lab.courses(), descent, softmax.by_temperature(logits))
        yield LinesThrough(lab, lab.points(), lab.lines())

    def take(self, found: object) -> None:
        """Show a piece of what was worked out."""
        if isinstance(found, LearntBy):
            self._found = found
            self.slopes.show_courses(found.lab, found.courses)
            self.show_steps()
        elif isinstance(found, LinesThrough):
            self._through = found
            self.lines.show_lines(found.lab.answers, found.points, found.lines)
            self._tell()
        elif isinstance(found, tuple):
            self._grounded, ground = found
            self.triangle.show_ground(ground)

    @property
    def length(self) -> int:
        """The steps of learning."""
        return self.lab.steps

    # --- showing ----------------------------------------------------------------------------------------

    def _recolour(self, *_: object) -> None:
        self.over.show_lab(self.lab)
        for found in (self._found, self._through):
            self.take(found)

    def show_steps(self) -> None:
        """Show so many steps of learning, and what is to be said."""
        if (found := self._found) is None:
            return
        lab, seen = found.lab, min(self.seen, found.lab.steps)
        if self.turning.front is self.courses:
            self.courses.show_courses(found.courses, seen)
        self.turning.show_remark(self.tr("step {step}").format(step=whole(seen)))
        self.triangle.show_points(np.array(lab.shares), lab.softmax.target)
        self.triangle.show_ways(found.by_temperature, found.descent, seen, lab.temperature)
        self.frames["triangle"].show_remark(
            self.tr("step {step}: {shares}").format(step=whole(seen), shares=told_shares(found.descent[seen]))
        )
        self._tell()

    def _tell(self) -> None:
        told = []
        if self._found is not None:
            told.append(courses_told(self._found.lab, self._found.courses))
        if (through := self._through) is not None:
            lines = lines_told if through.lab.answers == "numbers" else borders_told
            told.append(lines(through.lines))
        self.told.emit(" ".join(told))
