"""The status line: what training is doing, what the network is, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QToolButton, QWidget

from playground.engine.graph import Problem
from playground.experiment import Experiment
from playground.numbers.writing import epochs, loss, whole
from playground.text import Text
from playground.training.in_words import doing
from playground.training.snapshot import Snapshot, State
from widgets import theme
from widgets.document import Document
from widgets.elided_label import ElidedLabel
from widgets.labels import label, show_live, show_or_hide, show_text
from widgets.panels.dot import Dot
from widgets.panels.sizes import parameter_count, shape_text
from widgets.panels.states import COLOURS, state_word
from widgets.rest import Rest
from widgets.sentences import counted, said, sentence, shown_field
from widgets.spoken import announce
from widgets.tips import tip

if TYPE_CHECKING:
    from playground.analysis.diagnosis.trouble import Finding

MESSAGE_TIME = 12_000
"""Milliseconds for which a message stays."""
NO_LIMIT = 16_777_215
"""The size that Qt gives to what has no other limit."""
RATES_PAUSE = 250
"""Milliseconds for which the rates stay, so that they can be read."""


class StatusLine(QStatusBar):
    """One line of words at the foot of the window."""

    problem_clicked = Signal(str)
    """The id of the layer that the first problem belongs to."""
    findings_clicked = Signal()
    lockstep_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Problem, ...] = ()
        self._blocked: Text | None = None
        self._shown: Experiment | None = None
        self._told: Text | None = None
        self._machine: tuple[Text | None, Text | None] = None, None
        self._findings: tuple[Finding, ...] = ()
        self._snapshot: Snapshot | None = None
        self._plain = False
        self._announced = State.PAUSED
        self._rates = Rest(self._show_rates, RATES_PAUSE, self)
        self._rates_now: tuple[float, float] | None = None
        self._silence = QTimer(self, singleShot=True, interval=MESSAGE_TIME)
        self._silence.timeout.connect(lambda: self.show_message(""))
        self.dot = Dot()
        self.state = label(state_word(State.PAUSED))
        self.steps = self._label(self.tr("Updates of the parameters per second."))
        self.frames = self._label(self.tr("Pictures of the training shown per second."))
        self.network = ElidedLabel()  # it gives way where room is short
        self.network.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.seed = self._label(self.tr("The number that all chance of this run is drawn from."))
        self.lockstep = QToolButton()
        self.lockstep.setProperty("role", "link")
        self.lockstep.clicked.connect(self.lockstep_clicked)
        self.lockstep.hide()
        self.message = ElidedLabel()
        self.precision = self._label(self.tr("How exactly the network computes."))
        self.machine = self._label(self.tr("What does the steps of training."))
        self.saved = self._label(self.tr("Whether the file holds the present work."))
        self.no_problems = label(self.tr("No problems"))
        self.problems = QToolButton()
        self.problems.setProperty("role", "link")
        self.problems.clicked.connect(self._problem_clicked)
        self.problems.hide()
        self.findings = QToolButton()
        self.findings.setProperty("role", "link")
        self.findings.clicked.connect(self.findings_clicked)
        self.findings.hide()
        self._lay_out()
        theme.themes.changed.connect(self._dress)
        self._dress()

    def _label(self, explanation: str) -> QLabel:
        result = label()
        result.setToolTip(tip(explanation))
        return result

    def _lay_out(self) -> None:
        self.setSizeGripEnabled(False)
        self.message.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )  # takes what is left
        content = QWidget()
        layout = QHBoxLayout(content)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.setSpacing(22)
        state = QHBoxLayout()
        state.setSpacing(7)
        state.addWidget(self.dot)
        state.addWidget(self.state)
        layout.addLayout(state)
        for widget in (self.lockstep, self.steps, self.frames, self.network, self.seed):
            layout.addWidget(widget)
        layout.addWidget(self.message, 1)
        for widget in (
            self.precision,
            self.machine,
            self.saved,
            self.no_problems,
            self.problems,
            self.findings,
        ):
            layout.addWidget(widget)
        self.addWidget(content, 1)

    # --- showing ----------------------------------------------------------------------------------------

    def simplify(self, on: bool) -> None:
        """Say in a sentence what training is doing, and no more than beginners need; or all again."""
        self._plain = on
        for shown in (self.network, self.seed, self.precision):
            shown.setVisible(not on)
        self._show_rates()
        self._show_state()
        self._show_problems()

    def show_snapshot(self, snapshot: Snapshot, frames_per_second: float) -> None:
        """Show what training is doing; only what differs is touched."""
        running = snapshot.state is State.RUNNING
        self._snapshot = snapshot
        self._show_state()
        was, self._rates_now = self._rates_now, None
        if running:
            self._rates_now = snapshot.steps_per_second, frames_per_second
        self._rates.ask(at_once=was is None or not running)
        blocked = snapshot.message if snapshot.state is State.BLOCKED else None
        if blocked != self._blocked:
            self._blocked = blocked
            self._show_problems()
        if snapshot.message != self._told:  # it stays in the snapshots long after it was said
            self._told = snapshot.message
            self.show_message(sentence(snapshot.message))

    def _show_state(self) -> None:
        """Show what it does; a screen reader is told when that changes, and of a rest how far it is."""
        if (snapshot := self._snapshot) is None:
            return
        self.dot.show_colour(COLOURS[snapshot.state])
        self._show_machine(snapshot)
        word = state_word(snapshot.state)
        if self._plain:
            show_live(self.state, sentence(doing(snapshot)))
        else:
            self.state.setMinimumSize(0, 0)
            self.state.setMaximumSize(NO_LIMIT, NO_LIMIT)
            show_text(self.state, word)
        if snapshot.state is not self._announced:
            self._announced = snapshot.state
            self._announce(snapshot, word)

    def _announce(self, snapshot: Snapshot, word: str) -> None:
        if snapshot.state is State.RUNNING:
            announce(self, word)
            return
        words = self.tr("{state}: epoch {epoch}, training loss {train}, test loss {test}").format(
            state=word,
            epoch=epochs(snapshot.progress),
            train=loss(snapshot.train.loss),
            test=loss(snapshot.test.loss),
        )
        announce(self, words)

    def _show_rates(self) -> None:
        rates = self._rates_now
        if rates is not None:
            show_live(self.steps, self.tr("{count} steps/s").format(count=whole(round(rates[0]))))
            show_live(self.frames, self.tr("{count} frames/s").format(count=round(rates[1])))
        for shown in (self.steps, self.frames):
            shown.setVisible(rates is not None and not self._plain)

    def _show_machine(self, snapshot: Snapshot) -> None:
        """Show what does the steps, and on hover why."""
        show_or_hide(self.machine, "" if self._plain else sentence(snapshot.machine))
        shown = snapshot.machine, snapshot.machine_note
        if shown != self._machine:
            self._machine = shown
            what = self.tr("What does the steps of training; the menu Train has the choice.")
            self.machine.setToolTip(tip(what, sentence(snapshot.machine_note)))

    def show_document(self, document: Document) -> None:
        """Show what the experiment is, what is wrong with it, and whether it is saved."""
        show_text(self.saved, self._saved_text(document))
        experiment = document.experiment
        if experiment is self._shown:
            return
        self._shown = experiment
        count = whole(parameter_count(experiment.graph))
        text = self.tr("Parameters {shape}: {count}")
        self.network.setText(text.format(shape=shape_text(experiment.graph), count=count))
        explained = self.tr("Sizes of inputs and layers, and how many numbers are learnt.")
        self.network.setToolTip(tip(self.network.text(), explained))
        show_text(self.seed, self.tr("Seed {seed}").format(seed=experiment.randomness.seed))
        show_text(self.precision, shown_field(Experiment, "precision").titles[experiment.precision])
        self._found = experiment.problems()
        self._show_problems()

    def show_message(self, text: str) -> None:
        """Say something for a while; an empty text takes it away."""
        self.message.setText(text)
        self.message.setToolTip(tip(text))
        if text:
            self._silence.start()
            announce(self, text)

    def _saved_text(self, document: Document) -> str:
        if document.modified:
            return self.tr("Unsaved changes")
        return self.tr("Saved") if document.path else self.tr("Not saved yet")

    def show_lockstep(self, beside: Sequence[str]) -> None:
        """Say how many runs train in lockstep, by the names of those beside the one in front."""
        count = whole(1 + len(beside))
        show_or_hide(self.lockstep, self.tr("{count} runs in lockstep").format(count=count) if beside else "")
        with_names = self.tr("The present run and {names}.").format(names=", ".join(beside))
        self.lockstep.setToolTip(tip(with_names, self.tr("Click to see them side by side.")))

    def show_findings(self, findings: tuple[Finding, ...] | None) -> None:
        """Say how many troubles a diagnosis found, as long as nothing keeps the network from training."""
        self._findings = findings or ()
        self._show_problems()

    # --- problems ---------------------------------------------------------------------------------------

    @property
    def _problems(self) -> tuple[Problem, ...]:
        """Those of the experiment; without any, what else keeps it from training, as of the data."""
        return self._found or ((Problem("", self._blocked),) if self._blocked else ())

    def _show_problems(self) -> None:
        problems, found = self._problems, self._findings
        self.no_problems.setVisible(not problems and not found and not self._plain)
        self.findings.setVisible(bool(found) and not problems and not self._plain)
        self.findings.setText(counted("{count} finding", "{count} findings", len(found)))
        self.findings.setToolTip(tip(*(said(finding.trouble) for finding in found)))
        self.problems.setVisible(bool(problems))
        self.problems.setText(counted("{count} problem", "{count} problems", len(problems)))
        self.problems.setToolTip(tip(*(sentence(problem.text) for problem in problems)))

    def _problem_clicked(self) -> None:
        self.problem_clicked.emit(self._problems[0].layer_id)

    def _dress(self) -> None:
        self.problems.setStyleSheet(f"QToolButton {{ color: {theme.current().bad}; }}")
        self.findings.setStyleSheet(f"QToolButton {{ color: {theme.current().warning}; }}")
