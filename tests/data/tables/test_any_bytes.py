"""Whatever bytes are opened as a table: there is a table or a sentence, and never anything else."""

import csv
import gzip
import io
from functools import partial

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data import OwnTable
from playground.data.tables.column import KINDS
from playground.data.tables.reading import Reading, TableProblem, guess, read
from playground.value import InvalidValue

CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "1",
            "2.5",
            "-3",
            "1e400",
            "nan",
            "inf",
            "NA",
            "a",
            "b b",
            '"',
            "é",
            "\0",
            "2020-01-02",
            "1,5",
            "=A1",
            "−1",
        ]
    ),
    st.text(max_size=6),
    st.integers().map(str),
    st.floats().map(str),
)
DELIMITERS = st.sampled_from([",", ";", "\t", "|", " "])
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


def with_words(call):
    """What a call gives; None when it is refused in a sentence."""
    try:
        return call()
    except InvalidValue as problem:
        if not str(problem):
            raise
        return None


def look_at(source, reading=None):
    """Read it, and do with it all that may be done; only sentences may come of it."""
    table = with_words(lambda: read(source, reading or guess(source)))
    if table is None:
        return None
    assert len({column.name for column in table}) == len(table.columns) > 0
    assert len(table.numbers) == table.rows > 0
    table.head()
    for column in table:
        assert len(column.values) == table.rows
        assert column.histogram(5).sum() <= table.rows - column.missing
        assert (column.low is None) == (column.high is None)
        for kind in KINDS:
            changed = with_words(partial(table.with_kind, column.name, kind))
            assert changed is None or changed.column(column.name).kind == kind
        for missing in ("drop", "mean", "refuse"):
            dataset = with_words(partial(OwnTable.of, table, [column.name], missing=missing))
            assert dataset is None or 0 < dataset.count <= table.rows
    return table


@QUIET
@given(st.binary(max_size=300))
def test_any_bytes(tmp_path, data):
    path = tmp_path / "any.csv"
    path.write_bytes(data)
    look_at(path)


@QUIET
@given(DELIMITERS, st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6))
def test_any_cells(delimiter, rows):
    text = "\n".join(delimiter.join(row) for row in rows)
    look_at(text)
    look_at(text, Reading(delimiter=delimiter, decimal="," if delimiter != "," else "."))


@QUIET
@given(st.text(max_size=200))
def test_any_text(text):
    look_at(text)


@QUIET
@given(
    st.sampled_from([".xlsx", ".npy", ".npz", ".csv.gz"]),
    st.binary(max_size=200),
    st.integers(0, 60),
)
def test_any_bytes_under_any_name(tmp_path, suffix, data, place):
    beginnings = {
        ".xlsx": b"PK\x03\x04",
        ".npy": b"\x93NUMPY\x01\0",
        ".npz": b"PK\x03\x04",
    }
    path = tmp_path / f"any{suffix}"
    packed = gzip.compress(data)
    for content in (
        data,
        beginnings.get(suffix, b"\x1f\x8b") + data,
        packed[:place],
        packed[:place] + data + packed[place:],
    ):
        path.write_bytes(content)
        look_at(path, Reading())


@settings(QUIET, max_examples=5)
@given(st.binary(min_size=1, max_size=20), st.floats(0, 1))
def test_any_damage_to_a_parquet_file(tmp_path, data, where):
    path = tmp_path / "any.parquet"
    pl.DataFrame({"a": [1.0, 2.0], "b": ["x", None]}).write_parquet(path)
    whole = path.read_bytes()
    place = int(where * len(whole))
    path.write_bytes(whole[:place] + data + whole[place + len(data) :])
    look_at(path)


@QUIET
@given(st.lists(st.lists(st.text(max_size=5), min_size=2, max_size=3), min_size=1, max_size=5))
def test_what_is_written_by_the_rules_comes_back(rows):
    """Each cell, but for the ends of lines in it."""
    width = min(map(len, rows))
    cells = [[cell.replace("\0", "") + "~" for cell in row[:width]] for row in rows]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(cells)
    table = read(f"{'x,' * (width - 1)}x\n{buffer.getvalue()}", Reading(missing=()))
    expected = [tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row) for row in cells]
    assert list(table.head()) == expected


def test_the_strategies_make_tables_too():
    assert look_at("a,b\n1,x\n2,y\n") is not None
    with pytest.raises(TableProblem):
        read("a", Reading())
