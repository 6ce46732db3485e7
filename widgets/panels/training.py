"""The training panel: how the network learns, and the settings of the whole experiment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from playground import unusual
from playground.engine.losses import Loss
from playground.experiment import Experiment, Training
from playground.training.snapshot import Snapshot
from playground.value import InvalidValue
from widgets import theme
from widgets.document import Document
from widgets.forms import Form, drop_typed
from widgets.forms.both_ways import MARK
from widgets.forms.dice import PLACE
from widgets.forms.kind_control import INDENT, LABEL_WIDTH
from widgets.labels import label, show_or_hide
from widgets.panels.fields import changes
from widgets.panels.more_settings import MoreSettings
from widgets.panels.schedule_preview import SchedulePreview
from widgets.panels.scroll import ScrollingColumn
from widgets.panels.section import Section
from widgets.sentences import sentence

OF_BATCHES = frozenset({"full_batch", "shuffle", "last_batch"})
"""What has no effect where each step takes the whole graph."""


class TrainingPanel(ScrollingColumn):
    """Shows the training of the document's experiment, and edits it.

    The batch size is in the data panel.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(MARK, True)
        self._document = document
        self._classes: int | None = None
        self.form = Form(Training, without=["batch_size"], parent=self.widget())
        self.form.setProperty(PLACE, "training")
        self.experiment_form: Form | None = None
        """Made when it is first seen."""
        self.section = Section(
            self.tr("Experiment"), self._make_experiment_form, self.tr("Show or hide these settings.")
        )
        self.column.setSpacing(10)
        self.column.addWidget(self.form)
        self.column.addWidget(self.section)
        self.more = MoreSettings(
            lambda: (self.form,), lambda: unusual.of_training(document.experiment), (self.section,)
        )
        self.column.addWidget(self.more)
        self.column.addStretch(1)
        self.preview = SchedulePreview(LABEL_WIDTH - INDENT)
        self.remark = label(role="muted", wraps=True)
        self.remark.hide()
        self.preview.remarked.connect(lambda sentence: show_or_hide(self.remark, sentence))
        self.form.put_below("schedule", self.preview, self.remark)
        self.form.edited.connect(self._edit)
        document.opened.connect(self._drop_typed)
        document.changed.connect(self._show)
        theme.themes.changed.connect(self._offer_losses)
        self._show(document.experiment)

    def _make_experiment_form(self) -> Form:
        self.experiment_form = form = Form(Experiment, only=["randomness", "precision"])
        form.edited.connect(lambda after, gesture, text: self._document.edit(after, text, gesture))
        form.set_value(self._document.experiment)
        return form

    def _drop_typed(self) -> None:
        drop_typed(self)

    def _show(self, experiment: Experiment) -> None:
        if experiment.task.classes != self._classes:
            self._classes = experiment.task.classes
            self._offer_losses()
        self.form.set_value(experiment.training)
        self.form.rows.leave_out(OF_BATCHES if experiment.takes_whole_graph else frozenset())
        if self.experiment_form is not None:
            self.experiment_form.set_value(experiment)
        self.preview.show_training(experiment.training)
        self.more.tell()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """See how far training is."""
        self.preview.show_snapshot(snapshot)

    def _offer_losses(self) -> None:
        """Let only those losses be chosen that suit what there is to learn, and say why."""
        unsuited = [member for member in Loss.members() if not member.usual().suits(self._classes)]
        self.form.allow("loss", dict.fromkeys(unsuited, self._why_not()))

    def _why_not(self) -> str:
        if self._classes:
            return self.tr("It does not suit data of {count} classes.").format(count=self._classes)
        return self.tr("It is for classes, and this data has numbers to predict.")

    def _edit(self, training: Training, gesture: int, text: str) -> None:
        experiment = self._document.experiment
        try:
            if "loss" in changes(experiment.training, training):
                after = experiment.with_loss(training.loss)
            else:
                after = experiment.with_(training=training)
            self._document.edit(after, text, gesture)
        except InvalidValue as problem:
            (name, *_) = changes(experiment.training, training)
            self.form.refuse(name, sentence(problem.text))
