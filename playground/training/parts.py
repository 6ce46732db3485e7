"""What a run is made of, and what every edit makes anew: one table, from which all edits follow.

A part is made from pieces of the experiment and from other parts.  When another experiment comes, the pieces
are compared; a part whose pieces or parts are new is made anew, in the order of the table, and takes back
from the one before whatever fits, save what is said to start afresh on just that change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from playground.data.prepared import PreparedData
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.randomness import Streams
from playground.record import record
from playground.text import Text, say
from playground.training.changes import batching, judged
from playground.training.choosing import NUMPY, Choice
from playground.training.learnt import Learnt, Parked
from playground.training.lesson import Lesson
from playground.training.machine import CARRIED, Machine
from playground.training.measures import Sides
from playground.training.memory import Memory
from playground.training.pace import NAME as SCHEDULE
from playground.training.pace import Pace
from playground.training.update import Update
from playground.training.watch import BEST, Watch

PIECES: Mapping[str, Callable[[Experiment], object]] = {
    "chance": lambda e: (e.randomness, e.weights_draw),
    "data": lambda e: e.data.unvaried,
    "augmentations": lambda e: e.data.augmentations,
    "input shape": lambda e: e.data.input_shape,
    "architecture": lambda e: e.network,
    "precision": lambda e: e.precision,
    "loss": lambda e: e.training.loss,
    "optimizer": lambda e: e.training.optimizer,
    "kind of optimizer": lambda e: type(e.training.optimizer),
    "regularizer": lambda e: e.training.regularizer,
    "kind of regularizer": lambda e: type(e.training.regularizer),
    "clipping": lambda e: e.training.clipping,
    "schedule": lambda e: e.training.schedule,
    "stopping": lambda e: e.training.stopping,
    "batches": batching,
    "judgement": judged,
}
"""The pieces of an experiment, each of which is new when what is found there has become another."""


CHOICE = "choice"
"""The piece that is new when another machine is wanted, which is none of an experiment."""


def new_pieces(before: Experiment, after: Experiment) -> frozenset[str]:
    """The names of the pieces in which two experiments differ."""
    return frozenset(name for name, piece in PIECES.items() if piece(before) != piece(after))


@record
class Rule:
    """A row of the table.

    Attributes:
        make: makes it anew.
        pieces, parts: what it is made from.
        carry: what it then takes back, of the parts before and of the one before among them; None where it
            remembers nothing.
        afresh: by piece or part that is new, the names in its memory that are not carried over.
    """

    name: str
    make: Callable[[Parts], Any]
    pieces: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    carry: Callable[[Parts, Parts, Any], Memory] | None = None
    afresh: Mapping[str, Callable[[Any], tuple[str, ...]]] = field(default_factory=dict)

    def is_new(self, new: frozenset[str]) -> bool:
        """Whether it has to be made anew when these pieces and parts are new."""
        return bool(new & (self.pieces | self.parts))

    def forgotten(self, before: Any, new: frozenset[str]) -> set[str]:
        """What of the memory of the one before is not carried over."""
        return {name for cause in new & set(self.afresh) for name in self.afresh[cause](before)}


class Parts:
    """The parts of one run.

    Attributes:
        streams: the chance of training.
        choice: which machine is wanted.
        remark: a sentence on what was kept when they were made, if anything was.
    """

    data: PreparedData
    network: Network
    learnt: Learnt
    sides: Sides
    update: Update
    pace: Pace
    watch: Watch
    machine: Machine

    def __init__(
        self,
        experiment: Experiment,
        streams: Streams,
        parked: Parked | None = None,
        drawn: PreparedData | None = None,
        choice: Choice = NUMPY,
    ) -> None:
        """None of them is made yet.

        Args:
            experiment: what is learnt.
            streams: the chance of training.
            parked: what is known of layers that are gone.
            drawn: the data, where they are known; the first weights are then not those of the experiment.
            choice: which machine is wanted.
        """
        self.experiment, self.streams, self.choice = experiment, streams, choice
        self.parked = parked or Parked()
        self.remark: Text | None = None
        self._fresh = experiment.randomness.streams()
        self._drawn, self._has_drawn = drawn, False
        self._recalled: Memory | None = None

    def make(self, new: frozenset[str], before: Parts | None = None) -> None:
        """Make anew, in order, what the new pieces change; take over the others, and what still fits.

        Raises:
            LayerProblem, InvalidValue: when a part cannot be.
        """
        for part in TABLE:
            if before is not None and not part.is_new(new):
                setattr(self, part.name, getattr(before, part.name))
                continue
            made = part.make(self)
            setattr(self, part.name, made)
            new |= {part.name}
            if before is not None and part.carry is not None:
                old = getattr(before, part.name)
                made.restore(part.carry(self, before, old).without(part.forgotten(old, new)))
        self.machine.use(self.update, self.pace)
        if before is not None and "network" in new:
            self.machine.begun = False
        elif "data" in new and before is not None:
            self.remark = say(
                "kept.on_new_data", "Kept all weights; the same network now learns the new data."
            )

    def recall(self, before: Parts) -> Memory:
        """What is known of the layers of the network as they are now, those of the one before included."""
        if self.network is before.network:
            return Memory()
        if self._recalled is None:
            gradient = before.machine.state().without({CARRIED})
            remembered = Memory.of_all(before.learnt.state(), before.update.state(), gradient)
            self.parked.park(before.network, remembered)
            self._recalled, self.remark = self.parked.recall(self.network)
        return self._recalled

    def draw(self) -> PreparedData:
        """The data of the experiment, from its first random numbers."""
        self._has_drawn = True
        if self._drawn is not None:
            return self._drawn
        return self.experiment.data.prepare(self._fresh.data)

    def initial_network(self) -> Network:
        """The network with its first weights, which are drawn behind the data where both have one source."""
        experiment, init = self.experiment, self._fresh.init
        if init is self._fresh.data and not self._has_drawn:
            self.draw()
        network = Network(experiment.network, experiment.data.input_shape, experiment.precision, self.streams)
        for _ in range(experiment.weights_draw + 1):
            network.initialize(init)
        return network

    def memory(self) -> Memory:
        """A copy of all that changes."""
        return Memory.of_all(*(part.state() for part in self._that_remember()))

    def restore(self, memory: Memory) -> None:
        """Take it back."""
        for part in self._that_remember():
            part.restore(memory)

    def _that_remember(self) -> list[Any]:
        return [getattr(self, part.name) for part in TABLE if part.carry is not None]


def _own(parts: Parts, before: Parts, old: Any) -> Memory:
    """All that the one before remembers."""
    memory: Memory = old.state()
    return memory


def _of_layers(parts: Parts, before: Parts, old: Any) -> Memory:
    """All that the one before remembers; for another network, what is known of each layer as it is now."""
    recalled, memory = parts.recall(before), _own(parts, before, old)
    return memory if parts.network is before.network else Memory(memory.numbers, recalled.arrays)


def _machine(parts: Parts) -> Machine:
    experiment, streams = parts.experiment, parts.streams
    lesson = Lesson.of(parts.data, parts.sides, experiment, streams.augment)
    return parts.choice.made(parts.network, lesson, experiment.training, streams)


def _all(*names: str) -> Callable[[Any], tuple[str, ...]]:
    return lambda _: names


EPOCH = _all("batch", "streams", CARRIED)
"""The epoch under way: it begins again, with the next random numbers."""

TABLE = (
    Rule("data", Parts.draw, pieces=frozenset({"data"})),
    Rule(
        "network",
        Parts.initial_network,
        pieces=frozenset({"architecture", "precision", "input shape"}),
    ),
    Rule("learnt", lambda parts: Learnt(parts.network), parts=frozenset({"network"}), carry=_of_layers),
    Rule(
        "sides",
        lambda parts: Sides.of(parts.data, parts.experiment),
        pieces=frozenset({"loss"}),
        parts=frozenset({"data", "network"}),
    ),
    Rule(
        "update",
        lambda parts: Update(parts.network, parts.experiment.training),
        pieces=frozenset({"optimizer", "regularizer", "clipping"}),
        parts=frozenset({"network"}),
        carry=_of_layers,
        afresh={
            "kind of optimizer": lambda update: update.of_optimizer,
            "kind of regularizer": lambda update: update.of_regularizer,
        },
    ),
    Rule(
        "pace",
        lambda parts: Pace(
            parts.experiment.training.schedule, parts.experiment.training.optimizer.learning_rate
        ),
        pieces=frozenset({"schedule", "optimizer", "judgement"}),
        parts=frozenset({"data"}),
        carry=_own,
        afresh={"schedule": _all(SCHEDULE), "judgement": _all(SCHEDULE), "data": _all(SCHEDULE)},
    ),
    Rule(
        "watch",
        lambda parts: Watch(parts.experiment.training.stopping, parts.learnt),
        pieces=frozenset({"stopping", "judgement"}),
        parts=frozenset({"data", "learnt"}),
        carry=_own,
        afresh={"judgement": _all(BEST), "data": _all(BEST)},
    ),
    Rule(
        "machine",
        _machine,
        pieces=frozenset({"batches", "augmentations", CHOICE}),
        parts=frozenset({"sides"}),
        carry=_of_layers,
        afresh={"batches": EPOCH, "augmentations": EPOCH, "sides": EPOCH},
    ),
)
"""The parts in the order in which they are made."""
