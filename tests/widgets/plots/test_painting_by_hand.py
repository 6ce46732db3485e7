"""A person paints points on the map: each of what painters commonly trip over is tried by hand here."""

import gc

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from playground.data import store
from playground.data.datasets.painted import MOST_POINTS, Painted
from playground.data.datasets.recipes import Blobs, Circle, Plane, Sine
from playground.data.datasets.wine import Wine
from playground.experiment import Experiment
from playground.numbers.writing import whole
from playground.randomness import Pcg64
from playground.training.observer import Observer, Progress, blocked_snapshot
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.document import Document
from widgets.panels.output import OutputPanel
from widgets.plots.painting.brush import PointBrush, Trail
from widgets.plots.painting.painting import Painting, Tool
from widgets.tab_order import tab_stops

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
FINE = PointBrush(radius=0.5, density=1, jitter=0.0)
"""One point a press, just where the pointer is."""


def empty():
    return Experiment().with_dataset(Painted.empty())


def snapshot_of(experiment):
    observer = Observer(Trainer(experiment))
    observer.view = View()
    return observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))


class Easel:
    """The output panel of a document, and a hand that paints on it."""

    def __init__(self, qtbot, show, experiment):
        self.qtbot, self.document = qtbot, Document(experiment)
        self.painting = Painting(self.document)
        self.panel = OutputPanel()
        self.panel.let_paint(self.painting)
        show(self.panel, 330, 359)
        self.sentences = []
        self.painting.said.connect(self.sentences.append)
        self.painting.set(brush=FINE)

    @property
    def surface(self):
        return self.panel.surface

    @property
    def bar(self):
        return self.panel.brush_bar

    @property
    def points(self):
        return self.document.experiment.data.dataset

    def start(self):
        self.qtbot.mouseClick(self.panel.paint_button, LEFT)
        return self

    def pixel(self, x, y):
        ((across, down),) = self.surface.pixels_of(np.array([[x, y]])).tolist()
        return QPoint(round(across), round(down))

    def press(self, x, y, button=LEFT, keys=Qt.KeyboardModifier.NoModifier):
        self.qtbot.mousePress(self.surface, button, keys, self.pixel(x, y))

    def go(self, x, y, buttons=LEFT):
        pixel = QPointF(self.pixel(x, y))
        place = QPointF(self.surface.mapToGlobal(pixel))
        kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        move = QMouseEvent(kind, pixel, place, none, buttons, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.surface, move)

    def release(self, x, y, button=LEFT):
        self.qtbot.mouseRelease(self.surface, button, pos=self.pixel(x, y))

    def stroke(self, *places, keys=Qt.KeyboardModifier.NoModifier):
        self.press(*places[0], keys=keys)
        for place in places[1:]:
            self.go(*place)
        self.release(*places[-1])

    def click(self, x, y):
        self.stroke((x, y))

    def key(self, key, keys=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.surface, key, keys)

    def take(self, tool):
        self.qtbot.mouseClick(self.bar.tools[tool], LEFT)

    def open_menu(self, x, y):
        pixel = self.pixel(x, y)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, pixel, self.surface.mapToGlobal(pixel))
        QApplication.sendEvent(self.surface, event)
        return self.surface.menu

    def choose(self, x, y, *words):
        """Choose from the menu at a place, and from the one within."""
        menu = self.open_menu(x, y)
        for word in words:
            action = next(action for action in menu.actions() if action.text().startswith(word))
            menu = action.menu()
        action.trigger()
        self.surface.menu.close()


@pytest.fixture
def easel(qtbot, show):
    made = []

    def make(experiment=None):
        made.append(Easel(qtbot, show, experiment or empty()))
        return made[-1].start()

    yield make
    for each in made:
        each.painting.stop()
        each.document.undo_stack.clear()


def near(places, expected):
    np.testing.assert_allclose(places, expected, atol=0.06)


# --- on and off ---


def test_the_tab_key_goes_from_the_pencil_to_the_map_and_the_brush(easel, qtbot):
    it = easel()

    def in_order():
        stops = tab_stops(it.panel)
        of_brush = [place for place, each in enumerate(stops) if it.bar.isAncestorOf(each)]
        return stops.index(it.panel.paint_button) < stops.index(it.surface) < min(of_brush)

    qtbot.waitUntil(in_order)  # once the brush has its place


def test_the_pencil_shows_the_brush_and_takes_it_away_again(easel, qtbot):
    it = easel()
    assert it.painting.on
    assert it.surface.isVisible()
    assert it.bar.isVisible()
    assert it.panel.paint_button.isChecked()
    qtbot.mouseClick(it.panel.paint_button, LEFT)
    assert not it.painting.on
    assert not it.surface.isVisible()
    assert not it.bar.isVisible()


