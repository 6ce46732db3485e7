"""Training samples are varied anew for each epoch; what is measured stays; all of it resumes bit for bit."""

import json
from itertools import pairwise

import numpy as np
import pytest
from training_examples import experiment, regression, train, two_layers

from playground.data.augmentation.any_samples import LabelShuffle, MixUp
from playground.data.augmentation.picture_places import PictureRotation, PictureShift
from playground.data.augmentation.points import Jitter, PointReflection, PointShift
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Blobs, Circle
from playground.data.features.formula import FormulaFeature
from playground.data.scaling import MinMax, Standardize
from playground.engine.activations import Linear, Softmax
from playground.engine.layers import Dense, Dropout, Flatten
from playground.engine.losses import BinaryCrossEntropy, CrossEntropy, Hinge, SquaredError
from playground.engine.optimizers import GradientDescent
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.training.changes import changes
from playground.training.checkpoint import Checkpoint
from playground.training.trainer import Trainer

HIDDEN, OUTPUT = two_layers()


def augmented(*augmentations, start=None, **data):
    start = start or experiment(HIDDEN, Dropout(id="drop", probability=0.3), OUTPUT, shuffle=True)
    return start.with_(data=start.data.with_(augmentations=augmentations, **data))


def lesson(trainer):
    """What the epoch under way learns from."""
    taught = trainer.machine._lesson
    return taught.inputs[:, :-1].copy(), taught.aims.copy()


def state(trainer):
    """All that changes, as a file would bring it back."""
    checkpoint = trainer.checkpoint()
    return Checkpoint(json.loads(json.dumps(checkpoint.numbers)), checkpoint.arrays, checkpoint.history)


def assert_same(one, other):
    assert one.numbers == other.numbers
    for ours, theirs in ((one.arrays, other.arrays), (one.history, other.history)):
        assert list(ours) == list(theirs)
        for name, values in theirs.items():
            np.testing.assert_array_equal(ours[name], values, err_msg=name)


# --- what is learnt from ----------------------------------------------------------------------------


def test_each_epoch_learns_from_other_samples_and_steps_of_an_epoch_from_the_same():
    trainer = Trainer(augmented(Jitter()))
    seen = []
    for _ in range(3):
        trainer.run(1)
        first = lesson(trainer)[0]
        trainer.run(2)
        np.testing.assert_array_equal(lesson(trainer)[0], first)
        trainer.run_epoch()
        seen.append(first)
    assert not any(np.array_equal(one, other) for one, other in pairwise(seen))


def test_inputs_are_made_of_the_varied_samples_and_scaled_by_the_samples_as_they_are():
    shift = PointShift(strength=3)
    trainer = Trainer(augmented(shift, scaling=Standardize()))
    trainer.run(1)
    raw = trainer.data.train.raw
    chance = trainer.experiment.randomness.streams().augment
    moved, _ = shift.apply(raw, trainer.data.train.labels, chance)
    expected = (moved - raw.mean(axis=0)) / raw.std(axis=0)
    np.testing.assert_allclose(lesson(trainer)[0], expected, rtol=1e-10)
    assert abs(expected.mean()) > 0.1


def test_what_is_measured_stays_as_it_is():
    plain, trainer = (
        Trainer(augmented(*each, validation_percent=20)) for each in ((), (Jitter(strength=5),))
    )
    for side in ("train", "test", "validation"):
        ours, theirs = getattr(trainer.sides, side), getattr(plain.sides, side)
        before = theirs.inputs.copy()
        train(trainer, 7)
        np.testing.assert_array_equal(ours.inputs, before)
        np.testing.assert_array_equal(ours.targets, theirs.targets)


def test_without_augmentations_no_chance_is_drawn_and_nothing_is_copied():
    trainer = Trainer(augmented())
    train(trainer, 12)
    assert trainer.machine._lesson.inputs is trainer.sides.train.inputs
    fresh = trainer.experiment.randomness.streams()
    assert trainer.state().numbers["streams"]["augment"] == fresh.state()["augment"]


def test_an_augmentation_that_does_nothing_trains_to_the_same_bits():
    still, plain = Trainer(augmented(PointReflection(probability=0))), Trainer(augmented())
    train(still, 23)
    train(plain, 23)
    np.testing.assert_array_equal(still.network.parameters, plain.network.parameters)


