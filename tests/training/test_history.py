"""The history holds one row an epoch, thins itself evenly, and is exact at both ends."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.training import history as module
from playground.training.history import CAPACITY, SEEN, History


@pytest.fixture
def small(monkeypatch):
    """A table of eight rows, so that it thins soon."""
    monkeypatch.setattr(module, "CAPACITY", 8)


def row(epoch, **values):
    return {"epoch": float(epoch), "step": 10.0 * epoch, "loss": 1 / (1 + epoch)} | values


def record_to(history, last, first=0):
    """The rows that a trainer records: each epoch that is wanted, and the present one."""
    for epoch in range(first, last + 1):
        if history.wants(epoch) or epoch == last:
            history.record(row(epoch))
    return history


def epochs(history):
    return history.columns()["epoch"].tolist()


def test_a_row_holds_what_was_recorded():
    history = History()
    history.record(row(0))
    history.record(row(1))
    columns = history.columns()
    assert list(columns) == ["epoch", "step", "loss"]
    assert columns["step"].tolist() == [0, 10]
    assert columns["loss"].tolist() == [1, 0.5]


def test_an_empty_history_has_no_columns():
    assert dict(History().columns()) == {}


def test_what_was_not_measured_is_no_number():
    history = History()
    history.record(row(0))
    history.record(row(1, extra=5.0))
    history.record({"epoch": 2.0})
    columns = history.columns()
    assert math.isnan(columns["extra"][0])
    assert columns["extra"][1] == 5
    assert math.isnan(columns["extra"][2])
    assert math.isnan(columns["loss"][2])


def test_the_present_moment_is_the_last_row_until_the_next_takes_its_place():
    history = record_to(History(), 3)
    history.record(row(3.25))
    assert epochs(history) == [0, 1, 2, 3, 3.25]
    history.record(row(3.5))
    assert epochs(history) == [0, 1, 2, 3, 3.5]
    history.record(row(4))
    assert epochs(history) == [0, 1, 2, 3, 4]


def test_an_epoch_recorded_again_keeps_one_row_the_latest():
    history = record_to(History(), 2)
    history.record(row(2, loss=7.0))
    history.record(row(2, loss=8.0))
    assert epochs(history) == [0, 1, 2]
    assert history.columns()["loss"][-1] == 8


def test_recording_one_moment_over_and_over_fills_nothing():
    history = record_to(History(), 2)
    for _ in range(1000):
        history.record(row(2))
    assert epochs(history) == [0, 1, 2]
    assert history.stride == 1


def test_fifty_thousand_epochs_fit_into_a_table_of_two_thousand_rows():
    history, most = History(capacity=2000), 0
    for epoch in range(50_001):
        if history.wants(epoch):
            history.record(row(epoch))
        if epoch % 500 == 0:
            most = max(most, len(epochs(history)))
    history.record(row(50_000))
    kept = np.array(epochs(history))
    assert most <= 2000
    assert 1000 <= len(kept) <= 2000
    assert (kept[0], kept[-1]) == (0, 50_000)
    assert history.stride == 32
    assert (kept[:-1] % 32 == 0).all()
    assert (np.diff(kept[:-1]) == 32).all()
    np.testing.assert_array_equal(history.columns()["step"], 10 * kept)
    np.testing.assert_array_equal(history.columns()["loss"], 1 / (1 + kept))


@given(last=st.integers(0, 300), part=st.floats(0.01, 0.99))
@settings(deadline=None)
def test_at_every_moment_the_rows_are_the_multiples_of_the_stride_and_the_present(last, part):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "CAPACITY", 8)
        history = record_to(History(), last)
        history.record(row(last + part))
    kept = epochs(history)
    assert kept == [*range(0, last + 1, history.stride), last + part]
    assert len(kept) <= 8
    assert history.stride == 1 or len(kept) > 4


@pytest.mark.usefixtures("small")
def test_a_part_of_an_epoch_is_never_kept():
    history = History()
    for tenth in range(1000):
        history.record(row(tenth / 10))
    assert all(epoch.is_integer() for epoch in epochs(history)[:-1])


@pytest.mark.usefixtures("small")
def test_the_row_that_thinning_takes_away_stays_while_it_is_the_present():
    history = record_to(History(), 7)
    assert epochs(history) == [0, 2, 4, 6, 7]
    history.record(row(8))
    assert epochs(history) == [0, 2, 4, 6, 8]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("last", [0, 1, 3, 6, 7, 8, 13, 14, 15, 27, 28, 29, 100])
@pytest.mark.parametrize("more", [0, 0.5])
def test_a_history_read_back_goes_on_as_if_it_had_never_stopped(last, more):
    history = record_to(History(), last)
    if more:
        history.record(row(last + more))
    copy = History(history.columns())
    assert copy.stride == history.stride
    for one in (history, copy):
        record_to(one, last + 60, first=last + 1)
    for name, column in history.columns().items():
        np.testing.assert_array_equal(copy.columns()[name], column)


def test_columns_are_copies():
    history = record_to(History(), 2)
    before = history.columns()
    kept = {name: column.copy() for name, column in before.items()}
    record_to(history, 5, first=3)
    history.record(row(5, loss=-1.0))
    for name, column in before.items():
        np.testing.assert_array_equal(column, kept[name])


def test_columns_are_made_once_a_change():
    history = record_to(History(), 2)
    assert history.columns() is history.columns()
    before = history.columns()
    history.record(row(3))
    assert history.columns() is not before


def test_a_row_an_epoch_is_kept_until_there_are_a_hundred_thousand():
    history = History()
    for epoch in range(CAPACITY - 1):
        history.record({"epoch": float(epoch), "loss": -epoch})
    kept = epochs(history)
    assert CAPACITY == 100_000
    assert kept == list(range(CAPACITY - 1))
    history.record({"epoch": CAPACITY - 1.0, "loss": 0.0})
    kept = epochs(history)
    assert kept == [*range(0, CAPACITY - 1, 2), CAPACITY - 1]
    assert history.columns()["loss"][-1] == 0


@pytest.mark.parametrize("last", [0, 1, SEEN - 1, SEEN, SEEN + 1, 7777])
def test_what_is_looked_at_is_thinned_evenly_and_true_at_both_ends(last):
    """Every point of a plot is a row of the history, at equal distances but for the present."""
    history = record_to(History(), last)
    history.record(row(last + 0.5))
    seen, whole = history.seen(), history.columns()
    assert list(seen) == list(whole)
    count = len(seen["epoch"])
    assert min(len(whole["epoch"]), SEEN / 2) <= count <= SEEN + 1
    assert (seen["epoch"][0], seen["epoch"][-1]) == (0, last + 0.5)
    assert len(set(np.diff(seen["epoch"][:-1]))) <= 1
    places = np.searchsorted(whole["epoch"], seen["epoch"])
    for name, column in whole.items():
        np.testing.assert_array_equal(seen[name], column[places])


def test_what_is_looked_at_stays_as_it_was_seen():
    history = record_to(History(), 2)
    before = history.seen()["loss"].copy(), history.seen()
    record_to(history, 5, first=3)
    np.testing.assert_array_equal(before[1]["loss"], before[0])
