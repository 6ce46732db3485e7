"""What the gradient of a weight, and what goes back to a value, is summed up from, in words and numbers."""

from __future__ import annotations

import numpy as np

from playground.analysis.inspections.trace.naming import (
    added,
    equal,
    joined,
    on_grid,
    place_of_term,
    row_of_term,
    summed_over,
    weight_of,
)
from playground.analysis.inspections.trace.parts import ParameterPart, parts
from playground.analysis.inspections.trace.summed import SumTerms, handed_back
from playground.analysis.inspections.trace.told_pools import of_pools
from playground.analysis.inspections.trace.trace import Trace
from playground.engine.edits import label
from playground.engine.graph import Node
from playground.engine.layers.recurrent import BACKWARDS
from playground.numbers.writing import figures
from playground.text import Text, say

MOST_TERMS = 5


def of_gradient(trace: Trace, name: str, row: int, column: int) -> list[Text]:
    """What weight an entry of dW is of, and the terms of its sum, the largest first."""
    found = next(((t, part) for t, part in parts(trace.ran).items() if part.gradient == name), None)
    if found is None or found[0] not in trace.sums:
        return []
    tensor, part = found
    node = _node(trace, part.layer_id)
    told = [weight_of(node, part.part.removesuffix(BACKWARDS), _row(node, part, row), column)]
    terms = trace.sums[tensor].terms(row, column)
    if terms is not None:
        told.append(summed_over(trace.ran, node, terms.of))
        written = any(line.name == name and line.source for line in trace.lines())
        told.append(_largest_at(trace, node, terms) if written else _terms(trace, node, terms))
    return [text for text in told if text is not None]


def of_handed_back(trace: Trace, name: str, row: int, column: int) -> list[Text]:
    """What readers of a layer whose sums are no product of matrices hand back to one of its values."""
    if any(line.name == name and line.source for line in trace.lines()):
        return []
    position = int(name.removeprefix("da")) - 1
    ran = trace.ran
    found = handed_back(ran.network, ran.sums, trace.before, position, row, column)
    return [
        say(
            "trace.handed_back",
            "{layer} hands back its weights times δ: {terms}",
            layer=label(ran.network.architecture, trace.number(node.layer.id) - 1),
            terms=_terms(trace, node, terms, rows=True),
        )
        for node, terms in found
    ] + of_pools(trace, position, row, column)


def _node(trace: Trace, layer_id: str) -> Node:
    return next(node for node in trace.ran.network.graph.nodes if node.layer.id == layer_id)


def _row(node: Node, part: ParameterPart, row: int) -> int:
    """Which row of the layer's weights; the bias of what a state brings stands for the last gate of a GRU."""
    units = int(getattr(node.layer, "units", 0))
    return row + 2 * units if part.part.startswith("recurrent_bias") else row


def _largest_at(trace: Trace, node: Node, terms: SumTerms) -> Text | None:
    """Where the largest terms are, whose numbers stand in the line itself."""
    if len(terms.first) < 2:
        return None
    shown = [each for each in terms.largest()[:MOST_TERMS] if terms.products[each]]
    places = [place_of_term(trace.ran, node, terms.of, terms.places[each].tolist()) for each in shown]
    known = [place for place in places if place is not None]
    return say("trace.largest_at", "the largest at {places}", places=joined(known)) if known else None


def _terms(trace: Trace, node: Node, terms: SumTerms, rows: bool = False) -> Text:
    """The largest terms with their places, what the others come to, and the sum."""
    products, order = terms.products, terms.largest()
    most = len(order) if len(order) <= MOST_TERMS + 1 else MOST_TERMS
    shown = order[: max(min(most, np.count_nonzero(products)), 1)]
    told = [_term(trace, node, terms, int(each), rows) for each in shown]
    if rest := len(order) - len(shown):
        others = float(products[order[len(shown) :]].sum())
        told.append(
            say("trace.more_terms", "(… {count} more, together {total})", count=rest, total=_number(others))
        )
    return equal(added(told), float(products.sum(dtype=np.float64)))


def _term(trace: Trace, node: Node, terms: SumTerms, number: int, rows: bool) -> Text:
    """One product, and where it is from; with `rows` all are of one sample, and of several rows."""
    product = f"{_bracketed(float(terms.first[number]))} · {_bracketed(float(terms.second[number]))}"
    place = terms.places[number].tolist()
    row = row_of_term(node, int(terms.rows[number])) if rows else None
    where = on_grid(node, place[:-1]) if rows else place_of_term(trace.ran, node, terms.of, place)
    at = [text for text in (row, where) if text is not None]
    if not at:
        return say("trace.term", "{product}", product=product)
    if len(at) == 2:
        return say("trace.term_of_at", "{product} ({row}, {place})", product=product, row=at[0], place=at[1])
    return say("trace.term_at", "{product} ({place})", product=product, place=at[0])


def _number(value: float) -> str:
    return figures(value, 4)


def _bracketed(value: float) -> str:
    text = figures(value, 4)
    return f"({text})" if text.startswith("−") else text
