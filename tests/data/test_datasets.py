"""Every dataset is finite, balanced and repeatable, and has the shape that its name promises."""

import sys

import numpy as np
import pytest

from playground.data import Dataset, Recipe, preview
from playground.data.dataset import ManyClasses
from playground.data.datasets.recipes import (
    AbsoluteValue,
    Blobs,
    Bumps,
    Checkerboard,
    Circle,
    ConcentricRings,
    FormulaBorder,
    FormulaCurve,
    FormulaSurface,
    Gauss,
    LinearSeparation,
    Molecules,
    Moons,
    MultiGauss,
    NoisyCubic,
    Parity,
    Pinwheel,
    Plane,
    Rings,
    Ripple,
    Saddle,
    Sawtooth,
    Sine,
    Spiral,
    SpiralArms,
    Stairs,
    Xor,
)
from playground.data.datasets.sequences import SequenceParity
from playground.randomness import Pcg64, Rc4
from playground.value import InvalidValue

EVERY = pytest.mark.parametrize("kind", Recipe.members(), ids=lambda kind: kind.tag())
OF_ROWS = pytest.mark.parametrize(
    "kind", [kind for kind in Recipe.members() if kind().shape.is_row], ids=lambda kind: kind.tag()
)
BY_PLACE = {Xor, Checkerboard, LinearSeparation, Parity, SequenceParity, FormulaBorder, Molecules}
"""Those whose classes fall out of where the points fall, and are as frequent as it happens."""
MANY = pytest.mark.parametrize("kind", ManyClasses.members(), ids=lambda kind: kind.tag())


def generate(dataset, seed=42):
    return dataset.take(Pcg64(seed=seed).streams().data)


def radius(samples):
    return np.hypot(*samples.raw.T)


# --- every dataset ----------------------------------------------------------------------------------


def test_the_tags_of_tf_playground_are_all_there():
    tags = [kind.tag() for kind in Dataset.members()]
    assert len(tags) == len(set(tags))
    assert {"circle", "xor", "gauss", "spiral", "plane", "multi_gauss"} <= set(tags)


@OF_ROWS
@pytest.mark.parametrize("noise", [0, 30, 100])
@pytest.mark.parametrize("n", [10, 11, 500])
def test_samples_are_finite_and_of_the_right_shape(kind, n, noise):
    samples = generate(kind(samples=n, noise=noise))
    assert samples.raw.shape == (n, *kind().shape.sizes)
    assert samples.raw.dtype == np.float64
    assert samples.targets.shape == (n,)
    assert samples.targets.dtype == (np.int64 if samples.task.kind == "classification" else np.float64)
    assert np.isfinite(samples.raw).all()
    assert np.isfinite(samples.targets).all()


