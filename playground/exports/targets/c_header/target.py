"""The target C, and how its header is compiled and run to verify it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from math import prod
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.exports.flat.steps import HANDED_ON, STEPS
from playground.exports.network import PortableNetwork
from playground.exports.target import ExportedFiles, ExportTarget
from playground.exports.targets.c_header.writing import header, prefix
from playground.processes import HIDDEN, flags
from playground.text import Text, say

MOST_WEIGHTS = 100_000
"""So many weights a header may hold: each is a number in its text."""

PROGRAM = """
#include <stdio.h>
#include "{header}"
int main(void) {{
    static double sample[{given}], answer[{outputs}];
    FILE *in = fopen("given", "rb"), *out = fopen("answer", "wb");
    while (fread(sample, sizeof(double), {given}, in) == {given}) {{
        {prefix}_predict(sample, answer);
        fwrite(answer, sizeof(double), {outputs}, out);
    }}
    return fclose(in) | fclose(out);
}}
"""


class CHeader(ExportTarget):
    kind: Literal["c"] = "c"
    title = "C"
    help = "A header of plain C that needs math.h alone, in single or in double precision."
    advice = "For small networks in programs and on devices; a call a sample, and no memory is asked for."
    suffix = ".h"
    language = "c"
    knows = frozenset({*STEPS, *HANDED_ON})
    tolerances: ClassVar = {"float32": 1e-6, "float64": 1e-12}

    def refusal(self, network: PortableNetwork) -> Text | None:
        if (size := network.forward.size) > MOST_WEIGHTS:
            return say(
                "export.too_many_weights",
                "The network has {count} weights, more than the {most} that a header holds.",
                count=size,
                most=MOST_WEIGHTS,
            )
        return super().refusal(network)

    def lacking(self) -> Text | None:
        if compiler() is not None:
            return None
        return say("export.no_compiler", "There is no compiler for C here: gcc, clang or cc.")

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        return ExportedFiles({f"{name}.h": header(network, name).encode()})

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        given, outputs = prod(raw.shape[1:]), prod(network.forward.output.shape)
        (folder / "given").write_bytes(np.ascontiguousarray(raw, np.float64).tobytes())
        text = PROGRAM.format(
            header=main, given=given, outputs=outputs, prefix=prefix(main.removesuffix(".h"))
        )
        (folder / "main.c").write_text(text, encoding="utf-8")
        real = {"float32": "float", "float64": "double"}[precision]
        compiled(folder, f"-DNN_REAL={real}")
        found = np.frombuffer((folder / "answer").read_bytes(), np.float64)
        return found.reshape(len(raw), outputs)


def compiler() -> str | None:
    """The path of a compiler for C; None where there is none."""
    return next((found for name in ("gcc", "clang", "cc") if (found := shutil.which(name))), None)


def compiled(folder: Path, *options: str) -> str:
    """What `main.c` in a folder prints, compiled and run; whatever the compiler warns of is an error."""
    found = compiler()
    assert found is not None
    strict = ["-std=c99", "-O1", "-ffp-contract=off", "-Wall", "-Wextra", "-Werror", "-pedantic"]
    program = folder / ("program.exe" if sys.platform == "win32" else "program")
    command = [found, *strict, *options, "main.c", "-o", str(program), "-lm"]
    subprocess.run(
        command, check=True, capture_output=True, creationflags=flags(HIDDEN), timeout=300, cwd=folder
    )
    done = subprocess.run(
        [str(program)], check=True, capture_output=True, creationflags=flags(HIDDEN), timeout=300, cwd=folder
    )
    return done.stdout.decode()
