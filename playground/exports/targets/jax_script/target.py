"""The target JAX, and what runs its script to verify it."""

from __future__ import annotations

from typing import Literal

from playground.exports.network import PortableNetwork
from playground.exports.python_text import stored
from playground.exports.script_target import ScriptTarget
from playground.exports.target import ExportedFiles
from playground.exports.targets.jax_script.writing import script
from playground.exports.targets.numpy_script.steps import STEPS

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


class JaxScript(ScriptTarget):
    kind: Literal["jax"] = "jax"
    title = "JAX"
    help = "A Python script with the network as a pure function of JAX, and its weights beside it."
    advice = "To differentiate, to compile and to run it on large machines."
    package = "jax"
    ask = ASK
    knows = frozenset(STEPS)

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        weights = stored(network.forward.arrays)
        return ExportedFiles({f"{name}.py": script(network).encode(), f"{name}.npz": weights})
