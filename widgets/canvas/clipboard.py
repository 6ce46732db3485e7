"""Layers on the clipboard, as text."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QGuiApplication

from playground.engine.graph import Architecture
from playground.engine.layers import Layer
from playground.files import json_object
from playground.files.problem import FileProblem

LONGEST = 1_000_000
"""Letters of a text on the clipboard that may be layers: a longer one would hold up the window."""


def put(copied: tuple[Layer, ...]) -> None:
    """Put layers there, as text: an object of Python's would outlive Python."""
    QGuiApplication.clipboard().setText(Architecture(layers=copied).model_dump_json())


def layers() -> dict[str, Any] | None:
    """The fields of the network that is there, unchecked; None when there is anything else."""
    text = QGuiApplication.clipboard().text()
    if len(text) > LONGEST or not text.lstrip().startswith("{"):
        return None
    try:
        fields = json_object.from_bytes("clipboard", text.encode(errors="replace"))
    except FileProblem:
        return None
    return fields if fields.get("layers") else None
