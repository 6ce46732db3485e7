"""One step of training, forward and backward, taken on a workbench: every array that it wrote, copied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.analysis.inspections.trace import Tracing
from playground.analysis.inspections.trace.source import StepSource, Workbench
from playground.engine.arrays import Array
from playground.engine.layers import Dense, Layer
from playground.engine.links import NodeLinks
from playground.engine.losses.asked import some_missing
from playground.engine.network import Network, Plan
from playground.engine.sums import GradientSum
from playground.text import Text, say
from playground.value import InvalidValue

MOST_NUMBERS = 1 << 22
"""So many numbers of the sums of a layer's gradients are kept; of a large batch there may be more."""


@dataclass(frozen=True, eq=False)
class Given:
    """What a step is taken on.

    Attributes:
        inputs: (samples, inputs), `targets` (samples, outputs) coded, NaN where they are not asked for.
        weights: what each sample counts, (samples,).
        rows: which of the side's samples they are; of a whole graph, the one that is asked about.
        first: the sample that is looked at, in front of the others.
    """

    inputs: Array
    targets: Array
    weights: Array
    rows: NDArray[np.intp]
    first: int = 0
    links: NodeLinks | None = None


@dataclass(frozen=True, eq=False)
class Ran:
    """The arrays of a step, samples last: by layer id the values a, the net inputs z, and their gradients.

    Attributes:
        rows: which of the side's samples stand in the columns of the arrays that are shown.
        a_gradients: with respect to a layer's values; of an output whose loss is from logits there is none.
        seen: what else layers show (gates, states, shares of attention), of the first sample.
        neighbours: by layer id, of layers that pass messages between the nodes of one graph: the nodes
            (m,) that lead to the one that is asked about, and what each brings to its units, (units, m).
        sums: by layer id, how the gradients of its weights came about; of dense layers, and of more than
            there is room for, there are none.
        order: which node of a whole graph, or sample of the batch, stands in each column.
        gradients: of all parameters, flat.
        asked: (outputs, samples) which targets are asked for.
        notes: what is to be known of the step.
    """

    network: Network
    rows: NDArray[np.intp]
    input: Array
    target: Array
    weights: Array
    z: Mapping[str, Array]
    a: Mapping[str, Array]
    deltas: Mapping[str, Array]
    a_gradients: Mapping[str, Array]
    seen: Mapping[str, Mapping[str, Array]]
    neighbours: Mapping[str, tuple[NDArray[np.int64], Array]]
    sums: Mapping[str, tuple[GradientSum, ...]]
    order: NDArray[np.intp]
    net_outputs: Array
    gradients: Array
    asked: NDArray[np.bool_]
    carried: bool
    term: float
    whole: bool
    notes: tuple[Text, ...]


def run(source: StepSource, tracing: Tracing, bench: Workbench) -> Ran:
    """Take the step.

    Raises:
        InvalidValue: a sentence, when there is no such sample or batch.
    """
    loss, drawn = source.loss(tracing.learns), tracing.chance and tracing.learns
    given = _batch(bench) if tracing.of == "batch" else _sample(source, tracing, bench)
    network, gaps = bench.network, some_missing(given.targets)
    plan = network.plan(len(given.inputs), loss, True, gaps, at_rest=not drawn, links=given.links)
    plan.input[:, :-1] = given.inputs
    plan.target[:] = given.targets
    plan.weights[:] = given.weights
    with np.errstate(all="ignore"):
        plan.step()
    carried = tracing.of == "batch" and bench.with_carried(len(given.rows), _rest(source))
    return _copied(source, tracing, network, plan, given, carried)


def _rest(source: StepSource) -> int:
    return source.experiment.training.batch_sizes(len(source.sides.train.inputs))[1]


def _batch(bench: Workbench) -> Given:
    """What the next step of training takes."""
    lesson, rows = bench.lesson, bench.rows
    if not bench.machine.per_epoch:
        raise InvalidValue(
            say("trace.no_batch", "There is no next batch: a whole one is larger than all training samples.")
        )
    weights = np.ones(len(rows)) if lesson.weights is None else lesson.weights[rows]
    return Given(lesson.inputs[rows, :-1], lesson.aims[rows], weights, rows, links=lesson.links)


def _sample(source: StepSource, tracing: Tracing, bench: Workbench) -> Given:
    """One sample alone; of a whole graph all nodes, of which one is asked about."""
    samples, number = source.side(tracing.side), tracing.sample
    if samples is None or number >= len(samples.inputs):
        raise InvalidValue(_no_such(tracing, 0 if samples is None else len(samples.inputs)))
    rows = np.array([number])
    if samples.whole is None:
        return Given(samples.inputs[rows, :-1], samples.aims[rows], np.ones(1), rows)
    whole = samples.whole
    (node,) = whole.of_samples[samples.split.rows[rows]]
    targets = np.full((len(whole.inputs), samples.aims.shape[1]), np.nan)
    targets[node] = samples.aims[number]
    return Given(whole.inputs, targets, np.ones(len(targets)), rows, int(node), whole.links)


