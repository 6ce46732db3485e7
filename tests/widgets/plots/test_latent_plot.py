"""A person walks over the codes of an autoencoder, and sees what is there."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt

from playground.data import Data
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Blobs
from playground.data.features import XY, Whole, X, Y
from playground.data.scaling import MinMax
from playground.engine.activations import Linear
from playground.engine.graph import Architecture
from playground.engine.layers import Dense, Flatten
from playground.engine.losses import SquaredError
from playground.experiment import Experiment, Training
from playground.training.codes import CodeView
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets.plots.latent.ground import Ground
from widgets.plots.latent.plot import LatentPlot
from widgets.plots.plots_panel import PlotsPanel


def autoencoder(units=2, pictures=True):
    code = Dense(id="code", units=units, activation=Linear())
    if pictures:
        data = Data(dataset=Digits(), inputs=(Whole(),), targets="inputs", scaling=MinMax())
        layers = (Flatten(id="flat"), code, Dense(id="output", units=64, activation=Linear()))
    else:
        data = Data(dataset=Blobs(samples=90), inputs=(X(), Y(), XY()), targets="inputs")
        layers = (code, Dense(id="output", units=3, activation=Linear()))
    return Experiment(data=data, network=Architecture(layers=layers), training=Training(loss=SquaredError()))


class Run:
    """A run that answers a plot at once, as the training thread does a little later."""

    def __init__(self, plot, experiment):
        self.trainer = Trainer(experiment)
        self.observer = Observer(self.trainer)
        self.plot, self.views, self._answering = plot, [], False
        plot.asked.connect(self.answer)
        self.answer(CodeView())

    def answer(self, view):
        self.views.append(view)
        if self._answering:
            return
        self._answering = True
        for _ in range(4):  # each answer may bring another question
            self.observer.view = View(maps=False, code=self.views[-1])
            snapshot = self.observer.snapshot(Progress(1, State.PAUSED, 1, 0.0, None))
            self.plot.show_snapshot(snapshot)
        self._answering = False

    def decoded(self, point):
        plan = self.trainer.network.plan(1)
        plan.run_from("code", np.array([point]).T)
        return self.trainer.data.scaling.undo(plan.outputs.T)[0]


@pytest.fixture
def walked(show):
    """Gives a plot and its run."""

    def walked(**changes):
        plot = show(LatentPlot(), 520, 240)
        return plot, Run(plot, autoencoder(**changes))

    return walked


def move(qtbot, plot, x, y):
    qtbot.mouseMove(plot, QPoint(round(x), round(y)))


def test_the_code_in_the_middle_is_decoded_at_first(walked):
    plot, run = walked()
    np.testing.assert_allclose(plot.point, np.median(plot.content.codes.places, axis=0), rtol=1e-6)
    np.testing.assert_allclose(plot.content.codes.decoded.ravel(), run.decoded(plot.point), rtol=1e-4)


def test_the_pointer_leads_to_the_code_below_it(qtbot, walked):
    plot, run = walked()
    area = plot.ground.area
    move(qtbot, plot, area.left() + area.width() / 4, area.top() + area.height() / 4)
    across = plot.ground.low[0] + (plot.ground.high[0] - plot.ground.low[0]) / 4
    assert plot.point[0] == pytest.approx(across, abs=0.05 * (plot.ground.high[0] - plot.ground.low[0]))
    assert plot.point[1] > sum(plot.ground.low) / 2
    np.testing.assert_allclose(plot.content.codes.decoded.ravel(), run.decoded(plot.point), rtol=1e-4)
    assert plot.content.picture() is not None


def test_beside_the_plane_nothing_moves(qtbot, walked):
    plot, _ = walked()
    before = plot.point
    move(qtbot, plot, plot.width() - 20, 100)
    assert plot.point == before


def test_arrow_keys_walk_and_stop_at_the_edge(qtbot, walked):
    plot, _ = walked()
    before = plot.point
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert plot.point[0] > before[0]
    assert plot.point[1] == pytest.approx(before[1])
    qtbot.keyClick(plot, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    small = plot.point[1] - before[1]
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert plot.point[1] - before[1] == pytest.approx(5 * small)
    for _ in range(40):
        qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert plot.point[0] == plot.ground.low[0]
    assert plot.accessibleDescription().startswith("Code ")


def test_the_grid_decodes_places_all_over_the_plane(qtbot, walked):
    plot, run = walked()
    assert run.views[-1].grid == ()
    qtbot.mouseClick(plot.grid_tab, Qt.MouseButton.LeftButton)
    grid = np.array(run.views[-1].grid)
    assert len(grid) > 10
    assert (grid > plot.ground.low).all()
    assert (grid < plot.ground.high).all()
    np.testing.assert_allclose(plot.content.codes.pictures[3].ravel(), run.decoded(grid[3]), atol=1e-3)
    qtbot.mouseClick(plot.grid_tab, Qt.MouseButton.LeftButton)
    assert run.views[-1].grid == ()


def test_nothing_is_asked_for_while_it_is_not_seen(walked):
    plot, run = walked()
    plot.hide()
    assert run.views[-1] is None


def test_three_numbers_are_shown_two_at_a_time_and_the_third_is_held(qtbot, walked):
    plot, _ = walked(units=3)
    held = plot.point[1]
    qtbot.mouseClick(plot.pair_tabs[0, 2], Qt.MouseButton.LeftButton)
    area = plot.ground.area
    move(qtbot, plot, area.left() + 5, area.top() + 5)
    np.testing.assert_array_equal(plot.content.places, plot.content.codes.places[:, [0, 2]])
    assert plot.point[1] == held


def test_a_single_number_is_a_line_to_walk_along(qtbot, walked):
    plot, run = walked(units=1)
    area = plot.ground.area
    move(qtbot, plot, area.left() + 20, area.center().y())
    assert len(plot.point) == 1
    np.testing.assert_allclose(plot.content.codes.decoded.ravel(), run.decoded(plot.point), rtol=1e-4)
    assert plot.pair_tabs[0, 1].isHidden()


def test_a_row_is_decoded_to_its_numbers(walked):
    plot, run = walked(pictures=False)
    assert plot.content.codes.names == ("x₁", "x₂", "x₁x₂")
    np.testing.assert_allclose(plot.content.codes.decoded, run.decoded(plot.point), rtol=1e-4)
    assert plot.grid_tab.isHidden()


def test_its_numbers_can_be_saved(walked):
    plot, _ = walked()
    assert list(plot.columns()) == ["code 1", "code 2", "label"]


def test_the_ground_moves_only_when_codes_leave_it():
    places = np.random.default_rng(0).normal(size=(200, 2))
    ground = Ground().around(places)
    assert ground.around(places * 0.9) is not None
    assert ground.around(places * 0.9).low == ground.low
    assert ground.around(places * 2).low[0] < ground.low[0]
    assert ground.around(places * 0.2).low[0] > ground.low[0]
    assert Ground().around(np.full((3, 2), np.nan)) == Ground()


def test_places_and_pixels_are_two_ways_of_one_thing():
    ground = LatentPlot().ground.around(np.random.default_rng(0).normal(size=(50, 2)))
    area = ground.area
    area.setRect(10, 20, 300, 200)
    code = ground.to_code(QPointF(100, 60))
    np.testing.assert_allclose(ground.to_pixels(np.array([code])), [[100, 60]])


@pytest.fixture
def panel(show):
    return show(PlotsPanel(), 900, 270)


def test_its_tab_comes_and_goes_with_an_autoencoder(panel, train):
    assert panel.tabs["latent"].isHidden()
    panel.show_snapshot(train(autoencoder(), epochs=0))
    assert panel.tabs["latent"].isVisible()
    assert panel.state() == ["loss", "latent"]
    panel.show_snapshot(train(epochs=0))
    assert panel.tabs["latent"].isHidden()
    assert panel.state() == ["loss"]


def test_a_tab_that_was_left_does_not_come_back_by_itself(qtbot, panel, train):
    snapshot = train(autoencoder(), epochs=0)
    panel.show_snapshot(snapshot)
    qtbot.mouseClick(panel.tabs["latent"], Qt.MouseButton.LeftButton)
    panel.show_snapshot(snapshot)
    assert panel.state() == ["loss"]
