"""What stands beside the tabs of the page Inside, one for each tab that has such a thing."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget


class TabHeads(QStackedWidget):
    """Shows one head; only that says how high the row is."""

    def __init__(self) -> None:
        super().__init__()
        self._none = QWidget()
        self.addWidget(self._none)

    def show_head(self, head: QWidget | None) -> None:
        """Show this one, or nothing."""
        shown, shares = head or self._none, QSizePolicy.Policy
        if self.indexOf(shown) < 0:
            self.addWidget(shown)
        for place in range(self.count()):
            other = self.widget(place)
            other.setSizePolicy(shares.Preferred, shares.Preferred if other is shown else shares.Ignored)
        self.setCurrentWidget(shown)
