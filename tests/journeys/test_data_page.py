"""A person looks at the samples, row by row, with what the network says of each."""

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from playground.data import OwnTable
from playground.data.datasets.digits import Digits
from playground.data.datasets.painted import Painted
from playground.data.datasets.recipes import Plane
from playground.data.datasets.wine import Wine
from playground.data.tables import reading
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.training.moment import Moment
from widgets import saving
from widgets.pages.data.sheet import Meaning

LEFT = Qt.MouseButton.LeftButton
PETS = """weight,animal,name,born,legs
4.5,cat,Tom,2011,4
,dog,Rex,2015,4
3.9,cat,Mia,2013,4
30.5,dog,Bo,,4
25.0,dog,Al,2019,4
4.1,cat,Kit,2012,4
28.0,dog,Max,2018,4
3.6,cat,Zoe,2017,4
31.5,dog,Ben,2016,4
5.2,cat,Leo,2014,4
"""


def pets(targets=("animal",), **fields):
    return OwnTable.of(reading.read(PETS, reading.guess(PETS)), targets, **fields)


@pytest.fixture
def see(window, qtbot):
    """Opens the page on a dataset, and waits for its samples and the answers to them."""

    def see(dataset=None):
        document = window.workspace.document
        if dataset is not None:
            document.edit(document.experiment.with_dataset(dataset), "")
        qtbot.mouseClick(window.rail.buttons["data"], LEFT)
        page = window.pages.page
        qtbot.waitUntil(lambda: answered(window, page), timeout=20_000)
        return page

    return see


def answered(window, page):
    """Whether the page shows what the network says now of the samples as they are now."""
    sheet, verdict, latest = page.samples.sheet, page.samples.verdict, window.workspace.link.latest
    return (
        verdict is not None
        and sheet.data is page.samples.moment.data
        and page.samples.moment.experiment == window.workspace.document.experiment
        and latest.experiment == window.workspace.document.experiment
        and verdict.step == latest.step
    )


def place(page, meaning):
    return next(
        place for place, column in enumerate(page.panel.table.rows.columns) if column.meaning is meaning
    )


def column_at(page, name):
    return next(place for place, column in enumerate(page.panel.table.rows.columns) if column.name == name)


def cells(page, column):
    model = page.panel.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def numbers(page, column):
    return np.array([float(text.replace("−", "-")) for text in cells(page, column)])


def train(window, page, qtbot):
    epoch = window.workspace.link.latest.epoch
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == epoch + 1)
    qtbot.waitUntil(lambda: answered(window, page), timeout=20_000)


def arranged(page, qtbot):
    qtbot.waitUntil(lambda: page.samples._shown.wish == page.samples.wish)


# --- what is shown ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", [None, Wine(), Digits()], ids=["plane", "wine", "digits"])
def test_every_sample_has_a_row_and_as_many_are_wrong_as_the_accuracy_says(window, see, qtbot, dataset):
    page = see(dataset)
    train(window, page, qtbot)
    sheet, latest = page.samples.sheet, window.workspace.link.latest
    assert sheet.rows == latest.experiment.data.dataset.count
    sides = cells(page, place(page, Meaning.SIDE))
    said = cells(page, place(page, Meaning.SAID))
    for side, measures in (("training", latest.train), ("test", latest.test)):
        of_side = [text for text, used in zip(said, sides, strict=True) if used == side]
        right = sum(not text.startswith("✗") for text in of_side)
        assert right / len(of_side) == pytest.approx(measures.metrics["accuracy"])


def test_rows_stand_in_the_order_of_the_dataset_with_its_values(see):
    page = see(Wine())
    assert cells(page, place(page, Meaning.NUMBER)) == [f"{number}" for number in range(1, 179)]
    alcohol = [float(text) for text in cells(page, column_at(page, "alcohol"))]
    np.testing.assert_allclose(alcohol, Wine().arrays.raw[:, 0])


def test_a_regression_shows_values_and_says_numbers(window, see, qtbot):
    page = see(Plane())
    train(window, page, qtbot)
    losses = numbers(page, place(page, Meaning.LOSS))
    truth = numbers(page, place(page, Meaning.TARGET))
    said = numbers(page, place(page, Meaning.SAID))
    np.testing.assert_allclose(losses, (truth - said) ** 2, atol=1e-2)


def test_an_autoencoder_shows_the_loss_of_each_sample_alone(window, see, qtbot):
    document = window.workspace.document
    experiment = document.experiment
    document.edit(experiment.with_data(experiment.data.with_(targets="inputs")), "")
    page = see()
    meanings = [column.meaning for column in page.panel.table.rows.columns]
    assert Meaning.SAID not in meanings
    assert page.samples.verdict.losses.mean() > 0


