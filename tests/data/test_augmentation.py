"""Augmentations: each is what its definition says, spares what it is given, and follows its generator."""

import numpy as np
import pytest
from scipy import ndimage

from playground.data import Augmentation, Data
from playground.data.augmentation import varied
from playground.data.augmentation.any_samples import LabelShuffle, MixUp, RowNoise
from playground.data.augmentation.picture_places import (
    CutOut,
    HorizontalFlip,
    PictureRotation,
    PictureScale,
    PictureShift,
    RandomCrop,
    VerticalFlip,
)
from playground.data.augmentation.picture_values import GREY, Blur, ColourJitter, PcaJitter, PictureNoise
from playground.data.augmentation.pictures import moved
from playground.data.augmentation.points import (
    Jitter,
    PointReflection,
    PointRotation,
    PointScale,
    PointShift,
)
from playground.data.augmentation.sequences import SequenceCrop, SequenceNoise, TimeShift
from playground.data.datasets.diabetes import Diabetes
from playground.data.datasets.digits import Digits
from playground.data.datasets.own_text import OwnText
from playground.data.datasets.recipes import Circle, Plane, Sine
from playground.data.datasets.sequences import Adding, Brackets, Echo, Waves
from playground.data.datasets.wine import Wine
from playground.data.sample import lengths
from playground.experiment import Experiment
from playground.training.trainer import Trainer
from playground.value import InvalidValue

MEMBERS = Augmentation.members()
BY_CHANCE = [member for member in MEMBERS if member is not LabelShuffle]
STRENGTHS = {"strength", "brightness", "contrast", "saturation"}
OF_STRENGTH = [member for member in BY_CHANCE if set(member.model_fields) & STRENGTHS and member is not MixUp]
COLOUR = np.random.default_rng(1).random((40, 9, 7, 3)) * 200 + 20
GREYS = COLOUR[..., :1]
POINTS = np.random.default_rng(2).uniform(-6, 6, (60, 2))
SEQUENCES = np.random.default_rng(3).uniform(1, 2, (60, 11, 2))


def chance(seed=0):
    return np.random.default_rng(seed)


def samples_for(member):
    """Samples that it fits, and a class for each."""
    of_points = member.__module__.endswith("points") or member is RowNoise
    of_time = member.__module__.endswith("sequences")
    raw = POINTS if of_points else SEQUENCES if of_time else COLOUR
    return raw, np.arange(len(raw)) % 3


def shares(targets):
    return np.eye(3)[targets]


def apply(augmentation, raw, seed=0):
    return augmentation.apply(raw, np.zeros(len(raw)), chance(seed))[0]


# --- all of them ------------------------------------------------------------------------------------


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.tag())
class TestEveryAugmentation:
    def test_it_follows_its_generator_alone(self, member):
        raw, targets = samples_for(member)
        one, same, other = (member().apply(raw, shares(targets), chance(seed)) for seed in (5, 5, 6))
        np.testing.assert_array_equal(one[0], same[0])
        np.testing.assert_array_equal(one[1], same[1])
        assert not np.array_equal(one[0], other[0])

    def test_it_writes_to_nothing_that_it_is_given(self, member):
        raw, targets = samples_for(member)
        raw, targets = raw.copy(), shares(targets)
        raw.flags.writeable = targets.flags.writeable = False
        found, _ = member().apply(raw, targets, chance())
        assert found.shape == raw.shape
        assert found.dtype == np.float64

    def test_no_samples_are_no_trouble(self, member):
        raw, targets = samples_for(member)
        found, labels = member().apply(raw[:0], shares(targets)[:0], chance())
        assert found.shape == (0, *raw.shape[1:])
        assert len(labels) == 0


@pytest.mark.parametrize("member", BY_CHANCE, ids=lambda member: member.tag())
class TestEveryAugmentationByChance:
    def test_without_probability_everything_stays(self, member):
        raw, targets = samples_for(member)
        found, labels = member(probability=0).apply(raw, shares(targets), chance())
        np.testing.assert_array_equal(found, raw)
        np.testing.assert_array_equal(labels, shares(targets))

    def test_as_many_are_varied_as_the_probability_says(self, member):
        raw = np.repeat(samples_for(member)[0], 30, axis=0)
        found = member(probability=30).apply(raw, shares(np.arange(len(raw)) % 3), chance())[0]
        changed = (found != raw).reshape(len(raw), -1).any(axis=1).mean()
        assert 0.2 < changed < 0.4


