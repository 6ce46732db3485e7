"""A class so rare that it does not pay to learn it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from playground.analysis.diagnosis import cures
from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Cure, Finding, Trouble
from playground.data.augmentation.any_samples import LabelShuffle
from playground.engine.graph import INPUT
from playground.numbers.writing import percent, whole
from playground.text import say


class Imbalance(Trouble):
    kind: Literal["imbalance"] = "imbalance"
    title = "Imbalanced classes"
    help = "So few samples are of one class that taking them for another costs next to nothing."
    formula = "nₖ < b · n / C and recall of class k < r"
    advice = "Weigh the classes, or draw each equally often."
    reference = "He & Garcia 2009."
    source = "Measured: the examples that learn well have classes of a third of an even share at least."
    explained_by = ("vanishing", "symmetric", "dying", "rate_too_large", "rate_too_small", "targets")

    share: float = Field(
        0.3, gt=0, lt=1, title="b", description="How small a class is beside an even share of the samples."
    )
    recall: float = Field(
        0.5,
        gt=0,
        le=1,
        title="r",
        description="Which share of the class is found at least where all is well.",
    )
    epochs: int = Field(5, ge=0, le=10_000, title="Epochs", description="How long it must have trained.")

    def find(self, record: Record) -> Iterator[Finding]:
        counts, recalls = record.vitals.data.classes, record.vitals.recalls
        experiment = record.experiment
        weighed = experiment.training.loss.weighs or _drawn_evenly(record)
        if not counts or weighed or experiment.data.dataset.continues or record.progress < self.epochs:
            return
        even = sum(counts) / len(counts)
        rare = [
            (count, place)
            for place, count in enumerate(counts)
            if 0 < count < self.share * even and len(recalls) > place and recalls[place] < self.recall
        ]
        if not rare:
            return
        count, place = min(rare)
        words = say(
            "trouble.imbalance.evidence",
            "Only {count} of {all} training samples are {name}, and {recall} of them are found.",
            count=whole(count),
            all=whole(sum(counts)),
            name=experiment.data.task.class_texts[place],
            recall=percent(recalls[place]),
        )
        yield Finding(self, words, 0.0, INPUT, self._cures(record))

    def _cures(self, record: Record) -> tuple[Cure, ...]:
        loss, data = record.experiment.training.loss, record.experiment.data
        found = [cures.BALANCE] if hasattr(loss, "class_weights") else []
        if LabelShuffle.fits(data.dataset) and not record.graph.reads_graph:
            found.append(cures.DRAW_EVENLY)
        return tuple(found)


def _drawn_evenly(record: Record) -> bool:
    return any(isinstance(each, LabelShuffle) for each in record.experiment.data.augmentations)
