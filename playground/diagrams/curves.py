"""Curves over epochs as SVG within a page, whose style sheet says in which colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from playground.numbers.writing import figures

WIDTH, HEIGHT = 460.0, 210.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 12.0, 12.0, 36.0
MOST_POINTS = 500


@dataclass(frozen=True, eq=False)
class ReportCurve:
    """A named line; `kind` is its class in the style sheet."""

    name: str
    kind: str
    values: NDArray[np.floating]


def curves_svg(title: str, x_name: str, x: NDArray[np.floating], curves: Sequence[ReportCurve]) -> str:
    """The plot; what is not finite is a gap."""
    finite = np.concatenate([curve.values[np.isfinite(curve.values)] for curve in curves] or [np.empty(0)])
    low, high = (min(float(finite.min()), 0.0), float(finite.max())) if finite.size else (0.0, 1.0)
    levels = ticks(low, high)
    low, high = min(low, levels[0]), max(high, levels[-1])
    first, last = float(x[0]), max(float(x[-1]), float(x[0]) + 1)

    def place(epoch: float, value: float) -> tuple[float, float]:
        across = (epoch - first) / (last - first) * (WIDTH - LEFT - RIGHT)
        return LEFT + across, HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    lines = [
        f'<svg viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" class="curves">',
        f"<title>{escape(title)}</title>",
    ]
    for level in levels:
        _, y = place(first, level)
        lines.append(f'<path class="level" d="M{LEFT:g},{y:.1f} H{WIDTH - RIGHT:g}"/>')
        lines.append(f'<text x="{LEFT - 7:g}" y="{y + 4:.1f}" text-anchor="end">{figures(level, 3)}</text>')
    for epoch in ticks(first, last):
        if first <= epoch <= last:
            across, _ = place(epoch, low)
            text = f'<text x="{across:.1f}" y="{HEIGHT - BOTTOM + 16:g}" text-anchor="middle">'
            lines.append(f"{text}{figures(epoch, 4)}</text>")
    middle = (LEFT + WIDTH - RIGHT) / 2
    lines.append(f'<text x="{middle:g}" y="{HEIGHT - 4:g}" text-anchor="middle">{escape(x_name)}</text>')
    for curve in reversed(curves):
        path = _path([place(*point) for point in zip(*_thinned(x, curve.values), strict=True)])
        lines.append(f'<path class="curve {curve.kind}" d="{path}"/>' if path else "")
    return "\n".join([*lines, "</svg>"])


def ticks(low: float, high: float) -> list[float]:
    """Four to seven round numbers, so that the first and the last are not within the ends."""
    high = high if high > low else low + 1
    span = high - low
    unit = 10.0 ** np.floor(np.log10(span / 4))
    step = next(unit * factor for factor in (1, 2, 5, 10) if span / (unit * factor) <= 6)
    return [float(step * count) for count in range(int(np.floor(low / step)), int(np.ceil(high / step)) + 1)]


def _thinned(x: NDArray[np.floating], values: NDArray[np.floating]) -> tuple[list[float], list[float]]:
    """Some of the points, the ends among them, as a page that has all of a long run would be large."""
    kept = np.unique(np.linspace(0, len(x) - 1, min(len(x), MOST_POINTS)).round().astype(int))
    return x[kept].tolist(), values[kept].tolist()


def _path(points: Sequence[tuple[float, float]]) -> str:
    """A line through points, with gaps where they are not finite."""
    parts, joins = [], False
    for x, y in points:
        if not np.isfinite(y):
            joins = False
            continue
        parts.append(f"{'L' if joins else 'M'}{x:.1f},{y:.1f}")
        joins = True
    return " ".join(parts)
