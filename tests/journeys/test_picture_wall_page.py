"""A person looks through pictures on the page Data, the worst first, and asks about others."""

import csv
import io

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from test_files import train_epochs

from playground.data.datasets.digits import Digits
from playground.data.datasets.shapes import Shapes
from playground.data.datasets.wine import Wine
from playground.numbers.writing import whole
from widgets import saving

LEFT = Qt.MouseButton.LeftButton


def answered(page, dataset):
    sheet = page.samples.sheet
    return sheet is not None and sheet.dataset == dataset and page.samples.verdict is not None


@pytest.fixture
def see(open_window, qtbot):
    """Opens the page on pictures that were learnt for an epoch."""

    def see(dataset=None, epochs=1):
        dataset = dataset or Digits()
        window = open_window(size=(1440, 900))
        document = window.workspace.document
        document.edit(document.experiment.with_dataset(dataset), "")
        qtbot.waitUntil(
            lambda: window.workspace.link.latest.experiment.data.dataset == dataset, timeout=20_000
        )
        train_epochs(qtbot, window, epochs)
        qtbot.mouseClick(window.rail.buttons["data"], LEFT)
        page = window.pages.page
        qtbot.waitUntil(lambda: answered(page, dataset), timeout=20_000)
        return window, page

    return see


def choose(combo, index):
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


def hung(page):
    return page.pictures.wall.wall.content.samples


def settle(qtbot, page):
    qtbot.waitUntil(lambda: page.samples._shown.wish == page.samples.wish, timeout=10_000)


def test_pictures_hang_on_a_wall_where_tables_have_rows(see, qtbot):
    window, page = see()
    assert page.pictures.wall.isVisible()
    assert not page.panel.isVisible()
    assert list(hung(page)) == list(range(1797))
    document = window.workspace.document
    document.edit(document.experiment.with_dataset(Wine()), "")
    qtbot.waitUntil(lambda: answered(page, Wine()), timeout=20_000)
    assert page.panel.isVisible()
    assert not page.pictures.wall.isVisible()
    assert page.ask.isVisible()
    assert not page.pictures.ask.isVisible()


def test_the_wall_is_filtered_by_class_and_side_and_sorted_by_loss(see, qtbot):
    _, page = see()
    wall, sheet = page.pictures.wall, page.samples.sheet
    truth = sheet.values(sheet.target)
    choose(wall.label, 4)
    settle(qtbot, page)
    assert list(hung(page)) == list(np.flatnonzero(truth == 3))
    choose(wall.side, 2)
    settle(qtbot, page)
    assert list(hung(page)) == list(np.flatnonzero((truth == 3) & (sheet.side == 1)))
    choose(wall.order, 1)
    settle(qtbot, page)
    losses = page.samples.verdict.losses[hung(page)]
    assert (np.diff(losses) <= 0).all()
    choose(wall.label, 0)
    choose(wall.side, 0)
    wall.wrong.setChecked(True)
    settle(qtbot, page)
    wrong = np.flatnonzero(page.samples.verdict.classes != truth)
    assert set(hung(page)) == set(wrong)
    assert whole(len(wrong)) in wall.count.text()


def test_a_click_shows_the_sample_with_truth_answer_and_loss(see, qtbot):
    _, page = see()
    wall, ask = page.pictures.wall.wall, page.pictures.ask
    qtbot.mouseClick(wall, LEFT, pos=wall.rect_of(5).center().toPoint())
    sheet, verdict = page.samples.sheet, page.samples.verdict
    np.testing.assert_array_equal(ask.seen.picture, sheet.raw(5))
    words = ask.told.text()
    assert "truth 5" in words
    assert "loss" in words
    qtbot.waitUntil(lambda: bool(ask.bars.rows))
    assert ask.bars.rows[0][0] == str(verdict.classes[5])
    qtbot.keyClick(wall, Qt.Key.Key_Right)
    np.testing.assert_array_equal(ask.seen.picture, sheet.raw(6))


