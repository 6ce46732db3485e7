"""What the tab asks of the training thread: where the network is, and where it has been."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.analysis.inspections.landscape.lines import WeightsAt
from playground.analysis.inspections.landscape.route import Route, SeenTrajectory
from playground.text import Text
from playground.training.moment import Moment
from playground.training.run import Run
from playground.training.trail import trail
from playground.training.trajectory import TrajectoryPoint


@dataclass(frozen=True, eq=False)
class Sight:
    """A run at one moment.

    Attributes:
        moment: what it had learnt; None where it cannot train, which is the `problem`.
        trajectory: where it has been.
        progress: epochs done.
    """

    moment: Moment | None
    trajectory: tuple[TrajectoryPoint, ...] = ()
    progress: float = 0.0
    problem: Text | None = None

    @classmethod
    def of(cls, run: Run) -> Sight:
        """What it is now."""
        trainer = run.learner.learning
        if trainer is None:
            return cls(None, problem=run.learner.problem)
        return cls(Moment.of(trainer), trail(run, trainer), trainer.progress)


def seen_by(route: Route) -> Callable[[Run], SeenTrajectory | None]:
    """Asks where a run is on the plane of a route."""

    def answer(run: Run) -> SeenTrajectory | None:
        trainer = run.learner.learning
        return None if trainer is None else route.seen(trail(run, trainer), trainer.network.parameters)

    return answer


def weights_at(run: Run) -> WeightsAt | None:
    """Where a run is now."""
    trainer = run.learner.learning
    if trainer is None:
        return None
    state = {name: values.copy() for name, values in trainer.network.state.items()}
    return WeightsAt(trainer.network.parameters.copy(), state)
