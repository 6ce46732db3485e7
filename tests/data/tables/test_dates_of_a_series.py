"""A series counts rows as equally far apart, and says where their dates are not."""

from datetime import date, timedelta

import pytest

from playground.data.tables.reading import guess, read
from playground.data.tables.series import of_uneven_dates
from widgets.dialogs.tables.plan import TablePlan


def table_of(days):
    """A value for each of these dates, as they would stand in a file."""
    cells = "\n".join(["day\tvalue", *(f"{day}\t{row}.5" for row, day in enumerate(days))])
    return read(cells, guess(cells))


def daily(count):
    return [date(2024, 1, 1) + timedelta(days=number) for number in range(count)]


MONTHLY = [date(2023 + month // 12, month % 12 + 1, 1) for month in range(24)]


@pytest.mark.parametrize("days", [daily(30), daily(30)[::-1], daily(60)[::7], MONTHLY])
def test_nothing_is_said_of_days_weeks_and_months(days):
    assert of_uneven_dates(table_of(days)) is None


def test_weekends_and_gaps_are_counted():
    working = [day for day in daily(21) if day.weekday() < 5]
    said = of_uneven_dates(table_of(working))
    assert str(said).startswith("The dates are not equally far apart: 24 h as a rule, 2 times not.")


def test_a_table_without_dates_has_none_that_are_uneven():
    cells = "a\tb\n1\t2\n5\t3\n6\t4"
    assert of_uneven_dates(read(cells, guess(cells))) is None


def test_it_is_said_when_a_column_is_chosen_as_a_series_and_not_before():
    plan = TablePlan.of(table_of([*daily(20), date(2024, 3, 1)]))
    assert not plan.without("value").remarks
    (remark,) = plan.over_time("value").remarks
    assert "1 times not" in str(remark)
