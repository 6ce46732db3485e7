"""A target whose exports are scripts of Python, and how they are run to verify them."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.exports.network import PortableNetwork
from playground.exports.samples import as_typed
from playground.exports.target import ExportTarget
from playground.processes import HIDDEN, flags
from playground.text import Text, say


class ScriptTarget(ExportTarget):
    """A script of Python for the library that gives the target its title."""

    suffix = ".py"
    language = "python"
    tolerances: ClassVar = {"float32": 1e-6, "float64": 1e-12}

    package: ClassVar[str]
    """How the library is imported."""

    ask: ClassVar[str]
    """Runs a script as anyone may: it loads it and calls its functions.

    It is called with the paths of the script, of the samples and of the outputs, and with a precision.
    """

    def lacking(self) -> Text | None:
        if find_spec(self.package) is not None:
            return None
        return say(
            "export.not_installed",
            "{library} is not installed here, so the export was not run; pip install {package}.",
            library=self.title,
            package=self.package,
        )

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        given, answer = folder / "given.npy", folder / "answer.npy"
        rows = np.empty(len(raw), object)
        rows[:] = as_typed(network.preparation, raw)
        np.save(given, rows, allow_pickle=True)
        command = [sys.executable, "-c", self.ask, str(folder / main), str(given), str(answer), precision]
        subprocess.run(command, check=True, capture_output=True, creationflags=flags(HIDDEN), timeout=600)
        return np.asarray(np.load(answer))
