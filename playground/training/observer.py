"""The observer: makes the snapshots that the window paints, of what it has on screen and no more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from playground.data import PreparedData, Split, spaces
from playground.data.graphs.over_graph import GraphFrame
from playground.data.graphs.sample_graph import sample_graph
from playground.data.sample import first_values
from playground.data.spaces import Frame, Space
from playground.engine.arrays import Array
from playground.engine.graph import INPUT, Node
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.record import record
from playground.text import Text
from playground.training.activity import mean_activity
from playground.training.budget import Budget
from playground.training.codes import CodeObserver
from playground.training.continuing import LiveContinuation
from playground.training.distributions import Distributions, DistributionsObserver
from playground.training.inside import LookInside, looks_inside, states_of
from playground.training.kept_run import KeptRuns
from playground.training.looking_back import Back
from playground.training.measures import Measures
from playground.training.nodes_seen import NodesSeen, seen_of_nodes
from playground.training.shown_weights import ShownWeights
from playground.training.snapshot import (
    DataSnapshot,
    Floats,
    LayerSnapshot,
    Snapshot,
    State,
    View,
    tile_values,
)
from playground.training.trainer import Trainer
from playground.training.vitals import VitalsObserver

POINTS_DRAWN = 2000
"""Samples a side that are drawn; more would hide each other."""

MOST_SHOWN = 1 << 15
"""Numbers of a block that is shown whole."""


@record
class Progress:
    """What the session knows and the trainer does not."""

    run: int
    state: State
    goal: int
    steps_per_second: float
    message: Text | None
    kept: KeptRuns = KeptRuns()
    back: Back | None = None
    asked: int = 0


@record(eq=False)
class _Pictures:
    """What the network makes of the space that is looked at, or of the chosen sample; nothing at first.

    Attributes:
        maps: of the visible neurons of each layer, by its id.
        of_sample: what layers show besides, of the chosen sample, by layer id.
        output, answer, continued: see `Snapshot`, as `of_nodes` and `nodes`, which a graph alone has.
        activity: how active each value of a layer is that charges for that, by layer id.
    """

    maps: Mapping[str, Floats] = field(default_factory=dict)
    of_sample: Mapping[str, LookInside] = field(default_factory=dict)
    output: Floats | None = None
    answer: Floats | None = None
    continued: Floats | None = None
    of_nodes: Floats | None = None
    nodes: NodesSeen | None = None
    activity: Mapping[str, Floats] = field(default_factory=dict)


class Observer:
    """Makes snapshots of one trainer, of what `view` says."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.view = View()
        self._frame: Frame | None = None
        self._framed: tuple[object, ...] = ()
        self._inputs = self._given = np.empty((0, 0), trainer.network.dtype)
        self._input_maps: Floats | None = None
        self._weights = ShownWeights()
        self._pictures = _Pictures()
        self._continuation = LiveContinuation()
        self._seen: tuple[object, ...] = ()
        self._codes = CodeObserver(trainer)
        self._vitals = VitalsObserver(trainer)
        self._distributions = DistributionsObserver(trainer)
        self._measure_budget = Budget()
        self._map_budget = Budget()

    def snapshot(self, progress: Progress) -> Snapshot:
        """A snapshot of this moment."""
        trainer = self.trainer
        frame = self._see_frame()
        running = progress.state is State.RUNNING
        self._map_budget.share = self.view.share
        train, test = self.see_measures(running)
        seen = (trainer.network, trainer.data, self.view)
        if not self.view.maps:
            if seen[:2] != self._seen[:2]:  # the last ones would not fit
                self._pictures = _Pictures()
        elif not running or seen != self._seen or self._map_budget.allows():
            with self._map_budget:
                self._pictures = self._see_maps(frame, running)
            self._seen = seen
        pictures = self._pictures
        return Snapshot(
            run=progress.run,
            state=progress.state,
            experiment=trainer.experiment,
            epoch=trainer.epoch,
            step=trainer.step,
            progress=trainer.progress,
            steps_per_epoch=trainer.steps_per_epoch,
            goal=progress.goal,
            train=train,
            test=test,
            validation=trainer.recorder.validation,
            penalty=trainer.update.penalty(),
            learning_rate=trainer.machine.rate,
            steps_per_second=progress.steps_per_second,
            parameters=trainer.network.parameters.size,
            layers=self._layers(),
            input_maps=self._input_maps,
            output=pictures.output,
            answer=pictures.answer,
            continued=pictures.continued,
            of_nodes=pictures.of_nodes,
            nodes=pictures.nodes,
            low=trainer.sides.low,
            focus=self.view.focus,
            data=self._drawn,
            codes=self._codes.see(self.view.code, running),
            history=trainer.recorder.history.seen(),
            marks=trainer.recorder.marks.all(),
            message=progress.message,
            kept=progress.kept,
            back=progress.back,
            asked=progress.asked,
            machine=trainer.machine.title,
            holds_lock=trainer.machine.holds_lock,
            machine_note=trainer.machine.reason,
            distributions=self._spread(running),
            vitals=self._vitals.see(running, self.view.share) if self.view.vitals else None,
        )

    def see_measures(self, running: bool) -> tuple[Measures, Measures]:
        """How well it does on both sides of the split: as it is now, when there is time for that."""
        self._measure_budget.share = self.view.share
        trainer, recorder = self.trainer, self.trainer.recorder
        detailed = self.view.details or not running
        outdated = trainer.step != recorder.measured_step or (detailed and recorder.detailed is None)
        if outdated and (not running or self._measure_budget.allows()):
            with self._measure_budget:
                trainer.record(detailed)
        return recorder.detailed or recorder.measures

    def _spread(self, running: bool) -> Distributions | None:
        """Histograms, as long as they are looked at."""
        return self._distributions.see(running, self.view.share) if self.view.distributions else None

    def _see_frame(self) -> Frame:
        """The space of the maps, with the network's inputs and the samples in it; made once a change."""
        trainer, view = self.trainer, self.view
        framed = (trainer.data, view.space, view.resolution, view.tile_stride, view.max_tiles)
        if self._frame is None or framed != self._framed:
            data, space = trainer.data, view.space
            if space is None or not space.fits(data.dataset):
                space = spaces.usual(data.dataset)
            frame = self._frame = space.frame(data, view.resolution)
            self._inputs = data.transform(frame.places).astype(trainer.network.dtype)
            self._drawn = _drawn(data, space, frame)
            self._given = frame.arrange(self._inputs.T, trainer.network.graph.input_shape)
            self._input_maps = self._tiles(self._given, 0)
            self._framed = framed  # last: a fault on the way must not leave the old data for the new
        return self._frame

    def _see_maps(self, frame: Frame, running: bool) -> _Pictures:
        network, view = self.trainer.network, self.view
        links = frame.nodes.graph if isinstance(frame, GraphFrame) else None
        plan = network.plan(len(self._inputs), links=links)
        plan.run(self._inputs)
        values = plan.values
        of_sample = {} if frame.sample is None else looks_inside(network, plan)
        sizes = {node.layer.id: node.shape for node in network.graph.nodes}
        maps = {
            layer_id: self._tiles(frame.arrange(units, sizes[layer_id]), view.first_units.get(layer_id, 0))
            for layer_id, units in values.items()
        }
        last = network.graph.nodes[-1].layer.id
        answers = self.trainer.data.unscaled(values[last].T).T
        shown, answer = frame.arrange(answers, sizes[last]), frame.answer(answers)
        of_nodes = answers
        if view.focus is not None:
            layer_id, tile = view.focus
            pictures = self._given if layer_id == INPUT else None
            if layer_id in values:
                pictures = frame.arrange(values[layer_id], sizes[layer_id])
            if layer_id in of_sample and (states := states_of(of_sample[layer_id].seen)) is not None:
                pictures = states[-1].reshape(-1, 1, 1)
            if pictures is not None and tile < len(pictures):
                shown = pictures[tile : tile + 1]
                of_nodes = (self._inputs.T if layer_id == INPUT else values[layer_id])[tile : tile + 1]
        reads = links is not None and network.graph.reads_graph
        return _Pictures(
            maps,
            of_sample,
            output=shown.astype(np.float32),
            answer=None if answer is None else answer.astype(np.float32),
            nodes=seen_of_nodes(network, plan, view.focus) if reads else None,
            of_nodes=of_nodes.astype(np.float32) if isinstance(frame, GraphFrame) else None,
            continued=self._go_on(frame, running),
            activity=mean_activity(network, self.trainer.sides.train),
        )

    def _go_on(self, frame: Frame, running: bool) -> Floats | None:
        data = self.trainer.data
        if frame.sample is None or not data.dataset.continues or data.task != data.dataset.task:
            return None
        network, warmth = self.trainer.network, self.view.temperature
        found = self._continuation.seen(network, data, frame.sample.raw, warmth, running)
        return found.astype(np.float32)

    def _tiles(self, pictures: Array, first: int) -> Floats:
        view, data = self.view, self._drawn
        visible = pictures[first : first + view.max_tiles]
        if data.axes:  # what one sample makes of itself is small, and shown whole
            visible = tile_values(visible, view.tile_stride)
        return visible.astype(np.float32)  # a copy, always: the values are overwritten by the next run

    def _layers(self) -> Mapping[str, LayerSnapshot]:
        network, pictures = self.trainer.network, self._pictures
        norms = self.trainer.recorder.gradient_norms()
        layers = {}
        for node in network.graph.nodes:
            layer_id = node.layer.id
            maps = pictures.maps.get(layer_id)
            inside = pictures.of_sample.get(layer_id)
            flat = None if maps is None or not len(maps) else maps.reshape(len(maps), -1)  # all scrolled away
            (weights, bias), (weight_gradients, bias_gradients), (weight_updates, bias_updates) = (
                self._weights.of(network, self.trainer.update.moved, layer_id)
            )
            layers[layer_id] = LayerSnapshot(
                units=node.units,
                first_unit=self.view.first_units.get(layer_id, 0),
                weights=weights,
                bias=bias,
                weight_gradients=weight_gradients,
                bias_gradients=bias_gradients,
                weight_updates=weight_updates,
                bias_updates=bias_updates,
                gradient_norm=norms.get(layer_id, 0.0),
                blocks=_small_blocks(network, node),
                maps=maps,
                mean=None if flat is None else flat.mean(axis=1),
                active=None if flat is None else np.add.reduce(flat > 0, 1, np.float32) / flat.shape[1],
                seen={} if inside is None else inside.seen,
                given=None if inside is None else inside.given,
                activity=pictures.activity.get(layer_id),
            )
        return layers


