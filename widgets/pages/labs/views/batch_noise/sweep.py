"""A sweep of batch sizes over a network, off the window's thread: begun, stopped, and seen as it goes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar

from playground.experiment import Experiment
from playground.labs.batch_noise import BatchNoise
from playground.labs.batch_noise.sweep import SizedRow, row, sized
from playground.labs.trial import Trial, TrialState
from playground.numbers.writing import figures, whole
from widgets.labels import link_button
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.trained import experiment_of
from widgets.pages.labs.trial_plot import TrialPlot
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.views.batch_noise.sizes import SecondsPlot, SizesPlot, SizesTable
from widgets.sentences import sentence
from widgets.steps import Steps
from widgets.tips import tip
from widgets.workspace import Workspace


class BatchSweep(QObject):
    """What is seen of a sweep: `plots` and `table`, two frames.

    Signals:
        changed: it is farther, or was forgotten.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._lab = BatchNoise.usual()
        self._sizes: tuple[Experiment, ...] = ()
        self.state = TrialState((), 0.0)
        self.steps = Steps(self)
        self.losses = TrialPlot(self.tr("Loss over epochs"), lambda course: course.train, logarithmic=True)
        self.seconds, self.by_size = SecondsPlot(), SizesPlot()
        self.rows = SizesTable()
        self.measure = link_button("")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self._frame()
        self.steps.came.connect(self._take)
        self.steps.ended.connect(self._rest)
        self.measure.clicked.connect(self.measure_or_stop)
        self._rest()

    def _frame(self) -> None:
        pages = (
            (self.losses, self.tr("by epochs"), self.tr("Show the losses over epochs.")),
            (self.seconds, self.tr("by seconds"), self.tr("Show the losses over the seconds they took.")),
            (self.by_size, self.tr("by size"), self.tr("Show how long each batch size takes.")),
        )
        self.plots = TurningFrame(
            tuple(TurnedPage(page.title, page, link, told) for page, link, told in pages)
        )
        self.table = LabFrame(self.tr("Sweep"), self.rows, (self.measure,))
        self.table.column.addWidget(self.progress)

    # --- learning ---------------------------------------------------------------------------------------

    def measure_or_stop(self) -> None:
        """Let a network learn with each size, or leave what is under way."""
        if self.steps.busy:
            self.steps.stop()
            return
        lab, experiment = self._lab, experiment_of(self._lab.trained, self._workspace)

        def variants() -> tuple[Experiment, ...]:
            self._sizes = tuple(sized(experiment(), lab.rule))
            return self._sizes

        self.state = TrialState((), 0.0)
        self.progress.show()
        self.measure.setText(self.tr("stop"))
        self.measure.setToolTip(tip(self.tr("Leave it where it is.")))
        self.steps.begin(Trial(variants, lab.swept).all_epochs())

    def _take(self, state: TrialState) -> None:
        self.state = state
        self.progress.setValue(round(100 * state.progress))
        self.show()

    def _rest(self) -> None:
        self.progress.hide()
        self.measure.setText(self.tr("measure"))
        words = self.tr("Let a copy of the network learn with one batch size after another.")
        self.measure.setToolTip(tip(words))

    def close(self) -> None:
        """Measure no more."""
        self.steps.close()

    # --- showing ----------------------------------------------------------------------------------------

    def show_lab(self, lab: BatchNoise) -> None:
        """Go by these settings; what other ones measured is forgotten."""
        before, self._lab = self._lab, lab
        if any(getattr(before, name) != getattr(lab, name) for name in ("trained", "rule", "swept")):
            self.steps.stop()
            self.state = TrialState((), 0.0)
        self.show()

    @property
    def found(self) -> tuple[SizedRow, ...]:
        """What came of each size so far."""
        return tuple(
            row(each.training.batch_size, course, self._lab.goal)
            for each, course in zip(self._sizes, self.state.courses, strict=False)
        )

    def chosen(self, place: int) -> Experiment:
        """The variant at a place."""
        return self._sizes[place]

    def show(self) -> None:
        """Show what there is."""
        found, courses = self.found, self.state.courses
        names = [f"B {whole(each.batch)}" for each in found]
        self.losses.show_courses(names, courses, self._lab.swept)
        self.seconds.show_courses(names, courses)
        self.by_size.show_sizes(found)
        self.rows.show_sizes(found, bool(courses) and courses[0].classes)
        goal = self.tr("goal: a loss of {goal}").format(goal=figures(self._lab.goal, 3))
        self.table.show_remark(goal if self.state.refused is None else sentence(self.state.refused))
        self.changed.emit()
