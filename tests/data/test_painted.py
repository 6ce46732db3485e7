"""Painted points: what an edit makes of them, when they can be learnt, and what memory they take."""

import gc

import numpy as np
import pytest

from playground.data import Data, store
from playground.data.datasets.painted import MOST_POINTS, Painted, can_become
from playground.data.datasets.recipes import Blobs, Circle, Plane, Sine
from playground.data.datasets.wine import Wine
from playground.data.features import available
from playground.data.scaling import Scaling
from playground.engine.stopping import EarlyStopping
from playground.experiment import Experiment
from playground.randomness import Pcg64
from playground.training.changes import changes
from playground.training.trainer import Trainer
from playground.value import InvalidValue

THREE = Painted.empty().with_points([[0, 0], [1, 1]], 0).with_points([[-3, 2]], 1)


def on(painted, **data):
    experiment = Experiment().with_dataset(painted)
    return experiment.with_(data=experiment.data.with_(**data))


def sentences(experiment):
    return [str(problem.text) for problem in experiment.problems()]


def drawn(dataset, seed=0):
    return Painted.of(dataset, Pcg64(seed=seed).streams().data)


# --- edits ---


def test_points_come_behind_those_that_are_there():
    np.testing.assert_array_equal(THREE.places, [[0, 0], [1, 1], [-3, 2]])
    assert THREE.targets.tolist() == [0, 0, 1]
    assert THREE.count == 3


def test_an_edit_leaves_the_points_before_it_as_they_were():
    chosen = np.array([True, False, False])
    assert THREE.without(chosen).places.tolist() == [[1, 1], [-3, 2]]
    assert THREE.moved(chosen, (2, 3)).places.tolist() == [[2, 3], [1, 1], [-3, 2]]
    assert THREE.with_target(chosen, 1).targets.tolist() == [1, 0, 1]
    assert THREE.places.tolist() == [[0, 0], [1, 1], [-3, 2]]


def test_points_move_together_and_stop_at_the_edge_of_the_plane():
    everyone = np.ones(3, bool)
    assert THREE.moved(everyone, (100, -100)).places.tolist() == [[5, -8 + 2], [6, -5], [2, -4]]


def test_a_point_outside_the_plane_can_be_moved_back_but_no_farther_out():
    outside = Painted.empty().with_points([[7, 0]], 0)
    chosen = np.array([True])
    assert outside.moved(chosen, (1, 0)).places.tolist() == [[7, 0]]
    assert outside.moved(chosen, (-2, 0)).places.tolist() == [[5, 0]]


def test_there_are_never_more_points_than_can_be():
    many = Painted.empty().with_points(np.zeros((MOST_POINTS - 1, 2)), 0)
    assert many.with_points([[1, 1], [2, 2]], 1).count == MOST_POINTS
    assert drawn(Circle(samples=MOST_POINTS + 5)).count == MOST_POINTS


def test_a_class_more_has_a_name_of_its_own_and_ends_at_eight():
    painted = THREE
    for _ in range(10):
        painted = painted.with_one_class_more()
    assert painted.names == tuple("ABCDEFGH")
    assert painted.targets.tolist() == [0, 0, 1]


def test_without_a_class_its_points_go_and_the_later_ones_keep_their_names():
    painted = drawn(Blobs(samples=30, classes=4))
    left = painted.without_class(1)
    assert left.names == ("A", "C", "D")
    for name in left.names:
        before = painted.places[painted.targets == painted.names.index(name)]
        np.testing.assert_array_equal(left.places[left.targets == left.names.index(name)], before)


def test_two_classes_are_the_fewest():
    assert THREE.without_class(0) is THREE


def test_classes_become_values_and_values_classes():
    values = THREE.by_value()
    assert values.task.kind == "regression"
    assert values.targets.tolist() == [-1, -1, 1]
    assert values.by_class() == THREE


@pytest.mark.parametrize("dataset", [Circle(noise=20), Blobs(classes=5), Plane()], ids=lambda d: d.tag())
def test_the_samples_of_a_dataset_become_painted_points(dataset):
    samples = dataset.take(Pcg64(seed=4).streams().data)
    painted = drawn(dataset, seed=4)
    np.testing.assert_array_equal(painted.places, samples.raw)
    np.testing.assert_array_equal(painted.targets, samples.targets)
    assert painted.task == dataset.task


