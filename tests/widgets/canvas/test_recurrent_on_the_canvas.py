"""A recurrent layer shows the state of each neuron over time, and unrolled a cell for each step."""

from itertools import pairwise

import numpy as np
import pytest
from canvas_examples import Person
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor

from playground.data.datasets.own_text import OwnText
from playground.data.datasets.sequences import Echo, Waves
from playground.data.spaces import PrincipalPlane
from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.engine.layers.recurrent import SimpleRnn
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.canvas import NetworkCanvas
from widgets.canvas.faces.timeline import HEAD, MOST_CELLS, TAIL, Timeline
from widgets.canvas.info import describe, info_place
from widgets.canvas.outline import children
from widgets.canvas.parts import Role, Target
from widgets.canvas.reading import deeds, description, name
from widgets.document import Document

UNITS, STEPS, BOTH = 5, 9, 3


@pytest.fixture
def document(qapp):
    theme.apply(qapp, "dark")
    layers = (
        SimpleRnn(id="first", units=UNITS, gives="all"),
        SimpleRnn(id="both", units=BOTH, reads="both"),
        Dense(id="output"),
    )
    experiment = Experiment().with_dataset(Echo(samples=30, length=STEPS))
    return Document(experiment.with_(network=Architecture(layers=layers)).fitted())


@pytest.fixture
def person(qtbot, document, monkeypatch):
    monkeypatch.setattr("widgets.canvas.stage.Stage.slide_milliseconds", 0)
    canvas = NetworkCanvas(document)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 560)
    with qtbot.waitExposed(canvas):
        canvas.show()
    yield Person(qtbot, canvas, document)
    document.undo_stack.setClean()


@pytest.fixture
def look(person):
    """A look at the network, over a space."""

    def see(**view):
        observer = Observer(Trainer(person.document.experiment))
        observer.view = View(**view)
        snapshot = observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))
        person.canvas.show_snapshot(snapshot)
        return snapshot

    return see


def parts(person, layer_id, role):
    return [part for part in person.card(layer_id).parts if part.role is role]


def colour_at(person, point):
    image = person.view.grab().toImage()
    at = person.on_screen(point) * image.devicePixelRatio()
    return image.pixelColor(at)


def is_nearer_to_its_sign(colour, value):
    shown = theme.current()
    wanted, other = (shown.positive, shown.negative) if value > 0 else (shown.negative, shown.positive)
    return distance(colour, QColor(wanted)) < distance(colour, QColor(other))


def distance(first, second):
    return sum(abs(a - b) for a, b in zip(first.getRgb()[:3], second.getRgb()[:3], strict=True))


def unroll(person, layer_id="first"):
    (handle,) = parts(person, layer_id, Role.UNROLL)
    person.click(person.on_screen(handle.rect.center()))


# --- folded -----------------------------------------------------------------------------------------


def test_a_card_has_a_row_for_each_neuron_of_both_directions(person, look):
    look()
    assert [len(person.card(layer_id).tiles) for layer_id in ("first", "both")] == [UNITS, 2 * BOTH]
    assert person.card("first").subtitle == f"{STEPS}×{UNITS}"
    assert person.card("both").subtitle == str(2 * BOTH)


def test_a_row_is_the_state_of_its_neuron_from_the_first_step_to_the_last(person, look):
    states = look().layers["first"].seen["state"]
    assert states.shape == (STEPS, UNITS)
    step, unit = np.unravel_index(np.abs(states).argmax(), states.shape)
    row = parts(person, "first", Role.TILE)[unit].rect
    spot = QPointF(row.left() + (step + 0.5) / STEPS * row.width(), row.center().y())
    assert is_nearer_to_its_sign(colour_at(person, spot), states[step, unit])


