"""A person opens pictures of their own: they are looked at, brought to a size, and learnt from."""

import csv
import threading
import zipfile

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from test_files import train_epochs

from playground.data import OwnPictures
from playground.data.pictures import reading
from playground.data.spaces import OneSample
from widgets import saving
from widgets.dialogs import questions
from widgets.dialogs.pictures.dialog import PicturesDialog
from widgets.dialogs.pictures.wall import SOME
from widgets.pictures import picture_image
from widgets.program import main

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pets(tmp_path):
    """Twelve red cats and twelve blue dogs, a text, and what is no picture."""
    for name, colour in (("cat", (200, 30, 30)), ("dog", (30, 30, 200))):
        (tmp_path / "pets" / name).mkdir(parents=True)
        for number in range(1, 13):
            shade = tuple(max(0, part - 2 * number) for part in colour)
            Image.new("RGB", (40, 30), shade).save(tmp_path / "pets" / name / f"{number}.png")
    (tmp_path / "pets" / "notes.txt").write_text("notes")
    (tmp_path / "pets" / "cat" / "text.png").write_text("no picture")
    return tmp_path / "pets"


@pytest.fixture
def look(window, qtbot):
    """Opens pictures, and waits until the dialog has read them, or says why not."""

    def look(source):
        window.workspace.own_data.open(source)
        return settled(window, qtbot)

    return look


def dialog_of(window):
    (dialog,) = [dialog for dialog in window.findChildren(PicturesDialog) if dialog.isVisible()]
    return dialog


def settled(window, qtbot):
    dialog = dialog_of(window)
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    return dialog


def dataset_of(window):
    return window.workspace.document.experiment.data.dataset


def accept(window, dialog, qtbot):
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: isinstance(dataset_of(window), OwnPictures), timeout=20_000)
    return dataset_of(window)


def choose(dialog, name, text, qtbot):
    combo = dialog.form.controls[name].combo
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    arguments = (Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, QDragEnterEvent(QPointF(100, 100).toPoint(), *arguments))
    QApplication.sendEvent(window, QDropEvent(QPointF(100, 100), *arguments))
    QApplication.processEvents()  # it is opened when the drop is over


def rows(dialog):
    model = dialog.wall.classes
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


# --- ways in ----------------------------------------------------------------------------------------


def test_a_folder_is_dropped_looked_at_and_learnt_from_in_one_step_of_undo(window, qtbot, pets):
    before = window.workspace.document.experiment
    drop(window, pets)
    dialog = settled(window, qtbot)
    assert dialog.name.text() == "pets"
    assert rows(dialog) == [("cat", "12"), ("dog", "12")]
    dataset = accept(window, dialog, qtbot)
    assert (dataset.count, dataset.class_names, dataset.shape.sizes) == (24, ("cat", "dog"), (28, 28, 3))
    qtbot.waitUntil(lambda: window.workspace.link.latest.experiment.data.dataset == dataset)
    window.workspace.document.undo_stack.undo()
    assert window.workspace.document.experiment == before
    window.workspace.document.undo_stack.redo()
    assert dataset_of(window) == dataset


def test_a_zip_is_dropped(window, qtbot, pets, tmp_path):
    with zipfile.ZipFile(tmp_path / "pets.zip", "w") as archive:
        for file in pets.rglob("*"):
            if file.is_file():
                archive.write(file, file.relative_to(tmp_path))
    drop(window, tmp_path / "pets.zip")
    assert rows(settled(window, qtbot)) == [("cat", "12"), ("dog", "12")]
    dialog_of(window).reject()


def test_folders_of_two_classes_are_dropped_together(window, qtbot, pets):
    drop(window, pets / "dog", pets / "cat")
    assert rows(settled(window, qtbot)) == [("cat", "12"), ("dog", "12")]
    dialog_of(window).reject()


def test_one_picture_alone_is_told_what_to_do(window, pets):
    drop(window, pets / "cat" / "1.png")
    assert "open a folder with a folder for each class" in window.workspace.notice.text


