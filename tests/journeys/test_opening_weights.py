"""A person opens weights of another program: the network has them, and undo gives back what was there."""

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from widgets.dialogs import questions


def parameters(qtbot, window):
    """Those of the run in front, as its thread has them once all that was asked is done."""
    future = window.workspace.link.session.answer(lambda run: run.learner.trainer.network.parameters.copy())
    qtbot.waitUntil(future.done, timeout=10_000)
    return future.result()


def of_pytorch(path, *sizes):
    draw = np.random.default_rng(1)
    arrays = {}
    for number in range(len(sizes) - 1):
        arrays[f"{2 * number}.weight"] = draw.normal(size=(sizes[number + 1], sizes[number]))
        arrays[f"{2 * number}.bias"] = draw.normal(size=sizes[number + 1])
    np.savez(path, **arrays)
    return path, arrays


def step(qtbot, window):
    before = window.workspace.link.latest.step
    window.actions_["step_batch"].trigger()
    qtbot.waitUntil(lambda: window.workspace.link.latest.step == before + 1, timeout=10_000)


@pytest.mark.parametrize("by", ["menu", "drop"])
def test_weights_that_fit_are_put_onto_the_network_and_taken_back(qtbot, monkeypatch, window, tmp_path, by):
    qtbot.waitUntil(lambda: window.workspace.link.latest is not None, timeout=10_000)
    path, arrays = of_pytorch(tmp_path / "w.npz", 2, 4, 2, 1)
    before = parameters(qtbot, window)
    if by == "menu":
        monkeypatch.setattr(questions, "weights_to_open", lambda *_: path)
        window.actions_["open_weights"].trigger()
    else:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        window.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, button, none))
    qtbot.waitUntil(lambda: window.workspace.notice.text != "", timeout=10_000)
    assert window.workspace.notice.text.startswith("Weights of w.npz are in 3 layers.")
    after = parameters(qtbot, window)
    np.testing.assert_array_equal(after[:3], np.float32([*arrays["0.weight"][0], arrays["0.bias"][0]]))
    window.actions_["undo"].trigger()
    np.testing.assert_array_equal(parameters(qtbot, window), before)
    window.actions_["redo"].trigger()
    np.testing.assert_array_equal(parameters(qtbot, window), after)


def test_a_network_of_a_file_is_one_edit_and_what_was_learnt_comes_back(qtbot, window, tmp_path):
    qtbot.waitUntil(lambda: window.workspace.link.latest is not None, timeout=10_000)
    step(qtbot, window)
    document = window.workspace.document
    learnt, experiment = parameters(qtbot, window), document.experiment
    path, _ = of_pytorch(tmp_path / "w.npz", 2, 6, 1)
    window.workspace.own_weights.open(path)
    qtbot.waitUntil(lambda: window.workspace.notice.text != "", timeout=10_000)
    assert [layer.units for layer in document.experiment.network.layers] == [6, 1]
    assert document.undo_stack.undoText() == "Open weights of w.npz"
    opened = parameters(qtbot, window)
    step(qtbot, window)
    trained = parameters(qtbot, window)
    assert (trained != opened).any()
    window.actions_["undo"].trigger()
    np.testing.assert_array_equal(parameters(qtbot, window), learnt)
    assert document.experiment == experiment
    window.actions_["redo"].trigger()
    np.testing.assert_array_equal(parameters(qtbot, window), trained)


def test_what_cannot_be_opened_says_why(qtbot, window, tmp_path):
    (tmp_path / "model.pth").write_bytes(b"PK")
    window.workspace.own_weights.open(tmp_path / "model.pth")
    qtbot.waitUntil(lambda: "save_file" in window.workspace.notice.text, timeout=10_000)
