"""What stands around a network, as statements of C: from a sample as it is to the input, and to answers."""

from __future__ import annotations

from math import prod

import numpy as np

from playground.data.sample import Floats
from playground.exports.flat.steps import FlatExpression, loop
from playground.exports.network import PortableNetwork
from playground.exports.preparation import LinearScaling


def preparing(network: PortableNetwork) -> list[str]:
    """Statements that fill `x`, and `there` where steps may not be, from `sample`.

    A sample is its values as they are: categories by their place, steps that are not there not a number.
    """
    given = network.preparation
    lines = _expressions(network) if given.expressions else _whole(network)
    count = prod(network.forward.input.shape)
    if given.scaling is not None:
        lines += _scaled(given.scaling, count)
    else:
        lines.append(loop(count, "x[i] = taken[i];"))
    if network.forward.mask is not None:
        time, columns = given.shape.sizes
        lines.append(loop(time * columns, f"x[i] = there[(i - i % {columns}) / {columns}] ? x[i] : 0;"))
    return lines


def _expressions(network: PortableNetwork) -> list[str]:
    given = network.preparation
    columns = len(given.columns)
    lines = [f"double row[{columns}];", f"double taken[{len(given.expressions)}];"]
    for place in range(columns):
        value = f"sample[{place}]"
        if given.fill is not None:
            value = f"{value} != {value} ? {float(given.fill[place])!r} : {value}"
        lines.append(f"row[{place}] = {value};")
    code = FlatExpression({f"x{place}": f"row[{place}]" for place in range(columns)})
    for place, (text, name) in enumerate(zip(given.expressions, given.names, strict=True)):
        lines.append(f"taken[{place}] = {code.text(text)}; /* {remark(name)} */")
    return lines


def _whole(network: PortableNetwork) -> list[str]:
    sizes = network.preparation.shape.sizes
    lines = [f"double taken[{prod(sizes)}];"]
    if network.forward.mask is not None:
        time, columns = sizes
        value = f"sample[t * {columns} + i]"
        is_there = f"{value} != 0" if network.preparation.own else f"{value} == {value}"
        inner = f"there[t] = there[t] || {is_there};"
        lines.append(f"for (int t = 0; t < {time}; t++) {{")
        lines += ["    there[t] = 0;", f"    {loop(columns, inner)}", "}"]
    lines.append(loop(prod(sizes), "taken[i] = sample[i];"))
    return lines


def _scaled(scaling: LinearScaling, count: int) -> list[str]:
    """From `taken` to `x`, the same for each so many values as have their own shift."""
    width, shift = len(scaling.shift), _numbers("shift", scaling.shift)
    if scaling.matrix is not None:
        centered = f"(taken[p * {width} + j] - shift[j])"
        return [shift, *_product(scaling.matrix, centered, "0", "x", count)]
    at = _along(width, count)
    return [
        shift,
        _numbers("factor", scaling.factor),
        loop(count, f"x[i] = (taken[i] - shift[{at}]) * factor[{at}];"),
    ]


def unscaling(network: PortableNetwork) -> list[str]:
    """Statements that bring `outputs` to the scale of the data, into `answer`."""
    count, scaling = prod(network.forward.output.shape), network.answering.scaling
    if scaling is None:
        return [loop(count, "answer[i] = outputs[i];")]
    width, shift = len(scaling.shift), _numbers("shift", scaling.shift)
    if scaling.undo_matrix is not None:
        output = f"outputs[p * {width} + j]"
        return [shift, *_product(scaling.undo_matrix, output, "shift[i]", "answer", count)]
    at = _along(width, count)
    return [
        shift,
        _numbers("factor", scaling.factor),
        loop(count, f"answer[i] = outputs[i] / factor[{at}] + shift[{at}];"),
    ]


def _along(width: int, count: int) -> str:
    """The place in a row of so many numbers at place i of all."""
    return "i" if width == count else f"i % {width}"


def _product(matrix: Floats, value: str, first: str, into: str, count: int) -> list[str]:
    """Each row p of values j times a matrix, added to what is there first, into another array."""
    width = len(matrix)
    return [
        _numbers("matrix", matrix),
        f"for (int p = 0; p < {count // width}; p++) {{",
        f"    for (int i = 0; i < {width}; i++) {{",
        f"        double sum = {first};",
        f"        for (int j = 0; j < {width}; j++) sum += {value} * matrix[j * {width} + i];",
        f"        {into}[p * {width} + i] = sum;",
        "    }",
        "}",
    ]


def choosing(network: PortableNetwork) -> list[str]:
    """Statements that return which class the `outputs` mean."""
    count = prod(network.forward.output.shape)
    if count == 1:
        return [f"return outputs[0] >= {float(network.answering.border)!r} ? 1 : 0;"]
    better = "best = outputs[i] > outputs[best] ? i : best;"
    return ["int best = 0;", loop(count, better), "return best;"]


def _numbers(name: str, values: Floats) -> str:
    """A row of numbers with all their digits."""
    return f"static const double {name}[] = {{{', '.join(map(repr, np.ravel(values).tolist()))}}};"


def remark(text: str) -> str:
    """A text that ends no remark of C."""
    plain = text.replace("*/", "* /").replace("/*", "/ *").replace("\\", "/").replace("??", "? ?")
    return " ".join(plain.split())
