"""What can be done to the network from the canvas: each command is one edit of the document, and names it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from playground.engine import edits
from playground.engine.activations import Activation
from playground.engine.graph import Architecture
from playground.engine.layers import Layer
from playground.files import json_object
from playground.files.problem import FileProblem
from playground.value import InvalidValue
from widgets import incoming
from widgets.document import Document
from widgets.incoming import Incoming
from widgets.sentences import sentence

LONGEST = 1_000_000
"""Letters of a text on the clipboard that may be layers: a longer one would hold up the window."""


class Commands(QObject):
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
        return edits.label(self.network, self.network.index(layer_id))

    # --- layers ---

    def insert(self, position: int, kind: type[Layer]) -> None:
        """Put a new layer before the one at a position."""
        layer = edits.suggest(self.network, position, kind, self.input_shape)
        self._bring(lambda: edits.insert(self.network, position, layer), self.tr("Add {0}"))

    def append(self, kind: type[Layer]) -> None:
        """Put a new layer before the output."""
        self.insert(max(len(self.network.layers) - 1, 0), kind)

    def why_not(self, position: int, kind: type[Layer]) -> str:
        """Why a new layer would not work at a position; empty when it would."""
        layer = edits.suggest(self.network, position, kind, self.input_shape)
        return sentence(edits.why_not(self.network, self.input_shape, position, layer))

    def move(self, layer_id: str, position: int) -> None:
        """Let a layer stand elsewhere."""
        text = self.tr("Move {0}").format(self.name(layer_id))
        self._edit(lambda: edits.move(self.network, layer_id, position), text)

    def remove(self, ids: Collection[str]) -> None:
        """Delete layers; the output stays."""
        layers = self.network.layers
        removed = [layer.id for layer in layers[:-1] if layer.id in ids]
        if removed:
            text = self.tr("Delete {0}").format(self._all(removed))
            self._edit(lambda: edits.remove(self.network, removed), text)
        elif layers and layers[-1].id in ids:
            self.refused.emit(self.tr("The output cannot be deleted: every network ends with one."))

    def duplicate(self, ids: Collection[str]) -> None:
        """Put copies of layers behind them."""
        if copied := [layer.id for layer in self.network.layers if layer.id in ids]:
            text = self.tr("Duplicate {0}").format(self._all(copied))
            self._bring(lambda: edits.duplicate(self.network, copied), text)

    def rename(self, layer_id: str, name: str) -> None:
        """Call a layer by another name."""
        text = self.tr("Rename {0}").format(self.name(layer_id))
        self._edit(lambda: edits.rename(self.network, layer_id, name), text)

    def resize(self, layer_id: str, units: int, gesture: int = -1) -> None:
        """Give a layer another number of neurons."""
        layer = self.network.layers[self.network.index(layer_id)]
        text = self.tr("Resize {0}").format(self.name(layer_id))
        self._edit(lambda: edits.replace(self.network, layer.with_(units=units)), text, gesture)

    def step(self, layer_id: str, by: int, gesture: int = -1) -> None:
        """Give a layer some neurons more or fewer; one is the least."""
        layer = next((layer for layer in self.network.layers if layer.id == layer_id), None)
        if (units := getattr(layer, "units", None)) is not None and units + by >= 1:
            self.resize(layer_id, units + by, gesture)

    def set_activation(self, layer_id: str, activation: type[Activation]) -> None:
        """Give a layer another activation."""
        layer = self.network.layers[self.network.index(layer_id)]
        if type(getattr(layer, "activation", None)) is activation:
            return
        text = self.tr("Change activation of {0}").format(self.name(layer_id))
        self._edit(lambda: edits.replace(self.network, layer.with_(activation=activation())), text)

    def freeze(self, ids: Collection[str], frozen: bool) -> None:
        """Let training leave the parameters of layers as they are, or change them again."""
        layers = [layer for layer in self.network.layers if layer.id in ids and hasattr(layer, "frozen")]
        text = self.tr("Freeze {0}") if frozen else self.tr("Unfreeze {0}")

        def changed() -> Architecture:
            network = self.network
            for layer in layers:
                network = edits.replace(network, layer.with_(frozen=frozen))
            return network

        if layers:
            self._edit(changed, text.format(self._all([layer.id for layer in layers])))

    def tie(self, layer_id: str, owner_id: str) -> None:
        """Let a tied layer turn around the weights of another one."""
        layer = self.network.layers[self.network.index(layer_id)]
        text = self.tr("Tie {0} to {1}").format(self.name(layer_id), self.name(owner_id))
        self._edit(lambda: edits.replace(self.network, layer.with_(of=owner_id)), text)

    # --- connections ---

    def connect_layers(self, source_id: str, target_id: str) -> None:
        """Make a skip connection."""
        text = self.tr("Connect to {0}").format(self.name(target_id))
        self._edit(lambda: edits.connect(self.network, source_id, target_id, self.input_shape), text)

    def disconnect_layers(self, source_id: str, target_id: str) -> None:
        """Take a connection away."""
        text = self.tr("Disconnect {0}").format(self.name(target_id))
        self._edit(lambda: edits.disconnect(self.network, source_id, target_id), text)

    def fit_output(self) -> None:
        """Make the output suit the loss, and the loss the data."""
        self.document.edit(self.document.experiment.fitted(), self.tr("Fit the output"))

    # --- clipboard ---

    def copy(self, ids: Collection[str]) -> None:
        """Put layers on the clipboard, as text: an object of Python's there would outlive Python."""
        if copied := edits.copy(self.network, ids):
            QGuiApplication.clipboard().setText(Architecture(layers=copied).model_dump_json())

    def cut(self, ids: Collection[str]) -> None:
        """Put layers on the clipboard and delete them."""
        self.copy(ids)
        self.remove(ids)

    def can_paste(self) -> bool:
        """Whether there are layers on the clipboard."""
        return _layers_on_clipboard() is not None

    def paste(self, position: int) -> None:
        """Put the clipboard's layers before the one at a position."""
        fields = _layers_on_clipboard()
        if fields is None:
            self._paste_other()
            return

        def pasted() -> Architecture:
            return edits.paste(self.network, position, Architecture.build(fields).layers)

        self._bring(pasted, self.tr("Paste {0}"))

    def _paste_other(self) -> None:
        found = incoming.read(QGuiApplication.clipboard().mimeData())
        if found.file or found.link:
            self.brought.emit(found)
        else:
            self.refused.emit(found.refusal or self.tr("There are no layers on the clipboard."))

    # --- editing ---

    def _all(self, ids: Collection[str]) -> str:
        return self.name(next(iter(ids))) if len(ids) == 1 else self.tr("{0} layers").format(len(ids))

    def _edit(self, change: Callable[[], Architecture], text: str, gesture: int = -1) -> bool:
        experiment = self.document.experiment
        try:
            after = experiment.with_(network=change())
        except InvalidValue as error:
            self.refused.emit(sentence(error.text))
            return False
        self.document.edit(after, text, gesture)
        return True

    def _bring(self, change: Callable[[], Architecture], text: str) -> None:
        """An edit that brings layers in; {0} in the text is what they are called."""
        before = {layer.id for layer in self.network.layers}
        try:
            after = change()
        except InvalidValue as error:
            self.refused.emit(sentence(error.text))
            return
        new = [place for place, layer in enumerate(after.layers) if layer.id not in before]
        names = edits.label(after, new[0]) if len(new) == 1 else self.tr("{0} layers").format(len(new))
        if self._edit(lambda: after, text.format(names)):
            self.placed.emit(tuple(after.layers[place].id for place in new))


def _layers_on_clipboard() -> dict[str, Any] | None:
    """The fields of the network that is on the clipboard, unchecked; None when it holds anything else."""
    text = QGuiApplication.clipboard().text()
    if len(text) > LONGEST or not text.lstrip().startswith("{"):
        return None
    try:
        fields = json_object.from_bytes("clipboard", text.encode(errors="replace"))
    except FileProblem:
        return None
    return fields if fields.get("layers") else None
