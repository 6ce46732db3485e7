"""What a confusion matrix and the figures below it say, in words."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from playground.engine.metrics import Counts
from playground.numbers.writing import decimals, percent

FIGURES = ("precision", "recall", "f1", "auc")


def cell_words(counts: Counts, row: int, column: int, names: tuple[str, ...]) -> str:
    """How many samples of a true class (row) were taken for a class (column)."""
    count, total = int(counts[row, column]), int(counts[row].sum())
    text = _tr("{count} of {total} {name} samples\nwere taken for {other} ({share})")
    if row == column:
        text = _tr("{count} of {total} {name} samples\nwere right ({share})")
    share = percent(count / total if total else 0.0)
    return text.format(count=count, total=total, name=names[row], other=names[column], share=share)


def figures(metrics: Mapping[str, float]) -> list[tuple[str, str]]:
    """The name and the number of each figure."""
    names = (_tr("precision"), _tr("recall"), _tr("F1"), _tr("AUC"))
    return [(name, decimals(metrics[key])) for name, key in zip(names, FIGURES, strict=True)]


def figure_words(names: tuple[str, ...]) -> tuple[str, ...]:
    """What each figure means: of two classes the second is meant, of more all are averaged."""
    if len(names) == 2:
        texts = (
            _tr("Of the samples called {name},\nthe share that are {name}."),
            _tr("Of the {name} samples,\nthe share that are called {name}."),
            _tr("The harmonic mean of precision and recall."),
            _tr("How often a {name} sample scores above another;\n0.5 is chance."),
        )
        return tuple(text.format(name=names[1]) for text in texts)
    return (
        _tr("Of the samples called by a class, the share that are of it;\nthe mean over the classes."),
        _tr("Of the samples of a class, the share that are found;\nthe mean over the classes."),
        _tr("The harmonic mean of precision and recall of a class;\nthe mean over the classes."),
        _tr("How often a sample of a class scores above one that is not;\nthe mean, and 0.5 is chance."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ConfusionPlot", text)
