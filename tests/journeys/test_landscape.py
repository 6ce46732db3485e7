"""The tab Landscape: a person sees where the network is, puts it elsewhere, and lets it go on from there."""

from concurrent.futures import Future

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.analysis.inspections.landscape.inspection import ChosenWeight
from playground.analysis.inspections.landscape.objective import Objective
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.files.examples import examples
from playground.training.moment import Moment
from playground.training.snapshot import State

LEFT = Qt.MouseButton.LeftButton
PATIENCE = 10_000


@pytest.fixture
def window(open_window):
    window = open_window()
    window.workspace.document.open({each.name: each for each in examples()}["xor"].experiment)
    return window


@pytest.fixture
def tab(window, qtbot):
    """The tab with a coarse landscape of exclusive or, its work done."""
    train(window, qtbot, 4)
    window.pages.open("inside")
    tab = window.pages.page.open("landscape")
    tab.set_value(tab.settings.with_(points=9, directions=5))
    settle(tab, qtbot)
    return tab


def train(window, qtbot, epochs):
    link = window.workspace.link
    wanted = epochs
    for _ in range(epochs):
        link.session.ask(lambda run: run.step_epoch())
    qtbot.waitUntil(lambda: link.latest.epoch >= wanted, timeout=PATIENCE)


def settle(tab, qtbot):
    def rests():
        return (
            tab.grid is not None
            and not tab.works.busy
            and len(tab.pictures.map.route)
            and tab.works.plane is tab.grid.plane
        )

    qtbot.waitUntil(rests, timeout=PATIENCE)


def parameters(tab):
    session = tab.workspace.link.session
    return session.answer(lambda run: run.learner.trainer.network.parameters.copy()).result(5)


def losses(tab):
    measures = tab.workspace.link.latest
    return measures.train.loss, measures.test.loss


def pixel_of(tab, x, y):
    ((left, top),) = tab.pictures.map.pixels(np.array([[x, y]])).tolist()
    return QPoint(round(left), round(top))


def test_it_shows_the_landscape_around_the_network_its_path_and_how_it_curves(tab, qtbot):
    assert len(tab.grid.x) == 9
    middle = tab.pictures.map.relief.at(0, 0)
    assert middle == pytest.approx(losses(tab), rel=1e-4)
    np.testing.assert_allclose(tab.pictures.map.route[-1], 0, atol=1e-5)
    assert len(tab.pictures.map.route) == 6  # the first weights, four epochs, and now
    assert "directions" in tab.side.curvature.verdict.text()
    assert tab.side.line.plot.stops.x[[0, -1]] == pytest.approx([-0.25, 1.25])
    assert "9 × 9 points, 350 training and 150 test samples" in tab.head.state.text()


def test_a_click_puts_the_network_there_and_undo_brings_it_back_bit_for_bit(tab, qtbot):
    before = parameters(tab)
    qtbot.mouseClick(tab.pictures.map, LEFT, pos=pixel_of(tab, 0.5, -0.5))
    plane, there = tab.works.plane, tab.pictures.map.place_at(pixel_of(tab, 0.5, -0.5))
    np.testing.assert_allclose(parameters(tab), plane.at(*there), rtol=1e-5)
    qtbot.waitUntil(lambda: tab.pictures.map.route[-1] == pytest.approx(there, abs=1e-4))
    stack = tab.workspace.document.undo_stack
    assert stack.undoText() == "Moved to this place"
    stack.undo()
    np.testing.assert_array_equal(parameters(tab), before)
    stack.redo()
    np.testing.assert_allclose(parameters(tab), plane.at(*there), rtol=1e-5)
    assert tab.works.plane is plane  # what was looked at stays where it was


def test_the_keyboard_alone_puts_the_network_elsewhere(tab, qtbot):
    tab.take_focus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(tab.pictures.map, key)
    np.testing.assert_allclose(parameters(tab), tab.works.plane.at(0, 0.08), rtol=1e-5)


def test_a_place_without_a_loss_is_refused(tab, qtbot):
    train_losses = np.full_like(tab.grid.train, np.nan)
    tab.pictures.map.relief.grid.train[:] = train_losses
    before = parameters(tab)
    with qtbot.waitSignal(tab.workspace.message):
        qtbot.mouseClick(tab.pictures.map, LEFT, pos=pixel_of(tab, 0.5, -0.5))
    np.testing.assert_array_equal(parameters(tab), before)


def test_where_there_is_no_loss_at_all_that_is_said(tab):
    tab.grid.train[:] = np.inf
    tab.set_value(tab.settings.with_(logarithmic=False))
    assert tab.pictures.map.message == "Nowhere on this plane is the loss a finite number."
    tab.set_value(tab.settings.with_(side="test"))
    assert tab.pictures.map.relief is not None


def test_while_it_trains_the_path_grows_and_at_rest_another_plane_is_laid(tab, qtbot):
    plane, before = tab.works.plane, len(tab.pictures.map.route)
    tab.workspace.link.session.set_speed(200.0)
    tab.workspace.run_or_pause()
    qtbot.waitUntil(lambda: len(tab.pictures.map.route) > before + 2, timeout=PATIENCE)
    assert tab.works.plane is plane
    tab.workspace.run_or_pause()
    qtbot.waitUntil(lambda: tab.workspace.link.latest.state is State.PAUSED)
    qtbot.waitUntil(lambda: tab.works.plane is not plane, timeout=PATIENCE)
    settle(tab, qtbot)
    np.testing.assert_allclose(tab.pictures.map.route[-1], 0, atol=1e-4)


