"""Words for people are the same wherever the program runs."""

from datetime import datetime

import pytest

from playground.words import moment


@pytest.mark.parametrize(("month", "told"), [(3, "2026-03-05 14:07:09"), (12, "2026-12-05 14:07:09")])
def test_a_moment_is_told_in_digits_by_the_clock_of_the_place(month, told):
    assert moment(datetime(2026, month, 5, 14, 7, 9).astimezone()) == told
