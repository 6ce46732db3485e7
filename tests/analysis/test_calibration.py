"""How sure beside how often right: by a table made by hand, and as scikit-learn has it."""

import numpy as np
import pytest

from playground.analysis.calibration import calibration, judge
from playground.files.examples import examples
from playground.training.moment import Moment
from playground.training.trainer import Trainer


def two(probabilities):
    return np.column_stack([1 - np.array(probabilities), probabilities])


def test_a_table_made_by_hand():
    found = calibration(two([0.05, 0.15, 0.17, 0.95, 0.99, 0.91]), np.array([0, 0, 1, 1, 1, 0]))
    np.testing.assert_allclose(found.sure, [0.05, 0.16, 0.95])
    np.testing.assert_allclose(found.right, [0, 1 / 2, 2 / 3])
    assert found.counts.tolist() == [1, 2, 3]
    assert found.error == pytest.approx((0.05 * 1 + 0.34 * 2 + (0.95 - 2 / 3) * 3) / 6)


IN_SCIKIT_LEARN = {
    "right": [0, 0, 0, 0, 0.166667, 0.5, 0.333333, 0.5, 0.833333, 1],
    "sure": [
        0.042375,
        0.149766,
        0.247031,
        0.350037,
        0.453042,
        0.550308,
        0.644025,
        0.750579,
        0.850037,
        0.949495,
    ],
}
"""What `calibration_curve` of scikit-learn 1.9.1 gives with ten bins, to six decimals."""


def test_two_classes_are_calibrated_as_in_scikit_learn():
    places = np.arange(60)
    sure = np.round((places * 0.61803398875) % 1, 6)
    labels = (((places * 0.41421356237) % 1) < sure**2).astype(int)
    found = calibration(two(sure), labels)
    np.testing.assert_allclose(found.sure, IN_SCIKIT_LEARN["sure"], atol=1e-6)
    np.testing.assert_allclose(found.right, IN_SCIKIT_LEARN["right"], atol=1e-6)


def test_of_more_classes_it_is_how_sure_the_answer_was_that_counts():
    shares = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8], [0.75, 0.15, 0.1]])
    found = calibration(shares, np.array([0, 2, 1]))
    np.testing.assert_allclose(found.sure, [0.7, 0.775])  # ends of bins belong to the one below
    np.testing.assert_allclose(found.right, [1, 0.5])


def judged(name, epochs=3):
    example = next(example for example in examples() if example.name == name)
    trainer = Trainer(example.experiment)
    for _ in range(epochs):
        trainer.run_epoch()
    return trainer, judge(Moment.of(trainer))


def test_the_losses_of_the_classes_make_up_that_of_all():
    trainer, sides = judged("iris")
    measures = dict(zip(("training", "test"), trainer.recorder.evaluate(detailed=True), strict=True))
    for name, side in sides.items():
        mean = (side.losses * side.counts).sum() / side.counts.sum()
        assert mean == pytest.approx(measures[name].loss, rel=1e-5)
        np.testing.assert_array_equal(side.confusion, measures[name].confusion)
        assert side.metrics["f1"] == pytest.approx(measures[name].metrics["f1"])
        assert side.calibration.counts.sum() == side.counts.sum()


def test_validation_samples_are_judged_where_there_are_some():
    _, sides = judged("early_stopping")
    assert set(sides) == {"training", "test", "validation"}


def test_of_numbers_there_is_one_loss_and_no_confusion():
    trainer, sides = judged("sine")
    assert sides["test"].confusion is None
    assert sides["test"].losses == pytest.approx([trainer.recorder.measures[1].loss], rel=1e-5)


def test_nodes_of_a_graph_are_judged_like_any_samples():
    _, sides = judged("karate_gcn")
    assert sides["test"].counts.sum() > 0