@EVERY
def test_a_seed_gives_the_same_samples_again_and_another_seed_gives_others(kind):
    once, again, other = (generate(kind(noise=20), seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(once.raw, again.raw)
    np.testing.assert_array_equal(once.targets, again.targets)
    assert not np.array_equal(once.raw, other.raw)


@OF_ROWS
def test_clean_samples_lie_within_the_drawn_range(kind):
    low, high = kind().columns[0].range
    samples = generate(kind())
    assert samples.raw.min() >= low
    assert samples.raw.max() <= high
    assert np.ptp(samples.raw) > (high - low) / 2


@EVERY
def test_noise_draws_as_many_numbers_as_no_noise(kind):
    clean, noisy = Pcg64().streams().data, Pcg64().streams().data
    kind().take(clean)
    kind(noise=40).take(noisy)
    assert clean.uniform(3).tolist() == noisy.uniform(3).tolist()


@EVERY
def test_noise_changes_the_samples(kind):
    clean, noisy = generate(kind()), generate(kind(noise=50))
    assert not (np.array_equal(clean.raw, noisy.raw) and np.array_equal(clean.targets, noisy.targets))


@EVERY
def test_classes_are_balanced_and_named(kind):
    samples = generate(kind(samples=1001))
    if samples.task.kind == "regression":
        assert samples.task.classes == 0
        return
    counts = np.bincount(samples.targets, minlength=samples.task.classes)
    assert len(counts) == samples.task.classes == len(set(samples.task.class_names))
    assert np.ptp(counts) <= (300 if kind in BY_PLACE else 1)


@EVERY
def test_a_dataset_survives_json(kind):
    dataset = kind(samples=77, noise=12.5)
    assert kind.model_validate_json(dataset.model_dump_json()) == dataset


@EVERY
def test_a_dataset_explains_itself(kind):
    assert kind.title
    assert kind.help.endswith(".")


@OF_ROWS
def test_a_preview_is_small_and_always_the_same(kind):
    once, again = preview(kind(samples=50_000), count=64), preview(kind(), count=64)
    assert len(once.targets) == 64
    np.testing.assert_array_equal(once.raw, again.raw)


@OF_ROWS
def test_all_samples_are_made_at_once_however_many(kind):
    few, many = (lines_run(lambda n=n: generate(kind(samples=n))) for n in (500, 50_000))
    assert many < few + 100


def lines_run(work):
    """How many lines of Python are run by it, each time anew: loops over samples show."""
    lines = 0

    def count(_frame, event, _argument):
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return lines


@OF_ROWS
def test_rc4_serves_every_dataset(kind):
    assert np.isfinite(kind(samples=50).take(Rc4("0.5")).raw).all()


@MANY
@pytest.mark.parametrize("classes", range(2, 9))
def test_any_number_of_classes_is_drawn(kind, classes):
    samples = generate(kind(classes=classes))
    assert set(samples.targets.tolist()) == set(range(classes))
    assert samples.task.classes == classes
    assert np.abs(samples.raw).max() <= 6


# --- each by its geometry ---------------------------------------------------------------------------


def test_a_clean_circle_is_blue_inside_and_orange_outside():
    samples = generate(Circle())
    inside = radius(samples) < 2.5
    np.testing.assert_array_equal(samples.targets, inside.astype(int))
    assert radius(samples)[~inside].min() >= 3.5
    assert radius(samples).max() <= 5


def test_noise_moves_the_labels_of_a_circle_and_not_its_points():
    clean, noisy = generate(Circle()), generate(Circle(noise=50))
    np.testing.assert_array_equal(clean.raw, noisy.raw)
    assert 0 < np.mean(clean.targets != noisy.targets) < 0.5


def test_a_clean_xor_is_blue_where_the_signs_agree():
    samples = generate(Xor())
    x, y = samples.raw.T
    np.testing.assert_array_equal(samples.targets, (np.sign(x) == np.sign(y)).astype(int))
    assert np.abs(samples.raw).min() >= 0.3
    assert np.abs(samples.raw).max() <= 5.3


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (50, 4.0)])
def test_gaussians_have_their_centers_and_variance(noise, variance):
    samples = generate(Gauss(samples=20_000, noise=noise))
    for label, center in ((1, 2), (0, -2)):
        cloud = samples.raw[samples.targets == label]
        np.testing.assert_allclose(cloud.mean(axis=0), center, atol=0.1)
        np.testing.assert_allclose(cloud.var(axis=0), variance, rtol=0.05)


def test_one_arm_of_a_clean_spiral_is_the_other_turned_by_half():
    samples = generate(Spiral())
    blue = samples.raw[samples.targets == 1]
    orange = samples.raw[samples.targets == 0]
    np.testing.assert_allclose(blue, -orange, atol=1e-12)
    np.testing.assert_allclose(np.hypot(*blue.T), np.arange(250) / 50, atol=1e-12)


def test_two_spiral_arms_of_one_and_three_quarter_turns_are_the_spiral():
    spiral, arms = generate(Spiral()), generate(SpiralArms(classes=2, turns=1.75))
    np.testing.assert_allclose(spiral.raw, arms.raw, atol=1e-12)
    np.testing.assert_array_equal(spiral.targets, 1 - arms.targets)


