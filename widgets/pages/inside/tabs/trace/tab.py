"""The tab Trace of the page Inside: one step of training, number by number."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from playground.analysis.inspection import Inspection
from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.copying import as_text
from playground.training.snapshot import Snapshot
from widgets.pages.inside.tab import InsideTab
from widgets.pages.inside.tabs.trace.asking import TraceAsker, Traced
from widgets.sentences import sentence
from widgets.workspace import Workspace


class TraceTab(InsideTab):
    """Shows the trace of a sample, stage by stage."""

    def __init__(self, value: Inspection, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(value, workspace, parent)
        assert isinstance(value, Tracing)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        self.asker = TraceAsker(workspace.link, value, self)
        self.asker.found.connect(self._show)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Trace again where there is something new."""
        self.asker.see(snapshot)

    def _show(self, found: Traced) -> None:
        self.text.setPlainText(sentence(found.problem) if found.trace is None else as_text(found.trace))

    def end(self) -> None:
        """Ask no more."""
        self.asker.end()
