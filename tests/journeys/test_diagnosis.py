"""A person is told that something is wrong, sees where, and tries a cure."""

from PySide6.QtCore import Qt

from playground.engine.graph import Architecture
from playground.engine.initializers import Zeros
from playground.experiment import Experiment
from widgets.canvas.lamps import told
from widgets.canvas.parts import Role, Target


def all_zeros():
    start = Experiment()
    layers = tuple(layer.with_(initializer=Zeros()) for layer in start.network.layers)
    return start.with_(network=Architecture(layers=layers), weights_draw=1)


def diagnosed(qtbot, window, wanted):
    doctor = window.workspace.doctor
    qtbot.waitUntil(lambda: doctor.findings is not None and bool(doctor.findings) == wanted, timeout=10_000)
    return doctor.findings


def lamp(window, layer_id):
    return told(window.design.canvas.view.state.ailments, layer_id)


def test_zeros_are_found_shown_on_their_layers_and_cured(qtbot, window):
    window.workspace.document.edit(all_zeros(), "zeros")
    window.workspace.link.session.ask(lambda run: run.step_epoch())
    found = diagnosed(qtbot, window, wanted=True)
    assert {finding.key for finding in found} == {("symmetric", "dense1"), ("symmetric", "dense2")}
    assert window.status.findings.text() == "2 findings"
    assert window.status.no_problems.isHidden()
    assert lamp(window, "dense1") == ("Symmetric weights: All weights of Dense 1 are 0.",)
    assert lamp(window, "output") == ("No problems found",)

    view = window.design.canvas.view
    at = view.state.point_of(Target(Role.LAMP, "dense2")).toPoint()
    qtbot.mouseMove(view, at)
    assert view.state.hovered == Target(Role.LAMP, "dense2")
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    panel = window.design.inspector.diagnosis
    assert window.design.inspector.tabs.currentWidget() is panel
    assert window.design.canvas.selection == ("dense2",)

    card = panel.cards["symmetric", "dense1"]
    qtbot.mouseClick(card.place, Qt.MouseButton.LeftButton)
    assert window.design.canvas.selection == ("dense1",)
    qtbot.mouseClick(card.cures[0], Qt.MouseButton.LeftButton)
    window.workspace.link.session.ask(lambda run: run.step_epoch())
    diagnosed(qtbot, window, wanted=False)
    assert window.status.no_problems.isVisible()
    assert not panel.cards


def test_the_status_bar_leads_to_the_diagnosis_which_is_of_this_experiment_alone(qtbot, window):
    workspace = window.workspace
    workspace.document.edit(all_zeros(), "zeros")
    workspace.link.session.ask(lambda run: run.step_epoch())
    diagnosed(qtbot, window, wanted=True)
    window.pages.open("data")
    qtbot.mouseClick(window.status.findings, Qt.MouseButton.LeftButton)
    assert window.pages.front == "design"
    assert window.design.inspector.tabs.currentWidget() is window.design.inspector.diagnosis

    network = workspace.document.experiment.network
    broken = network.with_(layers=(*network.layers[:-1], network.output.with_(units=7)))
    workspace.document.edit(workspace.document.experiment.with_(network=broken), "broken")
    qtbot.waitUntil(lambda: workspace.doctor.findings is None, timeout=10_000)
    assert window.status.findings.isHidden()
    assert lamp(window, "dense1") == ()

    workspace.link.open(Experiment())
    diagnosed(qtbot, window, wanted=False)
