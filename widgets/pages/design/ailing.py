"""What the lamps of the canvas are told of a diagnosis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from widgets.canvas.lamps import Ailment, Ailments
from widgets.sentences import said, sentence

if TYPE_CHECKING:
    from playground.analysis.diagnosis.trouble import Finding


def ailments(findings: tuple[Finding, ...] | None) -> Ailments | None:
    """What is wrong with each layer; None before anybody has looked."""
    if findings is None:
        return None
    found: dict[str, Ailment] = {}
    for finding in findings:
        if finding.layer_id:
            before = found.get(finding.layer_id, Ailment(()))
            lines = (*before.lines, f"{said(finding.trouble)}: {sentence(finding.evidence)}")
            found[finding.layer_id] = Ailment(lines, before.grave or finding.grave)
    return found
