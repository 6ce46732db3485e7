import pytest
from forms_examples import Cosine, Descent, Momentum, Owner, Training, Warmup, field
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSlider

from widgets.forms import control_for


@pytest.fixture
def show(qtbot):
    """Shows the control of a field with its default value, and gives the owner of that value."""

    def show(name, value_class=Training):
        described = field(name, value_class)
        control = control_for(described)
        qtbot.addWidget(control)
        control.resize(300, control.sizeHint().height())
        owner = Owner(control, described.default)
        with qtbot.waitExposed(control):
            control.show()
        return owner

    return show


def handle_of(slider):
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    part = QStyle.SubControl.SC_SliderHandle
    return slider.style().subControlRect(QStyle.ComplexControl.CC_Slider, option, part, slider).center()


def drag(qtbot, slider, distances):
    start = handle_of(slider)
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=start)
    for distance in distances:
        qtbot.mouseMove(slider, start + QPoint(distance, 0))
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=start + QPoint(distances[-1], 0))


def turn_wheel(widget):
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def retype(qtbot, line, text, end=Qt.Key.Key_Return):
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, end)


# --- numbers ---


def test_a_number_is_shown_with_its_unit(show):
    assert show("noise").shown.line.text() == "5 %"


def test_dragging_the_slider_is_one_gesture(show, qtbot):
    owner = show("rate")
    drag(qtbot, owner.shown.slider, [10, 20, 40, 60])
    assert len(owner.edits) > 1
    assert len(owner.gestures) == 1
    assert owner.value > 0.01
    assert owner.shown.line.text() != "0.010"


def test_each_drag_is_a_gesture_of_its_own(show, qtbot):
    owner = show("noise")
    drag(qtbot, owner.shown.slider, [30])
    drag(qtbot, owner.shown.slider, [30])
    assert len(owner.gestures) == 2


def test_pressing_the_handle_changes_nothing(show, qtbot):
    owner = show("noise")
    qtbot.mouseClick(
        owner.shown.slider, Qt.MouseButton.LeftButton, pos=handle_of(owner.shown.slider) + QPoint(4, 0)
    )
    assert owner.edits == []


def test_a_click_on_the_groove_brings_the_handle_there(show, qtbot):
    owner = show("noise")
    slider = owner.shown.slider
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=slider.rect().center())
    assert owner.value == pytest.approx(25, abs=1)


def test_the_slider_moves_by_keys(show, qtbot):
    owner = show("samples")
    qtbot.keyClick(owner.shown.slider, Qt.Key.Key_Right)
    qtbot.keyClick(owner.shown.slider, Qt.Key.Key_Home)
    assert [value for value, _, _ in owner.edits] == [512, 10]
    assert len(owner.gestures) == 2


def test_the_wheel_moves_a_slider_only_with_the_focus(show, qtbot):
    owner = show("samples")
    owner.shown.line.setFocus()
    assert not turn_wheel(owner.shown.slider)
    assert owner.edits == []
    owner.shown.slider.setFocus()
    turn_wheel(owner.shown.slider)
    assert owner.value > 500


def test_a_typed_number_counts_on_enter(show, qtbot):
    owner = show("samples")
    retype(qtbot, owner.shown.line, "1 234")
    assert owner.edits[0][0] == 1234
    assert owner.edits[0][2] == "Change samples"
    assert owner.shown.line.text() == "1\u2009234"


def test_a_typed_number_counts_when_the_focus_leaves(show, qtbot):
    owner = show("noise")
    retype(qtbot, owner.shown.line, "7.5", end=Qt.Key.Key_Tab)
    assert owner.value == 7.5


def test_typing_the_same_number_changes_nothing(show, qtbot):
    owner = show("noise")
    retype(qtbot, owner.shown.line, "5")
    assert owner.edits == []
    assert owner.shown.line.text() == "5 %"


