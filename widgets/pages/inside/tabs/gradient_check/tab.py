"""The tab Check gradients: backpropagation beside differences of the loss, on a copy of the network."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from playground.analysis.inspection import Inspection
from playground.analysis.inspections.gradient_check import GradientCheck
from playground.analysis.inspections.gradient_check.checking import CheckProgress, pieces
from playground.analysis.inspections.gradient_check.results import (
    Checked,
    CheckedNumber,
    LayerChecked,
    Summary,
)
from playground.analysis.inspections.trace.naming import GATES
from playground.engine.graph import Architecture
from playground.numbers.writing import scientific, whole
from playground.training.moment import Moment
from playground.training.snapshot import Snapshot
from playground.value import InvalidValue
from widgets import theme
from widgets.asking import Known
from widgets.background import Background
from widgets.forms.form import Form
from widgets.labels import give_role, label, show_text
from widgets.pages.inside.tab import InsideTab
from widgets.pages.inside.tabs.gradient_check.asking import NumberAsker, shapes_of
from widgets.pages.inside.tabs.gradient_check.tables import NOTHING, CheckRow, CheckTable
from widgets.pages.inside.tabs.gradient_check.worst import WorstNumbers
from widgets.pages.inside.work_head import WorkHead
from widgets.sentences import layer_name, sentence
from widgets.steps import Steps
from widgets.workspace import Workspace


class GradientCheckTab(InsideTab):
    """Layers and settings at the left, the worst numbers of the chosen layer at the right."""

    value: GradientCheck

    def __init__(self, value: Inspection, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(value, workspace, parent)
        what = self.tr("Compare the gradient with differences of the loss, on a copy.")
        self.head = self.check_head = WorkHead(self.tr("Check"), what)
        self.sentence = label(wraps=True)
        titles = (
            self.tr("Layer"), self.tr("Checked"), self.tr("Weights"), self.tr("Values"), self.tr("Gradient"),
        )  # fmt: skip
        self.layers = CheckTable(self.tr("Layers"), titles)
        self.layers.explain_columns(
            self.tr("How many of its parameters were checked, where it has more."),
            self.tr("The largest relative error of the gradient with respect to its parameters."),
            self.tr("The same with respect to what it gives, which later layers hand back to it."),
            self.tr("Whether it is right; a kink, as of ReLU, is no mistake."),
        )
        self.form = Form(GradientCheck)
        self.worst = WorstNumbers()
        self.found: tuple[LayerChecked, ...] = ()
        """What is known of the first layers, or of all."""
        self.picked: CheckedNumber | None = None
        """The number that was chosen, of the layer that is shown."""
        self._network: Architecture | None = None
        self._shapes: dict[str, dict[str, tuple[int, ...]]] = {}
        self._step = 0.0
        self._background, self._steps = Background(self), Steps(self)
        self.asker = NumberAsker(workspace.link, self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        left = QFrame()
        left.setProperty("role", "panel")
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.layers, 1)
        column.addWidget(self.form)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(left, 1)
        row.addWidget(self.worst, 1)

    def _connect(self) -> None:
        self.form.set_value(self.value)
        self.form.edited.connect(lambda value, *_: self.set_value(value))
        self.value_changed.connect(self.form.set_value)
        self.check_head.pressed.connect(self.check_or_cancel)
        self.layers.row_chosen.connect(lambda _: self._choose_layer())
        self.worst.picker.picked.connect(self._pick)
        self.asker.found.connect(self._take_number)
        self.asker.refused.connect(lambda text: self._say(sentence(text), "warning"))
        self._steps.came.connect(self._take)
        self._steps.ended.connect(self.check_head.rest)
        theme.themes.changed.connect(self._recolour)

    def _recolour(self, shown: theme.Theme) -> None:
        self.layers.recolour()
        self.worst.show_theme(shown)

    # --- checking ---------------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Name the layers, and forget what was found of another network."""
        network = snapshot.experiment.network
        if network == self._network:
            return
        self._network, self.found, self.picked = network, (), None
        self._shapes = shapes_of(snapshot.experiment)
        self._steps.stop()
        words = self.tr(
            "Check moves each number a little, up and down, and compares how the loss changes with what "
            "backpropagation says."
        )
        self._say(words, "muted")
        self._show_found()

    def check_or_cancel(self) -> None:
        """Check the network as it is now, or leave the check under way."""
        if self._steps.busy:
            self._steps.stop()
            self._say(self.tr("The check was cancelled."), "muted")
            return
        self.check_head.begin()
        self._background.follow(self.workspace.link.session.answer(Known.of), self._begin)

    def _begin(self, known: Known | None) -> None:
        moment = None if known is None else known.moment
        if known is None or moment is None or moment.experiment.network != known.experiment.network:
            self.check_head.rest()
            words = self.tr("This network cannot learn as it is, so there is no gradient to check.")
            self._say(words, "warning")
            return
        words = self.tr("The gradient of step {step} is being checked.")
        self._say(words.format(step=whole(moment.step)), "muted")
        self._step = self.value.step
        self._steps.begin(_answers(moment, self.value))

    def _take(self, piece: CheckProgress | Checked | InvalidValue) -> None:
        if isinstance(piece, InvalidValue):
            self._say(sentence(piece.text), "warning")
            return
        self.found = piece.layers
        self._show_found()
        if isinstance(piece, CheckProgress):
            self.check_head.show_progress(piece.done, piece.of)
        else:
            self._judge(piece)

    def _judge(self, found: Checked) -> None:
        """Say what came of it, and choose the layer that there is most to say of."""
        names = self._names()
        if not found.blamed:
            words = self.tr("The gradient is right, by {samples} samples.")
            kinks = sum(layer.kinks for layer in found.layers)
            if kinks:
                words += " " + self.tr("{kinks} numbers stand at a kink, where the loss has no derivative.")
            self._say(words.format(samples=whole(found.samples), kinks=whole(kinks)))
            best = max(range(len(found.layers)), key=lambda place: found.layers[place].badness)
        else:
            ids = [layer.layer_id for layer in found.layers]
            best = ids.index(found.blamed[-1])
            layers = self.tr(" or ").join(names[ids.index(layer_id)] for layer_id in found.blamed)
            words = self.tr("The gradient is wrong: the mistake is in {layer}.")
            if best == len(ids) - 1:
                words = self.tr("The gradient is wrong: the mistake is in {layer}, or in the loss.")
            self._say(words.format(layer=layers), "error")
        self.layers.selectRow(best)
        self._show_worst()

    # --- showing ----------------------------------------------------------------------------------------

    def _say(self, words: str, role: str = "") -> None:
        give_role(self.sentence, role)
        show_text(self.sentence, words)

    def _names(self) -> list[str]:
        network = self._network
        return [] if network is None else [layer_name(network, place) for place in range(len(network.layers))]

    def _show_found(self) -> None:
        empty = CheckRow((NOTHING,) * 3, None)
        rows = [_row(name, found) for name, found in zip(self._names(), self.found, strict=False)]
        rows += [CheckRow((name, *empty.texts), None) for name in self._names()[len(rows) :]]
        self.layers.show_rows(rows)
        self._show_worst()

    def _show_worst(self) -> None:
        row, names = self.layers.currentRow(), self._names()
        known = self.found[row] if 0 <= row < len(self.found) else None
        self.worst.picker.show_layer(self._shapes.get(self._layer_id, {}))
        entries = known.entries if known is not None else ()
        if self.picked is not None and self.picked.layer_id == self._layer_id:
            entries = (self.picked, *entries)
        gates = () if self._network is None or row < 0 else GATES.get(self._network.layers[row].tag(), ())
        self.worst.show_entries(names[row] if entries else "", entries, self._step or self.value.step, gates)

    @property
    def _layer_id(self) -> str:
        """Which layer is chosen; "" for none."""
        row = self.layers.currentRow()
        return "" if self._network is None or row < 0 else self._network.layers[row].id

    # --- any number -------------------------------------------------------------------------------------

    def _choose_layer(self) -> None:
        if self.picked is not None and self.picked.layer_id != self._layer_id:
            self.picked = None
        self._show_worst()

    def _pick(self, part: str, index: tuple[int, ...]) -> None:
        """Check one number of the layer, with its curve."""
        self.asker.ask(self.value, (self._layer_id, part, index))

    def _take_number(self, found: CheckedNumber) -> None:
        if found.layer_id == self._layer_id:
            self.picked, self._step = found, self.value.step
            self._show_worst()

    def take(self, thing: object) -> None:
        """Check a number that was chosen elsewhere: its layer, array, and place there."""
        if isinstance(thing, tuple) and len(thing) == 3 and self._network is not None:
            layer_id, part, index = thing
            self.layers.selectRow(self._network.index(layer_id))
            self.worst.picker.show_number(part, index)
            self._pick(part, index)

    # --- what a tab does --------------------------------------------------------------------------------

    def take_focus(self) -> None:
        """The button is what matters most."""
        self.check_head.button.setFocus()

    def end(self) -> None:
        """Leave the check under way."""
        self._steps.close()
        self.asker.end()
        self._background.close()


def _row(name: str, found: LayerChecked) -> CheckRow:
    size = found.size
    checked = NOTHING
    if size:
        checked = (
            whole(size) if found.weights.count == size else f"{whole(found.weights.count)} / {whole(size)}"
        )
    return CheckRow((name, checked, _error(found.weights), _error(found.values)), found.verdict)


def _error(found: Summary) -> str:
    return scientific(found.error) if found.count else NOTHING


def _answers(moment: Moment, value: GradientCheck) -> Iterator[CheckProgress | Checked | InvalidValue]:
    """What a check gives piece by piece; in its place why there can be none."""
    try:
        yield from pieces(moment, value)
    except InvalidValue as problem:
        yield problem
