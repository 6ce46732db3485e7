"""The answer to one row stands in bars, each under the name of its class."""

import numpy as np
import pytest

from playground.training.moment import Answers
from widgets.pages.data.answer_bars import answer_rows


def answers(outputs, chosen, shares=None):
    return Answers(np.array([outputs]), np.array([chosen]), shares, None)


def test_without_probabilities_the_class_is_named():
    ((name, *_),) = answer_rows(answers([0.1, 2.0, -1.0], 1), ("a", "b", "c"))
    assert name == "b"


@pytest.mark.parametrize("names", [(), ("a", "b"), ("a", "b", "c", "d")])
def test_names_of_other_data_name_nothing(names):
    assert answer_rows(answers([0.1, 0.2, 0.7], 2, np.array([[0.1, 0.2, 0.7]])), names) == []
    assert answer_rows(answers([0.1, 2.0, -1.0], 2), names) == []
