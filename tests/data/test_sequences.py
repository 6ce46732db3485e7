"""Recipes of sequences: what each promises, lengths that differ, and what is behind the last step."""

import numpy as np
import pytest

from playground.data import Augmentation, Data
from playground.data.augmentation.any_samples import MixUp
from playground.data.datasets.sequences import Adding, Brackets, Echo, SequenceParity, Waves
from playground.data.datasets.sequences.symbols import BRACKETS, matches
from playground.data.sample import SampleShape, first_values, lengths
from playground.data.scaling import PcaWhitening, Standardize
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment, dumps, loads
from playground.randomness import Pcg64
from playground.training.trainer import Trainer

EVERY = pytest.mark.parametrize("kind", [Adding, Brackets, Echo, SequenceParity, Waves])
UNEVEN = pytest.mark.parametrize("kind", [Adding, Brackets, Echo, SequenceParity])


def generate(dataset, seed=42):
    return dataset.take(Pcg64(seed=seed).streams().data)


def written(raw, symbols):
    """A sequence of symbols as a text."""
    return "".join(symbols[step.argmax()] for step in raw if not np.isnan(step).any())


def balanced(text):
    """Whether brackets match, as one reads them."""
    open_ones = []
    for sign in text:
        if sign in "([{":
            open_ones.append(sign)
        elif not open_ones or open_ones.pop() + sign not in ("()", "[]", "{}"):
            return False
    return not open_ones


# --- all of them ------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("noise", [0, 40])
def test_samples_have_the_shape_that_is_said(kind, noise):
    dataset = kind(samples=50, noise=noise)
    samples = generate(dataset)
    assert samples.raw.shape == (50, *dataset.shape.sizes)
    assert dataset.shape.is_sequence
    assert len(dataset.shape.axes[-1].names) == dataset.shape.sizes[-1]
    assert samples.targets.size == 50 * dataset.task.numbers if not dataset.task.classes else 50


@EVERY
def test_a_shape_names_what_each_step_has(kind):
    assert all(name.strip() for name in kind().shape.axes[-1].names)


@UNEVEN
def test_lengths_lie_between_the_shortest_and_the_longest_and_all_occur(kind):
    samples = generate(kind(samples=3000, shorter=50))
    found = lengths(samples.raw)
    longest = samples.raw.shape[1]
    assert found.max() == longest
    assert found.min() == longest // 2
    assert (np.bincount(found)[np.unique(found)] > 3000 / (2 * longest)).all()


@UNEVEN
def test_behind_the_last_step_there_is_nothing_and_before_it_everything(kind):
    raw = generate(kind(samples=200, shorter=75)).raw
    there = np.arange(raw.shape[1]) < lengths(raw)[:, np.newaxis]
    np.testing.assert_array_equal(~np.isnan(raw), np.broadcast_to(there[..., np.newaxis], raw.shape))


@UNEVEN
@pytest.mark.parametrize("scaling", [Standardize(), PcaWhitening()])
def test_what_is_not_there_is_said_to_the_network_and_does_not_count_in_scaling(kind, scaling):
    data = Data().with_dataset(kind(samples=400, shorter=60)).with_(scaling=scaling)
    prepared = data.prepare(Pcg64().streams().data)
    steps = prepared.train.inputs.reshape(prepared.train.raw.shape)
    missing = np.isnan(prepared.train.raw)
    assert np.isnan(steps[missing]).all()
    assert np.isfinite(steps[~missing]).all()
    there = steps[~missing.any(axis=2)]
    np.testing.assert_allclose(there.mean(axis=0), 0, atol=1e-9)
    np.testing.assert_array_equal(prepared.train.lengths, (~missing[..., 0]).sum(axis=1))


