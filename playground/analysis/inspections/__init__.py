"""Looks inside a network, a module or a package each with its mathematics, which is found by itself."""

from playground.analysis.inspection import Inspection
from playground.value import know_members

know_members(__name__, __path__)


def in_order() -> tuple[type[Inspection], ...]:
    """All of them, as their tabs stand."""
    return tuple(sorted(Inspection.members(), key=lambda member: member.place))
