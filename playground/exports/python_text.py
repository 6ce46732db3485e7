"""What the scripts of Python are alike in, whatever library they are for."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.engine.portable import PortableStep, RepeatOp
from playground.exports.network import PortableNetwork
from playground.exports.step_names import NamedStep, by_layer

MODULES = ("csv", "math", "sys", "unicodedata")


def title(network: PortableNetwork) -> str:
    """What a network is called, as it ends no string in a script."""
    return " ".join(network.title.replace("\\", "/").replace('"', "”").split()) or "Network"


def heading(network: PortableNetwork, needs: str) -> str:
    """The docstring of a script: what it is, and what it needs."""
    return (
        f'"""{title(network)}: a network with {network.forward.size} weights, '
        f'trained in Neural Playground {network.version}.\n\n{needs}\n"""'
    )


def imports(text: str) -> list[str]:
    """Lines that import those modules of Python that a text uses."""
    return [f"import {name}" for name in MODULES if re.search(rf"\b{name}\.", text)]


def remark(step: PortableStep) -> str:
    """What is said before the steps of a layer."""
    sizes = " × ".join(map(str, step.inputs[0].shape))
    return f"# {step.layer_title} “{step.layer_id}”: {sizes} values"


def lines(steps: Iterable[NamedStep], written: Callable[[NamedStep], str]) -> Iterator[str]:
    """A line for each step, and a remark before those of a layer."""
    for own in by_layer(steps):
        yield remark(own[0].step)
        yield from (f"{named.output} = {written(named)}" for named in own)


def there(step: NamedStep, at: int = 1) -> str:
    """The mask as one more argument, where there is one as that input."""
    return f", there={step.inputs[at]}" if len(step.inputs) > at else ""


def largest(step: NamedStep, function: str) -> str:
    """The largest of all inputs, by a function of two."""
    return reduce(lambda text, other: f"{function}({text}, {other})", step.inputs)


def repeated(step: NamedStep, op: RepeatOp, call: str) -> str:
    """The input so many times down and across; the call has places for values, times and axis."""
    text = step.inputs[0]
    for axis, times in enumerate(op.factors, 1):
        text = text if times == 1 else call.format(text, times, axis)
    return text


def stored(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Arrays as a file of NumPy."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()
