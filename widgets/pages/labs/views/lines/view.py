"""The laboratory of lines: the plane on top, what the rule does and the chosen line below."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from playground.labs.lines import Lines
from playground.labs.lines.laboratory import ByRule
from playground.labs.lines.perceptron import RuleLearning
from playground.numbers.writing import whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.stepped import SteppedView
from widgets.pages.labs.views.lines import told
from widgets.pages.labs.views.lines.edits import LinesEdits
from widgets.pages.labs.views.lines.line_frame import LineFrame
from widgets.pages.labs.views.lines.plane import LinesPlane
from widgets.plots.curves import Curve, CurvePlot
from widgets.theme import current
from widgets.workspace import Workspace


class LinesView(SteppedView[Lines]):
    """A step is a mistake of the rule; lines that are laid by hand are seen at once."""

    def __init__(self, document: LabDocument[Lines], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.edits = LinesEdits(document)
        self._learning: RuleLearning | None = None
        self._of: object = None  # the points that it is of
        self.plane = LinesPlane()
        self.plane.setObjectName("picture")
        self.plane.chosen.connect(self.edits.choose)
        self.plane.moved.connect(self.edits.move)
        self.plane.turned.connect(self.edits.turn)
        self.course = CurvePlot(self.tr("Points that are right"), self.tr("mistakes made"))
        self.line = LineFrame(self.edits)
        self._lay_out()
        self.setFocusProxy(self.plane)
        theme.themes.changed.connect(self.show_steps)

    def _lay_out(self) -> None:
        self._plane_frame = LabFrame(self.plane.title, self.plane, (self.plane.menu_button,))
        self._course_frame = LabFrame(self.course.title, self.course)
        beside = QVBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.line, 1)
        beside.addWidget(self._course_frame, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._plane_frame, 5)
        row.addLayout(beside, 3)

    def keys(self) -> dict[str, str]:
        """How lines are led without a mouse."""
        return {
            self.tr("Arrows"): self.tr("Lead the chosen line; with Shift they turn it."),
            self.tr("Page up, Page down"): self.tr("Choose another line."),
        }

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: Lines) -> None:
        """Let the rule learn other points, or show lines laid by hand."""
        if value.points != self._of:
            self._of, self._learning = value.points, None
            self.see_all()
            self._steps.begin(_learnt(value))
        self.show_steps()

    def take(self, found: object) -> None:
        """Show what the rule did."""
        assert isinstance(found, RuleLearning)
        self._learning = found
        self.show_steps()

    @property
    def length(self) -> int:
        """The mistakes that the rule makes; none by hand."""
        learning = self._shown
        return 0 if learning is None else len(learning.mistakes)

    @property
    def _shown(self) -> RuleLearning | None:
        """What the rule did, where that is what is seen."""
        return self._learning if isinstance(self.edits.lab.way, ByRule) else None

    # --- showing ----------------------------------------------------------------------------------------

    def show_steps(self, *_: object) -> None:
        """Show so many mistakes of the rule, or the lines laid by hand."""
        lab, learning = self.edits.lab, self._shown
        if isinstance(lab.way, ByRule) and learning is None:
            return
        self.plane.show_lab(lab, learning, self.seen)
        self.line.show_lab(lab, learning, self.seen)
        self._course_frame.setVisible(learning is not None)
        if learning is None:
            self._plane_frame.show_remark(self.tr("by hand"))
            self.told.emit(told.of_hand(lab))
            return
        words = self.tr("mistake {at} of {all}")
        self._plane_frame.show_remark(words.format(at=whole(self.seen), all=whole(self.length)))
        self._show_course(learning)
        self.told.emit(told.of_rule(lab, learning))

    def _show_course(self, learning: RuleLearning) -> None:
        right = np.array([learning.right(made) for made in range(self.length + 1)], np.float64)
        right[self.seen + 1 :] = np.nan
        self.course.x_limits = (0, max(self.length, 1))
        curve = Curve(self.tr("on the right side"), right, current().accent)
        self.course.show_curves(np.arange(self.length + 1, dtype=np.float64), [curve])


def _learnt(lab: Lines) -> Iterator[RuleLearning]:
    """What the rule does with the points, worked out when it is asked for."""
    yield lab.learnt()