SIDES_SAID = {
    "train": say("trace.of_training", "training"),
    "validation": say("trace.of_validation", "validation"),
    "test": say("trace.of_test", "test"),
}


def _no_such(tracing: Tracing, count: int) -> Text:
    return say(
        "trace.no_such_sample",
        "There is no {side} sample {number}: there are {count}, counted from 0.",
        side=SIDES_SAID[tracing.side],
        number=tracing.sample,
        count=count,
    )


def _copied(
    source: StepSource, tracing: Tracing, network: Network, plan: Plan, given: Given, carried: bool
) -> Ran:
    order = np.r_[given.first, np.delete(np.arange(len(given.inputs)), given.first)]

    def columns(arrays: Mapping[str, Array]) -> dict[str, Array]:
        return {name: values.reshape(-1, len(order))[:, order] for name, values in arrays.items()}

    a_gradients = columns(plan.gradients)
    if source.loss(tracing.learns).from_logits:
        a_gradients.pop(network.graph.nodes[-1].layer.id, None)
    seen = {
        name: {what: values[..., given.first].copy() for what, values in arrays.items()}
        for name, arrays in plan.seen.items()
    }
    return Ran(
        network,
        given.rows,
        plan.input[order, :-1].T.copy(),
        given.targets.astype(network.dtype)[order].T,
        plan.weights[order].copy(),
        columns({name: z for name, (z, _) in plan.bends.items()}),
        columns(plan.values),
        columns({name: delta for name, (_, delta) in plan.bends.items() if delta is not None}),
        a_gradients,
        seen,
        _neighbours(plan, given),
        _sums(plan, network, order),
        order,
        plan.net_outputs[:, order],
        network.gradients.copy(),
        ~np.isnan(given.targets[order].T),
        carried,
        plan.term(),
        given.links is not None,
        tuple(_notes(source, tracing, given, carried, plan)),
    )


def _sums(plan: Plan, network: Network, order: NDArray[np.intp]) -> dict[str, tuple[GradientSum, ...]]:
    dense = {node.layer.id for node in network.graph.nodes if type(node.layer) is Dense}
    found = {name: sums() for name, sums in plan.sums.items() if name not in dense}
    return {
        name: tuple(each.in_order(order) for each in sums)
        for name, sums in found.items()
        if sum(each.size for each in sums) <= MOST_NUMBERS
    }


def _neighbours(plan: Plan, given: Given) -> dict[str, tuple[NDArray[np.int64], Array]]:
    if plan.passage is None or given.links is None:
        return {}
    those = np.flatnonzero(plan.passage.targets == given.first)
    return {
        name: (
            plan.passage.sources[those],
            np.array([bring(unit)[those] for unit in range(len(plan.values[name]))]),
        )
        for name, (bring, _) in plan.messages.items()
    }


def _notes(source: StepSource, tracing: Tracing, given: Given, carried: bool, plan: Plan) -> list[Text]:
    """What is to be known of how the step was taken."""
    found = [*_of_side(tracing), *_of_chance(source, tracing)]
    kinds = _kinds(source)
    if "batch_norm" in kinds and tracing.of == "sample" and given.links is None:
        found.append(
            say(
                "trace.batch_norm",
                "A batch of one sample has no variance: Batch norm takes its running averages.",
            )
        )
    if source.experiment.data.augmentations and tracing.of == "sample":
        found.append(say("trace.not_augmented", "The sample is taken as it is, without augmentation."))
    if given.links is not None:
        found.append(
            say(
                "trace.whole_graph",
                "The whole graph is one batch: the first column is this node, and gradients of weights are "
                "sums over all nodes.",
            )
        )
    if carried:
        found.append(
            say(
                "trace.carried",
                "To the gradients of the weights comes what the short batch of the last epoch left over.",
            )
        )
    if plan.terms:
        found.append(
            say(
                "trace.terms",
                "Layers add {term} to the loss, whose gradients come in where they are.",
                term=plan.term(),
            )
        )
    return found


def _of_side(tracing: Tracing) -> list[Text]:
    if tracing.learns:
        return []
    return [
        say(
            "trace.not_learnt_from",
            "This sample is not learnt from: its gradients are those of a step on it, and no update follows.",
        )
    ]


def _of_chance(source: StepSource, tracing: Tracing) -> list[Text]:
    if not _kinds(source) & {"dropout", "channel_dropout", "gaussian_noise", "variational"}:
        return []
    if tracing.chance and tracing.learns:
        return [
            say(
                "trace.chance",
                "Dropout and noise are drawn from a copy of the random streams, as the next step would.",
            )
        ]
    return [say("trace.no_chance", "Dropout and noise are left out, as at test time.")]


def _kinds(source: StepSource) -> set[str]:
    layers: tuple[Layer, ...] = source.experiment.network.layers
    return {layer.tag() for layer in layers}
