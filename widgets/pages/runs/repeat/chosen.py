"""Which runs are repeated over seeds: the one in front, those that are drawn, and those beside it."""

from __future__ import annotations

from widgets.pages.runs.repeat.repeating import Repeated
from widgets.pages.runs.rows import Row
from widgets.pages.runs.run_list import RunList
from widgets.workspace import Workspace


def repeated(workspace: Workspace, table: RunList) -> list[Repeated]:
    """All of them, as they are now."""
    latest = workspace.link.latest
    present = latest.kept.present if latest is not None else None
    beside = {run.place: run.document.experiment for run in workspace.runs.runs}

    def of(row: Row) -> Repeated:
        kind, number = row.key
        if kind == "beside":
            experiment = beside[number]
        else:
            kept = row.kept.experiment if row.kept is not None else workspace.document.experiment
            experiment = workspace.document.experiment if number == present else kept
        return Repeated(row.name, row.colour, experiment)

    return [of(row) for row in table.rows if row.ticked or row.key == ("kept", present)]
