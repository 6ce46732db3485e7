"""Arrays of a file as groups that belong to one layer each, by their names or their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[Any]
Convention: TypeAlias = Literal["", "rows", "columns"]
"""Whether a neuron is a row of its weights, as in PyTorch, or a column, as in Keras; "" if no name tells."""

ROLES = {
    "weight": "weight", "weights": "weight", "w": "weight", "kernel": "weight", "coefs": "weight",
    "embeddings": "weight", "weight_ih_l0": "weight",
    "bias": "bias", "biases": "bias", "b": "bias", "intercepts": "bias", "bias_ih_l0": "bias",
    "recurrent_kernel": "recurrent", "recurrent": "recurrent", "weight_hh_l0": "recurrent",
    "recurrent_bias": "recurrent_bias", "bias_hh_l0": "recurrent_bias",
    "gamma": "gamma", "scale": "gamma", "beta": "beta",
    "running_mean": "mean", "moving_mean": "mean", "running_var": "variance",
    "moving_variance": "variance", "running_variance": "variance",
}  # fmt: skip
"""What the names of arrays in the usual libraries mean."""

BY_ROWS = {"weight", "weight_ih_l0", "weight_hh_l0", "running_mean", "running_var"}
BY_COLUMNS = {"kernel", "recurrent_kernel", "embeddings", "moving_mean", "moving_variance", "coefs"}
"""Names that tell of whom an array is."""

COUNTED = "num_batches_tracked"
"""What PyTorch keeps beside running averages, and nobody needs."""

_NUMBERED = re.compile(r"^([a-z]+(?:_[a-z]+)*?)_?(\d+)$", re.IGNORECASE)
_WITHOUT_NAMES = re.compile(r"^(arr|array|param|variable|var)?_?\d+$")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, eq=False)
class LayerArrays:
    """The arrays of one layer, by their role: weight, bias, recurrent, gamma, beta, mean, variance.

    Attributes:
        name: what the file calls the layer.
    """

    name: str
    arrays: Mapping[str, Numbers]

    @property
    def weight(self) -> Numbers | None:
        """What its neurons weigh by; None for a layer that only stretches and shifts."""
        return self.arrays.get("weight")


def grouped(arrays: Mapping[str, Numbers]) -> tuple[tuple[LayerArrays, ...], Convention]:
    """The arrays of a file layer by layer in order, and the way round they are as far as their names tell."""
    parts = [(*_parted(name), values) for name, values in arrays.items() if COUNTED not in name]
    if any(role is None for _, role, _ in parts):
        return _in_order(arrays), ""
    found: dict[str, dict[str, Numbers]] = {}
    for prefix, role, values in parts:
        found.setdefault(prefix, {})[str(role)] = values
    order = sorted(found, key=_natural) if _is_sorted(arrays) else list(found)
    return tuple(LayerArrays(name, _normalizing(found[name])) for name in order), _convention(arrays)


def _parted(name: str) -> tuple[str, str | None]:
    """The name of a layer and the role of the array in it; None for a name that tells nothing."""
    path = re.sub(r":\d+$", "", name).replace("/", ".")
    prefix, _, last = path.rpartition(".")
    if (role := ROLES.get(last.lower())) is not None and (prefix or last.lower() not in ("w", "b")):
        return prefix, role
    numbered = _NUMBERED.match(last)
    if numbered and (role := ROLES.get(numbered[1].lower().rstrip("_"))) is not None:
        return f"{prefix}.{numbered[2]}".lstrip("."), role
    return path, None


def _convention(arrays: Mapping[str, Numbers]) -> Convention:
    lasts = {re.split(r"[./:]", re.sub(r":\d+$", "", name))[-1] for name in arrays}
    lasts |= {re.sub(r"_?\d+$", "", last) for last in lasts}
    if lasts & BY_COLUMNS:
        return "columns"
    prefixed = any(re.search(r"[./]weights?$", name) for name in arrays)
    return "rows" if prefixed or lasts & (BY_ROWS - {"weight"}) else ""


def _is_sorted(arrays: Iterable[str]) -> bool:
    """Whether names come as a library sorts them, so that their order says nothing of the network."""
    names = list(arrays)
    return names == sorted(names) or [_layer(name) for name in names] == sorted(map(_layer, names))


def _layer(name: str) -> str:
    return _parted(name)[0]


def _natural(name: str) -> list[tuple[int, int, str]]:
    """By which a layer 2 comes before a layer 10."""
    parts = _DIGITS.split(name)
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts if part]


def _normalizing(arrays: dict[str, Numbers]) -> dict[str, Numbers]:
    """PyTorch calls γ and β of a normalization weight and bias, too."""
    if "weight" in arrays and arrays["weight"].ndim == 1:
        arrays["gamma"] = arrays.pop("weight")
        if "bias" in arrays:
            arrays["beta"] = arrays.pop("bias")
    return arrays


def _in_order(arrays: Mapping[str, Numbers]) -> tuple[LayerArrays, ...]:
    """Arrays without names that tell anything, in the order of Keras: each kernel before its bias."""
    found: list[LayerArrays] = []
    order = sorted(arrays, key=_natural) if all(map(_WITHOUT_NAMES.match, arrays)) else list(arrays)
    for name in order:
        values = arrays[name]
        if values.ndim >= 2:
            role = "bias" if found and _is_bias_of_gru(found[-1], values) else "weight"
            role = "recurrent" if found and _is_recurrent(found[-1], values) else role
        else:
            role = _row_role(found[-1] if found else None, values)
        if role in ("weight", "gamma"):
            found.append(LayerArrays(name, {role: values}))
        else:
            found[-1] = LayerArrays(found[-1].name, {**found[-1].arrays, role: values})
    return tuple(found)


def _is_recurrent(before: LayerArrays, values: Numbers) -> bool:
    weight = before.weight
    if weight is None or weight.ndim != 2 or values.ndim != 2 or set(before.arrays) != {"weight"}:
        return False
    units, width = values.shape
    gates = width / units
    return gates in (3, 4) and weight.shape[1] == width


def _is_bias_of_gru(before: LayerArrays, values: Numbers) -> bool:
    recurrent = before.arrays.get("recurrent")
    return recurrent is not None and values.shape == (2, recurrent.shape[1])


def _row_role(before: LayerArrays | None, values: Numbers) -> str:
    if before is not None and before.weight is not None and "bias" not in before.arrays:
        if values.shape[0] in before.weight.shape:
            return "bias"
    elif before is not None and "gamma" in before.arrays and before.arrays["gamma"].shape == values.shape:
        return next((role for role in ("beta", "mean", "variance") if role not in before.arrays), "gamma")
    return "gamma"


def is_of_weights(names: Iterable[str]) -> bool:
    """Whether arrays are called as the weights of a network are."""
    parts = [_parted(name) for name in names if COUNTED not in name]
    return len(parts) > 1 and all(role is not None for _, role in parts)


def finite(values: Numbers) -> bool:
    """Whether all of them are numbers."""
    return bool(np.isfinite(values).all())
