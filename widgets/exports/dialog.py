"""The dialog for the network as code: targets, the code of the one that is chosen, and its proof."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from playground.exports.saving import usual_name
from playground.exports.target import ExportTarget
from playground.exports.targets import targets
from playground.exports.verifying import Proof
from playground.files.problem import FileProblem
from playground.numbers.writing import storage
from playground.training.moment import Moment
from widgets import saving
from widgets.asking import Known
from widgets.background import Background
from widgets.exports import works
from widgets.exports.coloured import ColouredCode
from widgets.exports.works import Shown
from widgets.labels import label, show_text
from widgets.motion import motion
from widgets.sentences import said, sentence
from widgets.tab_order import ReadingOrder
from widgets.training_link import TrainingLink

SIZE = QSize(980, 640)
FIRST = "numpy"
"""The target that is chosen at first."""


class ExportDialog(ReadingOrder, QDialog):
    """Asks the run in front for what it has learnt, and shows it as each target writes it."""

    def __init__(self, link: TrainingLink, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export network"))
        self.resize(SIZE if parent is None else SIZE.boundedTo(parent.size()))
        self._title = title
        self._targets = sorted(targets().values(), key=said)
        self._moment: Moment | None = None
        self._seen: dict[str, Shown] = {}
        self._turn = 0
        self._background = Background(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Targets"))
        self.list.addItems([said(target) for target in self._targets])
        self.about = label("", wraps=True)
        self.code = ColouredCode()
        self.verdict = label("", wraps=True)
        self.progress = QProgressBar()
        self._lay_out()
        self.list.setSpacing(2)
        self.list.setCurrentRow([target.tag() for target in self._targets].index(FIRST))
        self.list.currentRowChanged.connect(self._choose)
        self._rest()
        self._background.follow(link.session.answer(Known.of), self._know)

    def _lay_out(self) -> None:
        self.progress.setRange(0, int(motion.reduced))  # with nothing in between it moves to and fro
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.list.setFixedWidth(150)
        buttons = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.save = self._button(buttons, self.tr("Save…"), self.ask_and_save)
        self.verify = self._button(buttons, self.tr("Verify"), self.run)
        self.verify.setToolTip(self.tr("Run it on 1,000 samples in its own tool, beside the engine."))
        self.copy = self._button(buttons, self.tr("Copy"), self._copy)
        buttons.addButton(self.tr("Close"), role.RejectRole).clicked.connect(self.reject)
        side = QVBoxLayout()
        for widget in (self.about, self.code, self.progress, self.verdict, buttons):
            side.addWidget(widget, int(widget is self.code))
        row = QHBoxLayout(self)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addLayout(side, 1)

    def _button(self, buttons: QDialogButtonBox, text: str, pressed: Callable[[], object]) -> QPushButton:
        button = buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: pressed())
        return button

    # --- what is shown ----------------------------------------------------------------------------------

    @property
    def target(self) -> ExportTarget:
        """The target that is chosen."""
        return self._targets[self.list.currentRow()]

    @property
    def seen(self) -> Shown | None:
        """What it makes of the network; None as long as nobody knows."""
        return self._seen.get(self.target.tag())

    def _know(self, known: Known | None) -> None:
        problems = known.experiment.problems() if known is not None else ()
        if known is None or known.moment is None or problems:
            why = sentence(problems[0].text) if problems else ""
            self._tell(self.tr("The network cannot be exported as it is now.") + (f" {why}" if why else ""))
            return
        self._moment = known.moment
        self._choose()

    def _choose(self) -> None:
        """Show what the target makes of it, as soon as that is known."""
        self._turn += 1
        target, moment = self.target, self._moment
        show_text(self.about, " ".join(filter(None, (said(target, "help"), said(target, "advice")))))
        self._tell("")
        self.code.show_code("", "")
        if moment is None:
            return
        if (seen := self.seen) is not None:
            self._show(seen)
            return
        self._work(partial(works.shown, target, moment, self._title), self._show)

    def _show(self, seen: Shown) -> None:
        self._seen[self.target.tag()] = seen
        self._rest()
        if seen.exported is None:
            self._tell(sentence(seen.refusal))
            return
        files = seen.exported.files
        named = [f"{name}   {storage(len(data))}" for name, data in files.items()]
        self.code.show_code(seen.exported.code or "\n".join(named), self.target.language)

    # --- what is done -----------------------------------------------------------------------------------

    def run(self) -> None:
        """Run what is shown beside the engine, and tell how far they are apart."""
        seen, moment = self.seen, self._moment
        if seen is None or moment is None or seen.exported is None:
            return
        self._tell(self.tr("Running it beside the engine…"))
        turn = self._turn
        given_up = lambda: self._turn != turn  # noqa: E731
        self._work(partial(works.verified, self.target, moment, seen, given_up), self._told)

    def ask_and_save(self) -> None:
        """Ask for a file, write it, and its proof beside it."""
        seen, moment, target = self.seen, self._moment, self.target
        if seen is None or moment is None or seen.network is None:
            return
        suggestion = Path(f"{usual_name(self._title)}{target.suffix}")
        kinds = {f"{said(target)} (*{target.suffix})": target.suffix}
        path = saving.file_to_save(self, self.tr("Save the network"), suggestion, kinds)
        if path is None:
            return
        self._tell(self.tr("Saved; running it beside the engine…"))
        turn = self._turn
        given_up = lambda: self._turn != turn  # noqa: E731
        self._work(partial(works.saved, target, moment, seen.network, path, given_up), self._told)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.code)

    def _told(self, proof: Proof | None) -> None:
        self._rest()
        if proof is None:
            return
        if proof.problem is not None:
            self._tell(sentence(proof.problem), bad=self.target.lacking() is None)
            return
        self._tell("\n".join(sentence(each.told) for each in proof.compared), bad=not proof.agrees)

    def _work(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Let something be worked out elsewhere, which counts as long as nothing else is chosen."""
        turn = self._turn
        for button in (self.save, self.verify, self.copy):
            button.setEnabled(False)
        self.progress.setVisible(True)

        def failed(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            self._rest()
            self._tell("")
            saving.tell(self, sentence(error.text))

        self._background.run(work, lambda found: done(found) if turn == self._turn else None, failed)

    def _rest(self) -> None:
        """Nothing is being worked out."""
        seen = self.seen
        can = seen is not None and seen.exported is not None
        for button in (self.save, self.verify):
            button.setEnabled(can)
        self.copy.setEnabled(can and bool(seen is not None and seen.exported and seen.exported.code))
        self.progress.setVisible(False)

    def _tell(self, text: str, bad: bool = False) -> None:
        self.verdict.setProperty("role", "bad" if bad else "")
        self.verdict.style().polish(self.verdict)
        show_text(self.verdict, text)

    def done(self, result: int) -> None:
        """Close; what is being worked out counts no more."""
        self._turn += 1
        self._background.close()
        super().done(result)
