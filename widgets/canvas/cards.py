"""A card of the canvas: one layer, or the inputs, as the parts that it is laid out in."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QPointF, QRectF

from playground.engine.layers import Layer
from playground.record import record
from widgets.canvas.parts import Part, Role, Target

Outlets = tuple[tuple[int, float, float], ...]
"""Which of a layer's values are visible, and where they leave it: (index, x, y)."""
ROWS = (Role.TILE, Role.MEASURES)
"""Parts that stand below one another, one a neuron, and are scrolled."""
BELOW_EDGES = (Role.CARD, Role.NAME, Role.SUMMARY, Role.MORE, Role.BAR)
"""Parts that weights lead over, unless the whole card lies above them."""


@record
class Card:
    """One layer, or the inputs.

    `parts` are in the order in which they catch the pointer, the card's own surface last.  `units` is how
    many rows there are, in sight or not: neurons, or `pictures` of many values each.  A `slim` card lies
    above the weights that lead past it.  Weights end as far left of a tile as `inset` says; values leave a
    merge, which has no tiles, at its `points`.  Weights that are `shared` by all steps of a sequence are not
    drawn one by one; a card that is unrolled shows so many `steps`.
    """

    id: str
    position: int
    rect: QRectF
    title: str
    subtitle: str = ""
    units: int = 0
    layer: Layer | None = None
    parts: tuple[Part, ...] = ()
    slim: bool = False
    problem: str = ""
    remark: str = ""
    pictures: bool = False
    inset: float = 0.0
    points: tuple[QPointF, ...] = ()
    shared: bool = False
    steps: int = 0

    @property
    def frozen(self) -> bool:
        """Whether training leaves its parameters as they are."""
        return getattr(self.layer, "frozen", False)

    @cached_property
    def tiles(self) -> tuple[Part, ...]:
        """Its visible neurons, or inputs."""
        return tuple(part for part in self.parts if part.role is Role.TILE)

    @cached_property
    def rows(self) -> tuple[Part, ...]:
        """Its visible rows, tiles or others."""
        return tuple(part for part in self.parts if part.role in ROWS)

    @cached_property
    def outlets(self) -> Outlets:
        """Which of its values are visible, and where they leave it."""
        if self.tiles:
            places = ((tile.unit, tile.rect) for tile in self.tiles)
            return tuple((unit, rect.right(), rect.y() + rect.height() / 2) for unit, rect in places)
        return tuple((index, point.x(), point.y()) for index, point in enumerate(self.points))

    @property
    def first_unit(self) -> int:
        """The uppermost row that is visible."""
        return self.rows[0].unit if self.rows else 0

    @property
    def hidden(self) -> int:
        """How many rows are out of sight."""
        return self.units - len(self.rows) if self.rows else 0

    def part(self, role: Role, unit: int = -1) -> Part | None:
        """Its part of a role, and of a neuron where there is one for each."""
        return next((part for part in self.parts if part.role is role and part.unit == unit), None)

    def area(self, role: Role, unit: int = -1) -> QRectF | None:
        """Where that part is."""
        part = self.part(role, unit)
        return part.rect if part else None

    @property
    def port(self) -> QPointF:
        """Where a skip connection leaves or arrives."""
        return QPointF(self.rect.center().x(), self.rect.top())

    @cached_property
    def reach(self) -> QRectF:
        """The card with what stands out of it."""
        area = QRectF(self.rect)
        for part in self.parts:
            area |= part.rect
        return area

    def find(self, point: QPointF, *, below_edges: bool) -> Target | None:
        """The part at a point, of those that weights lead over or of the others."""
        for part in self.parts:
            low = part.role in BELOW_EDGES and not self.slim
            if low == below_edges and part.rect.contains(point):
                return Target(part.role, self.id, part.unit)
        return None
