"""The list of augmentations in the data panel: adding, setting, ordering, removing, and what they make."""

import numpy as np
import pytest
from panel_helpers import retype
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from playground.data import OwnTable
from playground.data.augmentation.any_samples import LabelShuffle, MixUp, RowNoise
from playground.data.augmentation.picture_places import HorizontalFlip, PictureRotation
from playground.data.augmentation.points import Jitter, PointReflection, PointRotation
from playground.data.datasets.digits import Digits
from playground.data.datasets.painted import Painted
from playground.data.datasets.recipes import Circle, Sine
from playground.data.datasets.wine import Wine
from playground.data.tables.reading import guess, read
from playground.experiment import Experiment
from playground.randomness import Pcg64
from widgets.gesture import new_gesture
from widgets.panels.data import DataPanel
from widgets.panels.explain.data_picture import DataPicture
from widgets.tab_order import go_on, tab_stops


@pytest.fixture
def panel(document, show, qtbot):
    panel = show(DataPanel(document), 250)
    qtbot.mouseClick(panel.augmentation_section.header, Qt.MouseButton.LeftButton)
    return panel


@pytest.fixture
def editor(panel):
    return panel.augmentation


def there(document):
    return document.experiment.data.augmentations


def give(document, *augmentations, dataset=None):
    data = document.experiment.with_dataset(dataset or Circle()).data
    document.edit(Experiment().with_data(data.with_(augmentations=augmentations)).fitted(), "", new_gesture())


def offered(editor):
    menu = editor.add.menu()
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions()}


def grip(editor, place):
    return editor.rows.rows[place].grip


def middle(editor, place):
    """The middle of a row, in the coordinates of the list."""
    return editor.rows.rows[place].geometry().center()


