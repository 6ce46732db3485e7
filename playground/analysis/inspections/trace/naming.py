"""What the places, the rows and the weights of a layer's sums are called."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from playground.analysis.inspections.trace.step import Ran
from playground.engine.graph import Node
from playground.engine.layers.sliding import Windowed
from playground.engine.layers.transposed import ConvTranspose
from playground.engine.sums import GradientSum
from playground.numbers.writing import figures
from playground.text import Text, both, say, say_counted

GATES = {
    "gru": (
        say("trace.reset_gate", "reset gate"),
        say("trace.update_gate", "update gate"),
        say("trace.candidate", "candidate"),
    ),
    "lstm": (
        say("trace.output_gate", "output gate"),
        say("trace.input_gate", "input gate"),
        say("trace.forget_gate", "forget gate"),
        say("trace.candidate", "candidate"),
    ),
    "self_attention": (
        say("trace.question", "question Q"),
        say("trace.answer", "answer K"),
        say("trace.value", "value V"),
    ),
}
"""Of layers whose rows of weights are several to a unit, what those are, in order."""


def joined(items: Sequence[Text]) -> Text:
    """All of them, one behind the other."""
    return reduce(lambda first, then: say("trace.then", "{first}; {then}", first=first, then=then), items)


def added(terms: Sequence[Text]) -> Text:
    """The sum of them."""
    return reduce(lambda first, then: say("trace.plus", "{first} + {then}", first=first, then=then), terms)


def equal(terms: Text, total: float) -> Text:
    """A sum, and what it comes to."""
    return say("trace.terms_are", "{terms} = {total}", terms=terms, total=figures(total, 4))


def place_in(shape: Sequence[int], number: int) -> Text | None:
    """Where a value of a picture or of a sequence stands; None in a row of values."""
    place = [int(at) + 1 for at in np.unravel_index(number, tuple(shape))]
    if len(place) == 3:
        down, across, channel = place
        return say(
            "trace.in_picture",
            "row {down}, column {across}, channel {channel}",
            down=down,
            across=across,
            channel=channel,
        )
    if len(place) == 2:
        return say("trace.in_sequence", "step {step}, value {value}", step=place[0], value=place[1])
    return None


def place_of_term(ran: Ran, node: Node, each: GradientSum, place: Sequence[int]) -> Text | None:
    """Where a term of a sum is from; None where there is one alone."""
    if each.ends is not None:
        source, target = (int(end) + 1 for end in each.ends[:, place[0]])
        return say("trace.at_edge", "edge {source} → {target}", source=source, target=target)
    *at, column = (int(number) for number in place)
    found = [there] if (there := on_grid(node, at)) is not None else []
    if each.deltas.shape[-1] > 1:
        number = int(ran.order[column]) + 1
        node_or_sample = say("trace.at_node", "node {number}", number=number)
        if not ran.whole:
            node_or_sample = say("trace.at_sample", "sample {number}", number=number)
        found.append(node_or_sample)
    if len(found) < 2:
        return found[0] if found else None
    return say("trace.at_both", "{place} of {sample}", place=found[0], sample=found[1])


def on_grid(node: Node, at: Sequence[int]) -> Text | None:
    """A place of a picture, a step or a node; None in a row of values."""
    if not at:
        return None
    if node.layer.axes[:1] == ("height",):
        return say("trace.at_place", "row {down}, column {across}", down=at[0] + 1, across=at[1] + 1)
    if node.layer.axes[:1] == ("nodes",):
        return say("trace.at_node", "node {number}", number=at[0] + 1)
    return say("trace.at_this_step", "step {number}", number=at[-1] + 1)


def summed_over(ran: Ran, node: Node, each: GradientSum) -> Text | None:
    """Over how many places and samples a sum goes; None where it has one term."""
    if each.ends is not None:
        edges = say_counted("trace.so_many_edges", "{count} edge", "{count} edges", each.deltas.shape[1])
        return say("trace.summed_over", "summed over {what}", what=edges)
    *sides, samples = each.deltas.shape[1:]
    places = int(np.prod(sides))
    found = [_count_of_places(node, places)] if places > 1 else []
    if samples > 1:
        found.append(_count_of_samples(ran, samples))
    return say("trace.summed_over", "summed over {what}", what=both(found)) if found else None


def _count_of_samples(ran: Ran, count: int) -> Text:
    if ran.whole:
        return say_counted("trace.so_many_nodes", "{count} node", "{count} nodes", count)
    return say_counted("trace.so_many_samples", "{count} sample", "{count} samples", count)


def _count_of_places(node: Node, count: int) -> Text:
    match node.layer.axes[:1]:
        case ("nodes",):
            return say_counted("trace.so_many_nodes", "{count} node", "{count} nodes", count)
        case ("time",):
            return say_counted("trace.so_many_steps", "{count} step", "{count} steps", count)
    return say_counted("trace.so_many_places", "{count} place", "{count} places", count)


def row_of(node: Node, row: int) -> Text | None:
    """What a row of weights is of: a filter, or a gate of a unit."""
    layer = node.layer
    if isinstance(layer, Windowed | ConvTranspose):
        return say("trace.of_filter", "filter {number}", number=row + 1)
    if (gates := GATES.get(layer.tag())) is None:
        return None
    gate, unit = divmod(row, int(getattr(layer, layer.sized_by)))
    return say("trace.of_gate", "{gate} of neuron {number}", gate=gates[gate], number=unit + 1)


def row_of_term(node: Node, row: int) -> Text | None:
    """The same of a row of a sum, which of a transposed convolution is of one place of a filter's pattern."""
    return row_of(node, row // node.layer.kernel**2 if isinstance(node.layer, ConvTranspose) else row)


def weight_of(node: Node, part: str, row: int, column: int) -> Text | None:
    """What a weight is: of which filter or gate, and for what it reads; None where its indices say all."""
    of = row_of(node, row)
    if of is None or "bias" in part:
        return of
    layer = node.layer
    if isinstance(layer, Windowed | ConvTranspose):
        return _in_window(layer, node.shapes[0], of, column)
    if part.startswith("recurrent"):
        return say("trace.of_state", "{of}, for the state of neuron {number}", of=of, number=column + 1)
    return say("trace.of_input", "{of}, for input {number}", of=of, number=column + 1)


def _in_window(layer: Windowed | ConvTranspose, shape: tuple[int, ...], of: Text, column: int) -> Text:
    windows = layer.windows(shape) if isinstance(layer, Windowed) else layer.laid(shape)
    sizes = windows.down.size, windows.across.size
    channel, down, across = (
        int(at) + 1 for at in np.unravel_index(column, (column // int(np.prod(sizes)) + 1, *sizes))
    )
    if len(shape) == 2:
        return say(
            "trace.in_window_of_steps",
            "{of}, step {step} of its window, column {channel}",
            of=of,
            step=across,
            channel=channel,
        )
    return say(
        "trace.in_window",
        "{of}, row {down}, column {across} of its window, channel {channel}",
        of=of,
        down=down,
        across=across,
        channel=channel,
    )
