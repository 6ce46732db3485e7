"""The script of JAX: a pure function of weights and samples, which can be compiled and differentiated."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from playground.exports import python_text
from playground.exports.functions import called, functions_in
from playground.exports.network import PortableNetwork
from playground.exports.step_names import NamedStep, StepNames
from playground.exports.targets.numpy_script.around import after, before
from playground.exports.targets.numpy_script.steps import STEPS
from playground.exports.targets.numpy_script.writing import FUNCTIONS, OF_SAMPLES, RESERVED, literal

NEEDS = """\
It needs JAX and NumPy, and the .npz beside it.  `forward` is a pure function: jax.jit compiles
it, and jax.grad differentiates a loss of it by the weights."""


def script(network: PortableNetwork) -> str:
    """The text of the script, whose weights lie beside it under its name."""
    forward = _forward(network)
    edges = () if network.edges is None else (f"EDGES = {literal(network.edges)}",)
    around = [*edges, *before(network), *after(network), _entry(network)]
    parts = [*called("\n".join(around), OF_SAMPLES), *called(forward, functions()), forward, *around]
    body = "\n\n\n".join(part.strip("\n") for part in parts)
    heading = python_text.heading(network, NEEDS)
    return f"{heading}\n\n{_imports(network, body)}\n\n\n{body}\n"


def _imports(network: PortableNetwork, body: str) -> str:
    lines = python_text.imports(body)
    lines += ["from datetime import date"] * ("date(" in body)
    lines += ["from pathlib import Path", *["from typing import Any"] * ("Any" in body), ""]
    lines += ["import jax", "import jax.numpy as jnp", "import numpy as np", "", "Array = jax.Array"]
    double = ["", 'jax.config.update("jax_enable_x64", True)  # its numbers are in double precision']
    return "\n".join([*lines, *(double if network.precision == "float64" else [])])


def _forward(network: PortableNetwork) -> str:
    forward = network.forward
    found = StepNames.of(forward, RESERVED)
    names = StepNames(found.values, {name: f'weights["{name}"]' for name in found.arrays})
    sizes = [" × ".join(map(str, each.shape)) or "1" for each in (forward.input, forward.output)]
    lines = [f"def forward(weights, {', '.join(names.values[each.name] for each in forward.given)}):"]
    lines.append(f'    """From x (n, {sizes[0]}) to the outputs (n, {sizes[1]})."""')
    lines += [f"    {line}" for line in python_text.lines(names.steps(forward), _expression)]
    return "\n".join([*lines, f"    return {names.values[forward.output.name]}"])


def _expression(named: NamedStep) -> str:
    return _in_jax(STEPS[type(named.step.op)](named, named.step.op))


def _in_jax(text: str) -> str:
    return re.sub(r"(?<![\w.])np\.(?!ndarray)", "jnp.", text).replace("jnp.float_power", "jnp.power")


@cache
def functions() -> dict[str, str]:
    """The functions that a network may need, by name."""
    own = functions_in(Path(__file__).with_name("functions.py"))
    return {name: _in_jax(source) for name, source in FUNCTIONS.items()} | own


def _entry(network: PortableNetwork) -> str:
    several = network.forward.mask is not None or network.preparation.own > 0
    edges = " + [EDGES]" if network.edges is not None else ""
    lines = [
        f'def load(precision="{network.precision}"):',
        '    """The weights by name."""',
        '    with np.load(Path(__file__).with_suffix(".npz")) as stored:',
        "        return {name: jnp.asarray(stored[name], precision) for name in stored.files}",
        "", "",
        f'def tensors(samples, precision="{network.precision}"):',
        '    """What the network is given of samples as they are."""',
        f"    prepared = {'list(prepare(samples))' if several else '[prepare(samples)]'}{edges}",
        "    return [jnp.asarray(each, precision) for each in prepared]",
        "", "",
        "def predict(samples):",
        '    """What the network says of samples."""',
        "    return answer(np.asarray(jax.jit(forward)(load(), *tensors(samples))))",
    ]  # fmt: skip
    return "\n".join(lines)
