"""What the training thread shows the window: immutable copies, made for painting.

The window says what is on screen with a `View`; the newest `Snapshot` answers, older ones are dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.graphs.over_graph import DrawnGraph
from playground.data.graphs.sample_graph import SampleGraph
from playground.data.sample import Column
from playground.data.spaces import Chosen, Space
from playground.engine.arrays import Array
from playground.engine.metrics import border
from playground.experiment import Experiment
from playground.record import record
from playground.text import Text
from playground.training.codes import Codes, CodeView
from playground.training.distributions import Distributions
from playground.training.inside import states_of
from playground.training.kept_run import KeptRuns
from playground.training.looking_back import Back
from playground.training.marks import Mark
from playground.training.measures import Measures
from playground.training.nodes_seen import NodesSeen
from playground.training.vitals import Vitals

Floats = NDArray[np.float32]

TILE_STRIDE = 3
"""A tile shows every third row and column of the plane."""

TEMPERATURE = 0.5
"""How freely the next symbol is drawn: near 0 it is always the likeliest, at 1 as the network says."""


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


@record
class View:
    """What the window has on screen.

    `space` is what maps are drawn over, None for what is usual for the data.  `focus` is the layer id and
    tile whose map the output panel shows, None for the network's output.  `first_units` says, by layer id,
    which tile is the first visible where a layer scrolls.  Without `maps` they stay
    as they were, or there are none.  `temperature` is how freely a text goes on by itself.
    `code` says which codes of an autoencoder are decoded, None for no look at its codes at all.
    `share` is the part of the time for what is costly that this run may take, beside others that are seen.
    Vital signs are measured while `vitals` are wanted, and histograms while `distributions` are; while
    training runs, sides of the split are measured in detail where `details` are wanted, and at rest always.
    """

    space: Space | None = None
    maps: bool = True
    resolution: int = 100
    tile_stride: int = TILE_STRIDE
    max_tiles: int = 64
    focus: tuple[str, int] | None = None
    first_units: Mapping[str, int] = field(default_factory=dict)
    temperature: float = TEMPERATURE
    code: CodeView | None = None
    share: float = 1.0
    vitals: bool = True
    distributions: bool = False
    details: bool = True


def tile_values(values: NDArray[Any], stride: int = TILE_STRIDE) -> NDArray[Any]:
    """What tiles show of values over the plane, (n, r, r), or over the line, (n, r)."""
    return values[:, ::stride, ::stride] if values.ndim == 3 else values


def tile_count(sizes: tuple[int, ...], over_sample: bool) -> int:
    """How many tiles a layer has whose values are of that shape: one a value, or a channel of a picture."""
    if not over_sample or len(sizes) < 2:
        return prod(sizes)
    return sizes[2] if len(sizes) == 3 else 1


@record
class LayerSnapshot:
    """One layer as it is now.

    Attributes:
        weights: (units, inputs), None for layers without; of Maxout the largest of each weight's pieces.
        bias: (units,).
        weight_gradients, bias_gradients: of the last step, like the weights and biases.
        weight_updates, bias_updates: how far the last step moved them.
        gradient_norm: Euclidean norm of the layer's whole gradient at the last step; 0 before the first.
        maps: values of the visible neurons over the plane, (tiles, r, r) with the lowest first, or over the
            line, (tiles, r); for one sample (tiles, 1, 1), or the pictures (tiles, height, width) that they
            make.  Tiles begin at `first_unit`.
        blocks: by name, what else it has learnt and is small enough to be shown whole: pieces, γ, β, running
            averages.
        mean, active: mean activation of each visible neuron over the same places, and the share of them where
            it is above 0.
        seen: of the chosen sample what else the layer shows of its forward pass, by name: states and gates
            (time, units), weights of attention (to, from), and whatever another layer puts into the `seen` of
            its `Operations`, without the axis of samples.  Over a plane or a line there is none.
        activity: of a layer that charges for activity the mean of each value (units,), or of its size, over
            some training samples.
        given: what a layer with something `seen`, or whose windows slide, is given for that sample, in the
            shape of its first input.
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
    blocks: Mapping[str, Array] = field(default_factory=dict)
    seen: Mapping[str, Array] = field(default_factory=dict)
    given: Array | None = None
    activity: Floats | None = None

    @property
    def states(self) -> Array | None:
        """The states of a recurrent layer, (time, neurons), both directions side by side; None of others."""
        return states_of(self.seen)


