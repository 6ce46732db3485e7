"""The data panel: which dataset, how much of it, which inputs of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playground import unusual
from playground.data import Data, Dataset
from playground.data.data import without_effect
from playground.experiment import Experiment, Training
from playground.value import InvalidValue
from widgets.document import Document
from widgets.forms import Form, drop_typed, switch
from widgets.forms.both_ways import MARK
from widgets.forms.dice import PLACE
from widgets.gesture import new_gesture
from widgets.labels import label, link_button, show_text
from widgets.panels.fields import FieldRow, changes
from widgets.panels.gallery import Gallery
from widgets.panels.inputs import InputsEditor
from widgets.panels.more_settings import MoreSettings, aside
from widgets.panels.scroll import ScrollingColumn
from widgets.panels.section import Section
from widgets.panels.split import SplitControl
from widgets.sentences import said, sentence
from widgets.tips import tip

if TYPE_CHECKING:
    from widgets.panels.augmentation import AugmentationEditor

LABEL_WIDTH = 94


class DataPanel(QFrame):
    """Shows the data of the document's experiment, and edits it.

    Signals:
        samples_asked: all samples are to be seen.
    """

    samples_asked = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(MARK, True)
        self._document = document
        self._scroll = ScrollingColumn(self)
        inside = self._scroll.widget()
        self.gallery = Gallery(inside)
        self.dataset = QVBoxLayout()
        self.dataset_form: Form | None = None
        self.split = SplitControl()
        self.batch_size = Form(Training, only=["batch_size"], label_width=LABEL_WIDTH, parent=inside)
        self.batch_size.setProperty(PLACE, "training")
        self.whole_graph = label(self.tr("Each step takes the whole graph."), role="muted", wraps=True)
        self.whole_graph.setToolTip(
            tip(self.tr("Layers read the edges, so that nodes are not parted into batches."))
        )
        fields = ["targets", "validation_percent", "scaling", "target_scaling"]
        self.scaling = Form(Data, only=fields, label_width=LABEL_WIDTH, parent=inside)
        self.scaling.setProperty(PLACE, "data")
        self.shares = FieldRow(self.split, LABEL_WIDTH)
        self.shares.setProperty(PLACE, "data")
        self.inputs = InputsEditor(LABEL_WIDTH, inside)
        self.every_sample = link_button(
            self.tr("every sample"), self.tr("See all samples in a table, on the page Data.")
        )
        self.every_sample.clicked.connect(self.samples_asked)
        self.augmentation: AugmentationEditor | None = None
        """Made when it is first seen."""
        self.augmentation_section = Section(
            "", self._make_augmentation, self.tr("Show or hide these settings.")
        )
        self._problem = label(role="muted", wraps=True)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._lay_out()
        self.gallery.chosen.connect(self._choose)
        self.split.edited.connect(self._edit_split)
        self.batch_size.edited.connect(self._edit_training)
        self.scaling.edited.connect(self._edit_data)
        self.inputs.edited.connect(self._edit_inputs)
        self.inputs.formula.refused.connect(lambda: QTimer.singleShot(0, self, self._show_refusal))
        document.opened.connect(self._drop_typed)
        document.changed.connect(self._show)
        self._show(document.experiment)

    def _lay_out(self) -> None:
        self.setProperty("role", "panel")
        scroll = self._scroll
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll, 1)
        column = scroll.column
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Data"), "heading"))
        head.addStretch(1)
        head.addWidget(self.every_sample)
        column.addLayout(head)
        column.addSpacing(2)
        column.addWidget(self.gallery)
        column.addSpacing(4)
        column.addLayout(self.dataset)
        column.addWidget(parting := aside(self.shares))
        column.addWidget(self.batch_size)
        column.addWidget(self.whole_graph)
        column.addWidget(scaling := aside(self.scaling))
        column.addSpacing(8)
        column.addWidget(label(self.tr("Inputs"), "heading"))
        column.addWidget(self.inputs)
        column.addWidget(self.augmentation_section)
        column.addSpacing(8)
        problem = QWidget()
        row = QHBoxLayout(problem)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(self.tr("Problem"), "heading"))
        row.addWidget(self._problem, 1)
        column.addWidget(problem)
        self.more = MoreSettings(
            lambda: (self.dataset_form,) if self.dataset_form else (),
            lambda: unusual.of_data(self._document.experiment),
            (parting, scaling, self.augmentation_section, problem),
            (self.gallery, self.inputs),
        )
        column.addWidget(self.more)
        self.simplify = self.more.simplify
        column.addStretch(1)

    def hold(self, view: QWidget) -> None:
        """Take in what is seen of the samples; it stays in sight below what scrolls."""
        self.layout().addWidget(view)

    def keys(self) -> dict[str, str]:
        """The keys that act here, and what they do."""
        return {
            self.tr("Alt+↑ ↓, on an augmentation"): self.tr("Move it up or down"),
            self.tr("Shift+F10, on a setting"): self.tr("Try another value of it beside the present one"),
        }

    # --- showing ----------------------------------------------------------------------------------------

    def _drop_typed(self) -> None:
        drop_typed(self)

    def _show(self, experiment: Experiment) -> None:
        data = experiment.data
        self.gallery.show_dataset(data.dataset)
        rebuilt = self.dataset_form is None or self.dataset_form.value_class is not type(data.dataset)
        if rebuilt:
            self._build_dataset_form(type(data.dataset))
        self.dataset_form.set_value(data.dataset)
        self.split.show_split(data.train_percent, data.validation_percent)
        self.batch_size.set_value(experiment.training)
        self.batch_size.setVisible(not experiment.takes_whole_graph)
        self.whole_graph.setVisible(experiment.takes_whole_graph)
        self.scaling.set_value(data)
        self.scaling.rows.leave_out(without_effect(data))
        self.shares.setVisible("train_percent" not in without_effect(data))
        self.inputs.show_data(data)
        self.augmentation_section.header.setText(self._augmentation_title(len(data.augmentations)))
        if self.augmentation is not None:
            self.augmentation.show_data(data)
        self.more.see() if rebuilt else self.more.tell()
        show_text(self._problem, self._problem_text(experiment))

    def _show_refusal(self) -> None:
        """Scroll to what is said below the inputs."""
        self._scroll.ensureWidgetVisible(self.inputs.formula.parentWidget(), 0, 0)

    def _build_dataset_form(self, member: type[Dataset]) -> None:
        if self.dataset_form is not None:
            self.dataset_form.put_away()
        self.dataset_form = Form(member, label_width=LABEL_WIDTH, parent=self._scroll.widget())
        self.dataset_form.setProperty(PLACE, "data.dataset")
        self.dataset_form.edited.connect(self._edit_dataset)
        self.dataset.addWidget(self.dataset_form)
        if not self.dataset_form.controls:
            self.dataset_form.hide()

    def _make_augmentation(self) -> AugmentationEditor:
        from widgets.panels.augmentation import AugmentationEditor

        self.augmentation = editor = AugmentationEditor(LABEL_WIDTH)
        editor.show_data(self._document.experiment.data)
        editor.edited.connect(self._edit_augmentations)
        return editor

    def _augmentation_title(self, count: int) -> str:
        return self.tr("Augmentation ({count})").format(count=count) if count else self.tr("Augmentation")

    def _problem_text(self, experiment: Experiment) -> str:
        if experiment.task.classes:
            return self.tr("Classification · {count} classes").format(count=experiment.task.classes)
        if experiment.data.targets == "inputs":
            return self.tr("Autoencoder")
        return self.tr("Regression")

    # --- editing ----------------------------------------------------------------------------------------

    def _choose(self, member: type[Dataset]) -> None:
        experiment = self._document.experiment
        dataset = switch(experiment.data.dataset, member)
        text = self.tr("Choose {dataset}").format(dataset=said(member))
        self._document.edit(experiment.with_dataset(dataset), text, new_gesture())

    def _edit_dataset(self, dataset: Dataset, gesture: int, text: str) -> None:
        experiment, data = self._document.experiment, self._document.experiment.data
        (name, *_) = changes(data.dataset, dataset)
        self._try(
            lambda: experiment.with_data(data.with_(**data.fitted_to(dataset))),
            partial(self.dataset_form.refuse, name),
            gesture,
            text,
        )

    def _edit_split(self, percent: int, gesture: int, text: str) -> None:
        experiment = self._document.experiment
        self._try(
            lambda: experiment.with_(data=experiment.data.with_(train_percent=percent)),
            self.split.refuse,
            gesture,
            text,
        )

    def _edit_training(self, training: Training, gesture: int, text: str) -> None:
        self._document.edit(self._document.experiment.with_(training=training), text, gesture)

    def _edit_data(self, data: Data, gesture: int, text: str) -> None:
        self._document.edit(self._document.experiment.with_data(data), text, gesture)

    def _edit_inputs(self, inputs: tuple, text: str) -> None:
        experiment = self._document.experiment
        try:
            data = experiment.data.with_(inputs=inputs)
        except InvalidValue as problem:
            self.inputs.refuse(problem)
        else:
            self._edit_data(data, new_gesture(), text)

    def _edit_augmentations(self, augmentations: tuple, gesture: int, text: str) -> None:
        self._edit_data(self._document.experiment.data.with_(augmentations=augmentations), gesture, text)

    def _try(
        self, after: Callable[[], Experiment], refuse: Callable[[str], None], gesture: int, text: str
    ) -> None:
        """Edit the document, or say where it was typed why that cannot be."""
        try:
            self._document.edit(after(), text, gesture)
        except InvalidValue as problem:
            refuse(sentence(problem.text))
