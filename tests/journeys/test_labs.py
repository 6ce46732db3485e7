"""A person finds laboratories and leaves them, with an undo and files of their own; nothing is lost."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.data.datasets.wine import Wine
from playground.data.scaling import Standardize
from playground.engine.activations import Sine
from playground.engine.initializers import HeNormal
from playground.engine.losses import Perceptron, SquaredError
from playground.files import laboratory_file
from playground.files.laboratory_file import SavedLaboratory, load
from playground.labs import Laboratory
from playground.labs.boltzmann import Boltzmann
from playground.labs.boltzmann.learning import Learning
from playground.labs.hopfield import Hopfield
from widgets import saving
from widgets.dialogs.lookup import CommandPalette
from widgets.main_window import MainWindow

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def page(window, qtbot):
    qtbot.mouseClick(window.rail.buttons["labs"], LEFT)
    return window.pages.page


@pytest.fixture
def room(page, qtbot):
    card = next(card for card in page.gallery.cards if card.kind is Hopfield)
    qtbot.mouseClick(card, LEFT)
    return page.room


def lab(room):
    return room.document.value


def shown(window):
    return window.pages.page.room if window.pages.front == "labs" else None


def pixel(grid, row, column):
    return grid.cell(row, column).center().toPoint()


def settle(qtbot, room):
    qtbot.waitUntil(lambda: not room.view.running, timeout=10_000)


# --- going about ------------------------------------------------------------------------------------


def test_the_gallery_shows_every_laboratory_and_leads_there_and_back(page, qtbot):
    assert [card.kind for card in page.gallery.cards] == list(Laboratory.members())
    for card in page.gallery.cards:
        assert card.accessibleDescription() == card.kind.question
        qtbot.mouseClick(card, LEFT)
        assert page.room.kind is card.kind
        qtbot.mouseClick(page.room.back, LEFT)
        assert page.room is None
        assert page.gallery.isVisible()


def test_every_laboratory_is_found_by_name(window, qtbot):
    for kind in Laboratory.members():
        window.actions_["palette"].trigger()
        palette = window.findChild(CommandPalette)
        qtbot.keyClicks(palette.line, kind.title)
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda kind=kind: getattr(shown(window), "kind", None) is kind)
        qtbot.waitUntil(lambda: window.findChild(CommandPalette) is None)


def test_the_run_bar_is_not_there_and_training_is_not_run_from_here(window, page):
    assert not window.run_bar.isVisible()
    assert not any(window.actions_[name].isEnabled() for name in ("run", "step_batch", "step_epoch", "reset"))
    window.actions_["page_design"].trigger()
    assert window.run_bar.isVisible()
    assert all(window.actions_[name].isEnabled() for name in ("run", "step_batch", "step_epoch", "reset"))


def test_the_start_page_leads_to_every_laboratory(window, qtbot):
    for kind in Laboratory.members():
        window.welcome.show()
        links = window.welcome.page.labs.links
        qtbot.waitUntil(lambda links=links: len(links) == len(Laboratory.members()))
        qtbot.mouseClick(links[kind.tag()], LEFT)
        assert not window.welcome.page.isVisible()
        assert window.pages.page.room.kind is kind


# --- undo, files, starts ----------------------------------------------------------------------------


def test_undo_acts_on_what_is_in_front(window, room, qtbot):
    window.workspace.draw_new_weights()
    room.document.edit(lab(room).with_(side=8), "Grid")
    window.actions_["undo"].trigger()
    assert lab(room).side == 10
    assert window.workspace.document.experiment.weights_draw == 1
    assert not window.actions_["undo"].isEnabled()
    qtbot.mouseClick(window.rail.buttons["design"], LEFT)
    window.actions_["undo"].trigger()
    assert window.workspace.document.experiment.weights_draw == 0
    window.actions_["page_labs"].trigger()
    room.document.edit(lab(room).with_(side=8), "Grid")
    qtbot.mouseClick(room.back, LEFT)
    assert not window.actions_["undo"].isEnabled()


def test_what_is_saved_opens_again(window, room, page, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "memory.nnplay"
    monkeypatch.setattr(saving, "file_to_save", lambda *_: path)
    room.document.edit(lab(room).with_(side=7, damage=30), "")
    saved = lab(room)
    window.actions_["save"].trigger()
    qtbot.waitUntil(path.exists)
    assert load(path).laboratory == saved
    assert window.workspace.document.path is None
    room.document.edit(saved.with_(side=12), "")
    qtbot.mouseClick(window.rail.buttons["design"], LEFT)
    window.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: window.pages.front == "labs" and lab(page.room) == saved)
    assert window.preferences.recent == [path]
    page.room.document.edit(saved.with_(side=9), "")
    window.actions_["save"].trigger()
    qtbot.waitUntil(lambda: load(path).laboratory.side == 9)


def test_what_cannot_be_saved_is_told_and_not_taken_for_saved(window, room, qtbot, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr(saving, "file_to_save", lambda *_: tmp_path / "missing" / "memory.nnplay")
    monkeypatch.setattr(saving, "tell", lambda _, words: told.append(words))
    window.actions_["save"].trigger()
    qtbot.waitUntil(lambda: bool(told))
    assert room.document.path is None
    assert window.preferences.recent == []


def test_a_bad_file_is_refused_in_a_sentence(window, room, qtbot, tmp_path):
    from playground.files.archive import LABORATORY, pack

    path, before = tmp_path / "bad.nnplay", lab(room)
    path.write_bytes(pack({LABORATORY: b'{"format": 1, "kind": "hopfield", "side": 1}'}))
    window.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: window.workspace.notice.text != "")
    assert "side: must be at least 4, got 1" in window.workspace.notice.text
    assert lab(room) == before


def test_what_was_learnt_by_another_machine_is_refused_in_a_sentence(window, page, qtbot, tmp_path):
    path = tmp_path / "other.nnplay"
    small, other = Boltzmann(data="bars", hidden=4), Boltzmann(data="bars", hidden=5)
    path.write_bytes(laboratory_file.dumps(SavedLaboratory(small, Learning(other).memory())))
    window.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: window.workspace.notice.text != "")
    assert window.workspace.notice.text == ("other.nnplay: what was learnt does not belong to these settings")
    assert lab(page.room) == small


def test_a_laboratory_is_as_it_was_left_at_the_next_start(window, room, qtbot, tmp_path):
    room.document.edit(lab(room).with_(side=6, beta=0.5), "")
    left = lab(room)
    window.give_up()
    again = MainWindow(window.preferences, recovery_folder=tmp_path / "again")
    again.show()
    assert again.pages.front == "labs"
    assert lab(again.pages.page.open("hopfield")) == left
    again.give_up()
    again.deleteLater()


def test_what_was_kept_and_cannot_be_read_gives_the_usual_settings(open_window, monkeypatch):
    from widgets.preferences import Preferences

    usual = Preferences.text
    monkeypatch.setattr(
        Preferences, "text", lambda self, name: "{" if name.startswith("labs/") else usual(self, name)
    )
    window = open_window()
    window.pages.open("labs")
    assert lab(window.pages.page.open("hopfield")) == Hopfield()


def test_space_runs_the_laboratory_and_r_resets_it_while_the_training_rests(window, room, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert room.view.running
    assert window.actions_["run"].isChecked()
    assert window.actions_["run"].text() == "&Pause"
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert not room.view.running
    assert not window.actions_["run"].isChecked()
    window.actions_["step_batch"].trigger()
    window.actions_["reset"].trigger()
    assert window.workspace.document.experiment.weights_draw == 0
    assert window.workspace.link.latest.step == 0
    room.run_or_pause()
    qtbot.mouseClick(window.rail.buttons["design"], LEFT)
    assert not room.view.running
    assert window.actions_["run"].text() == "&Run"


def test_what_a_boltzmann_machine_learnt_is_brought_into_the_network_and_taken_back(window, page, qtbot):
    before = window.workspace.document.experiment
    room = page.open("boltzmann")
    qtbot.mouseClick(room.step, LEFT)
    qtbot.waitUntil(room.view.use.isEnabled, timeout=10_000)
    weights = room.view.memory()["weights"]
    qtbot.mouseClick(room.view.use, LEFT)
    assert window.pages.front == "design"
    assert "begins with what the Boltzmann machine learnt" in window.workspace.notice.text
    link = window.workspace.link
    qtbot.waitUntil(lambda: "pretrained" in link.latest.layers, timeout=10_000)
    np.testing.assert_allclose(link.latest.layers["pretrained"].weights, weights, atol=1e-6)
    window.actions_["undo"].trigger()
    assert window.workspace.document.experiment == before


def test_a_machine_that_was_saved_goes_on_where_it_was(window, page, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "machine.nnplay"
    monkeypatch.setattr(saving, "file_to_save", lambda *_: path)
    room = page.open("boltzmann")
    room.document.edit(lab(room).with_(data="bars", hidden=4), "")
    qtbot.mouseClick(room.step, LEFT)
    qtbot.waitUntil(lambda: room.view._seen is not None and room.view._seen.epoch > 0)
    learnt = room.view.memory()["weights"]
    window.actions_["save"].trigger()
    qtbot.waitUntil(path.exists)
    qtbot.mouseClick(room.reset, LEFT)
    qtbot.waitUntil(lambda: room.view._seen.epoch == 0)
    window.workspace.filing.open_file(path)
    qtbot.waitUntil(lambda: room.view._seen.epoch > 0, timeout=10_000)
    np.testing.assert_array_equal(room.view.memory()["weights"], learnt)


def test_activation_loss_and_scaling_are_brought_into_the_network_and_taken_back(window, page, qtbot):
    document = window.workspace.document
    before = document.experiment
    for kind, changes in (
        ("activations", {"activation": Sine(), "initializer": HeNormal()}),
        ("losses", {"loss": SquaredError()}),
        ("normalization", {"scaling": Standardize()}),
    ):
        room = page.open(kind)
        room.document.edit(lab(room).with_(**changes), "")
        qtbot.mouseClick(room.view.use, LEFT)
        assert window.pages.front == "design"
    after = document.experiment
    assert after.network.layers[0].activation == Sine()
    assert after.network.layers[0].initializer == HeNormal()
    assert after.training.loss == SquaredError()
    assert after.data.scaling == Standardize()
    assert not after.problems()
    for _ in range(3):
        window.actions_["undo"].trigger()
    assert document.experiment == before


def test_a_loss_that_does_not_suit_the_data_is_refused_in_a_sentence(window, page, qtbot):
    room = page.open("losses")
    window.workspace.document.edit(window.workspace.document.experiment.with_dataset(Wine()), "")
    before = window.workspace.document.experiment
    room.document.edit(lab(room).with_(loss=Perceptron()), "")
    qtbot.mouseClick(room.view.use, LEFT)
    assert window.workspace.notice.text.startswith("Perceptron")
    assert window.workspace.document.experiment == before
