"""What the compiled machine knows: every part of an experiment must have a compiled form."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine.activations import Activation
from playground.engine.layers import Layer
from playground.engine.loops import acts, is_lowered, loop_of
from playground.engine.losses.asked import some_missing
from playground.engine.network import Network
from playground.experiment import Training
from playground.text import Text, say
from playground.training.compiled.building import is_installed
from playground.training.compiled.registry import OF_UPDATE
from playground.training.lesson import Lesson

MISSING = say("compiled.missing", "Numba is not installed; pip install '.[fast]' adds it.")


def why_not(network: Network, lesson: Lesson, training: Training) -> Text | None:
    """Why these are trained by NumPy, in a sentence; None when machine code can do all of it."""
    return next(_reasons(network, lesson, training), None)


def _reasons(network: Network, lesson: Lesson, training: Training) -> Iterator[Text]:
    if not is_installed():
        yield MISSING
    if lesson.links is not None:
        yield say("compiled.links", "Samples that are the nodes of a graph are learnt by NumPy alone.")
    if len(network.graph.input_shape) == 2:
        yield say("compiled.rows", "Sequences and graphs are learnt by NumPy alone.")
    if some_missing(lesson.aims):
        yield say("compiled.gaps", "Targets that are not asked for are known to NumPy alone.")
    unknown = [
        node.layer.named()
        for node in network.graph.nodes
        if not (knows_layer(node.layer) and node.layer.compiles(node.shapes))
    ]
    if not loop_of(type(training.loss), "gradient"):
        unknown.append(training.loss.named())
    parts = (training.regularizer, training.clipping, training.optimizer, training.regularizer)
    for part, (_, method) in zip(parts, OF_UPDATE, strict=True):
        if acts(type(part), method) and not loop_of(type(part), method):
            unknown.append(part.named())
    for part_name in unknown:
        yield say(
            "compiled.unknown", "{part} has no compiled form, so that NumPy trains this.", part=part_name
        )


def knows_layer(layer: Layer) -> bool:
    """Whether a layer has a compiled form, and so has its activation."""
    activation = getattr(layer, "activation", None)
    return is_lowered(type(layer)) and (activation is None or knows_activation(activation))


def knows_activation(activation: Activation) -> bool:
    """Whether an activation has a compiled form; one that learns needs loops of its own for that."""
    kind = type(activation)
    if activation.learned(1):
        return is_lowered(kind) and bool(kind.loops)
    back = loop_of(kind, "derivative") or loop_of(kind, "backward")
    return bool(loop_of(kind, "forward") and back)