@pytest.mark.parametrize("member", OF_STRENGTH, ids=lambda member: member.tag())
def test_without_strength_nothing_changes(member):
    raw, targets = samples_for(member)
    none = dict.fromkeys(set(member.model_fields) & STRENGTHS, 0)
    found, _ = member(probability=100, **none).apply(raw, targets, chance())
    np.testing.assert_allclose(found, raw, atol=1e-9)


def test_they_come_one_after_the_other_from_one_generator():
    shift, turn, generator = PointShift(), PointRotation(), chance()
    found, _ = varied((shift, turn), POINTS, np.zeros(60), chance())
    first, _ = shift.apply(POINTS, np.zeros(60), generator)
    np.testing.assert_array_equal(found, turn.apply(first, np.zeros(60), generator)[0])


# --- points -----------------------------------------------------------------------------------------


def test_jitter_adds_normal_noise_of_its_strength():
    many = np.zeros((20_000, 2))
    moved_by = apply(Jitter(strength=0.7), many)
    assert moved_by.std(axis=0) == pytest.approx([0.7, 0.7], rel=0.03)
    assert abs(np.corrcoef(moved_by.T)[0, 1]) < 0.03


def test_a_shift_moves_all_points_alike_and_no_further_than_it_says():
    for seed in range(20):
        by = apply(PointShift(strength=2), POINTS, seed) - POINTS
        assert np.ptp(by, axis=0).max() < 1e-12
        assert np.abs(by).max() <= 2


def test_scaling_keeps_directions_and_stays_between_the_factor_and_its_inverse():
    found = apply(PointScale(strength=100), POINTS)
    factor = np.linalg.norm(found, axis=1) / np.linalg.norm(POINTS, axis=1)
    np.testing.assert_allclose(found, POINTS * factor[:, None])
    assert 0.5 <= factor.min() < 0.65
    assert 1.6 < factor.max() <= 2


def test_rotation_turns_as_complex_numbers_do_and_no_further_than_it_says():
    found = apply(PointRotation(strength=30), POINTS)
    turned = (found @ [1, 1j]) / (POINTS @ [1, 1j])
    np.testing.assert_allclose(np.abs(turned), 1)
    assert 20 < np.rad2deg(np.abs(np.angle(turned))).max() <= 30


@pytest.mark.parametrize(
    ("across", "signs"), [("left_right", (-1, 1)), ("up_down", (1, -1)), ("both", (-1, -1))]
)
def test_a_reflection_changes_signs(across, signs):
    found = apply(PointReflection(across=across, probability=100), POINTS)
    np.testing.assert_array_equal(found, POINTS * signs)
    half = apply(PointReflection(across=across), POINTS)
    assert 15 < (half != POINTS).any(axis=1).sum() < 45


def test_on_a_line_points_change_sides():
    found = apply(PointReflection(across="up_down", probability=100), POINTS[:, :1])
    np.testing.assert_array_equal(found, -POINTS[:, :1])


# --- pictures ---------------------------------------------------------------------------------------


def test_flips_are_those_of_numpy():
    np.testing.assert_array_equal(apply(HorizontalFlip(probability=100), COLOUR), np.flip(COLOUR, 2))
    np.testing.assert_array_equal(apply(VerticalFlip(probability=100), COLOUR), np.flip(COLOUR, 1))


@pytest.mark.parametrize(("beyond", "mode"), [("lowest", "grid-constant"), ("edge", "nearest")])
def test_pixels_are_moved_as_scipy_moves_them(beyond, mode):
    random = chance(3)
    turns, shifts = random.normal(size=(40, 2, 2)), random.normal(size=(40, 2))
    found = moved(COLOUR, turns, shifts, COLOUR, beyond)
    middle = (np.array(COLOUR.shape[1:3]) - 1) / 2
    for picture, turn, shift, ours in zip(COLOUR, turns, shifts, found, strict=True):
        for channel in range(3):
            theirs = ndimage.affine_transform(
                picture[..., channel],
                turn,
                middle + shift - turn @ middle,
                order=1,
                mode=mode,
                cval=COLOUR.min(),
            )
            np.testing.assert_allclose(ours[..., channel], theirs, atol=1e-9)


