"""The plan of the document's search: what varies, asked for on its controls and on the page Search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from playground.value import InvalidValue
from widgets.document import Document
from widgets.sentences import sentence

if TYPE_CHECKING:
    from playground.search.plan import SearchPlan
    from playground.search.settings import Setting

HOST = "dice_host"
"""The property of a window that holds the plan of its search, for the dice beside its settings."""

PLAN, STUDY = "plan", "study"
"""Under these names a file keeps the plan, and what the study is called that has its trials."""


class PlannedSearch(QObject):
    """Reads and changes the plan; what it needs of searches is first loaded when one is planned.

    Signals:
        changed: the plan is another now.
        refused: why the plan of a file cannot be read.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._read: tuple[Mapping[str, Any], SearchPlan] | None = None
        self._known: tuple[object, Mapping[str, Setting]] | None = None
        document.search_changed.connect(self.changed)

    # --- what is planned --------------------------------------------------------------------------------

    @property
    def varied(self) -> frozenset[str]:
        """The paths of the settings that vary; nothing is loaded to tell."""
        planned = self._document.search.get(PLAN, {})
        variations = planned.get("variations", ()) if isinstance(planned, Mapping) else ()
        return frozenset(str(each.get("path")) for each in variations if isinstance(each, Mapping))

    @property
    def plan(self) -> SearchPlan:
        """The plan; the usual one where there is none, or none that can be read."""
        from playground.search.plan import SearchPlan

        kept = self._document.search
        if self._read is None or self._read[0] is not kept:
            plan = SearchPlan()
            try:
                plan = SearchPlan.build(kept.get(PLAN, {}))
            except InvalidValue as problem:
                said = self.tr("The plan of the search cannot be read: {why}")
                self.refused.emit(said.format(why=sentence(problem.text)))
            self._read = kept, plan
        return self._read[1]

    @property
    def study(self) -> str:
        """What the study is called that has the trials; empty while there is none."""
        return str(self._document.search.get(STUDY, ""))

    def settings(self) -> Mapping[str, Setting]:
        """All that may vary, by path."""
        from playground.search.settings import what_can_vary

        experiment = self._document.present
        if self._known is None or self._known[0] is not experiment:
            self._known = experiment, {each.path: each for each in what_can_vary(experiment)}
        return self._known[1]

    def can_vary(self, path: str) -> bool:
        """Whether the setting of a path may vary."""
        return path in self.settings()

    # --- what is asked for ------------------------------------------------------------------------------

    def edit(self, plan: SearchPlan, text: str, gesture: int = -1) -> None:
        """Plan otherwise, undoably."""
        if plan != self.plan:
            kept = {**self._document.search, PLAN: plan.model_dump(mode="json")}
            self._document.plan_search(kept, text, gesture)

    def toggle(self, path: str) -> None:
        """Let a setting vary over what is usual for it, or not any more."""
        plan, known = self.plan, self.settings()
        if path in self.varied:
            self.leave(path)
        elif path in known:
            text = self.tr("Vary {setting}").format(setting=sentence(known[path].words))
            self.edit(plan.with_(variations=(*plan.variations, known[path].usual)), text)

    def leave(self, path: str) -> None:
        """Let a setting not vary any more."""
        plan = self.plan
        variations = tuple(each for each in plan.variations if each.path != path)
        self.edit(plan.with_(variations=variations), self.tr("Vary no more"))

    def name_study(self, name: str) -> None:
        """Note what the study of the trials is called, which is no edit: undo leaves trials alone."""
        if name != self.study:
            kept = {PLAN: self.plan.model_dump(mode="json"), **self._document.search, STUDY: name}
            self._document.put_search(kept)
            self._document.mark_trained()
