"""Which machine trains: the compiled one where it knows every part and is the faster one, else NumPy's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from playground.engine.network import Network
from playground.experiment import Training
from playground.randomness import Streams
from playground.record import record
from playground.text import Text, say
from playground.training.lesson import Lesson
from playground.training.machine import Machine, NumpyMachine

Name = Literal["automatic", "numpy", "compiled"]


@record
class Choice:
    """What is wanted.

    Attributes:
        machine: the faster one, NumPy's, or the compiled one wherever it can.
        compiling: called before the faster one is compiled, which takes many seconds the first time; None
            where nobody would wait for that.
        waits: whether to wait until machine code is loaded; else NumPy trains where it is not yet.
    """

    machine: Name = "numpy"
    compiling: Callable[[], object] | None = None
    waits: bool = True

    def going_on(self, begun: str | None) -> Choice:
        """The same for a run that was begun by a machine, on which it stays where both will do."""
        if self.machine == "automatic" and begun is not None:
            return Choice("compiled" if begun == "compiled" else "numpy", waits=self.waits)
        return self

    def again(self, begun: str | None) -> Choice:
        """The same for what is to come to the same numbers: by the machine that it was begun by."""
        return replace(self, machine="automatic").going_on(begun)

    def made(self, network: Network, lesson: Lesson, training: Training, streams: Streams) -> Machine:
        """The machine on these; the others are not even loaded."""
        why = None if self.machine == "numpy" else self._why_not(network, lesson, training)
        if self.machine != "numpy" and why is None:
            from playground.training.compiled.building import is_ready
            from playground.training.compiled.machine import CompiledMachine

            if self.compiling is not None and not is_ready(network.dtype):
                self.compiling()
            return CompiledMachine.bind(network, lesson, training, streams)
        machine = NumpyMachine.bind(network, lesson, training, streams)
        machine.reason = why
        return machine

    def _why_not(self, network: Network, lesson: Lesson, training: Training) -> Text | None:
        """Why the compiled machine is not taken; None where it is."""
        from playground.training.compiled.building import is_at_hand, is_ready
        from playground.training.compiled.knowledge import why_not
        from playground.training.compiled.rule import is_faster

        batch = training.batch_sizes(len(lesson.inputs))[0]
        if (why := why_not(network, lesson, training)) is not None:
            return why
        if self.machine != "compiled" and not is_faster(network, batch):
            return say("machine.large", "NumPy is the faster machine for layers as large as these.")
        if not self.waits:
            return None if is_at_hand(network.dtype) else IN_THE_MAKING
        if self.machine == "compiled" or self.compiling is not None or is_ready(network.dtype):
            return None
        return say("machine.not_ready", "The compiled machine is not compiled yet.")


NUMPY = Choice()
WHERE_READY = Choice("automatic")
"""The faster machine, where nothing has to be compiled for it."""

IN_THE_MAKING = say(
    "machine.in_the_making", "The compiled machine is being made ready; NumPy trains meanwhile."
)
STAYS = say("machine.stays", "This run began with NumPy, and stays with it until it is started again.")
