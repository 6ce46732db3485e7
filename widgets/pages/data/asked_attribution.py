"""What the answer to the picture that is asked about hangs on, worked out while that is looked at."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from playground.data.sample import Floats
from playground.training.moment import GivenUp
from widgets.pages.data.samples import SampleRows
from widgets.plots.pictures.attribution import PICTURE, AttributionBar, HangsOn, worked_out
from widgets.plots.pictures.draw_panel import SeenPicture


class AskedAttribution(QObject):
    """The choice between the picture, occlusion and gradient, and what is chosen over the picture."""

    def __init__(self, samples: SampleRows, seen: SeenPicture, parent: QObject) -> None:
        super().__init__(parent)
        self._samples, self._seen = samples, seen
        self._kind = PICTURE
        self._busy = self._again = False
        self._subject: Floats | None = None
        self.bar = AttributionBar()
        self.bar.chosen.connect(self._choose)
        self.bar.hide()

    def ask(self, subject: Floats | None) -> None:
        """Follow the picture, and what the network makes of it now."""
        if subject is not self._subject:
            self._subject = subject
            self._seen.show_hangs_on(None)
        self.bar.setVisible(subject is not None and self._can())
        self._work()

    def _can(self) -> bool:
        """Whether the network says something of pictures, rather than painting them anew."""
        sheet, moment = self._samples.sheet, self._samples.moment
        known = moment is not None and sheet is not None and moment.data is sheet.data
        return known and moment.experiment.data.targets != "inputs"

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._seen.show_hangs_on(None)
        self._work()

    def _work(self) -> None:
        moment, subject, kind = self._samples.moment, self._subject, self._kind
        wanted = kind != PICTURE and subject is not None and self._can()
        self.bar.state.setText(self.tr("working it out…") if wanted and not self._seen.hangs_on else "")
        if not wanted:
            self._seen.show_hangs_on(None)
            return
        self._again = self._busy
        if self._busy:
            return
        self._busy = True

        def unwanted() -> bool:
            return subject is not self._subject or kind != self._kind

        def work() -> HangsOn | None:
            try:
                return worked_out(moment, subject, kind, unwanted)
            except GivenUp:
                return None

        self._samples.in_background(work, self._show)

    def _show(self, shown: HangsOn | None) -> None:
        self._busy = False
        wanted = shown is not None and shown.raw is self._subject and shown.kind == self._kind
        if wanted and np.isfinite(shown.found.values).all():
            self._seen.show_hangs_on(shown)
            self.bar.state.setText("")
        if self._again:
            self._work()