def test_clean_moons_are_half_circles_of_one_radius():
    samples = generate(Moons())
    upper = samples.raw[samples.targets == 0] - [-1.5, -0.75]
    lower = samples.raw[samples.targets == 1] - [1.5, 0.75]
    np.testing.assert_allclose(np.hypot(*upper.T), 3)
    np.testing.assert_allclose(np.hypot(*lower.T), 3)
    assert upper[:, 1].min() >= 0
    assert lower[:, 1].max() <= 0


def test_clean_blobs_are_nearest_to_their_own_center():
    samples = generate(Blobs(classes=5))
    centers = np.array([samples.raw[samples.targets == k].mean(axis=0) for k in range(5)])
    np.testing.assert_allclose(np.hypot(*centers.T), 3.5, atol=0.2)
    distance = np.hypot(*(samples.raw[:, np.newaxis] - centers).transpose(2, 0, 1))
    assert np.mean(distance.argmin(axis=1) == samples.targets) > 0.98


def test_clean_rings_follow_one_another_with_gaps():
    samples = generate(Rings(classes=4))
    np.testing.assert_array_equal(samples.targets, (radius(samples) / 1.25).astype(int))
    assert (radius(samples) / 1.25 % 1).max() <= 0.7 + 1e-9


def test_a_clean_plane_is_a_tenth_of_the_sum():
    samples = generate(Plane())
    np.testing.assert_allclose(samples.targets, samples.raw.sum(axis=1) / 10)


def test_clean_gaussian_hills_are_one_at_their_centers_and_level_two_away():
    samples = generate(MultiGauss(samples=50_000))
    centers = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
    far = np.ones(50_000, dtype=bool)
    for x, y, sign in centers:
        distance = np.hypot(*(samples.raw - [x, y]).T)
        near = distance < 2
        far &= ~near
        np.testing.assert_allclose(samples.targets[near], sign * (1 - distance[near] / 2))
    assert not samples.targets[far].any()


def test_a_clean_sine_is_the_sine_of_its_one_coordinate():
    samples = generate(Sine(frequency=2))
    assert [column.name for column in Sine().columns] == ["x"]
    np.testing.assert_array_equal(samples.targets, np.sin(2 * samples.raw[:, 0]))


def test_noise_scatters_a_sine_by_its_percentage():
    samples = generate(Sine(samples=20_000, noise=25))
    error = samples.targets - np.sin(samples.raw[:, 0])
    assert error.std() == pytest.approx(0.25, rel=0.05)


# --- two classes, by their definitions --------------------------------------------------------------


def test_a_clean_checkerboard_is_coloured_as_a_board_with_blue_in_the_corner():
    samples = generate(Checkerboard(squares=4, samples=2000))
    columns, rows = (np.digitize(values, [-2.5, 0, 2.5]) for values in samples.raw.T)
    np.testing.assert_array_equal(samples.targets, (columns % 2 == rows % 2).astype(int))
    assert len(set(zip(columns.tolist(), rows.tolist(), strict=True))) == 16


def test_a_checkerboard_of_two_by_two_is_exclusive_or():
    samples = generate(Checkerboard(squares=2))
    np.testing.assert_array_equal(samples.targets, (np.prod(samples.raw, axis=1) > 0).astype(int))


@pytest.mark.parametrize("kind", [Checkerboard, LinearSeparation, Parity])
def test_noise_turns_labels_over_and_moves_nothing(kind):
    clean, noisy = generate(kind()), generate(kind(noise=30))
    np.testing.assert_array_equal(clean.raw, noisy.raw)
    assert 0 < np.mean(clean.targets != noisy.targets) < 0.5


@pytest.mark.parametrize("rings", [2, 3, 8])
def test_clean_concentric_rings_are_blue_and_orange_by_turns_from_the_middle(rings):
    samples = generate(ConcentricRings(rings=rings))
    ring = np.floor(radius(samples) / 5 * rings).astype(int)
    np.testing.assert_array_equal(samples.targets, ring % 2 == 0)
    assert set(ring.tolist()) == set(range(rings))
    assert (radius(samples) / 5 * rings % 1).max() <= 0.7 + 1e-9