def test_escape_ends_painting(easel):
    it = easel()
    it.key(Qt.Key.Key_Escape)
    assert not it.painting.on
    assert not it.panel.paint_button.isChecked()


def test_looking_is_as_before_when_nothing_is_painted(easel, qtbot):
    it = easel(Experiment())
    it.panel.show_snapshot(snapshot_of(Experiment()))
    assert not it.panel.read_out.isVisible()
    assert not it.panel.boxes.isVisible()
    it.key(Qt.Key.Key_Escape)
    assert it.panel.read_out.isVisible()
    assert it.panel.boxes.isVisible()
    assert len(it.panel.map.drawing.training.places) == 250
    qtbot.mouseMove(it.panel.map, QPoint(1, 1))
    qtbot.mouseMove(it.panel.map, it.panel.map.square.center().toPoint())
    assert it.panel.map.probe is not None


@pytest.mark.parametrize("dataset", [Sine(), Wine()], ids=lambda dataset: dataset.tag())
def test_on_one_column_and_on_tables_painting_is_not_offered_and_a_sentence_says_why(easel, dataset):
    it = easel(Experiment().with_dataset(dataset))
    assert not it.panel.paint_button.isEnabled()
    it.painting.toggle()
    assert not it.painting.on
    assert it.sentences == ["Points are painted on the plane of x₁ and x₂; choose such a dataset."]
    it.document.edit(Experiment(), "")
    assert it.panel.paint_button.isEnabled()


def test_looking_at_the_brush_alone_changes_nothing(easel):
    it = easel(Experiment())
    it.take(Tool.CHOOSE)
    it.click(0, 0)
    it.key(Qt.Key.Key_Escape)
    assert it.document.experiment == Experiment()
    assert not it.document.undo_stack.canUndo()


# --- strokes ---


def test_a_press_paints_a_point_where_the_pointer_is(easel):
    it = easel()
    it.click(2, -3)
    near(it.points.places, [[2, -3]])
    assert it.points.targets.tolist() == [0]


def test_a_stroke_is_one_step_of_undo_and_redo(easel, qtbot):
    it = easel()
    it.click(0, 5)
    it.press(-4, 0)
    it.go(0, 0)
    qtbot.waitUntil(lambda: it.points.count > 2)  # the document has a part of the stroke already
    it.go(4, 0)
    it.release(4, 0)
    assert it.points.count == 1 + 17
    assert it.document.undo_stack.undoText() == "Paint points"
    it.document.undo_stack.undo()
    near(it.points.places, [[0, 5]])
    it.document.undo_stack.redo()
    assert it.points.count == 18
    assert it.document.undo_stack.count() == 2


def test_a_fast_move_leaves_no_gap(easel):
    it = easel()
    it.stroke((-5, 1), (5, 1))
    near(it.points.places, np.column_stack([np.arange(-5, 5.1, 0.5), np.ones(21)]))


def test_slow_and_fast_moves_paint_the_same(easel):
    slow, fast = easel(), easel()
    slow.stroke(*((x, 1) for x in np.arange(-5, 5.01, 0.25)))
    fast.stroke((-5, 1), (5, 1))
    assert slow.points.count == fast.points.count


def test_a_stroke_that_leaves_the_map_paints_nothing_beyond_it_and_comes_back(easel):
    it = easel()
    it.stroke((5, 0), (9, 0), (9, 2), (5, 2))
    assert it.points.count > 3
    assert (np.abs(it.points.places) <= 6).all()
    assert {round(y) for _, y in it.points.places} == {0, 2}


def test_a_press_beside_the_map_paints_nothing(easel):
    it = easel()
    it.stroke((7, 0), (0, 0))
    assert it.points.count == 0


def test_jitter_scatters_within_the_brush_and_density_says_how_many(easel):
    it = easel()
    it.painting.set(brush=PointBrush(radius=1, density=8, jitter=1))
    it.click(1, 1)
    assert it.points.count == 8
    distances = np.hypot(*(it.points.places - 1).T)
    assert distances.max() <= 1.05
    assert np.ptp(distances) > 0


def test_the_points_of_a_trail_lie_a_density_apart_however_it_is_cut():
    for cuts in (1, 3, 10):
        trail = Trail(PointBrush(radius=1, density=4, jitter=0), np.random.default_rng(0))
        ways = [trail.to((0, 0)), *(trail.to((x, 0)) for x in np.linspace(0, 5, cuts + 1)[1:])]
        np.testing.assert_allclose(np.concatenate(ways)[:, 0], np.arange(0, 5, 0.25), atol=1e-9)


