"""Metrics are those of the textbooks."""

import numpy as np
import pytest

from playground.engine.metrics import classification_metrics, classify, regression_metrics


def test_one_output_decides_by_its_threshold():
    outputs = np.array([[0.49], [0.5], [-1.0], [2.0]])
    assert classify(outputs, 0.5).tolist() == [0, 1, 0, 1]
    assert classify(outputs, 0.0).tolist() == [1, 1, 0, 1]


def test_the_largest_of_several_outputs_decides():
    assert classify(np.array([[0.1, 0.7, 0.2], [3.0, -1.0, 2.0]]), 0.5).tolist() == [1, 0]


def test_accuracy_is_the_share_of_right_classes():
    outputs = np.array([[0.9], [0.2], [0.8], [0.4]])
    assert classification_metrics(outputs, np.array([1, 0, 0, 0]), 0.5) == {"accuracy": 0.75}


def test_the_measures_of_regression():
    targets = np.array([3.0, -0.5, 2.0, 7.0])
    found = regression_metrics(np.array([[2.5], [0.0], [2.0], [8.0]]), targets)
    assert found["mae"] == pytest.approx(0.5)
    assert found["rmse"] == pytest.approx(0.375**0.5)
    assert found["r2"] == pytest.approx(1 - 1.5 / 29.1875)


def test_predicting_the_mean_explains_nothing_and_perfection_everything():
    targets = np.array([1.0, 2.0, 6.0])
    assert regression_metrics(np.full((3, 1), 3.0), targets)["r2"] == pytest.approx(0)
    assert regression_metrics(targets.reshape(3, 1), targets)["r2"] == 1


def test_constant_targets_have_no_variance_to_explain():
    assert regression_metrics(np.array([[1.0], [2.0]]), np.array([1.0, 1.0]))["r2"] == 0
