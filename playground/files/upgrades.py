"""Every older format opens for ever: one function a format turns its `experiment.json` into the next one's.

A change of the format raises `FORMAT`, adds a function under the old number, and keeps a file of the old
format among the golden files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.files.problem import FileProblem
from playground.text import Text, say
from playground.words import quoted, shortened

FORMAT = 4
"""The format that this version writes."""


def _norms_of_whole_samples(content: dict[str, Any]) -> dict[str, Any]:
    """Up to the third format layer norm took the whole of a sequence, from the fourth on each step."""
    network = content.get("network")
    if not isinstance(network, dict) or not isinstance(network.get("layers"), list):
        return content
    layers = [
        {"over": "sample"} | layer if isinstance(layer, dict) and layer.get("kind") == "layer_norm" else layer
        for layer in network["layers"]
    ]
    return content | {"network": network | {"layers": layers}}


UPGRADES: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {
    1: dict,  # the second format may hold samples beside the experiment, which is as it was
    2: dict,  # the third may hold runs beside it
    3: _norms_of_whole_samples,
}
"""By format: from the plain content of that format to that of the next."""


def upgrade(document: dict[str, Any], entry: str = "experiment.json") -> dict[str, Any]:
    """The content of an experiment's entry as the newest format has it, without its `format`.

    Raises:
        FileProblem: when the format is missing, or newer than this program.
    """
    found = document.get("format")
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise FileProblem(_no_format(entry, found))
    if found > FORMAT:
        raise FileProblem(
            say(
                "file.newer",
                "This file was made by a newer version of Neural Playground (format {found}; "
                "this one reads up to {format}).",
                found=shortened(found),
                format=FORMAT,
            )
        )
    content = {key: value for key, value in document.items() if key != "format"}
    for older in range(found, FORMAT):
        content = UPGRADES[older](content)
    return content


def _no_format(entry: str, found: Any) -> Text:
    if found is None:
        return say("file.no_format", "{entry}: format: is missing", entry=entry)
    return say(
        "file.format_wrong",
        "{entry}: format: must be a whole number of at least 1, got {found}",
        entry=entry,
        found=quoted(found),
    )
