"""Every format of table is read as it was written by hand, with its layout guessed."""

import gzip
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import workbooks

from playground.data.tables import reading
from playground.data.tables.reading import Cancelled, Reading, TableProblem, guess, read

ROOT = Path(__file__).parents[3]
PLAIN = "height,colour,weight\n1.5,red,10\n2.5,blue,\n3.5,red,30\n"


def opened(source):
    return read(source, guess(source))


def of(table):
    """The values of a table by name: numbers, or the categories themselves."""
    return {
        column.name: [column.categories[code] if code >= 0 else None for code in column.values]
        if column.coded
        else column.values.tolist()
        for column in table
    }


def is_the_plain_table(table):
    np.testing.assert_equal(
        of(table),
        {"height": [1.5, 2.5, 3.5], "colour": ["red", "blue", "red"], "weight": [10.0, np.nan, 30.0]},
    )
    assert [(column.kind, column.missing) for column in table] == [
        ("number", 0),
        ("category", 0),
        ("number", 1),
    ]
    return True


# --- texts ------------------------------------------------------------------------------------------

LAYOUTS = {
    "comma": (PLAIN, Reading()),
    "tab": (PLAIN.replace(",", "\t"), Reading(delimiter="\t")),
    "bar": (PLAIN.replace(",", "|"), Reading(delimiter="|")),
    "space": (PLAIN.replace(",", " ").replace("blue ", "blue NA"), Reading(delimiter=" ")),
    "semicolon and decimal comma": (
        PLAIN.replace(",", ";").replace(".", ","),
        Reading(delimiter=";", decimal=","),
    ),
    "semicolon and decimal point": (PLAIN.replace(",", ";"), Reading(delimiter=";")),
    "Windows' ends of lines": (PLAIN.replace("\n", "\r\n"), Reading()),
    "old ends of lines": (PLAIN.replace("\n", "\r"), Reading()),
    "no last end": (PLAIN.rstrip("\n"), Reading()),
    "blank lines": ("\n" + PLAIN.replace("\n", "\n\n") + "  \n", Reading()),
    "quotation marks": ('"height","colour","weight"\n"1.5","red","10"\n2.5,"blue",""\n3.5,red,30', Reading()),
    "spaces around": ("height , colour, weight\n 1.5, red ,10\n2.5,blue , \n3.5, red,30", Reading()),
    "a delimiter that is told": (f"sep=;\r\n{PLAIN.replace(',', ';')}", Reading(delimiter=";")),
    "trailing delimiter": (PLAIN.replace("\n", ",\n"), Reading()),
}


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_layout_of_a_text_is_guessed_and_read(text, expected, tmp_path):
    path = tmp_path / "plain.csv"
    path.write_bytes(text.encode())
    for source in (text, path):
        assert guess(source) == expected
        assert is_the_plain_table(opened(source))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_the_encoding_of_a_file_is_guessed(tmp_path, encoding):
    path = tmp_path / "größen.csv"
    path.write_bytes("Größe,Straße\n1.5,Käse\n2.5,Öl\n".encode(encoding))
    assert of(opened(path)) == {"Größe": [1.5, 2.5], "Straße": ["Käse", "Öl"]}


def test_a_packed_file_is_read_as_if_it_were_not(tmp_path):
    path = tmp_path / "plain.csv.gz"
    path.write_bytes(gzip.compress(PLAIN.encode()))
    table = opened(path)
    assert is_the_plain_table(table)
    assert table.name == "plain"


def test_cells_of_a_spreadsheet_are_read_from_the_clipboard():
    assert is_the_plain_table(opened(PLAIN.replace(",", "\t").replace("\n", "\r\n")))


def test_fields_may_hold_delimiters_quotation_marks_and_ends_of_lines():
    table = opened('a,b\n"x, y",1\n"he said ""no""",2\n"two\nlines",3\n5" pipe,4\n')
    assert of(table)["a"] == ["x, y", 'he said "no"', "two\nlines", '5" pipe']
    assert of(table)["b"] == [1, 2, 3, 4]


def test_a_table_without_names_gets_names():
    table = opened("1,2,x\n3,4,y\n")
    assert of(table) == {"column 1": [1, 3], "column 2": [2, 4], "column 3": ["x", "y"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\nx,y\n", True),
        ("a,b\n1,2\n", True),
        ("1,2\n3,4\n", False),
        ("red,blue\nblue,red\nred,red\n", False),
        (",b\n0,1\n1,2\n", True),
        ("a,2019\n1,2\n", False),
    ],
)
def test_a_header_is_told_from_a_row(text, expected):
    assert guess(text).header is expected


