"""The machine: how steps are done, one update after another over the batches of an epoch.

The NumPy machine is the reference and is always there.  When a number becomes infinite or undefined a machine
goes back to the last finite step and says where the trouble began.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.edits import label
from playground.engine.graph import Architecture
from playground.engine.losses.asked import some_missing
from playground.engine.network import Network, Plan
from playground.experiment import Training
from playground.randomness import Streams
from playground.record import record
from playground.text import Text, say
from playground.training.batches import Batches
from playground.training.blas import limit_threads
from playground.training.epochs import DoneEpochs
from playground.training.evaluator import Evaluator
from playground.training.learnt import Learnt
from playground.training.lesson import Lesson
from playground.training.measures import Sides
from playground.training.memory import Memory, Vector
from playground.training.pace import Pace
from playground.training.update import Update

Seen = Callable[[DoneEpochs], object]

GRADIENT, CARRIED = "gradient", "carried"


@record
class Divergence:
    """Where the first non-finite number arose: the layer's id ("" for the loss) and the step, from 1."""

    layer_id: str
    step: int

    def sentence(self, network: Architecture) -> Text:
        """What happened in this network, for people."""
        loss = say("divergence.loss", "the loss")
        return say(
            "divergence.where",
            "Training diverged: the first number that is not finite arose in {where} at step {step}. "
            "The weights are the last finite ones; a smaller learning rate may help.",
            where=label(network, network.index(self.layer_id)) if self.layer_id else loss,
            step=self.step,
        )


class Machine(ABC):
    """A network, its training samples in batches, and an update, bound together.

    Attributes:
        step, batch: updates done, and batches done of the epoch under way.
        per_epoch: updates an epoch; 0 where a short batch is carried over and all samples are fewer.
        begun: whether a step was done, so that there is a gradient to speak of.
        reason: why it is this machine, where another was wanted or there is something to be said of it.
    """

    reason: Text | None = None

    name: ClassVar[str]
    """How a file calls it."""
    title: ClassVar[Text]
    """What people call it."""
    holds_lock: ClassVar[bool] = True
    """Whether its steps keep other threads from running Python."""

    slots: ClassVar[tuple[str, ...]] = (GRADIENT, CARRIED)
    """The names under which it remembers something of every parameter."""

    step: int
    batch: int
    per_epoch: int
    begun: bool

    @classmethod
    @abstractmethod
    def bind(cls, network: Network, lesson: Lesson, training: Training, streams: Streams) -> Machine:
        """A machine on these, at step 0; `use` says with which update and at which pace."""

    @abstractmethod
    def use(self, update: Update, pace: Pace) -> None:
        """Move the parameters in this way from the next step on."""

    @abstractmethod
    def evaluator(self, classes: int, threshold: float) -> Evaluator:
        """What measures the network by the same means (see `Evaluator`)."""

    @abstractmethod
    def advance(self, count: int) -> tuple[int, Divergence | None]:
        """Train up to that many steps of this epoch; returns how many were done."""

    def do_epochs(self, count: int, evaluator: Evaluator, sides: Sides, seen: Seen) -> int:
        """Train up to so many epochs in one go, let them be `seen`, and return how many they were.

        From the beginning of an epoch.  0 where it does them one by one alone; then nothing was done.
        """
        return 0

    @abstractmethod
    def end_epoch(self) -> Divergence | None:
        """Begin the next epoch."""

    @abstractmethod
    def state(self) -> Memory:
        """Step, batch, random streams, and the last gradient."""

    @abstractmethod
    def restore(self, memory: Memory) -> None:
        """Take back what is known; in the middle of an epoch its order and samples are drawn again."""

    @property
    @abstractmethod
    def rate(self) -> float:
        """The learning rate of the next step."""

    @property
    def epoch_is_done(self) -> bool:
        """Whether all batches of the epoch were taken."""
        return self.batch == self.per_epoch