def test_a_full_turn_of_a_picture_is_within_what_it_says():
    spot = np.zeros((200, 21, 21, 1))
    spot[:, 10, 18] = 1
    found = apply(PictureRotation(strength=25), spot)
    rows, columns = np.mgrid[-10:11, -10:11]
    mass = found[..., 0].sum(axis=(1, 2))
    y, x = ((found[..., 0] * axis).sum(axis=(1, 2)) / mass for axis in (rows, columns))
    np.testing.assert_allclose(np.hypot(x, y), 8, atol=0.5)
    angles = np.rad2deg(np.arctan2(y, x))
    assert 20 < angles.max() < 28
    assert -28 < angles.min() < -20


def test_a_picture_is_shifted_by_a_share_of_its_sides():
    spot = np.zeros((300, 21, 41, 1))
    spot[:, 10, 20] = 1
    found = apply(PictureShift(strength=20), spot)[..., 0]
    rows, columns = np.mgrid[-10:11, -20:21]
    y, x = ((found * axis).sum(axis=(1, 2)) for axis in (rows, columns))
    assert 3.5 < np.abs(y).max() <= 4.2
    assert 7.3 < np.abs(x).max() <= 8.2
    np.testing.assert_allclose(found.sum(axis=(1, 2)), 1)


def test_scaling_makes_a_square_larger_or_smaller_around_the_middle():
    square = np.zeros((300, 31, 31, 1))
    square[:, 10:21, 10:21] = 1
    side = np.sqrt(apply(PictureScale(strength=50), square).sum(axis=(1, 2, 3)))
    assert 11 / 1.5 - 0.5 < side.min() < 8
    assert 15.5 < side.max() < 11 * 1.5 + 0.5


def test_a_crop_is_a_window_of_the_padded_picture():
    found = apply(RandomCrop(strength=2), COLOUR)
    wide = np.pad(COLOUR, ((0, 0), (2, 2), (2, 2), (0, 0)), constant_values=COLOUR.min())
    places = set()
    for picture, ours in zip(wide, found, strict=True):
        windows = {(y, x): picture[y : y + 9, x : x + 7] for y in range(5) for x in range(5)}
        places |= {place for place, window in windows.items() if np.array_equal(window, ours)}
    assert len(places) > 12
    assert all(
        any(np.array_equal(picture[y : y + 9, x : x + 7], ours) for y in range(5) for x in range(5))
        for picture, ours in zip(wide, found, strict=True)
    )


def test_a_cut_out_covers_a_square_with_the_mean():
    found = apply(CutOut(probability=100, strength=100 * 3 / 7), COLOUR)
    covered = (found != COLOUR).any(axis=3)
    np.testing.assert_allclose(found[covered], np.tile(COLOUR.mean(axis=(0, 1, 2)), (covered.sum(), 1)))
    sizes = covered.sum(axis=(1, 2))
    assert sizes.max() == 9
    for mask in covered:
        rows, columns = mask.any(axis=1).sum(), mask.any(axis=0).sum()
        assert mask.sum() == rows * columns
        assert 1 <= rows <= 3
        assert 1 <= columns <= 3


@pytest.mark.parametrize("name", ["brightness", "contrast", "saturation"])
def test_colours_go_away_from_their_middle_by_one_factor_a_picture(name):
    others = dict.fromkeys({"brightness", "contrast", "saturation"} - {name}, 0)
    found = apply(ColourJitter(**{name: 5, **others}), COLOUR)
    grey = (COLOUR @ GREY)[..., None]
    middle = {
        "brightness": np.full((40, 1, 1, 1), COLOUR.min()),
        "contrast": grey.mean(axis=(1, 2), keepdims=True),
        "saturation": grey,
    }[name]
    inside = (found > COLOUR.min() + 1e-6) & (found < COLOUR.max() - 1e-6)
    for picture, ours, where, mine in zip(
        COLOUR, found, inside, np.broadcast_to(middle, grey.shape), strict=True
    ):
        apart = where & (np.abs(picture - mine) > 1)
        factor = (ours - mine)[apart] / (picture - mine)[apart]
        assert np.ptp(factor) < 1e-9
        assert 0.95 <= factor.mean() <= 1.05


