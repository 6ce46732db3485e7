"""The targets of exports, one module or folder each; every one is found here by itself."""

from collections.abc import Mapping

from playground.exports.target import ExportTarget
from playground.value import know_members

know_members(__name__, __path__)


def targets() -> Mapping[str, ExportTarget]:
    """Every target as it stands, by its kind."""
    return {member.tag(): member.usual() for member in ExportTarget.ready()}