def test_the_sliders_set_the_brush(easel, qtbot):
    it = easel()
    for slider in (it.bar.size_, it.bar.density, it.bar.jitter):
        slider.setFocus()
        qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert it.painting.brush == PointBrush(radius=0.1, density=1, jitter=0.0)
    assert it.bar.size_.toolTip().startswith("Size: 0.1")


def test_the_eraser_takes_all_that_it_comes_near_on_its_way(easel):
    it = easel()
    it.stroke((-5, 1), (5, 1))
    it.click(0, 4)
    before = it.points.count
    it.take(Tool.ERASE)
    it.stroke((-6, 1), (0, 1))
    assert (it.points.places[:, 0] > 0.4).sum() == it.points.count - 1
    it.document.undo_stack.undo()
    assert it.points.count == before


def test_erasing_nothing_is_no_step_of_undo(easel):
    it = easel()
    it.take(Tool.ERASE)
    it.stroke((-5, 1), (5, 1))
    assert not it.document.undo_stack.canUndo()


def test_a_point_is_moved_and_undo_puts_it_back(easel, qtbot):
    it = easel()
    it.click(0, 0)
    it.click(3, 3)
    it.take(Tool.CHOOSE)
    it.press(0, 0)
    it.go(-1, 1)
    it.go(-2, 2)
    it.release(-2, 2)
    near(it.points.places, [[-2, 2], [3, 3]])
    it.document.undo_stack.undo()
    near(it.points.places, [[0, 0], [3, 3]])


def test_selected_points_move_together_and_stay_on_the_plane(easel):
    it = easel()
    for place in ((-4, 0), (-3, 0), (4, 0)):
        it.click(*place)
    it.take(Tool.CHOOSE)
    it.stroke((-5, -1), (-2, 1))
    assert it.painting.draft.chosen.tolist() == [True, True, False]
    it.stroke((-3, 0), (-9, 0))
    near(it.points.places, [[-6, 0], [-5, 0], [4, 0]])


def test_shift_selects_more_and_a_click_beside_selects_nothing(easel):
    it = easel()
    it.click(-4, 0)
    it.click(4, 0)
    it.take(Tool.CHOOSE)
    it.click(-4, 0)
    it.stroke((3, -1), (5, 1), keys=Qt.KeyboardModifier.ShiftModifier)
    assert it.painting.draft.chosen.all()
    it.click(0, 5)
    assert not it.painting.draft.chosen.any()


# --- what goes wrong in a stroke ---


def test_undo_in_the_middle_of_a_stroke_takes_the_stroke_and_nothing_more(easel):
    it = easel()
    it.click(0, 5)
    it.press(-4, 0)
    it.go(-2, 0)
    it.document.undo_stack.undo()
    near(it.points.places, [[0, 5]])
    it.go(4, 0)
    it.release(4, 0)
    near(it.points.places, [[0, 5]])
    it.click(1, 1)
    near(it.points.places, [[0, 5], [1, 1]])


def test_escape_in_a_stroke_takes_it_back_and_goes_on_painting(easel):
    it = easel()
    it.press(-4, 0)
    it.go(-2, 0)
    it.key(Qt.Key.Key_Escape)
    assert it.points.count == 0
    assert it.painting.on
    it.go(4, 0)
    it.release(4, 0)
    assert it.points.count == 0


def test_another_dataset_in_the_middle_of_a_stroke_ends_it(easel):
    it = easel(Experiment())
    it.press(-4, 0)
    it.go(-2, 0)
    it.document.edit(Experiment().with_dataset(Blobs(samples=20)), "")
    it.go(4, 0)
    it.release(4, 0)
    assert it.points == Blobs(samples=20)
    it.click(0, 0)
    assert it.points.count == 21


def test_a_dataset_that_cannot_be_painted_ends_painting(easel):
    it = easel()
    it.press(-4, 0)
    it.document.edit(Experiment().with_dataset(Wine()), "")
    it.go(4, 0)
    it.release(4, 0)
    assert not it.painting.on
    assert not it.bar.isVisible()
    assert it.points == Wine()


def test_another_document_in_the_middle_of_a_stroke_is_left_alone(easel):
    it = easel()
    it.press(-4, 0)
    it.go(-2, 0)
    it.document.open(Experiment())
    it.go(4, 0)
    it.release(4, 0)
    assert it.document.experiment == Experiment()
    assert not it.painting.on
    assert not it.document.undo_stack.canUndo()


