"""The layers of a report's network, a row of words each."""

from __future__ import annotations

from collections.abc import Iterator

from playground.diagrams.columns import Word, activation_of, layer_columns
from playground.numbers.writing import by, figures, whole
from playground.report.facts import ReportFacts


def layer_rows(facts: ReportFacts, word: Word) -> Iterator[tuple[str, ...]]:
    """Name, kind, activation, shape, parameters and size of the weights of each."""
    for column in layer_columns(facts.experiment, word)[1:]:
        assert column.layer is not None
        activation, norm = activation_of(column.layer), facts.norms.get(column.layer.id)
        yield (
            column.title,
            word(column.layer.named()),
            word(activation) if activation else "",
            by(column.shape),
            whole(column.parameters) if column.parameters else "",
            figures(norm, 3) if norm is not None else "",
        )
