"""The layer panel: what the selected layers are, and their settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from playground import unusual
from playground.engine import edits
from playground.engine.layers import Layer, TiedDense
from playground.experiment import Experiment
from playground.fields import describe
from playground.text import Text
from playground.value import InvalidValue
from widgets.document import Document
from widgets.forms import Form, drop_typed
from widgets.forms.both_ways import MARK
from widgets.forms.dice import PLACE
from widgets.forms.kind_control import LABEL_WIDTH
from widgets.gesture import new_gesture
from widgets.labels import label, show_or_hide, show_text
from widgets.panels.fields import changes
from widgets.panels.more_settings import MoreSettings
from widgets.panels.scroll import ScrollingColumn
from widgets.panels.selection import describe_selection, selected_layers
from widgets.panels.tie import TieRow
from widgets.sentences import layer_name, sentence


class LayerPanel(ScrollingColumn):
    """Shows the layers that `show_layers` names, and edits them."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty(MARK, True)
        self._document = document
        self._ids: tuple[str, ...] = ()
        self._form_key: tuple[type[Layer], bool] | None = None
        self.form: Form | None = None
        self.heading = label(role="heading")
        self.sentence = label(role="muted", wraps=True)
        self.problem = label(role="error", wraps=True)
        self.fit = QPushButton(self.tr("Fit the output"))
        self.fit.setToolTip(self.tr("Give the output layer the size and activation that the loss needs."))
        self.fit.clicked.connect(self._fit_output)
        self.facts = Facts()
        self.tie = TieRow()
        self.tie.chosen.connect(self._tie)
        self._form_place = QVBoxLayout()
        self.column.setSpacing(8)
        for widget in (self.heading, self.sentence, self.problem, self.fit):
            self.column.addWidget(widget)
        self.column.addWidget(self.tie)
        self.column.addLayout(self._form_place)
        self.column.addWidget(self.facts)
        self.more = MoreSettings(lambda: (self.form,) if self.form else (), self._unusual, (self.facts,))
        self.column.addWidget(self.more)
        self.column.addStretch(1)
        document.opened.connect(self._drop_typed)
        document.changed.connect(self._show)
        self._show(document.experiment)

    def hold(self, view: QWidget) -> None:
        """Take in what else is to be seen of the selected layers, above their settings."""
        self.column.insertWidget(self.column.indexOf(self.tie), view)

    def show_layers(self, ids: Sequence[str]) -> None:
        """Show the layers of these ids ("input" is the network's input); none that are gone."""
        if self._ids != (wanted := tuple(ids)):
            drop_typed(self)
        self._ids = wanted
        self._show(self._document.experiment)

    # --- showing ----------------------------------------------------------------------------------------

    def _drop_typed(self) -> None:
        drop_typed(self)

    def _show(self, experiment: Experiment) -> None:
        description = describe_selection(experiment, self._ids)
        show_text(self.heading, description.heading)
        show_text(self.sentence, description.sentence)
        show_or_hide(self.problem, "\n".join(description.problems))
        self.fit.setVisible(description.can_be_fitted)
        self.facts.show_rows(description.facts)
        layers = selected_layers(experiment, self._ids)
        tied = layers[0] if len(layers) == 1 and isinstance(layers[0], TiedDense) else None
        self.tie.show_layer(experiment.network, tied)
        self._show_form(layers)
        self.more.tell()

    def _show_form(self, layers: tuple[Layer, ...]) -> None:
        kinds = {type(layer) for layer in layers}
        key = (kinds.pop(), len(layers) == 1) if len(kinds) == 1 else None
        if key != self._form_key:
            self._form_key = key
            self._build_form()
        if self.form is not None:
            self._place_form(f"network.{layers[0].id}")
            self.form.set_value(layers[0])
            if "name" in self.form.controls:
                network = self._document.experiment.network
                unnamed = edits.rename(network, layers[0].id, "")
                placeholder = layer_name(unnamed, unnamed.index(layers[0].id))
                self.form.hint("name", placeholder)

    def _place_form(self, place: str) -> None:
        if self.form is not None and self.form.property(PLACE) != place:
            self.form.setProperty(PLACE, place)
            self.form.see_dice()

    def _build_form(self) -> None:
        if self.form is not None:
            self.form.put_away()
            self.form = None
        if self._form_key is None:
            self.more.see()
            return
        kind, alone = self._form_key
        names = [field.name for field in describe(kind) if not field.hidden]
        self.form = Form(kind, only=["name", *names] if alone else names)
        self.form.edited.connect(self._edit)
        self._form_place.addWidget(self.form)
        self.more.see()

    def _unusual(self) -> tuple[Text, ...]:
        layers = selected_layers(self._document.experiment, self._ids)
        return unusual.of_layer(layers[0]) if layers and self.form is not None else ()

    # --- editing ----------------------------------------------------------------------------------------

    def _edit(self, layer: Layer, gesture: int, text: str) -> None:
        """Make the change that was made to the first layer to all that are selected."""
        experiment = self._document.experiment
        first, *others = selected_layers(experiment, self._ids)
        changed = changes(first, layer)
        try:
            network = edits.replace(experiment.network, layer)
            for other in others:
                network = edits.replace(network, other.with_(**changed))
            self._document.edit(experiment.with_(network=network), text, gesture)
        except InvalidValue as problem:
            self.form.refuse(next(iter(changed)), sentence(problem.text))

    def _tie(self, owner: str, gesture: int) -> None:
        """Let the selected tied layer turn around the weights of another one."""
        experiment = self._document.experiment
        network, (layer,) = experiment.network, selected_layers(experiment, self._ids)
        names = [layer_name(network, network.index(layer_id)) for layer_id in (layer.id, owner)]
        tied = experiment.with_(network=edits.replace(network, layer.with_(of=owner)))
        self._document.edit(tied, self.tr("Tie {0} to {1}").format(*names), gesture)

    def _fit_output(self) -> None:
        self._document.edit(self._document.experiment.fitted(), self.tr("Fit the output"), new_gesture())


class Facts(QWidget):
    """Rows of a name and what it is, aligned with the rows of a form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple] = []

    def texts(self) -> dict[str, str]:
        """What is shown, by name."""
        return {name.text(): value.text() for name, value in self._rows if not name.isHidden()}

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show these rows and no others."""
        while len(self._rows) < len(rows):
            self._add_row()
        for index, (name, value) in enumerate(self._rows):
            shown = rows[index] if index < len(rows) else ("", "")
            show_or_hide(name, shown[0])
            show_or_hide(value, shown[1])

    def _add_row(self) -> None:
        name, value = label(role="muted"), label(wraps=True)
        place = len(self._rows)
        self._grid.addWidget(name, place, 0)
        self._grid.addWidget(value, place, 1)
        self._rows.append((name, value))
