"""The text of the header: its numbers, the functions that it needs, and what they are called with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import prod
from textwrap import fill

import numpy as np

from playground.engine.arrays import Array
from playground.exports.flat.around import choosing, preparing, remark, unscaling
from playground.exports.flat.code import FlatCode, function
from playground.exports.flat.library import FUNCTIONS
from playground.exports.flat.steps import loop
from playground.exports.functions import called
from playground.exports.network import PortableNetwork
from playground.exports.step_names import identifier
from playground.exports.targets.c_header.texts import reading

KEYWORDS = re.findall(
    r"\w+",
    """
    auto break case char const continue default do double else enum extern float for goto if inline int long
    register restrict return short signed sizeof static struct switch union unsigned void volatile while asm
    real weight sample outputs answer row taken shift factor matrix sum best t p j x there edges
    exp expm1 log log1p sqrt sin cos tan tanh floor fabs fmod pow hypot atan2 erfc y0 y1 yn j0 j1 jn gamma
    signbit NAN INFINITY NONE
    """,
)
"""Names that a value of a network cannot have."""


def prefix(name: str) -> str:
    """What all names of the header of a file begin with."""
    return identifier(name).lower()


def header(network: PortableNetwork, name: str) -> str:
    """The text of the header of a file that is called so."""
    code = FlatCode.of(network.forward, {*KEYWORDS, *FUNCTIONS})
    parts = [*_sizes(network), *reading(network), *_arrays(network, code), *_functions(network, code)]
    start = prefix(name)
    body = _prefixed("\n\n".join(parts), start, code)
    guard = f"{start.upper()}_H"
    return (
        f"{_heading(network, name, start)}\n#ifndef {guard}\n#define {guard}\n\n#include <math.h>\n\n"
        f"{_types(network, start)}\n\n{body}\n\n#endif\n"
    )


def _heading(network: PortableNetwork, name: str, start: str) -> str:
    given, answering = network.preparation, network.answering
    sample = prod(given.shape.sizes)
    outputs = prod(network.forward.output.shape)
    result = f"{'int chosen = ' if answering.classes else ''}{start}_predict(sample, answer);"
    lines = [
        f"/* {remark(network.title)}: a network with {network.forward.size} weights, trained in Neural "
        f"Playground {network.version}.",
        "",
        f'       #include "{remark(name)}.h"',
        f"       double sample[{sample}], answer[{outputs}];   {_meaning(network)}",
        f"       {result}",
        "",
        "   It needs math.h alone.  Define NN_REAL before as float or double, to say how values are held;",
        "   sums are always double. */",
    ]
    return "\n".join(line.replace("   */", " */") for line in lines)


def _meaning(network: PortableNetwork) -> str:
    given = network.preparation
    if given.columns:
        names = ", ".join(remark(column.name) for column in given.columns[:8])
        more = ", ..." if len(given.columns) > 8 else ""
        return f"// {names}{more}; a category by its place"
    return f"// {' x '.join(map(str, given.shape.sizes))} values, the last axis fastest"


def _types(network: PortableNetwork, start: str) -> str:
    number = {"float32": "float", "float64": "double"}[network.precision]
    return (
        f"#ifndef NN_REAL\n#define NN_REAL {number}\n#endif\n"
        f"typedef NN_REAL {start}_real;\ntypedef {number} {start}_weight;"
    )


def _sizes(network: PortableNetwork) -> Iterator[str]:
    """What columns, categories, symbols and classes are called."""
    given, answering = network.preparation, network.answering
    if given.columns:
        yield _texts("COLUMNS", [column.name for column in given.columns])
    for place, column in enumerate(given.columns):
        if column.categories:
            yield _texts(f"CATEGORIES_{place}", column.categories)
    if given.shape.symbols:
        yield _texts("SYMBOLS", given.shape.symbols)
    if answering.classes:
        yield _texts("CLASSES", answering.classes)
    elif len(answering.names) > 1:
        yield _texts("ANSWERS", answering.names)


def _texts(name: str, texts: tuple[str, ...] | list[str]) -> str:
    words = ", ".join(_quoted(text) for text in texts)
    text = f"static const char *const @{name}[] = {{{words}}};"
    return fill(text, 105, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def _quoted(text: str) -> str:
    """A text as C reads it, in UTF-8, whatever the compiler takes the header for."""
    return '"' + "".join(_letter(byte) for byte in text.encode()) + '"'


def _letter(byte: int) -> str:
    plain = 32 < byte < 127 and chr(byte) not in '"\\?'
    return chr(byte) if plain else f"\\{byte:03o}"


def _arrays(network: PortableNetwork, code: FlatCode) -> Iterator[str]:
    for name, array in network.forward.arrays.items():
        kind = "weight" if array.dtype.name == network.precision else "double"
        sizes = " x ".join(map(str, array.shape))
        numbers = fill(", ".join(_numbers(array, kind, network.precision)), 100)
        indented = numbers.replace("\n", "\n    ")
        head = f"static const {kind} {code.names.arrays[name]}[{array.size}]"
        yield f"{head} = {{ /* {sizes} */\n    {indented}}};"


def _numbers(array: Array, kind: str, precision: str) -> Iterator[str]:
    """The numbers with all their digits; single ones say that they are."""
    single = kind == "weight" and precision == "float32"
    for value in np.ravel(array):
        text = str(value) if single else repr(float(value))
        if not np.isfinite(value):
            yield {"nan": "NAN", "inf": "INFINITY", "-inf": "-INFINITY"}[str(float(value))]
        elif single:
            yield f"{text if '.' in text or 'e' in text else text + '.0'}f"
        else:
            yield text


def _functions(network: PortableNetwork, code: FlatCode) -> Iterator[str]:
    forward = network.forward
    there = "" if forward.mask is None else ", const real *there"
    unread = forward.mask is not None and not any(re.search(r"\bthere\b", line) for line in code.lines)
    statements = [*code.rooms, *["(void)there;"] * unread, *code.lines]
    run = function("void", f"forward(const real *x{there}, real *outputs)", statements)
    filled = "" if forward.mask is None else ", real *there"
    prepare = function("void", f"prepare(const double *sample, real *x{filled})", preparing(network))
    yield from called("\n".join([run, prepare]), FUNCTIONS)
    yield "/* From a sample as it is to the input of the network. */\n" + prepare
    yield "/* The network. */\n" + run
    yield from _answers(network)


def _answers(network: PortableNetwork) -> Iterator[str]:
    forward = network.forward
    count, size = prod(forward.output.shape), prod(forward.input.shape)
    masked = forward.mask is not None
    lines = [f"real x[{size}], outputs[{count}];"]
    lines += [f"real there[{forward.mask.shape[0]}];"] if forward.mask is not None else []
    lines += [f"prepare(sample, x{', there' if masked else ''});"]
    lines += [f"forward(x{', there' if masked else ''}, outputs);"]
    if network.answering.classes:
        yield "/* Which class the outputs mean, counted from 0. */\n" + function(
            "int", "class_of(const real *outputs)", choosing(network)
        )
        lines += [loop(count, "answer[i] = outputs[i];"), "return class_of(outputs);"]
        told = f"What it says of a sample: {count} outputs, and which class that is."
        yield f"/* {told} */\n" + function("int", "predict(const double *sample, double *answer)", lines)
        return
    lines += unscaling(network)
    told = f"What it says of a sample: {count} number{'s' if count > 1 else ''}, on the scale of the data."
    yield f"/* {told} */\n" + function("void", "predict(const double *sample, double *answer)", lines)


def _prefixed(text: str, start: str, code: FlatCode) -> str:
    """The text with names that no other header has."""
    names = [*FUNCTIONS, "place_of", "read_text", "prepare", "forward", "class_of", "predict"]
    if arrays := "|".join(code.names.arrays.values()):
        text = re.sub(rf"\b({arrays})\b", rf"{start.upper()}_\1", text)
    text = re.sub(rf"\b({'|'.join(names)})\(", rf"{start}_\1(", text)
    text = re.sub(r"\b(real|weight)\b(?! *[(\[=])", rf"{start}_\1", text)
    text = re.sub(r"^static (?!const)", "static inline ", text, flags=re.MULTILINE)
    text = re.sub(r"\bNONE\b", "0", text)
    return text.replace("@", f"{start.upper()}_")