def test_a_cell_is_made_when_it_is_looked_at_and_not_before(see, qtbot, monkeypatch):
    page = see(Digits())
    table = page.panel.table
    made = []
    usual = table.rows.cell
    monkeypatch.setattr(table.rows, "cell", lambda row, column: made.append(row) or usual(row, column))
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    table.grab()
    assert made
    assert min(made) > 1700


def test_answers_are_those_of_the_newest_step_and_nothing_is_asked_while_nothing_changes(
    window, see, qtbot, monkeypatch
):
    asked = []
    usual = Moment.of.__func__
    monkeypatch.setattr(
        Moment, "of", classmethod(lambda cls, trainer: asked.append(trainer.step) or usual(cls, trainer))
    )
    page = see()
    train(window, page, qtbot)
    assert page.samples.verdict.step == window.workspace.link.latest.step
    before = len(asked)
    for _ in range(5):
        window.workspace.link.session.want()
        qtbot.wait(50)
    assert len(asked) == before
    qtbot.mouseClick(window.rail.buttons["design"], LEFT)
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 2)
    assert len(asked) == before


def test_a_weight_that_is_typed_changes_what_is_said(window, see, qtbot):
    page = see()
    before = page.samples.verdict.outputs.copy()
    window.workspace.link.set_weight("output", 0, -1, 3.0)
    qtbot.waitUntil(lambda: not np.array_equal(page.samples.verdict.outputs, before))


def test_a_network_that_cannot_work_leaves_the_samples_without_answers(window, see, qtbot):
    page = see()
    document = window.workspace.document
    network = document.experiment.network
    layers = (*network.layers[:-1], Dense(id="output", units=7))
    document.edit(document.experiment.with_(network=network.with_(layers=layers)), "")
    broken = document.experiment.with_dataset(Wine())
    document.edit(broken.with_(network=network.with_(layers=layers)), "")
    qtbot.waitUntil(lambda: page.samples.sheet.dataset == Wine(), timeout=20_000)
    assert page.samples.sheet.rows == 178
    assert set(cells(page, place(page, Meaning.LOSS))) == {"–"}


def test_without_samples_a_sentence_says_why(window, see, qtbot):
    page = see()
    document = window.workspace.document
    document.edit(document.experiment.with_dataset(Painted.empty()), "")
    qtbot.waitUntil(lambda: page.panel.why_none.isVisible())
    assert page.panel.why_none.text() == page.samples.problem != ""
    assert page.panel.table.model().rowCount() == 0
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: page.panel.table.model().rowCount() == 500)
    assert not page.panel.why_none.isVisible()


# --- sorted and filtered ----------------------------------------------------------------------------


def test_one_click_puts_the_worst_rows_on_top(window, see, qtbot):
    page = see(Wine())
    train(window, page, qtbot)
    qtbot.mouseClick(page.panel.worst, LEFT)
    arranged(page, qtbot)
    losses = page.samples.verdict.losses
    first = page.panel.table.rows.sample(0)
    assert losses[first] == losses.max()
    shown = [losses[page.panel.table.rows.sample(row)] for row in range(178)]
    assert shown == sorted(shown, reverse=True)
    assert page.panel.count.text() == "worst first · 178 of 178 rows"


def click_head(page, qtbot, column, below=8):
    header = page.panel.table.header
    place = QPoint(header.sectionViewportPosition(column) + 10, below)
    qtbot.mouseClick(header.viewport(), LEFT, pos=place)


def test_a_click_on_a_head_sorts_by_numbers_as_numbers_and_another_the_other_way(see, qtbot):
    page = see(Wine())
    column = column_at(page, "magnesium")
    for descending in (False, True):
        click_head(page, qtbot, column)
        arranged(page, qtbot)
        values = [float(text) for text in cells(page, column)]
        assert values == sorted(values, reverse=descending)


def test_only_one_side_and_only_rows_with_a_word_are_shown(see, qtbot):
    page = see(Wine())
    panel = page.panel
    panel.side.activated.emit(2)
    qtbot.keyClicks(panel.filter, "grower 2")
    qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    arranged(page, qtbot)
    assert set(cells(page, place(page, Meaning.SIDE))) == {"test"}
    for row in range(panel.table.rows.rowCount()):
        words = [panel.table.rows.cell(row, column).text for column in range(5)]
        assert any("grower" in word for word in words)
    assert 0 < panel.table.rows.rowCount() < 89


def test_a_number_finds_what_is_written_so(see, qtbot):
    page = see(Wine())
    qtbot.keyClicks(page.panel.filter, "14.23")
    qtbot.keyClick(page.panel.filter, Qt.Key.Key_Return)
    arranged(page, qtbot)
    assert cells(page, place(page, Meaning.NUMBER)) == ["1"]
    qtbot.keyClicks(page.panel.filter, "x")
    qtbot.keyClick(page.panel.filter, Qt.Key.Key_Return)
    arranged(page, qtbot)
    assert page.panel.count.text() == "0 of 178 rows"


