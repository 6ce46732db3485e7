"""What is wrong: a trouble is found by its rule in what was measured of a run."""

from __future__ import annotations

import numpy as np

from playground.analysis.diagnosis.record import Record
from playground.analysis.diagnosis.trouble import Finding
from playground.analysis.diagnosis.troubles import TROUBLES


def diagnose(record: Record) -> tuple[Finding, ...]:
    """Every trouble of a run at one moment, the grave ones first; none that only follows from another."""
    with np.errstate(all="ignore"):  # of a run that diverges, numbers may be as large as can be
        found = [finding for trouble in TROUBLES for finding in trouble.find(record)]
    kinds = {finding.trouble.tag() for finding in found}
    told = (finding for finding in found if not kinds.intersection(finding.trouble.explained_by))
    return tuple(sorted(told, key=lambda finding: not finding.grave))
