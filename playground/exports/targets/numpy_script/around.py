"""What stands around the network in a script: from samples as they are to its input, and from outputs on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.data.sample import Floats
from playground.exports.network import PortableNetwork
from playground.exports.preparation import LinearScaling
from playground.exports.targets.numpy_script.steps import NumpyExpression

TABLE = '''
def table(rows):
    """Rows, dictionaries or lists in the order of COLUMNS, as numbers; categories by their place."""
    values = np.full((len(rows), len(COLUMNS)), np.nan)
    for place, row in enumerate(rows):
        for column, name in enumerate(COLUMNS):
            value = row[name] if isinstance(row, dict) else row[column]
            if value is None or value == "" or value != value:
                continue
            if name in CATEGORIES:
                text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
                if text not in CATEGORIES[name]:
                    raise ValueError(f"Row {place + 1}, column {name}: {text!r} was never learnt from.")
                values[place, column] = CATEGORIES[name].index(text)
            elif name in DATES and isinstance(value, str):
                values[place, column] = (date.fromisoformat(value) - date(1970, 1, 1)).days
            else:
                values[place, column] = float(value)
    return values
'''

LACKING = """
    if np.isnan(values).any():
        row, column = np.argwhere(np.isnan(values))[0]
        raise ValueError(f"Row {row + 1} lacks a value of the column {COLUMNS[column]}.")
