"""A diagram as SVG: lines as lines, and text as text that can be searched, copied and edited."""

from __future__ import annotations

from xml.sax.saxutils import escape

from playground.diagrams.marks import Disc, InkLine, NetworkDrawing, Polygon, SketchMark, Spot, Words

FONTS = "Inter, Helvetica, Arial, 'Noto Sans', sans-serif"
"""What text is set in: the first of these that there is."""

HEAD = 6.0
"""How long the head of an arrow is."""


def svg(diagram: NetworkDrawing, ink: str = "#000000", paper: str | None = "#ffffff") -> str:
    """The file; `paper` None leaves the ground as it is, and `ink` may be `currentColor` within a page."""
    wide, high = diagram.width, diagram.height
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:g}pt" height="{high:g}pt" '
        f'viewBox="0 0 {wide:g} {high:g}" role="img" font-family="{FONTS}">',
        f"<title>{escape(diagram.title)}</title>",
    ]
    if paper is not None:
        lines.append(f'<rect width="{wide:g}" height="{high:g}" fill="{paper}"/>')
    lines += [_written(mark, ink) for mark in diagram.marks]
    return "\n".join([*lines, "</svg>", ""])


def head(points: tuple[Spot, ...]) -> tuple[Spot, Spot, Spot]:
    """The three corners of the head of an arrow that ends where these points end."""
    (x, y), (fromx, fromy) = points[-1], points[-2]
    length = max(((x - fromx) ** 2 + (y - fromy) ** 2) ** 0.5, 1e-9)
    across, down = (x - fromx) / length * HEAD, (y - fromy) / length * HEAD
    back = (x - across, y - down)
    half = 0.38
    return (
        (x, y),
        (back[0] - down * half, back[1] + across * half),
        (back[0] + down * half, back[1] - across * half),
    )


def _written(mark: SketchMark, ink: str) -> str:
    if isinstance(mark, Words):
        weight = ' font-weight="600"' if mark.bold else ""
        faint = f' fill-opacity="{mark.ink:g}"' if mark.ink < 1 else ""
        return (
            f'<text x="{mark.place[0]:g}" y="{mark.place[1]:g}" font-size="{mark.size:g}" '
            f'text-anchor="{mark.anchor}" fill="{ink}"{faint}{weight}>{escape(mark.text)}</text>'
        )
    if isinstance(mark, Disc):
        x, y = mark.middle
        return f'<circle cx="{x:g}" cy="{y:g}" r="{mark.radius:g}" {_filled(mark.fill, mark.width, ink)}/>'
    if isinstance(mark, Polygon):
        looks = _filled(mark.fill, mark.width, ink)
        return f'<path d="M{_path(mark.points)}Z" stroke-linejoin="round" {looks}/>'
    return _line(mark, ink)


def _line(mark: InkLine, ink: str) -> str:
    first, rest = _path(mark.points[:1]), _path(mark.points[1:])
    faint = f' stroke-opacity="{mark.ink:g}"' if mark.ink < 1 else ""
    line = (
        f'<path d="M{first}{"C" if mark.curved else "L"}{rest}" fill="none" stroke="{ink}" '
        f'stroke-width="{mark.width:g}"{faint}/>'
    )
    return f'{line}<path d="M{_path(head(mark.points))}Z" fill="{ink}"/>' if mark.arrow else line


def _filled(fill: float, width: float, ink: str) -> str:
    inside = f'fill="{ink}" fill-opacity="{fill:g}"' if fill else 'fill="none"'
    return f'{inside} stroke="{ink}" stroke-width="{width:g}"' if width else inside


def _path(points: tuple[Spot, ...]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
