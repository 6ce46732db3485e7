"""A person looks at sequences on the page Data, types one, and learns from a text of their own."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.recipes import Circle
from playground.data.datasets.sequences import Brackets, Echo, Waves
from widgets.pages.data.sheet import Meaning

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def see(window, qtbot):
    """Opens the page on a dataset, and waits for its samples and the answers to them."""

    def see(dataset):
        document = window.workspace.document
        document.edit(document.experiment.with_dataset(dataset), "")
        qtbot.mouseClick(window.rail.buttons["data"], LEFT)
        page = window.pages.page
        qtbot.waitUntil(lambda: is_shown(page, dataset), timeout=20_000)
        return page

    return see


def is_shown(page, dataset):
    samples = page.samples
    return bool(
        samples.sheet is not None
        and samples.sheet.dataset == dataset
        and samples.verdict is not None
        and samples.moment.data is samples.sheet.data
    )


def meanings(page):
    return [column.meaning for column in page.samples.sheet.columns]


def retype(page, qtbot, text):
    line = page.ask.sequence.page
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)


def test_each_row_draws_its_sequence_and_says_it_to_a_screen_reader(see):
    page = see(Brackets(samples=60))
    model = page.panel.table.rows
    place = meanings(page).index(Meaning.PICTURE)
    cell = model.cell(0, place)
    raw = page.samples.sheet.raw(model.sample(0))
    assert cell.draw is not None
    assert model.data(model.index(0, place)) == "".join(
        "()[]"[each] for each in raw[~np.isnan(raw[:, 0])].argmax(1)
    )
    assert Meaning.TARGET in meanings(page)


def test_of_many_numbers_to_predict_the_drawing_tells_and_no_columns(see):
    page = see(Echo(samples=60, length=10, delay=2))
    assert Meaning.TARGET not in meanings(page)
    assert {Meaning.PICTURE, Meaning.SAID, Meaning.LOSS} <= set(meanings(page))
    assert np.isfinite(page.samples.verdict.losses).all()


def test_the_worst_sequences_come_first_on_a_click(see, qtbot):
    page = see(Waves(samples=60))
    qtbot.mouseClick(page.panel.worst, LEFT)
    worst = int(page.samples.verdict.losses.argmax())
    qtbot.waitUntil(lambda: page.panel.table.rows.sample(0) == worst)


def test_windows_that_are_left_out_between_two_sides_are_no_rows(see):
    dataset = OwnText(text="abcd" * 25, window=6)
    page = see(dataset)
    sheet, verdict = page.samples.sheet, page.samples.verdict
    train, test = page.samples.moment.data.train, page.samples.moment.data.test
    assert sheet.rows == len(train.rows) + len(test.rows) == dataset.count - dataset.overlap
    for row in range(sheet.rows):
        number = int(sheet.numbers(np.array([row]))[0]) - 1
        assert number in (train.rows if sheet.side[row] == 0 else test.rows)
        assert sheet.label(row) == dataset.symbols.index(dataset.text[number + 6])
    assert np.isfinite(verdict.losses).all()
    assert "94 windows" in page.source.facts.text()
    assert "6 left out between two sides" in page.source.facts.text()


def test_a_typed_sequence_is_answered(see, qtbot):
    page = see(Brackets(samples=60))
    retype(page, qtbot, "([])")
    qtbot.waitUntil(lambda: bool(page.ask.sequence.bars.rows))
    assert page.ask.sequence.raw[:4].argmax(axis=1).tolist() == [0, 2, 3, 1]
    assert {row[0] for row in page.ask.sequence.bars.rows} == {"wrong", "matched"}


def test_what_cannot_be_read_is_told_below_and_the_answer_goes(see, qtbot):
    page = see(Brackets(samples=60))
    retype(page, qtbot, "(x)")
    assert "'x' is none of what it has learnt from" in page.ask.sequence.problem.text()
    assert page.ask.sequence.problem.isVisible()
    assert not page.ask.sequence.bars.rows
    qtbot.keyClick(page.ask.sequence.page, Qt.Key.Key_Escape)
    assert not page.ask.sequence.problem.isVisible()


def test_the_sequence_of_a_row_that_is_chosen_is_asked_about(see, qtbot):
    page = see(Waves(samples=60, window=6, horizon=2))
    table = page.panel.table
    table.setCurrentIndex(table.rows.index(4, 0))
    raw = page.samples.sheet.raw(table.rows.sample(4))
    np.testing.assert_allclose(page.ask.sequence.raw, raw, atol=1e-5)
    qtbot.waitUntil(lambda: len(page.ask.sequence.bars.rows) == 2)
    assert [row[0] for row in page.ask.sequence.bars.rows] == ["step 7", "step 8"]


def test_a_text_is_written_on_by_the_network_as_freely_as_it_is_told(see, qtbot):
    page = see(OwnText(text="the cat sat on the mat. " * 4, window=4))
    asked = page.ask.sequence
    qtbot.waitUntil(lambda: len(asked.picture.accessibleDescription()) == 60)
    free = asked.picture.accessibleDescription()
    retyped = asked.temperature.control.inputs[-1]
    retyped.setFocus()
    retyped.selectAll()
    qtbot.keyClicks(retyped, "0")
    qtbot.keyClick(retyped, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: asked.picture.accessibleDescription() != free)


def test_how_a_text_goes_on_appears_a_few_characters_at_a_time(see, qtbot):
    page = see(OwnText(text="the cat sat on the mat. " * 4, window=4))
    picture = page.ask.sequence.picture
    qtbot.waitUntil(lambda: len(picture.accessibleDescription()) == 60)
    seen = set()
    qtbot.waitUntil(lambda: seen.add(picture.revealed) or picture.revealed >= 60)
    assert len(seen) > 3
    page.ask.hide()
    page.ask.show()
    assert picture.revealed == 60  # and does not begin again


def test_only_a_text_has_a_temperature(see):
    page = see(Brackets(samples=60))
    assert not page.ask.sequence.temperature.isVisible()
    assert not page.ask.sequence.picture.accessibleDescription()


def test_points_are_asked_about_as_ever(see, qtbot):
    see(Waves(samples=60))
    page = see(Circle(samples=60))
    assert not page.ask.sequence.isVisible()
    qtbot.waitUntil(page.ask.pad.isVisible)


def test_a_text_is_typed_in_the_data_panel_and_undone(window, qtbot):
    document, panel = window.workspace.document, window.pages.page.data
    document.edit(document.experiment.with_dataset(OwnText()), "")
    page = panel.dataset_form.controls["text"].page
    page.setFocus()
    page.selectAll()
    qtbot.keyClicks(page, "abab" * 8)
    qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert document.experiment.data.dataset.text == "abab" * 8
    assert document.experiment.data.dataset.symbols == ("a", "b")
    document.undo_stack.undo()
    assert document.experiment.data.dataset == OwnText()
    assert page.toPlainText() == OwnText().text


def test_a_split_by_chance_of_windows_is_refused_where_it_is_chosen(see, window, qtbot):
    page = see(OwnText(text="the cat sat on the mat. " * 4, window=4))
    before = window.workspace.document.experiment
    combo = next(each for each in page.used.findChildren(QComboBox) if each.findText("In order") >= 0)
    assert combo.currentText() == "In order"
    place = combo.findText("By chance")
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    assert window.workspace.document.experiment == before
    said = [each.text() for each in page.used.findChildren(QLabel) if each.isVisible()]
    assert any("overlap" in words for words in said)
    assert combo.currentText() == "In order"


def test_in_the_output_panel_a_text_grows_while_it_learns_and_as_freely_as_it_is_told(window, qtbot):
    document, output = window.workspace.document, window.pages.page.output
    text = OwnText(text="the cat sat on the mat. " * 4, window=4)
    document.edit(document.experiment.with_dataset(text), "")
    link = window.workspace.link
    qtbot.waitUntil(lambda: link.latest is not None and link.latest.continued is not None, timeout=20_000)
    qtbot.waitUntil(output.writes_on.isVisible)
    free = link.latest.continued
    link.session.run()
    lengths = set()
    qtbot.waitUntil(lambda: lengths.add(len(link.latest.continued)) or len(lengths) > 4, timeout=20_000)
    link.session.pause()
    qtbot.waitUntil(lambda: not link.running and len(link.latest.continued) == len(free))
    warm = link.latest.continued
    retyped = output.writes_on.temperature.control.inputs[-1]
    retyped.setFocus()
    retyped.selectAll()
    qtbot.keyClicks(retyped, "0")
    qtbot.keyClick(retyped, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not np.array_equal(link.latest.continued, warm))


def test_the_network_goes_on_with_a_text_that_is_typed_in_the_output_panel(window, qtbot):
    document, output = window.workspace.document, window.pages.page.output
    document.edit(
        document.experiment.with_dataset(OwnText(text="the cat sat on the mat. " * 4, window=4)), ""
    )
    link = window.workspace.link
    qtbot.waitUntil(lambda: link.latest is not None and link.latest.continued is not None, timeout=20_000)
    qtbot.waitUntil(output.isVisible)
    line, symbols = output.writes_on.line, document.experiment.data.dataset.shape.symbols
    assert len(line.text()) == 4

    def shown():
        chosen = link.latest.data.chosen
        return "".join(symbols[place] for place in chosen.raw.argmax(axis=1))

    assert line.text() == shown()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "sat")
    assert output.writes_on.problem.isVisible()
    qtbot.keyClicks(line, " on")
    assert not output.writes_on.problem.isVisible()
    qtbot.waitUntil(lambda: shown() == "t on")
    assert line.text() == "sat on"
    assert "your own" in output.sample.content.title
    assert len(link.latest.continued) == 60
    output.sample.setFocus()
    qtbot.keyClick(output.sample, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: shown() != "t on" and line.text() == shown())
