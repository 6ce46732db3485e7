"""The tab Trace of the page Inside: one step of training, number by number."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from playground.analysis.inspection import Inspection
from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.made_of import seen_of_input
from playground.analysis.inspections.trace.samples import nearest
from playground.analysis.inspections.trace.trace import Trace
from playground.training.snapshot import Snapshot
from widgets.pages.inside.tab import InsideTab
from widgets.pages.inside.tabs.trace.asking import TraceAsker, Traced
from widgets.pages.inside.tabs.trace.left import SamplePanel
from widgets.pages.inside.tabs.trace.middle import MiddlePanel
from widgets.pages.inside.tabs.trace.right import RightPanel
from widgets.pages.inside.tabs.trace.stages import StageStrip
from widgets.plots.output_meaning import class_names
from widgets.sentences import sentence
from widgets.workspace import Workspace


class TraceTab(InsideTab):
    """The network at the left, the equations of a stage in the middle, and the samples at the right."""

    def __init__(self, value: Inspection, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(value, workspace, parent)
        assert isinstance(value, Tracing)
        self.tracing = value
        self.traced = Traced()
        self._wished: tuple[float, float] | None = None
        self.strip = StageStrip()
        self.head = self.strip
        self.left, self.middle, self.right = SamplePanel(), MiddlePanel(), RightPanel()
        self._lay_out()
        self.asker = TraceAsker(workspace.link, value, self)
        self._connect()
        self._make_keys()

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Horizontal, self)
        for panel, stretch in ((self.left, 30), (self.middle, 44), (self.right, 24)):
            split.addWidget(panel)
            split.setStretchFactor(split.count() - 1, stretch)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(8)
        split.setSizes([300, 440, 240])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split)

    def _connect(self) -> None:
        self.asker.found.connect(self._take_found)
        self.strip.chosen.connect(lambda _: self._show_stage())
        self.middle.stage.choice.chosen.connect(lambda written: self._change(written=written))
        self.middle.stage.checking.connect(
            lambda weight: self.workspace.handed.emit("inside", ("gradient_check", weight))
        )
        self.middle.stage.sheet.pointed.connect(self._mark_field)
        self.left.network.clicked.connect(self._go_to_unit)
        self.left.copy.message.connect(self.workspace.message)
        self.left.of_chosen.connect(lambda of: self._change(of=of))
        self.left.next_wrong.clicked.connect(self._go_to_wrong)
        self.right.place.picked.connect(self._pick)
        self.right.samples.picked.connect(self._pick)
        self.right.side_chosen.connect(lambda side: self._change(side=side, sample=0, of="sample"))
        self.left.chance.toggled.connect(lambda on: self._change(chance=on))

    def _make_keys(self) -> None:
        def key(sequence: Qt.Key, act: Callable[[], object]) -> None:
            for widget in (self, self.strip):
                shortcut = QShortcut(QKeySequence(sequence), widget)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(act)

        key(Qt.Key.Key_Right, lambda: self.strip.step(1))
        key(Qt.Key.Key_Left, lambda: self.strip.step(-1))
        key(Qt.Key.Key_P, self.strip.play.toggle)
        key(Qt.Key.Key_N, self._go_to_wrong)
        key(Qt.Key.Key_Return, self.middle.stage.check_entry)
        panel = self.middle.stage
        moves: dict[str, Callable[[], None]] = {
            "Down": lambda: panel.step_entry(1),
            "Up": lambda: panel.step_entry(-1),
            "Shift+Down": lambda: panel.move_entry(1, 0),
            "Shift+Up": lambda: panel.move_entry(-1, 0),
            "Shift+Right": lambda: panel.move_entry(0, 1),
            "Shift+Left": lambda: panel.move_entry(0, -1),
            "PgDown": lambda: panel.move_page(1, 0),
            "PgUp": lambda: panel.move_page(-1, 0),
            "Shift+PgDown": lambda: panel.move_page(0, 1),
            "Shift+PgUp": lambda: panel.move_page(0, -1),
        }
        for sequence, move in moves.items():
            shortcut = QShortcut(QKeySequence(sequence), self.middle)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(move)
        self.middle.stage.sheet.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- what is shown ----------------------------------------------------------------------------------

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Trace again where there is something new."""
        self.right.see(snapshot)
        self.asker.see(snapshot)

    def _take_found(self, traced: Traced) -> None:
        if (there := _there(traced, self.tracing)) != self.tracing:
            self._change(**there.model_dump(include={"side", "sample"}))
            return
        self.traced = traced
        if self._wished is not None and traced.source is not None:
            self._go_near()
            return
        self.left.show_problem(sentence(traced.problem))
        if traced.around is not None and traced.source is not None:
            self.right.show_around(traced.source, traced.around, self.tracing)
            self.left.next_wrong.setEnabled(traced.around.judged.next_wrong(self.tracing.sample) is not None)
            if traced.trace is not None:
                self.strip.show_stages(traced.trace.stages)
                names = class_names(traced.source.data.task)
                self.left.show_trace(traced.trace, traced.around, names)
        self._show_stage()

    @property
    def trace(self) -> Trace | None:
        """What is shown; None while there is nothing."""
        return self.traced.trace

    def _show_stage(self) -> None:
        if self.trace is None or self.traced.source is None:
            return
        number = self.strip.current
        self.left.show_stage(self.trace, number)
        loss = self.traced.source.loss(self.tracing.learns)
        self.middle.show_stage(self.trace, number, self.tracing.written, loss)

    # --- what a person does -----------------------------------------------------------------------------

    def _change(self, **fields: object) -> None:
        self.tracing = self.tracing.with_(**fields)
        self.set_value(self.tracing)
        self.asker.look(self.tracing)
        self._show_stage()

    def _pick(self, sample: int) -> None:
        self._change(sample=sample, of="sample")

    def _go_to_wrong(self) -> None:
        if self.traced.around is None:
            return
        found = self.traced.around.judged.next_wrong(self.tracing.sample)
        if found is not None:
            self._pick(found)

    def _go_to_unit(self, layer_id: str, unit: int) -> None:
        """Show what gives a unit's value, or its error term where that was reached."""
        if self.trace is None:
            return
        kinds = ("backward",) if self.trace.stages[self.strip.current].goes_back else ("forward", "input")
        for number, stage in enumerate(self.trace.stages):
            if stage.kind in kinds and stage.layer_id == layer_id:
                self.strip.choose(number)
                letter = "delta" if stage.goes_back else "a"
                name = f"{letter}{self.trace.number(layer_id)}" if layer_id else "x"
                self.middle.choose(name, unit)

    def _mark_field(self, name: str, row: int, column: int) -> None:
        """Mark on the picture what a value is made of, and in the network the unit that it is of."""
        if self.trace is not None:
            if (unit := self.trace.unit(name, row)) is not None:
                self.left.network.mark(*unit)
            self.right.place.show_field(() if column else seen_of_input(self.trace, name, row))

    def take(self, thing: object) -> None:
        """Trace a sample that was picked elsewhere.

        It is told by its side and its number there, or as the one that is near a place of the plane.
        """
        if not (isinstance(thing, tuple) and len(thing) == 2):
            return
        if thing[0] == "near":
            self._wished = thing[1]
            self._go_near()
        else:
            self._change(of="sample", side=thing[0], sample=thing[1])

    def _go_near(self) -> None:
        """Trace the sample that is nearest to the place that is wished for, once samples are known."""
        if self._wished is None or self.traced.source is None:
            return
        side, sample = nearest(self.traced.source.data, self._wished)
        self._wished = None
        self._change(of="sample", side=side, sample=sample)

    # --- what a tab does --------------------------------------------------------------------------------

    def calls(self) -> dict[str, Callable[[], object]]:
        """Copy takes the trace as text."""
        return {"copy": self.left.copy.copy_text}

    def keys(self) -> dict[str, str]:
        """What moves along the step, and from number to number."""
        return {
            "← →": self.tr("One step of the calculation back or on"),
            "↑ ↓": self.tr("Write out the number before or the next one"),
            "Shift+← → ↑ ↓": self.tr("Write out the number beside it, also where that is not shown yet"),
            "PgUp PgDn": self.tr("The rows above or below of a large matrix; with Shift its columns"),
            "P": self.tr("Play through the steps of the calculation"),
            "N": self.tr("Next sample that is wrong"),
            "Enter": self.tr("Check the gradient that is written out"),
        }

    def take_focus(self) -> None:
        """Let the keyboard go through the numbers."""
        self.middle.stage.sheet.setFocus()

    def end(self) -> None:
        """Ask no more."""
        self.strip.end()
        self.asker.end()


def _there(traced: Traced, tracing: Tracing) -> Tracing:
    """The same of a sample that is there: of the first, and of training samples, where it is not."""
    if traced.source is None:
        return tracing
    split = traced.source.data.side(tracing.side)
    if split is None:
        return tracing.with_(side="train", sample=0)
    return tracing if tracing.sample < len(split.inputs) else tracing.with_(sample=0)
