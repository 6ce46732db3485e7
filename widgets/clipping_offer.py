"""The offer to clip gradients by their norm, made once when a recurrent layer is put into a network."""

from __future__ import annotations

from PySide6.QtCore import QObject

from playground.engine.clipping import ClipByNorm, NoClipping
from playground.engine.layers.recurrent import Recurrent
from playground.experiment import Experiment
from widgets.document import Document
from widgets.notice import Notice


class ClippingOffer(QObject):
    """Watches a document, and says so in a notice with a button; nothing is ever changed by itself."""

    def __init__(self, document: Document, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._notice = document, notice
        self._known = _recurrent(document.experiment)
        document.opened.connect(self._begin_anew)
        document.changed.connect(self._look)

    def _begin_anew(self) -> None:
        self._known = _recurrent(self._document.experiment)

    def _look(self, experiment: Experiment) -> None:
        before, self._known = self._known, _recurrent(experiment)
        wanted = bool(self._known) and isinstance(experiment.training.clipping, NoClipping)
        text = self.tr("Through many steps a gradient may grow without bound; clipping it prevents that.")
        if not wanted and self._notice.text == text:
            self._notice.clear()
        elif wanted and not before:
            self._notice.say(text, {self.tr("Clip by norm"): self._clip}, bad=False)

    def _clip(self) -> None:
        experiment = self._document.experiment
        training = experiment.training.with_(clipping=ClipByNorm())
        self._document.edit(experiment.with_(training=training), self.tr("Clip gradient by its norm"))


def _recurrent(experiment: Experiment) -> frozenset[str]:
    """The ids of the recurrent layers."""
    return frozenset(layer.id for layer in experiment.network.layers if isinstance(layer, Recurrent))