def test_the_path_lies_on_the_plane_of_its_principal_components(tab, qtbot):
    tab.set_value(tab.settings.with_(plane="path"))
    settle(tab, qtbot)
    assert tab.pictures.map.names[0].startswith("first principal component, ")
    assert all(tab.grid.plane.holds(place) for place in tab.pictures.map.route)


def test_two_weights_are_chosen_and_their_axes_are_their_values(tab, qtbot):
    tab.set_value(tab.settings.with_(plane="weights"))
    settle(tab, qtbot)
    choice = tab.side.weights["up"]
    choice.layer.setCurrentIndex(1)
    choice.layer.activated.emit(1)
    choice.source.setValue(0)
    settle(tab, qtbot)
    assert tab.settings.up == ChosenWeight(layer_id="output", unit=0, source=-1)
    assert tab.pictures.map.names[1] == "Output · 1: bias"
    bias = tab.workspace.link.latest.layers["output"].bias[0]
    assert tab.pictures.map.route[-1][1] == pytest.approx(float(bias), abs=1e-5)


def test_how_it_is_drawn_needs_no_other_survey(tab, qtbot):
    grid = tab.grid
    tab.set_value(tab.settings.with_(side="gap", logarithmic=False, surface=True))
    assert tab.pictures.surface.isVisible()
    assert not tab.works.busy
    assert tab.pictures.surface.relief.grid is grid
    np.testing.assert_allclose(tab.pictures.surface.relief.values, grid.test - grid.train)


def test_another_network_has_another_landscape(tab, qtbot):
    document, plane = tab.workspace.document, tab.works.plane
    layers = (Dense(id="wide", units=3), *document.experiment.network.layers[-1:])
    document.edit(document.experiment.with_(network=Architecture(layers=layers)), "other")
    qtbot.waitUntil(lambda: tab.works.plane is not plane, timeout=PATIENCE)
    settle(tab, qtbot)
    assert len(tab.grid.plane.origin) == 13


def test_a_network_that_changes_while_it_is_asked_for_is_the_one_that_is_seen(tab, qtbot):
    document = tab.workspace.document
    layers = (Dense(id="wide", units=3), *document.experiment.network.layers[-1:])
    tab.lay()
    document.edit(document.experiment.with_(network=Architecture(layers=layers)), "other")
    tab.lay()
    settle(tab, qtbot)
    assert len(tab.grid.plane.origin) == 13


def test_what_cannot_train_says_why_in_place_of_a_landscape(tab, qtbot):
    document = tab.workspace.document
    document.edit(document.experiment.with_(network=Architecture(layers=())), "none")
    qtbot.waitUntil(lambda: tab.pictures.map.relief is None, timeout=PATIENCE)
    assert tab.pictures.map.message != ""
    document.undo_stack.undo()
    settle(tab, qtbot)


def test_a_line_leads_from_a_run_beside_to_this_one(tab, window, qtbot):
    tab.workspace.runs.begin_with_another_seed()
    (beside,) = tab.workspace.runs.runs
    qtbot.waitUntil(lambda: beside.snapshot is not None and beside.snapshot.epoch == 4, timeout=PATIENCE)
    window.pages.open("inside")
    line, session = tab.side.line, tab.workspace.link.session
    qtbot.waitUntil(lambda: line.begin.count() == 3, timeout=PATIENCE)
    assert line.begin.itemText(2) == f"From {beside.name}"
    before = line.plot.columns()
    line.begin.setCurrentIndex(2)
    line.begin.activated.emit(2)
    qtbot.waitUntil(lambda: line.plot.columns()["training"] is not before["training"], timeout=PATIENCE)
    there = Future()
    session.ask(lambda run: there.set_result(run.learner.trainer.network.parameters.copy()), beside.number)
    objective = Objective(session.answer(lambda run: Moment.of(run.learner.trainer)).result(5), 500)
    shown = np.interp([0, 1], line.plot.stops.x, line.plot.columns()["training"])
    expected = [objective.losses(place).train for place in (there.result(5), objective.start)]
    assert shown == pytest.approx(expected, rel=2e-2)


def test_at_rest_nothing_is_asked_or_painted_over_and_over(tab, qtbot):
    qtbot.wait(200)
    asked = []
    tab.works.followed.connect(asked.append)
    tab.workspace.link.painted.connect(asked.append)
    qtbot.wait(300)
    assert asked == []


def test_escape_gives_up_and_h_looks_anew(tab, qtbot):
    tab.set_value(tab.settings.with_(points=201))
    qtbot.waitUntil(lambda: tab.works.survey.busy)
    qtbot.keyClick(tab.pictures.map, Qt.Key.Key_Escape)
    assert not tab.works.busy
    tab.settings = tab.settings.with_(points=9)
    plane = tab.works.plane
    qtbot.keyClick(tab.pictures.map, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: tab.works.plane is not plane, timeout=PATIENCE)
    settle(tab, qtbot)
