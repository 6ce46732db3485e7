"""The laboratory of schedules: learning rates on top; below them what networks make of these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QPushButton

from playground.engine.schedules import Schedule
from playground.labs.schedules import Schedules
from playground.labs.schedules.rates import Floats, rates_learnt_by
from playground.labs.trial import TrialState
from playground.numbers.writing import figures, percent, whole
from widgets import theme
from widgets.pages.labs.document import LabDocument
from widgets.pages.labs.entries import EntriesFrame
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.trial_plot import TrialPlot
from widgets.pages.labs.turning import TurnedPage, TurningFrame
from widgets.pages.labs.view import LabView
from widgets.pages.labs.views.schedules.edits import ScheduleEdits
from widgets.pages.labs.views.schedules.plots import RatesPlot
from widgets.pages.labs.views.schedules.training import begun, best, use
from widgets.pages.labs.views.schedules.words import told
from widgets.sentences import said
from widgets.steps import Steps
from widgets.tips import tip
from widgets.workspace import Workspace


class SchedulesView(LabView[Schedules]):
    """Curves and areas are worked out when anything changes; a run trains a network by each."""

    def __init__(self, document: LabDocument[Schedules], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self.edits = ScheduleEdits(document)
        self._curves: tuple[tuple[Floats, Floats], ...] = ()
        self._areas: tuple[float, ...] = ()
        self._drawing, self._learning = Steps(self, newest_only=True), Steps(self)
        self.state = TrialState((), 0.0)
        """How far the networks are."""
        self.rates = RatesPlot()
        self.rates.setObjectName("picture")
        self.losses = TrialPlot(self.tr("Training loss"), lambda course: course.train, logarithmic=True)
        self.tests = TrialPlot(self.tr("Test loss"), lambda course: course.test, logarithmic=True)
        self.schedules = EntriesFrame(
            self.tr("Schedules"),
            self.edits,
            Schedule.ready(),
            None,
            (self.tr("Add a schedule"), self.tr("Let another schedule take part.")),
        )
        self.use = QPushButton(self.tr("Use the best in my network"))
        self.use.setToolTip(
            tip(self.tr("Take the schedule that ended lowest, with its rate, stretched to the epochs there."))
        )
        self.setFocusProxy(self.rates)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._above = LabFrame(self.tr("Learning rate"), self.rates)
        pages = (
            TurnedPage(
                self.losses.title,
                self.losses,
                self.tr("training loss"),
                self.tr("Show the losses of the training set."),
            ),
            TurnedPage(
                self.tests.title,
                self.tests,
                self.tr("test loss"),
                self.tr("Show the losses of the test set."),
            ),
        )
        self.frame = TurningFrame(pages)
        self.arrange(self._above, (self.frame, self.schedules), (1, 1))

    def _connect(self) -> None:
        self._drawing.came.connect(self._draw)
        self._learning.came.connect(self._learnt)
        self._learning.ended.connect(lambda: self.set_running(False))
        self.use.clicked.connect(self._use)
        theme.themes.changed.connect(self._show)

    def uses(self) -> Sequence[QPushButton]:
        """The schedule that ended lowest."""
        return (self.use,)

    # --- working it out ---------------------------------------------------------------------------------

    def show_value(self, value: Schedules) -> None:
        """Show other schedules; what was learnt by others is forgotten."""
        self.schedules.show_entries(value.schedules)
        self.schedules.show_remark(self.tr("area, and loss at the end"))
        self.reset()
        self._drawing.begin(_stages(value))

    def _draw(self, found: tuple[Schedules, object]) -> None:
        lab, what = found
        if lab is not self.lab:
            return
        if isinstance(what, dict):
            self._curves = what["curves"]
        else:
            assert isinstance(what, tuple)
            self._areas = what
        self._show()

    # --- learning ---------------------------------------------------------------------------------------

    def reset(self) -> None:
        """Forget what was learnt."""
        self._learning.stop()
        self.set_running(False)
        self.state = TrialState((), 0.0)
        self._trial = begun(self.lab, self.workspace)
        self._show()

    def begin(self) -> None:
        """Learn on, or from the start once all have ended."""
        if self._trial.ended:
            self.state = TrialState((), 0.0)
        if not self.state.courses:
            self._trial = begun(self.lab, self.workspace)
        self._learning.begin(self._trial.all_epochs())

    def rest(self) -> None:
        """Learn no more than the piece under way."""
        self._learning.finish()

    def step(self) -> None:
        """One epoch."""
        if not self.state.courses:
            self._trial = begun(self.lab, self.workspace)
        self._learning.begin(self._trial.epoch())

    def end(self) -> None:
        """Work nothing out any more."""
        super().end()
        for steps in (self._drawing, self._learning):
            steps.close()

    def _learnt(self, state: TrialState) -> None:
        self.state = state
        self._show()

    # --- showing ----------------------------------------------------------------------------------------

    def _show(self, *_: object) -> None:
        lab = self.lab
        names, courses = [said(each) for each in lab.schedules], self.state.courses
        if len(self._curves) == len(names):
            self.rates.show_rates(names, self._drawn(), lab.epochs)
        for plot in (self.losses, self.tests):
            plot.show_courses(names[: len(courses)], courses, lab.epochs)
        self._above.show_remark(self.tr("from η₀ = {rate}").format(rate=figures(lab.rate, 3)))
        done = min((course.epochs for course in courses if not course.diverged), default=0)
        words = self.tr("epoch {epoch} of {epochs}").format(epoch=whole(done), epochs=whole(lab.epochs))
        self.frame.show_remark(words if courses else self.tr("press Run to train by each"))
        self._show_rows()
        self.use.setEnabled(best(self.state) is not None)
        self.told.emit(told(lab, self._areas, self.state))

    def _drawn(self) -> list[tuple[Floats, Floats]]:
        """The curves; of one that waits for the validation loss, what it was in training."""
        drawn = list(self._curves)
        for place, course in enumerate(self.state.courses):
            if self.lab.schedules[place].watches:
                epochs = drawn[place][0]
                drawn[place] = (epochs, rates_learnt_by(epochs, course.rates))
        return drawn

    def _show_rows(self) -> None:
        for place, row in enumerate(self.schedules.rows):
            row.show_detail(percent(self._areas[place]) if place < len(self._areas) else "")
            course = self.state.courses[place] if place < len(self.state.courses) else None
            ran_away = course is not None and course.diverged
            loss = "" if course is None else figures(float(course.train[course.epochs]), 3)
            row.show_told(self.tr("ran away") if ran_away else loss, ran_away)

    def _use(self) -> None:
        if (place := best(self.state)) is not None:
            use(self.workspace, self.lab, place)


def _stages(lab: Schedules) -> Iterator[tuple[Schedules, object]]:
    """What is worked out on another thread: the curves, then their areas."""
    yield lab, {"curves": lab.curves()}
    yield lab, lab.areas()
