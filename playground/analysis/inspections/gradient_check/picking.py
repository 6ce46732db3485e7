"""One number of a network that was chosen: its derivative both ways, and the errors by all steps."""

from __future__ import annotations

from collections.abc import Collection
from math import isfinite

import numpy as np

from playground.analysis.inspections.gradient_check import GradientCheck
from playground.analysis.inspections.gradient_check.judging import Derivative, judged, relative_error
from playground.analysis.inspections.gradient_check.probe import Place, Probe
from playground.analysis.inspections.gradient_check.results import OF_OUTPUT, STEPS, CheckedNumber
from playground.engine.network import Network
from playground.numbers.writing import by
from playground.text import Text, say
from playground.training.moment import Moment
from playground.value import InvalidValue

_TINY = 1e-300
"""Keeps the division finite where both slopes are 0."""


def check_number(
    moment: Moment, settings: GradientCheck, layer_id: str, part: str, index: tuple[int, ...]
) -> CheckedNumber:
    """Check one parameter of a network as it is at a moment.

    Raises:
        InvalidValue: when there is no such parameter, when it does not learn, or the loss is not finite.
    """
    probe = probe_of(moment, settings.samples)
    place = _place(probe.network, layer_id, part, index)
    with np.errstate(all="ignore"):
        return with_curves(probe, layer_id, place, judged(probe, place, settings.step))


def probe_of(moment: Moment, samples: int) -> Probe:
    """A copy to measure with.

    Raises:
        InvalidValue: when the loss is not finite there.
    """
    with np.errstate(all="ignore"):
        probe = Probe(moment, samples)
    if not isfinite(probe.loss):
        raise InvalidValue(
            say(
                "gradient.not_finite",
                "The loss is not finite, so no difference of it says anything. "
                "Go back to weights for which it is.",
            )
        )
    return probe


def with_curves(probe: Probe, layer_id: str, place: Place, found: Derivative) -> CheckedNumber:
    """What was found of a number of a layer by its name, with the errors by all steps."""
    with np.errstate(all="ignore"):
        slopes = [probe.slopes(place, step) for step in STEPS]
    forward, central = (
        tuple(relative_error(found.analytic, getattr(each, side), _TINY) for each in slopes)
        for side in ("forward", "central")
    )
    return CheckedNumber(layer_id, *_name(probe, layer_id, place), found, forward, central)


def _name(probe: Probe, layer_id: str, place: Place) -> tuple[str, tuple[int, ...]]:
    """The part that a number belongs to, and where it stands there."""
    if place.layer_id:
        unit, sample = divmod(place.number, len(probe.plan.input))
        return OF_OUTPUT, (unit, sample)
    owned = ((name, np.argwhere(piece == place.number)) for name, piece in _numbered(probe.network).items())
    name, where = next((name, where) for name, where in owned if where.size)
    return name.removeprefix(f"{layer_id}."), tuple(where[0].tolist())


def _numbered(network: Network) -> dict[str, np.ndarray]:
    """Every tensor, filled with the numbers of its parameters among all."""
    return dict(network.tensors(np.arange(network.parameters.size, dtype=np.float64)))


def _place(network: Network, layer_id: str, part: str, index: tuple[int, ...]) -> Place:
    nodes = {node.layer.id: node for node in network.graph.nodes}
    own = {
        name.removeprefix(f"{layer_id}."): numbers
        for name, numbers in _numbered(network).items()
        if name.startswith(f"{layer_id}.") and layer_id in nodes
    }
    if part not in own:
        raise InvalidValue(_no_such(nodes, layer_id, part, own))
    if getattr(nodes[layer_id].layer, "frozen", False):
        raise InvalidValue(
            say("gradient.frozen", "The layer {layer} is frozen, so nothing of it is learnt.", layer=layer_id)
        )
    numbers = own[part]
    fits = len(index) == numbers.ndim
    if not fits or any(at >= size for at, size in zip(index, numbers.shape, strict=True)):
        raise InvalidValue(
            say(
                "gradient.no_such_entry",
                "{part} of the layer {layer} are {shape}, counted from 0, and [{index}] is not among them.",
                part=part,
                layer=layer_id,
                shape=by(numbers.shape),
                index=",".join(map(str, index)),
            )
        )
    return Place(int(numbers[index]))


def _no_such(nodes: Collection[str], layer_id: str, part: str, own: Collection[str]) -> Text:
    if layer_id not in nodes:
        return say(
            "gradient.no_such_layer",
            "There is no layer {layer}; there are {layers}.",
            layer=layer_id,
            layers=", ".join(nodes),
        )
    if not own:
        return say("gradient.no_parameters", "The layer {layer} has no parameters.", layer=layer_id)
    return say(
        "gradient.no_such_part",
        "The layer {layer} has no {part}; it has {parts}.",
        layer=layer_id,
        part=part,
        parts=", ".join(own),
    )
