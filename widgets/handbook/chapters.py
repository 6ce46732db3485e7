"""The chapters of the handbook: the manual, and the families in the order in which one meets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from playground.analysis.diagnosis.trouble import Trouble
from playground.analysis.inspections import in_order
from playground.data import Augmentation, Dataset
from playground.data.features import CoordinateFeature, FormulaFeature
from playground.data.scaling import Scaling
from playground.data.spaces import Space
from playground.engine.activations import Activation
from playground.engine.clipping import Clipping
from playground.engine.initializers import Initializer
from playground.engine.layers import Layer
from playground.engine.losses import Loss
from playground.engine.optimizers import Optimizer
from playground.engine.regularizers import Regularizer
from playground.engine.schedules import Schedule
from playground.engine.stopping import Stopping
from playground.exports.targets import targets
from playground.labs import Laboratory
from playground.manual import ManualPage, manual
from playground.randomness import Randomness
from playground.search.pruners import Pruner
from playground.search.samplers import Sampler
from playground.value import Kind
from widgets.languages import shown_language
from widgets.sentences import said

Topic = type[Kind] | ManualPage
"""What has a page: a member of a family, or a part of the program."""


@dataclass(frozen=True)
class Chapter:
    """A part of the handbook: its title, and what has a page in it.

    That is the manual, or a family of which each member that stands by itself has one.
    """

    title: str
    pages: tuple[Topic, ...]


def chapters() -> tuple[Chapter, ...]:
    """All of them, in order."""
    families = (Chapter(title, tuple(filter(said, members))) for title, members in _families())
    return (Chapter(_tr("The program"), manual(shown_language.language)), *families)


def _families() -> Iterator[tuple[str, Sequence[type[Kind]]]]:
    """Their titles, and those members that have usual settings."""
    yield _tr("Datasets"), Dataset.ready()
    yield _tr("Inputs"), (*CoordinateFeature.ready(), FormulaFeature)
    yield _tr("Scaling"), Scaling.ready()
    yield _tr("Augmentation"), Augmentation.ready()
    yield _tr("Layers"), Layer.ready()
    yield _tr("Activations"), Activation.ready()
    yield _tr("Initial weights"), Initializer.ready()
    yield _tr("Losses"), Loss.ready()
    yield _tr("Optimizers"), Optimizer.ready()
    yield _tr("Learning-rate schedules"), Schedule.ready()
    yield _tr("Regularization"), Regularizer.ready()
    yield _tr("Gradient clipping"), Clipping.ready()
    yield _tr("Early stopping"), Stopping.ready()
    yield _tr("Random numbers"), Randomness.ready()
    yield _tr("What maps are drawn over"), Space.ready()
    yield _tr("Looks inside"), in_order()
    yield _tr("What can be wrong"), Trouble.ready()
    yield _tr("Ways to search"), Sampler.ready()
    yield _tr("Ways to cut trials short"), Pruner.ready()
    yield _tr("Ways to export"), sorted(map(type, targets().values()), key=said)
    yield _tr("Laboratories"), Laboratory.ready()


def title_of(topic: Topic) -> str:
    """What a page is called."""
    return topic.title if isinstance(topic, ManualPage) else said(topic)


def words_of(topic: Topic) -> str:
    """All that a page says, to be looked through."""
    if isinstance(topic, ManualPage):
        return f"{topic.title} {topic.text}".casefold()
    return " ".join(said(topic, role) for role in topic.words()).casefold()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Handbook", text)
