"""Moving averages and the network: the loss of a run is averaged, and β goes into an optimizer."""

import pytest
from PySide6.QtCore import Qt

from playground.engine.optimizers import Adam, GradientDescent, Momentum
from playground.labs.averages.averaging import ExponentialAverage

LEFT = Qt.MouseButton.LeftButton


def test_the_loss_of_the_present_run_is_taken(window, qtbot):
    window.pages.hand("labs", "averages")
    room = window.pages.page.room
    window.workspace.link.session.step(whole_epoch=True)
    qtbot.waitUntil(lambda: len(window.workspace.link.latest.history["train_loss"]) > 1)
    qtbot.mouseClick(room.view.of_run, LEFT)
    given = room.document.value.series
    assert given.name == "Loss of my run"
    assert list(given.given) == pytest.approx(
        window.workspace.link.latest.history["train_loss"][: len(given.given)]
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Adam(learning_rate=0.02), Adam(learning_rate=0.02, beta1=0.9)),
        (Momentum(beta=0.2), Momentum(beta=0.9)),
        (GradientDescent(learning_rate=0.3), Momentum(beta=0.9, form="averaged", learning_rate=0.3)),
    ],
    ids=["adam", "momentum", "none"],
)
def test_beta_is_used_in_the_network_and_undone(window, qtbot, before, after):
    document = window.workspace.document
    training = document.experiment.training.with_(optimizer=before)
    document.edit(document.experiment.with_(training=training), "")
    window.pages.hand("labs", "averages")
    view = window.pages.page.room.view
    view.edits.set_entry(0, ExponentialAverage(beta=0.7), -1, "")
    qtbot.mouseClick(view.use, LEFT)
    field = "beta" if hasattr(after, "beta") else "beta1"
    assert document.experiment.training.optimizer == after.with_(**{field: 0.7})
    assert window.pages.front == "design"
    document.undo_stack.undo()
    assert document.experiment.training.optimizer == before


def test_the_way_leads_on_to_the_race(window, qtbot):
    window.pages.hand("labs", "averages")
    qtbot.mouseClick(window.pages.page.room.view.race, LEFT)
    assert window.pages.page.room.kind.tag() == "race"
