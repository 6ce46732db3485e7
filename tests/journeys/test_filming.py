"""Filming the training from the menu, while the window goes on."""

import pytest
from PIL import Image
from shiboken6 import isValid

from widgets import saving
from widgets.background import Background
from widgets.film.dialog import FilmDialog
from widgets.theme import DARK, current


@pytest.fixture
def trained(window, qtbot):
    """A window whose network was trained for four epochs."""
    for epoch in range(1, 5):
        window.actions_["step_epoch"].trigger()
        qtbot.waitUntil(lambda epoch=epoch: window.workspace.link.latest.epoch == epoch, timeout=10_000)
    return window


@pytest.fixture
def dialog(trained):
    trained.actions_["export_film"].trigger()
    shown = trained.findChild(FilmDialog)
    shown.set_value(shown.value.with_(size="640x360", fps=5))
    yield shown
    if isValid(shown):
        shown.reject()


def test_the_run_is_filmed_as_it_went(dialog, trained, qtbot, tmp_path, monkeypatch):
    assert dialog.value.source == "run"
    assert dialog.counted.text().startswith("5 frames")
    monkeypatch.setattr(saving, "choose", lambda *_: (tmp_path / "a.gif", ""))
    dialog.make.click()
    assert not dialog.form.isEnabled()
    qtbot.waitUntil(lambda: dialog.shooting is None and dialog.findChild(Background) is None, timeout=30_000)
    with Image.open(tmp_path / "a.gif") as film:
        assert (film.n_frames, film.size) == (5, (640, 360))
        assert film.info["duration"] == 200
    assert dialog.left.text() == "Saved a.gif."
    assert current() is DARK
    assert trained.workspace.link.latest.epoch == 4  # nothing was trained in the window


def test_a_copy_trains_anew_in_other_colours(dialog, qtbot, tmp_path, monkeypatch):
    views = {"network": False, "curves": False}
    dialog.set_value(dialog.value.with_(source="anew", epochs=6, every=3, colours="light", **views))
    assert dialog.counted.text().startswith("3 frames")
    monkeypatch.setattr(saving, "choose", lambda *_: (tmp_path / "a.webp", ""))
    dialog.make.click()
    qtbot.waitUntil(lambda: dialog.shooting is None and dialog.findChild(Background) is None, timeout=30_000)
    with Image.open(tmp_path / "a.webp") as film:
        assert film.n_frames == 3
        assert min(film.convert("RGB").getpixel((2, 2))) > 200


def test_a_film_that_is_called_off_or_closed_leaves_no_file(dialog, qtbot, tmp_path, monkeypatch):
    dialog.set_value(dialog.value.with_(source="anew", epochs=400))
    monkeypatch.setattr(saving, "choose", lambda *_: (tmp_path / "a.gif", ""))
    with qtbot.waitSignal(dialog.preview_changed, timeout=20_000):
        dialog.make.click()
    assert dialog.leave.text() == "Cancel"
    dialog.leave.click()
    assert dialog.shooting is None
    assert dialog.make.isEnabled()
    assert dialog.isVisible()

    with qtbot.waitSignal(dialog.preview_changed, timeout=20_000):
        dialog.make.click()
    shooting = dialog.shooting
    with qtbot.waitSignal(shooting.ended):
        dialog.reject()  # as when the window is closed
    assert shooting.called_off
    assert list(tmp_path.glob("a*")) == []


def test_a_network_that_cannot_train_is_not_filmed(window, qtbot):
    document = window.workspace.document
    document.edit(document.experiment.with_(network=document.experiment.network.with_(layers=())), "")
    window.actions_["export_film"].trigger()
    assert window.findChild(FilmDialog) is None
