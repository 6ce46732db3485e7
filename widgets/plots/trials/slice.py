"""One setting against the goal: a dot a trial."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from widgets.plots.trials.axis import TrialAxis
from widgets.plots.trials.dotted import DottedFigure
from widgets.plots.trials.trial_columns import Floats, SettingColumn

SPREAD = 0.5
"""How wide the dots of one choice lie beside one another, in parts of its lane."""


class SlicePlot(DottedFigure):
    """Shows the setting that it is told, or the first."""

    def __init__(self) -> None:
        super().__init__(_tr("Setting against the goal"))
        self.place = ""

    def show_setting(self, place: str) -> None:
        """Show this setting."""
        if place != self.place:
            self.place = place
            self.update()

    def of(self) -> tuple[object, ...]:
        """The setting."""
        return (self.place,)

    @property
    def setting(self) -> SettingColumn | None:
        """What is shown."""
        settings = self.trials.settings
        found = (each for each in settings if each.place == self.place)
        return next(found, settings[0] if settings else None)

    def axes(self) -> tuple[TrialAxis, TrialAxis]:
        """The setting across, the goal upwards."""
        setting, goals, done = self.setting, self.trials.goals, self.trials.done
        if setting is None or not goals:
            return TrialAxis(), TrialAxis()
        x = TrialAxis.over(setting.title, setting.values[done], setting.logarithmic, setting.names)
        return x, TrialAxis.over("", goals[0].values[done], goals[0].logarithmic)

    def points(self) -> tuple[Floats, Floats]:
        """Values of both; choices lie a little beside one another, each at the same place at all times."""
        setting, done = self.setting, self.trials.done
        if setting is None:
            nothing = np.full(len(done), np.nan)
            return nothing, nothing
        values = setting.values[done]
        if setting.names:
            values = values + SPREAD * (self.trials.numbers[done] * 0.618 % 1 - 0.5)  # golden section: evenly
        return values, self.trials.goals[0].values[done]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SlicePlot", text)
