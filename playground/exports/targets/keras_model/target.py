"""The target Keras, and what runs its script to verify it."""

from __future__ import annotations

from typing import ClassVar, Literal

from playground.engine.portable import ActivateOp, ConvolveOp
from playground.exports.network import PortableNetwork
from playground.exports.python_text import stored
from playground.exports.script_target import ScriptTarget
from playground.exports.target import ExportedFiles
from playground.exports.targets.keras_model.parts import PARTS
from playground.exports.targets.keras_model.writing import script
from playground.text import Text, say

ASK = """
import os, sys, importlib.util
names = ("jax", "tensorflow", "torch")
found = [name for name in names if importlib.util.find_spec(name) is not None]
os.environ["KERAS_BACKEND"] = found[0]
import numpy as np, keras
script, given, answer, precision = sys.argv[1:]
spec = importlib.util.spec_from_file_location("exported", script)
exported = importlib.util.module_from_spec(spec)
spec.loader.exec_module(exported)
keras.config.set_floatx(precision)
keras.config.set_dtype_policy(precision)
samples = list(np.load(given, allow_pickle=True))
outputs = keras.ops.convert_to_numpy(exported.load()(exported.tensors(samples)))
np.save(answer, exported.unscale(outputs))
"""


class KerasModel(ScriptTarget):
    kind: Literal["keras"] = "keras"
    title = "Keras"
    help = "A Python script that builds the network as a model of Keras 3, and its weights beside it."
    advice = "To go on with it in Keras, on TensorFlow, PyTorch or JAX."
    package = "keras"
    ask = ASK
    knows = frozenset(PARTS)
    tolerances: ClassVar = {"float32": 1e-6}  # Keras multiplies in single precision, whatever it is told

    def refusal(self, network: PortableNetwork) -> Text | None:
        if network.forward.mask is not None:
            return say("keras.gaps", "Keras is not written for sequences of different lengths.")
        for step in network.forward.steps:
            op = step.op
            strides_apart = isinstance(op, ConvolveOp) and max(op.strides) > 1 and max(op.dilations) > 1
            if strides_apart or (isinstance(op, ActivateOp) and op.learned):
                return self._no_word(step)
        return super().refusal(network)

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        made = script(network)
        return ExportedFiles({f"{name}.py": made.text.encode(), f"{name}.npz": stored(made.arrays)})
