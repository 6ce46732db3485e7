import pytest
from panel_helpers import drag, pick, refusals, retype, tick
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from playground.data.datasets.recipes import Blobs, Plane
from playground.engine.losses import (
    AbsoluteError,
    BinaryCrossEntropy,
    CrossEntropy,
    Hinge,
    Huber,
    Loss,
    SquaredError,
)
from playground.engine.optimizers import Adam, Momentum
from playground.engine.regularizers import L2
from playground.engine.schedules import Cosine
from playground.experiment import Experiment, Training
from playground.randomness import TFPlaygroundRandomness
from widgets.panels.training import TrainingPanel
from widgets.tab_order import go_on


@pytest.fixture
def panel(document, show):
    return show(TrainingPanel(document), 345, 800)


def offered(panel):
    combo = panel.form.controls["loss"].combo
    return {member for index, member in enumerate(Loss.members()) if combo.model().item(index).isEnabled()}


def test_the_batch_size_is_left_to_the_data_panel(panel):
    assert set(panel.form.controls) == set(Training.model_fields) - {"batch_size"}


def test_choosing_a_loss_fits_the_output(panel, document, qtbot):
    pick(qtbot, panel.form.controls["loss"].combo, "C")
    assert document.experiment.training.loss == CrossEntropy()
    assert document.experiment.network.output.units == 2
    assert document.experiment.problems() == ()
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.experiment == Experiment()
    assert panel.form.controls["loss"].combo.currentText() == "Binary cross-entropy"


def test_only_losses_that_suit_the_data_are_offered(panel, document):
    assert offered(panel) == {loss for loss in Loss.members() if loss().suits(2)}
    document.edit(document.experiment.with_dataset(Plane()), "")
    assert offered(panel) == {SquaredError, AbsoluteError, Huber}
    document.edit(document.experiment.with_dataset(Blobs()), "")
    assert BinaryCrossEntropy not in offered(panel)
    assert Hinge in offered(panel)


def test_a_loss_that_does_not_suit_says_why(panel, document):
    document.edit(document.experiment.with_dataset(Plane()), "")
    combo = panel.form.controls["loss"].combo
    index = Loss.members().index(Hinge)
    combo.showPopup()
    assert "It is for classes" in combo.itemData(index, Qt.ItemDataRole.ToolTipRole)
    combo.hidePopup()


def test_a_loss_that_does_not_suit_is_refused_however_it_was_chosen(panel, document):
    document.edit(document.experiment.with_dataset(Plane()), "")
    combo = panel.form.controls["loss"].combo
    combo.activated.emit(Loss.members().index(Hinge))
    assert document.experiment.training.loss == SquaredError()
    assert combo.currentText() == "Squared error"
    assert refusals(panel) == ["Hinge does not suit numbers; choose another loss."]


def test_dragging_the_learning_rate_is_one_step_of_undo(panel, document, qtbot):
    control = panel.form.controls["optimizer"].form.controls["learning_rate"]
    drag(qtbot, control.slider, [10, 20, 30])
    assert document.experiment.training.optimizer.learning_rate > Adam().learning_rate
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.experiment == Experiment()
    assert control.line.text() == "0.010"


def test_optimizer_schedule_and_regularizer_are_chosen(panel, document, qtbot):
    pick(qtbot, panel.form.controls["optimizer"].combo, "M")
    pick(qtbot, panel.form.controls["schedule"].combo, "Cos")
    pick(qtbot, panel.form.controls["regularizer"].combo, "L2")
    training = document.experiment.training
    assert isinstance(training.optimizer, Momentum)
    assert (type(training.schedule), type(training.regularizer)) == (Cosine, L2)
    assert training.optimizer.learning_rate == Adam().learning_rate


def test_shuffle_short_batch_and_goal_are_set(panel, document, qtbot):
    tick(qtbot, panel.form.controls["shuffle"].box)
    pick(qtbot, panel.form.controls["last_batch"].combo, "D")
    retype(qtbot, panel.form.controls["epochs"].line, "250")
    training = document.experiment.training
    assert (training.shuffle, training.last_batch, training.epochs) == (False, "drop", 250)
    assert document.undo_stack.count() == 3


def test_the_settings_of_the_experiment_are_folded_away_at_first(panel, qtbot):
    assert panel.experiment_form is None
    panel.section.header.setFocus()
    qtbot.keyClick(panel.section.header, Qt.Key.Key_Space)
    assert panel.experiment_form.isVisible()
    qtbot.mouseClick(panel.section.header, Qt.MouseButton.LeftButton)
    assert not panel.experiment_form.isVisible()


def test_the_tab_key_goes_from_the_heading_into_what_was_just_made(panel, qtbot):
    qtbot.mouseClick(panel.section.header, Qt.MouseButton.LeftButton)
    panel.section.header.setFocus()
    for _ in range(3):
        go_on(panel, forward=True)
        assert panel.experiment_form.isAncestorOf(QApplication.focusWidget())


def test_seed_and_precision_are_set(panel, document, qtbot):
    panel.section.toggle()
    retype(qtbot, panel.experiment_form.controls["randomness"].form.controls["seed"].line, "7")
    pick(qtbot, panel.experiment_form.controls["precision"].combo, "float64")
    assert document.experiment.randomness.seed == 7
    assert document.experiment.precision == "float64"
    document.undo_stack.undo()
    assert panel.experiment_form.controls["precision"].combo.currentText() == "float32"


def test_another_generator_is_chosen(panel, document, qtbot):
    panel.section.toggle()
    pick(qtbot, panel.experiment_form.controls["randomness"].combo, "TF")
    assert isinstance(document.experiment.randomness, TFPlaygroundRandomness)
