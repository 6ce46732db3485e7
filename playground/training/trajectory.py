"""The trajectory of a run: where its network was after its epochs, thinned as it grows, in bounded memory.

It is no part of what a file keeps: the trajectory of a run that was opened begins where it stands.  Where it
was before, its waypoints tell (see `trail`).
"""

from __future__ import annotations

from collections.abc import Mapping

from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.record import record

MOST_POINTS = 256
MOST_BYTES = 1 << 24
"""Of all points together."""


@record(eq=False)
class TrajectoryPoint:
    """Where the network was after so many epochs; nobody changes it.

    Attributes:
        parameters: (p,) all of them.
        state: the running averages by layer id and name.
    """

    epoch: float
    parameters: Array
    state: Mapping[tuple[str, str], Array]

    @classmethod
    def of(cls, epoch: int, network: Network) -> TrajectoryPoint:
        """A copy of where it is."""
        state = {name: values.copy() for name, values in network.state.items()}
        return cls(epoch, network.parameters.copy(), state)

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self.parameters.nbytes + sum(values.nbytes for values in self.state.values())


class Trajectory:
    """The points, the oldest first: the first of all, and those after epochs that are multiples of a stride.

    Other weights than before, as of a layer that came, begin another trajectory.
    """

    def __init__(self, epoch: int, network: Network) -> None:
        """Begin where a network is after so many epochs."""
        self._network = network
        self._begin(epoch)

    def _begin(self, epoch: int) -> None:
        self.stride = 1
        self._points: list[TrajectoryPoint] = []
        self.note(epoch)

    def points(self) -> tuple[TrajectoryPoint, ...]:
        """All of them; none of a network so large that not even two fit."""
        return tuple(self._points)

    def follow(self, epoch: int, network: Network) -> None:
        """Follow another network from this epoch on; one of other weights begins another trajectory."""
        before, self._network = self._network, network
        if network.shapes != before.shapes:
            self._begin(epoch)

    def wants(self, epoch: int) -> bool:
        """Whether it is one of those that are kept."""
        return epoch % self.stride == 0 or not self._points

    def note(self, epoch: int) -> None:
        """Remember where the network is after this epoch, if it is one of those that are kept."""
        if not self.wants(epoch):
            return
        while self._points and self._points[-1].epoch >= epoch:
            self._points.pop()
        point = TrajectoryPoint.of(epoch, self._network)
        most = min(MOST_POINTS, MOST_BYTES // max(point.size, 1))
        if most < 2:
            return
        self._points.append(point)
        if len(self._points) > most:
            self.stride *= 2
            first, *others = self._points
            self._points = [first, *(each for each in others if each.epoch % self.stride == 0)]