def test_a_short_last_batch_that_is_carried_over_is_varied_too():
    start = experiment(HIDDEN, OUTPUT, last_batch="carry")
    plain, varied = Trainer(start), Trainer(augmented(Jitter(), start=start))
    for trainer in (plain, varied):
        trainer.run_epoch()
    assert not np.array_equal(plain.machine.carried, varied.machine.carried)


# --- targets ----------------------------------------------------------------------------------------


def of_classes(loss, activation):
    layers = (Dense(id="hidden", units=4), Dense(id="output", units=3, activation=activation))
    return experiment(*layers, dataset=Blobs(samples=60), loss=loss)


def test_targets_go_with_the_samples_that_are_drawn():
    trainer = Trainer(augmented(LabelShuffle(), start=of_classes(CrossEntropy(), Softmax())))
    trainer.run(1)
    inputs, aims = lesson(trainer)
    samples = trainer.sides.train
    known = {row.tobytes(): aim for row, aim in zip(samples.inputs[:, :-1], samples.aims, strict=True)}
    assert all(np.array_equal(known[row.tobytes()], aim) for row, aim in zip(inputs, aims, strict=True))
    assert np.ptp(aims.sum(axis=0)) <= 1


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_a_mix_up_blends_what_the_loss_aims_at_as_it_blends_inputs(smoothing):
    start = of_classes(CrossEntropy(label_smoothing=smoothing), Softmax())
    trainer = Trainer(augmented(MixUp(strength=1), start=start))
    samples = trainer.sides.train
    before, aims = samples.inputs[:, :-1].copy(), samples.aims.copy()
    trainer.run(1)
    chance = trainer.experiment.randomness.streams().augment
    joined, _ = MixUp(strength=1).apply(np.hstack([before, aims]), np.zeros(len(aims)), chance)
    inputs, blended = lesson(trainer)
    np.testing.assert_allclose(inputs, joined[:, : before.shape[1]])
    np.testing.assert_allclose(blended, joined[:, before.shape[1] :], atol=1e-12)


def test_a_mix_up_of_two_classes_lies_between_their_codes():
    trainer = Trainer(augmented(MixUp(strength=1)))
    trainer.run(1)
    aims = lesson(trainer)[1]
    assert isinstance(trainer.experiment.training.loss, BinaryCrossEntropy)
    assert ((aims > 0) & (aims < 1)).any()
    assert ((aims >= 0) & (aims <= 1)).all()


def test_a_loss_of_one_class_a_sample_says_why_it_takes_no_mix_up():
    start = augmented(MixUp(), start=of_classes(Hinge(), Linear()))
    assert [str(problem.text) for problem in start.problems()] == [
        "Mix-up blends the classes of samples, and Hinge takes one class a sample; choose a cross-entropy."
    ]
    assert not augmented(LabelShuffle(), start=of_classes(Hinge(), Linear())).problems()


@pytest.mark.parametrize("augmentation", [LabelShuffle(), MixUp(strength=1), Jitter()])
def test_what_a_class_counts_goes_by_the_samples_of_the_epoch(augmentation):
    loss = CrossEntropy(class_weights="balanced")
    trainer = Trainer(augmented(augmentation, start=of_classes(loss, Softmax())))
    trainer.run(1)
    aims, weights = lesson(trainer)[1], trainer.machine._lesson.weights
    np.testing.assert_allclose(weights, (aims * (len(aims) / (3 * aims.sum(axis=0)))).sum(axis=1))
    np.testing.assert_allclose(weights.sum(), len(aims))


def test_a_sample_that_moves_to_where_an_input_has_no_value_stays_as_it_is():
    start = experiment(dataset=Circle(samples=44))
    root = FormulaFeature(expression="sqrt(6 - x1)")
    trainer = Trainer(augmented(PointShift(strength=9), start=start, inputs=(*start.data.inputs, root)))
    plain = trainer.sides.train.inputs[:, :-1]
    stayed = 0
    for _ in range(5):
        trainer.run_epoch()
        same = (lesson(trainer)[0] == plain).all(axis=1)
        stayed += same.sum()
        assert np.isfinite(lesson(trainer)[0]).all()
    assert stayed > 0
    assert trainer.divergence is None


