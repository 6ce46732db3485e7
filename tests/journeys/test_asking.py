"""A person asks the network about rows that it has never seen."""

import csv
import io

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from playground.analysis.importance import importances
from playground.data import OwnTable
from playground.data.datasets.recipes import Plane, Sine
from playground.data.datasets.recipes.molecules import Molecules
from playground.data.datasets.wine import Wine
from playground.data.tables import reading
from widgets import saving
from widgets.dialogs import questions

LEFT = Qt.MouseButton.LeftButton
PETS = "animal,weight,home\n" + "cat,4.5,flat\ndog,30.5,house\ncat,3.5,house\ndog,25.5,flat\n" * 5


def pets(**fields):
    return OwnTable.of(reading.read(PETS, reading.guess(PETS)), ["animal"], **fields)


@pytest.fixture
def ask(window, qtbot):
    """Opens the page on a dataset, and waits until something can be asked."""

    def ask(dataset=None):
        document = window.workspace.document
        if dataset is not None:
            document.edit(document.experiment.with_dataset(dataset), "")
        qtbot.mouseClick(window.rail.buttons["data"], LEFT)
        page = window.pages.page
        qtbot.waitUntil(lambda: answered(window, page), timeout=20_000)
        return page.ask

    return ask


def answered(window, page):
    moment, latest = page.samples.moment, window.workspace.link.latest
    return (
        moment is not None
        and moment.experiment == latest.experiment == window.workspace.document.experiment
        and moment.step == latest.step
        and bool(page.ask.bars.rows)
        and page.ask._data is moment.data
    )


def said(window, ask):
    """What the network says of the row, worked out beside the window: each answer with its name."""
    moment = window.pages.page.samples.moment
    answers = moment.ask(ask.row[np.newaxis])
    shares = answers.shares[0] if answers.shares is not None else answers.outputs[0]
    return dict(zip(ask._names(), shares.tolist(), strict=True))


def shown(ask):
    return {name: share for name, _, share, _ in ask.bars.rows}


def says_so(window, ask, qtbot):
    qtbot.waitUntil(lambda: shown(ask) == pytest.approx(said(window, ask)))


def enter(control, text, qtbot):
    control.line.selectAll()
    qtbot.keyClicks(control.line, text)
    qtbot.keyClick(control.line, Qt.Key.Key_Return)


def test_there_is_a_control_a_column_with_the_range_that_was_seen(window, ask):
    panel = ask(Wine())
    data = window.pages.page.samples.moment.data
    assert list(panel.controls) == [column.name for column in data.columns]
    stops = panel.controls["alcohol"].slider.stops
    assert (stops[0], stops[-1]) == data.columns[0].range
    assert not panel.warning.isVisible()


def test_a_number_that_is_typed_is_answered_at_once_and_warned_of_outside_the_range(window, ask, qtbot):
    panel = ask(Wine())
    enter(panel.controls["alcohol"], "12.5", qtbot)
    assert panel.row[0] == 12.5
    says_so(window, panel, qtbot)
    enter(panel.controls["alcohol"], "25", qtbot)
    says_so(window, panel, qtbot)
    assert panel.warning.isVisible()
    assert panel.warning.text().startswith("alcohol: 25 lies outside what it has seen (11")


def test_probabilities_are_shown_the_likeliest_first_and_told_to_a_screen_reader(window, ask, qtbot):
    panel = ask(Wine())
    shares = [share for _, _, share, _ in panel.bars.rows]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, rel=1e-5)
    assert panel.bars.accessibleDescription().startswith(panel.bars.rows[0][0])


def test_a_category_is_chosen_from_those_that_were_learnt(window, ask, qtbot):
    panel = ask(pets())
    combo = panel.controls["home"].combo
    assert [combo.itemText(place) for place in range(combo.count())] == ["flat", "house"]
    other = 1 - combo.currentIndex()
    combo.setCurrentIndex(other)
    combo.activated.emit(other)
    assert panel.row[1] == other
    says_so(window, panel, qtbot)


def test_a_row_that_is_chosen_in_the_table_is_asked_about(window, ask, qtbot):
    panel = ask(Wine())
    window.pages.page.panel.table.selectRow(7)
    np.testing.assert_allclose(panel.row, Wine().arrays.raw[7])
    says_so(window, panel, qtbot)


def test_a_place_on_the_plane_is_clicked(window, ask, qtbot):
    panel = ask()
    assert panel.pad.isVisible()
    place = panel.pad.square.center() + (panel.pad.square.topRight() - panel.pad.square.center()) / 2
    qtbot.mouseClick(panel.pad, LEFT, pos=place.toPoint())
    np.testing.assert_allclose(panel.row, [3, 3], atol=0.2)
    says_so(window, panel, qtbot)


