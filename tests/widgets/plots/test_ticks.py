import pytest

from widgets.plots.ticks import growing_limit, linear_limits, linear_ticks, log_limits, log_ticks


def texts(ticks):
    return [text for _, text in ticks]


@pytest.mark.parametrize(
    ("low", "high", "limits"),
    [
        (0, 0.69, (0, 0.8)),
        (0, 0.8, (0, 0.8)),
        (41, 98.3, (40, 100)),
        (-1.2, 1.1, (-2, 2)),
        (0, 7e-6, (0, 8e-6)),
    ],
)
def test_a_linear_axis_ends_at_round_numbers(low, high, limits):
    assert linear_limits(low, high, 4) == pytest.approx(limits)


@pytest.mark.parametrize(("low", "high"), [(0, 0), (3, 3), (-2, -2), (0, 1e-320)])
def test_an_axis_of_one_value_still_has_a_length(low, high):
    bottom, top = linear_limits(low, high, 4)

    assert bottom <= low <= high <= top
    assert bottom < top


def test_all_labels_of_an_axis_have_the_same_decimals():
    assert texts(linear_ticks((0, 0.8), 4)) == ["0.0", "0.2", "0.4", "0.6", "0.8"]
    assert texts(linear_ticks((-6, 6), 6)) == ["−6", "−4", "−2", "0", "2", "4", "6"]
    assert texts(linear_ticks((0, 12000), 3)) == ["0", "5\u2009000", "10\u2009000"]
    assert texts(linear_ticks((0, 2e7), 2)) == ["0", "1e7", "2e7"]


def test_a_logarithmic_axis_ends_at_powers_of_ten():
    assert log_limits(-3.2, -0.4) == (-4, 0)
    assert log_limits(-2, -2) == (-2, -1)


def test_a_logarithmic_axis_is_labelled_at_powers_of_ten():
    assert texts(log_ticks((-4, 0), 5)) == ["1e−4", "1e−3", "1e−2", "1e−1", "1"]
    assert texts(log_ticks((-8, 0), 4)) == ["1e−8", "1e−6", "1e−4", "1e−2", "1"]
    assert texts(log_ticks((-1, 0), 5)) == ["0.1", "0.2", "0.5", "1"]


@pytest.mark.parametrize("value", [0, 3, 10, 11, 100, 482, 1000, 77_777])
def test_a_growing_axis_leaves_little_free(value):
    limit = growing_limit(value)

    assert value <= limit <= max(10, value * 17 / 16 + 1e-9)


def test_a_growing_axis_seldom_moves():
    limits = {growing_limit(epoch) for epoch in range(512, 1024)}

    assert len(limits) <= 17
