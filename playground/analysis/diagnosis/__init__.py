"""What is wrong: a trouble is found by its rule in what was measured of a run."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Cure, Finding
from playground.analysis.diagnosis.troubles import TROUBLES
from playground.experiment import Experiment
from playground.value import InvalidValue

Tried = dict[tuple[object, ...], bool]
"""Which cures of which findings change an experiment into one that can train."""


def diagnose(record: Record, tried: Tried | None = None) -> tuple[Finding, ...]:
    """Every trouble of a run at one moment, the grave ones first; none that only follows from another.

    Cures that would change nothing, or could not be, are left out; what is `tried` of them is known then.
    """
    with np.errstate(all="ignore"):  # of a run that diverges, numbers may be as large as can be
        found = [finding for trouble in TROUBLES for finding in trouble.find(record)]
    kinds = {finding.trouble.tag() for finding in found}
    told = (finding for finding in found if not kinds.intersection(finding.trouble.explained_by))
    known = {} if tried is None else tried
    helped = (replace(finding, cures=_helping(finding, record.experiment, known)) for finding in told)
    return tuple(sorted(helped, key=lambda finding: not finding.grave))


def _helping(finding: Finding, experiment: Experiment, tried: Tried) -> tuple[Cure, ...]:
    helping = []
    for cure in finding.cures:
        key = (*finding.key, cure.title)
        if key not in tried:
            tried[key] = _helps(cure, experiment)
        if tried[key]:
            helping.append(cure)
    return tuple(helping)


def _helps(cure: Cure, experiment: Experiment) -> bool:
    try:
        changed = cure.change(experiment)
    except InvalidValue:
        return False
    return changed != experiment and not changed.problems()
