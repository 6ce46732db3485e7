"""How fast a search goes, and how long it takes."""

from __future__ import annotations

from time import monotonic

from playground.search.records import Counts


class SearchPace:
    """Measures from when the search began, or went on."""

    def __init__(self) -> None:
        self._begun: float | None = None
        self._ended = 0

    def begin(self, counts: Counts | None) -> None:
        """Measure from now on."""
        self._begun, self._ended = monotonic(), counts.ended if counts else 0

    def rest(self) -> None:
        """Nothing goes on."""
        self._begun = None

    def rate(self, counts: Counts | None) -> float:
        """Trials a second; 0 while that is not known."""
        if self._begun is None or counts is None or counts.ended <= self._ended:
            return 0.0
        return (counts.ended - self._ended) / max(monotonic() - self._begun, 1e-3)

    def seconds_left(self, counts: Counts | None) -> float | None:
        """How long it takes until the last trial ends; None while that is not known."""
        if counts is None or not (rate := self.rate(counts)):
            return None
        return (counts.total - counts.ended) / rate
