"""How the data are used: the fields of the dataset, its split and its scaling, as forms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from playground.data import Data, Dataset
from playground.data.data import without_effect
from playground.experiment import Experiment
from playground.value import InvalidValue
from widgets.document import Document
from widgets.forms import Form, drop_typed
from widgets.labels import label, show_or_hide
from widgets.panels.fields import FieldRow, changes
from widgets.panels.scroll import ScrollingColumn
from widgets.panels.split import SplitControl
from widgets.sentences import sentence

LABELS = 96


class UsedPanel(ScrollingColumn):
    """Edits what the panel of the page Design does too, beside the table that shows what comes of it."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._dataset = QVBoxLayout()
        self.dataset_form: Form | None = None
        self.split = SplitControl()
        fields = ["validation_percent", "targets", "scaling", "target_scaling"]
        self.form = Form(Data, only=fields, label_width=LABELS)
        self.rule = Form(Data, only=["split"], label_width=LABELS)
        self.shares = FieldRow(self.split, LABELS)
        self.remark = label(role="muted", wraps=True)
        self._lay_out()
        self.split.edited.connect(self._edit_split)
        self.form.edited.connect(self._edit_data)
        self.rule.edited.connect(self._edit_data)
        document.opened.connect(lambda: drop_typed(self))
        document.changed.connect(self._show)
        self._show(document.experiment)

    def _lay_out(self) -> None:
        column = self.column
        column.setSpacing(6)
        column.addLayout(self._dataset)
        column.addWidget(self.rule)
        column.addWidget(self.shares)
        column.addWidget(self.form)
        column.addWidget(self.remark)
        column.addStretch(1)

    def _show(self, experiment: Experiment) -> None:
        data = experiment.data
        if self.dataset_form is None or self.dataset_form.value_class is not type(data.dataset):
            self._build_form(type(data.dataset))
        self.dataset_form.set_value(data.dataset)
        self.split.show_split(data.train_percent, data.validation_percent)
        self.shares.setVisible("train_percent" not in without_effect(data))
        self.rule.set_value(data)
        self.form.set_value(data)
        self.form.rows.leave_out(without_effect(data))
        show_or_hide(self.remark, self._remark(data))

    def _build_form(self, member: type[Dataset]) -> None:
        if self.dataset_form is not None:
            self.dataset_form.put_away()
        self.dataset_form = Form(member, label_width=LABELS)
        self.dataset_form.edited.connect(self._edit_dataset)
        self._dataset.addWidget(self.dataset_form)
        if not self.dataset_form.controls:
            self.dataset_form.hide()

    def _remark(self, data: Data) -> str:
        columns, inputs = len(data.dataset.columns), len(data.input_names)
        if not columns or columns == inputs:
            return ""
        words = self.tr("The network is given {inputs} numbers of each row, made of {columns} columns.")
        return words.format(inputs=inputs, columns=len(data.inputs))

    # --- editing ----------------------------------------------------------------------------------------

    def _edit_dataset(self, dataset: Dataset, gesture: int, text: str) -> None:
        experiment = self._document.experiment
        (name, *_) = changes(experiment.data.dataset, dataset)
        self._try(
            lambda: experiment.with_data(experiment.data.with_(**experiment.data.fitted_to(dataset))),
            partial(self.dataset_form.refuse, name),
            gesture,
            text,
        )

    def _edit_split(self, percent: int, gesture: int, text: str) -> None:
        experiment = self._document.experiment
        data = experiment.data
        self._try(
            lambda: experiment.with_(data=data.with_(train_percent=percent)), self.split.refuse, gesture, text
        )

    def _edit_data(self, data: Data, gesture: int, text: str) -> None:
        self._document.edit(self._document.experiment.with_data(data), text, gesture)

    def _try(
        self, after: Callable[[], Experiment], refuse: Callable[[str], None], gesture: int, text: str
    ) -> None:
        try:
            self._document.edit(after(), text, gesture)
        except InvalidValue as problem:
            refuse(sentence(problem.text))