@pytest.mark.parametrize(("slope", "intercept"), [(0.5, 1), (-3, -2), (0, 4), (20, -4)])
def test_clean_classes_lie_on_the_two_sides_of_the_line(slope, intercept):
    samples = generate(LinearSeparation(slope=slope, intercept=intercept, samples=1000))
    x, y = samples.raw.T
    np.testing.assert_array_equal(samples.targets, y - slope * x - intercept > 0)
    assert set(samples.targets.tolist()) == {0, 1}
    assert np.abs(samples.raw).max() <= 5


def test_one_neuron_is_the_line_that_its_advice_says():
    samples = generate(LinearSeparation(slope=1.5, intercept=-1))
    net_input = samples.raw @ [-1.5, 1] - -1
    np.testing.assert_array_equal(samples.targets, net_input > 0)


# --- many classes -----------------------------------------------------------------------------------


def test_the_blades_of_a_pinwheel_are_one_blade_turned():
    samples = generate(Pinwheel(classes=4, twist=0, samples=4000))
    angle = np.arctan2(*samples.raw.T[::-1])
    for blade in range(4):
        off = (angle[samples.targets == blade] - blade * np.pi / 2 + np.pi) % (2 * np.pi) - np.pi
        assert abs(off.mean()) < 0.02
        assert np.abs(off).max() < np.pi / 4


def test_a_pinwheel_is_bent_by_its_twist_times_e_to_the_radius():
    straight, bent = (generate(Pinwheel(twist=twist)) for twist in (0, 0.5))
    (before, after), classes = (each.raw @ [1, 1j] for each in (straight, bent)), straight.targets
    along = (before * np.exp(-2j * np.pi * classes / 3)).real / 3
    np.testing.assert_allclose(after / before, np.exp(0.5j * np.exp(along)))


def test_noise_widens_the_blades_of_a_pinwheel():
    clean, noisy = (generate(Pinwheel(twist=0, classes=2, noise=noise)) for noise in (0, 50))
    assert noisy.raw[:, 1].std() > 2 * clean.raw[:, 1].std()
    np.testing.assert_allclose(clean.raw[:, 0], noisy.raw[:, 0], atol=1e-9)


# --- values over the plane and the line -------------------------------------------------------------


def test_a_clean_saddle_rises_along_one_axis_and_falls_along_the_other():
    samples = generate(Saddle())
    x, y = samples.raw.T
    np.testing.assert_allclose(samples.targets * 36, x * x - y * y)


def test_a_clean_ripple_is_a_cosine_of_the_radius():
    samples = generate(Ripple(frequency=2.5))
    np.testing.assert_allclose(samples.targets, np.cos(2.5 * radius(samples)))


@pytest.mark.parametrize("kind", [Saddle, Ripple])
def test_noise_moves_the_values_of_a_surface_and_not_its_points(kind):
    clean, noisy = generate(kind()), generate(kind(noise=20))
    np.testing.assert_array_equal(clean.raw, noisy.raw)
    assert not np.allclose(clean.targets, noisy.targets)


def over_the_line(dataset):
    samples = generate(dataset.with_(samples=2000, noise=0))
    return samples.raw[:, 0], samples.targets


def test_one_step_is_the_sign():
    x, t = over_the_line(Stairs())
    np.testing.assert_array_equal(t, np.where(x >= 0, 1, -1))


def test_three_steps_are_four_levels_at_equal_distances():
    x, t = over_the_line(Stairs(steps=3))
    np.testing.assert_allclose(t, np.array([-1, -1 / 3, 1 / 3, 1])[np.digitize(x, [-3, 0, 3])], atol=1e-12)


def test_a_sawtooth_rises_by_two_in_a_period_through_zero():
    x, t = over_the_line(Sawtooth(period=4))
    inner = np.abs(x) < 2
    np.testing.assert_allclose(t[inner], x[inner] / 2)
    outer = (x > 2) & (x < 6)
    np.testing.assert_allclose(t[outer], (x[outer] - 4) / 2, atol=1e-12)
    assert t.min() >= -1
    assert t.max() <= 1


