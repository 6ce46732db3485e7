"""What a card is made of: parts, rectangles with a role; and targets, which name one wherever it is."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple

from PySide6.QtCore import QRectF

from playground.record import record

Place = tuple[str, int]
"""A neuron: its layer's id, or "input", and its number from 0."""


class MapValue(NamedTuple):
    """One value of a map: the tile that shows it, and its row and column in there."""

    layer_id: str
    unit: int
    row: int
    column: int


class Role(Enum):
    """What something on the canvas is there for."""

    CANVAS = auto()
    """What is empty."""
    CARD = auto()
    """The plain surface of a card."""
    NAME = auto()
    SUMMARY = auto()
    """The line below the name, of a layer without an activation."""
    ACTIVATION = auto()
    """The line below the name, that names size and activation."""
    TILE = auto()
    """A neuron, or an input."""
    BIAS = auto()
    """The square of a neuron's bias."""
    PIECES = auto()
    """The weights of the sums that a neuron is the largest of."""
    KERNEL = auto()
    """The weights that a filter looks with."""
    MEASURES = auto()
    """What is measured of one of the values that a layer without neurons hands on, such as its mean."""
    STEP = auto()
    """A step of a sequence, on a card that is unrolled over them."""
    UNROLL = auto()
    """What unrolls a recurrent layer over time, and folds it."""
    MORE = auto()
    """How many neurons are out of sight."""
    BAR = auto()
    """The size of the gradient."""
    MINUS = auto()
    PLUS = auto()
    LOWER_EDGE = auto()
    """What is dragged for more or fewer neurons."""
    PORT = auto()
    """Where a skip connection begins, or arrives."""
    BADGE = auto()
    """The mark of a layer that cannot work, or that there is something to remark on."""
    SNOWFLAKE = auto()
    """The mark of a layer that is frozen."""
    LAMP = auto()
    """Whether the layer is well."""
    FIT = auto()
    """“Fit the output” below a card."""
    EDGE = auto()
    """A weight."""
    SKIP = auto()
    """A connection that leads over other layers."""


@record
class Target:
    """Something on the canvas, wherever it is: which `unit` of a layer, and what it comes from.

    An edge comes from the value `source` of the layer before, a skip connection from the layer `source_id`.
    """

    role: Role
    layer_id: str = ""
    unit: int = -1
    source: int = -1
    source_id: str = ""

    @property
    def on_card(self) -> bool:
        """Whether it is a part of a card."""
        return self.role not in (Role.CANVAS, Role.EDGE, Role.SKIP)

    @property
    def place(self) -> Place | None:
        """The neuron that it stands for on a card: a tile, or what belongs to one."""
        return (self.layer_id, self.unit) if self.role in OF_A_NEURON else None


OF_A_NEURON = (Role.TILE, Role.BIAS, Role.PIECES, Role.KERNEL)
NOTHING = Target(Role.CANVAS)


class Part(NamedTuple):
    """A rectangle of a card; `unit` says of which neuron, `text` what is written beside it."""

    role: Role
    rect: QRectF
    unit: int = -1
    text: str = ""
