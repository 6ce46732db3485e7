"""The target NumPy, and how its script is run to verify it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.exports.network import PortableNetwork
from playground.exports.samples import as_typed
from playground.exports.target import ExportedFiles, ExportTarget
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
"""Runs a script as anyone may: it loads it and calls its functions."""


class NumpyScript(ExportTarget):
    kind: Literal["numpy"] = "numpy"
    title = "NumPy"
    help = "A Python script with every step of the network in plain sight; it needs NumPy alone."
    advice = "To read how it works, and to use it wherever Python is."
    suffix = ".py"
    language = "python"
    knows = frozenset(STEPS)
    tolerances: ClassVar = {"float32": 1e-6, "float64": 1e-12}

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        beside = weights_beside(network)
        files = {f"{name}.py": script(network).encode()}
        return ExportedFiles(files if beside is None else files | {f"{name}.npz": beside})

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        given, answer = folder / "given.npy", folder / "answer.npy"
        rows = np.empty(len(raw), object)
        rows[:] = as_typed(network.preparation, raw)
        np.save(given, rows, allow_pickle=True)
        command = [sys.executable, "-c", ASK, str(folder / main), str(given), str(answer), precision]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        return np.asarray(np.load(answer))