def test_targets_are_scaled_step_by_step_and_what_is_not_asked_for_stays_so():
    data = Data().with_dataset(Echo(samples=400, delay=2, shorter=50)).with_(target_scaling=Standardize())
    prepared = data.prepare(Pcg64().streams().data)
    labels, targets = prepared.train.labels, prepared.train.targets
    np.testing.assert_array_equal(np.isnan(labels), np.isnan(targets))
    assert np.nanmean(targets) == pytest.approx(0, abs=1e-9)
    assert np.nanstd(targets) == pytest.approx(1)
    back = prepared.unscaled(targets.reshape(len(targets), -1)).reshape(labels.shape)
    np.testing.assert_allclose(back, labels, atol=1e-12)


@UNEVEN
def test_a_run_on_uneven_varied_sequences_is_resumed_bit_for_bit_in_mid_epoch(kind):
    start = Experiment().with_dataset(kind(samples=100, shorter=60))
    fitting = tuple(each() for each in Augmentation.members() if each.fits(start.data.dataset))
    trainer = Trainer(start.with_(data=start.data.with_(augmentations=fitting)))
    trainer.run(2)
    opened = loads(dumps(SavedExperiment(trainer.experiment, trainer.checkpoint())))
    again = Trainer(opened.experiment, opened.checkpoint)
    for each in (trainer, again):
        for _ in range(4):
            each.run(5)
    assert trainer.step == again.step > 12
    np.testing.assert_array_equal(trainer.network.parameters, again.network.parameters)


@EVERY
def test_a_network_trains_on_it_and_nothing_is_nan(kind):
    start = Experiment().with_dataset(kind(samples=60))
    trainer = Trainer(start)
    trainer.run(20)
    trainer.record()
    assert not start.problems()
    for side in trainer.recorder.measures:
        assert np.isfinite(side.loss)
        assert all(np.isfinite(value) for value in side.metrics.values())
    assert trainer.divergence is None


@UNEVEN
def test_an_autoencoder_is_not_asked_for_steps_that_are_not_there(kind):
    data = Data().with_dataset(kind(samples=100, shorter=75)).with_(targets="inputs")
    train = data.prepare(Pcg64().streams().data).train
    np.testing.assert_array_equal(np.isnan(train.targets), np.isnan(train.raw).reshape(len(train.raw), -1))


def test_blends_of_two_lengths_have_the_steps_of_both_and_those_unchosen_stay():
    samples = generate(Adding(samples=300, shorter=75))
    raw, targets = MixUp(probability=50, strength=1).apply(
        samples.raw, samples.targets, np.random.default_rng(1)
    )
    assert (lengths(raw) <= lengths(samples.raw)).all()
    assert not np.isnan(targets).any()
    same = (np.nan_to_num(raw) == np.nan_to_num(samples.raw)).all(axis=(1, 2))
    assert 0.4 < same.mean() < 0.6
    np.testing.assert_array_equal(lengths(raw)[same], lengths(samples.raw)[same])


# --- each by what it promises -----------------------------------------------------------------------


@pytest.mark.parametrize("horizon", [1, 5])
def test_a_clean_wave_goes_on_where_the_window_ends(horizon):
    dataset = Waves(samples=40, window=30, horizon=horizon, shortest=15, longest=15)
    samples = generate(dataset)
    whole = np.concatenate([samples.raw[..., 0], samples.targets.reshape(40, horizon)], axis=1)
    turn = 2 * np.cos(2 * np.pi / 15)  # x(s + 1) = 2 cos(ω) x(s) − x(s − 1)
    np.testing.assert_allclose(whole[:, 2:], turn * whole[:, 1:-1] - whole[:, :-2], atol=1e-12)


def test_periods_may_be_given_in_any_order():
    there, back = generate(Waves(shortest=10, longest=40)), generate(Waves(shortest=40, longest=10))
    np.testing.assert_array_equal(there.raw, back.raw)


@pytest.mark.parametrize("delay", [0, 1, 4])
def test_an_echo_comes_after_the_delay_and_is_not_asked_for_before(delay):
    samples = generate(Echo(samples=30, length=9, delay=delay, shorter=60))
    for raw, target, steps in zip(samples.raw, samples.targets, lengths(samples.raw), strict=True):
        assert np.isnan(target[:delay]).all()
        assert np.isnan(target[steps:]).all()
        np.testing.assert_array_equal(target[delay:steps], raw[: max(steps - delay, 0)])


