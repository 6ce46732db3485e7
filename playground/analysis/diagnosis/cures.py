"""Cures: edits that may help, each a pure function from an experiment to another."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from playground.analysis.diagnosis.trouble import Cure
from playground.data.augmentation.any_samples import LabelShuffle
from playground.data.scaling import MinMax, Standardize, SymmetricMinMax
from playground.engine import edits
from playground.engine.activations import Activation, LeakyRelu, Linear, Relu
from playground.engine.clipping import ClipByNorm
from playground.engine.initializers import HeNormal, Initializer, XavierUniform
from playground.engine.layers import BatchNorm, Dense, Dropout, Layer
from playground.engine.optimizers import Adam
from playground.engine.regularizers import L2
from playground.engine.stopping import EarlyStopping
from playground.experiment import Experiment
from playground.fields import describe
from playground.numbers.writing import plain
from playground.text import say

WATCHED = 15
"""Percent of the data that early stopping is given to watch."""
SMALL_BATCH = 16
SMALLEST_RATE, LARGEST_RATE = 1e-6, 100.0


def _layers(experiment: Experiment, change: Callable[[Layer], Layer]) -> Experiment:
    """With every hidden layer changed."""
    network = experiment.network
    for layer in network.layers[:-1]:
        if (changed := change(layer)) != layer:
            network = edits.replace(network, changed)
    return experiment.with_(network=network)


def _again(experiment: Experiment) -> Experiment:
    """From other initial weights, at epoch 0."""
    return experiment.with_(weights_draw=experiment.weights_draw + 1)


def _training(experiment: Experiment, **changes: object) -> Experiment:
    return experiment.with_(training=experiment.training.with_(**changes))


def _data(experiment: Experiment, **changes: object) -> Experiment:
    return experiment.with_data(experiment.data.with_(**changes))


# --- the network ------------------------------------------------------------------------------------


def bend(activation: Activation, layers: Collection[str] | None, experiment: Experiment) -> Experiment:
    """With another activation in hidden layers, all of them or these."""

    def change(layer: Layer) -> Layer:
        meant = layers is None or layer.id in layers
        return layer.with_(activation=activation) if meant and hasattr(layer, "activation") else layer

    return _layers(experiment, change)


def begin(initializer: Initializer, experiment: Experiment) -> Experiment:
    """With the weights of every layer drawn anew in this way; as it is, where they were drawn so."""

    def change(layer: Layer) -> Layer:
        return layer.with_(initializer=initializer) if hasattr(layer, "initializer") else layer

    changed = _layers(experiment, change)
    output = changed.network.output
    if output is not None and (new := change(output)) != output:
        changed = changed.with_(network=edits.replace(changed.network, new))
    return experiment if changed == experiment else _again(changed)


def normalize(experiment: Experiment) -> Experiment:
    """With batch norm behind every hidden dense layer that has none behind it."""
    network = experiment.network
    for layer in network.layers[:-1]:
        position = network.index(layer.id)
        followed = isinstance(network.layers[position + 1], BatchNorm)
        if isinstance(layer, Dense) and not followed:
            network = edits.insert(network, position + 1, BatchNorm())
    return experiment.with_(network=network)


def silence(experiment: Experiment) -> Experiment:
    """With dropout behind the last hidden layer."""
    return experiment.with_(network=edits.append(experiment.network, Dropout()))


def widen(experiment: Experiment) -> Experiment:
    """With twice the neurons in every hidden layer, or a hidden layer where there is none."""
    network = experiment.network
    sized = [layer for layer in network.layers[:-1] if layer.sized_by]
    if not sized:
        return deepen(experiment)
    for layer in sized:
        count = min(2 * getattr(layer, layer.sized_by), _most(layer))
        network = edits.replace(network, layer.with_(**{layer.sized_by: count}))
    return experiment.with_(network=network)


def _most(layer: Layer) -> int:
    (field,) = (field for field in describe(type(layer)) if field.name == layer.sized_by)
    return int(field.high or 4096)


def deepen(experiment: Experiment) -> Experiment:
    """With another hidden layer before the output."""
    return experiment.with_(network=edits.append(experiment.network, Dense(units=8)))


def open_output(experiment: Experiment) -> Experiment:
    """With a linear output, which can give any number."""
    output = experiment.network.output
    assert output is not None
    return experiment.with_(network=edits.replace(experiment.network, output.with_(activation=Linear())))


# --- the training -----------------------------------------------------------------------------------


def scale_rate(factor: float, experiment: Experiment) -> Experiment:
    """With a learning rate that is so many times the present one."""
    optimizer = experiment.training.optimizer
    rate = min(max(optimizer.learning_rate * factor, SMALLEST_RATE), LARGEST_RATE)
    return _training(experiment, optimizer=optimizer.with_(learning_rate=float(plain(rate, 2))))


def train_with(name: str, value: object, experiment: Experiment) -> Experiment:
    """With one setting of the training changed."""
    return _training(experiment, **{name: value})


def smaller_batches(experiment: Experiment) -> Experiment:
    """With so few samples a batch that an epoch has many updates."""
    return _training(experiment, batch_size=SMALL_BATCH, full_batch=False)


def stop_early(experiment: Experiment) -> Experiment:
    """With early stopping, and validation samples for it to watch."""
    data = experiment.data
    if not data.steers:
        train = min(data.train_percent, 100.0 - WATCHED)
        experiment = _data(experiment, validation_percent=WATCHED, train_percent=train)
    return _training(experiment, stopping=EarlyStopping())


def weigh_classes(experiment: Experiment) -> Experiment:
    """With a mistake costing more where a class is rare."""
    return _training(experiment, loss=experiment.training.loss.with_(class_weights="balanced"))


# --- the data ---------------------------------------------------------------------------------------


def with_data(name: str, value: object, experiment: Experiment) -> Experiment:
    """With one setting of the data changed."""
    return _data(experiment, **{name: value})


def more_samples(experiment: Experiment) -> Experiment:
    """With four times the samples, where they are drawn."""
    dataset = experiment.data.dataset
    count = min(4 * dataset.count, 1_000_000)
    return _data(experiment, dataset=dataset.with_(samples=count))


def draw_evenly(experiment: Experiment) -> Experiment:
    """With each class drawn equally often in an epoch."""
    return _data(experiment, augmentations=(*experiment.data.augmentations, LabelShuffle()))


# --- by name ----------------------------------------------------------------------------------------

USE_RELU = Cure(say("cure.relu", "ReLU in hidden layers"), partial(bend, Relu(), None))
BEGIN_BY_HE = Cure(say("cure.he", "New weights by He"), partial(begin, HeNormal()))
BEGIN_BY_XAVIER = Cure(say("cure.xavier", "New weights by Xavier"), partial(begin, XavierUniform()))
NORMALIZE = Cure(say("cure.batch_norm", "Add batch norm"), normalize)
CLIP = Cure(say("cure.clip", "Clip the gradient"), partial(train_with, "clipping", ClipByNorm()))
SLOWER = Cure(say("cure.smaller_rate", "A tenth of the rate"), partial(scale_rate, 0.1))
FASTER = Cure(say("cure.larger_rate", "Ten times the rate"), partial(scale_rate, 10.0))
USE_ADAM = Cure(say("cure.adam", "Use Adam"), partial(train_with, "optimizer", Adam(learning_rate=0.01)))
STOP_EARLY = Cure(say("cure.stop_early", "Stop early"), stop_early)
PENALIZE = Cure(say("cure.l2", "Add an L2 penalty"), partial(train_with, "regularizer", L2()))
DROP_OUT = Cure(say("cure.dropout", "Add dropout"), silence)
WIDEN = Cure(say("cure.wider", "Twice the neurons"), widen)
DEEPEN = Cure(say("cure.deeper", "One more layer"), deepen)
BALANCE = Cure(say("cure.class_weights", "Weigh the classes"), weigh_classes)
STANDARDIZE = Cure(
    say("cure.standardize", "Standardize inputs"), partial(with_data, "scaling", Standardize())
)
SMALLER_BATCHES = Cure(say("cure.smaller_batches", "Smaller batches"), smaller_batches)
LINEAR_OUTPUT = Cure(say("cure.linear_output", "Linear output"), open_output)
SCALE_TARGETS = Cure(
    say("cure.scale_targets", "Scale the targets"), partial(with_data, "target_scaling", SymmetricMinMax())
)
SCALE_TO_ONE = Cure(
    say("cure.scale_to_one", "Scale the targets to 0 … 1"), partial(with_data, "target_scaling", MinMax())
)
DRAW_EVENLY = Cure(say("cure.draw_evenly", "Draw classes evenly"), draw_evenly)
MORE_SAMPLES = Cure(say("cure.more_samples", "Four times the samples"), more_samples)
SPLIT_IN_ORDER = Cure(say("cure.in_order", "Split in order"), partial(with_data, "split", "in_order"))


def leak_on(layer_id: str) -> Cure:
    """Leaky ReLU in one layer."""
    return Cure(say("cure.leaky", "Leaky ReLU in this layer"), partial(bend, LeakyRelu(), (layer_id,)))
