"""What a person means to do with a table: what each column is, what is predicted, and from what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from playground.data import OwnTable, TableSeries
from playground.data.tables.column import LEARNT_FROM, ColumnKind, TableColumn
from playground.data.tables.dataset import MOST_CLASSES, Missing
from playground.data.tables.held import is_held
from playground.data.tables.series import of_uneven_dates
from playground.data.tables.table import Table
from playground.text import Text
from playground.value import InvalidValue

LIKELY = ("target", "class", "label", "species", "outcome", "y")
"""Names that the column has as a rule which is to be predicted."""

BINS = 12

MOST_REMARKS = 3
"""How many of the remarks on a table are shown."""


@dataclass(frozen=True)
class ColumnFacts:
    """What is shown of a column, found out where it may take its time."""

    name: str
    kind: ColumnKind
    categories: tuple[str, ...]
    low: float | None
    high: float | None
    missing: int
    counts: tuple[int, ...]
    held: bool
    """Whether anything can be learnt of it, or from it."""

    @classmethod
    def of(cls, column: TableColumn) -> ColumnFacts:
        """Those of a column of a table."""
        counts = tuple(column.histogram(BINS).tolist())
        return cls(
            column.name, column.kind, column.categories, column.low, column.high, column.missing, counts,
            is_held(column),
        )  # fmt: skip

    @property
    def may_be_predicted(self) -> bool:
        """Whether a network can be asked for it."""
        return self.held and self.kind != "constant" and len(self.categories) <= MOST_CLASSES


@dataclass(frozen=True)
class TablePlan:
    """A table, and what is to be done with it."""

    table: Table
    facts: tuple[ColumnFacts, ...]
    targets: tuple[str, ...] = ()
    inputs: frozenset[str] = frozenset()
    missing: Missing = "drop"
    series: tuple[str, ...] = ()
    """The columns that are a series over time, in place of targets and inputs."""
    kinds: Mapping[str, ColumnKind] = field(default_factory=dict)
    """What was guessed wrong, and taken otherwise."""

    @classmethod
    def of(cls, table: Table, before: TablePlan | None = None) -> TablePlan:
        """What is usual for a table; what was chosen before stays wherever it fits; it may take a while."""
        kinds: dict[str, ColumnKind] = {}
        names = {column.name for column in table}
        for name, kind in (before.kinds if before else {}).items():
            if name in names:
                try:
                    table = table.with_kind(name, kind)
                except InvalidValue:
                    continue  # it is read otherwise now, and no longer what it was taken for
                kinds[name] = kind
        facts = tuple(map(ColumnFacts.of, table))
        plan = cls(table, facts, kinds=kinds)._as_usual()
        return plan if before is None else plan._like(before)

    def taken_as(self, name: str, kind: ColumnKind) -> TablePlan:
        """The same with a column of another kind; it may take a while.

        Raises:
            InvalidValue: when its values are not of that kind.
        """
        table = self.table.with_kind(name, kind)
        facts = tuple(
            ColumnFacts.of(table.column(name)) if each.name == name else each for each in self.facts
        )
        plan = replace(self, table=table, facts=facts, kinds={**self.kinds, name: kind})
        fact = plan.fact(name)
        if name in plan.targets and not fact.may_be_predicted:
            plan = replace(plan, targets=())
        if not fact.held:
            return plan.without(name)
        if name in plan.targets:
            return plan.predicting(name)
        return plan.with_input(name) if kind in LEARNT_FROM else plan.without(name)

    def dataset(self) -> OwnTable | TableSeries:
        """The dataset that comes of it; it may take a while.

        Raises:
            InvalidValue: when nothing can be learnt of it.
        """
        if self.series:
            return TableSeries.of(self.table, [fact.name for fact in self.facts if fact.name in self.series])
        inputs = [fact.name for fact in self.facts if fact.name in self.inputs]
        return OwnTable.of(self.table, self.targets, inputs, self.missing)

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What is good to know of it."""
        uneven = of_uneven_dates(self.table) if self.series else None
        return (*self.table.remarks[:MOST_REMARKS], *([uneven] if uneven else []))

    def fact(self, name: str) -> ColumnFacts:
        """What is known of a column."""
        return next(fact for fact in self.facts if fact.name == name)

    def predicting(self, name: str) -> TablePlan:
        """The same with this column as the only one that is predicted."""
        freed = {target for target in self.targets if target != name and self.fact(target).held}
        return replace(self, targets=(name,), inputs=(self.inputs | freed) - {name}, series=())

    def predicting_also(self, name: str) -> TablePlan:
        """The same with this column predicted beside those that are."""
        return replace(self, targets=(*self.targets, name), inputs=self.inputs - {name}, series=())

    def may_join(self, name: str) -> bool:
        """Whether a column can be predicted beside those that are: several must all be numbers."""
        targets = [self.fact(target) for target in self.targets]
        fact = self.fact(name)
        numbers = not any(each.categories for each in (*targets, fact))
        return bool(targets) and name not in self.targets and fact.may_be_predicted and numbers

    def with_input(self, name: str) -> TablePlan:
        """The same with a column that is predicted from."""
        targets = tuple(target for target in self.targets if target != name)
        return replace(self, targets=targets, inputs=self.inputs | {name}, series=())

    def over_time(self, name: str) -> TablePlan:
        """The same with this column as a series, beside others that are; nothing else is learnt from then."""
        return replace(self, targets=(), inputs=frozenset(), series=(*self.series, name))

    def may_be_series(self, name: str) -> bool:
        """Whether a column can go on over time."""
        fact = self.fact(name)
        return fact.held and not fact.categories and fact.kind != "date" and name not in self.series

    def without(self, name: str) -> TablePlan:
        """The same with a column that is not used."""
        targets = tuple(target for target in self.targets if target != name)
        series = tuple(each for each in self.series if each != name)
        return replace(self, targets=targets, inputs=self.inputs - {name}, series=series)

    def with_missing(self, missing: Missing) -> TablePlan:
        """The same with something else done about missing values."""
        return replace(self, missing=missing)

    # --- what is usual ----------------------------------------------------------------------------------

    def _as_usual(self) -> TablePlan:
        learnt_from = [fact for fact in self.facts if fact.held and fact.kind in LEARNT_FROM]
        likely = [fact for fact in learnt_from if fact.may_be_predicted]
        named = [fact for fact in likely if fact.name.casefold() in LIKELY]
        ranked = [*named, *reversed([fact for fact in likely if fact.categories]), *reversed(likely)]
        targets = (ranked[0].name,) if ranked and len(learnt_from) > 1 else ()
        if len(learnt_from) == 1 and self.may_be_series(learnt_from[0].name):
            return self.over_time(learnt_from[0].name)  # there is nothing else to predict it from
        inputs = frozenset(fact.name for fact in learnt_from) - {*targets}
        return replace(self, targets=targets, inputs=inputs)

    def _like(self, before: TablePlan) -> TablePlan:
        """The same with what was chosen before of columns that are still there."""
        plan = replace(self, missing=before.missing)
        known = {fact.name: fact for fact in plan.facts}
        series = [name for name in before.series if name in known and plan.may_be_series(name)]
        if series:
            return replace(plan, targets=(), inputs=frozenset(), series=tuple(series))
        targets = [name for name in before.targets if name in known and known[name].may_be_predicted]
        if not targets or any(known[name].categories for name in targets[1:]):
            return plan
        for fact in plan.facts:
            was = {each.name for each in before.facts}
            if fact.name in was and fact.held:
                used = fact.name in before.inputs or fact.name in before.targets
                plan = plan.with_input(fact.name) if used else plan.without(fact.name)
        plan = plan.predicting(targets[0])
        for name in targets[1:]:
            plan = plan.predicting_also(name)
        return plan
