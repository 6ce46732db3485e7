"""The target PyTorch, and how its script is run to verify it."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.exports.network import PortableNetwork
from playground.exports.samples import as_typed
from playground.exports.target import ExportedFiles, ExportTarget
from playground.exports.targets.pytorch.lesson import TorchLesson, why_not
from playground.exports.targets.pytorch.parts import PARTS
from playground.exports.targets.pytorch.training import training_script
from playground.exports.targets.pytorch.writing import module_of, script, tensors_of
from playground.text import Text, say

ASK = """
import sys, importlib.util, numpy as np, torch
script, given, answer, precision = sys.argv[1:]
spec = importlib.util.spec_from_file_location("exported", script)
exported = importlib.util.module_from_spec(spec)
spec.loader.exec_module(exported)
samples = list(np.load(given, allow_pickle=True))
dtype = getattr(torch, precision)
with torch.no_grad():
    outputs = exported.load().to(dtype)(*(each.to(dtype) for each in exported.tensors(samples)))
np.save(answer, exported.unscale(outputs.numpy()))
"""
"""Runs a script as anyone may: it loads it and calls its functions."""


class PytorchModule(ExportTarget):
    kind: Literal["pytorch"] = "pytorch"
    title = "PyTorch"
    help = "A Python script that builds the network as a module of PyTorch, and its weights beside it."
    advice = "To go on with it where most research is done: to train it further, or to build it into more."
    suffix = ".py"
    language = "python"
    knows = frozenset(PARTS)
    tolerances: ClassVar = {"float32": 1e-6, "float64": 1e-12}

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        from safetensors.numpy import save

        module = module_of(network)
        files = {f"{name}.py": script(network, module).encode()}
        files[f"{name}.safetensors"] = save(tensors_of(network, module))
        if network.moment is not None and why_not(network) is None:
            lesson = TorchLesson.of(network.moment)
            first = module_of(PortableNetwork.of(lesson.initial, network.title))
            files[f"{name}_initial.safetensors"] = save(tensors_of(network, first))
            files[f"{name}_data.npz"] = lesson.stored()
            text = training_script(network, lesson, module)
            files[f"{name}_train.py"] = text.encode()
        return ExportedFiles(files)

    def lacking(self) -> Text | None:
        return lacking("torch", "PyTorch")

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        return run_script(ASK, network, folder, main, raw, precision)


def lacking(module: str, name: str) -> Text | None:
    """That a library is not installed; None where it is."""
    if find_spec(module) is not None:
        return None
    return say(
        "export.not_installed",
        "{library} is not installed here, so the export was not run; pip install {package}.",
        library=name,
        package=module,
    )


def run_script(
    ask: str, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
) -> NDArray[np.floating[Any]]:
    """What a script gives for samples as they are, asked by another."""
    given, answer = folder / "given.npy", folder / "answer.npy"
    rows = np.empty(len(raw), object)
    rows[:] = as_typed(network.preparation, raw)
    np.save(given, rows, allow_pickle=True)
    command = [sys.executable, "-c", ask, str(folder / main), str(given), str(answer), precision]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return np.asarray(np.load(answer))
