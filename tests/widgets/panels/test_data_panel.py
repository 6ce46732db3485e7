import pytest
from panel_helpers import drag, pick, refusals, retype, tick
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QSlider

from playground.data import Dataset
from playground.data.datasets.digits import Digits
from playground.data.datasets.karate import Karate
from playground.data.datasets.painted import Painted
from playground.data.datasets.recipes import (
    Blobs,
    Circle,
    FormulaBorder,
    Gauss,
    Moons,
    Parity,
    Plane,
    Rings,
    Sine,
    Spiral,
    Xor,
)
from playground.data.datasets.wine import Wine
from playground.data.features import AbsX, CosX, FormulaFeature, SinX, X, XSquared, Y
from playground.data.scaling import Standardize
from playground.engine.losses import CrossEntropy, SquaredError
from playground.experiment import Experiment
from widgets import theme
from widgets.panels import thumbnail
from widgets.panels.data import DataPanel
from widgets.panels.gallery import COLUMNS, Group
from widgets.panels.thumbnail import Thumbnail, Tile
from widgets.tab_order import go_on


@pytest.fixture
def panel(document, show):
    return show(DataPanel(document), 250)


def choose(qtbot, panel, member):
    section = panel.gallery.sections[Group.of(member())]
    if section.folded:
        qtbot.mouseClick(section.header, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(panel.gallery.tiles[member], Qt.MouseButton.LeftButton)


def problem(panel):
    return panel._problem.text()


# --- the gallery ---


def unfolded(panel):
    return [group for group, section in panel.gallery.sections.items() if not section.folded]


def test_every_dataset_has_a_thumbnail_in_its_group(panel):
    for group, section in panel.gallery.sections.items():
        assert section.content.findChildren(Tile)
        members = [thumbnail.member for thumbnail in section.content.findChildren(Thumbnail)]
        assert {Group.of(member()) for member in members} <= {group}
    assert set(panel.gallery.tiles) == {*Dataset.ready(), Painted}


def test_samples_of_a_thumbnail_are_drawn_again_for_another_theme_or_size_alone(panel, monkeypatch):
    drawn = []
    usual = thumbnail.paint_samples
    monkeypatch.setattr(thumbnail, "paint_samples", lambda *given: (drawn.append(given), usual(*given)))
    tile = panel.gallery.tiles[Circle]
    tile.resize(61, 61)
    before = tile.grab().toImage()
    tile.setChecked(not tile.isChecked())
    tile.setChecked(not tile.isChecked())
    assert tile.grab().toImage() == before
    assert len(drawn) == 1
    tile.resize(63, 63)
    tile.grab()
    theme.apply(QApplication.instance(), "light")
    try:
        assert tile.grab().toImage() != before
    finally:
        theme.apply(QApplication.instance(), "dark")
    assert len(drawn) == 3


def test_only_the_thumbnails_of_groups_that_were_unfolded_are_made(panel, qtbot):
    assert {Group.of(member()) for member in panel.gallery.tiles} == {Group.TWO_CLASSES}
    qtbot.mouseClick(panel.gallery.sections[Group.TABLES].header, Qt.MouseButton.LeftButton)
    assert {Group.of(member()) for member in panel.gallery.tiles} == {Group.TWO_CLASSES, Group.TABLES}


@pytest.mark.parametrize(
    ("dataset", "group"),
    [
        (Circle(), Group.TWO_CLASSES),
        (Blobs(), Group.MORE_CLASSES),
        (Plane(), Group.SURFACES),
        (Sine(), Group.CURVES),
        (Parity(), Group.TABLES),
        (Wine(), Group.TABLES),
        (Digits(), Group.PICTURES),
        (Karate(), Group.GRAPHS),
        (FormulaBorder(), Group.OWN),
        (Painted.empty(), Group.OWN),
    ],
    ids=lambda value: value.tag() if isinstance(value, Dataset) else value.name,
)
def test_a_dataset_stands_where_what_it_is_belongs(dataset, group):
    assert Group.of(dataset) is group


@pytest.mark.parametrize("group", Group)
def test_the_thumbnails_of_a_group_stand_in_four_columns(panel, group, qtbot):
    section = panel.gallery.sections[group]
    section.unfold()
    thumbnails = section.content.findChildren(Tile)
    qtbot.waitUntil(lambda: thumbnails[0].width() == thumbnails[0].height())
    assert len({thumbnail.x() for thumbnail in thumbnails}) == min(COLUMNS, len(thumbnails))
    assert all(thumbnail.width() - thumbnail.height() in (-1, 0, 1) for thumbnail in thumbnails)


def test_one_group_is_unfolded_at_a_time(panel, qtbot):
    assert unfolded(panel) == [Group.TWO_CLASSES]
    qtbot.mouseClick(panel.gallery.sections[Group.TABLES].header, Qt.MouseButton.LeftButton)
    assert unfolded(panel) == [Group.TABLES]
    qtbot.mouseClick(panel.gallery.sections[Group.TABLES].header, Qt.MouseButton.LeftButton)
    assert unfolded(panel) == []


def test_the_group_of_another_dataset_unfolds_wherever_it_came_from(panel, document):
    document.edit(document.experiment.with_dataset(Sine()), "")
    assert unfolded(panel) == [Group.CURVES]
    document.undo_stack.undo()
    assert unfolded(panel) == [Group.TWO_CLASSES]


def test_an_edit_of_the_dataset_leaves_the_groups_as_a_person_folded_them(panel, document, qtbot):
    qtbot.mouseClick(panel.gallery.sections[Group.PICTURES].header, Qt.MouseButton.LeftButton)
    retype(qtbot, panel.dataset_form.controls["samples"].line, "300")
    assert unfolded(panel) == [Group.PICTURES]


@pytest.mark.parametrize("member", Dataset.ready(), ids=lambda member: member.tag())
def test_a_thumbnail_shows_its_dataset_and_says_what_it_is(panel, member):
    panel.gallery.sections[Group.of(member())].unfold()
    thumbnail = panel.gallery.tiles[member]
    picture = thumbnail.grab().toImage()
    inside = range(4, min(picture.width(), picture.height()) - 4)
    colours = {picture.pixel(x, y) for x in inside for y in inside}
    assert len(colours) > 10
    assert thumbnail.accessibleName() == member.title
    assert thumbnail.toolTip().startswith(member.title)


def test_choosing_a_dataset_edits_the_document(panel, document, qtbot):
    choose(qtbot, panel, Spiral)
    assert document.experiment.data.dataset == Spiral()
    assert document.undo_stack.undoText() == "Choose Spiral"
    assert panel.gallery.tiles[Spiral].isChecked()


def test_undo_brings_the_old_dataset_back_to_the_gallery(panel, document, qtbot):
    choose(qtbot, panel, Blobs)
    document.undo_stack.undo()
    assert panel.gallery.tiles[Circle].isChecked()
    assert list(panel.dataset_form.controls) == ["samples", "noise"]


def test_another_dataset_keeps_what_it_shares_with_the_last(panel, document, qtbot):
    retype(qtbot, panel.dataset_form.controls["samples"].line, "300")
    retype(qtbot, panel.dataset_form.controls["noise"].line, "12")
    choose(qtbot, panel, Blobs)
    retype(qtbot, panel.dataset_form.controls["classes"].line, "5")
    choose(qtbot, panel, Rings)
    assert document.experiment.data.dataset == Rings(samples=300, noise=12, classes=5)


def test_loss_and_output_follow_the_dataset(panel, document, qtbot):
    choose(qtbot, panel, Blobs)
    assert document.experiment.training.loss == CrossEntropy()
    assert document.experiment.network.output.units == 3
    assert document.experiment.problems() == ()
    choose(qtbot, panel, Plane)
    assert document.experiment.training.loss == SquaredError()
    assert document.experiment.problems() == ()


def test_the_arrow_keys_go_through_the_gallery(panel, document, qtbot):
    panel.gallery.tiles[Circle].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert isinstance(document.experiment.data.dataset, Xor)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert isinstance(document.experiment.data.dataset, Gauss)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert isinstance(document.experiment.data.dataset, Xor)


def test_the_arrow_keys_go_on_into_the_next_group_and_back(panel, document, qtbot):
    *_, last = panel.gallery.sections[Group.TWO_CLASSES].content.findChildren(Thumbnail)
    choose(qtbot, panel, last.member)
    last.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert isinstance(document.experiment.data.dataset, Blobs)
    assert unfolded(panel) == [Group.MORE_CLASSES]
    assert QApplication.focusWidget() is panel.gallery.tiles[Blobs]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert isinstance(document.experiment.data.dataset, last.member)


def test_the_arrow_keys_go_down_and_up_a_column_and_stop_at_the_ends(panel, document, qtbot):
    panel.gallery.tiles[Circle].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert isinstance(document.experiment.data.dataset, Circle)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert isinstance(document.experiment.data.dataset, Moons)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert isinstance(document.experiment.data.dataset, Circle)


def test_from_right_to_left_the_arrow_keys_go_the_other_way(panel, document, qtbot):
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    panel.gallery.tiles[Circle].setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert isinstance(document.experiment.data.dataset, Xor)


def test_a_dataset_without_a_picture_marks_none(panel):
    class Other(Circle.__bases__[0]):
        """A dataset that is not in the gallery, and has no name in files."""

        def draw(self, source):
            """Nothing."""

    panel.gallery.show_dataset(Other())
    assert not any(thumbnail.isChecked() for thumbnail in panel.gallery.tiles.values())
    panel.gallery.show_dataset(Circle())
    assert panel.gallery.tiles[Circle].isChecked()


def test_choosing_the_dataset_that_is_shown_changes_nothing(panel, document, qtbot):
    choose(qtbot, panel, Circle)
    assert not document.undo_stack.canUndo()


# --- numbers ---


@pytest.mark.parametrize("name", ["samples", "noise"])
def test_a_drag_in_the_form_of_the_dataset_is_one_step_of_undo(panel, document, qtbot, name):
    control = panel.dataset_form.controls[name]
    drag(qtbot, control.slider, [4, 8, 16, 24])
    assert getattr(document.experiment.data.dataset, name) > getattr(Circle(), name)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.experiment == Experiment()
    assert control.line.text() in ("500", "0 %")


def test_more_classes_make_a_wider_output(panel, document, qtbot):
    choose(qtbot, panel, Blobs)
    retype(qtbot, panel.dataset_form.controls["classes"].line, "6")
    assert document.experiment.network.output.units == 6
    assert problem(panel) == "Classification · 6 classes"


def test_fewer_bits_take_their_inputs_with_them_and_more_bring_theirs(panel, document, qtbot):
    choose(qtbot, panel, Parity)
    for bits in (2, 6):
        retype(qtbot, panel.dataset_form.controls["bits"].line, str(bits))
        assert refusals(panel) == []
        assert len(document.experiment.data.inputs) == len(panel.inputs.boxes) == bits
        assert all(box.isChecked() for box in panel.inputs.boxes.values())


def test_noise_leaves_an_unfit_output_as_it_is(document, show, qtbot):
    network = document.experiment.network
    unfit = network.with_(layers=(*network.layers[:-1], network.output.with_(units=3)))
    document.edit(document.experiment.with_(network=unfit), "")
    panel = show(DataPanel(document))
    retype(qtbot, panel.dataset_form.controls["noise"].line, "20")
    assert document.experiment.network == unfit


def test_the_split_is_shown_and_typed_as_a_proportion(panel, document, qtbot):
    assert panel.split.line.text() == "50:50"
    retype(qtbot, panel.split.line, "70:30")
    assert document.experiment.data.train_percent == 70
    assert panel.split.line.text() == "70:30"


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("80", 80),
        ("80 %", 80),
        ("3:1", 75),
        ("2 : 1", 67),
        ("33.3:66.7", 33.3),
        ("33.3", 33.3),
        ("100:0", 100),
    ],
)
def test_the_split_may_be_typed_in_other_ways(panel, document, qtbot, text, percent):
    retype(qtbot, panel.split.line, text)
    assert document.experiment.data.train_percent == percent


