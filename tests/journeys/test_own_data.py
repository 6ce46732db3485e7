"""A person opens a table of their own: it is looked at, mended where guessed wrong, and learnt from."""

import gzip
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from playground.data import OwnTable, TableSeries
from playground.data.datasets.own_text import OwnText
from playground.data.tables import reading
from playground.experiment import Experiment
from widgets.dialogs import questions
from widgets.dialogs.tables.columns import KIND, MISSING, RANGE, USE
from widgets.dialogs.tables.dialog import TableDialog
from widgets.dialogs.tables.plan import TablePlan
from widgets.program import main

ROOT = Path(__file__).parents[2]
LEFT = Qt.MouseButton.LeftButton
PETS = """animal,weight,size,born
cat,4.5,46,2011
dog,30.5,71,2015
cat,3.9,44,2013
dog,25.0,66,2012
cat,4.1,45,2018
dog,28.0,69,2019
cat,3.6,43,2017
dog,31.5,72,2016
cat,5.2,48,2014
dog,22.5,64,2010
"""


@pytest.fixture
def write(tmp_path):
    """Writes a file of data; gives its path."""

    def write(content=PETS, name="pets.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def look(window, qtbot):
    """Opens a file or cells, and waits until the dialog has read them, or says why not."""

    def look(source):
        window.workspace.own_data.open(source)
        return settled(window, qtbot)

    return look


def settled(window, qtbot):
    dialog = dialog_of(window)
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    return dialog


def dialog_of(window):
    (dialog,) = [dialog for dialog in window.findChildren(TableDialog) if dialog.isVisible()]
    return dialog


def dataset_of(window):
    return window.workspace.document.experiment.data.dataset


def accept(window, dialog, qtbot):
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: isinstance(dataset_of(window), OwnTable), timeout=20_000)
    return dataset_of(window)


def choose(dialog, name, text, qtbot):
    """Choose something in the combo box of a field."""
    combo = dialog.form.controls[name].combo
    place = combo.findText(text)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)


def click(dialog, column, place, text, qtbot):
    """Click on the use or the kind of a column, and choose in the menu that opens; gives all it offers."""
    model = dialog.columns.columns
    row = [fact.name for fact in model.plan.facts].index(column)
    index = model.index(row, place)
    dialog.columns.scrollTo(index)
    qtbot.mouseClick(dialog.columns.viewport(), LEFT, pos=dialog.columns.visualRect(index).center())
    menu = QApplication.activePopupWidget()
    offered = [action.text() for action in menu.actions()]
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[offered.index(text)]).center())
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    return offered


def words(dialog, place):
    model = dialog.columns.columns
    return [model.index(row, place).data() for row in range(model.rowCount())]


def preview(dialog):
    shown = dialog.preview
    return [
        [shown.item(row, column).text() for column in range(shown.columnCount())]
        for row in range(shown.rowCount())
    ]


def names(dialog):
    return [
        dialog.preview.horizontalHeaderItem(place).text() for place in range(dialog.preview.columnCount())
    ]


def files(path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    return data


def drop(window, data):
    arguments = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPointF(100, 100).toPoint(), *arguments))
    QApplication.sendEvent(window, QDropEvent(QPointF(100, 100), *arguments))


# --- ways in ----------------------------------------------------------------------------------------


def test_a_file_that_is_dropped_is_looked_at_and_becomes_one_step_of_undo(window, qtbot, write):
    before = window.workspace.document.experiment
    drop(window, files(write()))
    qtbot.waitUntil(lambda: bool(window.findChildren(TableDialog)))
    dialog = settled(window, qtbot)
    assert window.workspace.document.experiment == before
    assert accept(window, dialog, qtbot).targets == ("animal",)
    assert window.workspace.document.undo_stack.undoText() == "Open pets"
    qtbot.waitUntil(lambda: window.workspace.link.latest.experiment.data.dataset == dataset_of(window))
    window.workspace.document.undo_stack.undo()
    assert window.workspace.document.experiment == before


