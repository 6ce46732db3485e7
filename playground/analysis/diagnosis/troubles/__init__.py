"""Troubles, a module each, which are found by themselves."""

from playground.analysis.diagnosis.trouble import Trouble
from playground.value import know_members

know_members(__name__, __path__)

TROUBLES = tuple(member.usual() for member in Trouble.members())
"""All of them, with their usual thresholds."""
