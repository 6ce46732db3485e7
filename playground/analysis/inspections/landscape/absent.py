"""Why something of a landscape cannot be seen."""

from __future__ import annotations

from playground.text import Text


class NoLandscape(Exception):
    """There is no plane, no line or no curvature: a sentence that says what is missing."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)
        self.text = text
