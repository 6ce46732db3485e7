"""The trainer: one experiment learning, step by step, without a thread or a window."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.data.data import PreparedData
from playground.engine.arrays import Array
from playground.engine.layers import Dense, LayerProblem
from playground.engine.network import Network, Plan
from playground.experiment import Experiment
from playground.randomness import Source
from playground.training.batches import Batches
from playground.training.blas import limit_threads
from playground.training.checkpoint import Checkpoint
from playground.training.history import History
from playground.training.measures import Measures, Samples, measure
from playground.training.transfer import Parked, tensors_of
from playground.training.update import Update


@dataclass(frozen=True)
class Divergence:
    """Where the first non-finite number arose: the layer's id ("" for the loss) and the step, from 1."""

    layer_id: str
    step: int


@dataclass(frozen=True, eq=False)
class _Moment:
    """A step to come back to within an epoch."""

    arrays: list[Array]
    carried: Array | None
    streams: dict[str, Any]
    step: int
    batch: int


class Trainer:
    """An experiment, its network, and all that changes while it learns.

    Attributes:
        epoch, step, batch: whole epochs done, updates done, and batches done of the epoch under way.
        history: a row for each epoch (see `History`).
        measures: loss and metrics on training and test samples after the step `measured_step`.
        divergence: where training broke down; None while all is finite.
        data, network: what is learnt from, and what learns.
        low: the code of the lower of two classes, −1 or 0.
    """

    def __init__(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Prepare data and network, and go on from the checkpoint if there is one.

        Raises:
            LayerProblem: when the experiment has problems; the sentence of the first.
            InvalidValue: when the data cannot be prepared, or the checkpoint belongs to something else.
        """
        if checkpoint is not None:
            checkpoint.check(experiment)
        self.restart(experiment)
        if checkpoint is not None:
            self._resume(checkpoint)

    def restart(self, experiment: Experiment) -> None:
        """Go back to the initial weights of an experiment at epoch 0.

        Raises:
            LayerProblem, InvalidValue: as on creation; then nothing has changed.
        """
        _refuse_problems(experiment)
        streams = experiment.randomness.streams()
        self.data: PreparedData = experiment.data.prepare(streams.data)
        self.streams = streams
        self.experiment = experiment
        self.network = _initial_network(experiment, streams.init, streams.dropout)
        self.epoch = self.step = self.batch = 0
        self.divergence: Divergence | None = None
        self.history = History()
        self._parked = Parked()
        self._update = Update(self.network, experiment.training.optimizer, experiment.training.regularizer)
        self._bind_samples()
        self.record()

    # --- changing the experiment ------------------------------------------------------------------------

    def apply(self, experiment: Experiment) -> str:
        """Go on with another experiment, keeping what fits; returns a sentence on what was kept, or "".

        Rates, penalty and batch size act from the next step on.  A changed network keeps the parameters of
        every layer whose shapes survive, changed data are learnt by the same network, and another seed or
        draw of weights starts anew.

        Raises:
            LayerProblem, InvalidValue: as on creation; then nothing has changed.
        """
        before = self.experiment
        _refuse_problems(experiment)
        if (experiment.randomness, experiment.weights_draw) != (before.randomness, before.weights_draw):
            self.restart(experiment)
            return "Started again with new random numbers."
        sentences = []
        streams = experiment.randomness.streams()
        new_data = experiment.data != before.data
        new_network = (experiment.network, experiment.precision) != (before.network, before.precision)
        new_network |= len(experiment.data.inputs) != len(before.data.inputs)
        data = self.data
        if new_data or (new_network and streams.init is streams.data):
            data = experiment.data.prepare(streams.data)
        self.experiment, self.data = experiment, data
        if new_network:
            sentences.append(self._replace_network(streams.init))
        elif new_data:
            sentences.append("Kept all weights; the same network now learns the new data.")
        training = experiment.training
        slots = self._update.slots
        self._update = Update(self.network, training.optimizer, training.regularizer, slots)
        if new_data or new_network or _batching(experiment) != _batching(before):
            self._bind_samples()
        self.divergence = None
        self.record()
        return " ".join(sentences)

    def _replace_network(self, init: Source) -> str:
        self._parked.park(self.network, self._vectors())
        self.network = _initial_network(self.experiment, init, self.streams.dropout)
        training = self.experiment.training
        self._update = Update(self.network, training.optimizer, training.regularizer)
        return self._parked.give_back(self.network, self._vectors())

    def set_weight(self, layer_id: str, unit: int, source: int, value: float) -> None:
        """Set one weight of a dense layer, or with source −1 the bias of that unit."""
        self.network.block(layer_id, "weights")[unit, source] = value
        self.record()

    def _bind_samples(self) -> None:
        """Work out once what every step needs; the epoch under way begins again."""
        experiment, network, training = self.experiment, self.network, self.experiment.training
        output = experiment.network.output
        assert isinstance(output, Dense)
        self.low = 0.0 if output.activation.range[0] >= 0 else -1.0
        coding = (training.loss, self.data.task.classes, self.low, experiment.precision)
        self.train_samples = Samples.of(self.data.train, *coding)
        self.test_samples = Samples.of(self.data.test, *coding)
        shuffle = self.streams.shuffle if training.shuffle else None
        self._batches = batches = Batches(len(self.train_samples.inputs), training.batch_size, shuffle)
        keeps_short = batches.rest and training.last_batch == "keep"
        self.steps_per_epoch = batches.whole + (1 if keeps_short else 0)
        self._plan = network.plan(batches.size, training.loss)
        self._short_plan = network.plan(batches.rest, training.loss) if batches.rest else self._plan
        self._carried: Array | None = None
        self.batch = 0
        limit_threads(network, batches.size)

    # --- learning ---------------------------------------------------------------------------------------

    def run(self, steps: int) -> int:
        """Train up to that many steps, not past the end of an epoch; returns how many were done.

        When a number becomes infinite or undefined, the network is put back to the last finite step and
        `divergence` says where it happened.
        """
        self.divergence = None
        safe = self._remember()
        done = self._steps(steps)
        if not self._is_finite():
            return self._retreat(safe, done)
        if self.batch == self.steps_per_epoch:
            self._end_epoch()
        return done

    def run_epoch(self) -> None:
        """Train to the end of the epoch, or to a divergence."""
        epoch = self.epoch
        while self.epoch == epoch and self.divergence is None:
            self.run(256)

    def _steps(self, steps: int) -> int:
        if steps and self.batch == 0:
            self._batches.begin_epoch()
        inputs, targets = self.train_samples.inputs, self.train_samples.targets
        rows_of, update, whole = self._batches.rows, self._update.apply, self._batches.whole
        training, per_epoch = self.experiment.training, self.steps_per_epoch
        rate_at, initial = training.schedule.rate, training.optimizer.learning_rate
        step = self.step
        first, end = self.batch, min(self.batch + steps, per_epoch)
        for batch in range(first, end):
            plan = self._plan if batch < whole else self._short_plan
            rows = rows_of(batch)
            inputs.take(rows, 0, plan.input, "clip")
            targets.take(rows, 0, plan.target, "clip")
            for operation in plan.operations:
                operation()
            if self._carried is not None:
                self._add_carried()
            rate = rate_at(initial, step, per_epoch)
            step += 1
            update(rate, step)
        self.batch, self.step = end, step
        return end - first

    def _end_epoch(self) -> None:
        if self._batches.rest and self.experiment.training.last_batch == "carry":
            self._carry()
        self.epoch += 1
        self.batch = 0
        if self.history.wants(self.epoch):
            self.record()

    def _carry(self) -> None:
        """Keep the sum of the short last batch's gradients for the next epoch's first update."""
        plan, rows, gradients = (
            self._short_plan,
            self._batches.rows(self._batches.whole),
            self.network.gradients,
        )
        before, last = self._remember(), gradients.copy()
        plan.input[:] = self.train_samples.inputs[rows]
        plan.target[:] = self.train_samples.targets[rows]
        for operation in plan.operations:
            operation()
        carried = gradients * len(rows)
        if np.isfinite(carried).all() and self._is_finite():
            self._carried = carried
            np.copyto(gradients, last)
        else:
            self.divergence = Divergence(self._first_broken_layer(plan), self.step + 1)
            self._recall(before)

    def _add_carried(self) -> None:
        assert self._carried is not None
        gradients, size = self.network.gradients, self._batches.size
        gradients *= size
        gradients += self._carried
        gradients /= size + self._batches.rest
        self._carried = None

    # --- divergence -------------------------------------------------------------------------------------

    def _is_finite(self) -> bool:
        lasting = (self.network.parameters, *self.network.state.values(), *self._update.slots.values())
        return all(bool(np.isfinite(array).all()) for array in lasting)

    def _retreat(self, safe: _Moment, steps: int) -> int:
        """Replay the steps one by one to the last finite one, and note where the trouble began."""
        self._recall(safe)
        for done in range(steps):
            before = self._remember()
            self._steps(1)
            if not self._is_finite():
                plan = self._plan if self.batch <= self._batches.whole else self._short_plan
                self.divergence = Divergence(self._first_broken_layer(plan), self.step)
                self._recall(before)
                self.record()
                return done
        return steps

    def _remember(self) -> _Moment:
        carried = None if self._carried is None else self._carried.copy()
        return _Moment(
            [array.copy() for array in self._changing()], carried, self.streams.state(), self.step, self.batch
        )

    def _recall(self, moment: _Moment) -> None:
        for array, before in zip(self._changing(), moment.arrays, strict=True):
            array[...] = before
        self._carried = moment.carried
        self.streams.restore(moment.streams)
        self.step, self.batch = moment.step, moment.batch

    def _changing(self) -> list[Array]:
        network = self.network
        return [network.parameters, network.gradients, *network.state.values(), *self._update.slots.values()]

    def _first_broken_layer(self, plan: Plan) -> str:
        """The id of the first layer, in the order of the step's computation, with a non-finite number."""
        network = self.network
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

    # --- measuring, saving ------------------------------------------------------------------------------

    @property
    def learning_rate(self) -> float:
        """The rate of the next step."""
        training = self.experiment.training
        initial = training.optimizer.learning_rate
        return training.schedule.rate(initial, self.step, self.steps_per_epoch)

    def penalty(self) -> float:
        """What the regularizer charges now."""
        return self._update.penalty()

    def evaluate(self) -> tuple[Measures, Measures]:
        """Loss and metrics on the training and on the test samples, now."""
        loss, classes, threshold = self.experiment.training.loss, self.data.task.classes, (self.low + 1) / 2
        train, test = (
            measure(self.network, samples, loss, classes, threshold)
            for samples in (self.train_samples, self.test_samples)
        )
        return train, test

    def _measure(self) -> None:
        self.measures: tuple[Measures, Measures] = self.evaluate()
        self.measured_step = self.step

    def record(self) -> None:
        """Measure, and write the row of this moment into the history."""
        self._measure()
        train, test = self.measures
        row = {
            "epoch": self.epoch + self.batch / self.steps_per_epoch,
            "step": float(self.step),
            "learning_rate": self.learning_rate,
            "train_loss": train.loss,
            "test_loss": test.loss,
            "penalty": self.penalty(),
        }
        row |= {f"train_{name}": value for name, value in train.metrics.items()}
        row |= {f"test_{name}": value for name, value in test.metrics.items()}
        row |= {f"gradient_norm.{name}": norm for name, norm in self.gradient_norms().items()}
        self.history.record(row)
        if not math.isfinite(train.loss) and self.divergence is None:
            self.divergence = Divergence("", self.step)

    def gradient_norms(self) -> dict[str, float]:
        """The Euclidean norm of each layer's gradient at the last step, by layer id."""
        gradients = self.network.gradients
        parts = {name: gradients[span] for name, span in self.network.spans().items()}
        return {name: math.sqrt(float(np.dot(part, part))) for name, part in parts.items()}

    def checkpoint(self) -> Checkpoint:
        """A copy of all that changes."""
        network = self.network
        vectors = self._vectors()
        if not np.isfinite(network.gradients).all():  # of a loss that overflowed
            del vectors["gradient"]
        if self._carried is not None:
            vectors["carried"] = self._carried
        streams: dict[str, Any] = self.streams.state()
        if self.batch and self._batches.state is not None:
            streams["shuffle"] = self._batches.state
        return Checkpoint(
            epoch=self.epoch,
            step=self.step,
            batch=self.batch,
            tensors={name: tensor.copy() for name, tensor in tensors_of(network).items()},
            optimizer={
                f"{slot}/{name}": tensor.copy()
                for slot, vector in vectors.items()
                for name, tensor in network.tensors(vector)
            },
            streams=streams,
            history=self.history.columns(),
        )

    def _vectors(self) -> dict[str, Array]:
        """What is remembered between steps beside the parameters, by name; each like the parameters."""
        return self._update.slots | {"gradient": self.network.gradients}

    def _resume(self, checkpoint: Checkpoint) -> None:
        network = self.network
        for name, tensor in tensors_of(network).items():
            tensor[...] = checkpoint.tensors[name]
        vectors = self._vectors()
        self._carried = None
        if any(name.startswith("carried/") for name in checkpoint.optimizer):
            self._carried = vectors["carried"] = np.zeros_like(network.parameters)
        for slot, vector in vectors.items():
            for name, tensor in network.tensors(vector):
                if (saved := checkpoint.optimizer.get(f"{slot}/{name}")) is not None:
                    tensor[...] = saved
        self.streams.restore(checkpoint.streams)
        self.epoch, self.step, self.batch = checkpoint.epoch, checkpoint.step, checkpoint.batch
        if self.batch:
            self._batches.begin_epoch()
        if checkpoint.history:
            self.history = History(checkpoint.history)
        self._measure()  # no new row: the history has this moment's, with gradients that are not known here


def _refuse_problems(experiment: Experiment) -> None:
    if problems := experiment.problems():
        raise LayerProblem(problems[0].text)


def _initial_network(experiment: Experiment, init: Source, dropout: np.random.Generator) -> Network:
    network = Network(experiment.network, len(experiment.data.inputs), experiment.precision, dropout)
    for _ in range(experiment.weights_draw + 1):
        network.initialize(init)
    return network


def _batching(experiment: Experiment) -> tuple[object, ...]:
    training = experiment.training
    return training.loss, training.batch_size, training.shuffle, training.last_batch