"""

SYMBOLS = '''
def steps(text):
    """A text as a row for each of its characters: 1 at its place among SYMBOLS and 0 elsewhere."""
    text = unicodedata.normalize("NFC", text).replace("\\r\\n", "\\n").replace("\\r", "\\n")
    found = []
    for each in text:
        symbol = each if each in SYMBOLS else each.lower() if each.lower() in SYMBOLS else OTHER
        if symbol not in SYMBOLS:
            raise ValueError(f"{each!r} is none of the symbols that were learnt from.")
        found.append(np.eye(len(SYMBOLS))[SYMBOLS.index(symbol)])
    return np.array(found).reshape(-1, len(SYMBOLS))
'''


def before(network: PortableNetwork) -> Iterator[str]:
    """From samples as a person has them to the input of the network: constants, and `prepare`."""
    given = network.preparation
    if given.columns:
        yield _constants(network)
        yield TABLE
        yield _prepare_rows(network)
    elif given.shape.is_sequence:
        if given.shape.symbols:
            other = "□" if "□" in given.shape.symbols else ""
            yield f"SYMBOLS = {list(given.shape.symbols)!r}\nOTHER = {other!r}"
            yield SYMBOLS
        yield _prepare_sequences(network)
    else:
        yield _prepare_whole(network)


def _constants(network: PortableNetwork) -> str:
    given = network.preparation
    categories = {column.name: list(column.categories) for column in given.columns if column.categories}
    lines = [
        f"COLUMNS = {[column.name for column in given.columns]!r}",
        f"CATEGORIES = {categories!r}",
        f"DATES = {list(given.dates)!r}  # written as 2024-12-31",
    ]
    if given.fill is not None:
        lines.append(f"INSTEAD = {numbers(given.fill)}  # of a value that is missing")
    return "\n".join(lines)


def _prepare_rows(network: PortableNetwork) -> str:
    given = network.preparation
    of_nodes = network.edges is not None
    lines = [f"def prepare(rows{', edges=EDGES' if of_nodes else ''}):"]
    lines += ['    """The input of the network for rows of a table."""']
    if of_nodes:
        lines[-1] = (
            '    """The input for all nodes of a graph, and its edges (to, from), with 1 to itself."""'
        )
    lines.append("    values = table(rows)")
    if given.fill is None:
        lines.append(LACKING.strip("\n"))
    else:
        lines.append("    values = np.where(np.isnan(values), INSTEAD, values)")
    names = {f"x{place}": f"x{place}" for place in range(len(given.columns))}
    code = NumpyExpression(names)
    unpacked = ", ".join(names) + ("," if len(names) == 1 else "")
    lines.append(f"    {unpacked} = values.T")
    lines.append("    x = np.stack([")
    for expression, name in zip(given.expressions, given.names, strict=True):
        lines.append(f"        {code.text(expression)},  # {_one_line(name)}")
    lines.append("    ], axis=1)")
    return "\n".join([*lines, *_scaled(given.scaling), f"    return x{', edges' if of_nodes else ''}"])


def _prepare_sequences(network: PortableNetwork) -> str:
    given = network.preparation
    time, columns = given.shape.sizes
    each = "steps(each)" if given.shape.symbols else f"np.asarray(each, float).reshape(-1, {columns})"
    last = f"[-{time}:]" if given.continues else ""
    lines = [
        "def prepare(sequences):",
        '    """The input of the network for sequences, and which steps are there."""',
    ]
    lines.append(f"    x = np.zeros((len(sequences), {time}, {columns}))")
    lines.append(f"    there = np.zeros((len(sequences), {time}))")
    lines.append("    for row, each in enumerate(sequences):")
    lines.append(f"        taken = {each}{last}")
    may = f"not 0 < len(taken) <= {time}" if given.gaps else f"len(taken) != {time}"
    needed = f"1 to {time} may be" if given.gaps else f"{time} are needed"
    lines.append(f"        if {may}:")
    lines.append(f'            raise ValueError(f"Sequence {{row + 1}} has {{len(taken)}} steps; {needed}.")')
    lines += ["        x[row, : len(taken)] = taken", "        there[row, : len(taken)] = 1"]
    lines += _scaled(given.scaling)
    if given.gaps:
        if given.scaling is not None:
            lines.append("    x = x * there[:, :, np.newaxis]")
        return "\n".join([*lines, *_shaped(network), "    return x, there"])
    return "\n".join([*lines, *_shaped(network), "    return x"]).replace(", and which steps are there", "")


def _prepare_whole(network: PortableNetwork) -> str:
    given = network.preparation
    sizes = given.shape.sizes
    lines = [
        "def prepare(samples):",
        f'    """The input of the network for samples of {given.shape} values."""',
    ]
    lines.append(f"    x = np.asarray(samples, float).reshape(-1, {int(np.prod(sizes))})")
    lines += _scaled(given.scaling)
    lines += _shaped(network)
    if not given.own:
        return "\n".join([*lines, "    return x"])
    lines.append("    there = (x != 0).any(axis=2).astype(float)")
    if network.forward.edges is None:
        return "\n".join([*lines, "    return x, there"])
    lines.append(f"    edges = x[:, :, {given.own}:].copy()")
    lines.append("    edges[:, range(x.shape[1]), range(x.shape[1])] = 1  # from each node to itself")
    return "\n".join([*lines, "    return x, there, edges"])


def _shaped(network: PortableNetwork) -> list[str]:
    """The input in the shape that the network reads."""
    sizes = network.forward.input.shape
    return [f"    x = x.reshape({', '.join(map(str, (-1, *sizes)))})"]


def _scaled(scaling: LinearScaling | None) -> list[str]:
    if scaling is None:
        return []
    shift = numbers(scaling.shift)
    if scaling.matrix is not None:
        return [f"    x = (x - {shift}) @ {numbers(scaling.matrix)}"]
    return [f"    x = (x - {shift}) * {numbers(scaling.factor)}"]


def after(network: PortableNetwork) -> Iterator[str]:
    """From the outputs of the network to an answer."""
    answering, lines = (
        network.answering,
        ["def unscale(outputs):", '    """Outputs on the scale of the data."""'],
    )
    scaling = answering.scaling
    if scaling is not None:
        shift = numbers(scaling.shift)
        width = len(scaling.shift)
        lines.append(f"    values = outputs.reshape(-1, {width})")
        if scaling.undo_matrix is None:
            lines.append(f"    values = values / {numbers(scaling.factor)} + {shift}")
        else:
            lines.append(f"    values = values @ {numbers(scaling.undo_matrix)} + {shift}")
        lines.append("    outputs = values.reshape(outputs.shape)")
    yield "\n".join([*lines, "    return outputs.reshape(len(outputs), -1)"])
    yield _answer(network)


def _answer(network: PortableNetwork) -> str:
    answering = network.answering
    lines = ["def answer(outputs):", '    """What the network says of each sample, as dictionaries."""']
    if not answering.classes:
        names = (
            [f"prediction.{name}" for name in answering.names] if len(answering.names) > 1 else ["prediction"]
        )
        lines.append(f"    names = {names!r}")
        lines.append("    return [dict(zip(names, map(float, row))) for row in unscale(outputs)]")
        return "\n".join(lines)
    head = f"CLASSES = {list(answering.classes)!r}\n\n\n"
    lines.append("    outputs = outputs.reshape(len(outputs), -1)")
    single = network.forward.output.shape == (1,)
    if single:
        lines.append(f"    chosen = (outputs[:, 0] >= {answering.border!r}).astype(int)")
    else:
        lines.append("    chosen = outputs.argmax(axis=1)")
    if answering.likely:
        lines.append(f"    shares = {'np.column_stack([1 - outputs, outputs])' if single else 'outputs'}")
        lines.append("    return [")
        lines.append(
            '        {"prediction": CLASSES[place], "probability": float(row[place])}'
            ' | {f"probability.{name}": float(share) for name, share in zip(CLASSES, row)}'
        )
        lines.append("        for place, row in zip(chosen, shares)")
        lines.append("    ]")
    else:
        lines.append('    return [{"prediction": CLASSES[place]} for place in chosen]')
    return head + "\n".join(lines)


def entry(network: PortableNetwork) -> str:
    """`predict`, and what the script does when it is called."""
    given, forward = network.preparation, network.forward
    several = forward.mask is not None or forward.edges is not None
    cast = f"np.{network.precision}"
    call = (
        f"*(each.astype({cast}) for each in prepare(samples))"
        if several
        else f"prepare(samples).astype({cast})"
    )
    lines = [
        "def predict(samples):",
        f'    """What the network says of samples: {_example(network)}."""',
        f"    return answer(forward({call}))",
    ]
    if given.columns:
        lines += [
            "", "",
            'if __name__ == "__main__":',
            "    if len(sys.argv) != 2:",
            '        sys.exit(f"python {Path(sys.argv[0]).name} ROWS.csv")',
            '    with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:',
            "        for each in predict(list(csv.DictReader(file))):",
            "            print(each)",
        ]  # fmt: skip
    return "\n".join(lines)


def _example(network: PortableNetwork) -> str:
    given = network.preparation
    if given.columns:
        return "rows of a table, dictionaries by column"
    if given.shape.is_sequence:
        return "texts" if given.shape.symbols else "sequences, each an array (steps, columns)"
    return f"an array (n, {' × '.join(map(str, given.shape.sizes))})"


def numbers(values: Floats) -> str:
    """Numbers as they are typed, or one where all are the same."""
    flat = np.asarray(values, np.float64)
    if flat.ndim == 1 and len(flat) > 1 and (flat == flat[0]).all():
        return repr(float(flat[0]))
    return f"np.array({flat.tolist()!r})"


def _one_line(text: str) -> str:
    return " ".join(text.split())
