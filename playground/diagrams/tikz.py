"""A diagram as TikZ: a whole `standalone` document, whose picture can be copied into another one."""

from __future__ import annotations

import unicodedata

from playground.diagrams.marks import Disc, InkLine, NetworkDrawing, Polygon, SketchMark, Spot, Words

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "×": r"$\times$",
    "·": r"$\cdot$",
    "−": r"$-$",
    "±": r"$\pm$",
    "…": r"\ldots{}",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "–": "--",
    "—": "---",
    "→": r"$\to$",
    "\u202f": r"\,",
    "\u2009": r"\,",
    "\u00a0": "~",
}
"""How a document of LaTeX writes what means something else to it, or what its typefaces lack."""

GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip
"""Small letters that have a command of their own."""

ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}

HEADER = r"""% Compile with pdflatex, lualatex or xelatex.
\documentclass[tikz,border=2pt]{standalone}
\usepackage{iftex}
\iftutex
  \usepackage{fontspec}
\else
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{textcomp}
\fi
\usetikzlibrary{arrows.meta}
"""


def tikz(diagram: NetworkDrawing) -> str:
    """The document."""
    lines = [_line(mark) for mark in diagram.marks]
    unknown = sorted({letter for line in lines for letter in line if ord(letter) > 0x17F})
    if unknown:  # letters for which pdflatex has no sign
        declared = "".join(rf"\DeclareUnicodeCharacter{{{ord(letter):04X}}}{{?}}" for letter in unknown)
        header = HEADER + rf"\iftutex\else{declared}\fi" + "\n"
    else:
        header = HEADER
    return "\n".join(
        [
            f"{header}\\begin{{document}}",
            r"\begin{tikzpicture}[x=1pt, y=-1pt, >={Stealth[length=5pt]}, line join=round]",
            *lines,
            r"\end{tikzpicture}",
            r"\end{document}",
            "",
        ]
    )


def escaped(text: str) -> str:
    """A text as LaTeX writes it."""
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter in SPECIAL:
        return SPECIAL[letter]
    whole = unicodedata.normalize("NFKC", letter)
    if unicodedata.decomposition(letter).startswith("<sub>"):
        return f"$_{{{whole}}}$".replace("−", "-")
    if unicodedata.decomposition(letter).startswith("<super>"):
        return f"$^{{{whole}}}$".replace("−", "-")
    name = unicodedata.name(letter, "").lower()
    if name.startswith("greek small letter ") and (greek := name.rpartition(" ")[2]) in GREEK:
        return rf"$\{greek}$"
    return letter if letter.isprintable() else ""


def _line(mark: SketchMark) -> str:
    if isinstance(mark, Words):
        looks = rf"\fontsize{{{mark.size:g}}}{{{mark.size * 1.2:g}}}\selectfont"
        bold = r"\bfseries" if mark.bold else ""
        style = f"anchor={ANCHORS[mark.anchor]}, inner sep=0, text={_ink(mark.ink)}, font={{{looks}{bold}}}"
        return rf"\node[{style}] at {_at(mark.place)} {{{escaped(mark.text)}}};"
    if isinstance(mark, Disc):
        return (
            rf"\path[{_filled(mark.fill, mark.width)}] {_at(mark.middle)} circle[radius={mark.radius:g}pt];"
        )
    if isinstance(mark, Polygon):
        return rf"\path[{_filled(mark.fill, mark.width)}] {' -- '.join(map(_at, mark.points))} -- cycle;"
    style = f"draw={_ink(mark.ink)}, line width={mark.width:g}pt" + (", ->" if mark.arrow else "")
    return rf"\path[{style}] {_way(mark)};"


def _way(mark: InkLine) -> str:
    if not mark.curved:
        return " -- ".join(map(_at, mark.points))
    start, first, second, end = map(_at, mark.points)
    return f"{start} .. controls {first} and {second} .. {end}"


def _filled(fill: float, width: float) -> str:
    parts = [f"fill={_ink(fill)}"] if fill else []
    return ", ".join([*parts, f"draw=black, line width={width:g}pt"] if width else parts)


def _ink(ink: float) -> str:
    return "black" if ink >= 1 else f"black!{round(100 * ink)}"


def _at(spot: Spot) -> str:
    return f"({spot[0]:g},{spot[1]:g})"
