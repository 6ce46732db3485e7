"""Asks for the derivative of one number that was chosen; of several the last one counts."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.analysis.inspections.gradient_check import GradientCheck
from playground.analysis.inspections.gradient_check.picking import check_number
from playground.analysis.inspections.gradient_check.results import CheckedNumber
from playground.experiment import Experiment
from playground.training.moment import Moment
from playground.value import InvalidValue
from widgets.asking import Known
from widgets.background import Background
from widgets.training_link import TrainingLink

Wanted = tuple[str, str, tuple[int, ...]]
"""A layer, an array of it, and a place in that."""


class NumberAsker(QObject):
    """Checks a number of the run in front, as it is then, off the window's thread.

    Signals:
        found: what was asked for last (`CheckedNumber`).
        refused: why there is nothing to tell of it (`Text`).
    """

    found = Signal(object)
    refused = Signal(object)

    def __init__(self, link: TrainingLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link, self._background = link, Background(self)
        self._wanted: Wanted | None = None

    def ask(self, settings: GradientCheck, wanted: Wanted) -> None:
        """Check this one."""
        self._wanted = wanted

        def check(known: Known | None) -> None:
            moment = None if known is None else known.moment
            if wanted == self._wanted and moment is not None:
                self._background.run(lambda: _checked(moment, settings, wanted), self._take)

        self._background.follow(self._link.session.answer(Known.of), check)

    def _take(self, found: CheckedNumber | InvalidValue) -> None:
        if isinstance(found, InvalidValue):
            self.refused.emit(found.text)
        elif (found.layer_id, found.part, found.index) == self._wanted:
            self.found.emit(found)

    def end(self) -> None:
        """Ask no more."""
        self._background.close()


def _checked(moment: Moment, settings: GradientCheck, wanted: Wanted) -> CheckedNumber | InvalidValue:
    try:
        return check_number(moment, settings, *wanted)
    except InvalidValue as problem:
        return problem


def shapes_of(experiment: Experiment) -> dict[str, dict[str, tuple[int, ...]]]:
    """The arrays of each layer that learns, with their shapes; none of a network that cannot work."""
    return {
        node.layer.id: {
            name: np.empty(parameter.shape, np.bool_)[part].shape
            for parameter in node.parameters
            for name, part in parameter.parts.items()
        }
        for node in experiment.graph.nodes
        if not getattr(node.layer, "frozen", False)
    }
