"""The diagnosis panel: a card for each trouble that was found, with its place and what may cure it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from playground.engine.graph import INPUT, Architecture
from playground.experiment import Experiment
from playground.numbers.writing import whole
from playground.value import InvalidValue
from widgets import theme
from widgets.document import Document
from widgets.gesture import new_gesture
from widgets.icons import icon
from widgets.labels import label, link_button, show_or_hide, show_text
from widgets.panels.scroll import ScrollingColumn
from widgets.sentences import counted, layer_name, said, sentence
from widgets.space_key import leave_space_key
from widgets.tips import tip

if TYPE_CHECKING:
    from playground.analysis.diagnosis.trouble import Cure, Finding

SIGN = 16


class DiagnosisPanel(ScrollingColumn):
    """Shows what the doctor found, and makes the edit of a cure that is chosen.

    Signals:
        layer_chosen: the place of a trouble was clicked; the layer's id, or "input".
    """

    layer_chosen = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.cards: dict[tuple[str, str], FindingCard] = {}
        """What is shown, by the key of the finding."""
        self.heading = label(role="heading")
        self.words = label(role="muted", wraps=True)
        self.refusal = label(role="error", wraps=True)
        self._places = QVBoxLayout()
        self._places.setSpacing(8)
        self.column.setSpacing(8)
        for widget in (self.heading, self.words, self.refusal):
            self.column.addWidget(widget)
        self.column.addLayout(self._places)
        self.column.addStretch(1)
        document.changed.connect(self.refusal.hide)
        self.show_findings(None)

    def show_findings(self, findings: tuple[Finding, ...] | None) -> None:
        """Show these and no others; None before anybody has looked."""
        self.refusal.hide()
        show_text(self.heading, self._headline(findings))
        nothing = self.tr("Layers, losses and data are looked at while the network trains.")
        show_or_hide(self.words, "" if findings else nothing)
        wanted = {finding.key: finding for finding in findings or ()}
        for key in [key for key in self.cards if key not in wanted]:
            card = self.cards.pop(key)
            self._places.removeWidget(card)
            card.hide()
            card.deleteLater()
        for place, (key, finding) in enumerate(wanted.items()):
            if key not in self.cards:
                self._add(key, finding, place)
            self.cards[key].show_finding(finding, self._document.experiment.network)

    def _headline(self, findings: tuple[Finding, ...] | None) -> str:
        if findings is None:
            return self.tr("Not looked at yet")
        if not findings:
            return self.tr("No problems found")
        return counted("{count} finding", "{count} findings", len(findings))

    def _add(self, key: tuple[str, str], finding: Finding, place: int) -> None:
        card = self.cards[key] = FindingCard(finding)
        card.cure_chosen.connect(self._cure)
        card.place.clicked.connect(lambda: self.layer_chosen.emit(finding.layer_id))
        leave_space_key(card)
        self._places.insertWidget(place, card)

    def _cure(self, cure: Cure) -> None:
        """Make the edit of a cure, as one step of undo."""
        before = self._document.experiment
        try:
            after = cure.change(before)
        except InvalidValue as problem:
            show_or_hide(self.refusal, sentence(problem.text))
            return
        if problems := _new_problems(before, after):
            show_or_hide(self.refusal, problems)
            return
        self._document.edit(after, sentence(cure.title), new_gesture())


def _new_problems(before: Experiment, after: Experiment) -> str:
    """Why an experiment could not train any more; empty when it could."""
    known = {problem.text for problem in before.problems()}
    return next((sentence(each.text) for each in after.problems() if each.text not in known), "")


class FindingCard(QFrame):
    """One trouble: what it is and where, the numbers that say so, why it is one, and what may help.

    Signals:
        cure_chosen: a button with a cure was clicked.
    """

    cure_chosen = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "finding")
        self.finding = finding
        self.sign = QLabel()
        self.title = label(role="heading")
        self.place = link_button("", self.tr("Select what has this trouble."))
        self.since = label(role="caption")
        self.evidence = label(wraps=True)
        self.reason = label(role="muted", wraps=True)
        self.why = link_button(self.tr("More"), self.tr("When it counts as a trouble, and who says so."))
        self.why.setCheckable(True)
        self.more = label(role="caption", wraps=True)
        self.more.hide()
        self.why.toggled.connect(self._show_more)
        self.cures = [self._button(cure) for cure in finding.cures]
        self._lay_out()
        theme.themes.changed.connect(self._dress)
        self._dress()

    def _button(self, cure: Cure) -> QPushButton:
        button = QPushButton(sentence(cure.title))
        button.setToolTip(self.tr("Try this; undo takes it back."))
        button.setSizePolicy(button.sizePolicy().Policy.Preferred, button.sizePolicy().Policy.Fixed)
        button.clicked.connect(lambda: self.cure_chosen.emit(cure))
        return button

    def _lay_out(self) -> None:
        head, where = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.title, 1)
        where.setSpacing(6)
        where.addWidget(self.place)
        where.addWidget(self.since)
        where.addStretch(1)
        where.addWidget(self.why)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.setSpacing(5)
        column.addLayout(head)
        column.addLayout(where)
        for shown in (self.evidence, self.reason, self.more):
            column.addWidget(shown)
        column.addSpacing(2)
        for button in self.cures:
            column.addWidget(button)

    def show_finding(self, finding: Finding, network: Architecture) -> None:
        """Show it as it is now."""
        grave = finding.grave != self.finding.grave
        self.finding = finding
        show_text(self.title, said(finding.trouble))
        show_text(self.evidence, sentence(finding.evidence))
        show_text(self.reason, said(finding.trouble, "help"))
        name = _place(finding.layer_id, network)
        self.place.setText(name)
        self.place.setVisible(bool(name))
        epoch = whole(round(finding.since))
        show_text(self.since, self.tr("since epoch {epoch}").format(epoch=epoch))
        if grave:
            self._dress()

    def _show_more(self, shown: bool) -> None:
        self.why.setText(self.tr("Less") if shown else self.tr("More"))
        roles = ("formula", "advice", "source", "reference")
        show_text(self.more, "\n".join(said(self.finding.trouble, role) for role in roles))
        self.more.setVisible(shown)

    def _dress(self) -> None:
        shown, grave = theme.current(), self.finding.grave
        colour = shown.bad if grave else shown.warning
        self.sign.setPixmap(icon("warning", colour).pixmap(QSize(SIGN, SIGN)))
        word = self.tr("Grave: little is learnt until it is cured.") if grave else self.tr("Warning.")
        self.sign.setToolTip(tip(word))
        self.sign.setAccessibleName(word)


def _place(layer_id: str, network: Architecture) -> str:
    """What people call the place of a trouble; empty for none, or one that is gone."""
    if layer_id == INPUT:
        return DiagnosisPanel.tr("Inputs")
    known = (place for place, layer in enumerate(network.layers) if layer.id == layer_id)
    return next((layer_name(network, place) for place in known), "")
