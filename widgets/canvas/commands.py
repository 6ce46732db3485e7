"""What can be done to the network from the canvas: each command is one edit of the document, and names it."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtGui import QGuiApplication

from playground.engine import blocks, edits
from playground.engine.activations import Activation
from playground.engine.graph import Architecture
from playground.engine.layers import Layer
from playground.experiment import Experiment
from widgets import incoming
from widgets.canvas import clipboard
from widgets.canvas.editing import Editing
from widgets.sentences import sentence


class Commands(Editing):
    """What can be done to layers and connections."""

    # --- layers ---

    def insert(self, position: int, kind: type[Layer]) -> None:
        """Put a new layer before the one at a position."""
        layer = edits.suggest(self.network, position, kind, self.input_shape)
        self.bring(lambda: edits.insert(self.network, position, layer), self.tr("Add {0}"))

    def append(self, kind: type[Layer]) -> None:
        """Put a new layer before the output."""
        self.insert(max(len(self.network.layers) - 1, 0), kind)

    def insert_residual(self, position: int) -> None:
        """Put a residual block behind the layer at a position."""
        self.bring(
            lambda: blocks.residual(self.network, position, self.input_shape), self.tr("Add residual block")
        )

    def move(self, layer_id: str, position: int) -> None:
        """Let a layer stand elsewhere."""
        text = self.tr("Move {0}").format(self.name(layer_id))
        self.edit(lambda: edits.move(self.network, layer_id, position), text)

    def remove(self, ids: Collection[str]) -> None:
        """Delete layers; the output stays."""
        layers = self.network.layers
        removed = [layer.id for layer in layers[:-1] if layer.id in ids]
        if removed:
            text = self.tr("Delete {0}").format(self.all_of(removed))
            self.edit(lambda: edits.remove(self.network, removed), text)
        elif layers and layers[-1].id in ids:
            self.refused.emit(self.tr("The output cannot be deleted: every network ends with one."))

    def duplicate(self, ids: Collection[str]) -> None:
        """Put copies of layers behind them."""
        if copied := [layer.id for layer in self.network.layers if layer.id in ids]:
            text = self.tr("Duplicate {0}").format(self.all_of(copied))
            self.bring(lambda: edits.duplicate(self.network, copied), text)

    def rename(self, layer_id: str, name: str) -> None:
        """Call a layer by another name."""
        text = self.tr("Rename {0}").format(self.name(layer_id))
        self.edit(lambda: edits.rename(self.network, layer_id, name), text)

    def resize(self, layer_id: str, units: int, gesture: int = -1) -> None:
        """Give a layer another number of neurons."""
        layer = self.network.layers[self.network.index(layer_id)]
        text = self.tr("Resize {0}").format(self.name(layer_id))
        self.edit(lambda: edits.replace(self.network, layer.with_(**{layer.sized_by: units})), text, gesture)

    def step(self, layer_id: str, by: int, gesture: int = -1) -> None:
        """Give a layer some neurons more or fewer; one is the least."""
        layer = next((layer for layer in self.network.layers if layer.id == layer_id), None)
        if layer is not None and layer.sized_by and (units := getattr(layer, layer.sized_by) + by) >= 1:
            self.resize(layer_id, units, gesture)

    def set_activation(self, layer_id: str, activation: type[Activation], gesture: int = -1) -> None:
        """Give a layer another activation."""
        layer = self.network.layers[self.network.index(layer_id)]
        if type(getattr(layer, "activation", None)) is activation:
            return
        text = self.tr("Change activation of {0}").format(self.name(layer_id))
        self.edit(lambda: edits.replace(self.network, layer.with_(activation=activation())), text, gesture)

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
            self.edit(changed, text.format(self.all_of([layer.id for layer in layers])))

    def tie(self, layer_id: str, owner_id: str) -> None:
        """Let a tied layer turn around the weights of another one."""
        layer = self.network.layers[self.network.index(layer_id)]
        text = self.tr("Tie {0} to {1}").format(self.name(layer_id), self.name(owner_id))
        self.edit(lambda: edits.replace(self.network, layer.with_(of=owner_id)), text)

    # --- connections ---

    def connect_layers(self, source_id: str, target_id: str) -> None:
        """Make a skip connection."""
        text = self.tr("Connect to {0}").format(self.name(target_id))
        self.edit(lambda: edits.connect(self.network, source_id, target_id, self.input_shape), text)

    def disconnect_layers(self, source_id: str, target_id: str) -> None:
        """Take a connection away."""
        text = self.tr("Disconnect {0}").format(self.name(target_id))
        self.edit(lambda: edits.disconnect(self.network, source_id, target_id), text)

    def fit_output(self) -> None:
        """Make the output suit the loss, and the loss the data."""
        self.document.edit(self.document.experiment.fitted(), self.tr("Fit the output"))

    # --- clipboard ---

    def copy(self, ids: Collection[str]) -> None:
        """Put layers on the clipboard."""
        if copied := edits.copy(self.network, ids):
            clipboard.put(copied)

    def cut(self, ids: Collection[str]) -> None:
        """Put layers on the clipboard and delete them."""
        self.copy(ids)
        self.remove(ids)

    def paste(self, position: int) -> None:
        """Put the clipboard's layers before the one at a position."""
        fields = clipboard.layers()
        if fields is None:
            self._paste_other()
            return

        def pasted() -> Architecture:
            return edits.paste(self.network, position, Architecture.build(fields).layers)

        self.bring(pasted, self.tr("Paste {0}"))

    def _paste_other(self) -> None:
        found = incoming.read(QGuiApplication.clipboard().mimeData())
        if found.file or found.link or found.data:
            self.brought.emit(found)
        else:
            self.refused.emit(found.refusal or self.tr("There are no layers on the clipboard."))


def why_not(experiment: Experiment, position: int, kind: type[Layer]) -> str:
    """Why a new layer would not work at a position; empty when it would."""
    network, shape = experiment.network, experiment.data.input_shape
    layer = edits.suggest(network, position, kind, shape)
    return sentence(edits.why_not(network, shape, position, layer))
