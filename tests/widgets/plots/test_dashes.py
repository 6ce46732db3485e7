import numpy as np
import pytest

from widgets.plots.dashes import dashed


def pieces(start, end, count):
    """A straight line in pieces that each lie within one period."""
    ends = np.linspace(start, end, count + 1)
    return np.hstack([ends[:-1], ends[1:]])


def length(segments):
    return np.hypot(segments[:, 2] - segments[:, 0], segments[:, 3] - segments[:, 1]).sum()


@pytest.mark.parametrize("end", [(10, 0), (0, 10), (10, 10), (10, -10), (-10, 3)])
def test_a_dash_covers_its_share_of_every_line(end):
    line = pieces((0.0, 0.0), end, 10)

    assert length(dashed(line, 0.0, 1.0, share=0.6)) == pytest.approx(0.6 * length(line))


def test_dashes_stand_still_when_the_line_begins_elsewhere():
    line = dashed(pieces((0.0, 0.0), (4.0, 0.0), 4), 0.0, 1.0, share=0.5)

    assert line[:, [0, 2]].tolist() == [[0, 0.5], [1, 1.5], [2, 2.5], [3, 3.5]]


def test_points_without_length_vanish():
    assert len(dashed(np.array([[1.2, 3.0, 1.2, 3.0]]), 0.0, 1.0)) == 0
    assert len(dashed(np.empty((0, 4)), 0.0, 1.0)) == 0
