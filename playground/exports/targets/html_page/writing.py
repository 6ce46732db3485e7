"""The page: the network as a script, what is said of its inputs and answers, and what a person sees."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterator
from functools import cache
from math import floor, isfinite, log10, prod
from pathlib import Path
from typing import Any

import numpy as np

from playground.data.sample import flattened
from playground.engine.arrays import Array
from playground.exports.flat.around import choosing, preparing, unscaling
from playground.exports.flat.code import FlatCode, function
from playground.exports.flat.javascript import as_javascript
from playground.exports.flat.library import FUNCTIONS
from playground.exports.functions import called
from playground.exports.network import PortableNetwork
from playground.numbers.writing import plain_count

FEW_WEIGHTS = 2000
"""So many weights are numbers that can be read; more are packed."""

RESERVED = """
await break case catch class const continue debugger default delete do else enum export extends false
finally for function if implements import in instanceof interface let new null package private protected
public return static super switch this throw true try typeof var void while with yield arguments eval
undefined NaN Infinity Math Float32Array Float64Array NETWORK ABOUT erfc packed x there outputs answer sample
row taken shift factor matrix sum best t p j prepare forward class_of predict unscale read result
"""
"""Names that a value of a network cannot have."""


def page(network: PortableNetwork) -> str:
    """The text of the page."""
    forward = network.forward
    told = (
        f"A network with {plain_count(forward.size)} weights, trained in Neural Playground {network.version}."
    )
    parts = {
        "title": html.escape(network.title),
        "told": html.escape(told),
        "style": _file("page.css"),
        "network": script(network),
        "about": _safe(json.dumps(about(network), ensure_ascii=False)),
        "page": _file("page.js"),
    }
    return re.sub(r"\{(\w+)\}", lambda place: parts[place[1]], _file("page.html")) + "\n"


def script(network: PortableNetwork) -> str:
    """The network as a script: `NETWORK.predict(sample)` says what it makes of a sample."""
    forward = network.forward
    code = FlatCode.of(forward, {*RESERVED.split(), *FUNCTIONS})
    body = "\n\n".join(_functions(network, code))
    functions = "\n\n".join(called(body, FUNCTIONS))
    lines = [
        '"use strict";',
        "const NETWORK = (() => {",
        *_arrays(network, code),
        "",
        as_javascript(functions),
        "",
        body,
        "",
        _predict(network),
        "",
        _file("reading.js") if network.preparation.shape.is_sequence else "",
        f"return {{ predict{', read' if network.preparation.shape.is_sequence else ''} }};",
        "})();",
    ]
    return _safe("\n".join(lines))


def _functions(network: PortableNetwork, code: FlatCode) -> Iterator[str]:
    forward = network.forward
    there = "" if forward.mask is None else ", const real *there"
    yield _function(f"prepare(const double *sample, real *x{there})", preparing(network))
    yield _function(f"forward(const real *x{there}, real *outputs)", [*code.rooms, *code.lines])
    if network.answering.classes:
        yield _function("class_of(const real *outputs)", choosing(network))
    else:
        yield _function("unscale(const real *outputs, real *answer)", unscaling(network))


def _function(head: str, statements: list[str]) -> str:
    return as_javascript(function("void", head, statements))


def _predict(network: PortableNetwork) -> str:
    forward, classes = network.forward, network.answering.classes
    there = ", there" if forward.mask is not None else ""
    lines = [
        "/* What it says of a sample: outputs, the answer on the scale of the data, and which class. */",
        "function predict(sample) {",
        f"    const x = new Float64Array({prod(forward.input.shape)});",
        f"    const outputs = new Float64Array({prod(forward.output.shape)});",
    ]
    if forward.mask is not None:
        lines.append(f"    const there = new Float64Array({forward.mask.shape[0]});")
    lines += [f"    prepare(sample, x{there});", f"    forward(x{there}, outputs);"]
    if classes:
        lines.append("    return { outputs, answer: outputs, chosen: class_of(outputs) };")
    else:
        lines.append("    const answer = new Float64Array(outputs.length);")
        lines.append("    unscale(outputs, answer);")
        lines.append("    return { outputs, answer };")
    return "\n".join([*lines, "}"])


def _arrays(network: PortableNetwork, code: FlatCode) -> Iterator[str]:
    arrays = network.forward.arrays
    if network.forward.size <= FEW_WEIGHTS:
        yield from (f"const {code.names.arrays[name]} = {_literal(array)};" for name, array in arrays.items())
        return
    yield (
        "const packed = (kind, text) => "
        "new kind(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);"
    )
    for name, array in arrays.items():
        yield f'const {code.names.arrays[name]} = packed({_kind(array)}, "{_packed(array)}");'


def _kind(array: Array) -> str:
    return "Float32Array" if array.dtype == np.float32 else "Float64Array"


def _packed(array: Array) -> str:
    """The bytes of an array, the lowest first, as text."""
    flat = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    return base64.b64encode(flat.tobytes()).decode()


def _literal(array: Array) -> str:
    names = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    texts = (str(value) if array.dtype == np.float32 else repr(float(value)) for value in np.ravel(array))
    return f"{_kind(array)}.of({', '.join(names.get(text, text) for text in texts)})"


def about(network: PortableNetwork) -> dict[str, Any]:
    """What the page says of inputs and answers."""
    given, answering = network.preparation, network.answering
    shape = given.shape
    kind = "columns" if given.columns else "sequence" if shape.is_sequence else "picture"
    return {
        "kind": kind,
        "sizes": list(shape.sizes),
        "usual": _usual(network) if given.columns else [0.0] * shape.size,
        "columns": [
            {
                "name": column.name,
                "unit": column.unit,
                "categories": list(column.categories),
                "date": column.name in given.dates,
                "low": column.range[0],
                "high": column.range[1],
            }
            for column in given.columns
        ],
        "symbols": list(shape.symbols),
        "other": "□" if "□" in shape.symbols else "",
        "steps": [str(name) for name in shape.axes[-1].names] or ["a number"],
        "gaps": given.gaps,
        "continues": given.continues,
        "classes": list(answering.classes),
        "likely": answering.likely,
        "names": list(answering.names),
        "pictured": kind == "picture" and answering.is_input,
        "points": _points(network) if kind == "columns" else [],
        **_pictures(network, kind == "picture"),
        "text": _text(network) if kind == "sequence" else "",
    }


def _usual(network: PortableNetwork) -> list[float]:
    """Where each column begins, with no more digits than a slider tells apart."""
    given = network.preparation
    return [
        _rounded(value, 3) if abs(value) > 0.002 * max(map(abs, column.range)) else 0.0
        for column, value in zip(given.columns, given.usual.tolist(), strict=True)
    ]


def _rounded(value: float, figures: int) -> float:
    return round(value, figures - 1 - floor(log10(abs(value)))) if value and isfinite(value) else value


def _points(network: PortableNetwork) -> list[list[float]]:
    """Samples that are shown, each with its label behind it."""
    return [[*row.tolist(), float(label)] for row, label in zip(*network.shown, strict=True)]


def _pictures(network: PortableNetwork, are_pictures: bool) -> dict[str, Any]:
    low, high = network.range
    rows = network.shown[0] if are_pictures else np.empty((0, 1))
    flat = flattened(rows)
    dark = len(flat) == 0 or float(np.median(flat)) < (low + high) / 2
    return {
        "low": low,
        "high": high,
        "paper": low if dark else high,
        "ink": high if dark else low,
        "examples": flat[:12].tolist(),
    }


def _text(network: PortableNetwork) -> str:
    """A sequence to begin with."""
    shape, rows = network.preparation.shape, network.shown[0]
    steps = rows[0][~np.isnan(rows[0]).all(axis=1)] if len(rows) else np.zeros(shape.sizes)
    if shape.symbols:
        return "".join(shape.symbols[place] for place in steps.argmax(axis=1))
    return "\n".join(" ".join(repr(_rounded(value, 5)) for value in step.tolist()) for step in steps)


def _safe(text: str) -> str:
    """A text that ends no script."""
    return text.replace("</", "<\\/").replace("<!--", "<\\!--")


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").rstrip("\n")
