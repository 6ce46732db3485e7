"""The target ONNX, and how its file is run to verify it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.sample import Floats
from playground.engine import portable
from playground.engine.portable import PortableOp
from playground.exports.network import PortableNetwork
from playground.exports.target import ExportedFiles, ExportTarget

EVERY_OPERATION: tuple[type[PortableOp], ...] = tuple(
    operation
    for name in portable.__all__
    if isinstance(operation := getattr(portable, name), type)
    if issubclass(operation, PortableOp) and operation is not PortableOp
)
"""All that a layer may say; a test holds that there are nodes for each."""


class OnnxFormat(ExportTarget):
    kind: Literal["onnx"] = "onnx"
    title = "ONNX"
    help = "One file with network, weights and all that comes before them, which most other tools can open."
    advice = "For programs and telephones: ONNX Runtime runs it anywhere.  Operators are those of version 20."
    suffix = ".onnx"
    knows = frozenset(EVERY_OPERATION)
    tolerances: ClassVar[Mapping[str, float]] = {"float32": 1e-6, "float64": 1e-12}

    def precisions(self, network: PortableNetwork) -> Mapping[str, float]:
        from playground.exports.targets.onnx_format.model import precision_of

        precision = precision_of(network)
        return {precision: self.tolerances[precision]}

    def _written(self, network: PortableNetwork, name: str) -> ExportedFiles:
        from playground.exports.targets.onnx_format.model import (
            model_of,
        )  # a large library, when it is wanted

        return ExportedFiles({f"{name}.onnx": model_of(network).SerializeToString(deterministic=True)})

    def run(
        self, network: PortableNetwork, folder: Path, main: str, raw: Floats, precision: str
    ) -> NDArray[np.floating[Any]]:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            (folder / main).read_bytes(), options, providers=["CPUExecutionProvider"]
        )
        (outputs,) = session.run(["outputs"], given(network, raw))
        return np.asarray(outputs)


def given(network: PortableNetwork, raw: Floats) -> dict[str, NDArray[Any]]:
    """Samples as the inputs of the file: one for all, or one a column where some are names."""
    columns = network.preparation.columns
    if not any(column.categories for column in columns):
        shape = (len(raw), len(columns)) if columns else (len(raw), *network.preparation.shape.sizes)
        return {"inputs": raw.reshape(shape)}
    return {
        column.name: np.array(
            [["" if np.isnan(code) else column.categories[int(code)]] for code in raw[:, place]], object
        )
        if column.categories
        else raw[:, [place]]
        for place, column in enumerate(columns)
    }
