"""What every look inside a network is: a frozen value of settings that says what it shows."""

from __future__ import annotations

from typing import ClassVar

from playground.value import Kind


class Inspection(Kind):
    """The settings of one look inside a network; none of it changes what is learnt."""

    place: ClassVar[int] = 0
    """Where its tab stands among those of the others."""