def test_pointing_at_a_row_reads_where_the_state_has_been(person, look):
    snapshot = look()
    info = describe(Target(Role.TILE, "first", 2), person.view.state.scene, snapshot)
    assert info.heading == "Simple RNN 1 · neuron 3"
    last = snapshot.layers["first"].seen["state"][-1, 2]
    assert info.lines[0].startswith("at the last step ")
    assert float(info.lines[0].split()[-1].replace("−", "-")) == pytest.approx(last, rel=1e-2)


def test_plus_and_minus_change_the_neurons_of_each_direction(person, look):
    look()
    (plus,) = parts(person, "both", Role.PLUS)
    person.click(person.on_screen(plus.rect.center()))
    assert person.document.experiment.network.layers[1].units == BOTH + 1


def test_a_neuron_is_pinned_as_any_other(person, look):
    look()
    person.click(person.tile("first", 1))
    assert person.view.state.pinned == ("first", 1)


def test_into_it_leads_a_band_and_out_of_a_last_state_a_weight_each(person, look):
    look()
    bundles = {bundle.layer_id: bundle for bundle in person.view.state.scene.bundles}
    assert bundles["first"].outline is not None
    assert bundles["output"].outline is None
    assert set(bundles["output"].inputs) == set(range(2 * BOTH))


def test_over_a_plane_its_neurons_are_tiles_as_all_others_are(person, look):
    look(space=PrincipalPlane(), resolution=6)
    assert len(person.card("both").tiles) == 2 * BOTH
    assert not parts(person, "both", Role.UNROLL)
    assert not person.view.grab().isNull()


def test_before_anything_is_known_it_is_drawn_too(person):
    assert not person.view.grab().isNull()


# --- unrolled ---------------------------------------------------------------------------------------


def test_the_handle_unrolls_a_card_and_folds_it_again_and_no_edit_is_made(person, look):
    look()
    before = person.card("first").rect.width()
    unroll(person)
    assert [part.unit for part in parts(person, "first", Role.STEP)] == list(range(STEPS))
    assert person.card("first").rect.width() > before
    assert not parts(person, "both", Role.STEP)
    unroll(person)
    assert person.card("first").rect.width() == before
    assert person.steps == []


def test_by_keys_u_unrolls_and_escape_folds_before_it_lets_go(person, look):
    look()
    person.canvas.set_selection(["first"])
    person.key(Qt.Key.Key_U)
    assert parts(person, "first", Role.STEP)
    person.key(Qt.Key.Key_Escape)
    assert not parts(person, "first", Role.STEP)
    assert person.canvas.selection == ("first",)
    person.key(Qt.Key.Key_Escape)
    assert person.canvas.selection == ()


def test_u_does_nothing_to_a_layer_without_time(person, look):
    look()
    person.canvas.set_selection(["output"])
    person.key(Qt.Key.Key_U)
    assert not person.view.state.unrolled


def test_the_menu_says_what_it_would_do(person, look):
    look()
    for there, other in (("Unroll over time", "Fold again"), ("Fold again", "Unroll over time")):
        menu = person.menu(Target(Role.CARD, "first"))
        found = {action.text().split("\t")[0]: action for action in menu.actions()}
        assert other not in found
        found[there].trigger()
        menu.deleteLater()
    menu = person.menu(Target(Role.CARD, "output"))
    assert not any("Unroll" in action.text() for action in menu.actions())
    menu.deleteLater()


def test_a_cell_has_the_colours_of_the_states_of_its_step(person, look):
    states = look().layers["first"].seen["state"]
    unroll(person)
    step, unit = np.unravel_index(np.abs(states).argmax(), states.shape)
    cell = parts(person, "first", Role.STEP)[step].rect
    row = parts(person, "first", Role.TILE)[unit].rect
    spot = QPointF(cell.center().x(), row.center().y())
    assert is_nearer_to_its_sign(colour_at(person, spot), states[step, unit])


