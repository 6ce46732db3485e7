"""A network that a person puts to another place in the space of its weights."""

from __future__ import annotations

from dataclasses import dataclass

from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.text import Text, say
from playground.training.changes import Change

LEARNT, ELSEWHERE = say("moved.learnt", "as learnt"), say("moved.elsewhere", "at another place")


@dataclass(eq=False)
class MovedWeights:
    """All parameters at once.

    Attributes:
        parameters: (p,) where it is put.
        before: where it was, once it has been put elsewhere.
    """

    parameters: Array
    before: Array | None = None

    def put(self, network: Network) -> tuple[Change, ...]:
        """Put the network there, which can be taken back; one of other weights stays where it is."""
        if self.parameters.shape != network.parameters.shape:
            return ()
        self.before = network.parameters.copy()
        network.parameters[:] = self.parameters
        return _change(LEARNT, ELSEWHERE)

    def take_back(self, network: Network) -> tuple[Change, ...]:
        """Put it back to where it was."""
        if self.before is None or self.before.shape != network.parameters.shape:
            return ()
        network.parameters[:] = self.before
        return _change(ELSEWHERE, LEARNT)

    def remark(self, network: Network, alive: Array | None) -> Text | None:
        """What is to be said where some weights learn no more."""
        if alive is None or alive.all():
            return None
        return say(
            "moved.cut",
            "L1 has cut some weights, as TensorFlow Playground does: they stay where they were put.",
        )


def _change(was: Text, now: Text) -> tuple[Change, ...]:
    return (Change(what=str(say("moved.weights", "Weights")), was=str(was), now=str(now)),)
