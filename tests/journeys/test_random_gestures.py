"""Whatever a person does while it trains: nothing fails, nothing piles up, and undo leads back."""

import pytest
from random_gestures import session

from widgets import theme

MORE_WIDGETS = 60
"""How many more there may be later on, of 500 or so: some are made when they are first used."""

SEEDS = {2: 2_000}
"""Seeds that found something once, and how many gestures each; by hand 35, 36, 42 and 43 did, with 4,000."""


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("seed", "count"), SEEDS.items())
def test_random_gestures_do_no_harm(qapp, tmp_path, seed, count):
    theme.apply(qapp, "dark")
    (early, threads), (late, more_threads) = session(tmp_path, seed, (count // 2, count // 2))
    assert late.total() <= early.total() + MORE_WIDGETS, late - early
    assert more_threads <= threads + 1  # what runs in the background has one when it first does