class NumpyMachine(Machine):
    """Steps in NumPy.

    Attributes:
        carried: the sum of a short last batch's gradients, to be added to the next update; None for none.
    """

    name: ClassVar[str] = "numpy"
    title: ClassVar[Text] = say("machine.numpy", "NumPy")

    def __init__(self, network: Network, lesson: Lesson, training: Training, streams: Streams) -> None:
        self.step, self.batch, self.begun = 0, 0, False
        self.carried: Array | None = None
        self._network, self._lesson, self._streams, self._loss = network, lesson, streams, training.loss
        self._learnt = Learnt(network)
        self._carries = training.last_batch == "carry"
        count = len(lesson.inputs)
        whole = lesson.links is not None
        shuffle = streams.shuffle if training.shuffle and not whole else None
        size = count if whole else training.batch_sizes(count)[0]
        self._batches = batches = Batches(count, size, shuffle)
        self.per_epoch = batches.whole + (1 if batches.rest and training.last_batch == "keep" else 0)
        largest = batches.size if batches.whole else batches.rest
        plan = partial(network.plan, loss=training.loss, gaps=some_missing(lesson.aims), links=lesson.links)
        self._plan = plan(largest)
        self._short_plan = plan(batches.rest) if batches.rest else self._plan
        limit_threads(network, largest)

    @classmethod
    def bind(cls, network: Network, lesson: Lesson, training: Training, streams: Streams) -> NumpyMachine:
        return cls(network, lesson, training, streams)

    def evaluator(self, classes: int, threshold: float) -> Evaluator:
        return Evaluator(self._network, self._loss, classes, threshold)

    def use(self, update: Update, pace: Pace) -> None:
        self._update, self._pace = update, pace

    @property
    def rate(self) -> float:
        return self._pace.rate(self.step, self.per_epoch)

    def state(self) -> Memory:
        streams: dict[str, Any] = self._streams.state()
        if self.batch:  # as they stood before the epoch under way
            before = {"shuffle": self._batches.state, "augment": self._lesson.state}
            streams |= {name: state for name, state in before.items() if state is not None}
        vectors = {GRADIENT: Vector(self._network.gradients.copy(), self._network)}
        if self.carried is not None:
            vectors[CARRIED] = Vector(self.carried.copy(), self._network)
        return Memory({"step": self.step, "batch": self.batch, "streams": streams}, vectors=vectors)

    def restore(self, memory: Memory) -> None:
        numbers, network = memory.numbers, self._network
        memory.fill(GRADIENT, network.gradients, network)
        self.carried = None
        if memory.has(CARRIED):
            self.carried = np.zeros_like(network.parameters)
            memory.fill(CARRIED, self.carried, network)
        if "streams" in numbers:
            self._streams.restore(numbers["streams"])
        self.step, self.batch = numbers.get("step", self.step), numbers.get("batch", 0)
        self.begun = self.step > 0
        if self.batch:
            self._begin_epoch()

    def ahead(self) -> NDArray[np.intp]:
        """Which samples the next step takes; those of an epoch that is yet to begin are drawn."""
        if self.batch == 0:
            self._begin_epoch()
        return self._batches.rows(self.batch)

    def _begin_epoch(self) -> None:
        self._batches.begin_epoch()
        self._lesson.begin_epoch()

    def advance(self, count: int) -> tuple[int, Divergence | None]:
        """Train up to that many steps of this epoch; returns how many were done.

        When a number becomes infinite or undefined, everything is put back to the last finite step.
        """
        if count < 1:
            return 0, None
        if (count := min(count, self.per_epoch - self.batch)) < 1:
            self._advance(0)  # an epoch without a batch draws its order as well
            return 0, None
        safe = self._remember()
        before = safe.vectors[""].values
        self.begun = True
        if count > 1:
            self._advance(count - 1)
            before = self._network.parameters.copy()
        self._advance(1)
        if not self._is_finite():
            return self._retreat(safe, count)
        self._update.note_move(before)
        return count, None

    def end_epoch(self) -> Divergence | None:
        """Begin the next epoch; a short last batch may have to be carried over."""
        divergence = self._carry() if self._carries and self._batches.rest and self.per_epoch else None
        self.batch = 0
        return divergence

    def _advance(self, count: int) -> None:
        """Do so many steps, of which the epoch has at least as many left."""
        if self.batch == 0:
            self._begin_epoch()
        inputs, targets, pace = self._lesson.inputs, self._lesson.aims, self._pace
        weights = self._lesson.weights
        rows_of, update, whole = self._batches.rows, self._update.apply, self._batches.whole
        rate_at, initial = pace.schedule.rate, pace.initial
        step, per_epoch, state = self.step, self.per_epoch, pace.memory
        first, end = self.batch, self.batch + count
        for batch in range(first, end):
            plan = self._plan if batch < whole else self._short_plan
            rows = rows_of(batch)
            inputs.take(rows, 0, plan.input, "clip")
            targets.take(rows, 0, plan.target, "clip")
            if weights is not None:
                weights.take(rows, 0, plan.weights, "clip")
            for operation in plan.operations:
                operation()
            if self.carried is not None:
                self._add_carried(self.carried)
            rate = rate_at(initial, step, per_epoch, state)
            step += 1
            update(rate)
        self.batch, self.step = end, step

    def _carry(self) -> Divergence | None:
        """Keep the sum of the short last batch's gradients for the next epoch's first update."""
        plan, rows = self._short_plan, self._batches.rows(self._batches.whole)
        gradients = self._network.gradients
        before, last = self._remember(), gradients.copy()
        plan.input[:] = self._lesson.inputs[rows]
        plan.target[:] = self._lesson.aims[rows]
        if self._lesson.weights is not None:
            plan.weights[:] = self._lesson.weights[rows]
        for operation in plan.operations:
            operation()
        carried = gradients * len(rows)
        if not (np.isfinite(carried).all() and self._is_finite()):
            broken = Divergence(self._first_broken_layer(plan), self.step + 1)
            self._recall(before)
            return broken
        self.carried = carried
        np.copyto(gradients, last)
        return None

    def _add_carried(self, carried: Array) -> None:
        gradients, size = self._network.gradients, self._batches.size
        gradients *= size
        gradients += carried
        gradients /= size + self._batches.rest
        self.carried = None

    # --- bad numbers ------------------------------------------------------------------------------------

    def _is_finite(self) -> bool:
        lasting = (self._network.parameters, *self._network.state.values(), *self._update.slots.values())
        return all(bool(np.isfinite(array).all()) for array in lasting)

    def _retreat(self, safe: Memory, steps: int) -> tuple[int, Divergence | None]:
        """Replay the steps one by one to the last finite one, and note where the trouble began."""
        self._recall(safe)
        for done in range(steps):
            before = self._remember()
            self._advance(1)
            if not self._is_finite():
                broken = Divergence(self._where_it_broke(before), self.step)
                self._recall(before)
                return done, broken
            self._update.note_move(before.vectors[""].values)
        return steps, None

    def _where_it_broke(self, before: Memory) -> str:
        """The id of the layer where the last step, from what was before, had a number that is not finite."""
        return self._first_broken_layer(self._plan if self.batch <= self._batches.whole else self._short_plan)

    def _remember(self) -> Memory:
        return Memory.of_all(self._learnt.state(), self._update.state(), self.state())

    def _recall(self, memory: Memory) -> None:
        for part in (self._learnt, self._update, self):
            part.restore(memory)

    def _first_broken_layer(self, plan: Plan) -> str:
        """The id of the first layer, in the order of the step's computation, with a non-finite number."""
        network = self._network
        for layer_id, values in plan.values.items():
            averages = (average for (owner, _), average in network.state.items() if owner == layer_id)
            if not all(np.isfinite(array).all() for array in (values, *averages)):
                return layer_id
        spans = network.spans()
        for layer_id in reversed(spans):
            if not np.isfinite(network.gradients[spans[layer_id]]).all():
                return layer_id
        vectors = (network.parameters, *self._update.slots.values())
        broken = (
            name for name in spans if not all(np.isfinite(vector[spans[name]]).all() for vector in vectors)
        )
        return next(broken, "")
