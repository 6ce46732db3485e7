"""The trainer: one experiment learning, step by step, without a thread or a window."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from playground.data.data import PreparedData
from playground.engine.arrays import Array, norm
from playground.engine.layers import LayerProblem
from playground.engine.network import Network
from playground.experiment import Experiment
from playground.randomness import Source, Streams
from playground.training.aside import Aside, Asides
from playground.training.changes import Change, batching, changes, judged
from playground.training.checkpoint import Checkpoint
from playground.training.history import History
from playground.training.marks import Marks
from playground.training.measures import Measures, Samples, columns, measure
from playground.training.steps import Divergence, Steps
from playground.training.transfer import Parked, pieces, pieces_of_learnt, tensors_of, too_large
from playground.training.typed import TypedWeight
from playground.training.update import Update
from playground.training.watch import Watch
from playground.value import InvalidValue


class Trainer:
    """An experiment, its network, and all that changes while it learns.

    Attributes:
        epoch: whole epochs done.
        history: a row for each epoch (see `History`), and `marks` where something was changed.
        measures: loss and metrics on training and test samples after the step `measured_step`.
        validation: the same on the validation samples; None without any.
        divergence: where training broke down; None while all is finite.
        stopped_early: whether the stopping rule ended training; running again goes on.
        data, network: what is learnt from, and what learns.
        low: the code of the lower of two classes, −1 or 0.
    """

    def __init__(self, experiment: Experiment, checkpoint: Checkpoint | None = None) -> None:
        """Prepare data and network, and go on from the checkpoint if there is one.

        Raises:
            LayerProblem: when the experiment has problems; the sentence of the first.
            InvalidValue: when the data cannot be prepared, or the checkpoint belongs to something else.
        """
        learnt = (checkpoint and checkpoint.experiment) or experiment
        if checkpoint is not None:
            checkpoint.check(learnt)
        self._asides = Asides()
        self.restart(learnt)
        if checkpoint is not None:
            self._resume(checkpoint)
        if learnt != experiment:
            self.apply(experiment)

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
        self.network = _initial_network(experiment, streams.init, streams)
        self._has_stepped = False  # until then a gradient of 0 was never computed
        self.epoch = 0
        self.divergence: Divergence | None = None
        self.stopped_early = False
        self.history, self.marks = History(), Marks()
        self._parked = Parked()
        self._update = Update(self.network, experiment.training)
        self._watch = Watch(experiment.training.stopping, experiment.training.schedule)
        self._bind_samples()
        self.record()

    # --- changing the experiment ------------------------------------------------------------------------

    def swap(self, aside: Aside, experiment: Experiment) -> str:
        """Go on with the run that lies aside, or else begin anew; the present run is laid there instead.

        Returns a sentence on the run that is back, or "" when it began anew.

        Raises:
            LayerProblem, InvalidValue: as on creation; then nothing has changed.
        """
        other = aside.run
        present = {name: value for name, value in vars(self).items() if name != "_asides"}
        size = 4 * self.network.parameters.size + 2 * self.train_samples.inputs.size
        is_back = other is not None and other["experiment"] == experiment
        if is_back and other is not None:
            vars(self).update(other)
        else:
            self.restart(experiment)
        self._asides.fill(aside, present, size)
        return f"Back at epoch {self.epoch:,}, as it was." if is_back else ""

    def apply(self, experiment: Experiment, aside: Aside | None = None, gesture: int = -1) -> str:
        """Go on with another experiment, keeping what fits; returns a sentence on what was kept, or "".

        Rates, penalty and batch size act from the next step on.  A changed network keeps the parameters of
        every layer whose shapes survive, changed data are learnt by the same network, and another seed or
        draw of weights starts anew, or goes on with the run that was put aside.  Changes of one gesture
        leave one mark in the run.

        Raises:
            LayerProblem, InvalidValue: as on creation; then nothing has changed.
        """
        before = self.experiment
        _refuse_problems(experiment)
        if (experiment.randomness, experiment.weights_draw) != (before.randomness, before.weights_draw):
            return self.swap(aside or Aside(), experiment) or "Started again with new random numbers."
        self._refuse_overflow(experiment.precision)
        sentences = []
        streams = experiment.randomness.streams()
        new_data = experiment.data != before.data
        new_network = (experiment.network, experiment.precision) != (before.network, before.precision)
        new_network |= experiment.data.input_shape != before.data.input_shape
        data = self.data
        if new_data or (new_network and streams.init is streams.data):
            data = experiment.data.prepare(streams.data)
        comparable = not new_data and judged(experiment) == judged(before)
        self.experiment, self.data = experiment, data
        if new_network:
            sentences.append(self._replace_network(streams.init))
        elif new_data:
            sentences.append("Kept all weights; the same network now learns the new data.")
        self._update_settings(before)
        if new_data or new_network or batching(experiment) != batching(before):
            steps = self._steps
            self._bind_samples()
            self._steps.go_to(steps.step, 0)
            self._steps.schedule_state = steps.schedule_state
        if not comparable:
            self._watch = Watch(experiment.training.stopping, experiment.training.schedule)
            self._steps.schedule_state = experiment.training.schedule.start()
        self.divergence, self.stopped_early = None, False
        self._mark(changes(before, experiment), gesture)
        return " ".join(sentences)

    def _refuse_overflow(self, precision: str) -> None:
        """Refuse a precision that cannot hold what was learnt or typed so far."""
        dtype = np.dtype(precision)
        if self.network.dtype == dtype:
            return
        if name := too_large(tensors_of(self.network) | pieces(self.network, self._vectors()), dtype):
            raise InvalidValue(
                f"{precision} holds numbers up to {np.finfo(dtype).max:.5e}, and some of {name} are larger; "
                f"stay with {self.network.dtype}, or draw new weights."
            )

    def _update_settings(self, before: Experiment) -> None:
        training = self.experiment.training
        self._update = Update(self.network, training, self._update)
        self._steps.update, self._steps.training = self._update, training
        self._watch.use(training.stopping, training.schedule)
        if training.schedule != before.training.schedule:
            self._steps.schedule_state = training.schedule.start()

    def _replace_network(self, init: Source) -> str:
        self._parked.park(self.network, self._vectors())
        self.network = _initial_network(self.experiment, init, self.streams)
        self._has_stepped = False
        age = self._update.age
        self._update = Update(self.network, self.experiment.training)
        self._update.age = age
        return self._parked.give_back(self.network, self._vectors())

    def set_weight(self, typed: TypedWeight) -> str:
        """Set one weight or bias; returns what is to be said of it, or ""."""
        self._mark(typed.put(self.network))
        alive = self._update.slots.get("alive")
        if alive is None or typed.of(self.network, alive).all():
            return ""
        return "L1 has cut this weight, as TensorFlow Playground does: it stays as typed and learns no more."

    def take_back(self, typed: TypedWeight) -> None:
        """Put back what one weight or bias was before it was typed."""
        self._mark(typed.take_back(self.network))

    def _mark(self, changed: tuple[Change, ...], gesture: int = -1) -> None:
        """Note in the run that something is different from here on."""
        self.marks.put(self.progress, self.step, changed, gesture)
        self.record()

    def _bind_samples(self) -> None:
        """Work out once what every step needs; the epoch under way begins again."""
        experiment, training, data = self.experiment, self.experiment.training, self.data
        output = experiment.network.output
        assert output is not None
        self.low = 0.0 if output.output_range[0] >= 0 else -1.0
        coding = (training.loss.plain, data.task.classes, self.low, experiment.precision)
        self.train_samples = Samples.of(data.train, training.loss, *coding[1:])
        self.test_samples = Samples.of(data.test, *coding)
        self.validation_samples = Samples.of(data.validation, *coding) if data.validation else None
        self._steps = Steps(self.network, self.train_samples, training, self.streams, self._update)

    # --- learning ---------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """Updates done."""
        return self._steps.step

    @property
    def batch(self) -> int:
        """Updates done in the epoch under way."""
        return self._steps.batch

    @property
    def steps_per_epoch(self) -> int:
        """Updates an epoch; 1 where there never is one, so that epochs can be counted by it."""
        return max(self._steps.per_epoch, 1)

    @property
    def progress(self) -> float:
        """Epochs done, the part of the one under way included."""
        return self.epoch + self.batch / self.steps_per_epoch

    @property
    def remark(self) -> str:
        """Why nothing is learnt however long it trains, or ""."""
        return self.experiment.training.remark(len(self.train_samples.inputs))

    @property
    def halted(self) -> bool:
        """Whether training should not go on by itself: it diverged, or was stopped early."""
        return self.divergence is not None or self.stopped_early

    @property
    def best_epoch(self) -> int:
        """The epoch of the lowest validation loss so far; −1 when nothing watches it."""
        return self._watch.best_epoch

    @property
    def restores_best(self) -> bool:
        """Whether the weights of the best epoch are put back when training ends."""
        return self._watch.best is not None

    def run(self, steps: int) -> int:
        """Train up to that many steps, not past the end of an epoch; returns how many were done.

        When a number becomes infinite or undefined, the network is put back to the last finite step and
        `divergence` says where it happened.
        """
        if self.stopped_early:
            self._watch.be_patient(self.epoch)
            self.stopped_early = False
        done, self.divergence = self._steps.advance(steps)
        self._has_stepped |= done > 0
        if self.divergence is not None:
            self.record()
        elif self._steps.epoch_is_done:
            self._end_epoch()
        return done

    def run_epoch(self) -> None:
        """Train to the end of the epoch, or to a divergence."""
        epoch = self.epoch
        while self.epoch == epoch and self.divergence is None:
            self.run(256)

    def _end_epoch(self) -> None:
        self.divergence = self._steps.end_epoch()
        self.epoch += 1
        if self._watch.wanted and self.validation_samples is not None:
            self._follow_validation(self.validation_samples)
        if self.history.wants(self.epoch) or self.halted:
            self.record()

    def _follow_validation(self, samples: Samples) -> None:
        loss = self._measure_on(samples).loss
        schedule = self.experiment.training.schedule
        self._steps.schedule_state = schedule.after_epoch(
            self._steps.schedule_state, loss, self.step, self.steps_per_epoch
        )
        self.stopped_early = self._watch.note(loss, self.epoch, self._learnt())
        if self.stopped_early:
            self._watch.restore(self._learnt())

    def finish(self) -> bool:
        """End as planned: returns whether the weights of an earlier epoch, the best one, were put back."""
        if restored := self.restores_best and self.best_epoch < self.epoch:
            self._watch.restore(self._learnt())
            self._watch.be_patient(self.epoch)
        self.record()
        return restored

    def _learnt(self) -> list[Array]:
        return [self.network.parameters, *self.network.state.values()]

    # --- measuring, saving ------------------------------------------------------------------------------

    @property
    def learning_rate(self) -> float:
        """The rate of the next step."""
        return self._steps.rate

    @property
    def last_update(self) -> Array:
        """How far the last step moved each parameter; 0 before the first."""
        return self._update.moved

    def penalty(self) -> float:
        """What the regularizer charges now."""
        return self._update.penalty()

    def evaluate(self, detailed: bool = False) -> tuple[Measures, Measures]:
        """Loss and metrics on the training and on the test samples, now."""
        return self._measure_on(self.train_samples, detailed), self._measure_on(self.test_samples, detailed)

    def _measure_on(self, samples: Samples, detailed: bool = False) -> Measures:
        loss, classes, threshold = self.experiment.training.loss, self.data.task.classes, (self.low + 1) / 2
        return measure(self.network, samples, loss, classes, threshold, detailed)

    def _measure(self) -> None:
        self.measures: tuple[Measures, Measures] = self.evaluate()
        validation = self.validation_samples
        self.validation = self._measure_on(validation) if validation is not None else None
        self.measured_step = self.step

    def record(self) -> None:
        """Measure, and write the row of this moment into the history."""
        self._measure()
        train, test = self.measures
        row = {"epoch": self.progress, "step": float(self.step), "learning_rate": self.learning_rate}
        row |= columns({"train": train, "test": test, "validation": self.validation})
        row |= {"penalty": self.penalty()}
        for name, length in self.gradient_norms().items():
            row[f"gradient_norm.{name}"] = length if length or self._has_stepped else math.nan
        self.history.record(row)
        if not math.isfinite(train.loss) and self.divergence is None:
            self.divergence = Divergence("", self.step)

    def gradient_norms(self) -> dict[str, float]:
        """The Euclidean norm of each layer's gradient at the last step, by layer id."""
        gradients = self.network.gradients
        parts = {name: gradients[span] for name, span in self.network.spans().items()}
        return {name: norm(part) for name, part in parts.items()}

    def checkpoint(self) -> Checkpoint:
        """A copy of all that changes."""
        network, watch = self.network, self._watch
        vectors = self._vectors()
        for name in ("gradient", "moved"):
            if not np.isfinite(vectors[name]).all():  # of a loss or a difference that overflowed
                del vectors[name]
        if self._steps.carried is not None:
            vectors["carried"] = self._steps.carried
        streams: dict[str, Any] = self.streams.state()
        if (shuffle := self._steps.shuffle_state) is not None:
            streams["shuffle"] = shuffle
        remembered = pieces(network, vectors)
        if watch.best is not None:
            remembered |= pieces_of_learnt("best", network, watch.best)
        return Checkpoint(
            epoch=self.epoch,
            step=self.step,
            batch=self.batch,
            tensors={name: tensor.copy() for name, tensor in tensors_of(network).items()},
            optimizer={name: tensor.copy() for name, tensor in remembered.items()},
            streams=streams,
            history=self.history.columns(),
            marks=self.marks.all(),
            schedule=self._steps.schedule_state,
            age=self._update.age,
            best=(watch.best_loss, watch.best_epoch, watch.waits_from) if watch.best_epoch >= 0 else (),
        )

    def _vectors(self) -> dict[str, Array]:
        """What is remembered between steps beside the parameters, by name; each like the parameters."""
        return self._update.slots | {"gradient": self.network.gradients, "moved": self.last_update}

    def _resume(self, checkpoint: Checkpoint) -> None:
        network = self.network
        for name, tensor in tensors_of(network).items():
            tensor[...] = checkpoint.tensors[name]
        self._has_stepped = checkpoint.step > 0
        vectors = self._vectors()
        if any(name.startswith("carried/") for name in checkpoint.optimizer):
            self._steps.carried = vectors["carried"] = np.zeros_like(network.parameters)
        remembered = pieces(network, vectors)
        watch = self._watch
        if checkpoint.best:
            loss, *epochs = checkpoint.best
            watch.best_loss, (watch.best_epoch, watch.waits_from) = loss, map(int, epochs)
        if any(name.startswith("best/") for name in checkpoint.optimizer):
            watch.best = [array.copy() for array in self._learnt()]
            remembered |= pieces_of_learnt("best", network, watch.best)
        for name, tensor in remembered.items():
            if (saved := checkpoint.optimizer.get(name)) is not None:
                tensor[...] = saved
        self._update.age = checkpoint.step if checkpoint.age is None else checkpoint.age
        if checkpoint.schedule:
            self._steps.schedule_state = checkpoint.schedule
        self.streams.restore(checkpoint.streams)
        self.epoch = checkpoint.epoch
        self._steps.go_to(checkpoint.step, checkpoint.batch)
        if checkpoint.history:
            self.history = History(checkpoint.history)
        self.marks = Marks(checkpoint.marks)
        self._measure()  # no new row: the history has this moment's, with gradients that are not known here


def _refuse_problems(experiment: Experiment) -> None:
    if problems := experiment.problems():
        raise LayerProblem(problems[0].text)


def _initial_network(experiment: Experiment, init: Source, streams: Streams) -> Network:
    network = Network(experiment.network, experiment.data.input_shape, experiment.precision, streams)
    for _ in range(experiment.weights_draw + 1):
        network.initialize(init)
    return network
