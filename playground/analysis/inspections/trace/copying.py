"""A trace to be taken elsewhere: as text, as LaTeX, and as NumPy code that gives the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from playground.analysis.inspections.trace.trace import Trace, TraceStage
from playground.engine.calculation import Equation
from playground.engine.calculation.writing import NumpyCode, in_latex, in_symbols, names_in
from playground.numbers.writing import figures

MOST_ROWS, MOST_COLUMNS = 12, 8
"""What of a large matrix is written where people read it."""

MOST_NUMBERS = 20_000
"""So many numbers are written into code at most; of a larger network there would be too much to paste."""

HEAD = """\
# One step of training taken apart, as Neural Playground computes it.
import math

import numpy as np
"""


def as_text(trace: Trace) -> str:
    """Every line in symbols, with its numbers below it."""
    return _written(trace, _text_of_stage)


def as_latex(trace: Trace) -> str:
    """Every line as an equation, with its numbers."""
    return _written(trace, _latex_of_stage)


def as_code(trace: Trace) -> str:
    """NumPy code; what the engine alone knows stands in it as numbers."""
    given = _given(trace)
    size = sum(np.size(trace.values[name]) for name in given)
    if size > MOST_NUMBERS:
        return f"# {size} numbers are too many to paste; the trace command writes them to a file.\n"
    known: set[str] = set()
    parts = [HEAD, *_literals(trace, _scalars(trace), known)]
    for stage in trace.stages:
        parts.append(f"\n# {stage.name}" + (" (backward)" if stage.goes_back and stage.layer_id else ""))
        for line in stage.lines:
            parts += _literals(trace, names_in(line), known)
            parts += _assigned(trace, line, known)
    return "\n".join(parts) + "\n"


def stage_code(trace: Trace, stage: TraceStage) -> str:
    """The lines of one stage as NumPy code, without the numbers that they begin with."""
    found = []
    for line in stage.lines:
        if line.heading:
            found += ["", f"# {line.heading}"]
        right = NumpyCode().write(line.tree) if line.source else "..."
        found.append(f"{line.name} = {right}")
    return "\n".join(found).strip("\n")


def _scalars(trace: Trace) -> list[str]:
    return [name for name, value in trace.values.items() if np.ndim(value) == 0]


def _given(trace: Trace) -> set[str]:
    """The names that code must be told the values of."""
    known: set[str] = set()
    found: set[str] = set()
    for line in trace.lines():
        found |= {name for name in names_in(line) if name not in known}
        found |= set() if line.source else {line.name}
        known.add(line.name)
    return found & set(trace.values)


def _literals(trace: Trace, names: list[str], known: set[str]) -> Iterator[str]:
    for name in names:
        if name not in known and name in trace.values:
            known.add(name)
            yield f"{name} = {_literal(trace.values[name])}"


def _assigned(trace: Trace, line: Equation, known: set[str]) -> Iterator[str]:
    if line.source:
        known.add(line.name)
        yield f"{line.name} = {NumpyCode().write(line.tree)}"
    else:
        yield from _literals(trace, [line.name], known)


def _literal(value: Any) -> str:
    if np.ndim(value) == 0:
        return repr(float(value))
    numbers = np.asarray(value, np.float64).tolist()
    return f"np.array({numbers!r})".replace("nan", "np.nan").replace("inf", "np.inf")


def _written(trace: Trace, write: Callable[[Trace, TraceStage], Iterator[str]]) -> str:
    return "\n".join(text for stage in trace.stages for text in write(trace, stage)) + "\n"


def _text_of_stage(trace: Trace, stage: TraceStage) -> Iterator[str]:
    yield f"{stage.name}"
    for line in stage.lines:
        if line.heading:
            yield f"  {line.heading}"
        yield f"  {in_symbols(line)}"
        yield from (f"    {row}" for row in _rows(trace.values[line.name], "  "))
    yield ""


def _latex_of_stage(trace: Trace, stage: TraceStage) -> Iterator[str]:
    yield f"% {stage.name}"
    for line in stage.lines:
        yield r"\begin{equation*}"
        yield in_latex(line)
        rows = r" \\ ".join(_rows(trace.values[line.name], " & ")).replace("−", "-")
        yield rf"= \begin{{bmatrix}} {rows} \end{{bmatrix}}"
        yield r"\end{equation*}"


def _rows(values: Any, between: str) -> list[str]:
    """The rows of a matrix; of a large one the first, and … for the others."""
    matrix = np.atleast_2d(values)
    shown = matrix[:MOST_ROWS, :MOST_COLUMNS]
    more = ["…"] if shown.shape[1] < matrix.shape[1] else []
    rows = [between.join([*(figures(float(each), 6) for each in row), *more]) for row in shown]
    return [*rows, "…"] if len(shown) < len(matrix) else rows
