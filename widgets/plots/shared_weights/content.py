"""What is shown of weights that an encoder and a decoder share: W Wᵗ, and how near that is to 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from playground.analysis.shared_weights import from_identity, products, sharing
from playground.numbers.writing import figures, whole
from playground.record import record
from playground.training.recorder import ANGLE
from playground.training.snapshot import Snapshot
from widgets.colouring import Floats
from widgets.figures.columns import Columns
from widgets.sentences import layer_name

LARGEST = 48.0
"""The side of a place at most."""


@record(eq=False)
class SharedContent:
    """The products of the rows of a layer's weights, (neurons, neurons).

    Attributes:
        title: what the layer is called.
        away: how far they are from 1.
        epochs, angles: in degrees, between the rows' span and that of as many principal components, over
            training; empty where these are not known, or do not matter.
    """

    title: str
    values: Floats
    away: float
    epochs: Floats
    angles: Floats

    lit = False
    ends = (-1.0, 1.0)
    largest = LARGEST

    @property
    def angle(self) -> float | None:
        """What the angle is now."""
        return float(self.angles[-1]) if len(self.angles) else None

    @property
    def titles(self) -> tuple[str, str]:
        """Both sides are neurons."""
        return _tr("neuron"), _tr("neuron")

    @property
    def column_names(self) -> tuple[str, ...]:
        """Their numbers."""
        return tuple(self.row_name(row) for row in range(len(self.values)))

    def row_name(self, row: int) -> str:
        """The number of a neuron."""
        return whole(row + 1)

    def words(self, row: int, column: int) -> str:
        """What there is to read of a place."""
        value = figures(float(self.values[row, column]), 3)
        if row == column:
            return _tr("neuron {0} with itself: {1}").format(whole(row + 1), value)
        return _tr("neuron {0} with {1}: {2}").format(whole(row + 1), whole(column + 1), value)

    def columns(self) -> Columns:
        """A column for each neuron."""
        found: Columns = {"neuron": np.arange(1, len(self.values) + 1)}
        return found | {f"neuron {place + 1}": values for place, values in enumerate(self.values.T)}


def chosen_owner(snapshot: Snapshot, selected: Sequence[str], before: str) -> str:
    """The layer to show: that of a selected one, or else the one before or the narrowest; "" for none."""
    shared = sharing(snapshot.experiment.network)
    there = {owner: owner for owner in shared}
    there |= {tied: owner for owner, tieds in shared.items() for tied in tieds}
    units = {owner: snapshot.layers[owner].units for owner in shared if owner in snapshot.layers}
    narrowest = sorted(units, key=units.__getitem__)
    return next((there[layer] for layer in (*selected, before, *narrowest) if layer in there), "")


def shared_content(snapshot: Snapshot, owner: str) -> SharedContent | None:
    """What is known of a layer's shared weights; None where there are none that are numbers."""
    weights = snapshot.layers[owner].weights if owner in snapshot.layers else None
    if weights is None or not np.isfinite(weights).all():
        return None
    network, values = snapshot.experiment.network, products(weights)
    title, (epochs, angles) = layer_name(network, network.index(owner)), angles_of(snapshot)
    return SharedContent(title, values, from_identity(values), epochs, angles)


def angles_of(snapshot: Snapshot) -> tuple[Floats, Floats]:
    """The angle to principal components at each epoch, and the epochs; empty where there is none now."""
    angles = snapshot.history.get(ANGLE)
    if angles is None or not len(angles) or not np.isfinite(angles[-1]):
        return np.empty(0), np.empty(0)
    there = np.isfinite(angles)
    return snapshot.history["epoch"][there], angles[there]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SharedWeights", text)
