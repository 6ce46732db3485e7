"""Works out what the answer to the chosen picture hangs on, while that is looked at."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QObject

from playground.data.sample import Floats
from playground.training.snapshot import Snapshot, State
from widgets.asking import Asking, GivenUpYet, Known
from widgets.plots.pictures.attribution import PICTURE, AttributionBar, HangsOn, worked_out
from widgets.plots.sample_view import SampleView
from widgets.training_link import TrainingLink


class Attributions(QObject):
    """Puts the choice below the chosen sample, and what is chosen over it."""

    def __init__(self, link: TrainingLink, view: SampleView, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._kind = view, PICTURE
        self._raw: Floats | None = None
        self._latest: Snapshot | None = None
        self._asking = Asking(link, self._work, self._show, self)
        self.bar = AttributionBar(view)
        self.bar.chosen.connect(self._choose)
        self.bar.hide()
        view.hold(self.bar)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the chosen sample, and what the network makes of it."""
        self._latest = snapshot
        raw = snapshot.data.chosen.raw if snapshot.data.chosen is not None else None
        raw = raw if raw is not None and raw.ndim == 3 and _answers(snapshot) else None
        if raw is not self._raw and not (raw is not None and self._raw is not None and _same(raw, self._raw)):
            self._raw = raw
            self._asking.ask_anew()
        if raw is None:
            self._view.show_hangs_on(None)
        elif self._kind != PICTURE and self._view.isVisible():
            self._asking.see(snapshot)

    def end(self) -> None:
        """Work no more."""
        self._asking.end()

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._view.show_hangs_on(None)
        self.bar.state.setText("" if kind == PICTURE else self.tr("working it out…"))
        self._asking.ask_anew()
        if self._latest is not None:
            self.show_snapshot(self._latest)

    def _work(self, known: Known, given_up: GivenUpYet) -> Callable[[], HangsOn | None]:
        moment, raw, kind = known.moment, self._raw, self._kind
        if moment is None or raw is None or kind == PICTURE or raw.shape != moment.data.train.raw.shape[1:]:
            return lambda: None

        def unwanted() -> bool:
            return given_up() or raw is not self._raw or kind != self._kind

        return lambda: worked_out(moment, raw, kind, unwanted)

    def _show(self, shown: HangsOn | None) -> None:
        wanted = shown is not None and shown.raw is self._raw and shown.kind == self._kind
        if wanted and np.isfinite(shown.found.values).all():
            self._view.show_hangs_on(shown)
            self.bar.state.setText("")
        elif self._kind != PICTURE and self._latest is not None and not self._asking.ended:
            self._asking.see(self._latest)


def _answers(snapshot: Snapshot) -> bool:
    """Whether the network says something of the picture, rather than painting it anew."""
    return snapshot.experiment.data.targets != "inputs" and snapshot.state is not State.BLOCKED


def _same(first: Floats, second: Floats) -> bool:
    return first.shape == second.shape and bool(np.array_equal(first, second))