def test_grey_pictures_have_no_saturation():
    found = apply(ColourJitter(brightness=0, contrast=0, saturation=100), GREYS)
    np.testing.assert_allclose(found, GREYS)


def test_pca_jitter_shifts_colours_as_the_covariance_says():
    wide = np.concatenate([COLOUR, [np.full((9, 7, 3), 1e4), np.full((9, 7, 3), -1e4)]])  # nothing is clipped
    many = np.repeat(wide, 100, axis=0)
    by = (apply(PcaJitter(strength=0.1), many) - many)[:4000]
    np.testing.assert_allclose(by, np.broadcast_to(by[:, :1, :1], by.shape), atol=1e-7)
    expected = 0.1**2 * np.cov(many.reshape(-1, 3), rowvar=False)
    np.testing.assert_allclose(np.cov(by[:, 0, 0], rowvar=False), expected, rtol=0.1)


def test_noise_is_a_share_of_the_range_and_stays_within_it():
    grey = np.full((50, 20, 20, 1), 5.0)
    grey[0, 0, 0], grey[0, 0, 1] = 0, 10
    found = apply(PictureNoise(strength=5), grey)
    assert (found[1:] - 5).std() == pytest.approx(0.5, rel=0.03)
    assert found.min() >= 0
    assert found.max() <= 10


def test_a_blur_is_that_of_scipy():
    blur = Blur(strength=1.5, probability=100)
    found = apply(blur, COLOUR)
    random = chance()
    random.random(40)  # which pictures
    for picture, ours, width in zip(COLOUR, found, random.uniform(0, 1.5, 40), strict=True):
        theirs = ndimage.gaussian_filter(picture, max(width, 1e-3), axes=(0, 1), mode="nearest", radius=5)
        np.testing.assert_allclose(ours, theirs, atol=1e-9)


# --- any samples ------------------------------------------------------------------------------------


def test_a_label_shuffle_draws_each_class_equally_often():
    labels = np.repeat([0, 1, 3], [90, 8, 2])
    raw = np.arange(100.0)[:, None]
    found, drawn = LabelShuffle().apply(raw, labels, chance())
    assert sorted(np.bincount(drawn, minlength=4)) == [0, 33, 33, 34]
    np.testing.assert_array_equal(labels[found[:, 0].astype(int)], drawn)
    of_the_rare = np.bincount(found[drawn == 1, 0].astype(int))[90:98]
    assert set(of_the_rare) <= {4, 5}
    assert len(set(drawn[:20])) == 3  # no class after the other


def test_a_mix_up_blends_inputs_and_shares_alike():
    raw, targets = np.eye(50), np.eye(50)
    found, blended = MixUp(strength=1).apply(raw, targets, chance())
    np.testing.assert_array_equal(found, blended)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert ((found > 0).sum(axis=1) <= 2).all()
    shares_of_self = MixUp(strength=0.4).apply(np.eye(2000), np.eye(2000), chance())[0].diagonal()
    assert shares_of_self.mean() == pytest.approx(0.5, abs=0.03)
    assert shares_of_self.var() == pytest.approx(0.25 / (2 * 0.4 + 1), rel=0.1)  # that of Beta(0.4, 0.4)


def test_noise_of_rows_goes_by_the_spread_of_columns():
    rows = chance().normal(size=(5000, 2)) * [1, 1000]
    by = apply(RowNoise(strength=20), rows) - rows
    assert by.std(axis=0) == pytest.approx([0.2, 200], rel=0.05)


# --- sequences --------------------------------------------------------------------------------------

SHORTER = SEQUENCES.copy()
for short, ending in enumerate(np.arange(60) % 11 + 1):
    SHORTER[short, ending:] = np.nan


def test_noise_on_steps_goes_by_the_spread_of_each_column_and_leaves_ends_where_they_are():
    raw = chance().normal(size=(3000, 8, 2)) * [1, 1000]
    raw[::2, 5:] = np.nan
    found = apply(SequenceNoise(strength=20), raw)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(raw))
    assert np.nanstd(found - raw, axis=(0, 1)) == pytest.approx([0.2, 200], rel=0.05)


