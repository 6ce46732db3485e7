"""The script of PyTorch: what is done to samples, the module, and the answer."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.layers import BatchNorm
from playground.engine.portable import ActivateOp, SoftmaxOp
from playground.exports import python_text
from playground.exports.functions import called, functions_in
from playground.exports.network import PortableNetwork
from playground.exports.step_names import NamedStep, StepNames
from playground.exports.targets.numpy_script.around import after, before
from playground.exports.targets.numpy_script.writing import OF_SAMPLES, literal
from playground.exports.targets.pytorch.lesson import why_not
from playground.exports.targets.pytorch.parts import PARTS, TorchModule

OF_MODULES = {
    "add_module", "apply", "bfloat16", "buffers", "children", "compile", "cpu", "cuda", "double", "eval",
    "extra_repr", "float", "forward", "half", "ipu", "logits", "modules", "mtia", "name", "parameters",
    "share_memory", "state_dict", "to", "train", "training", "type", "xpu", "zero_grad",
}  # fmt: skip
"""What every module of PyTorch has already under its own name."""

RESERVED = {
    *keyword.kwlist, *OF_MODULES, "x", "there", "edges", "self", "nn", "np", "torch", "functional", "math",
    "prepare", "answer", "unscale", "predict", "table", "load",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class WrittenModule:
    """The text of a module, and its tensors.

    Attributes:
        text: the class.
        frozen, penalized: names of tensors (see `TorchModule`).
        has_logits: whether it gives the net inputs of its output by `logits`, too.
    """

    text: str
    weights: dict[str, NDArray[Any]]
    frozen: tuple[str, ...]
    penalized: list[str]
    has_logits: bool


def module_of(network: PortableNetwork) -> WrittenModule:
    """The class `Network`."""
    names = StepNames.of(network.forward, RESERVED)
    module = TorchModule()
    layers = network.moment.experiment.network.layers if network.moment is not None else ()
    module.momenta = {each.id: each.momentum for each in layers if isinstance(each, BatchNorm)}
    steps = names.steps(network.forward)
    given = [names.values[each.name] for each in network.forward.given]
    lines = _merged(python_text.lines(steps, partial(_expression, module)), steps)
    last = steps[-1].step.op if steps else None
    parts = isinstance(last, SoftmaxOp) or (isinstance(last, ActivateOp) and not last.learned)
    if parts:
        body = _with_logits(lines, steps, given)
    else:
        body = _method("forward", given, [*lines, f"return {names.values[network.forward.output.name]}"])
    head = ["class Network(nn.Module):", f'    """{_told(network)}."""', "", "    def __init__(self):"]
    head += ["        super().__init__()", *(f"        {line}" for line in module.made), ""]
    return WrittenModule(
        "\n".join([*head, *body]), module.weights, tuple(module.frozen), module.penalized, parts
    )


def _with_logits(lines: list[str], steps: list[NamedStep], given: list[str]) -> list[str]:
    """A `forward` that ends with an activation, and `logits` for what is before it: losses begin there."""
    z, (*before, end) = steps[-1].inputs[0], lines
    shown, logits = end.split(" = ", 1)[1], f"self.logits({', '.join(given)})"
    inner = re.split(rf"\b{re.escape(z)}\b", shown)
    whole = [f"return {logits.join(inner)}"] if len(inner) == 2 else [f"{z} = {logits}", f"return {shown}"]
    return [*_method("logits", given, [*before, f"return {z}"]), "", *_method("forward", given, whole)]


def _method(name: str, given: list[str], lines: list[str]) -> list[str]:
    return [f"    def {name}({', '.join(['self', *given])}):", *(f"        {line}" for line in lines)]


def _expression(module: TorchModule, named: NamedStep) -> str:
    return PARTS[type(named.step.op)](module, named, named.step.op)


def _merged(lines: Iterable[str], steps: list[NamedStep]) -> list[str]:
    """The lines, with net inputs that the next line alone reads written into it."""
    merged: list[str] = []
    last = steps[-1].inputs[0] if steps else ""
    for line in lines:
        name, _, text = merged[-1].partition(" = ") if merged else ("", "", "")
        alone = sum(name in each.inputs for each in steps) == 1 and name.endswith("_z") and name != last
        parts = re.split(rf"\b{re.escape(name)}\b", line) if alone else []
        if len(parts) == 2 and not line.startswith("#"):
            merged[-1] = text.join(parts)
        else:
            merged.append(line)
    return merged


def _told(network: PortableNetwork) -> str:
    forward = network.forward
    sizes = [" × ".join(map(str, each.shape)) or "1" for each in (forward.input, forward.output)]
    return f"From x (n, {sizes[0]}) to its outputs (n, {sizes[1]})"


def script(network: PortableNetwork, module: WrittenModule) -> str:
    """The text of the script, whose weights lie beside it under its name."""
    several = network.forward.mask is not None or network.preparation.own > 0
    entry = _entry(network, several)
    edges = () if network.edges is None else (f"EDGES = {literal(network.edges)}",)
    parts = [*edges, *before(network), module.text, *after(network), entry]
    code = "\n\n\n".join(part.strip("\n") for part in parts)
    body = "\n\n\n".join([*called(code, functions()), code])
    heading = python_text.heading(network, _needs(network))
    return f"{heading}\n\n{_imports(body)}\n\n\n{body}\n"


def _needs(network: PortableNetwork) -> str:
    without = why_not(network)
    training = (
        "The script that ends in _train.py trains it again from its first weights."
        if without is None
        else f"No script that trains it again lies beside it. {without}"
    )
    return f"It needs PyTorch, NumPy and safetensors, and the .safetensors beside it.\n{training}"


def _entry(network: PortableNetwork, several: bool) -> str:
    precision = network.precision
    lines = [
        "def load():",
        '    """The network with its weights."""',
        f"    network = Network().to(torch.{precision})",
        '    network.load_state_dict(load_file(Path(__file__).with_suffix(".safetensors")))',
        "    return network.eval()",
        "", "",
        "def tensors(samples):",
        '    """What the network is given of samples as they are."""',
        f"    prepared = {'prepare(samples)' if several else '(prepare(samples),)'}",
        f"    return [torch.as_tensor(each, dtype=torch.{precision}) for each in prepared]"
        + (f" + [torch.as_tensor(EDGES, dtype=torch.{precision})]" if network.edges is not None else ""),
        "", "",
        "def predict(samples):",
        '    """What the network says of samples."""',
        "    with torch.no_grad():",
        "        return answer(load()(*tensors(samples)).numpy())",
    ]  # fmt: skip
    return "\n".join(lines)


@cache
def functions() -> dict[str, str]:
    """The functions that a script may need, by name."""
    return OF_SAMPLES | functions_in(Path(__file__).with_name("functions.py"))


def _imports(body: str) -> str:
    """The modules that a script needs."""
    lines = python_text.imports(body)
    lines += ["from collections.abc import Sequence"] * ("Sequence" in body)
    lines += ["from datetime import date"] * ("date(" in body)
    lines += ["from pathlib import Path", "", "import numpy as np", "import torch"]
    lines += ["from safetensors.torch import load_file", "from torch import nn"]
    lines += ["from torch.nn import functional"] * ("functional." in body)
    lines += ["", "Array, Tensor = np.ndarray, torch.Tensor"]
    return "\n".join(lines)


def tensors_of(network: PortableNetwork, module: WrittenModule) -> dict[str, NDArray[Any]]:
    """The tensors as they are stored."""
    return {key: np.array(array, network.precision, order="C") for key, array in module.weights.items()}
