"""How the loss curves where the network is, in words and numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from playground.analysis.inspections.landscape.curvature import Curvature
from playground.numbers.writing import figures, setting
from widgets.labels import label, show_text
from widgets.sentences import sentence


class CurvatureCard(QWidget):
    """The verdict, and below it the numbers that it comes from."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = label(wraps=True)
        self.when = label(role="caption", wraps=True)
        self.numbers = {
            name: label()
            for name in (
                self.tr("Largest curvature"),
                self.tr("Smallest curvature"),
                self.tr("Directions downward"),
                self.tr("Length of the gradient"),
            )
        }
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        for row, (name, shown) in enumerate(self.numbers.items()):
            grid.addWidget(label(name, "muted"), row, 0)
            grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignRight)
        grid.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self.verdict)
        column.addLayout(grid)
        column.addWidget(self.when)
        self.epoch = 0.0
        """When it is that is spoken of."""
        self.known = False
        """Whether anything was found of the present network."""
        self.show_nothing("")

    def show_nothing(self, why: str) -> None:
        """Say why there is nothing to be said."""
        self.known = False
        show_text(self.verdict, why)
        self._fill(["–"] * len(self.numbers))
        show_text(self.when, "")

    def show_found(self, found: Curvature) -> None:
        """Say what was found."""
        self.known = True
        show_text(self.verdict, sentence(found.verdict))
        self._fill(
            [
                figures(found.largest, 3),
                figures(found.smallest, 3),
                self.tr("{down} of {searched}").format(down=found.negative, searched=found.searched),
                figures(found.gradient, 3),
            ]
        )
        said = self.tr(
            "Eigenvalues of the Hessian at epoch {epoch}, by Lanczos; its products are differences of exact "
            "gradients in double precision, in which kinks do not count."
        )
        show_text(self.when, said.format(epoch=setting(round(self.epoch, 2))))

    def _fill(self, texts: list[str]) -> None:
        shown: QLabel
        for shown, text in zip(self.numbers.values(), texts, strict=True):
            show_text(shown, text)