def test_a_shift_in_time_moves_whole_sequences_and_zeros_come_in():
    found = apply(TimeShift(strength=3), SHORTER)
    np.testing.assert_array_equal(lengths(found), lengths(SHORTER))
    moves = set()
    for new, old, steps in zip(found, SHORTER, lengths(SHORTER), strict=True):
        fitting = [
            by
            for by in range(-3, 4)
            if all((new[s] == (old[s - by] if 0 <= s - by < steps else 0)).all() for s in range(steps))
        ]
        assert fitting
        moves |= {*fitting} if steps > 6 else set()
    assert moves == set(range(-3, 4))


@pytest.mark.parametrize("piece", ["end", "any"])
def test_a_crop_is_a_piece_of_its_sequence_and_no_shorter_than_it_may_be(piece):
    found = apply(SequenceCrop(strength=50, piece=piece, probability=100), np.repeat(SHORTER, 20, axis=0))
    beginnings = set()
    for new, old in zip(found, np.repeat(SHORTER, 20, axis=0), strict=True):
        whole, left = (int(lengths(each[np.newaxis])[0]) for each in (old, new))
        assert whole - whole // 2 <= left <= whole
        first = next(d for d in range(whole - left + 1) if (old[d : d + left] == new[:left]).all())
        assert piece == "any" or first == whole - left
        beginnings.add((whole, left, first))
    assert (11, 6, 5) in beginnings
    assert ((11, 6, 2) in beginnings) == (piece == "any")


def test_the_network_is_told_of_what_is_cropped():
    start = Experiment().with_dataset(Waves(samples=40, window=10))
    crop = SequenceCrop(strength=50, probability=100)
    trainer = Trainer(start.with_(data=start.data.with_(augmentations=(crop,))))
    trainer.run(3)
    lesson = trainer.machine._lesson.inputs
    assert np.isnan(lesson[:, 9]).mean() > 0.5
    assert np.isfinite(trainer.network.gradients).all()


# --- which fit --------------------------------------------------------------------------------------

POINT_KINDS = {"jitter", "point_shift", "point_scale", "point_rotation", "point_reflection"}
GREY_KINDS = {
    "horizontal_flip", "vertical_flip", "picture_shift", "random_crop", "picture_rotation", "picture_scale",
    "cut_out", "colour_jitter", "picture_noise", "blur",
}  # fmt: skip


@pytest.mark.parametrize(
    ("dataset", "kinds"),
    [
        (Circle(), POINT_KINDS | {"label_shuffle", "mix_up"}),
        (Plane(), POINT_KINDS | {"mix_up"}),
        (Sine(), POINT_KINDS - {"point_rotation"} | {"mix_up"}),
        (Digits(), GREY_KINDS | {"label_shuffle", "mix_up"}),
        (Wine(), {"row_noise", "label_shuffle", "mix_up"}),
        (Waves(), {"sequence_noise", "sequence_crop", "mix_up"}),
        (Echo(), {"sequence_noise", "mix_up"}),
        (Adding(), {"sequence_noise", "time_shift", "sequence_crop", "mix_up"}),
        (Brackets(), {"label_shuffle", "mix_up"}),
        (OwnText(), {"sequence_crop", "label_shuffle", "mix_up"}),
    ],
    ids=lambda case: case.tag() if hasattr(case, "tag") else "",
)
def test_what_fits_follows_from_what_a_sample_is(dataset, kinds):
    assert {member.tag() for member in MEMBERS if member.fits(dataset)} == kinds


def test_what_does_not_fit_is_refused_with_a_sentence():
    sentence = "augmentations: Rotation is for pictures, which Circle does not have"
    with pytest.raises(InvalidValue, match=sentence):
        Data().with_(augmentations=(PictureRotation(),))
    with pytest.raises(InvalidValue, match="must have at most 8 entries, got 9"):
        Data().with_(augmentations=(Jitter(),) * 9)


def test_another_dataset_keeps_what_fits_it():
    data = Data().with_(augmentations=(PointRotation(), Jitter(), LabelShuffle()))
    assert data.with_dataset(Sine()).augmentations == (Jitter(),)
    assert data.with_dataset(Digits()).augmentations == (LabelShuffle(),)
    assert data.with_dataset(Diabetes()).augmentations == ()
