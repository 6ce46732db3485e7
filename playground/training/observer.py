"""The observer: makes the snapshots that the window paints, of what it has on screen and no more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from playground.data import PreparedData, Split
from playground.engine.arrays import Array
from playground.engine.graph import INPUT
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.training.measures import Measures
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

POINTS_DRAWN = 2000
"""Samples a side that are drawn; more would hide each other."""

REST = 4.0
"""Maps (and measurements) pause for this many times as long as they took, so that training goes on."""


@dataclass(frozen=True)
class Progress:
    """What the session knows and the trainer does not."""

    run: int
    state: State
    goal: int
    steps_per_second: float
    message: str


class Observer:
    """Makes snapshots of one trainer."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self.view = View()
        self._data: PreparedData | None = None
        self._drawn = _drawn(trainer.data)
        self._grid: tuple[tuple[int, ...], Array] | None = None
        self._input_maps: Floats | None = None
        self._maps: dict[str, Floats] = {}
        self._output: Floats | None = None
        self._seen: tuple[object, ...] = ()
        self._measured: tuple[Measures, Measures] | None = None
        self._detailed = trainer.measures
        self._measure_budget = _Budget()
        self._map_budget = _Budget()

    def snapshot(self, progress: Progress) -> Snapshot:
        """A snapshot of this moment."""
        trainer = self._trainer
        if trainer.data is not self._data:
            self._see_data()
        running = progress.state is State.RUNNING
        train, test = self._see_measures(running)
        seen = (trainer.network, trainer.data, self.view)
        if not running or seen != self._seen or self._map_budget.allows():
            with self._map_budget:
                self._see_maps()
            self._seen = seen
        return Snapshot(
            run=progress.run,
            state=progress.state,
            experiment=trainer.experiment,
            epoch=trainer.epoch,
            step=trainer.step,
            progress=trainer.epoch + trainer.batch / trainer.steps_per_epoch,
            steps_per_epoch=trainer.steps_per_epoch,
            goal=progress.goal,
            train=train,
            test=test,
            validation=trainer.validation,
            penalty=trainer.penalty(),
            learning_rate=trainer.learning_rate,
            steps_per_second=progress.steps_per_second,
            parameters=trainer.network.parameters.size,
            layers=self._layers(),
            input_maps=self._input_maps,
            output=self._output,
            low=trainer.low,
            focus=self.view.focus,
            data=self._drawn,
            history=trainer.history.columns(),
            message=progress.message,
        )

    def _see_measures(self, running: bool) -> tuple[Measures, Measures]:
        """How well it does on both sides of the split: as it is now, and in detail, when there is time."""
        trainer = self._trainer
        outdated = trainer.step != trainer.measured_step or trainer.measures is not self._measured
        if outdated and (not running or self._measure_budget.allows()):
            with self._measure_budget:
                if trainer.step != trainer.measured_step:
                    trainer.record()
                self._measured, self._detailed = trainer.measures, trainer.evaluate(detailed=True)
        return self._detailed if self._measured is trainer.measures else trainer.measures

    def _see_data(self) -> None:
        self._data = self._trainer.data
        self._drawn = _drawn(self._data)
        self._grid = None

    def _inputs_of_grid(self) -> Array:
        """The network's inputs at the places that the maps show, (places, inputs)."""
        view, data = self.view, self._trainer.data
        drawn = (view.resolution, view.tile_stride, view.max_tiles)
        if self._grid is None or self._grid[0] != drawn:
            low, high = data.domain
            axis = np.linspace(low, high, view.resolution)
            if len(data.names) == 1:
                places = axis.reshape(-1, 1)
            else:
                places = np.stack(np.meshgrid(axis, axis), axis=-1).reshape(-1, 2)
            inputs = data.transform(places).astype(self._trainer.network.dtype)
            self._grid = (drawn, inputs)
            self._input_maps = self._tiles(inputs.T, 0)
        return self._grid[1]

    def _see_maps(self) -> None:
        if len(self._trainer.data.names) > 2:
            return
        network, view = self._trainer.network, self.view
        inputs = self._inputs_of_grid()
        values = network.activations(inputs)
        self._maps = {
            layer_id: self._tiles(units, view.first_units.get(layer_id, 0))
            for layer_id, units in values.items()
        }
        shown = values[self._trainer.experiment.network.layers[-1].id]
        if view.focus is not None:
            layer_id, unit = view.focus
            layer = inputs.T if layer_id == INPUT else values.get(layer_id)
            if layer is not None and unit < len(layer):
                shown = layer[unit : unit + 1]
        self._output = self._square(shown).astype(np.float32)

    def _square(self, values: Array) -> Array:
        """Values (units, places) as (units, r, r) on a plane."""
        resolution = self.view.resolution
        plane = len(self._trainer.data.names) == 2
        return values.reshape(len(values), resolution, resolution) if plane else values

    def _tiles(self, values: Array, first: int) -> Floats:
        view = self.view
        visible = tile_values(self._square(values[first : first + view.max_tiles]), view.tile_stride)
        return visible.astype(np.float32)  # a copy, always: the values are overwritten by the next run

    def _layers(self) -> Mapping[str, LayerSnapshot]:
        network = self._trainer.network
        norms = self._trainer.gradient_norms()
        layers = {}
        for node in network.graph.nodes:
            layer_id = node.layer.id
            maps = self._maps.get(layer_id)
            flat = None if maps is None else maps.reshape(len(maps), -1)
            weights, bias = _strongest(network, layer_id)
            weight_gradients, bias_gradients = _strongest(network, layer_id, network.gradients)
            weight_updates, bias_updates = _strongest(network, layer_id, self._trainer.last_update)
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
                maps=maps,
                mean=None if flat is None else flat.mean(axis=1),
                active=None if flat is None else (flat > 0).mean(axis=1, dtype=np.float32),
            )
        return layers


