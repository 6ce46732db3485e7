"""What was seen in a laboratory is brought into the network of the person, and one undo takes it back."""

import pytest
from PySide6.QtCore import Qt

from playground.engine.regularizers import L1
from playground.engine.stopping import EarlyStopping
from widgets.pages.inside.tabs.gradient_check.tab import GradientCheckTab

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def use(window, qtbot):
    def use(kind, **settings):
        page = window.pages
        page.open("labs")
        room = page.page.open(kind)
        room.document.edit(room.document.value.with_(**settings), "")
        qtbot.mouseClick(room.view.use, LEFT)
        return window.workspace.document.experiment

    return use


def test_a_penalty_is_charged_and_taken_back(window, use):
    before = window.workspace.document.experiment
    assert use("regularization", penalty="l1", strength=0.25).training.regularizer == L1(strength=0.25)
    assert window.pages.front == "design"
    assert "pays for its weights by L1" in window.workspace.notice.text
    window.actions_["undo"].trigger()
    assert window.workspace.document.experiment == before


def test_training_is_stopped_early_with_samples_kept_aside_for_it(window, use):
    before = window.workspace.document.experiment
    after = use("bias_variance")
    assert after.training.stopping == EarlyStopping()
    assert 0 < after.data.validation_percent <= 20
    assert after.problems() == before.problems()
    window.actions_["undo"].trigger()
    assert window.workspace.document.experiment == before


def test_slopes_lead_to_the_check_of_the_own_network(window, use):
    use("differentiation")
    assert window.pages.front == "inside"
    assert isinstance(window.pages.page.tab, GradientCheckTab)