def test_arrays_go_where_their_shape_says(window, qtbot, tmp_path):
    pictures = np.random.default_rng(0).integers(0, 256, (12, 9, 9), np.uint8)
    np.savez(tmp_path / "pictures.npz", images=pictures, labels=np.arange(12) % 3)
    drop(window, tmp_path / "pictures.npz")
    dialog = settled(window, qtbot)
    assert rows(dialog) == [("0", "4"), ("1", "4"), ("2", "4")]
    assert dialog.sizing.side == 9
    dialog.reject()


def test_the_menu_asks_for_a_folder(window, qtbot, pets, monkeypatch):
    folders = []
    monkeypatch.setattr(questions, "folder_to_open", lambda _parent, folder: folders.append(folder) or pets)
    window.actions_["open_pictures"].trigger()
    accept(window, settled(window, qtbot), qtbot)
    window.actions_["open_pictures"].trigger()
    settled(window, qtbot).reject()
    assert folders[1] == pets.parent


def test_the_command_line_opens_the_window_on_pictures(pets, monkeypatch):
    opened = []
    monkeypatch.setattr("widgets.app.run", lambda **given: opened.append(given) or 0)
    monkeypatch.setattr("widgets.program.display.check", lambda _environment: None)
    assert main([str(pets)]) == 0
    assert [each["data"] for each in opened] == [pets]


# --- what is shown ----------------------------------------------------------------------------------


def test_what_was_left_out_is_named(look, pets):
    dialog = look(pets)
    assert dialog.facts.text() == "24 pictures · 2 classes"
    assert dialog.remarks.text() == (
        "Left out: cat/text.png (is no picture).  No pictures, and passed over: notes.txt."
    )
    dialog.reject()


def test_pictures_stand_beside_their_class_as_they_will_be_learnt(look, pets, qtbot):
    dialog = look(pets)
    (red,) = {image.pixelColor(9, 9).red() > 150 for image in dialog.wall.classes.images(0)}
    assert red
    cell = dialog.wall.visualRect(dialog.wall.classes.index(1, SOME))
    shown = dialog.wall.viewport().grab().toImage()
    colour = shown.pixelColor((cell.topLeft() + cell.topLeft().__class__(20, 20)) * shown.devicePixelRatio())
    assert colour.blue() > 150 > colour.red()
    dialog.reject()


def test_a_size_and_greys_are_chosen(window, look, pets, qtbot):
    dialog = look(pets)
    choose(dialog, "colour", "Grey", qtbot)
    choose(dialog, "fit", "Pad", qtbot)
    dialog.form.controls["side"].edited.emit(16, 0, "")
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    dataset = accept(window, dialog, qtbot)
    assert dataset.shape.sizes == (16, 16, 1)
    assert (dataset.arrays.raw[:, 0] == 0).all()  # what was added above the picture


def test_the_dialog_is_used_by_keyboard_alone(window, look, pets, qtbot):
    dialog = look(pets)
    dialog.wall.setFocus()
    qtbot.keyClick(dialog.wall, Qt.Key.Key_Down)
    assert dialog.wall.currentIndex().row() in (0, 1)
    assert dialog.wall.accessibleName() == "Classes"
    dialog.ok.setFocus()
    qtbot.keyClick(dialog.ok, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(dataset_of(window), OwnPictures), timeout=20_000)


def test_bad_pictures_are_told_and_change_nothing(window, look, tmp_path):
    before = window.workspace.document.experiment
    (tmp_path / "empty").mkdir()
    dialog = look(tmp_path / "empty")
    assert dialog.problem.text() == "It is empty."
    assert not dialog.ok.isEnabled()
    dialog.reject()
    assert window.workspace.document.experiment == before


def test_too_large_a_size_is_told_and_a_smaller_one_mends_it(look, pets, qtbot, monkeypatch):
    monkeypatch.setattr("playground.data.pictures.limits.MOST_VALUES", 25 * 28 * 28 * 3)
    dialog = look(pets)
    dialog.form.controls["side"].edited.emit(64, 0, "")
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    assert "take a smaller size" in dialog.problem.text()
    assert not dialog.ok.isEnabled()
    dialog.form.controls["side"].edited.emit(20, 0, "")
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    assert dialog.ok.isEnabled()
    dialog.reject()


