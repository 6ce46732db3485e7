"""File ▸ Export ▸ Network as code: code is read, copied, verified and saved with its proof."""

import pytest
from PySide6.QtGui import QGuiApplication

from playground.engine.layers import Dense
from playground.exports.targets.c_header import target as c_target
from playground.files.json_object import from_bytes
from widgets import saving
from widgets.exports.dialog import ExportDialog


@pytest.fixture
def open_dialog(window, qtbot):
    """Opens it from the menu, and waits until it rests."""
    opened = []

    def open_it():
        window.actions_["export_network"].trigger()
        opened.append(window.findChild(ExportDialog))
        rest(qtbot, opened[-1])
        return opened[-1]

    yield open_it
    for dialog in opened:
        dialog.reject()


def rest(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.verdict.text() != "" or dialog.seen is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not dialog.progress.isVisible(), timeout=60_000)


def choose(qtbot, dialog, title):
    row = next(row for row in range(dialog.list.count()) if dialog.list.item(row).text() == title)
    dialog.list.setCurrentRow(row)
    rest(qtbot, dialog)


def test_a_network_is_read_copied_and_verified(open_dialog, qtbot):
    dialog = open_dialog()
    assert dialog.target.tag() == "numpy"
    assert "def forward(x):" in dialog.code.toPlainText()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.seen.exported.code
    dialog.verify.click()
    assert not dialog.verify.isEnabled()
    rest(qtbot, dialog)
    lines = dialog.verdict.text().splitlines()
    said = [line.split(" samples in ")[1].split(" with ")[0] for line in lines]
    assert said == ["float32 it agrees", "float64 it agrees"]
    assert dialog.verify.isEnabled()


def test_it_is_saved_with_its_proof_beside_it(open_dialog, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "my network.py"
    monkeypatch.setattr(saving, "file_to_save", lambda *_: path)
    dialog = open_dialog()
    dialog.save.click()
    rest(qtbot, dialog)
    assert b"def forward(x):" in path.read_bytes()
    assert from_bytes("proof", (tmp_path / "my network.py.json").read_bytes())["agrees"] is True


def test_why_nothing_was_saved_is_told(open_dialog, qtbot, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(saving, "file_to_save", lambda *_: tmp_path / "gone" / "a.py")
    monkeypatch.setattr(saving, "tell", lambda _, text: said.append(text))
    dialog = open_dialog()
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(said), timeout=20_000)
    assert "there is no such folder" in said[0]
    assert dialog.save.isEnabled()


def test_what_a_target_cannot_say_is_a_sentence_and_nothing_to_save(open_dialog, qtbot, monkeypatch):
    monkeypatch.setattr(c_target, "MOST_WEIGHTS", 3)
    dialog = open_dialog()
    choose(qtbot, dialog, "C")
    assert "more than the 3 that a header holds." in dialog.verdict.text()
    assert [button.isEnabled() for button in (dialog.save, dialog.verify, dialog.copy)] == [False] * 3
    choose(qtbot, dialog, "HTML")
    assert dialog.save.isEnabled()
    assert dialog.verdict.text() == ""


def test_a_network_that_is_not_finished_is_not_exported(open_dialog, window, qtbot):
    document = window.workspace.document
    broken = document.experiment.with_(
        network=document.experiment.network.with_(layers=(Dense(id="a", inputs=("nothing",)),))
    )
    document.edit(broken, "")
    dialog = open_dialog()
    assert dialog.verdict.text().startswith("The network cannot be exported as it is now.")
    assert "nothing" in dialog.verdict.text()
    assert not dialog.save.isEnabled()