def test_a_button_that_was_released_elsewhere_ends_the_stroke(easel):
    it = easel()
    it.press(-4, 0)
    it.go(-2.9, 0)
    it.go(4, 0, buttons=Qt.MouseButton.NoButton)
    it.go(5, 5, buttons=Qt.MouseButton.NoButton)
    assert it.points.places[:, 0].max() < -2.8
    assert it.points.count == 3


@pytest.mark.parametrize("event", [QEvent.Type.WindowDeactivate, QEvent.Type.UngrabMouse])
def test_a_window_that_loses_the_mouse_ends_the_stroke(easel, event):
    it = easel()
    it.press(-4, 0)
    it.go(-2.9, 0)
    QApplication.sendEvent(it.surface, QEvent(event))
    it.go(4, 0)
    assert it.points.count == 3


def test_the_right_button_in_a_stroke_changes_nothing_of_it(easel):
    it = easel()
    it.press(-4, 0)
    it.press(-4, 0, RIGHT)
    it.open_menu(-4, 0)
    assert not it.surface.menu.isVisible()
    it.release(-4, 0, RIGHT)
    it.go(-2.9, 0)
    it.release(-2.9, 0)
    assert it.points.count == 3


def test_the_map_may_change_its_size_in_the_middle_of_a_stroke(easel, qtbot):
    it = easel()
    it.press(-4, 0)
    before = it.panel.map.square.width()
    it.panel.resize(430, 560)
    qtbot.waitUntil(lambda: it.panel.map.square.width() > before and it.surface.size() == it.panel.map.size())
    it.go(0, 0)
    it.release(0, 0)
    near(it.points.places[:, 1], np.zeros(9))
    near(it.points.places[[0, -1], 0], [-4, 0])


def test_no_more_points_are_painted_than_can_be_and_a_sentence_says_so(easel):
    full = Painted.empty().with_points(np.zeros((MOST_POINTS - 2, 2)), 0)
    it = easel(Experiment().with_dataset(full))
    it.stroke((-5, 1), (5, 1))
    assert it.points.count == MOST_POINTS
    it.click(3, 3)
    assert it.points.count == MOST_POINTS
    assert it.sentences == [f"There are {whole(MOST_POINTS)} points, as many as can be."]


def test_a_long_stroke_leaves_one_content_in_the_store(easel):
    it = easel()
    it.press(-5, 0)
    before = set(store._CONTENTS)
    for step in range(400):
        it.go(5 * np.cos(step / 10), 5 * np.sin(step / 10))
    it.release(0, 0)
    gc.collect()
    assert len(set(store._CONTENTS) - before) <= 2  # of the whole stroke, and the last that was put
    it.document.undo_stack.undo()
    assert it.points.count == 0


# --- classes and values ---


def test_swatches_and_digits_choose_the_class(easel, qtbot):
    it = easel()
    qtbot.mouseClick(it.bar.swatches.buttons[1], LEFT)
    it.click(0, 0)
    it.key(Qt.Key.Key_1)
    it.click(1, 1)
    it.key(Qt.Key.Key_5)  # there is none
    it.click(2, 2)
    assert it.points.targets.tolist() == [1, 0, 0]
    assert it.bar.swatches.buttons[0].isChecked()


def test_a_class_more_is_painted_at_once_and_the_network_gets_an_output_for_it(easel, qtbot):
    it = easel()
    it.click(0, 0)
    qtbot.mouseClick(it.bar.swatches.more, LEFT)
    it.click(1, 1)
    assert it.points.names == ("A", "B", "C")
    assert it.points.targets.tolist() == [0, 2]
    assert it.document.experiment.network.output.units == 3
    assert sum(button.isVisible() for button in it.bar.swatches.buttons) == 3


def test_a_class_that_is_removed_is_painted_no_more(easel, qtbot):
    it = easel()
    qtbot.mouseClick(it.bar.swatches.more, LEFT)
    it.click(1, 1)
    it.choose(4, 4, "Remove class C")
    assert it.points.names == ("A", "B")
    assert it.points.count == 0
    it.click(2, 2)
    assert it.points.targets.tolist() == [1]


def test_undo_of_a_class_more_leaves_a_class_that_is_there(easel, qtbot):
    it = easel()
    qtbot.mouseClick(it.bar.swatches.more, LEFT)
    it.document.undo_stack.undo()
    it.click(2, 2)
    assert it.points.targets.tolist() == [1]


def test_values_are_painted_with_the_slider(easel, qtbot):
    it = easel()
    it.choose(0, 0, "Values in place of classes")
    assert it.document.experiment.task.kind == "regression"
    assert it.bar.value.isVisible()
    it.bar.value.setFocus()
    qtbot.keyClick(it.bar.value, Qt.Key.Key_Home)
    it.click(0, 0)
    assert it.points.targets.tolist() == [-1.0]
    it.choose(0, 5, "Classes in place of values")
    assert it.points.targets.tolist() == [0]
    assert it.bar.swatches.isVisible()