def _small_blocks(network: Network, node: Node) -> dict[str, Array]:
    """Copies of a layer's blocks and state that its weights do not tell already, and that are small."""
    edges = network.edges(node.layer.id)
    if edges is not None and len(edges.weights) == 1:
        return {}
    state = {name: values for (layer_id, name), values in network.state.items() if layer_id == node.layer.id}
    known = {**network.blocks(node), **state}
    return {name: block.copy() for name, block in known.items() if block.size <= MOST_SHOWN}


def blocked_snapshot(experiment: Experiment, progress: Progress) -> Snapshot:
    """A snapshot of an experiment that never could train, or has no data: there is nothing to see yet."""
    nothing, none, nowhere = Measures(math.nan, {}), np.empty(0), np.empty((0, 0))
    return Snapshot(
        run=progress.run,
        state=progress.state,
        experiment=experiment,
        epoch=0,
        step=0,
        progress=0.0,
        steps_per_epoch=1,
        goal=experiment.training.epochs,
        train=nothing,
        test=nothing,
        penalty=0.0,
        learning_rate=experiment.training.optimizer.learning_rate,
        steps_per_second=0.0,
        parameters=0,
        layers={},
        input_maps=None,
        output=None,
        low=-1.0,
        focus=None,
        data=DataSnapshot(nowhere, none, nowhere, none, spaces.usual(experiment.data.dataset)),
        history={},
        message=progress.message,
        kept=progress.kept,
        asked=progress.asked,
    )


def _drawn(data: PreparedData, space: Space, frame: Frame) -> DataSnapshot:
    columns, shape = range(len(data.columns)), data.dataset.shape
    return DataSnapshot(
        train_places=frame.of_side(data.train, POINTS_DRAWN),
        train_targets=_shown_labels(data.train, frame),
        test_places=frame.of_side(data.test, POINTS_DRAWN),
        test_targets=_shown_labels(data.test, frame),
        space=space,
        axes=frame.axes,
        chosen=frame.sample,
        columns=data.columns,
        middles=tuple(spaces.middle(data, column) for column in columns) if len(columns) > 2 else (),
        sizes=(len(data.train.raw), len(data.test.raw)),
        graph=frame.drawn if isinstance(frame, GraphFrame) else None,
        sample_graph=sample_graph(frame.sample.raw, shape) if frame.sample and shape.is_graph else None,
    )


def _shown_labels(side: Split, frame: Frame) -> NDArray[np.generic]:
    """What is drawn of a sample: its label, or on a line the height that the curve should have there."""
    learnt = side.truth if len(frame.axes) == 1 else side.labels
    return first_values(learnt[:POINTS_DRAWN])