def test_what_is_chosen_stays_chosen_when_rows_change_places(window, see, qtbot):
    page = see(Wine())
    table = page.panel.table
    table.selectRow(3)
    qtbot.mouseClick(page.panel.worst, LEFT)
    arranged(page, qtbot)
    assert table.rows.sample(table.currentIndex().row()) == 3


# --- taken elsewhere --------------------------------------------------------------------------------


def test_rows_are_copied_as_cells_with_what_the_network_says(window, see, qtbot):
    page = see(Wine())
    table = page.panel.table
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    window.actions_["copy"].trigger()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() != "")
    rows = list(csv.DictReader(io.StringIO(QApplication.clipboard().text()), delimiter="\t"))
    assert [row["alcohol"] for row in rows] == ["14.23", "13.2"]
    assert {"Class", "prediction", "probability", "probability.grower 1", "loss"} <= set(rows[0])


def test_one_row_that_is_selected_is_copied_alone(window, see, qtbot):
    page = see(Wine())
    page.panel.table.selectRow(4)
    qtbot.mouseClick(page.panel.copy, LEFT)
    qtbot.waitUntil(lambda: QApplication.clipboard().text() != "")
    (row,) = csv.DictReader(io.StringIO(QApplication.clipboard().text()), delimiter="\t")
    assert row["#"] == "5"


def test_all_rows_are_selected_and_copied_in_the_order_in_which_they_are_shown(window, see, qtbot):
    page = see(Wine())
    for _ in range(2):
        click_head(page, qtbot, column_at(page, "alcohol"))
        arranged(page, qtbot)
    window.actions_["select_all"].trigger()
    window.actions_["copy"].trigger()
    qtbot.waitUntil(lambda: QApplication.clipboard().text() != "")
    rows = csv.DictReader(io.StringIO(QApplication.clipboard().text()), delimiter="\t")
    copied = [float(row["alcohol"]) for row in rows]
    assert copied == sorted(Wine().arrays.raw[:, 0].tolist(), reverse=True)


def test_all_rows_that_are_shown_are_saved_with_predictions(window, see, qtbot, tmp_path, monkeypatch):
    page = see(Wine())
    train(window, page, qtbot)
    path = tmp_path / "rows.csv"
    monkeypatch.setattr(saving, "file_to_save", lambda *_: path)
    qtbot.mouseClick(page.panel.save, LEFT)
    qtbot.waitUntil(path.exists)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert len(rows) == 178
    of_test = [float(row["loss"]) for row in rows if row["Used for"] == "test"]
    assert sum(of_test) / len(of_test) == pytest.approx(window.workspace.link.latest.test.loss, rel=1e-4)
    for row in rows:
        shares = [float(row[f"probability.grower {number}"]) for number in (1, 2, 3)]
        assert max(shares) == pytest.approx(float(row["probability"]))
        assert row["prediction"] == f"grower {1 + int(np.argmax(shares))}"


# --- roles ------------------------------------------------------------------------------------------


def choose_role(page, qtbot, column, text):
    """Click on the role of a column, and choose in the menu that opens; gives all that it offers."""
    header = page.panel.table.header
    page.panel.table.scrollTo(page.panel.table.model().index(0, column))
    qtbot.mouseClick(header.viewport(), LEFT, pos=header.chip(column).center())
    menu = QApplication.activePopupWidget()
    offered = [action.text() for action in menu.actions()]
    qtbot.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[offered.index(text)]).center())
    return offered


def test_a_column_is_left_out_and_taken_back_undoably(window, see, qtbot):
    page, document = see(Wine()), window.workspace.document
    before = document.experiment
    offered = choose_role(page, qtbot, column_at(page, "ash"), "Not used")
    assert offered == ["Input", "Not used"]
    assert document.undo_stack.undoText() == "Leave out ash"
    assert [each.column for each in before.data.inputs if each not in document.experiment.data.inputs] == [
        "ash"
    ]
    qtbot.waitUntil(lambda: answered(window, page))
    choose_role(page, qtbot, column_at(page, "ash"), "Input")
    assert document.experiment.data.inputs == before.data.inputs
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert document.experiment == before


def test_the_last_input_cannot_be_left_out_and_a_notice_says_so(window, see, qtbot):
    page = see()
    choose_role(page, qtbot, column_at(page, "x₁"), "Not used")
    qtbot.waitUntil(lambda: answered(window, page))
    choose_role(page, qtbot, column_at(page, "x₂"), "Not used")
    assert window.workspace.notice.text
    assert len(window.workspace.document.experiment.data.inputs) == 1


