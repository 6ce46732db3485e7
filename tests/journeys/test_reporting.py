"""A report is written from the menu, in the language of the window."""

from widgets import saving
from widgets.background import Background
from widgets.film.reporting import Reporting


def test_a_report_is_saved_while_the_window_goes_on(window, qtbot, tmp_path, monkeypatch):
    window.actions_["step_epoch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.epoch == 1)
    monkeypatch.setattr(saving, "choose", lambda *_: (tmp_path / "a", ""))
    told = []
    window.workspace.message.connect(told.append)
    window.actions_["export_report"].trigger()
    qtbot.waitUntil(lambda: "Saved a.html." in told, timeout=20_000)
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") == 2
    assert "How to repeat it" in text
    qtbot.waitUntil(lambda: window.findChild(Reporting) is None)
    qtbot.waitUntil(lambda: window.findChild(Background, options=window_only()) is None)


def window_only():
    from PySide6.QtCore import Qt

    return Qt.FindChildOption.FindDirectChildrenOnly


def test_a_network_that_cannot_train_has_no_report(window, qtbot):
    document = window.workspace.document
    document.edit(document.experiment.with_(network=document.experiment.network.with_(layers=())), "")
    window.actions_["export_report"].trigger()
    assert window.findChild(Reporting) is None
