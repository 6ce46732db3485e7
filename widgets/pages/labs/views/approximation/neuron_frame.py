"""The chosen neuron with its settings, and what adds more of them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.labs.approximation import Approximation
from playground.labs.approximation.laboratory import MOST_NEURONS
from playground.labs.approximation.neurons import Neuron
from playground.numbers.writing import whole
from widgets.forms import Form
from widgets.labels import link_button
from widgets.pages.labs.frames import LabFrame
from widgets.pages.labs.views.approximation.edits import ApproximationEdits
from widgets.tips import tip

LABEL_WIDTH = 84


class NeuronFrame(LabFrame):
    """The sliders of the chosen neuron; they stand for another one as soon as that is chosen."""

    def __init__(self, edits: ApproximationEdits) -> None:
        self._edits = edits
        self._kind: type[Neuron] | None = None
        self.form: Form | None = None
        self.add = link_button(
            self.tr("add"), tip(self.tr("Add a neuron where the target is farthest away."))
        )
        self.bump = link_button(
            self.tr("add bump"), tip(self.tr("Add neurons that go up and down again there."))
        )
        self.remove = link_button(
            self.tr("remove"), tip(self.tr("Take the chosen neuron away."), self.tr("Delete"))
        )
        for button, does in ((self.add, edits.add), (self.bump, edits.add_bump), (self.remove, edits.remove)):
            button.clicked.connect(does)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 4, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self.add, self.bump, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addStretch(1)
        super().__init__(self.tr("Neuron"), content)

    def show_lab(self, lab: Approximation) -> None:
        """Show the chosen one."""
        neurons, _ = lab.built
        chosen = neurons[lab.shown]
        if type(chosen) is not self._kind:
            self._take_form(type(chosen))
        assert self.form is not None
        self.form.set_value(chosen)
        words = self.tr("{number} of {count}")
        self.show_remark(words.format(number=whole(lab.shown + 1), count=whole(len(neurons))))
        self.add.setEnabled(len(neurons) < MOST_NEURONS)
        self.bump.setEnabled(len(neurons) + len(self._edits.brick.bump(0, 1, 1)) <= MOST_NEURONS)
        self.remove.setEnabled(len(neurons) > 1)

    def _take_form(self, kind: type[Neuron]) -> None:
        if self.form is not None:
            self.form.put_away()
            self.form.hide()
            self.form.deleteLater()
        self._kind, self.form = kind, Form(kind, label_width=LABEL_WIDTH)
        self.form.edited.connect(
            lambda neuron, gesture, text: self._edits.set_neuron(self._edits.lab.shown, neuron, gesture, text)
        )
        self._column.insertWidget(0, self.form)