@pytest.mark.parametrize("text", ["half", "0:1", "0:0", "1:-1", "70:"])
def test_a_split_that_cannot_be_is_refused(panel, document, qtbot, text):
    retype(qtbot, panel.split.line, text)
    assert document.experiment == Experiment()
    assert len(refusals(panel)) == 1


def test_dragging_the_split_is_one_step_of_undo(panel, document, qtbot):
    drag(qtbot, panel.split.slider, [5, 10, 15])
    assert document.experiment.data.train_percent > 50
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Change train : test"


def test_a_split_that_leaves_nothing_to_train_on_says_so(panel, document, qtbot):
    retype(qtbot, panel.dataset_form.controls["samples"].line, "10")
    retype(qtbot, panel.split.line, "5")
    assert document.experiment.data.train_percent == 50
    assert "leaves none to train on" in refusals(panel)[0]


def test_the_batch_size_is_edited_here(panel, document, qtbot):
    control = panel.batch_size.controls["batch_size"]
    drag(qtbot, control.slider, [5, 10, 20])
    assert document.experiment.training.batch_size > 10
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert control.line.text() == "10"


def test_scaling_is_chosen(panel, document, qtbot):
    pick(qtbot, panel.scaling.controls["scaling"].combo, "S")
    assert document.experiment.data.scaling == Standardize()