def test_the_target_of_a_recipe_is_no_button(see, qtbot):
    page = see()
    before = page.panel.table.header.chip(place(page, Meaning.TARGET))
    asked = []
    page.panel.table.header.role_clicked.connect(lambda *_: asked.append(True))
    qtbot.mouseClick(page.panel.table.header.viewport(), LEFT, pos=before.center())
    assert asked == []


# --- a table of one's own ---------------------------------------------------------------------------


def test_a_table_shows_all_that_it_holds_with_the_row_numbers_of_its_file(see):
    page = see(pets(missing="mean"))
    names = [column.name for column in page.panel.table.rows.columns]
    assert names == ["#", "animal", "Network says", "Loss", "Used for", "weight", "born", "legs"]
    assert cells(page, 0) == [str(number) for number in range(2, 12)]
    assert cells(page, column_at(page, "weight"))[:3] == ["4.5", "missing", "3.9"]
    assert page.source.facts.text() == "10 rows · 4 columns · 2 missing values · 2 classes"


def test_rows_that_are_left_out_are_counted_and_the_others_keep_their_numbers(see):
    page = see(pets(missing="drop"))
    assert cells(page, 0) == ["2", "4", "6", "7", "8", "9", "10", "11"]
    assert "2 rows left out" in page.source.facts.text()


def test_missing_values_are_sorted_to_the_end_either_way(see, qtbot):
    page = see(pets(missing="mean"))
    for _ in range(2):
        click_head(page, qtbot, column_at(page, "weight"))
        arranged(page, qtbot)
        assert cells(page, column_at(page, "weight"))[-1] == "missing"


def test_another_column_is_predicted_with_one_click(window, see, qtbot):
    page, document = see(pets(missing="mean")), window.workspace.document
    choose_role(page, qtbot, column_at(page, "born"), "Target")
    assert document.experiment.data.dataset.targets == ("born",)
    assert document.experiment.task.kind == "regression"
    qtbot.waitUntil(lambda: answered(window, page))
    names = [column.name for column in page.panel.table.rows.columns]
    assert names[:2] == ["#", "born"]
    choose_role(page, qtbot, column_at(page, "weight"), "Target as well")
    assert document.experiment.data.dataset.targets == ("born", "weight")
    qtbot.waitUntil(lambda: answered(window, page))


SPLIT = "part,size,kind\n" + "train,1,a\ntrain,2,b\ntest,3,a\ntrain,4,b\n" * 5


def test_a_column_that_says_the_side_splits_the_table_with_one_click(window, see, qtbot):
    table = reading.read(SPLIT, reading.guess(SPLIT))
    page, document = see(OwnTable.of(table, ["kind"])), window.workspace.document
    choose_role(page, qtbot, column_at(page, "part"), "Split")
    assert document.experiment.data.split == "column"
    qtbot.waitUntil(lambda: answered(window, page))
    sides = cells(page, place(page, Meaning.SIDE))
    assert sides == [{"train": "training"}.get(part, part) for part in cells(page, column_at(page, "part"))]
    assert not page.used.shares.isVisible()
    choose_role(page, qtbot, column_at(page, "part"), "Not used")
    assert document.experiment.data.split == "random"
    assert page.used.shares.isVisible()


def test_the_rule_of_the_split_is_chosen_beside_the_table(window, see, qtbot):
    page, document = see(Wine()), window.workspace.document
    combo = page.used.rule.controls["split"].combo
    combo.activated.emit(combo.findText("In order"))
    assert document.experiment.data.split == "in_order"
    qtbot.waitUntil(lambda: answered(window, page))
    sides = cells(page, place(page, Meaning.SIDE))
    assert sides == ["training"] * 89 + ["test"] * 89


def test_column_names_of_a_person_are_never_translated(window, see):
    page = see(pets(targets=["born"], missing="mean"))
    assert "weight" in [column.name for column in page.panel.table.rows.columns]


def test_the_panel_of_the_page_design_leads_to_every_sample(window, qtbot):
    qtbot.mouseClick(window.design.data.every_sample, LEFT)
    assert window.pages.front == "data"


def test_the_window_opens_without_the_page(window):
    assert "data" not in window.pages.made


def test_an_experiment_of_defaults_has_the_page_second(window):
    assert list(window.rail.buttons)[:2] == ["design", "data"]
    assert Experiment().problems() == ()


def test_data_without_test_samples_are_shown(window, see):
    document = window.workspace.document
    data = document.experiment.data.with_(train_percent=100)
    document.edit(document.experiment.with_(data=data), "")
    page = see()
    assert page.samples.sheet.rows == data.dataset.count
    assert all(len(split.rows) == 0 for split in page.samples.sheet.splits[1:])