def test_only_what_lies_on_the_plane_can_become_painted_points():
    assert can_become(Circle())
    assert can_become(Plane())
    assert can_become(Painted.empty())
    assert not can_become(Sine())
    assert not can_become(Wine())


# --- learning ---


def test_nothing_is_learnt_of_nothing_and_a_sentence_says_what_to_do():
    empty = on(Painted.empty())
    assert sentences(empty) == ["Paint at least 2 points."]
    assert empty.remarks() == ()
    assert sentences(on(THREE.without(np.array([False, True, True])))) == ["Paint at least 2 points."]


def test_one_class_alone_is_not_to_be_learnt():
    alone = on(THREE.without(np.array([False, False, True])))
    assert sentences(alone) == [
        "Paint at least one point of another class; all are of class −1 so far."
    ]  # fmt: skip
    assert sentences(on(alone.data.dataset.by_value())) == []


@pytest.mark.parametrize(("percent", "train"), [(1, 1), (50, 1), (70, 2), (100, 3)])
def test_of_three_points_at_least_one_is_learnt_from(percent, train):
    experiment = on(THREE, train_percent=percent)
    assert experiment.data.train_samples == train
    trainer = Trainer(experiment)
    trainer.run_epoch()
    assert (len(trainer.data.train.raw), len(trainer.data.test.raw)) == (train, 3 - train)
    assert np.isfinite(trainer.network.parameters).all()


@pytest.mark.parametrize("scaling", Scaling.members(), ids=lambda kind: kind.tag())
def test_two_points_are_enough_with_every_input_and_scaling(scaling):
    painted = Painted.empty().with_points([[0, 0]], 0).with_points([[1, 2]], 1)
    trainer = Trainer(on(painted, scaling=scaling(), inputs=available(painted)))
    trainer.run_epoch()
    assert np.isfinite(trainer.network.parameters).all()


def test_a_share_to_validate_on_may_be_too_small_for_a_while():
    experiment = on(THREE, validation_percent=20)
    stopping = experiment.training.with_(stopping=EarlyStopping())
    assert sentences(experiment.with_(training=stopping)) == [
        "20 % of 3 samples leaves none to validate on; add some, or take no validation share."
    ]
    more = THREE.with_points([[2, 2], [3, 3]], 1)
    assert on(more, validation_percent=20).problems() == ()


def test_painting_keeps_the_shares_that_were_chosen():
    data = Data(train_percent=60, validation_percent=20).with_dataset(Painted.empty())
    assert (data.train_percent, data.validation_percent) == (60, 20)


def test_more_points_are_a_change_of_their_number_alone():
    more = on(THREE.with_points([[2, 2]], 1))
    assert [str(change.words) for change in changes(on(THREE), more)] == ["Points 3 → 4"]
    assert changes(on(THREE), on(THREE.moved(np.ones(3, bool), (1, 0)))) == ()


def test_what_was_learnt_stays_when_points_come():
    trainer = Trainer(on(THREE))
    trainer.run_epoch()
    before = trainer.network.parameters.copy()
    trainer.apply(on(THREE.with_points([[2, 2]], 1)))
    np.testing.assert_array_equal(trainer.network.parameters, before)


# --- refusals ---


@pytest.mark.parametrize(
    "fields",
    [
        {"points": 2},
        {"names": ("A",)},
        {"names": ("A", "A")},
        {"names": ()},
        {"points": MOST_POINTS + 1},
    ],
)
def test_what_does_not_fit_the_samples_is_refused(fields):
    with pytest.raises(InvalidValue):
        THREE.with_(**fields)


# --- memory ---


def test_only_what_somebody_holds_stays_in_the_store():
    painted, seen = Painted.empty(), set()
    for number in range(50):
        painted = painted.with_points([[number / 10, 0]], 0)
        seen.add(painted.key)
    gc.collect()
    assert [key for key in seen if store.has(key)] == [painted.key]


def test_an_equal_dataset_holds_the_samples_too():
    painted = Painted.empty().with_points([[5, 5], [4.5, 1]], 1)
    again = Painted.build(painted.model_dump())
    assert again == painted
    del painted
    store.put(THREE.arrays)
    gc.collect()
    assert again.places.tolist() == [[5, 5], [4.5, 1]]
