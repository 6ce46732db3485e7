"""A workspace: one experiment that is open, its training, its file, and what is said about them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from playground.record import record
from playground.training.snapshot import Snapshot, State
from widgets.beside import BesideRuns
from widgets.clipping_offer import ClippingOffer
from widgets.doctor import Doctor
from widgets.document import Document
from widgets.filing import Filing
from widgets.incoming import Incoming
from widgets.links import Links
from widgets.machines import Machines
from widgets.notice import Notice
from widgets.own_data import OwnData
from widgets.own_weights import OwnWeights
from widgets.past_notice import PastNotice
from widgets.preferences import Preferences
from widgets.search_plan import PlannedSearch
from widgets.sentences import sentence
from widgets.training_link import TrainingLink


@record
class Lasting:
    """What a workspace is about, which outlives it when another one is put in its place.

    `owned` are the parts that end with whichever workspace has them last.
    """

    document: Document
    link: TrainingLink
    runs: BesideRuns
    owned: tuple[QObject, ...]

    @classmethod
    def fresh(cls, document: Document | None = None) -> Lasting:
        """A document that nothing has trained yet; one that is given outlives all workspaces."""
        shown = document or Document()
        link = TrainingLink(shown)
        runs = BesideRuns(shown, link)
        return cls(shown, link, runs, (link, runs) if document else (shown, link, runs))


class Workspace(QObject):
    """Holds document, training link, runs beside it, files, links, notices of one experiment; knows no other.

    Signals:
        message: a sentence for the status bar.
        state_changed: training does something else now (`State`).
        layer_asked: a layer that is to be shown, by its id.
        page_asked: a page that is to come to the front, by its name.
        handed: the same, and what it is to show.
        lesson_given: a file that holds a lesson is to be opened.
        next_lesson_asked: the first lesson that is not done is to be opened.
        meant: what a step of a lesson is about, by the names that lessons have for places of the window.
        lesson_under_way: a lesson was begun or left; see `in_lesson`.
    """

    message = Signal(str)
    state_changed = Signal(State)
    layer_asked = Signal(str)
    page_asked = Signal(str)
    handed = Signal(str, object)
    lesson_given = Signal(Path)
    next_lesson_asked = Signal()
    lesson_under_way = Signal()
    meant = Signal(tuple)

    def __init__(
        self,
        preferences: Preferences,
        window: QWidget,
        recovery_folder: Path | None = None,
        document: Document | None = None,
        kept: Lasting | None = None,
    ) -> None:
        """A workspace of a document, or of what another one has let go."""
        super().__init__(window)
        self._lasting = kept or Lasting.fresh(document)
        self.document, self.link, self.runs = self._lasting.document, self._lasting.link, self._lasting.runs
        for part in self._lasting.owned:
            part.setParent(self)
        self.in_lesson = False
        """Whether a lesson says what to do."""
        self.machines = Machines(self.link.session, preferences, self)
        self.filing = Filing(self.document, self.link, preferences, window, recovery_folder)
        self.links = Links(self.document, self.filing, window)
        self.own_data = OwnData(self.document, preferences, window)
        self.own_weights = OwnWeights(self.document, self.link, preferences, window)
        self.search = PlannedSearch(self.document, self)
        self.notice = Notice(window)
        self.past_notice = PastNotice(self.link.past, window)
        self.clipping_offer = ClippingOffer(self.document, self.notice, self)
        self.state = State.PAUSED
        self.doctor = Doctor(self)
        self.runs.begun.connect(lambda: self.page_asked.emit("runs"))
        self.runs.refused.connect(lambda sentence: self.notice.say(sentence))
        self.link.painted.connect(self._see_state)
        self.link.painted.connect(self.past_notice.follow)
        self.link.painted.connect(self.doctor.see)
        self.link.failed.connect(self.tell_fault)
        self.filing.opened.connect(self.notice.clear)
        self.search.refused.connect(lambda sentence: self.notice.say(sentence))
        self.filing.look_asked.connect(lambda look: self.handed.emit("inside", look))
        self.filing.laboratory_opened.connect(lambda saved, path: self.handed.emit("labs", (saved, path)))
        self.own_data.message.connect(self.message)
        self.own_weights.told.connect(lambda words: self.notice.say(words, bad=False))
        self.own_weights.problem.connect(lambda words: self.notice.say(words))
        self.machines.message.connect(self.message)
        self.link.past.left.connect(self.message)
        for part in (self.filing, self.links):
            part.message.connect(self.message)
            part.problem.connect(lambda sentence: self.notice.say(sentence))
        self.filing.not_saved.connect(
            lambda sentence, save_as: self.notice.say(sentence, {self.tr("Save as…"): save_as})
        )

    def be_in_lesson(self, on: bool) -> None:
        """Know whether a lesson says what to do."""
        self.in_lesson = on
        self.lesson_under_way.emit()

    def close(self, keeps: bool = False) -> None:
        """End; no recovery file is left behind unless it is to be kept."""
        self._end_parts(keeps)
        if self.document.at_work is not None:
            self.document.at_work.stop()
        self.link.close()

    def let_go(self) -> Lasting:
        """End, but for what goes on in another workspace."""
        self._end_parts(keeps=False)
        self.link.listen(anew=True)
        self.runs.let_go()
        for part in self._lasting.owned:
            part.setParent(None)
        return self._lasting

    def _end_parts(self, keeps: bool) -> None:
        for part in (self.own_data, self.own_weights, self.machines):
            part.close()
        self.doctor.end()
        self.filing.close(keeps)

    def run_or_pause(self) -> None:
        """Train, or pause when training."""
        session = self.link.session
        self.link.past.come_back(self.tr("Back at the present, where training goes on."))
        (session.pause if self.state is State.RUNNING else session.run)()

    def step(self, whole_epoch: bool = False) -> None:
        """Train on a batch, or to the end of the epoch."""
        self.link.past.come_back(self.tr("Back at the present, where training goes on."))
        self.link.session.step(whole_epoch)

    def draw_new_weights(self) -> None:
        """Begin at epoch 0 with other initial weights."""
        experiment = self.document.experiment
        self.document.edit(
            experiment.with_(weights_draw=experiment.weights_draw + 1), self.tr("New initial weights")
        )

    def take(self, found: Incoming) -> None:
        """Open what was dropped or pasted, or say why it cannot be."""
        if found.weights is not None:
            self.own_weights.open(found.weights)
        elif found.data is not None:
            self.own_data.open(found.data, found.edges)
        elif found.file is not None:
            self.filing.open_file(found.file)
        elif found.lesson is not None:
            self.lesson_given.emit(found.lesson)
        elif found.link:
            self.links.open(found.link)
        else:
            unknown = self.tr("This is no experiment, no table and no link of an experiment.")
            self.notice.say(found.refusal or unknown)

    def tell_fault(self, words: str) -> None:
        """Keep the work, then tell of a fault in the program."""
        self.filing.keeper.keep()
        self.notice.say(
            self.tr("A fault in the program: {words}. Please save your work.").format(words=words)
        )

    def _see_state(self, snapshot: Snapshot) -> None:
        was, self.state = self.state, snapshot.state
        if was is self.state:
            return
        if self.state is State.DIVERGED:
            self.notice.say(sentence(snapshot.message))
        elif self.state is State.FINISHED and snapshot.message:
            self.notice.say(sentence(snapshot.message), bad=False)
        elif was in (State.DIVERGED, State.FINISHED):
            self.notice.clear()
        self.state_changed.emit(self.state)