def test_what_was_guessed_wrong_is_read_otherwise():
    wrong = guess("a,2019\n1,2\n3,4\n")
    assert of(read("a,2019\n1,2\n3,4\n", wrong.with_(header=True))) == {"a": [1, 3], "2019": [2, 4]}


def test_names_that_come_twice_are_numbered_and_told():
    table = opened("a,a,b,a,a_2,\n1,2,3,4,5,6\n")
    assert [column.name for column in table] == ["a", "a_3", "b", "a_4", "a_2", "column 6"]
    assert [str(remark) for remark in table.remarks] == [
        "A second column “a” is called “a_3”.",
        "A second column “a” is called “a_4”.",
    ]


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1234.5", ".", 1234.5),
        ("1,234.5", ".", 1234.5),
        ("1 234 567", ".", 1234567),
        ("1'234.5", ".", 1234.5),
        ("−2", ".", -2),
        ("+3e-2", ".", 0.03),
        ("1e-400", ".", 0),
        ("1.234,5", ",", 1234.5),
        ("1.234", ",", 1234),
        ("0,25", ",", 0.25),
        ("12.5%", ".", 12.5),
        ("12,5 %", ",", 12.5),
        ("$1,200.50", ".", 1200.5),
        ("-€3", ".", -3),
        ("3 €", ".", 3),
    ],
)
def test_numbers_are_read_as_people_write_them(text, decimal, expected):
    table = read(f"a;b\n7;8\n{text};9", Reading(delimiter=";", decimal=decimal))
    assert table.column("a").kind == "number"
    assert table.column("a").values[1] == pytest.approx(expected, rel=1e-15)


def test_digits_with_zeros_before_them_are_names_until_they_are_taken_for_numbers():
    table = opened("code,y\n01067,1\n10115,2\n01067,3\n")
    assert table.column("code").categories == ("01067", "10115")
    assert table.with_kind("code", "number").column("code").values.tolist() == [1067, 10115, 1067]
    assert opened("a,b\n0,0.5\n0.25,00\n").column("a").kind == "number"


def test_what_means_missing_is_a_choice():
    text = "a,b\n-999,x\n1,none\n2,y\n"
    table = read(text, Reading(missing=("-999", "none")))
    np.testing.assert_equal(of(table), {"a": [np.nan, 1, 2], "b": ["x", None, "y"]})


def test_a_row_keeps_its_number_in_the_file_behind_blank_ones():
    table = opened("\na,b\n\n1,2\n3,4\n\n\n5,6\n")
    assert list(table.numbers) == [4, 5, 8]


# --- progress ---------------------------------------------------------------------------------------


def test_progress_goes_from_0_to_1_and_reading_can_be_stopped(tmp_path):
    shares = []
    read(PLAIN, Reading(), shares.append)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert shares == sorted(shares)
    path = tmp_path / "large.csv"
    path.write_text(PLAIN * 10)
    with pytest.raises(Cancelled):
        read(path, Reading(), cancelled=lambda: True)


def test_blocks_are_parted_between_rows_wherever_they_fall(tmp_path, monkeypatch):
    text = "a,b,c\r\n" + "".join(f'{i},"é,\r\n""{i}",{i % 3}\r\n' for i in range(200))
    path = tmp_path / "quoted.csv"
    path.write_bytes(text.encode())
    whole = of(opened(path))
    for size in (7, 64, 333):
        monkeypatch.setattr("playground.data.tables.streams.BLOCK", size)
        assert of(opened(path)) == whole
    assert whole["b"][7] == 'é,\n"7'


# --- files that say what they hold ------------------------------------------------------------------


def test_a_workbook_is_read(tmp_path):
    rows = [["height", "colour", "weight"], [1.5, "red", 10], [2.5, "blue", None], [3.5, "red", 30]]
    path = workbooks.write(tmp_path / "book.xlsx", first=rows, second=[["q", "r"], [1, 2]])
    assert reading.sheets(path) == ("first", "second")
    assert is_the_plain_table(opened(path))
    assert of(read(path, Reading(sheet="second"))) == {"q": [1], "r": [2]}


