"""The base of what a tab of the page Inside shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.analysis.inspection import Inspection
from playground.training.snapshot import Snapshot
from widgets.workspace import Workspace


class InsideTab(QWidget):
    """One look inside the network, made when its tab is first opened.

    A subclass stands in the module `tab` of a folder called like the kind of its inspection.

    Attributes:
        value: the settings of the look, kept from start to start.
        head: what stands beside the tabs while this one is open; None for nothing.

    Signals:
        value_changed: the settings are others now.
    """

    value_changed = Signal(object)

    def __init__(self, value: Inspection, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent)
        self.value = value
        self.workspace = workspace
        self.head: QWidget | None = None

    def set_value(self, value: Inspection) -> None:
        """Look with other settings; whoever draws by them listens to `value_changed`."""
        if value != self.value:
            self.value = value
            self.value_changed.emit(value)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a snapshot of the run in front; the tab is open, or is just opened."""

    def take(self, thing: object) -> None:
        """Show something that belongs here, such as a sample that was picked elsewhere."""

    def calls(self) -> dict[str, Callable[[], object]]:
        """What actions of the window do while this tab is open (see `Page.calls`)."""
        return {}

    def keys(self) -> dict[str, str]:
        """Its keys that are no actions of the window, with what they do."""
        return {}

    def take_focus(self) -> None:
        """Let the keyboard act on what matters most here."""
        self.setFocus()

    def end(self) -> None:
        """Let nothing work for this tab any more; the window closes."""
