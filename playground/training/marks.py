"""Where in a run something was changed: marks beside the curves that training records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from playground.text import Text, say
from playground.training.changes import Change, effective, joined
from playground.value import Value

MOST_MARKS = 500
"""Marks that are kept; the oldest go first."""
MOST_CHANGES = 200
"""Changes that one mark holds."""
MOST_WORDS = 3
"""Changes that a mark names, before it only says how many more there are."""


class Mark(Value):
    """What was changed at one moment of a run, and the epoch (with its fraction) and step of that moment."""

    epoch: Annotated[float, Field(ge=0)]
    step: Annotated[int, Field(ge=0)]
    changes: Annotated[tuple[Change, ...], Field(max_length=MOST_CHANGES)]

    @property
    def lines(self) -> tuple[Text, ...]:
        """The changes in a few words each."""
        named = tuple(change.words for change in self.changes[:MOST_WORDS])
        more = len(self.changes) - len(named)
        return (*named, say("mark.more", "and {count} more", count=more)) if more else named


class Marks:
    """The marks of one run, the oldest first."""

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._marks = list(marks)[-MOST_MARKS:]
        self._gesture = -1

    def put(self, epoch: float, step: int, changes: tuple[Change, ...], gesture: int = -1) -> None:
        """Mark changes.

        Those of one step are one mark, which goes when they undo one another, and so are those of one
        gesture, such as a slider that is dragged while training runs.  Before the first step none is made.
        """
        last = self._marks[-1] if self._marks else None
        same_step = last is not None and last.step == step
        if not (step and changes):
            return
        if last is not None and (same_step or gesture == self._gesture >= 0):
            self._marks.pop()
            changes = joined(last.changes, changes)
            changes = effective(changes) if same_step else changes
            epoch, step = last.epoch, last.step
        self._gesture = gesture
        if changes:
            self._marks.append(Mark(epoch=epoch, step=step, changes=changes[:MOST_CHANGES]))
            del self._marks[:-MOST_MARKS]

    def all(self) -> tuple[Mark, ...]:
        """The marks as they are now."""
        return tuple(self._marks)
