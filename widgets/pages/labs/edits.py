"""What a person does to a laboratory: a step of undo each, or one for each gesture."""

from __future__ import annotations

from typing import Generic

from widgets.pages.labs.document import L, LabDocument


class LabEdits(Generic[L]):
    """A subclass has a method for each of the edits that no form offers."""

    def __init__(self, document: LabDocument[L]) -> None:
        self._document = document

    @property
    def lab(self) -> L:
        """The settings as they are."""
        return self._document.value
