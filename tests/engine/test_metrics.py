"""Metrics are those of the textbooks, and have the numbers of scikit-learn 1.9."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.metrics import (
    auc,
    classification_metrics,
    classify,
    confusion_matrix,
    confusion_metrics,
    regression_metrics,
    roc_auc,
)

TWO = np.array([1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0])
SCORES = np.array(
    [0.6, 0.6, 0.6, 0.7, 0.7, 0.7, 1, 0.5, 0.4, 0.6, 0.1, 0.5, 0.8, 0, 0, 0.7, 0.3, 1, 0.4, 0.3]
).reshape(-1, 1)

FOUR = np.array([1, 1, 1, 0, 3, 0, 0, 0, 3, 2, 3, 0, 2, 1, 1, 0, 2, 3, 2, 0, 2, 1, 3, 3])
SHARES = np.array(
    [
        [0.17, 0.38, 0.21, 0.24],
        [0.04, 0.36, 0.22, 0.38],
        [0.21, 0.53, 0.03, 0.23],
        [0.32, 0.08, 0.41, 0.19],
        [0.31, 0.19, 0.19, 0.31],
        [0.54, 0.08, 0.24, 0.14],
        [0.35, 0.05, 0.49, 0.11],
        [0.35, 0.11, 0.31, 0.23],
        [0.04, 0.27, 0.3, 0.39],
        [0.27, 0.07, 0.23, 0.43],
        [0.22, 0.07, 0.35, 0.36],
        [0.46, 0.2, 0.22, 0.12],
        [0.02, 0.39, 0.34, 0.25],
        [0.18, 0.59, 0.01, 0.22],
        [0.01, 0.2, 0.47, 0.32],
        [0.29, 0.21, 0.35, 0.15],
        [0.24, 0.28, 0.27, 0.21],
        [0.25, 0.3, 0.05, 0.4],
        [0.0, 0.38, 0.55, 0.07],
        [0.33, 0.37, 0.01, 0.29],
        [0.31, 0.2, 0.4, 0.09],
        [0.14, 0.48, 0.13, 0.25],
        [0.39, 0.24, 0.14, 0.23],
        [0.3, 0.14, 0.31, 0.25],
    ]
)


def approx(expected):
    return pytest.approx(expected, rel=1e-12)


# --- classes ----------------------------------------------------------------------------------------


def test_one_output_decides_by_its_threshold():
    outputs = np.array([[0.49], [0.5], [-1.0], [2.0]])
    assert classify(outputs, 0.5).tolist() == [0, 1, 0, 1]
    assert classify(outputs, 0.0).tolist() == [1, 1, 0, 1]


def test_the_largest_of_several_outputs_decides():
    assert classify(np.array([[0.1, 0.7, 0.2], [3.0, -1.0, 2.0]]), 0.5).tolist() == [1, 0]


def test_accuracy_is_the_share_of_right_classes():
    outputs = np.array([[0.9], [0.2], [0.8], [0.4]])
    assert classification_metrics(outputs, np.array([1, 0, 0, 0]), 0.5) == {"accuracy": 0.75}


def test_rows_of_the_confusion_matrix_are_true_classes_and_columns_predicted_ones():
    labels, predicted = np.array([0, 0, 0, 2, 2, 1]), np.array([0, 1, 1, 2, 0, 1])
    assert confusion_matrix(labels, predicted, 3).tolist() == [[1, 2, 0], [0, 1, 0], [1, 0, 1]]


def test_classes_that_do_not_occur_have_their_place_in_the_matrix():
    assert confusion_matrix(np.array([1.0]), np.array([0]), 3).tolist() == [[0, 0, 0], [1, 0, 0], [0, 0, 0]]


def test_two_classes_are_measured_as_scikit_learn_measures_them():
    confusion = confusion_matrix(TWO, classify(SCORES, 0.5), 2)
    assert confusion.tolist() == [[7, 2], [0, 11]]
    assert confusion_metrics(confusion) == {
        "accuracy": approx(0.9),
        "zero_one": approx(0.1),
        "precision": approx(0.8461538461538461),
        "recall": approx(1.0),
        "f1": approx(0.9166666666666666),
    }
    assert auc(SCORES, TWO) == approx(0.9696969696969697)
    assert auc(np.hstack([1 - SCORES, SCORES]), TWO) == approx(0.9696969696969697)


def test_four_classes_are_measured_as_scikit_learn_measures_them():
    confusion = confusion_matrix(FOUR, classify(SHARES, 0.5), 4)
    assert confusion.tolist() == [[3, 1, 3, 0], [0, 4, 1, 1], [0, 2, 2, 1], [2, 0, 1, 3]]
    assert confusion_metrics(confusion) == {
        "accuracy": approx(0.5),
        "zero_one": approx(0.5),
        "precision": approx(0.5142857142857142),
        "recall": approx(0.4988095238095238),
        "f1": approx(0.4985431235431235),
    }
    assert auc(SHARES, FOUR) == approx(0.8398575073304176)


def test_a_class_that_neither_occurs_nor_is_predicted_does_not_count():
    confusion = confusion_matrix(np.array([0, 1, 1, 1, 0]), np.array([0, 0, 1, 1, 0]), 3)
    found = confusion_metrics(confusion)
    assert [found[name] for name in ("precision", "recall", "f1")] == approx([5 / 6, 5 / 6, 0.8])


def test_a_class_that_is_never_predicted_has_no_precision():
    found = confusion_metrics(np.array([[5, 0], [3, 0]]))
    assert (found["precision"], found["recall"], found["f1"]) == (0, 0, 0)


# --- ROC-AUC ----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2, max_size=40))
def test_auc_is_how_often_a_positive_sample_scores_above_a_negative_one(samples):
    above = [
        (high > low) + 0.5 * (high == low)
        for positive, high in samples
        for other, low in samples
        if positive and not other
    ]
    positive, scores = np.array(samples).T
    found = roc_auc(scores.astype(float), positive == 1)
    assert found == approx(sum(above) / len(above)) if above else math.isnan(found)


def test_auc_is_one_for_a_perfect_order_and_half_where_there_is_none():
    positive = np.array([False, True, False, True])
    assert roc_auc(np.array([0.1, 0.8, 0.2, 0.9]), positive) == 1
    assert roc_auc(np.array([0.9, 0.2, 0.8, 0.1]), positive) == 0
    assert roc_auc(np.ones(4), positive) == 0.5


def test_auc_leaves_out_classes_without_samples_and_needs_two_sorts():
    outputs = np.array([[0.7, 0.2, 0.1], [0.2, 0.7, 0.1]])
    assert auc(outputs, np.array([0, 1])) == 1
    assert math.isnan(auc(outputs, np.array([1, 1])))
    assert math.isnan(auc(SCORES, np.zeros(20)))


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_outputs_of_a_network_gone_wild_are_measured_in_silence(broken):
    outputs = np.full((4, 3), broken)
    labels = np.array([0, 1, 2, 0])
    confusion = confusion_matrix(labels, classify(outputs, 0.5), 3)
    assert confusion.sum() == 4
    assert 0 <= auc(outputs, labels) <= 1
    assert confusion_metrics(confusion)["accuracy"] == 0.5


# --- numbers ----------------------------------------------------------------------------------------


def test_regression_is_measured_as_scikit_learn_measures_it():
    targets = np.array([-0.27, -0.16, -0.98, 1.1, -0.54, -0.05, -0.79, -0.63, -1.28, 1.26, -0.15, 0.97])
    outputs = np.array([-0.26, -0.51, -1.14, 0.82, -0.54, -0.24, -0.94, -1.32, -1.68, 2.09, -0.49, 0.44])
    assert regression_metrics(outputs.reshape(-1, 1), targets) == {
        "mae": approx(0.3275),
        "rmse": approx(0.4089315346118467),
        "r2": approx(0.7352941176470589),
    }


def test_several_numbers_are_taken_together():
    """As scikit-learn's r2_score does when it is told to weigh by variance."""
    targets, outputs = np.array([[0.5, 1], [-1, 1], [7, -6]]), np.array([[0, 2], [-1, 2], [8, -5]])
    assert regression_metrics(outputs, targets) == {
        "mae": approx(0.75),
        "rmse": approx((4.25 / 6) ** 0.5),
        "r2": approx(0.9382566585956417),
    }


def test_predicting_the_mean_explains_nothing_and_perfection_everything():
    targets = np.array([1.0, 2.0, 6.0])
    assert regression_metrics(np.full((3, 1), 3.0), targets)["r2"] == pytest.approx(0)
    assert regression_metrics(targets.reshape(3, 1), targets)["r2"] == 1


def test_constant_targets_have_no_variance_to_explain():
    assert regression_metrics(np.array([[1.0], [2.0]]), np.array([1.0, 1.0]))["r2"] == 0
    assert regression_metrics(np.array([[1.0], [1.0]]), np.array([1.0, 1.0]))["r2"] == 1


def test_numbers_in_single_precision_are_measured_in_double():
    targets = np.array([0.1, 0.2])
    found = regression_metrics(targets.reshape(-1, 1).astype(np.float32), targets)
    assert found["mae"] == pytest.approx(np.abs(targets.astype(np.float32) - targets).mean(), rel=1e-12)
