"""What every trouble is: a frozen value that holds the thresholds of its rule, and what its rule finds."""

# Without postponed annotations: pydantic would evaluate those of the base anew for each of its members.

from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import ClassVar, TypeAlias

from playground.analysis.diagnosis.record import Record
from playground.experiment import Experiment
from playground.text import Text
from playground.value import Kind

Change: TypeAlias = Callable[[Experiment], Experiment]


@dataclass(frozen=True)
class Cure:
    """An edit that may help: what it is called, and the experiment that it makes of another."""

    title: Text
    change: Change = field(compare=False)


@dataclass(frozen=True)
class Finding:
    """A trouble that was found.

    Attributes:
        evidence: the numbers that say so.
        since: the epoch from which it was so without a break.
        layer_id: where it is, "input" for the data, "" for no single layer.
        grave: whether nothing, or next to nothing, can be learnt until it is cured.
    """

    trouble: "Trouble"
    evidence: Text
    since: float
    layer_id: str = ""
    cures: tuple[Cure, ...] = ()
    grave: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known from one moment to the next."""
        return self.trouble.tag(), self.layer_id


class Trouble(Kind):
    """Something that keeps a network from learning well; `help` says why that is so."""

    source: ClassVar[str] = ""
    """Where its thresholds come from: the literature, or what was measured."""

    explained_by: ClassVar[tuple[str, ...]] = ()
    """Kinds of troubles from which this one follows: it is not told where one of them is found."""

    @classmethod
    def words(cls) -> dict[str, str]:
        """Also where its thresholds come from."""
        return super().words() | {"source": cls.source}

    @abstractmethod
    def find(self, record: Record) -> Iterator[Finding]:
        """What there is of it in a run at one moment."""
