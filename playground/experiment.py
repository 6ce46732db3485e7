"""The experiment: everything a person designs, as one frozen value.

An edit makes a new experiment; files hold one; the training thread is given one.
"""

from __future__ import annotations

from math import inf
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from playground.data import Augmentation, Data, Dataset, Task
from playground.data.augmentation import nodes_belong_together
from playground.engine.activations import Activation, Sigmoid, Softmax
from playground.engine.clipping import Clipping, NoClipping
from playground.engine.edits import fit_input, with_output, without_flatten
from playground.engine.footprint import footprint
from playground.engine.graph import Architecture, Graph, Problem, remarks, resolve
from playground.engine.layers import Dense, Layer, TiedDense
from playground.engine.layers.steps import DenseAtEachStep
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Loss, Perceptron, SquaredError
from playground.engine.optimizers import Adam, Optimizer
from playground.engine.regularizers import NoRegularizer, Regularizer
from playground.engine.schedules import Constant, Schedule
from playground.engine.stopping import EarlyStopping, NoStopping, Stopping
from playground.numbers.writing import storage
from playground.randomness import Pcg64, Randomness
from playground.text import Text, either, say, say_counted
from playground.value import AnyOf, Basic, Hidden, InvalidValue, Logarithmic, Titles, Typical, Unit, Value

MOST_PARAMETERS = 50_000_000
"""A bound that keeps a network, its gradients and an optimizer's memory within a few gigabytes."""

MOST_MEMORY = 8_000_000_000
"""Bytes that a training step may take."""

MUCH_MEMORY = 1_000_000_000
"""Bytes of a training step from which on it is said how many they are."""

USUAL_LOSSES = (BinaryCrossEntropy.usual(), CrossEntropy.usual(), SquaredError.usual())
"""What to train with when nothing else is said: the first that suits the data."""


class Training(Value):
    """How the network learns."""

    loss: AnyOf[Loss] = Field(BinaryCrossEntropy.usual(), title="Loss", description="What counts as wrong.")
    optimizer: AnyOf[Optimizer] = Field(
        Adam.usual(), title="Optimizer", description="How the gradient moves the parameters."
    )
    schedule: AnyOf[Schedule] = Field(
        Constant.usual(), title="Schedule", description="How the learning rate changes with time."
    )
    regularizer: AnyOf[Regularizer] = Field(
        NoRegularizer(), title="Regularization", description="A price on large weights, against overfitting."
    )
    clipping: AnyOf[Clipping] = Field(
        NoClipping(), title="Clip gradient", description="A bound on the gradient, against steps too long."
    )
    batch_size: Annotated[int, Logarithmic(1), Typical(1, 1024), Basic()] = Field(
        10, ge=1, le=1_000_000, title="Batch size", description="Samples a step; 10 to 128 is usual."
    )
    full_batch: bool = Field(
        False, title="Full batch", description="Take all samples as one batch, whatever the batch size."
    )
    shuffle: bool = Field(True, title="Shuffle", description="Take the samples in a new order each epoch.")
    last_batch: Literal["keep", "drop", "carry"] = Field(
        "keep",
        title="Short last batch",
        description="Keep it as a step, drop it, or carry its gradient over into the next epoch.",
    )
    epochs: Annotated[int, Logarithmic(1), Typical(10, 100_000), Unit("epochs"), Basic()] = Field(
        1000, ge=1, le=10_000_000, title="Stop after", description="Epochs after which training stops."
    )
    stopping: AnyOf[Stopping] = Field(
        NoStopping.usual(), title="Stop early", description="Whether to stop when it no longer helps."
    )

    def batch_sizes(self, samples: int) -> tuple[int, int]:
        """Samples of a whole batch and of the short last one, out of so many; 0 when they come out even.

        A batch that is larger than all is all of them, except where a short batch is carried over.
        """
        samples = max(samples, 1)
        whole_set = self.full_batch or self.optimizer.full_batch
        if not whole_set and self.last_batch == "carry":
            return self.batch_size, samples % self.batch_size
        size = samples if whole_set else min(self.batch_size, samples)
        return size, samples % size

    def remark(self, samples: int) -> Text | None:
        """Why nothing is ever learnt of so many samples; None when something is."""
        size, rest = self.batch_sizes(samples)
        if rest < samples or self.last_batch != "carry":
            return None
        return say(
            "training.nothing_learnt",
            "Nothing is learnt: the batch of {size} is larger than the {samples} training samples, "
            "and a short batch is carried over.",
            size=size,
            samples=samples,
        )


