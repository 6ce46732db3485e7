"""The script: its parts one after another, and the weights beside it where they are many."""

from __future__ import annotations

import keyword
from pathlib import Path

import numpy as np

from playground.engine.arrays import Array
from playground.exports import python_text
from playground.exports.functions import called, functions_in
from playground.exports.network import PortableNetwork
from playground.exports.step_names import NamedStep, StepNames
from playground.exports.targets.numpy_script.around import after, before, entry
from playground.exports.targets.numpy_script.steps import STEPS

FEW_WEIGHTS = 2000
"""So many weights stand in the script itself; more lie in a file beside it."""

FUNCTIONS = functions_in(Path(__file__).with_name("functions.py"))
"""The functions that a script may need, by name."""

OF_SAMPLES = {"known": FUNCTIONS["known"]}
"""Those that samples may need before the network is given them, whatever the network is written in."""

RESERVED = {*keyword.kwlist, *FUNCTIONS, "np", "csv", "math", "sys", "Path", "Any", "Array", "EDGES", "x"}
RESERVED |= {
    "prepare",
    "forward",
    "unscale",
    "answer",
    "predict",
    "table",
    "rows",
    "date",
    "values",
    "weights",
}
"""Names that a value of a forward pass cannot have."""


def script(network: PortableNetwork) -> str:
    """The text of the script."""
    names = StepNames.of(network.forward, RESERVED)
    of_edges = network.edges is not None  # which `prepare` names among what it is given
    first, then = [_weights(network, names)], list(before(network))
    parts = [
        *(first + then if of_edges else then + first),
        _forward(network, names),
        *after(network),
        entry(network),
    ]
    code = "\n\n\n".join(part.strip("\n") for part in parts)
    body = "\n\n\n".join([*called(code, FUNCTIONS), code])
    heading = python_text.heading(network, "It needs NumPy alone.")
    return f"{heading}\n\n{_imports(body)}\n\n\n{body}\n"


def weights_beside(network: PortableNetwork) -> bytes | None:
    """The weights as a file, where they are too many to be read."""
    if not _are_beside(network):
        return None
    return python_text.stored(_arrays(network))


def _are_beside(network: PortableNetwork) -> bool:
    return sum(array.size for array in _arrays(network).values()) > FEW_WEIGHTS


def _arrays(network: PortableNetwork) -> dict[str, Array]:
    """All numbers of the network by name, with the edges of a graph."""
    return dict(network.forward.arrays) | ({} if network.edges is None else {"edges": network.edges})


def _imports(body: str) -> str:
    """The modules that a script needs."""
    lines = python_text.imports(body)
    if "date(" in body:
        lines.append("from datetime import date")
    if "Path(" in body:
        lines.append("from pathlib import Path")
    if "Any" in body:
        lines.append("from typing import Any")
    return "\n".join([*lines, "", "import numpy as np", "", "Array = np.ndarray"]).lstrip("\n")


def _weights(network: PortableNetwork, names: StepNames) -> str:
    arrays, called = _arrays(network), {**names.arrays, "edges": "EDGES"}
    if not _are_beside(network):
        return "\n".join(f"{called[name]} = {literal(array)}" for name, array in arrays.items())
    lines = ['with np.load(Path(__file__).with_suffix(".npz")) as file:', "    WEIGHTS = dict(file)"]
    lines += [f'{called[name]} = WEIGHTS["{name}"]  # {_sizes(array)}' for name, array in arrays.items()]
    return "\n".join(lines)


def literal(array: Array) -> str:
    """An array as it is typed, so that reading it gives the same numbers."""
    text = np.array2string(
        array,
        separator=", ",
        threshold=array.size + 1,
        floatmode="unique",
        max_line_width=100,
        prefix=" " * 9,
    )
    text = text.replace("nan", "np.nan").replace("inf", "np.inf")
    return f"np.array({text}, np.{array.dtype.name})"


def _sizes(array: Array) -> str:
    return " × ".join(map(str, array.shape))


def _forward(network: PortableNetwork, names: StepNames) -> str:
    forward = network.forward
    lines = [f"def forward({', '.join(names.values[each.name] for each in forward.given)}):"]
    lines += [f'    """The network: {_told(network)}."""']
    lines += [f"    {line}" for line in python_text.lines(names.steps(forward), _expression)]
    return "\n".join([*lines, f"    return {names.values[forward.output.name]}"])


def _told(network: PortableNetwork) -> str:
    forward = network.forward
    sizes = [" × ".join(map(str, each.shape)) or "1" for each in (forward.input, forward.output)]
    return f"from x (n, {sizes[0]}) to its outputs (n, {sizes[1]})"


def _expression(named: NamedStep) -> str:
    return STEPS[type(named.step.op)](named, named.step.op)
