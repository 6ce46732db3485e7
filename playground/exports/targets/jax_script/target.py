"""The target JAX, and how its script is run to verify it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.exports.network import PortableNetwork
from playground.exports.target import ExportedFiles, ExportTarget
from playground.exports.targets.jax_script.writing import script, weights_of
from playground.exports.targets.numpy_script.steps import STEPS
from playground.exports.targets.pytorch.target import lacking, run_script
from playground.text import Text

ASK = """
import sys, importlib.util, numpy as np, jax
jax.config.update("jax_enable_x64", True)
script, given, answer, precision = sys.argv[1:]
spec = importlib.util.spec_from_file_location("exported", script)
exported = importlib.util.module_from_spec(spec)
spec.loader.exec_module(exported)
samples = list(np.load(given, allow_pickle=True))
outputs = jax.jit(exported.forward)(exported.load(precision), *exported.tensors(samples, precision))
np.save(answer, exported.unscale(np.asarray(outputs)))
"""
"""Runs a script as anyone may: it loads it and calls its functions."""


class JaxScript(ExportTarget):
    kind: Literal["jax"] = "jax"
    title = "JAX"
    help = "A Python script with the network as a pure function of JAX, and its weights beside it."
    advice = "To differentiate, to compile and to run it on large machines."
    suffix = ".py"
    language = "python"
    knows = frozenset(STEPS)
    tolerances: ClassVar = {"float32": 1e-6, "float64": 1e-12}

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        return ExportedFiles({f"{name}.py": script(network).encode(), f"{name}.npz": weights_of(network)})

    def lacking(self) -> Text | None:
        return lacking("jax", "JAX")

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        return run_script(ASK, network, folder, main, raw, precision)
