"""The output panel over a table's planes and lines, and over one sample: its picture and the answer to it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from playground.data.datasets.apples_and_oranges import ApplesAndOranges
from playground.data.datasets.digits import Digits
from playground.data.datasets.recipes import Circle
from playground.data.datasets.wine import Wine
from playground.data.spaces import LineOfColumn, OneSample, PlaneOfColumns, PrincipalPlane
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets.panels.output import OutputPanel
from widgets.panels.space_bar import HeldColumns
from widgets.tab_order import go_on


class Watched:
    """A panel that shows one experiment, and gets what it asks for as the window would give it."""

    def __init__(self, panel, experiment):
        self.panel = panel
        self.observer = Observer(Trainer(experiment))
        self.asked = []
        panel.space_chosen.connect(self.look_over)
        self.look()

    def look_over(self, space):
        self.asked.append(space)
        self.look(space=space)

    def look(self, **view):
        self.observer.view = View(**view)
        self.snapshot = self.observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))
        self.panel.show_snapshot(self.snapshot)


@pytest.fixture
def watch(show):
    def watch(dataset, **fields):
        experiment = Experiment().with_dataset(dataset)
        data = experiment.data.with_(**fields) if fields else experiment.data
        return Watched(show(OutputPanel(), 330, 460), experiment.with_data(data))

    return watch


def choose(qtbot, combo, text):
    combo.setFocus()
    combo.setCurrentIndex(combo.findText(text))
    combo.activated.emit(combo.currentIndex())


def test_a_drawn_plane_leaves_nothing_to_choose(watch):
    assert not watch(Circle(samples=60)).panel.space_bar.isVisible()


def test_the_tab_key_goes_from_the_map_to_what_it_lies_over(watch, qtbot):
    panel = watch(Wine()).panel
    panel.map.setFocus()
    go_on(panel, forward=True)
    assert panel.space_bar.isAncestorOf(QApplication.focusWidget())


def test_a_table_is_seen_over_its_principal_components(watch):
    panel = watch(Wine()).panel
    assert panel.space_bar.kind.currentText() == "Principal components"
    assert panel.map.drawing.content.axes == ("PC 1", "PC 2")
    assert panel.map.isVisible()
    assert [field.caption for field in panel.read_out.fields] == ["PC 1", "PC 2", "P(class)", "class"]


def test_a_plane_of_two_columns_is_chosen_from_their_names(qtbot, watch):
    watched = watch(Wine())
    bar = watched.panel.space_bar
    choose(qtbot, bar.kind, "Plane of two columns")
    choose(qtbot, bar.across, "proline")
    choose(qtbot, bar.up, "hue")
    assert watched.asked[-1] == PlaneOfColumns(across="proline", up="hue")
    assert watched.panel.map.drawing.content.axes == ("proline", "hue")
    assert watched.panel.map.drawing.content.across[1] > 1000


def test_choosing_the_column_of_the_other_axis_swaps_them(qtbot, watch):
    watched = watch(Wine())
    bar = watched.panel.space_bar
    watched.look(space=PlaneOfColumns(across="proline", up="hue"))
    choose(qtbot, bar.across, "hue")
    assert watched.asked[-1] == PlaneOfColumns(across="hue", up="proline")


def test_the_samples_stand_where_their_columns_say(watch):
    watched = watch(Wine())
    watched.look(space=PlaneOfColumns(across="proline", up="hue"))
    raw = watched.observer.trainer.data.train.raw
    np.testing.assert_array_equal(watched.panel.map.drawing.training.places, raw[:, [12, 10]])


def test_a_line_along_a_column_is_a_curve_for_each_class(qtbot, watch):
    watched = watch(Wine())
    choose(qtbot, watched.panel.space_bar.kind, "Line along a column")
    assert isinstance(watched.asked[-1], LineOfColumn)
    assert watched.panel.curve.isVisible()
    assert watched.panel.curve.x_name == "alcohol (%)"
    assert not watched.panel.space_bar.up.isVisible()


def test_samples_of_an_autoencoder_stand_on_a_line_at_the_height_that_is_to_be_given_back(watch):
    watched = watch(Wine(), targets="inputs")
    watched.look(space=LineOfColumn(across="alcohol"))
    data = watched.observer.trainer.data.train
    assert watched.panel.curve.canvas.names == ()
    places = watched.panel.curve._training.places
    np.testing.assert_array_equal(places, np.column_stack([data.raw[:, 0], data.targets[:, 0]]))


def test_the_other_columns_are_held_where_a_slider_puts_them(watch):
    watched = watch(Wine())
    watched.look(space=PlaneOfColumns(across="proline", up="hue"))
    before = watched.snapshot.output.copy()
    watched.panel.space_bar.held.click()
    (popup,) = watched.panel.space_bar.findChildren(HeldColumns)
    assert len(popup.controls) == 11
    assert "proline" not in popup.controls
    popup.controls["flavanoids"].edited.emit(5.0, 1, "")
    assert watched.asked[-1].held == (("flavanoids", 5.0),)
    assert not np.array_equal(watched.snapshot.output, before)
    popup.close()


def test_pictures_are_seen_one_by_one_with_a_bar_for_each_class(watch):
    watched = watch(Digits())
    content = watched.panel.sample.content
    assert watched.panel.sample.isVisible()
    assert content.picture.shape == (8, 8, 1)
    assert [bar.name for bar in content.answer] == list("0123456789")
    assert sum(bar.share for bar in content.answer) == pytest.approx(1)
    assert sum(bar.chosen for bar in content.answer) == 1
    assert watched.panel.caption.text() == f"truth: {content.truth}"
    assert not watched.panel.read_out.isVisible()


def test_the_answer_is_what_the_network_predicts_for_that_sample(watch):
    watched = watch(Digits())
    trainer = watched.observer.trainer
    expected = trainer.network.predict(trainer.data.test.inputs[:1].astype(np.float32))[0]
    np.testing.assert_allclose(
        [bar.share for bar in watched.panel.sample.content.answer], expected, atol=1e-6
    )


def test_buttons_keys_and_the_slider_go_from_sample_to_sample(qtbot, watch):
    watched = watch(Digits())
    bar, sample = watched.panel.space_bar, watched.panel.sample
    bar.after.click()
    assert watched.asked[-1] == OneSample(index=1)
    qtbot.keyClick(sample, Qt.Key.Key_Right)
    qtbot.keyClick(sample, Qt.Key.Key_PageDown)
    assert watched.asked[-1].index == 12
    bar.before.click()
    bar.number.edited.emit(1, 1, "")
    assert watched.asked[-1].index == 0
    qtbot.keyClick(sample, Qt.Key.Key_Left)
    assert watched.asked[-1].index == len(watched.observer.trainer.data.test.raw) - 1
    choose(qtbot, bar.side, "training")
    assert watched.asked[-1] == OneSample(side="train", index=0)
    assert sample.content.title.startswith("training sample 1 of 898")


def test_pictures_can_be_seen_over_their_principal_plane(qtbot, watch):
    watched = watch(Digits())
    choose(qtbot, watched.panel.space_bar.kind, "Principal components")
    assert isinstance(watched.asked[-1], PrincipalPlane)
    assert watched.panel.map.isVisible()
    assert watched.panel.read_out.isVisible()


def test_a_sample_of_a_table_shows_its_columns(watch):
    watched = watch(Wine())
    watched.look(space=OneSample(index=2))
    content = watched.panel.sample.content
    raw = watched.observer.trainer.data.test.raw[2]
    assert [bar.name for bar in content.values[:2]] == ["alcohol (%)", "malic acid"]
    assert float(content.values[0].text) == pytest.approx(raw[0])
    assert [bar.name for bar in content.answer] == ["grower 1", "grower 2", "grower 3"]


def test_a_sample_of_two_classes_with_one_output_has_two_bars(watch):
    watched = watch(Circle(samples=60))
    watched.look(space=OneSample())
    shares = [bar.share for bar in watched.panel.sample.content.answer]
    assert len(shares) == 2
    assert sum(shares) == pytest.approx(1)


def test_an_autoencoder_shows_what_it_gives_back(watch):
    content = watch(Digits(), targets="inputs").panel.sample.content
    assert content.given_back.shape == (8, 8, 1)
    assert content.answer == ()


def test_the_picture_is_painted_in_grey_with_the_first_row_above(qtbot, watch):
    watched = watch(Digits())
    sample = watched.panel.sample
    image = sample.grab().toImage()
    side = min(sample.width() * 0.62 - 7, sample.height())
    top = (sample.height() - side) / 2
    raw = watched.snapshot.data.chosen.raw[..., 0]
    ratio = image.devicePixelRatio()
    for row, column in [(0, 3), (3, 0), (7, 4), (4, 4)]:
        x, y = (column + 0.5) * side / 8, top + (row + 0.5) * side / 8
        colour = QColor(image.pixel(round(x * ratio), round(y * ratio)))
        assert colour.red() == pytest.approx(raw[row, column] / raw.max() * 255, abs=3)
        assert colour.red() == colour.green() == colour.blue()


def test_a_picture_in_colour_is_painted_in_its_colours(watch):
    watched = watch(ApplesAndOranges(samples=20, side=8))
    sample = watched.panel.sample
    image = sample.grab().toImage()
    side = min(sample.width() * 0.62 - 7, sample.height())
    top = (sample.height() - side) / 2
    raw, ratio = watched.snapshot.data.chosen.raw, image.devicePixelRatio()
    for row, column in [(0, 3), (3, 0), (7, 4), (4, 4)]:
        x, y = (column + 0.5) * side / 8, top + (row + 0.5) * side / 8
        colour = QColor(image.pixel(round(x * ratio), round(y * ratio))).getRgb()[:3]
        assert colour == pytest.approx(raw[row, column] * 255, abs=2)


def test_a_neuron_that_is_pointed_at_is_told_by_its_value(watch):
    watched = watch(Digits())
    watched.look(focus=("dense1", 1))
    value = watched.snapshot.output[0, 0, 0]
    assert watched.panel.caption.text() == f"{value:.3g}".replace("-", "−")
    assert len(watched.panel.sample.content.answer) == 10
