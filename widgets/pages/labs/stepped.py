"""A laboratory in which all is worked out at once, and a run lets its steps be seen one after another."""

from __future__ import annotations

from widgets.pages.labs.document import L, LabDocument
from widgets.pages.labs.view import LabView
from widgets.steps import Steps
from widgets.workspace import Workspace

FRAMES = 300
"""Frames that a run of many steps takes; a short one takes one a step."""


class SteppedView(LabView[L]):
    """A subclass says how many steps there are, and shows as many as are seen."""

    def __init__(self, document: LabDocument[L], workspace: Workspace) -> None:
        super().__init__(document, workspace)
        self._at: int | None = None  # the step that is seen; None for all
        self._steps = Steps(self, newest_only=True)
        self._steps.came.connect(self.take)

    @property
    def length(self) -> int:
        """How many steps there are."""
        raise NotImplementedError

    def take(self, found: object) -> None:
        """Show a piece of what is worked out."""
        raise NotImplementedError

    def show_steps(self) -> None:
        """Show as many steps as are seen."""
        raise NotImplementedError

    @property
    def seen(self) -> int:
        """How many steps are seen."""
        return self.length if self._at is None else min(self._at, self.length)

    def see_all(self) -> None:
        """See all steps from now on, unless they are being seen one after another."""
        if not self.running:
            self._at = None

    def begin(self) -> None:
        """Go on, or from the start once all were seen."""
        if self.seen >= self.length:
            self._at = 0
        super().begin()

    def advance(self) -> None:
        """Show some more steps, so many that a run does not take long."""
        self._at = min(self.seen + max(1, self.length // FRAMES), self.length)
        self.show_steps()
        if self._at >= self.length:
            self.set_running(False)

    def step(self) -> None:
        """Show one more step; the first once all were seen."""
        self._at = 1 if self.seen >= self.length else self.seen + 1
        self.show_steps()

    def reset(self) -> None:
        """Go back to the start."""
        self._at = 0
        self.show_steps()

    def end(self) -> None:
        """Work nothing out any more."""
        super().end()
        self._steps.close()
