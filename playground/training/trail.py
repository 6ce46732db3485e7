"""The whole way of a run: where its waypoints were, before what its trajectory remembers.

A trajectory begins where a run was opened, or where a look back went on from; waypoints are in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from weakref import WeakKeyDictionary

from playground.engine.network import Network
from playground.training.kept_run import KeptRun, KeptRuns, Waypoint
from playground.training.run import Run
from playground.training.trainer import Trainer
from playground.training.trajectory import TrajectoryPoint

_known: WeakKeyDictionary[Waypoint, TrajectoryPoint] = WeakKeyDictionary()


def trail(run: Run, trainer: Trainer) -> tuple[TrajectoryPoint, ...]:
    """Where a run has been up to the moment that its trainer is at, the oldest first."""
    kept, past = run.learner.ledger.kept(), run.learner.past
    own, present = trainer.trajectory.points(), run.learner.present
    begins = own[0].epoch if own else trainer.progress
    if past is not None and past.run.number == kept.present and present is not None:
        whole = [point for point in present.trajectory.points() if point.epoch < begins]
        own = (*(point for point in whole if _fits(point, trainer.network)), *own)
        begins = own[0].epoch if own else begins
    if begins <= 0:
        return own
    seen = past.run if past is not None else kept.run(kept.present)
    passed = [] if seen is None else _passed(seen, kept, begins)
    points = (_point(waypoint, trainer.network) for waypoint in passed)
    return (*(point for point in points if point is not None), *own)


def _passed(run: KeptRun, kept: KeptRuns, until: float) -> list[Waypoint]:
    """The waypoints before an epoch, of the run and of those that it went on from."""
    found: list[list[Waypoint]] = []
    for each, end in _descent(run, kept, until):
        found.insert(0, [waypoint for waypoint in each.waypoints if waypoint.epoch < end])
    return [waypoint for part in found for waypoint in part]


def _descent(run: KeptRun, kept: KeptRuns, until: float) -> Iterator[tuple[KeptRun, float]]:
    """The run, the one it went on from, and so on, with the epoch where each was left."""
    seen: set[int] = set()
    each: KeptRun | None = run
    while each is not None and each.number not in seen:
        seen.add(each.number)
        yield each, until
        if each.origin is None:
            return
        until = min(until, each.origin.epoch)
        each = kept.run(each.origin.number)


def _fits(point: TrajectoryPoint, network: Network) -> bool:
    return point.parameters.size == network.parameters.size


def _point(waypoint: Waypoint, network: Network) -> TrajectoryPoint | None:
    """A waypoint as a point of the trajectory of a network; None where it is of other weights."""
    known = _known.get(waypoint)
    if known is not None:
        return known if _fits(known, network) else None
    learnt = {name: values for name, values in waypoint.arrays.items() if "/" not in name}
    expected = dict(network.tensors()) | dict(network.state_tensors())
    if {name: values.shape for name, values in learnt.items()} != {
        name: values.shape for name, values in expected.items()
    }:
        return None
    parameters = network.parameters.copy()
    for name, piece in network.tensors(parameters):
        piece[...] = learnt[name]
    state = {(layer_id, name): learnt[f"{layer_id}.{name}"] for layer_id, name in network.state}
    point = _known[waypoint] = TrajectoryPoint(waypoint.epoch, parameters, state)
    return point