# --- inputs ---


def test_inputs_are_ticked_and_unticked(panel, document, qtbot):
    tick(qtbot, panel.inputs.boxes[SinX()])
    assert document.experiment.data.inputs == (X(), Y(), SinX())
    assert document.undo_stack.undoText() == "Add input sin x₁"
    tick(qtbot, panel.inputs.boxes[Y()])
    assert document.experiment.data.inputs == (X(), SinX())
    assert document.undo_stack.undoText() == "Remove input x₂"


def test_undo_unticks_an_input(panel, document, qtbot):
    tick(qtbot, panel.inputs.boxes[XSquared()])
    document.undo_stack.undo()
    assert not panel.inputs.boxes[XSquared()].isChecked()


def test_the_last_input_springs_back_and_says_why(panel, document, qtbot):
    tick(qtbot, panel.inputs.boxes[Y()])
    tick(qtbot, panel.inputs.boxes[X()])
    assert panel.inputs.boxes[X()].isChecked()
    assert document.experiment.data.inputs == (X(),)
    assert refusals(panel) == ["The network needs at least one input."]
    tick(qtbot, panel.inputs.boxes[Y()])
    assert refusals(panel) == []


def test_a_line_offers_only_its_own_inputs(panel, document, qtbot):
    choose(qtbot, panel, Sine)
    assert list(panel.inputs.boxes) == [X(), XSquared(), SinX(), AbsX(), CosX()]
    assert document.experiment.data.inputs == (X(),)
    document.undo_stack.undo()
    assert len(panel.inputs.boxes) == 13


