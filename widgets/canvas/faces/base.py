"""What a face is: how the cards of some kinds of layers are laid out in parts, and painted."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from playground.engine.layers import Layer
from playground.record import record
from playground.training.snapshot import LayerSnapshot
from widgets.canvas.brush import Brush
from widgets.canvas.cards import Card
from widgets.canvas.paint_tiles import TileImages
from widgets.canvas.parts import Part, Role
from widgets.canvas.sizes import FOOTER, MORE, PITCH


@record
class Subject:
    """One layer, or the inputs (which have no `layer`), to be laid out.

    `shape` is that of its values, of which there are `units`; `learns` says that it has parameters;
    `fittable` that it is the output and could be made to fit the loss; `most` is how many rows a card has at
    most, and `first` the one that is to be the uppermost; `offset` is how far it is from its place.
    One that reads a sequence reads so many `steps`, each of which has the values that it `reads`, and may be
    `unrolled` over them.
    """

    id: str
    position: int
    title: str
    subtitle: str
    layer: Layer | None
    shape: tuple[int, ...]
    units: int
    most: int
    first: int = 0
    learns: bool = False
    problem: str = ""
    remark: str = ""
    fittable: bool = False
    names: tuple[str, ...] = ()
    over_sample: bool = False
    steps: int = 0
    reads: int = 0
    unrolled: bool = False
    offset: QPointF = field(default_factory=QPointF)

    def visible(self, count: int, pitch: float = PITCH) -> tuple[int, int]:
        """How many rows of so many are visible, and the first of them."""
        rows = min(count, max(int(self.most * PITCH / pitch), 1))
        return rows, min(max(self.first, 0), count - rows)


class Face:
    """Draws the cards of some kinds of layers: those in `kinds`, or those that it `suits` and no other names.

    A face has no state of its own.  It lays a card out, and paints that in four turns: below the weights, the
    pictures of neurons above them, what lies over these, and at last what changes as the network learns.
    """

    kinds: ClassVar[tuple[type[Layer], ...]] = ()
    members: ClassVar[list[type[Face]]] = []

    def __init_subclass__(cls) -> None:
        cls.members.append(cls)

    @classmethod
    def suits(cls, kind: type[Layer] | None) -> bool:
        """Whether it can draw layers of a kind for which there is no face; None stands for the inputs."""
        return False

    def width(self, subject: Subject) -> float:
        """How wide its card is."""
        raise NotImplementedError

    def card(self, subject: Subject, x: float) -> Card:
        """Its card, which begins at x."""
        raise NotImplementedError

    def paint_under(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        """Paint what lies below the weights and does not change as the network learns."""

    def paint_tiles(self, painter: QPainter, brush: Brush, card: Card, images: TileImages | None) -> None:
        """Paint the pictures of its neurons."""

    def paint_over(self, painter: QPainter, brush: Brush, card: Card, selected: bool) -> None:
        """Paint what lies above the weights and does not change as the network learns."""

    def paint_live(
        self, painter: QPainter, brush: Brush, card: Card, layer: LayerSnapshot | None, learning: bool
    ) -> None:
        """Paint what changes as the network learns."""

    def of_neuron(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        """What there is to read of a neuron in place of the usual, in lines; nothing for that."""
        return ()

    def measures(self, layer: LayerSnapshot | None, unit: int) -> tuple[str, ...]:
        """What there is to read of a neuron's part that only this face has, in lines."""
        return ()


def outer_parts(subject: Subject, rect: QRectF) -> tuple[Part, ...]:
    """What stands out of any card: port, marks, and the button that fits an output."""
    middle, top = rect.center().x(), rect.top()
    frozen = getattr(subject.layer, "frozen", False)
    parts = []
    if subject.fittable:
        parts.append(Part(Role.FIT, QRectF(middle - 46, rect.bottom() + 9, 92, 24)))
    if subject.problem or subject.remark:
        parts.append(Part(Role.BADGE, QRectF(rect.right() - 11, top - 9, 20, 20)))
    if frozen:
        parts.append(Part(Role.SNOWFLAKE, QRectF(rect.left() - 9, top - 9, 20, 20)))
    parts.append(Part(Role.LAMP, QRectF(rect.left() + (12 if frozen else 1), top + 1, 14, 14)))
    parts.append(Part(Role.PORT, QRectF(middle - 8, top - 8, 16, 16)))
    return tuple(parts)


def named_parts(rect: QRectF, below: Role = Role.SUMMARY) -> tuple[Part, Part]:
    """The two lines at the top of a card: its name, and what is said below it."""
    left, width = rect.left(), rect.width()
    return (
        Part(below, QRectF(left + 2, rect.top() + 25, width - 4, 15)),
        Part(Role.NAME, QRectF(left + 6, rect.top() + 8, width - 12, 17)),
    )


def bar_part(rect: QRectF, below: float = 0.0) -> Part:
    """Where the gradient is, with its number; so much is free below that."""
    return Part(Role.BAR, QRectF(rect.left() + 12, rect.bottom() - FOOTER - below + 6, rect.width() - 24, 4))


def more_part(count: int, rows: int, x: float, y: float, width: float) -> tuple[Part, ...]:
    """The line that says how many rows are hidden; none where none is."""
    return (Part(Role.MORE, QRectF(x, y, width, MORE)),) if count > rows else ()
