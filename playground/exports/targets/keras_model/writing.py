"""The script of Keras: what is done to samples, the functional model, and the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from playground.exports import python_text
from playground.exports.functions import called
from playground.exports.network import PortableNetwork
from playground.exports.step_names import NamedStep, StepNames, by_layer
from playground.exports.targets.keras_model.parts import PARTS, KerasNetwork, plain_name
from playground.exports.targets.numpy_script.around import after, before
from playground.exports.targets.numpy_script.writing import OF_SAMPLES, RESERVED

KERAS_RESERVED = {*RESERVED, "layers", "ops", "keras", "build", "load", "constant", "inputs", "tensors"}

NEEDS = "It needs Keras 3 with any of its backends, NumPy, and the .npz beside it."


@dataclass(frozen=True, eq=False)
class KerasScript:
    """The text of a script, and the arrays that lie beside it."""

    text: str
    arrays: dict[str, NDArray[Any]]


def script(network: PortableNetwork) -> KerasScript:
    """The script, whose arrays lie beside it under its name."""
    made = KerasNetwork()
    names = StepNames.of(network.forward, KERAS_RESERVED)
    model = _model(network, names, made)
    around = [*before(network), *after(network)]
    parts = [*called("\n".join(around), OF_SAMPLES), model, _load(made), *around, _entry()]
    body = "\n\n\n".join(part.strip("\n") for part in parts)
    arrays = {f"{layer}.{key}": array for layer, own in made.weights.items() for key, array in own.items()}
    heading = python_text.heading(network, NEEDS)
    text = f"{heading}\n\n{_imports(network, body)}\n\n\n{body}\n"
    return KerasScript(text, arrays | made.constants)


def _imports(network: PortableNetwork, body: str) -> str:
    lines = python_text.imports(body)
    lines += ["from datetime import date"] * ("date(" in body)
    lines += ["from pathlib import Path", "", "import keras", "import numpy as np"]
    lines += ["from keras import layers, ops", "", "Array = np.ndarray", ""]
    lines += ['WEIGHTS = np.load(Path(__file__).with_suffix(".npz"))']
    if network.precision == "float64":
        lines += ['keras.config.set_floatx("float64")', 'keras.config.set_dtype_policy("float64")']
    return "\n".join(lines)


def _model(network: PortableNetwork, names: StepNames, made: KerasNetwork) -> str:
    forward = network.forward
    x = names.values[forward.input.name]
    lines = ["def build():", '    """The network, with weights by chance."""']
    lines.append(f"    {x} = inputs = keras.Input({tuple(forward.input.shape)})")
    body: list[str] = []
    steps = names.steps(forward)
    for own in by_layer(steps):
        body.append(python_text.remark(own[0].step))
        for named in own:
            op = named.step.op
            expression = PARTS[type(op)](made, named, op)
            if not _joined(body, named, steps, plain_name(op)):
                body.append(f"{named.output} = {expression}")
    lines += [f"    {line}" for line in body]
    return "\n".join([*lines, f"    return keras.Model(inputs, {names.values[forward.output.name]})"])


def _joined(body: list[str], named: NamedStep, steps: list[NamedStep], activation: str) -> bool:
    """Put an activation into the layer before it, where it alone reads that; whether it was."""
    z, _, text = body[-1].partition(" = ")
    alone = z == named.inputs[0] and sum(z in each.inputs for each in steps) == 1 and z.endswith("_z")
    if not (activation and alone and re.match(r"layers\.(Dense|Conv2D)\(", text)):
        return False
    body[-1] = f"{named.output} = " + text.replace(', name="', f', activation="{activation}", name="', 1)
    return True


def _load(made: KerasNetwork) -> str:
    lines = [
        "def constant(name):",
        '    """Numbers that stay as they are."""',
        "    return WEIGHTS[name].astype(keras.config.floatx())",
        "", "",
        "def load():",
        '    """The network with its weights."""',
        "    network = build()",
    ]  # fmt: skip
    for layer, own in made.weights.items():
        given = ", ".join(f'WEIGHTS["{layer}.{key}"]' for key in own)
        lines.append(f'    network.get_layer("{layer}").set_weights([{given}])')
    text = "\n".join([*lines, "    return network"])
    return text if made.constants else text[text.index("def load") :]


def _entry() -> str:
    return "\n".join([
        "def tensors(samples):",
        '    """What the network is given of samples as they are."""',
        "    return prepare(samples).astype(keras.config.floatx())",
        "", "",
        "def predict(samples):",
        '    """What the network says of samples."""',
        "    return answer(ops.convert_to_numpy(load()(tensors(samples))))",
    ])  # fmt: skip