def test_the_inputs_of_tf_playground_stand_in_the_first_column(panel):
    left = min(box.x() for box in panel.inputs.boxes.values())
    first = [str(feature.name) for feature, box in panel.inputs.boxes.items() if box.x() == left]
    assert first == ["x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂"]


# --- formulas ---


def enter(qtbot, line, text):
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_formula_becomes_an_input_and_goes_when_it_is_unticked(panel, document, qtbot):
    formula = FormulaFeature(expression="sin(2 x1)")
    enter(qtbot, panel.inputs.formula.line, "sin(2 x1)")
    assert document.experiment.data.inputs == (X(), Y(), formula)
    assert document.undo_stack.undoText() == "Add input sin(2 x1)"
    assert panel.inputs.boxes[formula].isChecked()
    assert panel.inputs.formula.line.text() == ""
    tick(qtbot, panel.inputs.boxes[formula])
    assert document.experiment.data.inputs == (X(), Y())
    assert formula not in panel.inputs.boxes
    document.undo_stack.undo()
    assert panel.inputs.boxes[formula].isChecked()


@pytest.mark.parametrize(
    ("text", "sentence", "place"),
    [
        ("x1 +* 3", "Input x1 +* 3 cannot be read at character 5, before “* 3”: a value is missing", 4),
        (
            "log(x1)",
            "Input log(x1) has no value where x₁ = -6: log is of numbers above 0 alone, in “log(x1)”",
            7,
        ),
    ],
)
def test_a_formula_that_cannot_be_says_why_below_and_stays_with_the_cursor_there(
    panel, document, qtbot, text, sentence, place
):
    enter(qtbot, panel.inputs.formula.line, text)
    assert refusals(panel) == [sentence]
    assert panel.inputs.formula.line.text() == text
    assert panel.inputs.formula.line.cursorPosition() == place
    assert not document.undo_stack.canUndo()
    enter(qtbot, panel.inputs.formula.line, "x1 + 3")
    assert refusals(panel) == []
    assert len(document.experiment.data.inputs) == 3


def test_why_a_formula_cannot_be_is_scrolled_into_view(document, show, qtbot):
    panel = show(DataPanel(document), 250, 400)
    panel.inputs.formula.line.setFocus()
    enter(qtbot, panel.inputs.formula.line, "x1 +")
    (label,) = [label for label in panel.inputs.findChildren(QLabel) if label.text().startswith("Input x1 +")]
    qtbot.waitUntil(lambda: label.visibleRegion().boundingRect().height() == label.height() > 0)


