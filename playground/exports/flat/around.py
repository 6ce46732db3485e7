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
    if given.scaling is not None:
        width = prod(given.shape.sizes[1:]) if given.shape.is_sequence else prod(network.forward.input.shape)
        lines += _scaled(given.scaling, width, prod(network.forward.input.shape))
    else:
        lines.append(loop(prod(network.forward.input.shape), "x[i] = taken[i];"))
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


def _scaled(scaling: LinearScaling, width: int, count: int) -> list[str]:
    """From `taken` to `x`, the same for each so many values."""
    shift = _numbers("shift", scaling.shift)
    at = "i" if width == count else f"i % {width}"
    if scaling.matrix is None:
        factor = _numbers("factor", scaling.factor)
        return [shift, factor, loop(count, f"x[i] = (taken[i] - shift[{at}]) * factor[{at}];")]
    inner = f"sum += (taken[p * {width} + j] - shift[j]) * matrix[j * {width} + i];"
    return [
        shift,
        _numbers("matrix", scaling.matrix),
        f"for (int p = 0; p < {count // width}; p++) {{",
        f"    for (int i = 0; i < {width}; i++) {{",
        "        double sum = 0;",
        f"        for (int j = 0; j < {width}; j++) {inner}",
        f"        x[p * {width} + i] = sum;",
        "    }",
        "}",
    ]


def unscaling(network: PortableNetwork) -> list[str]:
    """Statements that bring `outputs` to the scale of the data, into `answer`."""
    count, scaling = prod(network.forward.output.shape), network.answering.scaling
    if scaling is None:
        return [loop(count, "answer[i] = outputs[i];")]
    width = len(scaling.shift)
    shift, at = _numbers("shift", scaling.shift), "i" if width == count else f"i % {width}"
    if scaling.undo_matrix is None:
        factor = _numbers("factor", scaling.factor)
        return [shift, factor, loop(count, f"answer[i] = outputs[i] / factor[{at}] + shift[{at}];")]
    inner = f"sum += outputs[p * {width} + j] * matrix[j * {width} + i];"
    return [
        shift,
        _numbers("matrix", scaling.undo_matrix),
        f"for (int p = 0; p < {count // width}; p++) {{",
        f"    for (int i = 0; i < {width}; i++) {{",
        "        double sum = shift[i];",
        f"        for (int j = 0; j < {width}; j++) {inner}",
        f"        answer[p * {width} + i] = sum;",
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