@record
class DataSnapshot:
    """The samples to draw: their places (n, axes), targets (n,), at most a few thousand a side.

    Attributes:
        axes: what the axes of maps show, with their ranges: two, one, or none for one sample.
        chosen: that sample.
        columns: what the values of a row mean, with the ranges seen in training, and their `middles`.
        sizes: how many samples there are to train on and to test with.
        graph: the graph whose nodes the samples are, where it is what is drawn.
        sample_graph: the graph that the chosen sample is.
    """

    train_places: Array
    train_targets: NDArray[np.generic]
    test_places: Array
    test_targets: NDArray[np.generic]
    space: Space | None = None
    axes: tuple[Column, ...] = ()
    chosen: Chosen | None = None
    columns: tuple[Column, ...] = ()
    middles: tuple[float, ...] = ()
    sizes: tuple[int, int] = (0, 0)
    graph: DrawnGraph | None = None
    sample_graph: SampleGraph | None = None


@record
class Snapshot:
    """The state of training at one moment.

    Attributes:
        run: number of the run; another run's snapshots are to be dropped.
        experiment: what is being trained; its layers are those of `layers`.
        validation: loss and metrics on the validation samples; None when there are none.
        goal: the epoch at which training stops.
        epoch: whole epochs done; `progress` adds the part of the epoch under way.
        output: values of the network's output (or of the focused neuron), like `maps`.
        answer: the values (outputs,) of the network's output for the chosen sample; None without one.
        continued: how it goes on with the chosen sequence by itself, (steps, columns); None where it cannot.
        of_nodes: (outputs, nodes) what the output, or the focused neuron, gives for every node of a graph
            that is drawn.
        low: what the lower class is coded as (−1 or 0); `threshold` is the border of two classes.
        input_maps: the network's inputs over the plane, like `maps`.
        history: columns by name (epoch, step, learning_rate, train_loss, test_loss, penalty, train_accuracy,
            gradient_norm.<layer id>, …; principal_angle of a linear autoencoder), all of one length.
        nodes: what layers make of these nodes, where a layer reads the graph.
        codes: the codes of an autoencoder, when they are looked at.
        marks: where in the history something was changed.
        machine: what does the steps, as people call it; None while there is none.
        machine_note: why it is that, where there is something to be said of it.
        holds_lock: whether its steps keep other threads from running Python.
        kept: all runs of the document; of the one under way as it is now, whatever moment this is of.
        back: which earlier moment this is of; None when it is of the present.
        asked: how often another moment had been asked for by then.
        apart: of a run beside another, how far its weights are from the other's: `epoch`, `step`, `apart`,
            empty where they are of other shapes; None of the one in front.
        vitals: the vital signs of its layers, when they are looked at.
        distributions: histograms of its layers, when they are.
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
    answer: Floats | None = None
    continued: Floats | None = None
    of_nodes: Floats | None = None
    nodes: NodesSeen | None = None
    codes: Codes | None = None
    marks: tuple[Mark, ...] = ()
    apart: Mapping[str, NDArray[np.float64]] | None = None
    validation: Measures | None = None
    message: Text | None = None
    machine: Text | None = None
    machine_note: Text | None = None
    holds_lock: bool = True
    vitals: Vitals | None = None
    distributions: Distributions | None = None
    kept: KeptRuns = KeptRuns()
    back: Back | None = None
    asked: int = 0

    @property
    def threshold(self) -> float:
        """The output's border between two classes."""
        return border(self.low)
