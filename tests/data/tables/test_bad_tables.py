"""A bad table is refused in a sentence that names row and column, as a spreadsheet counts them."""

import io
import zipfile

import numpy as np
import polars as pl
import pytest
import workbooks

from playground.data import OwnTable
from playground.data.tables import apart, limits
from playground.data.tables.reading import Reading, TableProblem, guess, read


def refusal(source, reading=None):
    with pytest.raises(TableProblem) as problem:
        read(source, reading or guess(source))
    return str(problem.value)


UNNEEDED = {"[Content_Types].xml", "_rels/.rels"}
"""Entries of a workbook that calamine does without."""

ABOVE = "and the rows above have 2"
TEXTS = {
    "empty": ("", "It is empty."),
    "blank": ("\n \n\n", "It is empty."),
    "names alone": ("a,b\n", "It has no rows."),
    "a row too short": ("a,b\n1,2\n3\n", f"row 3: it has 1 fields, {ABOVE}"),
    "a row too long": ("a,b\n1,2\n\n3,4,5\n", f"row 4: it has 3 fields, {ABOVE}"),
    "a row too short and one too long": ("a,b\n1\n3,4,5\n", f"row 2: it has 1 fields, {ABOVE}"),
    "a trailing delimiter in one row": ("a,b\n1,2\n3,4,\n", f"row 3: it has 3 fields, {ABOVE}"),
    "an open quotation mark": ('a,b\n1,2\n"3,4\n', "row 3: it is no row of fields: unexpected end of data"),
    "letters behind a quotation mark": (
        'a,b\n1,2\n"3"x,4\n',
        "row 3: it is no row of fields: ',' expected after '\"'",
    ),
    "a zero": (
        "a,b\n1,2\n3,\0\n",
        "row 3: it holds a character of zeros; this is no text, or in another encoding",
    ),
    "infinity": (
        "a,b\n1,2\n3,-inf\n",
        "row 3, column “b”: '-inf' is infinite, or larger than any number here; "
        "take it as missing or mend it",
    ),
    "past float64": (
        "a,b\n1,2\n1e400,4\n",
        "row 3, column “a”: '1e400' is infinite, or larger than any number here; "
        "take it as missing or mend it",
    ),
    "10,000 columns": (
        ",".join(map(str, range(10_000))) + "\n",
        "It has 10,000 columns, more than the 1,000 there may be.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), TEXTS.values(), ids=TEXTS)
def test_a_bad_text_is_refused(text, sentence, tmp_path):
    assert refusal(text, Reading()) == sentence
    path = tmp_path / "bad.csv"
    path.write_bytes(text.encode())
    assert refusal(path, Reading()) == sentence


def test_the_wrong_encoding_names_the_row(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes("a,b\n1,2\n3,ö\n".encode("latin-1"))
    assert refusal(path, Reading(encoding="utf-8")) == "row 3: it cannot be read as utf-8"
    for name in ("none", "zlib", "undefined", "a\0b"):
        assert "encoding" in refusal(path, Reading(encoding=name)) or "read as" in refusal(
            path, Reading(encoding=name)
        )


def test_a_number_among_texts_is_told_and_named_when_it_is_taken_for_one():
    text = "a,b\n1,2\n2,n.d.\n3,4\n=A1+1,5\n"
    table = read(text, guess(text))
    assert [str(remark) for remark in table.remarks] == [
        "row 5, column “a”: '=A1+1' is not a number",
        "row 3, column “b”: 'n.d.' is not a number",
    ]
    with pytest.raises(TableProblem, match="row 5, column “a”: '=A1\\+1' is not a number"):
        table.with_kind("a", "number")
    assert read(text, Reading(missing=("n.d.",))).column("b").kind == "number"


def test_a_category_with_50_000_values_is_none():
    text = "name,y\n" + "".join(f"n{i},{i % 2}\n" for i in range(50_000))
    table = read(text, Reading())
    assert table.column("name").kind == "id"
    with pytest.raises(
        TableProblem, match="column “name”: it has 50,000 different values, more than the 1,000"
    ):
        table.with_kind("name", "category")
    with pytest.raises(TableProblem, match="column “name”: it holds no numbers and no categories"):
        OwnTable.of(table, ["name"])


def test_more_values_than_a_file_can_hold_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_VALUES", 10)
    assert refusal("a,b\n" + "1,2\n" * 5).startswith("It has 6 rows of 2 columns; rows times columns may be")


def test_a_bomb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MOST_BYTES", 1000)
    path = tmp_path / "bomb.csv"
    path.write_text("a,b\n" + "1,2\n" * 1000)
    assert refusal(path, Reading()).startswith("It is larger than")
    book = workbooks.write(tmp_path / "bomb.xlsx", sheet=[["a", "b"]] + [[1, 2]] * 100)
    assert refusal(book, Reading()).startswith("It is larger than")


@pytest.mark.parametrize("suffix", [".csv.gz", ".xlsx", ".parquet", ".npz", ".npy"])
@pytest.mark.parametrize(
    "content", [b"", b"no such thing", b"\x1f\x8b" + bytes(30), b"PK\x03\x04" + bytes(40)]
)
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, suffix, content):
    path = tmp_path / f"bad{suffix}"
    path.write_bytes(content)
    assert refusal(path, Reading())


def test_no_such_sheet(tmp_path):
    path = workbooks.write(tmp_path / "book.xlsx", first=[["a", "b"], [1, 2]])
    assert refusal(path, Reading(sheet="second")) == "It has no sheet 'second'."


def test_a_workbook_without_sheets_is_refused(tmp_path):
    path = workbooks.write(tmp_path / "book.xlsx")
    with pytest.raises(TableProblem, match="It has no sheets"):
        guess(path)


def test_what_is_no_table_of_rows_is_refused(tmp_path):
    path = tmp_path / "bad.npz"
    for arrays, sentence in (
        ({"a": np.zeros((2, 2, 2))}, r"The array 'a' of shape \(2, 2, 2\) is no table"),
        ({"a": np.zeros(2), "b": np.zeros(3)}, "The array 'b' has 3 rows, and those before have 2"),
        ({"a": np.array([1.0, np.inf]), "b": np.zeros(2)}, "row 2, column “a”: it is infinite"),
        ({"a": np.zeros(2), "b": np.zeros(2, complex)}, "."),
        ({"a": np.array([{}, {}]), "b": np.zeros(2)}, "It cannot be read"),
    ):
        np.savez(path, **arrays)
        with pytest.raises(TableProblem, match=sentence):
            read(path, Reading())


def test_a_damaged_parquet_file_ends_no_more_than_the_process_that_reads_it(tmp_path, monkeypatch):
    path = tmp_path / "bad.parquet"
    path.write_bytes(b"PAR1")
    program = tmp_path / "ends.py"
    program.write_text("import os; os.abort()")
    monkeypatch.setattr(apart, "__file__", str(program))
    assert refusal(path) == "It is damaged, or no Parquet file."


def test_lists_in_a_parquet_file_are_refused(tmp_path):
    path = tmp_path / "lists.parquet"
    pl.DataFrame({"a": [[1], [2]], "b": [1, 2]}).write_parquet(path)
    assert refusal(path).startswith("column “a”: it holds List(Int64), neither numbers, texts nor dates")


def test_a_damaged_workbook_is_refused(tmp_path):
    path = workbooks.write(tmp_path / "book.xlsx", first=[["a", "b"], [1, 2]])
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
        entries = {name: file.read(name) for name in file.namelist()}
    for name in entries:
        with zipfile.ZipFile(path, "w") as file:
            for other, content in entries.items():
                file.writestr(other, b"<" if other == name else content)
        if name not in UNNEEDED:
            assert refusal(path, Reading())
