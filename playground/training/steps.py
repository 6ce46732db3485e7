"""The steps: one update after another over the batches of an epoch, and the way back from a bad number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.engine.arrays import Array
from playground.engine.edits import label
from playground.engine.graph import Architecture
from playground.engine.network import Network, Plan
from playground.experiment import Training
from playground.randomness import Streams
from playground.training.batches import Batches
from playground.training.blas import limit_threads
from playground.training.measures import Samples
from playground.training.update import Update


@dataclass(frozen=True)
class Divergence:
    """Where the first non-finite number arose: the layer's id ("" for the loss) and the step, from 1."""

    layer_id: str
    step: int

    def sentence(self, network: Architecture) -> str:
        """What happened in this network, for people."""
        where = label(network, network.index(self.layer_id)) if self.layer_id else "the loss"
        return (
            f"Training diverged: the first number that is not finite arose in {where} at step {self.step:,}. "
            "The weights are the last finite ones; a smaller learning rate may help."
        )


@dataclass(frozen=True, eq=False)
class _Moment:
    """A step to come back to within an epoch."""

    arrays: list[Array]
    carried: Array | None
    streams: dict[str, Any]
    step: int
    batch: int


class Steps:
    """A network, its training samples in batches, and an update, bound together.

    Attributes:
        step, batch: updates done, and batches done of the epoch under way.
        per_epoch: updates an epoch; 0 where a short batch is carried over and all samples are fewer.
        update: what moves the parameters; may be replaced at any time.
        training: the settings, whose rates act from the next step on; may be replaced at any time.
        schedule_state: what the schedule remembers (see `Schedule.start`).
        carried: the sum of a short last batch's gradients, to be added to the next update; None for none.
    """

    def __init__(
        self,
        network: Network,
        samples: Samples,
        training: Training,
        streams: Streams,
        update: Update,
    ) -> None:
        self.step, self.batch = 0, 0
        self.training, self.update = training, update
        self.schedule_state = training.schedule.start()
        self.carried: Array | None = None
        self._network, self._samples, self._streams = network, samples, streams
        count = len(samples.inputs)
        shuffle = streams.shuffle if training.shuffle else None
        self._batches = batches = Batches(count, training.batch_sizes(count)[0], shuffle)
        self.per_epoch = batches.whole + (1 if batches.rest and training.last_batch == "keep" else 0)
        largest = batches.size if batches.whole else batches.rest
        self._plan = network.plan(largest, training.loss)
        self._short_plan = network.plan(batches.rest, training.loss) if batches.rest else self._plan
        limit_threads(network, largest)

    @property
    def rate(self) -> float:
        """The learning rate of the next step."""
        schedule, initial = self.training.schedule, self.training.optimizer.learning_rate
        return schedule.rate(initial, self.step, max(self.per_epoch, 1), self.schedule_state)

    @property
    def epoch_is_done(self) -> bool:
        """Whether all batches of the epoch were taken."""
        return self.batch == self.per_epoch

    @property
    def shuffle_state(self) -> Any:
        """Where the shuffling stream stood before the epoch under way; None when nothing was shuffled."""
        return self._batches.state if self.batch else None

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
        before = safe.arrays[0]
        if count > 1:
            self._advance(count - 1)
            before = self._network.parameters.copy()
        self._advance(1)
        if not self._is_finite():
            return self._retreat(safe, count)
        self.update.note_move(before)
        return count, None

    def end_epoch(self) -> Divergence | None:
        """Begin the next epoch; a short last batch may have to be carried over."""
        carries = self._batches.rest and self.per_epoch and self.training.last_batch == "carry"
        divergence = self._carry() if carries else None
        self.batch = 0
        return divergence

    def go_to(self, step: int, batch: int) -> None:
        """Stand at this step; in the middle of an epoch its order is drawn again."""
        self.step, self.batch = step, batch
        if batch:
            self._batches.begin_epoch()

    def _advance(self, count: int) -> None:
        """Do so many steps, of which the epoch has at least as many left."""
        if self.batch == 0:
            self._batches.begin_epoch()
        inputs, targets = self._samples.inputs, self._samples.aims
        rows_of, update, whole = self._batches.rows, self.update.apply, self._batches.whole
        rate_at, initial = self.training.schedule.rate, self.training.optimizer.learning_rate
        step, per_epoch, state = self.step, self.per_epoch, self.schedule_state
        first, end = self.batch, self.batch + count
        for batch in range(first, end):
            plan = self._plan if batch < whole else self._short_plan
            rows = rows_of(batch)
            inputs.take(rows, 0, plan.input, "clip")
            targets.take(rows, 0, plan.target, "clip")
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
        plan.input[:] = self._samples.inputs[rows]
        plan.target[:] = self._samples.aims[rows]
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
        lasting = (self._network.parameters, *self._network.state.values(), *self.update.slots.values())
        return all(bool(np.isfinite(array).all()) for array in lasting)

    def _retreat(self, safe: _Moment, steps: int) -> tuple[int, Divergence | None]:
        """Replay the steps one by one to the last finite one, and note where the trouble began."""
        self._recall(safe)
        for done in range(steps):
            before = self._remember()
            self._advance(1)
            if not self._is_finite():
                plan = self._plan if self.batch <= self._batches.whole else self._short_plan
                broken = Divergence(self._first_broken_layer(plan), self.step)
                self._recall(before)
                return done, broken
            self.update.note_move(before.arrays[0])
        return steps, None

    def _remember(self) -> _Moment:
        carried = None if self.carried is None else self.carried.copy()
        arrays = [array.copy() for array in self._changing()]
        return _Moment(arrays, carried, self._streams.state(), self.step, self.batch)

    def _recall(self, moment: _Moment) -> None:
        for array, before in zip(self._changing(), moment.arrays, strict=True):
            array[...] = before
        self.carried = moment.carried
        self._streams.restore(moment.streams)
        self.step, self.batch = moment.step, moment.batch

    def _changing(self) -> list[Array]:
        network = self._network
        return [network.parameters, network.gradients, *network.state.values(), *self.update.slots.values()]

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
        vectors = (network.parameters, *self.update.slots.values())
        broken = (
            name for name in spans if not all(np.isfinite(vector[spans[name]]).all() for vector in vectors)
        )
        return next(broken, "")
