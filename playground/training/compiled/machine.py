"""The compiled machine: an epoch's steps in one call of machine code, which holds up no other thread."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.engine.arrays import Array
from playground.engine.network import Network
from playground.experiment import Training
from playground.randomness import Streams
from playground.text import Text, say
from playground.training.compiled.building import NOT_KEPT, code_of
from playground.training.compiled.chance import Chance
from playground.training.compiled.code import SideArrays
from playground.training.compiled.evaluator import CompiledEvaluator
from playground.training.compiled.measuring import FOUND
from playground.training.compiled.program import FlatLayout, Program
from playground.training.compiled.room import FlatRoom
from playground.training.epochs import DoneEpochs
from playground.training.evaluator import Evaluator
from playground.training.lesson import Lesson
from playground.training.machine import Divergence, NumpyMachine, Seen
from playground.training.measures import Sides
from playground.training.memory import Memory
from playground.training.pace import Pace
from playground.training.update import Update

NO_STEP = np.array([np.nan])
"""The rate of a step that only works out the gradient."""


class CompiledMachine(NumpyMachine):
    """Steps in machine code.  One whose numbers are not finite is done again in NumPy, which says where."""

    name: ClassVar[str] = "compiled"
    title: ClassVar[Text] = say("machine.compiled", "compiled")
    holds_lock: ClassVar[bool] = False

    def __init__(self, network: Network, lesson: Lesson, training: Training, streams: Streams) -> None:
        super().__init__(network, lesson, training, streams)
        self._code = code_of(network.dtype)
        if NOT_KEPT:
            self.reason = say(
                "compiled.not_kept",
                "The compiled steps could not be kept, so that they are compiled again the next time: {why}.",
                why=NOT_KEPT[0],
            )
        self._samples = tuple(
            np.require(table, network.dtype, ("C", "W"))
            for table in (
                lesson.inputs,
                lesson.aims,
                np.empty(0) if lesson.weights is None else lesson.weights,
            )
        )

    def use(self, update: Update, pace: Pace) -> None:
        super().use(update, pace)
        layout, batches = FlatLayout(), self._batches
        self._room = FlatRoom(self._network, update, layout)
        sizes = {size for size in (batches.size, batches.rest) if size}
        self._programs = {size: Program.of(self._network, size, self._loss, layout) for size in sorted(sizes)}
        self._room.furnish()
        self._chance = Chance(self._streams, self._programs.values(), self._network.dtype)

    def evaluator(self, classes: int, threshold: float) -> Evaluator:
        return CompiledEvaluator(self._network, self._loss, classes, threshold, self._code)

    def advance(self, count: int) -> tuple[int, Divergence | None]:
        if (count := min(count, self.per_epoch - self.batch)) < 1:
            return super().advance(count)
        chance = self._chance.state()
        room, before = self._room, (self.step, self.batch, self._update.age, self.carried, self.begun)
        self.begun = True
        room.load()
        safe = room.lasting.copy()
        self._go(count)
        if not room.is_finite():
            room.lasting[:] = safe
            room.store()
            self.step, self.batch, self._update.age, self.carried, self.begun = before
            self._chance.take_back(chance)
            if self.batch == 0:
                self._take_back_order()
            return self._retreat(self._remember(), count)
        np.subtract(room.parameters, room.before, out=self._update.moved)
        return count, None

    def do_epochs(self, count: int, evaluator: Evaluator, sides: Sides, seen: Seen) -> int:
        batches, calls = self._batches, self._calls_of_epoch()
        count = min(count, self._chance.epochs_at_once(*calls))
        if type(self._lesson) is not Lesson or self.batch or not batches.whole or not count:
            return 0
        assert isinstance(evaluator, CompiledEvaluator)
        if (bound := evaluator.bound(sides)) is None:
            return 0
        generator, chance = self._streams.shuffle.bit_generator, self._chance.state()
        before, orders = generator.state, batches.orders(count)
        rates = np.append(self._pace.rates(self.step, count * self.per_epoch, self.per_epoch), np.nan)
        path, found = self._epochs(orders, rates, self._chance.drawn(*calls * count), *bound)
        if not (self._room.is_finite() and np.isfinite(found[:, 0]).all()):
            generator.state = before
            self._chance.take_back(chance)
            return 0
        self._be_at_the_end(count)
        seen(self._done(path, found, rates, evaluator))
        evaluator.forget()
        return count

    def _calls_of_epoch(self) -> tuple[tuple[Program, int], ...]:
        """The programs of an epoch in turn, and how many steps each does."""
        batches, whole = self._batches, (self._programs[self._batches.size], self._batches.whole)
        rest = batches.rest and (self._carries or self.per_epoch > batches.whole)
        return (whole, (self._programs[batches.rest], 1)) if rest else (whole,)

    def _epochs(
        self,
        orders: NDArray[np.int64],
        rates: NDArray[np.float64],
        drawn: tuple[Array, Array],
        sides: tuple[SideArrays, ...],
        spans: NDArray[np.int64],
    ) -> tuple[Array, NDArray[np.float64]]:
        """Do the steps; where the parameters were after each epoch, and what was measured."""
        batches, room = self._batches, self._room
        count, size, rest = len(orders), batches.size, batches.rest
        keeps = self.per_epoch > batches.whole
        room.load()
        room.say(self._programs[size], self.carried, size, rest)
        places = room.places.copy()
        short = self._programs[rest or size]
        room.say(short, None, size, rest)
        path = np.empty((count, room.learnt_size), room.values.dtype)
        found = np.empty((count, FOUND * len(sides) + len(spans)))
        main = self._programs[size]
        self._code.epochs(
            self.per_epoch, batches.whole, size, rest, keeps,
            (main.table, main.numbers, places, main.draws),
            (short.table, short.numbers, room.places, short.draws), np.empty_like(self._network.gradients),
            room.carried_at if self._carries else -1, room.values, self._samples, orders, rates,
            self._update.age + 1, (room.codes, room.numbers, room.rows), *drawn, sides, spans, path, found,
        )  # fmt: skip
        return path, found

    def _be_at_the_end(self, epochs: int) -> None:
        """Take over what the steps of so many epochs left behind, but for how many there were."""
        room, carries = self._room, self._carries and self._batches.rest
        room.store()
        np.subtract(room.parameters, room.before, out=self._update.moved)
        self.carried = room.carried.copy() if carries else None
        self._update.age += epochs * self.per_epoch
        self.begun = True

    def _done(
        self,
        path: Array,
        found: NDArray[np.float64],
        rates: NDArray[np.float64],
        evaluator: CompiledEvaluator,
    ) -> DoneEpochs:
        """The epochs that begin at this step."""
        room, begin, per_epoch = self._room, self.step, self.per_epoch
        steps = begin + np.arange(1, len(path) + 1, dtype=np.float64) * per_epoch

        def be_after(epoch: int) -> None:
            room.let_know(path[epoch])
            self.step = begin + (epoch + 1) * per_epoch
            evaluator.tell(found[epoch].tolist())

        def measure(epochs: list[int]) -> None:
            evaluator.tell(list(found[epochs].T))

        return DoneEpochs(
            path[:, : room.parameters.size], steps, rates[per_epoch::per_epoch], be_after, measure
        )

    def _take_back_order(self) -> None:
        """Put the random streams to where they stood before the epoch under way began."""
        for generator, state in (
            (self._streams.shuffle, self._batches.state),
            (self._streams.augment, self._lesson.state),
        ):
            if state is not None:
                generator.bit_generator.state = state

    def _advance(self, count: int) -> None:
        self._room.load()
        self._go(count)

    def _go(self, count: int) -> None:
        """Do so many steps from what the room holds."""
        room, batches, end = self._room, self._batches, self.batch + count
        if self.batch == 0:
            self._begin_epoch()
        rates = self._pace.rates(self.step, count, self.per_epoch)
        if (whole := min(end, batches.whole) - self.batch) > 0:
            self._steps(batches.size, rates[:whole])
        if end > batches.whole:
            self._steps(batches.rest, rates[max(whole, 0) :])
        room.store()

    def _steps(self, size: int, rates: NDArray[np.float64]) -> None:
        """Do steps on batches of one size."""
        at_once = self._chance.at_once(self._programs[size])
        for start in range(0, len(rates), at_once):
            next_ones = rates[start : start + at_once]
            self._call(size, self.batch, next_ones)
            count = len(next_ones)
            self.step, self.batch = self.step + count, self.batch + count
            self._update.age += count

    def _call(self, size: int, batch: int, rates: NDArray[np.float64]) -> None:
        program, batches, room = self._programs[size], self._batches, self._room
        room.say(program, self.carried, batches.size, batches.rest)
        self._code.run(
            (program.table, program.numbers, room.places, program.draws), room.values, self._samples,
            batches.order, batch * batches.size, size, rates, self._update.age + 1,
            (room.codes, room.numbers, room.rows), *self._chance.drawn((program, len(rates))),
        )  # fmt: skip
        self.carried = None

    def _carry(self) -> Divergence | None:
        network, room, before, chance = self._network, self._room, self.carried, self._chance.state()
        last = network.gradients.copy()
        self.carried = None
        room.load()
        self._call(self._batches.rest, self._batches.whole, NO_STEP)
        carried = room.gradients * self._batches.rest
        if not (np.isfinite(carried).all() and room.is_finite()):
            self.carried = before
            self._chance.take_back(chance)
            return super()._carry()
        self.carried = carried
        room.gradients[:] = last
        room.store()
        return None

    def _where_it_broke(self, before: Memory) -> str:
        self._recall(before)
        super()._advance(1)
        return super()._where_it_broke(before)