def test_a_drawing_is_answered(see, qtbot):
    _, page = see()
    ask = page.pictures.ask
    pad = ask.drawing.pad
    middle = pad.sheet.center().toPoint()
    qtbot.mousePress(pad, LEFT, pos=middle - QPoint(0, 30))
    qtbot.mouseMove(pad, middle + QPoint(0, 30))
    qtbot.mouseRelease(pad, LEFT, pos=middle + QPoint(0, 30))
    qtbot.waitUntil(lambda: bool(ask.bars.rows))
    expected = page.samples.moment.ask(ask.drawing.sample()[np.newaxis]).shares[0]
    assert ask.bars.rows[0][0] == str(expected.argmax())
    assert ask.bars.rows[0][2] == pytest.approx(expected.max(), abs=1e-5)
    ask.drawing.clear.click()
    qtbot.waitUntil(lambda: not ask.bars.rows)


def photograph(path, page, label):
    """A sample as a photograph of it would be: dark on white, large, and not in the middle."""
    sheet = page.samples.sheet
    row = int(np.flatnonzero(sheet.values(sheet.target) == label)[0])
    ink = np.kron(sheet.raw(row)[..., 0] / 16, np.ones((20, 20)))
    paper = np.full((320, 320), 255.0)
    paper[100:260, 30:190] -= 225 * ink
    Image.fromarray(paper.astype(np.uint8)).save(path)
    return row


def test_a_photograph_is_cut_out_inverted_and_brought_to_size(see, qtbot, tmp_path):
    _, page = see()
    row = photograph(tmp_path / "zero.png", page, 0)
    ask = page.pictures.ask
    ask.open_file(tmp_path / "zero.png")
    qtbot.waitUntil(lambda: ask.told.text() == "zero.png", timeout=10_000)
    found, truth = ask.seen.picture[..., 0], page.samples.sheet.raw(row)[..., 0]
    assert found.shape == (8, 8)
    assert np.corrcoef(found.ravel(), truth.ravel())[0, 1] > 0.8


def test_a_file_that_is_no_picture_is_refused_in_a_sentence(see, qtbot, tmp_path):
    _, page = see()
    (tmp_path / "no.png").write_text("no picture")
    ask = page.pictures.ask
    for name in ("no.png", "missing.png"):
        with qtbot.waitSignal(ask.problem) as problem:
            ask.open_file(tmp_path / name)
        assert name in problem.args[0]
    assert ask.seen.picture is None


def test_what_is_shown_is_written_with_predictions(see, qtbot, monkeypatch, tmp_path):
    _, page = see()
    wall, path = page.pictures.wall, tmp_path / "out.csv"
    choose(wall.label, 2)
    settle(qtbot, page)
    monkeypatch.setattr(saving, "file_to_save", lambda *_: path)
    wall.save.click()
    qtbot.waitUntil(path.exists, timeout=10_000)
    qtbot.waitUntil(lambda: path.read_text().count("\n") == 1 + len(hung(page)), timeout=10_000)
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    assert {row["Class"] for row in rows} == {"1"}
    assert {"prediction", "probability", "loss"} <= set(rows[0])


def test_the_mean_of_each_class_is_that_of_its_training_samples_and_can_be_copied(see, qtbot):
    _, page = see()
    page.tabs.setCurrentWidget(page.pictures.means)
    wall = page.pictures.means.wall
    qtbot.waitUntil(lambda: wall.content is not None, timeout=10_000)
    train = page.samples.sheet.data.train
    for label in (0, 9):
        expected = train.raw[train.labels == label].mean(axis=0)
        np.testing.assert_allclose(wall.content.raw(label), expected)
    wall.copy()
    assert not QGuiApplication.clipboard().image().isNull()


def test_colour_pictures_of_another_size_follow(see, qtbot):
    window, page = see()
    page.pictures.ask.take(3)
    shapes = Shapes(samples=30, side=12, colour=True)
    document = window.workspace.document
    document.edit(document.experiment.with_dataset(shapes), "")
    qtbot.waitUntil(lambda: answered(page, shapes), timeout=20_000)
    assert page.pictures.ask.seen.picture is None
    assert len(hung(page)) == 30
    page.pictures.ask.take(3)
    assert page.pictures.ask.seen.picture.shape == (12, 12, 3)
    assert page.pictures.ask.drawing.colours.buttons()[0].isVisible()
