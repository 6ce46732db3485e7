"""The target NumPy, and what runs its script to verify it."""

from __future__ import annotations

from typing import Literal

from playground.exports.network import PortableNetwork
from playground.exports.script_target import ScriptTarget
from playground.exports.target import ExportedFiles
from playground.exports.targets.numpy_script.steps import STEPS
from playground.exports.targets.numpy_script.writing import script, weights_beside

ASK = """
import runpy, sys, numpy as np
script, given, answer, precision = sys.argv[1:]
network = runpy.run_path(script)
prepared = network["prepare"](list(np.load(given, allow_pickle=True)))
prepared = prepared if isinstance(prepared, tuple) else (prepared,)
np.save(answer, network["unscale"](network["forward"](*(each.astype(precision) for each in prepared))))
"""


class NumpyScript(ScriptTarget):
    kind: Literal["numpy"] = "numpy"
    title = "NumPy"
    help = "A Python script with every step of the network in plain sight; it needs NumPy alone."
    advice = "To read how it works, and to use it wherever Python is."
    package = "numpy"
    ask = ASK
    knows = frozenset(STEPS)

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        beside = weights_beside(network)
        files = {f"{name}.py": script(network).encode()}
        return ExportedFiles(files if beside is None else files | {f"{name}.npz": beside})