def test_a_number_is_answered_with_a_number(window, ask, qtbot):
    for dataset in (Plane(), Sine()):
        panel = ask(dataset)
        (truth,) = said(window, panel).values()
        near = pytest.approx(truth, rel=1e-3, abs=1e-4)
        qtbot.waitUntil(lambda: [number(row[1]) for row in panel.bars.rows] == [near])  # noqa: B023
        assert panel.pad.isVisible() == isinstance(dataset, Plane)


def number(text):
    return float(text.replace("−", "-"))


def test_what_was_typed_stays_while_training_goes_on_and_the_answer_follows(window, ask, qtbot):
    panel = ask(Wine())
    enter(panel.controls["alcohol"], "12.5", qtbot)
    says_so(window, panel, qtbot)
    before = shown(panel)
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    qtbot.waitUntil(lambda: answered(window, window.pages.page) and shown(panel) != before)
    says_so(window, panel, qtbot)
    assert panel.row[0] == 12.5


def test_whole_graphs_cannot_be_asked_about_and_nothing_pretends_they_can(window, ask, qtbot):
    ask(Wine())
    page, document = window.pages.page, window.workspace.document
    assert page.docks["ask"].isVisible()
    document.edit(document.experiment.with_dataset(Molecules()), "")
    assert not page.docks["ask"].isVisible()
    assert not page.docks["ask"].toggleViewAction().isVisible()
    document.undo_stack.undo()
    assert page.docks["ask"].isVisible()


def test_what_matters_is_told_the_most_first_and_follows_the_training(window, ask, qtbot):
    ask(Wine())
    page = window.pages.page
    for _ in range(5):
        window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 5 and answered(window, page))
    page.tabs.setCurrentWidget(page.matters)
    qtbot.waitUntil(lambda: len(page.matters.bars.rows) == 13, timeout=20_000)
    expected = importances(page.samples.moment)
    assert [name for name, *_ in page.matters.bars.rows] == [each.column for each in expected]
    assert page.matters.bars.rows[0][2] == 1
    before = page.matters.bars.rows
    for _ in range(5):
        window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: page.matters.bars.rows != before, timeout=20_000)


# --- rows of a file or of the clipboard -------------------------------------------------------------


NEW = "home,name,weight\nflat,Tom,4.0\nhouse,Rex,\nhouse,Mia,29.0\n"


def read_back(text, delimiter=","):
    return list(csv.DictReader(io.StringIO(text), delimiter=delimiter))


def assert_predicted(rows):
    assert [row["name"] for row in rows] == ["Tom", "Rex", "Mia"]
    assert [row["weight"] for row in rows] == ["4.0", "", "29.0"]
    assert rows[1]["prediction"] == ""
    for row in (rows[0], rows[2]):
        shares = {name: float(row[f"probability.{name}"]) for name in ("cat", "dog")}
        assert row["prediction"] == max(shares, key=shares.get)
        assert float(row["probability"]) == pytest.approx(max(shares.values()))


def test_rows_of_a_file_are_predicted_into_another(window, ask, qtbot, tmp_path, monkeypatch):
    panel = ask(pets())
    source, out = tmp_path / "new.csv", tmp_path / "out.csv"
    source.write_text(NEW, encoding="utf-8")
    monkeypatch.setattr(questions, "data_to_open", lambda *_: source)
    monkeypatch.setattr(saving, "file_to_save", lambda *_: out)
    qtbot.mouseClick(panel.file, LEFT)
    qtbot.waitUntil(out.exists, timeout=20_000)
    assert_predicted(read_back(out.read_text(encoding="utf-8")))
    qtbot.waitUntil(lambda: window.status.message.text() == "Predicted 2 of 3 rows.")
    assert source.read_text(encoding="utf-8") == NEW


def test_cells_on_the_clipboard_are_predicted_and_copied(window, ask, qtbot):
    panel = ask(pets())
    QApplication.clipboard().setText(NEW.replace(",", "\t"))
    qtbot.mouseClick(panel.clipboard, LEFT)
    qtbot.waitUntil(lambda: "prediction" in QApplication.clipboard().text(), timeout=20_000)
    assert_predicted(read_back(QApplication.clipboard().text(), "\t"))


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("home\tname\nflat\tTom\nhouse\tRex\n", "It lacks the column “weight”."),
        (NEW.replace(",", "\t").replace("house\tMia", "boat\tMia"), "boat"),
        ("", "There are no cells on the clipboard."),
    ],
)
def test_rows_that_do_not_fit_are_refused_in_a_sentence_and_nothing_is_written(
    window, ask, qtbot, cells, words
):
    panel = ask(pets())
    QApplication.clipboard().setText(cells)
    qtbot.mouseClick(panel.clipboard, LEFT)
    qtbot.waitUntil(lambda: words in window.workspace.notice.text, timeout=20_000)
    assert QApplication.clipboard().text() == cells
