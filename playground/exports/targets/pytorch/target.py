"""The target PyTorch, and what runs its script to verify it."""

from __future__ import annotations

from typing import Literal

from playground.exports.network import PortableNetwork
from playground.exports.script_target import ScriptTarget
from playground.exports.target import ExportedFiles
from playground.exports.targets.pytorch.lesson import TorchLesson, why_not
from playground.exports.targets.pytorch.parts import PARTS
from playground.exports.targets.pytorch.training import training_script
from playground.exports.targets.pytorch.writing import module_of, script, tensors_of

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


class PytorchModule(ScriptTarget):
    kind: Literal["pytorch"] = "pytorch"
    title = "PyTorch"
    help = "A Python script that builds the network as a module of PyTorch, and its weights beside it."
    advice = "To go on with it where most research is done: to train it further, or to build it into more."
    package = "torch"
    ask = ASK
    knows = frozenset(PARTS)

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