def _strongest(
    network: Network, layer_id: str, vector: Array | None = None
) -> tuple[Array, Array] | tuple[None, None]:
    """A copy of a layer's weights (units, inputs) and biases, or of what another vector has in their places.

    Where neurons are made of several pieces, the largest of each weight's pieces stands for all.
    """
    edges, shown = network.edges(layer_id), network.edges(layer_id, vector)
    if edges is None or shown is None:
        return None, None
    if len(edges.weights) == 1:
        return shown.weights[0].copy(), shown.bias[0].copy()
    pairs = ((edges.weights, shown.weights), (edges.bias, shown.bias))
    weights, bias = (
        np.take_along_axis(values, np.abs(by).argmax(axis=0)[np.newaxis], axis=0)[0] for by, values in pairs
    )
    return weights, bias


def blocked_snapshot(experiment: Experiment, progress: Progress) -> Snapshot:
    """A snapshot of an experiment that cannot train, and never could: there is nothing to see yet."""
    nothing, none = Measures(math.nan, {}), np.empty(0)
    no_samples = np.empty((0, experiment.data.dataset.dimension))
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
        data=DataSnapshot(no_samples, none, no_samples, none),
        history={},
        message=progress.message,
    )


def _drawn(data: PreparedData) -> DataSnapshot:
    return DataSnapshot(
        train_coordinates=data.train.coordinates[:POINTS_DRAWN],
        train_targets=_shown_labels(data, data.train),
        test_coordinates=data.test.coordinates[:POINTS_DRAWN],
        test_targets=_shown_labels(data, data.test),
    )


def _shown_labels(data: PreparedData, side: Split) -> NDArray[np.generic]:
    """What is drawn of a sample: its label, or for one input the height that the curve should have there."""
    learnt = side.targets if len(data.names) == 1 else side.labels
    return learnt.reshape(len(learnt), -1)[:POINTS_DRAWN, 0]


class _Budget:
    """Keeps costly work to a share of the time: it is allowed again after a rest in proportion."""

    def __init__(self) -> None:
        self._next = 0.0

    def allows(self) -> bool:
        return perf_counter() >= self._next

    def __enter__(self) -> None:
        self._start = perf_counter()

    def __exit__(self, *_: object) -> None:
        now = perf_counter()
        self._next = now + REST * (now - self._start)
