"""The loss of a step and its gradient, written out line by line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.analysis.inspections.trace.layers import renamed
from playground.analysis.inspections.trace.step import Ran
from playground.engine.arrays import Array
from playground.engine.calculation import Equation
from playground.engine.losses import Loss
from playground.engine.losses.asked import loss_of_each


@dataclass(frozen=True, eq=False)
class LossLines:
    """The lines of the loss and of its gradient, and what they work out.

    Attributes:
        loss: the mean over the samples that are asked about, as they count.
    """

    forward: tuple[Equation, ...]
    backward: tuple[Equation, ...]
    values: dict[str, Array]
    loss: float


def loss_lines(loss: Loss, ran: Ran) -> LossLines:
    """Those of a step."""
    last = len(ran.network.graph.nodes)
    each = _each(loss, ran)
    asked = ran.asked.all(axis=0)
    gradient = f"delta{last}" if loss.from_logits else f"da{last}"
    result = _mean(loss, each, ran.weights)
    some = not bool(ran.asked.all())
    if some and not (asked.any() and bool((ran.asked == asked).all())):
        return LossLines((Equation("L"),), (Equation(gradient),), {"L": each[np.newaxis]}, result)
    names = {} if some else {"z": f"z{last}", "a": f"a{last}"}
    values: dict[str, Array] = {
        "t": ran.target[:, asked], "z": ran.net_outputs[:, asked],
        "a": ran.a[ran.network.graph.nodes[-1].layer.id][:, asked],
    }  # fmt: skip
    if not some:
        values[f"a{last}"] = values["a"]
    if loss.from_logits and not some:
        values[f"z{last}"] = ran.net_outputs
    values |= {"n": np.array(float(asked.sum())), "N": np.array(float(ran.asked[:, asked].sum()))}
    outputs = len(ran.target)
    forward = [Equation(line.name, renamed(line.source, names)) for line in loss.lines(outputs)]
    if int(asked.sum()) > 1 and not loss.weighs:
        forward.append(Equation("loss", "mean_of_samples(L)"))
    backward = _slopes(loss, outputs, names, gradient, some)
    for line in (*forward, *backward):
        if line.source and line.name != gradient:
            values[line.name] = np.asarray(line.worked(values))
    values["L"] = each[np.newaxis, asked]
    if loss.weighs:
        values["c"] = (ran.weights * (len(ran.weights) / ran.weights.sum()))[np.newaxis]
    return LossLines(tuple(forward), tuple(backward), values, result)


def _slopes(loss: Loss, outputs: int, names: dict[str, str], gradient: str, some: bool) -> list[Equation]:
    *before, slope = (Equation(each.name, renamed(each.source, names)) for each in loss.slopes(outputs))
    if some:
        return [*before, slope, Equation(gradient)]
    if loss.weighs:
        return [*before, slope, Equation("c"), Equation(gradient, "d * c")]
    return [*before, Equation(gradient, slope.source)]


def _each(loss: Loss, ran: Ran) -> Array:
    """The loss of each sample, (samples,); NaN where nothing is asked for."""
    a = ran.a[ran.network.graph.nodes[-1].layer.id]
    with np.errstate(all="ignore"):
        return loss_of_each(loss, ran.net_outputs, a, ran.target)


def _mean(loss: Loss, each: Array, weights: Array) -> float:
    known = ~np.isnan(each)
    if not known.any():
        return float("nan")
    counts = weights[known] if loss.weighs else np.ones(int(known.sum()))
    return float((each[known] * counts).sum() / counts.sum())
