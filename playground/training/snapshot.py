"""What the training thread shows the window: immutable copies, made for painting.

The window says what is on screen with a `View`; the newest `Snapshot` answers, older ones are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.experiment import Experiment
from playground.training.measures import Measures

Floats = NDArray[np.float32]

TILE_STRIDE = 3
"""A tile shows every third row and column of the plane."""


class State(Enum):
    """What a session is doing."""

    PAUSED = "paused"
    RUNNING = "running"
    FINISHED = "finished"
    """The planned epochs are done; running again goes on."""
    DIVERGED = "diverged"
    """A number became infinite; the parameters are those of the last finite step."""
    BLOCKED = "blocked"
    """The experiment has problems (see `Experiment.problems`) and cannot train."""


@dataclass(frozen=True)
class View:
    """What the window has on screen.

    `focus` is the layer id and neuron whose map the output panel shows, None for the network's output.
    `first_units` says, by layer id, which neuron is the first visible where a layer scrolls.
    """

    resolution: int = 100
    tile_stride: int = TILE_STRIDE
    max_tiles: int = 64
    focus: tuple[str, int] | None = None
    first_units: Mapping[str, int] = field(default_factory=dict)


def tile_values(values: NDArray[Any], stride: int = TILE_STRIDE) -> NDArray[Any]:
    """What tiles show of values over the plane, (n, r, r), or over the line, (n, r)."""
    return values[:, ::stride, ::stride] if values.ndim == 3 else values


@dataclass(frozen=True)
class LayerSnapshot:
    """One layer as it is now.

    Attributes:
        weights: (units, inputs), None for layers without; of Maxout the largest of each weight's pieces.
        bias: (units,).
        weight_gradients, bias_gradients: of the last step, like the weights and biases.
        weight_updates, bias_updates: how far the last step moved them.
        gradient_norm: Euclidean norm of the layer's whole gradient at the last step; 0 before the first.
        maps: values of the visible neurons over the plane, (tiles, r, r) with the lowest x₂ first, or over
            the line, (tiles, r); tiles begin at `first_unit`.  None where there is no plane.
        mean, active: mean activation of each visible neuron over the same places, and the share of them where
            it is above 0.
    """

    units: int
    first_unit: int = 0
    weights: Array | None = None
    bias: Array | None = None
    weight_gradients: Array | None = None
    bias_gradients: Array | None = None
    weight_updates: Array | None = None
    bias_updates: Array | None = None
    gradient_norm: float = 0.0
    maps: Floats | None = None
    mean: Floats | None = None
    active: Floats | None = None


@dataclass(frozen=True)
class DataSnapshot:
    """The samples to draw: coordinates (n, d), targets (n,), at most a few thousand a side."""

    train_coordinates: Array
    train_targets: NDArray[np.generic]
    test_coordinates: Array
    test_targets: NDArray[np.generic]


@dataclass(frozen=True)
class Snapshot:
    """The state of training at one moment.

    Attributes:
        run: number of the run; another run's snapshots are to be dropped.
        experiment: what is being trained; its layers are those of `layers`.
        validation: loss and metrics on the validation samples; None when there are none.
        goal: the epoch at which training stops.
        epoch: whole epochs done; `progress` adds the part of the epoch under way.
        output: values of the network's output (or of the focused neuron) over the plane,
            (outputs, r, r) with the lowest x₂ first, or over the line, (outputs, r).
        low: what the lower class is coded as (−1 or 0); `threshold` is the border of two classes.
        input_maps: the network's inputs over the plane, like `maps`.
        history: columns by name (epoch, step, learning_rate, train_loss, test_loss, penalty, train_accuracy,
            gradient_norm.<layer id>, …), all of one length.
        message: what the status bar should say of the last request ("Kept 2 of 3 layers.") or divergence.
    """

    run: int
    state: State
    experiment: Experiment
    epoch: int
    step: int
    progress: float
    steps_per_epoch: int
    goal: int
    train: Measures
    test: Measures
    penalty: float
    learning_rate: float
    steps_per_second: float
    parameters: int
    layers: Mapping[str, LayerSnapshot]
    input_maps: Floats | None
    output: Floats | None
    low: float
    focus: tuple[str, int] | None
    data: DataSnapshot
    history: Mapping[str, NDArray[np.float64]]
    validation: Measures | None = None
    message: str = ""

    @property
    def threshold(self) -> float:
        """The output's border between two classes."""
        return (self.low + 1) / 2