def drag(qtbot, editor, place, target):
    """Take a grip and let it go at a place of the list."""
    taken = grip(editor, place)
    start = taken.rect().center()
    there = QPoint(start.x(), taken.mapFrom(editor.rows, target).y())
    qtbot.mousePress(taken, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(taken, there)
    qtbot.mouseRelease(taken, Qt.MouseButton.LeftButton, pos=there)


# --- adding and removing ----------------------------------------------------------------------------


def test_those_that_fit_the_samples_can_be_added(editor, document):
    assert {"Jitter", "Rotate", "Mix-up", "Label shuffle"} <= set(offered(editor))
    assert "Blur" not in offered(editor)
    give(document, dataset=Digits())
    assert {"Rotation", "Blur", "Random crop"} <= set(offered(editor))
    assert not {"Jitter", "PCA jitter"} & set(offered(editor))
    give(document, dataset=Sine())
    assert "Label shuffle" not in offered(editor)


def test_what_is_added_comes_last_and_can_be_undone(panel, editor, document):
    offered(editor)["Jitter"].trigger()
    offered(editor)["Rotate"].trigger()
    assert there(document) == (Jitter(), PointRotation())
    assert [row.grip.text() for row in editor.rows.rows] == ["Jitter", "Rotate"]
    assert panel.augmentation_section.header.text() == "Augmentation (2)"
    assert document.undo_stack.undoText() == "Add Rotate"
    document.undo_stack.undo()
    assert there(document) == (Jitter(),)
    document.undo_stack.undo()
    assert panel.augmentation_section.header.text() == "Augmentation"


def test_each_can_be_removed(qtbot, editor, document):
    give(document, Jitter(), PointReflection(), PointRotation())
    qtbot.mouseClick(editor.rows.rows[1].remove, Qt.MouseButton.LeftButton)
    assert there(document) == (Jitter(), PointRotation())
    document.undo_stack.undo()
    assert [row.grip.text() for row in editor.rows.rows] == ["Jitter", "Reflect", "Rotate"]


def test_no_more_than_eight_can_be_added(editor, document):
    give(document, *[Jitter()] * 8)
    assert not editor.add.isEnabled()
    assert "8" in editor.add.toolTip()


# --- setting ----------------------------------------------------------------------------------------


def test_each_is_set_in_a_form_of_its_own(qtbot, editor, document):
    give(document, Jitter(), PointRotation(), Jitter())
    retype(qtbot, editor.rows.rows[2].form.controls["strength"].line, "1.5")
    assert there(document) == (Jitter(), PointRotation(), Jitter(strength=1.5))
    document.undo_stack.undo()
    assert editor.rows.rows[2].form.controls["strength"].line.text() == "0.200"


# --- order ------------------------------------------------------------------------------------------


def test_the_keys_move_one_up_and_down_and_stay_with_it(qtbot, editor, document):
    give(document, Jitter(), PointReflection(), PointRotation())
    grip(editor, 0).setFocus()
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert there(document) == (PointReflection(), PointRotation(), Jitter())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert there(document) == (PointReflection(), Jitter(), PointRotation())
    assert QApplication.focusWidget() is grip(editor, 1)
    document.undo_stack.undo()
    assert there(document) == (PointReflection(), PointRotation(), Jitter())


@pytest.mark.parametrize(
    ("place", "above", "order"),
    [(0, 2, "jitter last"), (0, 1, "jitter second"), (2, 0, "rotation first"), (1, 1, "as before")],
)
def test_a_drag_puts_one_elsewhere(qtbot, editor, document, place, above, order):
    one, two, three = Jitter(), PointReflection(), PointRotation()
    give(document, one, two, three)
    qtbot.waitUntil(lambda: middle(editor, 2).y() > middle(editor, 1).y() > 0)
    steps = document.undo_stack.index()
    down = 4 if place < above else -4
    drag(qtbot, editor, place, middle(editor, above) + QPoint(0, down))
    assert (
        there(document)
        == {
            "jitter last": (two, three, one),
            "jitter second": (two, one, three),
            "rotation first": (three, one, two),
            "as before": (one, two, three),
        }[order]
    )
    assert document.undo_stack.index() - steps == (order != "as before")


def test_what_the_keys_do_is_told_before_they_can_be_pressed(document, show):
    assert "Move it up or down" in show(DataPanel(document), 250).keys().values()


def test_the_tab_key_goes_from_the_heading_into_what_was_just_made(panel, editor, qtbot):
    panel.augmentation_section.header.setFocus()
    go_on(panel, forward=True)
    assert QApplication.focusWidget() is editor.add


def test_nothing_is_made_before_the_heading_is_clicked(document, show):
    assert show(DataPanel(document), 250).augmentation is None


def test_a_drag_is_called_off_with_escape(qtbot, editor, document):
    give(document, Jitter(), PointReflection())
    taken = grip(editor, 0)
    qtbot.mousePress(taken, Qt.MouseButton.LeftButton, pos=taken.rect().center())
    qtbot.mouseMove(taken, taken.rect().center() + QPoint(0, 300))
    qtbot.keyClick(taken, Qt.Key.Key_Escape)
    qtbot.mouseRelease(taken, Qt.MouseButton.LeftButton, pos=taken.rect().center() + QPoint(0, 300))
    assert there(document) == (Jitter(), PointReflection())


def test_the_tab_key_goes_through_the_rows_in_their_order(editor, document):
    give(document, Jitter(), PointReflection())
    stops = tab_stops(editor)
    rows = [place for each in stops for place, row in enumerate(editor.rows.rows) if row.isAncestorOf(each)]
    assert rows == sorted(rows)
    assert set(rows) == {0, 1}
    assert stops[-2:] == [editor.add, editor.preview.again]


# --- the preview ------------------------------------------------------------------------------------


def shown(editor):
    return editor.preview.before.samples, editor.preview.after.samples


@pytest.mark.parametrize(
    ("dataset", "augmentation"),
    [(Circle(), PointRotation()), (Sine(), Jitter()), (Wine(), MixUp()), (Digits(), PictureRotation())],
    ids=["plane", "line", "table", "pictures"],
)
def test_some_samples_are_shown_before_and_after(qtbot, editor, document, dataset, augmentation):
    assert not editor.preview.isVisible()
    give(document, augmentation, dataset=dataset)
    assert editor.preview.isVisible()
    before, after = shown(editor)
    assert before.raw.shape == after.raw.shape
    assert not np.array_equal(before.raw, after.raw)
    first = after.raw
    qtbot.mouseClick(editor.preview.again, Qt.MouseButton.LeftButton)
    assert not np.array_equal(shown(editor)[1].raw, first)
    np.testing.assert_array_equal(shown(editor)[0].raw, before.raw)
    pictures = [picture.grab().toImage() for picture in (editor.preview.before, editor.preview.after)]
    assert pictures[0] != pictures[1]


TABLE = "a,b,c,d\n" + "".join(f"{n},{n % 7 or ''},{n % 3},{'xyz'[n % 3]}\n" for n in range(20))


@pytest.mark.parametrize("targets", [["c"], ["d"], ["a", "c"]], ids=" ".join)
@pytest.mark.parametrize("inputs", [["b"], ["b", "a"], ["b", "a", "c"]], ids=" ".join)
def test_a_table_of_ones_own_is_shown_whatever_its_columns(editor, document, targets, inputs):
    table = read(TABLE, guess(TABLE))
    inputs = [name for name in inputs if name not in targets]
    give(document, RowNoise(), MixUp(), dataset=OwnTable.of(table, targets, inputs, missing="mean"))
    before, after = shown(editor)
    assert np.isfinite(after.raw).all()
    assert not np.array_equal(before.raw, after.raw)
    assert editor.preview.before.grab().toImage() != editor.preview.after.grab().toImage()
    explained = DataPicture()
    explained.show_data(document.experiment.data.dataset)
    explained.grab()


def test_a_setting_changes_the_preview_by_no_other_chance(qtbot, editor, document):
    give(document, HorizontalFlip(probability=0), dataset=Digits())
    before, after = shown(editor)
    np.testing.assert_array_equal(after.raw, before.raw)
    retype(qtbot, editor.rows.rows[0].form.controls["probability"].line, "100")
    np.testing.assert_array_equal(shown(editor)[1].raw, before.raw[:, :, ::-1])


def test_points_that_are_not_there_yet_are_no_trouble(editor, document):
    give(document, Jitter(), LabelShuffle(), MixUp(), dataset=Painted.empty())
    editor.preview.grab()
    assert len(shown(editor)[1].raw) == 0


# --- with datasets ----------------------------------------------------------------------------------


def test_another_dataset_keeps_what_fits(panel, document):
    give(document, Jitter(), PointRotation(), LabelShuffle())
    document.edit(document.experiment.with_dataset(Sine()), "", new_gesture())
    assert [row.grip.text() for row in panel.augmentation.rows.rows] == ["Jitter"]


def test_painted_points_that_become_values_drop_what_needs_classes(document):
    painted = Painted.of(Circle(), Pcg64(seed=1).streams().data)
    give(document, Jitter(), LabelShuffle(), dataset=painted)
    data = document.experiment.data
    assert data.with_(**data.fitted_to(painted.by_value())).augmentations == (Jitter(),)
