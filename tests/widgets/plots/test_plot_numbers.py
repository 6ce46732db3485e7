import numpy as np
import pytest

from widgets.plots.numbers import decimals, figures, power_of_ten


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.934, "0.93"),
        (-3.1, "−3.10"),
        (0, "0.00"),
        (-0.0, "0.00"),
        (1.2e-5, "1.2e−5"),
        (-3.4e12, "−3.4e12"),
        (np.nan, "–"),
        (np.inf, "–"),
    ],
)
def test_two_decimals_or_a_power_of_ten(value, text):
    assert decimals(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(482.0, "482"), (0.024553, "0.02455"), (-0.8, "−0.8"), (0.0, "0"), (2e-9, "2e−9")]
)
def test_as_many_figures_as_asked_for(value, text):
    assert figures(value, 4) == text


def test_a_power_of_ten_is_short():
    assert power_of_ten(5, -4) == "5e−4"
    assert power_of_ten(2, 0) == "2"
