"""The functions that a line of a calculation may call: how each is worked out and how it is written.

Values are matrices (units, samples); what sums over units keeps a row of one, over samples a column of one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from playground.record import record

_erfc = np.vectorize(math.erfc, otypes=[float])


def _sigmoid(z: Any) -> Any:
    return np.exp(-np.logaddexp(0, -z))


@record
class Written:
    """A function; `{0}`, `{1}` … are its arguments in what is written of it.

    Attributes:
        axis: along which it gathers, 0 for units and 1 for samples; None where each entry stands for itself.
        between: what stands between the entries that it gathers.
    """

    work: Callable[..., Any]
    symbols: str
    latex: str
    numpy: str
    axis: int | None = None
    between: str = ""


def _gathering(work: Callable[..., Any], symbol: str, latex: str, axis: int, between: str) -> Written:
    numpy = f"np.{work.__name__}({{0}}, axis={axis}, keepdims=True)"
    return Written(partial(work, axis=axis, keepdims=True), symbol, latex, numpy, axis, between)


def _usual(work: Callable[..., Any], name: str, latex: str) -> Written:
    return Written(work, f"{name}({{0}})", rf"{latex}\left({{0}}\right)", f"np.{work.__name__}({{0}})")


FUNCTIONS: Mapping[str, Written] = {
    "sqrt": Written(np.sqrt, "√({0})", r"\sqrt{{{0}}}", "np.sqrt({0})"),
    "exp": _usual(np.exp, "exp", r"\exp"),
    "expm1": Written(np.expm1, "(exp({0}) − 1)", r"\left(\exp({0}) - 1\right)", "np.expm1({0})"),
    "log": _usual(np.log, "log", r"\log"),
    "tanh": _usual(np.tanh, "tanh", r"\tanh"),
    "sin": _usual(np.sin, "sin", r"\sin"),
    "cos": _usual(np.cos, "cos", r"\cos"),
    "sign": _usual(np.sign, "sign", r"\operatorname{{sign}}"),
    "abs": Written(np.abs, "|{0}|", r"\left|{0}\right|", "np.abs({0})"),
    "sigmoid": Written(_sigmoid, "σ({0})", r"\sigma\left({0}\right)", "np.exp(-np.logaddexp(0, -({0})))"),
    "log_sigmoid": Written(
        lambda z: -np.logaddexp(0, -z),
        "log σ({0})",
        r"\log\sigma\left({0}\right)",
        "(-np.logaddexp(0, -({0})))",
    ),
    "softplus": Written(
        lambda z: np.logaddexp(0, z),
        "log(1 + exp({0}))",
        r"\log\left(1 + \exp({0})\right)",
        "np.logaddexp(0, {0})",
    ),
    "normal": Written(
        lambda z: _erfc(-np.asarray(z) / math.sqrt(2)) / 2,
        "Φ({0})",
        r"\Phi\left({0}\right)",
        "(np.vectorize(math.erfc)(-({0}) / np.sqrt(2)) / 2)",
    ),
    "maximum": Written(np.maximum, "max({0}, {1})", r"\max\left({0}, {1}\right)", "np.maximum({0}, {1})"),
    "minimum": Written(np.minimum, "min({0}, {1})", r"\min\left({0}, {1}\right)", "np.minimum({0}, {1})"),
    "clip": Written(
        np.clip,
        "min(max({0}, {1}), {2})",
        r"\min\left(\max\left({0}, {1}\right), {2}\right)",
        "np.clip({0}, {1}, {2})",
    ),
    "largest": _gathering(np.max, "max {0}", r"\max {0}", 0, ", "),
    "total": _gathering(np.sum, "Σ {0}", r"\sum {0}", 0, " + "),
    "mean": _gathering(np.mean, "mean {0}", r"\operatorname{{mean}} {0}", 0, " + "),
    "over_samples": _gathering(np.sum, "Σ {0}", r"\sum {0}", 1, " + "),
    "mean_of_samples": _gathering(np.mean, "mean {0}", r"\operatorname{{mean}} {0}", 1, " + "),
}