def test_an_autoencoder_gives_back_what_it_is_given():
    start = experiment(Dense(id="output", units=2, activation=Linear()), loss=SquaredError())
    trainer = Trainer(
        augmented(LabelShuffle(), Jitter(), start=start.with_(data=start.data.with_(targets="inputs")))
    )
    trainer.run(1)
    inputs, aims = lesson(trainer)
    np.testing.assert_array_equal(aims, inputs)


# --- going on ---------------------------------------------------------------------------------------

EVERYTHING = augmented(Jitter(), PointShift(), LabelShuffle(), MixUp())


@pytest.mark.parametrize("steps", [1, 3, 4, 5, 6, 12])
@pytest.mark.parametrize("settings", [{}, {"last_batch": "carry"}, {"shuffle": False}, {"batch_size": 50}])
def test_it_resumes_exactly_at_any_step(steps, settings):
    start = EVERYTHING.with_(training=EVERYTHING.training.with_(**settings))
    unbroken, first = Trainer(start), Trainer(start)
    train(first, steps)
    second = Trainer(start, state(first))
    assert_same(state(second), state(first))
    train(second, 7)
    train(unbroken, steps + 7)
    assert_same(state(second), state(unbroken))


def test_pictures_resume_exactly():
    layers = (Flatten(id="flat"), Dense(id="output", units=10, activation=Softmax()))
    start = experiment(*layers, dataset=Digits(), loss=CrossEntropy(), batch_size=300, precision="float32")
    start = augmented(PictureShift(), PictureRotation(), start=start, scaling=MinMax())
    unbroken, first = Trainer(start), Trainer(start)
    train(first, 2)
    second = Trainer(start, state(first))
    train(second, 3)
    train(unbroken, 5)
    assert_same(state(second), state(unbroken))


def test_a_file_that_was_saved_in_the_middle_of_an_epoch_goes_on_bit_for_bit():
    first = Trainer(EVERYTHING)
    train(first, 8)
    opened = loads(dumps(SavedExperiment(EVERYTHING, first.checkpoint())))
    assert opened.experiment == EVERYTHING
    second = Trainer(opened.experiment, opened.checkpoint)
    for trainer in (first, second):
        train(trainer, 9)
    np.testing.assert_array_equal(first.network.parameters, second.network.parameters)


def test_a_file_of_before_has_no_augmentations():
    fields = json.loads(Experiment().model_dump_json())
    del fields["data"]["augmentations"]
    assert Experiment.build(fields).data.augmentations == ()


def test_an_edit_of_the_augmentations_keeps_the_data_and_begins_the_epoch_again():
    trainer = Trainer(augmented(Jitter()))
    train(trainer, 7)
    data, step, learnt = trainer.data, trainer.step, trainer.network.parameters.copy()
    trainer.apply(augmented(Jitter(strength=1)))
    assert trainer.data is data
    assert (trainer.step, trainer.machine.batch) == (step, 0)
    np.testing.assert_array_equal(trainer.network.parameters, learnt)
    train(trainer, 3)
    assert trainer.divergence is None


def test_another_setting_in_the_middle_of_an_epoch_leaves_its_samples():
    trainer = Trainer(augmented(Jitter()))
    train(trainer, 2)
    before = lesson(trainer)[0]
    start = trainer.experiment
    optimizer = start.training.optimizer.with_(learning_rate=0.5)
    trainer.apply(start.with_(training=start.training.with_(optimizer=optimizer)))
    train(trainer, 1)
    np.testing.assert_array_equal(lesson(trainer)[0], before)


def test_the_steps_before_a_divergence_are_replayed_on_the_same_samples():
    start = regression(activation=Linear(), precision="float32", optimizer=GradientDescent(learning_rate=1e6))
    start = augmented(Jitter(), start=start)
    at_once, one_by_one = Trainer(start), Trainer(start)
    with np.errstate(all="ignore"):
        at_once.run(5)
        for _ in range(at_once.step + 1):
            one_by_one.run(1)
    assert at_once.step > 0
    assert at_once.divergence == one_by_one.divergence is not None
    np.testing.assert_array_equal(at_once.network.parameters, one_by_one.network.parameters)


def test_a_mark_says_which_augmentation_came_and_what_became_of_it():
    none, one, stronger = augmented(), augmented(Jitter()), augmented(Jitter(strength=1))
    assert [str(each.words) for each in changes(none, one)] == ["Augmentation – → Jitter"]
    assert [str(each.words) for each in changes(one, stronger)] == ["Jitter: Distance 0.2 → 1"]