def test_a_formula_that_is_there_already_is_not_added_twice(panel, document, qtbot):
    for _ in range(2):
        enter(qtbot, panel.inputs.formula.line, "x1^2")
    assert refusals(panel) == ["x1^2 is there twice"]
    assert document.undo_stack.count() == 1


def test_a_table_takes_formulas_of_its_columns_and_pictures_take_none(panel, document, qtbot):
    choose(qtbot, panel, Wine)
    enter(qtbot, panel.inputs.formula.line, "'malic acid' / ash")
    assert document.experiment.data.inputs[-1] == FormulaFeature(expression="'malic acid' / ash")
    choose(qtbot, panel, Digits)
    assert not panel.inputs.formula.isVisible()


def test_a_border_by_formula_is_typed_into_the_form_of_the_dataset(panel, document, qtbot):
    choose(qtbot, panel, FormulaBorder)
    qtbot.waitUntil(panel.dataset_form.isVisible)
    control = panel.dataset_form.controls["expression"]
    enter(qtbot, control.line, "x1^2 + x2^2 - 9")
    assert document.experiment.data.dataset.expression == "x1^2 + x2^2 - 9"
    enter(qtbot, control.line, "x1^2 + ) - 9")
    assert refusals(panel) == ["Formula cannot be read at character 8, before “) - 9”: a value is missing"]
    assert control.line.cursorPosition() == 7
    assert document.experiment.data.dataset.expression == "x1^2 + x2^2 - 9"


# --- the whole ---


@pytest.mark.parametrize(
    ("member", "text"),
    [(Circle, "Classification · 2 classes"), (Blobs, "Classification · 3 classes"), (Plane, "Regression")],
)
def test_the_problem_is_named(panel, qtbot, member, text):
    choose(qtbot, panel, member)
    assert problem(panel) == text


def test_another_document_is_shown_without_an_edit(panel, document):
    document.open(Experiment().with_dataset(Rings(classes=4, noise=10)))
    assert panel.gallery.tiles[Rings].isChecked()
    assert panel.dataset_form.controls["classes"].line.text() == "4"
    assert not document.undo_stack.canUndo()


def test_everything_has_a_name_and_a_tool_tip_and_can_be_reached_by_keyboard(panel):
    kinds = QAbstractButton, QSlider, QComboBox, QLineEdit
    shown = [widget for kind in kinds for widget in panel.findChildren(kind) if widget.isVisible()]
    assert len(shown) > 20
    for widget in shown:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
        assert widget.toolTip() or widget.parentWidget().toolTip()
        if not isinstance(widget, QAbstractButton) or widget.group() is None or widget.isChecked():
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_tab_key_goes_down_the_panel(panel, qtbot):
    choose(qtbot, panel, Sine)
    qtbot.waitUntil(panel.dataset_form.isVisible)
    panel.gallery.tiles[Sine].setFocus()
    reached = []
    for _ in range(21):
        go_on(panel, forward=True)
        reached.append(QApplication.focusWidget().accessibleName())
    groups = [
        panel.gallery.sections[group].header.accessibleName()
        for group in (Group.TABLES, Group.PICTURES, Group.SEQUENCES, Group.GRAPHS, Group.OWN)
    ]
    names = ["Samples", "Noise", "Frequency", "Train : test", "Batch size"]
    last = ["Targets", "Validation", "Validation", "Scaling", "Target scaling", "Input x₁"]
    assert reached == groups + [name for name in names for _ in range(2)] + last


def test_the_scroll_bar_shifts_nothing(document, show, qtbot):
    panel = show(DataPanel(document), 240, 300)
    low = panel.gallery.tiles[Circle].width()
    panel.resize(240, 900)
    qtbot.waitUntil(lambda: panel.gallery.tiles[Circle].width() == low)


def test_what_has_no_effect_is_not_asked_for(panel, document, qtbot):
    controls = panel.scaling.controls
    assert not controls["target_scaling"].isVisible()
    choose(qtbot, panel, Sine)
    assert controls["target_scaling"].isVisible()
    document.edit(document.experiment.with_dataset(Karate()), "Choose Karate club")
    assert document.experiment.data.split == "column"
    assert not panel.shares.isVisible()
    assert not controls["validation_percent"].isVisible()
    data = document.experiment.data.with_(split="random")
    document.edit(document.experiment.with_data(data), "Split by chance")
    assert panel.shares.isVisible()
    assert controls["validation_percent"].isVisible()
