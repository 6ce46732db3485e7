"""What is known of the trials of a search: an immutable record each, as the window and reports take them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from playground.search.variation import Plain
from playground.text import Text

State: TypeAlias = Literal["waiting", "running", "done", "cut short", "failed"]


@dataclass(frozen=True)
class TrialRecord:
    """One trial as it stands.

    Attributes:
        number: from 0; it names the trial for good.
        state: what became of it so far.
        settings: what it tries, by path; empty as long as it waits.
        values: what it reached, one for each goal; of one cut short what it had then; else empty.
        epochs, curve: the epochs at which it was measured, and the first goal there.
        reason: why it failed; None unless it did.
        host, worker: on which machine, and by which process of it.
        seconds: how long it took; None until it ended.
        parameters: how many parameters its network has; None until that is known.
    """

    number: int
    state: State
    settings: Mapping[str, Plain] = field(default_factory=dict)
    values: tuple[float, ...] = ()
    epochs: tuple[int, ...] = ()
    curve: tuple[float, ...] = ()
    reason: Text | None = None
    host: str = ""
    worker: int = 0
    seconds: float | None = None
    parameters: int | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state in ("done", "cut short", "failed")


@dataclass(frozen=True)
class Counts:
    """How many trials are in which state, out of how many that there will be."""

    total: int
    waiting: int = 0
    running: int = 0
    done: int = 0
    cut_short: int = 0
    failed: int = 0

    @property
    def ended(self) -> int:
        """Trials of which nothing more comes."""
        return self.done + self.cut_short + self.failed

    @property
    def finished(self) -> bool:
        """Whether the search is over."""
        return self.ended >= self.total