class Experiment(Value):
    """Data, network, training and the seed of all chance."""

    data: Data = Data()
    network: Architecture = Architecture(
        layers=(
            Dense(id="dense1", units=4),
            Dense(id="dense2", units=2),
            Dense(id="output", units=1, activation=Sigmoid()),
        )
    )
    training: Training = Training()
    randomness: AnyOf[Randomness] = Field(
        Pcg64.usual(), title="Chance", description="The seed from which data, weights and order are drawn."
    )
    weights_draw: Annotated[int, Hidden()] = Field(
        0, ge=0, le=1_000_000, title="Draw", description="How many times the weights were drawn anew."
    )
    precision: Annotated[
        Literal["float32", "float64"], Titles({"float32": "float32", "float64": "float64"})
    ] = Field(
        "float32", title="Precision", description="float32 is usual; float64 is for checking gradients."
    )
    notes: Annotated[str, Hidden()] = Field("", max_length=20_000, title="Notes")

    @property
    def task(self) -> Task:
        """What there is to learn."""
        return self.data.task

    @property
    def graph(self) -> Graph:
        """The network worked out on this data's inputs."""
        return resolve(self.network, self.data.input_shape)

    @property
    def takes_whole_graph(self) -> bool:
        """Whether samples are joined by a graph that the network reads, so that each step takes all of it."""
        return self.data.dataset.are_nodes and self.graph.reads_graph

    @property
    def batch_sizes(self) -> tuple[int, int]:
        """Samples of a whole batch and of the short last one, 0 when they come out even."""
        samples = self.data.train_samples
        return (samples, 0) if self.takes_whole_graph else self.training.batch_sizes(samples)

    @property
    def remark(self) -> Text | None:
        """Why nothing is learnt however long it trains; None when something is."""
        return None if self.takes_whole_graph else self.training.remark(self.data.train_samples)

    def remarks(self) -> tuple[Problem, ...]:
        """What is harmless, but good to know of each layer."""
        graph, (size, rest) = self.graph, self.batch_sizes
        clips = not isinstance(self.training.clipping, NoClipping)
        found = remarks(graph, size, 0 if self.training.last_batch == "drop" else rest, clips)
        return found + (() if graph.problems else self._memory(graph, MUCH_MEMORY, MOST_MEMORY))

    def _memory(self, graph: Graph, least: float, most: float = inf) -> tuple[Problem, ...]:
        """What a training step takes, where that lies between two numbers of bytes; at the largest layer."""
        size = self.data.dataset.count if self.takes_whole_graph else self.batch_sizes[0]
        taken = footprint(graph, size, np.dtype(self.precision).itemsize)
        if not least <= sum(taken.values()) < most:
            return ()
        largest = max(taken, key=lambda layer: taken[layer])
        text = say(
            "network.much_memory",
            "A training step takes about {memory}, most of it in this layer: choose a smaller batch than "
            "{samples} samples, or a smaller layer.",
            memory=storage(sum(taken.values())),
            samples=size,
        )
        return (Problem(largest, text),)

    def problems(self) -> tuple[Problem, ...]:
        """Everything that keeps it from training, in sentences."""
        graph = self.graph
        if (count := graph.parameters) > MOST_PARAMETERS:
            text = say(
                "network.too_large",
                "The network has {count} parameters, more than {most}; make layers smaller.",
                count=count,
                most=MOST_PARAMETERS,
            )
            return (*graph.problems, Problem("", text))
        found = graph.problems + self._slope_problems() + self._output_problems() + self._watch_problems()
        found += self._augmentation_problems()
        found += () if graph.problems else self._memory(graph, MOST_MEMORY)
        return found if (missing := self.data.problem) is None else (*found, Problem("", missing))

    def _watch_problems(self) -> tuple[Problem, ...]:
        training = self.training
        watching = isinstance(training.stopping, EarlyStopping) or training.schedule.watches
        if not watching or self.data.steers:
            return ()
        watcher = training.schedule if training.schedule.watches else training.stopping
        text = say(
            "training.needs_validation",
            "{watcher} watches the validation loss; give the data a validation share.",
            watcher=watcher.named(),
        )
        return (Problem("", text),)

    def _augmentation_problems(self) -> tuple[Problem, ...]:
        """Where nodes belong together, and blends of classes for a loss that knows one class a sample."""
        loss = self.training.loss
        if self.data.augmentations and self.graph.reads_graph:
            return (Problem("", nodes_belong_together(self.data.augmentations[0])),)
        if loss.takes_shares or not self.task.classes:
            return ()
        blends = (each for each in self.data.augmentations if each.blends)
        return tuple(Problem("", _blends(augmentation, loss)) for augmentation in blends)

    def _slope_problems(self) -> tuple[Problem, ...]:
        """Hidden layers through which no gradient flows."""
        return tuple(
            Problem(layer.id, _no_slope(activation))
            for layer in self.network.layers[:-1]
            if (activation := getattr(layer, "activation", None)) and not activation.has_slope
        )

    def _output_problems(self) -> tuple[Problem, ...]:
        output = self.network.output
        activation: Activation | None = getattr(output, "activation", None)
        if output is None or activation is None:
            return ()
        units = self.graph.nodes[-1].units or getattr(output, "units", 0)
        text = self._output_problem(units, activation) if units else None
        tells = isinstance(output, Dense | TiedDense) or output.reads_graph
        if text is None and units and self.task.classes and not tells:
            text = _no_classes(output)
        return (Problem(output.id, text),) if text else ()

    def _output_problem(self, units: int, activation: Activation) -> Text | None:
        """Why an output of so many neurons cannot learn this task by this loss; None when it can."""
        loss, classes = self.training.loss, self.task.classes
        if not loss.suits(classes):
            return _unsuited(loss, classes)
        if not loss.trainable:
            return _untrainable(loss, classes)
        if units != (needed := self._outputs(loss)):
            return _other_size(loss, units, needed)
        if loss.activations and not loss.accepts(activation):
            return say(
                "output.other_activation",
                "{loss} needs {fitting}; the output has {activation}.",
                loss=loss.named(),
                fitting=either([other.named() for other in loss.activations]),
                activation=activation.named(),
            )
        if not loss.accepts(activation):
            return _no_slope(activation, perceptron=Perceptron().suits(classes))
        if units == 1 and isinstance(activation, Softmax):
            return say(
                "output.softmax_of_one", "Softmax of one neuron is always 1; choose another activation."
            )
        return None

    def fitted(self) -> Self:
        """The same with a loss that can learn the data, and first and last layers that suit data and loss."""
        loss, classes = self.training.loss, self.task.classes
        if not (loss.suits(classes) and loss.trainable):
            loss = next(usual for usual in USUAL_LOSSES if usual.suits(classes))
        network = fit_input(self.network, self.data.input_shape)
        return self.with_(network=network)._with_fitting_output(loss)

    def _with_fitting_output(self, loss: Loss) -> Self:
        changed = self.with_(training=self.training.with_(loss=loss))
        output, classes = self.network.output, self.task.classes
        present: Activation | None = getattr(output, "activation", None)
        if output is None or present is None:
            return changed
        fitting: Layer = output.with_(activation=loss.output_activation(classes, present))
        if isinstance(output, Dense | DenseAtEachStep) or output.reads_graph:
            fitting = self._answering(fitting, self._outputs(loss))
        return changed.with_(network=with_output(self.network, fitting, self.data.input_shape))

    def _answering(self, output: Layer, needed: int) -> Layer:
        """The output layer with as many neurons as are needed: at each step, where each has its targets."""
        steps = self.task.sizes[0] if len(self.task.sizes) > 1 else 0
        if isinstance(output, DenseAtEachStep):
            if steps and self.graph.nodes[-1].shape[0] == steps:
                return output.with_(units=needed // steps)
            shown = {name: getattr(output, name) for name in ("id", "name", "inputs", "activation")}
            return Dense(units=needed, **shown)
        return output.with_(units=needed)

    def _outputs(self, loss: Loss) -> int:
        """How many outputs the loss needs for what there is to learn."""
        return loss.outputs(self.task.classes) if self.task.classes else self.task.numbers

    def with_data(self, data: Data) -> Self:
        """With other data; the output layer is fitted when there is something else to learn."""
        changed = self.with_(data=data)
        return changed if data.task == self.task else changed.fitted()

    def with_dataset(self, dataset: Dataset) -> Self:
        """On another dataset, with inputs, loss and output layer that suit it."""
        data, network = self.data.with_dataset(dataset), self.network
        if len(self.data.input_shape) > 1 and len(data.input_shape) == 1:
            network = without_flatten(network)
        return self.with_(data=data, network=network).fitted()

    def with_loss(self, loss: Loss) -> Self:
        """With another loss and an output layer that suits it.

        Raises:
            InvalidValue: when the loss does not suit the data.
        """
        if not loss.suits(self.task.classes):
            raise InvalidValue(_unsuited(loss, self.task.classes))
        return self._with_fitting_output(loss)


# --- why it cannot train ----------------------------------------------------------------------------


def _unsuited(loss: Loss, classes: int) -> Text:
    if classes:
        return say(
            "loss.unsuited_to_classes",
            "{loss} does not suit {count} classes; choose another loss.",
            loss=loss.named(),
            count=classes,
        )
    return say(
        "loss.unsuited_to_numbers", "{loss} does not suit numbers; choose another loss.", loss=loss.named()
    )


def _blends(augmentation: Augmentation, loss: Loss) -> Text:
    return say(
        "loss.takes_no_shares",
        "{augmentation} blends the classes of samples, and {loss} takes one class a sample; "
        "choose a cross-entropy.",
        augmentation=augmentation.named(),
        loss=loss.named(),
    )


def _untrainable(loss: Loss, classes: int) -> Text:
    usual = [other.named() for other in USUAL_LOSSES if other.suits(classes)]
    return say(
        "loss.no_slope",
        "{loss} has no slope, so nothing can learn through it; train with {usual} and watch the accuracy.",
        loss=loss.named(),
        usual=either(usual[:2]),
    )


def _other_size(loss: Loss, units: int, needed: int) -> Text:
    return say_counted(
        "output.other_size",
        "{loss} needs {needed} here, and the output has {count} neuron.",
        "{loss} needs {needed} here, and the output has {count} neurons.",
        units,
        loss=loss.named(),
        needed=needed,
    )


def _no_classes(output: Layer) -> Text:
    if isinstance(output, DenseAtEachStep):
        return say(
            "output.steps_for_classes",
            "{layer} answers at each step; end with a Dense layer to tell classes apart.",
            layer=output.named(),
        )
    return say(
        "output.picture_for_classes",
        "{layer} gives a picture; end with a Dense layer to tell classes apart.",
        layer=output.named(),
    )


def _no_slope(activation: Activation, perceptron: bool = False) -> Text:
    if perceptron:
        return say(
            "activation.no_slope_but_perceptron",
            "{activation} has no slope, so nothing can learn through it; choose another activation, "
            "or the perceptron loss.",
            activation=activation.named(),
        )
    return say(
        "activation.no_slope",
        "{activation} has no slope, so nothing can learn through it; choose another activation.",
        activation=activation.named(),
    )