def test_an_echo_that_is_never_heard_is_a_problem_in_a_sentence():
    start = Experiment().with_dataset(Echo(length=9, delay=9))
    assert "An echo after 9 steps is not heard in 9" in str(start.problems()[0].text)
    assert not Experiment().with_dataset(Echo(length=9, delay=8)).problems()


def test_of_an_echo_the_first_value_that_is_asked_for_stands_for_it():
    samples = generate(Echo(samples=20, delay=2))
    np.testing.assert_array_equal(first_values(samples.targets), samples.raw[:, 0, 0])


def test_two_values_are_marked_one_in_each_half_and_added():
    samples = generate(Adding(samples=500, length=9, shorter=60))
    for raw, target, steps in zip(samples.raw, samples.targets, lengths(samples.raw), strict=True):
        (marked,) = np.nonzero(raw[:steps, 1])
        assert len(marked) == 2
        assert marked[0] < steps // 2 <= marked[1]
        assert target == pytest.approx(raw[marked, 0].sum())


def test_parity_counts_the_ones_that_are_there():
    dataset = SequenceParity(samples=300, shorter=75)
    samples = generate(dataset)
    texts = [written(raw, dataset.shape.symbols) for raw in samples.raw]
    assert [text.count("1") % 2 for text in texts] == samples.targets.tolist()


@pytest.mark.parametrize("kinds", [1, 2, 3])
@pytest.mark.parametrize("pairs", [1, 2, 7])
def test_brackets_match_where_it_is_said_and_only_there(kinds, pairs):
    dataset = Brackets(samples=400, pairs=pairs, kinds=kinds, shorter=75)
    samples = generate(dataset)
    texts = [written(raw, dataset.shape.symbols) for raw in samples.raw]
    assert [balanced(text) for text in texts] == [bool(label) for label in samples.targets]
    assert np.bincount(samples.targets).tolist() == [200, 200]


def test_no_count_tells_wrong_brackets_from_right_ones():
    dataset = Brackets(samples=4000, kinds=3, shorter=75)
    samples = generate(dataset)
    counts = np.nansum(samples.raw, axis=1)
    np.testing.assert_array_equal(counts[:, ::2].sum(axis=1), counts[:, 1::2].sum(axis=1))
    wrong, right = (counts[samples.targets == label].mean(axis=0) for label in (0, 1))
    np.testing.assert_allclose(wrong, right, rtol=0.1)


def test_every_shape_of_brackets_is_equally_likely():
    dataset = Brackets(samples=20_000, pairs=4, kinds=1, shorter=0)
    samples = generate(dataset)
    texts = [written(raw, "()") for raw in samples.raw[samples.targets == 1]]
    shapes, counts = np.unique(texts, return_counts=True)
    assert len(shapes) == 14  # the fourth Catalan number
    np.testing.assert_allclose(counts / len(texts), 1 / 14, rtol=0.15)


def test_the_quick_judge_of_brackets_agrees_with_the_slow_one():
    codes = np.random.default_rng(3).integers(-1, 6, (3000, 5))
    codes = np.where(np.cumsum(codes < 0, axis=1) > 0, -1, codes)
    texts = ["".join(BRACKETS[code] for code in row if code >= 0) for row in codes]
    assert matches(codes).tolist() == [balanced(text) for text in texts]


def test_a_shape_is_written_with_its_axes_and_knows_its_symbols():
    assert SampleShape.of(time=4, symbols="ab").symbols == ("a", "b")
    assert SampleShape.of(time=4, columns="ab").symbols == ()
    assert not SampleShape.of(height=4, width=4, channels=1).is_sequence
    assert str(SampleShape.of(time=4, symbols="ab")) == "4×2"
