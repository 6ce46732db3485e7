from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.data.datasets.recipes import Blobs, MultiGauss, Sine
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.panels.output import OutputPanel


def snapshot_of(experiment=None, focus=None):
    observer = Observer(Trainer(experiment or Experiment()))
    observer.view = View(focus=focus)
    return observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, ""))


@pytest.fixture
def panel(show):
    panel = show(OutputPanel(), 330, 420)
    panel.show_snapshot(snapshot_of())
    return panel


def point_at(qtbot, panel, x, y):
    square = panel.map.square
    qtbot.mouseMove(panel.map, QPoint(1, 1))  # no move is told of a pointer that was there already
    qtbot.mouseMove(
        panel.map,
        QPoint(
            round(square.left() + (x + 6) / 12 * square.width()),
            round(square.bottom() - (y + 6) / 12 * square.height()),
        ),
    )


def shown(panel):
    return {field.caption: field.text for field in panel.read_out.fields}


def picture(panel):
    return panel.map.grab().toImage()


def test_the_pointer_reads_out_place_value_and_class(qtbot, panel):
    output = np.full((1, 100, 100), 0.93, np.float32)
    panel.show_snapshot(replace(snapshot_of(), output=output))

    point_at(qtbot, panel, 1.24, -3.1)

    fields = shown(panel)
    assert float(fields["x₁"]) == pytest.approx(1.24, abs=0.03)
    assert float(fields["x₂"].replace("−", "-")) == pytest.approx(-3.1, abs=0.03)
    assert (fields["P(blue)"], fields["class"]) == ("0.93", "blue")
    assert "P(blue) 0.93" in panel.read_out.accessibleName()


def test_the_read_out_follows_training_while_the_pointer_rests(qtbot, panel):
    point_at(qtbot, panel, 0, 0)

    panel.show_snapshot(replace(snapshot_of(), output=np.full((1, 100, 100), 0.25, np.float32)))

    assert shown(panel)["P(blue)"] == "0.25"
    assert shown(panel)["class"] == "orange"


def test_without_a_pointer_the_boxes_are_empty(qtbot, panel):
    point_at(qtbot, panel, 0, 0)

    qtbot.mouseMove(panel.map, QPoint(panel.map.width() - 2, 5))

    assert shown(panel) == dict.fromkeys(("x₁", "x₂", "P(blue)", "class"), "–")


def test_the_map_is_square_and_as_wide_as_the_panel(panel):
    square = panel.map.square

    assert square.width() == square.height() == panel.contentsRect().width() - 2 * 12 - 32


def test_the_check_boxes_make_room_for_a_narrow_panel(panel, qapp):
    panel.resize(280, 420)
    qapp.processEvents()

    assert panel.minimumSizeHint().width() <= 280
    assert panel.rect().contains(panel.boxes.neuron_lines.geometry())


@pytest.mark.parametrize("name", ["test_points", "discretize", "neuron_lines"])
def test_every_check_box_changes_the_picture_and_changes_it_back(qtbot, panel, name):
    box, before = getattr(panel.boxes, name), picture(panel)

    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    changed = picture(panel)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))

    assert changed != before
    assert picture(panel) == before


def test_the_heading_says_what_is_shown_and_of_whom(panel):
    assert panel.caption.text() == "P(blue)"

    panel.set_focus_name("Dense 2, neuron 1")
    panel.show_snapshot(snapshot_of(focus=("dense2", 0)))

    assert panel.caption.text() == "activation · Dense 2, neuron 1"


def test_a_neuron_is_read_out_without_a_class(qtbot, panel):
    panel.show_snapshot(snapshot_of(focus=("dense1", 1)))

    point_at(qtbot, panel, 2, 2)

    assert list(shown(panel)) == ["x₁", "x₂", "activation"]


def test_many_classes_are_read_out_by_name(qtbot, panel):
    panel.show_snapshot(snapshot_of(Experiment().with_dataset(Blobs(classes=4, samples=80))))

    point_at(qtbot, panel, 2, 2)

    fields = shown(panel)
    assert fields["class"] in "ABCD"
    assert f"P({fields['class']})" in fields


def test_numbers_are_read_out_as_a_value(qtbot, panel):
    panel.show_snapshot(snapshot_of(Experiment().with_dataset(MultiGauss(samples=80))))

    point_at(qtbot, panel, 2, 2)

    assert list(shown(panel)) == ["x₁", "x₂", "value"]


def test_one_input_gives_a_curve_through_the_samples(qtbot, panel):
    snapshot = snapshot_of(Experiment().with_dataset(Sine(samples=80)))

    panel.show_snapshot(snapshot)
    qtbot.mouseMove(panel.curve.canvas.viewport(), QPoint(180, 80))

    assert panel.curve.isVisible()
    assert not panel.boxes.neuron_lines.isEnabled()
    columns = panel.curve.columns()
    assert columns["value"] == pytest.approx(snapshot.output[0])
    fields = shown(panel)
    nearest = np.abs(columns["x"] - float(fields["x"].replace("−", "-"))).argmin()
    assert float(fields["value"].replace("−", "-")) == pytest.approx(columns["value"][nearest], abs=0.01)


def test_the_samples_of_one_input_can_be_hidden_by_side(qtbot, panel):
    panel.show_snapshot(snapshot_of(Experiment().with_dataset(Sine(samples=80))))
    before = panel.curve.grab().toImage()

    qtbot.mouseClick(panel.boxes.test_points, Qt.MouseButton.LeftButton, pos=QPoint(8, 9))

    assert panel.curve.grab().toImage() != before


def test_after_a_curve_comes_a_map_again(panel):
    panel.show_snapshot(snapshot_of(Experiment().with_dataset(Sine(samples=80))))

    panel.show_snapshot(snapshot_of())

    assert panel.map.isVisible()
    assert panel.boxes.neuron_lines.isEnabled()


@pytest.mark.parametrize(
    ("state", "word"), [(State.BLOCKED, "cannot work"), (State.PAUSED, "nothing to see")]
)
def test_without_a_map_the_panel_says_why(panel, state, word):
    panel.show_snapshot(replace(snapshot_of(), output=None, state=state))

    assert word in panel.map.drawing.message
    assert shown(panel) == {}


def test_a_hidden_panel_catches_up_when_it_is_shown(panel):
    panel.hide()
    panel.show_snapshot(snapshot_of(focus=("dense1", 0)))
    assert panel.caption.text() == "P(blue)"

    panel.show()

    assert panel.caption.text() == "activation"


def test_a_snapshot_that_shows_nothing_new_is_not_drawn(panel, monkeypatch):
    snapshot = snapshot_of()
    panel.show_snapshot(snapshot)
    drawn = []
    monkeypatch.setattr(panel.map, "show_map", lambda *content: drawn.append(content))
    monkeypatch.setattr(panel.map, "show_points", lambda *points: drawn.append(points))

    panel.show_snapshot(replace(snapshot, steps_per_second=5.0))

    assert not drawn


def test_the_panel_follows_the_theme(panel, qapp):
    before = picture(panel)

    theme.apply(qapp, "light")

    assert picture(panel) != before


def test_everything_has_a_name_and_the_boxes_a_tool_tip(panel):
    for widget in (panel.map, panel.curve, panel.map.menu_button, panel.curve.menu_button):
        assert widget.accessibleName()
    for box in (panel.boxes.test_points, panel.boxes.discretize, panel.boxes.neuron_lines):
        assert box.toolTip()