def test_a_hovered_step_is_named_with_what_goes_in(person, look):
    snapshot = look()
    unroll(person)
    person.move(person.on_screen(parts(person, "first", Role.STEP)[3].rect.center()))
    assert person.view.state.hovered == Target(Role.STEP, "first", 3)
    info = describe(person.view.state.hovered, person.view.state.scene, snapshot)
    assert info.heading == f"Simple RNN 1 · step 4 of {STEPS}"
    given = snapshot.layers["first"].given[3, 0]
    assert float(info.lines[0].split()[-1].replace("−", "-")) == pytest.approx(given, rel=0.06)
    assert info.lines[1].startswith("state ")


def test_a_step_of_a_text_is_named_by_its_character(person, look):
    text = Experiment().with_dataset(OwnText(text="abcd" * 20, window=6))
    layers = (SimpleRnn(id="first", units=2), Dense(id="output", units=4))
    person.document.edit(text.with_(network=Architecture(layers=layers)).fitted(), "")
    snapshot = look()
    unroll(person)
    info = describe(Target(Role.STEP, "first", 2), person.view.state.scene, snapshot)
    assert info.heading.split(" · ")[-1] == "abcd"[int(snapshot.data.chosen.raw[2].argmax())]
    assert not person.view.grab().isNull()


def test_keys_go_from_step_to_step_and_a_screen_reader_is_told_of_each(person, look):
    look()
    unroll(person)
    person.canvas.setFocus()
    person.key(Qt.Key.Key_Up)
    for _ in range(2):
        person.key(Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    looked_at = person.view.state.hovered
    assert looked_at == Target(Role.STEP, "first", 1)
    assert f"step 2 of {STEPS}" in name(person.view.state, looked_at)
    assert "state" in description(person.view.state, looked_at)
    assert looked_at in children(person.view.state, Target(Role.CARD, "first"))


def test_a_screen_reader_finds_the_handle_and_can_press_it(person, look):
    look()
    handle = Target(Role.UNROLL, "first")
    assert handle in children(person.view.state, Target(Role.CARD, "first"))
    person.view.act(deeds(person.view.state, handle)["Press"].do, handle)
    assert parts(person, "first", Role.STEP)
    assert "Fold again" in deeds(person.view.state, Target(Role.CARD, "first"))


def test_it_folds_where_the_layer_goes_and_for_another_experiment(person, look):
    look()
    unroll(person)
    experiment = person.document.experiment
    person.document.edit(experiment.with_dataset(Waves(samples=30, window=STEPS)), "")
    look()
    assert parts(person, "first", Role.STEP)  # the same layer over other data stays as it is looked at
    person.document.open(experiment)
    look()
    assert not parts(person, "first", Role.STEP)


@pytest.mark.parametrize(
    ("left", "top", "sides"),
    [(100, 200, "right"), (600, 200, "left"), (330, 20, "below"), (330, 400, "above")],
)
def test_what_is_said_of_a_step_stands_where_it_hides_none_of_it(left, top, sides):
    """In a view of 700 × 500 a card of 340 × 80, of a column of 30 × 90."""
    beside = QRectF(left, top, 30, 90)
    box = info_place(QSizeF(340, 80), beside, QSizeF(700, 500))
    assert not box.intersects(beside)
    assert QRectF(0, 0, 700, 500).contains(box)
    found = {
        "right": box.left() > beside.right(), "left": box.right() < beside.left(),
        "below": box.top() > beside.bottom(), "above": box.bottom() < beside.top(),
    }  # fmt: skip
    assert found[sides]


# --- where steps stand ------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [1, 2, MOST_CELLS, MOST_CELLS + 1, 50, 1000])
def test_steps_stand_one_after_another_and_long_sequences_thin_out(steps):
    line = Timeline(steps, 7.0, 0.0, 100.0)
    columns = [line.column(step) for step in range(steps)]
    assert columns[0].left() == 7
    assert all(first.right() <= second.left() + 1e-9 for first, second in pairwise(columns))
    assert len(list(line.cells)) == (steps if steps <= MOST_CELLS else HEAD + TAIL)
    assert columns[-1].right() == line.right < 700