def test_an_absolute_value_is_two_rectifiers():
    x, t = over_the_line(AbsoluteValue())
    np.testing.assert_allclose(t, np.maximum(x, 0) / 3 + np.maximum(-x, 0) / 3 - 1)


def test_bumps_are_as_high_as_they_say_and_level_between():
    heights = Bumps().value(np.array([-4.5, -2, 0.5, 2.5, 4.5]))
    np.testing.assert_allclose(heights, [0.6, -0.9, 1.0, -0.6, 0.9], atol=0.02)
    assert abs(Bumps().value(np.array([3.6]))[0]) < 0.01


def test_a_noisy_cubic_is_noisy_as_it_stands():
    x, t = over_the_line(NoisyCubic())
    np.testing.assert_allclose(t, (x / 10) ** 3 * 10)
    samples = generate(NoisyCubic(samples=20_000))
    error = samples.targets - samples.raw[:, 0] ** 3 / 100
    assert error.std() == pytest.approx(0.2, rel=0.05)


# --- by formula -------------------------------------------------------------------------------------


def test_a_border_by_formula_is_where_it_is_zero():
    samples = generate(FormulaBorder(expression="x1^2 + x2^2 - 9"))
    np.testing.assert_array_equal(samples.targets, radius(samples) > 3)


def test_surface_and_curve_by_formula_have_its_values():
    samples = generate(FormulaSurface(expression="x₁ x₂ / 36"))
    np.testing.assert_allclose(samples.targets, np.prod(samples.raw, axis=1) / 36)
    x, t = over_the_line(FormulaCurve(expression="2x - 1"))
    np.testing.assert_allclose(t, 2 * x - 1)


@pytest.mark.parametrize("noise", [30, 100])
def test_noise_never_leaves_where_a_formula_has_a_value(noise):
    dataset = FormulaSurface(expression="sqrt(6 - x1) + log(6.1 + x2)", noise=noise)
    assert np.isfinite(generate(dataset).targets).all()


@pytest.mark.parametrize(
    ("kind", "expression", "sentence"),
    [
        (
            FormulaBorder,
            "log(x1)",
            "has no value where x₁ = -6: log is of numbers above 0 alone",
        ),
        (FormulaSurface, "1 / x2", "has no value where x₂ = 0: it divides by 0 there, in “1 / x2”"),
        (
            FormulaCurve,
            "x2",
            "cannot be read at character 1, before “x2”: “x2” is not known",
        ),
        (FormulaCurve, "1 +", "cannot be read at the end: a value is missing"),
    ],
)
def test_a_formula_without_a_value_somewhere_is_refused_with_the_place(kind, expression, sentence):
    with pytest.raises(InvalidValue) as refusal:
        kind().with_(expression=expression)
    assert str(refusal.value).startswith(f"expression: {sentence}")


# --- bits -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [2, 5, 12])
def test_clean_parity_is_whether_the_ones_are_odd_in_number(bits):
    samples = generate(Parity(bits=bits))
    assert samples.raw.shape == (500, bits)
    assert set(samples.raw.ravel().tolist()) == {0, 1}
    ones = ["".join(str(int(bit)) for bit in row).count("1") for row in samples.raw]
    odd = [samples.task.class_names[target] == "odd" for target in samples.targets]
    assert odd == [count % 2 == 1 for count in ones]


def test_noise_turns_half_as_many_labels_of_parity_over_as_it_has_percent():
    clean, noisy = (generate(Parity(samples=20_000, noise=noise)) for noise in (0, 40))
    assert np.mean(clean.targets != noisy.targets) == pytest.approx(0.2, abs=0.02)


def test_every_row_of_three_bits_is_drawn():
    rows = generate(Parity(bits=3)).raw
    assert len(np.unique(rows, axis=0)) == 8
