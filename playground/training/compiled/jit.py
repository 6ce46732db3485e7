"""Numba's part: how loops become machine code.  It is imported here alone, and only where it is asked for."""

from __future__ import annotations

from functools import partial
from inspect import signature
from types import FunctionType
from typing import Any

import numpy as np

from playground.engine.products import PRODUCTS
from playground.training.compiled.registry import codes

FLAGS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "fastmath": {"contract", "reassoc", "nsz", "arcp"},
}
"""Infinite and undefined numbers stay what they are, so that a divergence is seen."""


def compilers(kept: bool = True) -> dict[str, Any]:
    """What the module asks for (see `registry.module_text`); it may be `kept` in a file."""
    import numba

    from playground.training.compiled.kernels import kernels

    inner = numba.njit(**FLAGS, no_cpython_wrapper=True, no_cfunc_wrapper=True)
    outer = numba.njit(**FLAGS, cache=kept)
    return {
        "inner": inner,
        "outer": outer,
        "apart": partial(_apart, kept),
        "go": _go(),
        "at_place": numba.carray,
        "jitted": partial(_all, inner, kernels()),
        "lent": _lent(),
    }


def _apart(kept: bool, function: Any) -> Any:
    """What compiles a function of places and whole numbers for a precision, to be called by its place."""
    import numba
    from numba.core import types

    def compiled(precision: str) -> Any:
        number = numba.from_dtype(np.dtype(precision))
        places = types.CPointer(types.int64), types.CPointer(types.float64), types.CPointer(number)
        return numba.cfunc(types.void(*places, *[types.int64] * 3), cache=kept, **FLAGS)(function)

    return compiled


def _go() -> Any:
    """What calls `flow`."""
    from llvmlite import ir
    from numba.core import types
    from numba.extending import intrinsic

    def typed(context: Any, flow: Any, program: Any, numbers: Any, v: Any, n: Any) -> Any:
        def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            flow, *arrays, n = arguments
            made = [
                context.make_array(kind)(context, builder, array)
                for kind, array in zip(signature.args[1:4], arrays, strict=True)
            ]
            count, size = (builder.extract_value(each.shape, 0) for each in (made[0], made[2]))
            given = [*(each.data for each in made), count, size, n]
            kind = ir.FunctionType(ir.VoidType(), [each.type for each in given])
            builder.call(builder.inttoptr(flow, kind.as_pointer()), given)
            return context.get_dummy_value()

        return types.none(flow, program, numbers, v, n), written

    return intrinsic(typed)


def _lent() -> Any:
    """What gives an array whose parts are not counted: counting would take longer than the loops."""
    from numba.core import cgutils
    from numba.extending import intrinsic

    def typed(context: Any, array: Any) -> Any:
        def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            found = context.make_array(array)(context, builder, arguments[0])
            found.meminfo = cgutils.get_null_value(found.meminfo.type)
            found.parent = cgutils.get_null_value(found.parent.type)
            return found._getvalue()

        return array(array), written

    return intrinsic(typed)


def _all(inner: Any, kernels: dict[str, Any]) -> tuple[Any, ...]:
    """All loops as machine code would call them."""
    made = {product: _calling(inner, product, kernels[product.__name__]) for product in PRODUCTS}
    return tuple(_jitted(inner, loop, made) for loop in codes())


def _calling(inner: Any, product: Any, kernel: Any) -> Any:
    """A function of its own around a kernel, so that this stands in the machine code once."""
    words = ", ".join(signature(product).parameters)
    names = {"kernel": kernel, "__name__": product.__module__}
    exec(f"def {product.__name__}({words}):\n    kernel({words})", names)
    return inner(names[product.__name__])


def _jitted(inner: Any, loop: Any, made: dict[Any, Any]) -> Any:
    """A copy of a plain function, compiled once, and so are those that it calls."""
    if loop not in made:
        known = {name: loop.__globals__[name] for name in loop.__code__.co_names if name in loop.__globals__}
        inside = {"__name__": loop.__module__} | {
            name: _jitted(inner, value, made) if isinstance(value, FunctionType) else value
            for name, value in known.items()
        }
        made[loop] = inner(FunctionType(loop.__code__, inside, loop.__name__))
    return made[loop]
