"""The target Keras, and how its script is run to verify it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.engine.portable import ActivateOp, ConvolveOp
from playground.exports.network import PortableNetwork
from playground.exports.target import ExportedFiles, ExportTarget
from playground.exports.targets.keras_model.parts import PARTS
from playground.exports.targets.keras_model.writing import script
from playground.exports.targets.pytorch.target import lacking, run_script
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
"""Runs a script as anyone may: it loads it and calls its functions."""


class KerasModel(ExportTarget):
    kind: Literal["keras"] = "keras"
    title = "Keras"
    help = "A Python script that builds the network as a model of Keras 3, and its weights beside it."
    advice = "To go on with it in Keras, on TensorFlow, PyTorch or JAX."
    suffix = ".py"
    language = "python"
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
        return ExportedFiles({f"{name}.py": made.text.encode(), f"{name}.npz": made.stored()})

    def lacking(self) -> Text | None:
        return lacking("keras", "Keras")

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        return run_script(ASK, network, folder, main, raw, precision)
