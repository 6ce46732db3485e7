"""Whatever a person does while it trains: nothing fails, nothing piles up, and undo leads back."""

from collections import Counter

import pytest
from random_gestures import session

from widgets import theme

MORE_WIDGETS = 450
"""How many more there may be later on, of 900: pages, tabs and views are made when they are first seen."""

SEEDS = {2: 900}
"""Seeds that found something once, and how many gestures; by hand 35, 36, 42, 43 and 1002 did, with 4,000."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("seed", "count"), SEEDS.items())
def test_random_gestures_do_no_harm(qapp, tmp_path, seed, count):
    theme.apply(qapp, "dark")
    kinds, threads = zip(*session(tmp_path, seed, [count // 6] * 6), strict=True)
    early, late = max(kinds[:3], key=Counter.total), min(kinds[3:], key=Counter.total)
    assert late.total() <= early.total() + MORE_WIDGETS, late - early
    assert threads[-1] <= max(threads[:3]) + 1
