"""The kernels of the compiled machine give what the plain functions of the same names give."""

import numpy as np
import pytest
from machines import needs_numba

from playground.engine.products import PRODUCTS

pytestmark = [needs_numba, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def compiled():
    import numba

    from playground.training.compiled.jit import FLAGS, _calling
    from playground.training.compiled.kernels import kernels

    inner, made = numba.njit(**FLAGS), kernels()
    return {product.__name__: _calling(inner, product, made[product.__name__]) for product in PRODUCTS}


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("rows", [1, 3, 4, 9])
def test_kernels_give_the_sums_of_plain_loops(rows, precision, compiled):
    random = np.random.default_rng(rows)
    for count in (1, 2, 5, 8):
        for n in (1, 3, 8, 10, 16, 31, 47):
            size = rows * (count + 1) + (count + rows) * n
            given = random.standard_normal(size + rows * (count + 1)).astype(precision)
            x, z, wide = rows * (count + 1), rows * (count + 1) + count * n, count + 1
            calls = {
                "weigh_rows": [
                    (0, wide, 1, x, count, wide, z, rows, count, n),
                    (0, 1, wide, z, -1, 0, x, count, rows, n),
                ],
                "multiply_rows": [(z, x, size, wide, rows, count, n)],
                "sum_rows": [(z, size + count, wide, rows, n)],
            }
            for product in PRODUCTS:
                for words in calls[product.__name__]:
                    plain, quick = given.copy(), given.copy()
                    product(plain, *words)
                    compiled[product.__name__](quick, *words)
                    tolerance = 2e-5 if precision == "float32" else 1e-13
                    np.testing.assert_allclose(quick, plain, rtol=0, atol=tolerance, err_msg=str(words))