def test_reading_is_stopped_and_what_was_read_before_stays(look, pets, qtbot, monkeypatch):
    dialog = look(pets)
    before, goes_on, usual = dialog.album, threading.Event(), reading.read

    def slow(source, sizing, progress=None, cancelled=None):
        progress(0.5)
        goes_on.wait(10)
        return usual(source, sizing, progress, cancelled)

    monkeypatch.setattr(reading, "read", slow)
    dialog.form.controls["side"].edited.emit(16, 0, "")
    qtbot.waitUntil(lambda: dialog.progress.bar.value() == 500)
    assert not dialog.ok.isEnabled()
    qtbot.mouseClick(dialog.progress.stop, LEFT)
    goes_on.set()
    assert dialog.album is before
    assert dialog.sizing == before.sizing
    assert dialog.ok.isEnabled()
    dialog.reject()


# --- afterwards -------------------------------------------------------------------------------------


def test_the_sample_is_seen_in_its_colours(window, look, pets, qtbot):
    accept(window, look(pets), qtbot)
    link = window.workspace.link
    qtbot.waitUntil(lambda: isinstance(link.latest.experiment.data.dataset, OwnPictures), timeout=20_000)
    qtbot.waitUntil(lambda: link.latest.data.chosen is not None, timeout=20_000)
    raw = link.latest.data.chosen.raw
    assert isinstance(link.latest.data.space, OneSample)
    assert picture_image(raw).pixelColor(5, 5).red() in {round(255 * value) for value in raw[5, 5, :1]}


def test_a_folder_is_predicted_into_a_table(window, look, pets, qtbot, monkeypatch, tmp_path):
    accept(window, look(pets), qtbot)
    train_epochs(qtbot, window, 20)
    window.pages.open("data")
    page, out, told = window.pages.page, tmp_path / "out.csv", []
    page.pictures.ask.message.connect(told.append)
    monkeypatch.setattr(questions, "folder_to_open", lambda *_: pets / "dog")
    monkeypatch.setattr(saving, "file_to_save", lambda *_: out)
    qtbot.waitUntil(lambda: page.samples.verdict is not None, timeout=20_000)
    qtbot.mouseClick(page.pictures.ask.folder, LEFT)
    qtbot.waitUntil(lambda: told[-1:] == ["Predicted 12 pictures."], timeout=20_000)
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows][:3] == ["1.png", "2.png", "3.png"]
    assert {row["prediction"] for row in rows} == {"dog"}


def test_a_folder_without_pictures_is_told_when_it_is_to_be_predicted(
    window, look, pets, qtbot, monkeypatch, tmp_path
):
    accept(window, look(pets), qtbot)
    window.pages.open("data")
    page = window.pages.page
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(questions, "folder_to_open", lambda *_: tmp_path / "empty")
    monkeypatch.setattr(saving, "file_to_save", lambda *_: tmp_path / "out.csv")
    qtbot.waitUntil(lambda: page.samples.verdict is not None, timeout=20_000)
    qtbot.mouseClick(page.pictures.ask.folder, LEFT)
    qtbot.waitUntil(lambda: window.workspace.notice.text == "It is empty.", timeout=20_000)
    assert not (tmp_path / "out.csv").exists()


def test_pictures_are_read_again_at_the_size_that_was_chosen(window, look, pets, qtbot):
    dialog = look(pets)
    choose(dialog, "colour", "Grey", qtbot)
    accept(window, dialog, qtbot)
    window.pages.open("data")
    source = window.pages.page.source
    assert source.name.text() == "pets"
    assert source.facts.text() == "24 pictures · samples of 28×28×1 · 2 classes"
    assert source.again.isVisible()
    Image.new("RGB", (30, 30), "red").save(pets / "cat" / "13.png")
    qtbot.mouseClick(source.again, LEFT)
    dialog = settled(window, qtbot)
    assert dialog.sizing.colour == "grey"
    assert rows(dialog) == [("cat", "13"), ("dog", "12")]
    dialog.reject()
