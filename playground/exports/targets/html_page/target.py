"""The target HTML, and how the script of its page is run by Node to verify it."""

from __future__ import annotations

import re
import shutil
import subprocess
from math import prod
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.exports.flat.steps import HANDED_ON, STEPS
from playground.exports.network import PortableNetwork
from playground.exports.target import ExportedFiles, ExportTarget
from playground.exports.targets.html_page.writing import page
from playground.processes import HIDDEN, flags
from playground.text import Text, say

MOST_WEIGHTS = 5_000_000
"""So many weights a page may hold."""

ASK = """
const fs = require("fs");
{network}
const given = new Float64Array(new Uint8Array(fs.readFileSync("given")).buffer), size = {given}, found = [];
for (let at = 0; at < given.length; at += size)
    found.push(...NETWORK.predict(given.subarray(at, at + size)).answer);
fs.writeFileSync("answer", Buffer.from(Float64Array.from(found).buffer));
"""


class HtmlPage(ExportTarget):
    kind: Literal["html"] = "html"
    title = "HTML"
    help = "A page that runs the network in any browser, without a connection: move, draw or type its input."
    advice = "To show a network to others; the page is one file."
    suffix = ".html"
    language = "html"
    knows = frozenset({*STEPS, *HANDED_ON})
    tolerances: ClassVar = {"float64": 1e-12}

    def refusal(self, network: PortableNetwork) -> Text | None:
        if (size := network.forward.size) > MOST_WEIGHTS:
            return say(
                "export.too_many_for_page",
                "The network has {count} weights, more than the {most} that a page holds.",
                count=size,
                most=MOST_WEIGHTS,
            )
        if (refusal := super().refusal(network)) is None and network.preparation.own:
            return say(
                "export.page_of_graphs", "A page has no place to draw a graph for the network to read."
            )
        return refusal

    def lacking(self) -> Text | None:
        if shutil.which("node") is not None:
            return None
        return say("export.no_node", "There is no Node here to run the script of the page.")

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        return ExportedFiles({f"{name}.html": page(network).encode()})

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        text = (folder / main).read_text(encoding="utf-8")
        (folder / "given").write_bytes(np.ascontiguousarray(raw, np.float64).tobytes())
        ask = ASK.replace("{network}", network_script(text)).replace("{given}", str(prod(raw.shape[1:])))
        (folder / "ask.js").write_text(ask, encoding="utf-8")
        command = [shutil.which("node") or "node", "ask.js"]
        subprocess.run(
            command, check=True, capture_output=True, creationflags=flags(HIDDEN), timeout=300, cwd=folder
        )
        return np.frombuffer((folder / "answer").read_bytes(), np.float64).reshape(len(raw), -1)


def network_script(text: str) -> str:
    """The script of a page that holds the network."""
    found = re.search(r'<script id="network">\n(.*?)</script>', text, re.DOTALL)
    if found is None:
        raise ValueError(str(say("export.no_script", "The page has no network in it.")))
    return found.group(1)