def test_escape_takes_back_what_was_typed(show, qtbot):
    owner = show("noise")
    retype(qtbot, owner.shown.line, "77", end=Qt.Key.Key_Escape)
    assert owner.edits == []
    assert owner.shown.line.text() == "5 %"


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("samples", "9", "Samples must be at least 10"),
        ("samples", "5001", "Samples must be at most 5\u2009000"),
        ("samples", "20.5", "Samples must be a whole number"),
        ("samples", "many", "Samples must be a number"),
        ("rate", "0", "Learning rate must be above 0"),
        ("rate", "-1", "Learning rate must be above 0"),
        ("noise", "inf", "Noise must be a number"),
        ("samples", "1,500", "Samples: “1,500” can be 1500 or 1.5; type the one you mean"),
        ("samples", "1e400", "Samples must be at most 5\u2009000"),
        ("samples", "-1e400", "Samples must be at least 10"),
        ("rate", "1e-50", "Learning rate is too close to 0; the least is 1.2e-38"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_a_sentence(show, qtbot, name, text, sentence):
    owner = show(name)
    with qtbot.waitSignal(owner.shown.refused) as refused:
        retype(qtbot, owner.shown.line, text)
    assert refused.args == [sentence]
    assert owner.edits == []
    assert owner.shown.toolTip() == sentence
    assert owner.shown.line.property("refused") is True
    assert owner.shown.line.text() == text


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize(("text", "number"), [("7,5", 7.5), ("7.5", 7.5), ("0.125", 0.125), ("1,125", 1.125)])
def test_the_decimal_sign_of_the_locale_and_the_point_are_typed(show, qtbot, text, number):
    owner = show("noise")
    retype(qtbot, owner.shown.line, text)
    assert owner.value == number


@pytest.mark.usefixtures("german")
def test_a_point_that_may_separate_thousands_is_refused_with_what_can_be_typed(show, qtbot):
    owner = show("samples")
    retype(qtbot, owner.shown.line, "1.500")
    assert owner.shown.toolTip() == "Samples: “1.500” can be 1500 or 1,5; type the one you mean"
    retype(qtbot, owner.shown.line, "1500")
    assert owner.value == 1500


@pytest.mark.usefixtures("german")
def test_what_is_shown_can_be_typed_again_as_it_is(show, qtbot):
    owner = show("noise")
    retype(qtbot, owner.shown.line, "1,125")
    assert owner.shown.line.text() == "1.125 %"
    for text in ("1.125 %", "1.125"):
        retype(qtbot, owner.shown.line, text)
        assert not owner.shown.line.property("refused")
    assert [value for value, _, _ in owner.edits] == [1.125]


def test_a_refused_entry_can_be_mended(show, qtbot):
    owner = show("samples")
    retype(qtbot, owner.shown.line, "9")
    retype(qtbot, owner.shown.line, "90")
    assert owner.value == 90
    assert owner.shown.line.property("refused") is False
    assert owner.shown.toolTip() == "How many points there are."


def test_a_control_goes_on_showing_what_its_owner_says(show, qtbot):
    owner = show("samples")
    owner.shown.edited.disconnect(owner.take)
    retype(qtbot, owner.shown.line, "90")
    assert owner.shown.line.text() == "500"


def test_setting_a_value_emits_nothing(show, qtbot):
    owner = show("samples")
    owner.shown.set_value(1000)
    assert owner.edits == []
    assert owner.shown.line.text() == "1\u2009000"
    assert owner.shown.slider.stops[owner.shown.slider.value()] == 1000


def test_a_number_between_two_stops_is_kept_as_it_is(show, qtbot):
    owner = show("samples")
    owner.shown.set_value(333)
    assert owner.shown.line.text() == "333"
    assert owner.shown.slider.stops[owner.shown.slider.value()] == 320
    assert owner.edits == []


def test_a_number_without_a_range_has_no_slider(show, qtbot):
    owner = show("seed")
    assert owner.shown.slider is None
    retype(qtbot, owner.shown.line, "7")
    assert owner.value == 7


def test_setting_the_same_value_again_leaves_what_is_being_typed(show, qtbot):
    owner = show("samples")
    owner.shown.line.setFocus()
    owner.shown.line.selectAll()
    qtbot.keyClicks(owner.shown.line, "12")
    owner.shown.set_value(500)
    assert owner.shown.line.text() == "12"


# --- choices, yes or no, text, rows of numbers ---


def test_a_choice_is_made_by_keys(show, qtbot):
    owner = show("scaling")
    assert owner.shown.combo.currentText() == "None"
    qtbot.keyClick(owner.shown.combo, Qt.Key.Key_Down)
    qtbot.keyClick(owner.shown.combo, Qt.Key.Key_S)
    assert [value for value, _, _ in owner.edits] == ["min_max", "standardize"]
    assert len(owner.gestures) == 2
    assert owner.edits[0][2] == "Change scaling"


def test_the_wheel_turns_a_combo_box_only_with_the_focus(show, qtbot):
    owner = show("scaling")
    owner.shown.combo.clearFocus()
    assert not turn_wheel(owner.shown.combo)
    assert owner.edits == []


def test_a_check_box_is_clicked(show, qtbot):
    owner = show("shuffle")
    qtbot.mouseClick(owner.shown.box, Qt.MouseButton.LeftButton, pos=QPoint(6, owner.shown.box.height() // 2))
    assert owner.value is False
    qtbot.keyClick(owner.shown.box, Qt.Key.Key_Space)
    assert owner.value is True


def test_text_is_typed(show, qtbot):
    owner = show("name")
    retype(qtbot, owner.shown.line, "Three arms")
    assert owner.value == "Three arms"


def test_a_row_of_numbers_is_typed(show, qtbot):
    owner = show("layers")
    assert owner.shown.line.text() == "8, 4"
    retype(qtbot, owner.shown.line, "16; 8; 2")
    assert owner.value == (16, 8, 2)
    retype(qtbot, owner.shown.line, "32,16")
    assert owner.value == (32, 16)


def test_a_row_with_something_else_is_refused(show, qtbot):
    owner = show("layers")
    retype(qtbot, owner.shown.line, "8, x")
    assert owner.edits == []
    assert owner.shown.toolTip() == "Layers: “x” is not a number"


# --- kinds ---


def test_a_kind_is_chosen_and_keeps_the_fields_it_shares(show, qtbot):
    owner = show("optimizer")
    owner.take(Descent(rate=0.05, beta=0.25), 0, "")
    qtbot.keyClick(owner.shown.combo, Qt.Key.Key_M)
    assert owner.value == Momentum(rate=0.05, beta=0.25)
    assert owner.edits[-1][2] == "Change optimizer"


def test_the_members_of_a_family_say_what_they_are(show):
    owner = show("schedule")
    combo = owner.shown.combo
    combo.showPopup()
    tips = [combo.itemData(index, Qt.ItemDataRole.ToolTipRole) for index in range(combo.count())]
    assert tips == [
        "The rate stays as it is.",
        "Half a wave of the cosine.",
        "A slow start, then another schedule.",
    ]
    combo.hidePopup()


def test_the_fields_of_the_chosen_member_are_below(show, qtbot):
    owner = show("optimizer")
    rate = owner.shown.form.controls["rate"]
    retype(qtbot, rate.line, "0.5")
    assert owner.value == Descent(rate=0.5)
    assert owner.edits[-1][2] == "Change learning rate"


def test_a_member_without_fields_has_nothing_below(show, qtbot):
    owner = show("schedule")
    assert not owner.shown.below.isVisible()
    owner.take(Cosine(), 0, "")
    assert owner.shown.below.isVisible()


def test_a_kind_within_a_kind_is_edited(show, qtbot):
    owner = show("schedule")
    owner.take(Warmup(), 0, "")
    inner = owner.shown.form.controls["inner"]
    qtbot.keyClick(inner.combo, Qt.Key.Key_Down)
    assert owner.value == Warmup(inner=Cosine())
    drag(qtbot, inner.form.controls["alpha"].slider, [10, 20, 30])
    assert owner.value.inner.alpha > 0
    assert len(owner.gestures) == 3


def test_choosing_the_same_kind_again_changes_nothing(show, qtbot):
    owner = show("optimizer")
    owner.shown.combo.activated.emit(owner.shown.combo.currentIndex())
    assert owner.edits == []


@pytest.mark.parametrize("name", [name for name in Training.model_fields if name != "secret"])
def test_every_control_has_a_name_and_can_be_reached_by_keyboard(show, name):
    control = show(name).shown
    target = control.inputs[0]
    assert target.accessibleName() == field(name).title
    assert target.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_kind_tells_on_pointing_what_the_chosen_member_is(show):
    owner = show("schedule")
    assert owner.shown.toolTip() == "The rate stays as it is."
    owner.take(Cosine(), 0, "")
    assert owner.shown.toolTip() == "Half a wave of the cosine."
    owner.shown.refuse("No cosine here")
    assert owner.shown.toolTip() == "No cosine here"
    owner.shown.refuse("")
    assert owner.shown.toolTip() == "Half a wave of the cosine."
