"""The script of NumPy gives what the engine gives, for every layer, and prepares samples as it does."""

import numpy as np
import pytest
from portable_networks import cases

from playground.exports.targets.numpy_script.writing import script

CASES = list(cases())


def run(source):
    """The names of a script, run by itself."""
    namespace = {"__name__": "exported"}
    exec(compile(source, "exported.py", "exec"), namespace)
    return namespace


def answers(namespace, raw, precision):
    prepared = namespace["prepare"](list(raw))
    given = prepared if isinstance(prepared, tuple) else (prepared,)
    return namespace["unscale"](namespace["forward"](*(each.astype(precision) for each in given)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_layer_is_the_same_in_a_script(case):
    raw = (
        [each[~np.isnan(each).all(axis=-1)] for each in case.raw]
        if case.portable.preparation.gaps
        else case.raw
    )
    found = answers(run(script(case.portable)), raw, "float64")
    np.testing.assert_allclose(found, case.outputs, rtol=0, atol=1e-12 * np.abs(case.outputs).max())
