"""A person chooses wine and digits from the gallery, trains, looks, saves and opens them again."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from test_files import save_to, train_epochs

from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle
from playground.data.datasets.wine import Wine
from playground.engine.layers import Flatten
from widgets.panels.gallery import Group


def choose(qtbot, window, member):
    panel = window.design.data
    panel.gallery.sections[Group.of(member())].unfold()
    qtbot.mouseClick(panel.gallery.tiles[member], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.workspace.link.latest.experiment.data.dataset == member(), timeout=10_000)


@pytest.mark.parametrize("member", [Wine, Digits], ids=lambda member: member.tag())
def test_it_is_chosen_trained_saved_and_opened(qtbot, monkeypatch, open_window, tmp_path, member):
    first, path = open_window(), tmp_path / "run.nnplay"
    choose(qtbot, first, member)
    assert first.workspace.document.experiment.problems() == ()
    train_epochs(qtbot, first, 2)
    save_to(qtbot, monkeypatch, first, path)
    train_epochs(qtbot, first, 1)

    second = open_window()
    second.workspace.filing.open_file(path)
    qtbot.waitUntil(
        lambda: second.workspace.document.path == path and second.workspace.link.latest.epoch == 2,
        timeout=10_000,
    )
    train_epochs(qtbot, second, 1)
    for layer_id, layer in first.workspace.link.latest.layers.items():
        if layer.weights is not None:
            again = second.workspace.link.latest.layers[layer_id]
            np.testing.assert_array_equal(layer.weights, again.weights)


def test_digits_bring_a_flatten_and_leave_with_it_and_undo_is_one_step(qtbot, open_window):
    window = open_window()
    document = window.workspace.document
    start = document.experiment
    choose(qtbot, window, Digits)
    assert isinstance(document.experiment.network.layers[0], Flatten)
    document.undo_stack.undo()
    assert document.experiment == start
    choose(qtbot, window, Digits)
    choose(qtbot, window, Circle)
    assert not any(isinstance(layer, Flatten) for layer in document.experiment.network.layers)
    assert document.experiment.problems() == ()
