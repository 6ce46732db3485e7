"""Whatever comes from other programs, dropped or pasted, opens or is refused in a sentence."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from playground.experiment import Experiment
from widgets.dialogs.pictures.dialog import PicturesDialog

LINK = "https://playground.tensorflow.org/#dataset=xor&noise=25&seed=0.59704"
NO_LAYERS = "There are no layers on the clipboard."


def text(words):
    data = QMimeData()
    data.setText(words)
    return data


def urls(*addresses):
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


def files(*paths):
    return urls(*(QUrl.fromLocalFile(str(path)) for path in paths))


def image():
    data = QMimeData()
    data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    return data


def drop(window, data):
    """Drag it over the window and let go; returns whether the window takes it."""
    arguments = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPointF(100, 100).toPoint(), *arguments)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(100, 100), *arguments))
    return enter.isAccepted()


@pytest.mark.parametrize(
    "data", [text(LINK), text(f"  {LINK}\n"), urls(LINK)], ids=["text", "spaces", "address"]
)
def test_a_dropped_link_opens(qtbot, window, data):
    drop(window, data)
    qtbot.waitUntil(lambda: window.workspace.document.experiment.data.dataset.noise == 25)


def test_a_link_is_pasted_as_an_experiment(qtbot, window):
    QGuiApplication.clipboard().setText(LINK)
    window.actions_["paste"].trigger()
    assert window.workspace.document.experiment.data.dataset.noise == 25


def test_a_link_of_ours_is_copied_and_pasted_elsewhere(qtbot, window):
    window.workspace.document.edit(Experiment(notes="shared"), "edit")
    window.actions_["share_link"].trigger()
    window.workspace.document.edit(Experiment(), "edit")
    window.workspace.document.undo_stack.setClean()
    window.actions_["paste"].trigger()
    assert window.workspace.document.experiment.notes == "shared"


def test_a_dropped_picture_with_an_experiment_inside_opens_it(qtbot, window, tmp_path, monkeypatch):
    path = tmp_path / "shared.png"
    window.workspace.document.edit(Experiment(notes="shared"), "edit")
    monkeypatch.setattr("widgets.dialogs.questions.picture_to_save", lambda *_: path)
    with qtbot.waitSignal(window.workspace.filing.message):
        window.actions_["share_picture"].trigger()
    window.workspace.document.edit(Experiment(), "edit")
    window.workspace.document.undo_stack.setClean()
    drop(window, files(path))
    qtbot.waitUntil(lambda: window.workspace.document.experiment.notes == "shared")
    assert window.workspace.document.path == path


@pytest.mark.parametrize("by", ["drop", "paste"])
def test_other_addresses_are_refused_in_a_sentence(qtbot, window, by):
    before = window.workspace.document.experiment
    said = []
    window.design.canvas.message.connect(said.append)
    for address in ("https://example.org/run.nnplay", "ftp://a/b", "https://" + "x" * 100_000):
        if by == "drop":
            window.workspace.notice.clear()
            assert drop(window, urls(address))
            qtbot.waitUntil(lambda: window.workspace.notice.text != "")
            said.append(window.workspace.notice.text)
        else:
            QGuiApplication.clipboard().setText(address)
            window.actions_["paste"].trigger()
        assert said[-1] == "Of web addresses only those of TensorFlow Playground can be opened."
    assert window.workspace.document.experiment == before


def test_several_files_at_once_are_refused_in_a_sentence(qtbot, window, tmp_path):
    assert drop(window, files(tmp_path / "a.nnplay", tmp_path / "b.nnplay"))
    qtbot.waitUntil(lambda: window.workspace.notice.text != "")
    assert window.workspace.notice.text == "One experiment is open at a time; these are 2 files."


def test_a_folder_without_pictures_is_refused_in_a_sentence(qtbot, window, tmp_path):
    (tmp_path / "folder").mkdir()
    drop(window, files(tmp_path / "folder"))
    qtbot.waitUntil(lambda: bool(window.findChildren(PicturesDialog)))
    (dialog,) = window.findChildren(PicturesDialog)
    qtbot.waitUntil(lambda: dialog.problem.text() == "It is empty.", timeout=10_000)
    dialog.reject()


def test_other_text_is_refused_in_a_sentence_and_pictures_are_not_taken(qtbot, window):
    assert not drop(window, image())
    assert not drop(window, QMimeData())
    assert drop(window, text("hello"))
    qtbot.waitUntil(lambda: window.workspace.notice.text != "")
    assert window.workspace.notice.text == "This is no experiment, no table and no link of an experiment."


@pytest.mark.parametrize(
    "words", ["", "hello", "x" * 3_000_000, '{"layers": ' + "[" * 100_000, "\ud800\0", "{" * 2_000_000]
)
def test_text_of_other_programs_on_the_clipboard_is_no_layers(window, words):
    said = []
    window.design.canvas.message.connect(said.append)
    QGuiApplication.clipboard().setText(words)
    window.actions_["paste"].trigger()
    assert said == [NO_LAYERS]


def test_an_empty_clipboard_and_a_picture_on_it_are_no_layers(window):
    said = []
    window.design.canvas.message.connect(said.append)
    QGuiApplication.clipboard().clear()
    window.actions_["paste"].trigger()
    QGuiApplication.clipboard().setImage(image().imageData())
    window.actions_["paste"].trigger()
    assert said == [NO_LAYERS, NO_LAYERS]


def test_a_long_name_in_a_notice_does_not_make_the_window_wider(window):
    window.workspace.notice.say(f"Could not open {'n' * 300}.nnplay: <b>it</b> is not there.")
    assert window.minimumSizeHint().width() <= window.minimumWidth()
    assert window.workspace.notice.text == f"Could not open {'n' * 300}.nnplay: <b>it</b> is not there."