def test_the_menu_asks_for_a_file_and_begins_where_the_last_one_was(window, qtbot, write, monkeypatch):
    path, folders = write(), []

    def answer(_parent, folder, suffixes, _pictures):
        folders.append(folder)
        assert {".csv", ".csv.gz", ".xlsx", ".parquet", ".npz"} <= set(suffixes)
        return path

    monkeypatch.setattr(questions, "data_to_open", answer)
    window.actions_["open_data"].trigger()
    accept(window, settled(window, qtbot), qtbot)
    window.actions_["open_data"].trigger()
    settled(window, qtbot).reject()
    assert folders[1] == path.parent


@pytest.mark.parametrize("page", ["design", "data"])
def test_cells_of_a_spreadsheet_are_pasted(window, qtbot, page):
    window.pages.open(page)
    QGuiApplication.clipboard().setText(PETS.replace(",", "\t"))
    window.actions_["paste"].trigger()
    dialog = settled(window, qtbot)
    assert dialog.name.text() == "Cells from the clipboard"
    assert accept(window, dialog, qtbot).count == 10


def test_a_packed_file_and_arrays_of_numpy_are_read(window, look, qtbot, write, tmp_path):
    packed = write(gzip.compress(PETS.encode()), "pets.csv.gz")
    dialog = look(packed)
    assert names(dialog) == ["animal", "weight", "size", "born"]
    dialog.reject()
    np.savez(tmp_path / "arrays.npz", x=np.arange(12.0), y=np.arange(12) % 2)
    dialog = look(tmp_path / "arrays.npz")
    assert names(dialog) == ["x", "y"]
    assert dialog.form.controls == {}
    dialog.reject()


# --- what is shown ----------------------------------------------------------------------------------


def test_columns_are_listed_with_what_they_hold(look, write):
    dialog = look(write(PETS + "cat,,47,2013\n"))
    assert words(dialog, USE) == ["target ▼", "input ▼", "input ▼", "input ▼"]
    assert words(dialog, KIND)[:2] == ["category ▼", "number ▼"]
    assert words(dialog, RANGE)[:2] == ["cat, dog", "3.6 to 31.5"]
    assert words(dialog, MISSING) == ["", "1", "", ""]
    assert dialog.facts.text() == "11 rows · 4 columns"
    dialog.reject()


def test_what_was_guessed_of_a_european_file_reads_its_numbers(window, look, qtbot, write):
    text = PETS.replace(",", ";").replace(".", ",")
    dialog = look(write(text))
    assert dialog.reading.delimiter == ";"
    assert dialog.reading.decimal == ","
    dataset = accept(window, dialog, qtbot)
    weights = dataset.arrays.raw[:, [column.name for column in dataset.held].index("weight")]
    np.testing.assert_allclose(weights[:2], [4.5, 30.5])


def test_commas_in_quotes_are_no_delimiters_in_the_preview_and_in_what_is_learnt(window, look, qtbot, write):
    rows = "".join(f'"{name}, the {kind}",{kind},{size}\n' for name, kind, size in ROWS)
    dialog = look(write("name,kind,size\n" + rows))
    assert preview(dialog)[0] == ["Tom, the cat", "cat", "46"]
    assert len(accept(window, dialog, qtbot).held) >= 2


ROWS = [("Tom", "cat", 46), ("Rex", "dog", 71), ("Mia", "cat", 44), ("Bo", "dog", 66), ("Kit", "cat", 45)] * 3


# --- mended -----------------------------------------------------------------------------------------


