"""What is under the pointer: from a point of the layout to the thing that is there."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from widgets.canvas.layout import Layout
from widgets.canvas.parts import NOTHING, Role, Target

EDGE_REACH = 4.0


def target_at(layout: Layout, point: QPointF, zoom: float = 1.0) -> Target:
    """The thing at a point; lines are caught within a few pixels of the screen."""
    reach = EDGE_REACH / zoom
    return (
        _part_at(layout, point, below_edges=False)
        or _edge_at(layout, point, reach)
        or _part_at(layout, point, below_edges=True)
        or _skip_at(layout, point, reach)
        or NOTHING
    )


def _part_at(layout: Layout, point: QPointF, below_edges: bool) -> Target | None:
    near = [card for card in reversed(layout.cards) if card.reach.contains(point)]
    found = (card.find(point, below_edges=below_edges) for card in near)
    return next((target for target in found if target), None)


def _edge_at(layout: Layout, point: QPointF, reach: float) -> Target | None:
    found: list[tuple[float, Target]] = []
    for bundle in layout.bundles:
        if not len(bundle.points):
            continue
        left, right = bundle.points[0, 0, 0], bundle.points[0, -1, 0]
        if left <= point.x() <= right:
            k, distance = bundle.nearest(point)
            if distance <= reach:
                found.append((distance, bundle.edge(k)))
    return min(found, key=lambda pair: pair[0])[1] if found else None


def _skip_at(layout: Layout, point: QPointF, reach: float) -> Target | None:
    around = QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach)
    for skip in layout.skips:
        if skip.path.intersects(around) and not skip.path.contains(around):
            return Target(Role.SKIP, skip.target_id, source_id=skip.source_id)
    return None
