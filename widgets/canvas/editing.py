"""The one way in which the canvas changes the network: an edit of the document, with its words for undo."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject, Signal

from playground.engine.graph import Architecture
from playground.value import InvalidValue
from widgets.document import Document
from widgets.incoming import Incoming
from widgets.sentences import counted, layer_name, sentence


class Editing(QObject):
    """Edits the document's network.

    Signals:
        refused: why a command could not be done, in a sentence.
        placed: the ids of layers that came in, and are to be selected.
        brought: a file or a link was pasted, for the window to open.
    """

    refused = Signal(str)
    placed = Signal(tuple)
    brought = Signal(Incoming)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document

    @property
    def network(self) -> Architecture:
        """The network as it is."""
        return self.document.experiment.network

    @property
    def input_shape(self) -> tuple[int, ...]:
        """How the values that it is given of a sample are arranged."""
        return self.document.experiment.data.input_shape

    def name(self, layer_id: str) -> str:
        """What people call a layer."""
        return layer_name(self.network, self.network.index(layer_id))

    def all_of(self, ids: Collection[str]) -> str:
        """What people call one layer, or several."""
        return (
            self.name(next(iter(ids)))
            if len(ids) == 1
            else counted("{count} layer", "{count} layers", len(ids))
        )

    def edit(self, change: Callable[[], Architecture], text: str, gesture: int = -1) -> bool:
        """Change the network in one step of undo, and say whether that could be; if not, why is told."""
        experiment = self.document.experiment
        try:
            after = experiment.with_(network=change())
        except InvalidValue as error:
            self.refused.emit(sentence(error.text))
            return False
        self.document.edit(after, text, gesture)
        return True

    def bring(self, change: Callable[[], Architecture], text: str) -> None:
        """An edit that brings layers in; {0} in the text is what they are called."""
        before = {layer.id for layer in self.network.layers}
        try:
            after = change()
        except InvalidValue as error:
            self.refused.emit(sentence(error.text))
            return
        new = [place for place, layer in enumerate(after.layers) if layer.id not in before]
        names = (
            layer_name(after, new[0])
            if len(new) == 1
            else counted("{count} layer", "{count} layers", len(new))
        )
        if self.edit(lambda: after, text.format(names)):
            self.placed.emit(tuple(after.layers[place].id for place in new))