def test_another_delimiter_is_seen_at_once_and_is_what_is_learnt_from(window, look, qtbot, write):
    dialog = look(write(PETS.replace(",", "|")))
    choose(dialog, "delimiter", "Comma ,", qtbot)
    assert names(dialog) == ["animal|weight|size|born"]
    assert not dialog.ok.isEnabled()
    assert dialog.problem.text()
    choose(dialog, "delimiter", "Bar |", qtbot)
    assert names(dialog) == ["animal", "weight", "size", "born"]
    assert dialog.problem.text() == ""
    assert accept(window, dialog, qtbot).count == 10


def test_letters_of_another_encoding_are_read_right_once_it_is_chosen(look, qtbot, write):
    dialog = look(write(PETS.replace("cat", "Löwe"), encoding="windows-1252"))
    choose(dialog, "encoding", "windows-1252", qtbot)
    assert preview(dialog)[0][0] == "Löwe"
    dialog.reject()


def test_without_names_in_the_first_row_that_row_is_data(look, qtbot, write):
    dialog = look(write(PETS.partition("\n")[2]))
    box = dialog.form.controls["header"].box
    if box.isChecked():
        qtbot.mouseClick(box, LEFT, pos=QPointF(8, 8).toPoint())
        qtbot.waitUntil(lambda: not dialog.reader.busy)
    assert dialog.facts.text().startswith("10 rows")
    dialog.reject()


def test_texts_that_mean_missing_are_said(look, qtbot, write):
    dialog = look(write(PETS.replace("4.5", "unknown")))
    line = dialog.form.controls["missing"].line
    line.clear()
    qtbot.keyClicks(line, "unknown")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.reader.busy)
    assert words(dialog, KIND)[1] == "number ▼"
    assert words(dialog, MISSING)[1] == "1"
    dialog.reject()


def test_a_kind_that_was_guessed_wrong_is_one_click_to_mend_and_stays_mended(window, look, qtbot, write):
    dialog = look(write())
    click(dialog, "born", KIND, "category", qtbot)
    assert words(dialog, KIND)[3] == "category ▼"
    qtbot.mouseClick(dialog.form.controls["decimal"].combo, LEFT)
    choose(dialog, "decimal", "Comma", qtbot)
    choose(dialog, "decimal", "Point", qtbot)
    assert words(dialog, KIND)[3] == "category ▼"
    dataset = accept(window, dialog, qtbot)
    assert len(dataset.held_column("born").categories) == 10


def test_a_kind_that_cannot_be_is_refused_in_a_sentence_and_nothing_else_changes(look, qtbot, write):
    dialog = look(write())
    click(dialog, "animal", KIND, "number", qtbot)
    assert "animal" in dialog.problem.text()
    assert "cat" in dialog.problem.text()
    assert words(dialog, KIND)[0] == "category ▼"
    click(dialog, "size", USE, "Not used", qtbot)
    assert dialog.problem.text() == ""
    assert dialog.ok.isEnabled()
    dialog.reject()


def test_target_and_inputs_are_chosen(window, look, qtbot, write):
    dialog = look(write())
    offered = click(dialog, "weight", USE, "Target", qtbot)
    assert offered == ["Target", "Input", "Not used", "Series over time"]
    assert click(dialog, "size", USE, "Target as well", qtbot) == [
        "Target", "Target as well", "Input", "Not used", "Series over time"
    ]  # fmt: skip
    click(dialog, "born", USE, "Not used", qtbot)
    dataset = accept(window, dialog, qtbot)
    assert dataset.targets == ("weight", "size")
    assert dataset.inputs == ("animal",)


def test_what_was_chosen_stays_when_the_table_is_read_otherwise(look, qtbot, write):
    dialog = look(write())
    click(dialog, "weight", USE, "Target", qtbot)
    click(dialog, "born", USE, "Not used", qtbot)
    choose(dialog, "decimal", "Comma", qtbot)
    choose(dialog, "decimal", "Point", qtbot)
    assert words(dialog, USE) == ["input ▼", "target ▼", "input ▼", "not used ▼"]
    dialog.reject()