def test_the_cells_of_a_workbook_are_their_values(tmp_path):
    rows = [
        ["when", "true", "formula", "error"],
        [('s="1"', "<v>43831</v>"), True, ("", "<f>1+1</f><v>2</v>"), ('t="e"', "<v>#DIV/0!</v>")],
        [],
        [('s="1"', "<v>43832</v>"), False, ("", "<f>A2</f>"), 5],
    ]
    table = opened(workbooks.write(tmp_path / "book.xlsx", first_row=3, sheet=rows))
    np.testing.assert_equal(
        of(table),
        {"when": [18262, 18263], "true": ["true", "false"], "formula": [2, np.nan], "error": [np.nan, 5]},
    )
    assert list(table.numbers) == [4, 6]
    assert table.column("when").kind == "date"


def test_a_parquet_file_is_read(tmp_path):
    path = tmp_path / "plain.parquet"
    frame = pl.DataFrame(
        {"height": [1.5, 2.5, 3.5], "colour": ["red", "blue", "red"], "weight": [10, None, 30]}
    )
    frame.write_parquet(path)
    assert is_the_plain_table(opened(path))


def test_arrays_of_numpy_are_read(tmp_path):
    square = tmp_path / "square.npy"
    np.save(square, np.arange(6.0).reshape(3, 2))
    assert of(opened(square)) == {"column 1": [0, 2, 4], "column 2": [1, 3, 5]}
    named = tmp_path / "named.npz"
    np.savez(named, X=np.arange(6).reshape(3, 2), y=np.array(["u", "v", "u"]))
    assert of(opened(named)) == {"X_1": [0, 2, 4], "X_2": [1, 3, 5], "y": ["u", "v", "u"]}
    records = tmp_path / "records.npy"
    np.save(records, np.array([(1, "u"), (2, "v")], [("a", int), ("b", "U1")]))
    assert of(opened(records)) == {"a": [1, 2], "b": ["u", "v"]}


def test_nothing_that_reads_tables_is_imported_before_one_is_read():
    program = (
        "import sys, playground.training.session, playground.data.tables.reading;"
        "print([name for name in ('polars', 'fastexcel') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_table_shows_its_beginning():
    assert opened(PLAIN).head(2) == (("1.5", "red", "10"), ("2.5", "blue", ""))


def test_what_is_no_file_is_told(tmp_path):
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / "none.xlsx", tmp_path / "none.npz"):
        with pytest.raises(TableProblem, match="There is no such file"):
            read(path, Reading())


# --- rows above the table ---------------------------------------------------------------------------

BELOW_A_TITLE = {
    "a title": ("Measured in May\n" + PLAIN, 1),
    "a title and a blank row": ("Measured in May\n\n" + PLAIN, 1),
    "a title as a spreadsheet writes it": ("Measured in May,,\n,,\n" + PLAIN, 2),
    "remarks with a delimiter in quotation marks": ('# by hand\n"# in May, at noon"\n' + PLAIN, 2),
    "a told delimiter": ("sep=,\nMeasured in May\n" + PLAIN, 2),
    "Windows' ends of lines": ("Measured in May\r\n\r\n" + PLAIN.replace("\n", "\r\n"), 1),
}


@pytest.mark.parametrize(("text", "above"), BELOW_A_TITLE.values(), ids=list(BELOW_A_TITLE))
def test_what_stands_above_a_table_is_passed_over(text, above, tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode())
    for source in (text, path):
        assert guess(source).above == above
        assert is_the_plain_table(opened(source))
        assert opened(source).numbers[0] == text.replace("\r", "").partition("1.5")[0].count("\n") + 1


def test_a_row_below_a_title_is_named_by_its_place_in_the_file():
    text = "Measured in May\n\na,b\n1,2\n3\n"
    with pytest.raises(TableProblem, match=r"row 5.* has 1 field"):
        read(text, Reading(above=2))


@pytest.mark.parametrize(
    "text", ["a,b,c\n1,2\n3,4\n", "name,\nann,3\nbob,4\n", ",b\n0,1\n1,2\n", "a\n1\n2\n"]
)
def test_names_are_no_title(text):
    assert guess(text).above == 0


def test_more_rows_above_than_there_are_leave_none():
    with pytest.raises(TableProblem, match=r"empty|no rows"):
        read(PLAIN, Reading(above=50))


def test_the_title_of_a_sheet_is_passed_over(tmp_path):
    rows = [
        ["Measured in May"],
        [],
        ["height", "colour", "weight"],
        [1.5, "red", 10],
        [2.5, "blue"],
        [3.5, "red", 30],
    ]
    path = workbooks.write(tmp_path / "book.xlsx", sheet=rows)
    assert guess(path).above == 2
    assert is_the_plain_table(opened(path))
    assert opened(path).numbers[0] == 4