@pytest.mark.parametrize("dataset", [Circle(samples=40), Blobs(samples=40, classes=4), Plane(samples=40)])
def test_the_first_stroke_on_a_dataset_goes_on_from_its_samples(easel, dataset):
    experiment = Experiment(randomness=Pcg64(seed=9)).with_dataset(dataset)
    it = easel(experiment)
    it.click(1, 1)
    samples = dataset.take(Pcg64(seed=9).streams().data)
    np.testing.assert_array_equal(it.points.places[:-1], samples.raw)
    np.testing.assert_array_equal(it.points.targets[:-1], samples.targets)
    assert it.document.experiment.task == experiment.task
    it.document.undo_stack.undo()
    assert it.document.experiment == experiment
    assert it.painting.on


# --- the menu ---


def test_the_menu_erases_the_points_at_the_pointer(easel):
    it = easel()
    it.stroke((-4, 0), (-2.9, 0))
    it.click(4, 4)
    it.painting.set(brush=PointBrush(radius=0.8))
    it.choose(-3.5, 0, "Erase 3 points")
    near(it.points.places, [[4, 4]])
    it.choose(4, 4, "Erase 1 point")
    assert it.points.count == 0


def test_the_menu_gives_the_chosen_points_another_class(easel):
    it = easel()
    it.click(-4, 0)
    it.click(4, 4)
    it.choose(-4, 0, "Change class", "blue")
    assert it.points.targets.tolist() == [1, 0]
    assert it.document.undo_stack.undoText() == "Change class"


def test_the_menu_clears_all_and_undoes(easel):
    it = easel()
    it.click(-4, 0)
    it.choose(3, 3, "Clear all")
    assert it.points.count == 0
    it.choose(3, 3, "Undo Clear all")
    assert it.points.count == 1


def test_where_there_is_nothing_the_menu_offers_to_erase_nothing(easel):
    it = easel()
    actions = {action.text(): action.isEnabled() for action in it.open_menu(0, 0).actions()}
    it.surface.menu.close()
    assert not any(actions[text] for text in ("Erase points", "Clear all", "Select all", "Undo"))


# --- the keyboard ---


def test_arrow_keys_and_enter_place_single_points_and_delete_erases_the_nearest(easel):
    it = easel()
    it.key(Qt.Key.Key_Right)
    it.key(Qt.Key.Key_Up)
    it.key(Qt.Key.Key_Return)
    near(it.points.places, [[0.25, 0.25]])
    assert it.sentences[-1] == "orange at x₁ 0.25, x₂ 0.25; 1 point"
    for _ in range(3):
        it.key(Qt.Key.Key_Down)
    it.key(Qt.Key.Key_2)
    it.key(Qt.Key.Key_Enter)
    it.key(Qt.Key.Key_Delete)
    near(it.points.places, [[0.25, 0.25]])
    it.key(Qt.Key.Key_Delete)
    assert it.points.count == 0


def test_keys_stop_at_the_edge_of_the_map(easel):
    it = easel()
    for _ in range(60):
        it.key(Qt.Key.Key_Left)
    it.key(Qt.Key.Key_Return)
    near(it.points.places, [[-6, 0]])


def test_all_points_are_selected_and_erased_by_keys(easel):
    it = easel()
    it.stroke((-4, 0), (4, 0))
    it.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert it.painting.draft.chosen.all()
    it.key(Qt.Key.Key_Delete)
    assert it.points.count == 0


# --- what is seen ---


def test_a_point_is_seen_at_once_in_its_colour(easel):
    it = easel()
    it.click(3, 3)
    colour = it.surface.grab().toImage().pixelColor(it.pixel(3, 3)).name()
    assert colour == theme.current().negative


def test_the_map_says_what_is_missing(easel):
    it = easel()
    it.panel.show_snapshot(blocked_snapshot(empty(), Progress(1, State.BLOCKED, 10, 0.0, None)))
    assert it.panel.map.drawing.message == "Paint at least 2 points."


def test_everything_on_the_bar_has_a_name_and_can_be_reached_by_keyboard(easel):
    it = easel()
    parts = [*it.bar.tools.values(), it.bar.size_, it.bar.density, it.bar.jitter, it.bar.more]
    for part in (*parts, *it.bar.swatches.buttons[:2], it.bar.swatches.more):
        assert part.accessibleName()
        assert part.toolTip()
        assert part.focusPolicy() & Qt.FocusPolicy.TabFocus