def test_rows_that_lack_a_value_are_filled_when_that_is_chosen(window, look, qtbot, write):
    dialog = look(write(PETS + "cat,,47,2013\n"))
    combo = dialog.missing.combo
    place = combo.findText("Mean, or most frequent")
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    assert accept(window, dialog, qtbot).count == 11


# --- what goes wrong --------------------------------------------------------------------------------

BAD = {
    "empty": "",
    "only names": "a,b\n",
    "one column of words": "a\ncat\ndog\ncat\n",
    "NUL bytes": b"a,b\n1,\x00\n2,\x003\n" * 3,
    "always the same": "a,b\n" + "1,1\n" * 12,
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_told_in_the_dialog_and_nothing_changes(window, look, write, content):
    before = window.workspace.document.experiment
    dialog = look(write(content))
    assert dialog.problem.isVisible()
    assert dialog.problem.text()
    assert not dialog.ok.isEnabled()
    dialog.reject()
    assert window.workspace.document.experiment == before


def test_a_file_that_is_not_there_and_one_that_is_no_workbook_are_told(look, write, tmp_path):
    for path in (tmp_path / "none.csv", write("no workbook", "book.xlsx")):
        dialog = look(path)
        assert dialog.problem.text()
        dialog.reject()


def test_a_column_of_too_many_classes_is_not_offered_as_target(window, look, qtbot, write):
    rows = "".join(f"c{number},{number % 7},{number % 5}\n" for number in range(150)) * 2
    dialog = look(write("code,size,age\n" + rows))
    click(dialog, "code", KIND, "category", qtbot)
    assert click(dialog, "code", USE, "Not used", qtbot) == ["Input", "Not used"]
    assert accept(window, dialog, qtbot).targets == ("age",)


def test_reading_is_stopped_and_what_was_there_stays(window, look, qtbot, write, monkeypatch):
    dialog = look(write())
    before = dialog.plan
    goes_on = threading.Event()
    usual = reading.read

    def slow(source, how, progress=None, cancelled=None, **more):
        progress(0.5)
        goes_on.wait(10)
        return usual(source, how, progress, cancelled, **more)

    monkeypatch.setattr(reading, "read", slow)
    combo = dialog.form.controls["decimal"].combo
    combo.setCurrentIndex(1)
    combo.activated.emit(1)
    qtbot.waitUntil(lambda: dialog.progress.bar.value() == 500)
    assert dialog.progress.stop.isVisible()
    assert not dialog.ok.isEnabled()
    qtbot.mouseClick(dialog.progress.stop, LEFT)
    goes_on.set()
    assert dialog.plan is before
    assert not dialog.progress.isVisible()
    dialog.reject()


def test_the_dialog_is_closed_while_it_reads_and_nothing_comes_of_it(window, qtbot, write, monkeypatch):
    goes_on = threading.Event()
    usual = reading.guess
    monkeypatch.setattr(reading, "guess", lambda source: goes_on.wait(10) and usual(source))
    before = window.workspace.document.experiment
    window.workspace.own_data.open(write())
    dialog = dialog_of(window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    goes_on.set()
    assert window.workspace.document.experiment == before


def test_a_table_that_is_not_there_is_told_before_a_window_opens(capsys, tmp_path):
    assert main([str(tmp_path / "none.csv")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "none.csv" in line


def test_a_dialog_that_is_open_when_the_program_ends_goes_with_it(window, look, write):
    dialog = look(write())
    window.give_up()
    assert not isValid(dialog) or not dialog.isVisible()


# --- afterwards -------------------------------------------------------------------------------------


def test_the_file_is_read_again_from_the_page(window, look, qtbot, write):
    path = write()
    accept(window, look(path), qtbot)
    qtbot.mouseClick(window.rail.buttons["data"], LEFT)
    page = window.pages.page
    assert page.source.again.isVisible()
    path.write_text(PETS + "cat,4.4,47,2013\n", encoding="utf-8")
    qtbot.mouseClick(page.source.again, LEFT)
    dialog = settled(window, qtbot)
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: dataset_of(window).count == 11)


def test_a_dataset_of_the_program_has_no_file_to_read_again(window, qtbot):
    qtbot.mouseClick(window.rail.buttons["data"], LEFT)
    assert not window.pages.page.source.again.isVisible()
    assert window.pages.page.source.other.isVisible()


def test_the_window_opens_without_what_reads_and_shows_tables():
    code = (
        "import sys, widgets.app\n"
        "late = ('polars', 'PIL', 'widgets.pages.data.page', 'widgets.dialogs.tables.dialog')\n"
        "print([name for name in late if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"


def test_a_plan_is_what_a_person_would_choose_first():
    def usual(text):
        return TablePlan.of(reading.read(text, reading.guess(text)))

    assert usual(PETS).targets == ("animal",)
    numbers = "a,b,c\n" + "".join(f"{n},{n * n % 7},{n / 3}\n" for n in range(20))
    assert usual(numbers).targets == ("c",)
    assert usual(numbers.replace("a,b,c", "a,y,c")).targets == ("y",)
    assert Experiment().with_dataset(usual(numbers).dataset()).problems() == ()


# --- sequences --------------------------------------------------------------------------------------

PRICES = "month,price,volume\n" + "\n".join(
    f"2020-{row // 28 + 1:02}-{row % 28 + 1:02},{100 + row % 7},{row * 2}" for row in range(60)
)


def test_columns_are_taken_as_a_series_over_time_and_learnt_in_order(window, write, look, qtbot):
    dialog = look(write(PRICES, "prices.csv"))
    click(dialog, "price", USE, "Series over time", qtbot)
    assert [use.split(" ▼")[0] for use in words(dialog, USE)] == ["not used", "series", "not used"]
    offered = click(dialog, "volume", USE, "Series over time as well", qtbot)
    assert "Target" in offered
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: isinstance(dataset_of(window), TableSeries), timeout=20_000)
    assert dataset_of(window).names == ("price", "volume")
    assert window.workspace.document.experiment.data.split == "in_order"
    window.workspace.document.undo_stack.undo()
    assert not isinstance(dataset_of(window), TableSeries)


def test_one_column_of_numbers_is_a_series_as_it_is_opened(window, look, qtbot, write):
    dialog = look(write("height\n" + "\n".join(str(row % 9) for row in range(40)), "one.csv"))
    assert dialog.plan.series == ("height",)
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: isinstance(dataset_of(window), TableSeries), timeout=20_000)
    assert dataset_of(window).window == 13


def test_a_series_becomes_a_table_again_when_a_target_is_chosen(write, look, qtbot):
    dialog = look(write(PRICES, "prices.csv"))
    click(dialog, "price", USE, "Series over time", qtbot)
    click(dialog, "price", USE, "Target", qtbot)
    assert words(dialog, USE)[1].startswith("target")
    assert dialog.plan.series == ()


def test_a_series_without_numbers_is_not_offered(write, look, qtbot):
    dialog = look(write())
    offered = click(dialog, "animal", USE, "Input", qtbot)
    assert not any("Series" in word for word in offered)


def test_a_file_of_text_that_is_dropped_is_learnt_a_character_at_a_time(window, write, qtbot):
    drop(window, files(write("It was the best of times,\nit was the worst of times.\n", "tale.txt")))
    qtbot.waitUntil(lambda: isinstance(dataset_of(window), OwnText))
    assert dataset_of(window).text.startswith("It was the best")
    assert not window.findChildren(TableDialog)


def test_a_table_in_a_file_of_text_is_still_a_table(window, write, qtbot):
    drop(window, files(write(PETS, "pets.txt")))
    qtbot.waitUntil(lambda: bool(window.findChildren(TableDialog)))
    assert words(settled(window, qtbot), USE)[0].startswith("target")
