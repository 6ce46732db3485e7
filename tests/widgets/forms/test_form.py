import pytest
from forms_examples import Momentum, Owner, Training, Warmup
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from playground.engine.schedules import PiecewiseConstant
from playground.fields import describe
from playground.value import Value
from widgets.forms import Form, control_for
from widgets.tab_order import go_on


@pytest.fixture
def form(qtbot):
    form = Form(Training)
    qtbot.addWidget(form)
    form.resize(330, 600)
    with qtbot.waitExposed(form):
        form.show()
    return form


@pytest.fixture
def owner(form):
    return Owner(form, Training())


def retype(qtbot, control, text):
    control.line.setFocus()
    control.line.selectAll()
    qtbot.keyClicks(control.line, text)
    qtbot.keyClick(control.line, Qt.Key.Key_Return)


def problems(form):
    labels = form.findChildren(QLabel)
    return [label.text() for label in labels if label.property("role") == "error" and label.isVisible()]


def test_every_field_that_is_not_hidden_has_a_control(form):
    assert list(form.controls) == [field.name for field in describe(Training) if not field.hidden]


def test_fields_can_be_picked_or_left_out(qtbot):
    picked = Form(Training, only=["rate", "noise", "secret"])
    qtbot.addWidget(picked)
    assert list(picked.controls) == ["noise", "rate", "secret"]
    others = Form(Training, without=["rate", "noise"])
    qtbot.addWidget(others)
    assert not {"rate", "noise", "secret"} & set(others.controls)


def test_a_form_emits_the_whole_new_value_and_words_for_the_undo_menu(owner, qtbot):
    retype(qtbot, owner.shown.controls["rate"], "0.3")
    value, _, text = owner.edits[0]
    assert value == Training(rate=0.3)
    assert text == "Change learning rate"


def test_edits_add_up(owner, qtbot):
    retype(qtbot, owner.shown.controls["rate"], "0.3")
    qtbot.keyClick(owner.shown.controls["shuffle"].box, Qt.Key.Key_Space)
    assert owner.value == Training(rate=0.3, shuffle=False)


def test_a_kind_and_its_fields_are_edited_within_the_whole(owner, qtbot):
    qtbot.keyClick(owner.shown.controls["optimizer"].combo, Qt.Key.Key_M)
    retype(qtbot, owner.shown.controls["optimizer"].form.controls["beta"], "0.75")
    assert owner.value == Training(optimizer=Momentum(rate=0.01, beta=0.75))


def test_what_the_class_refuses_is_said_under_the_control(owner, qtbot):
    retype(qtbot, owner.shown.controls["low"], "9")
    assert owner.edits == []
    assert problems(owner.shown) == ["low must be below high"]
    retype(qtbot, owner.shown.controls["low"], "3")
    assert problems(owner.shown) == []
    assert owner.value == Training(low=3)


def test_a_slider_that_is_refused_returns_and_says_why(owner, qtbot):
    slider = owner.shown.controls["low"].slider
    qtbot.keyClick(slider, Qt.Key.Key_End)
    assert owner.edits == []
    assert problems(owner.shown) == ["low must be below high"]
    assert slider.stops[slider.value()] == 1


def test_a_control_that_refuses_says_so_under_itself(owner, qtbot):
    retype(qtbot, owner.shown.controls["samples"], "9")
    assert problems(owner.shown) == ["Samples must be at least 10"]


def test_a_new_value_from_elsewhere_takes_the_refusal_away(owner, qtbot):
    retype(qtbot, owner.shown.controls["samples"], "9")
    owner.shown.set_value(Training(samples=70))
    assert problems(owner.shown) == []
    assert owner.shown.controls["samples"].line.text() == "70"


def test_a_length_that_the_class_refuses_is_named_by_the_title(qtbot):
    class Sizes(Value):
        sizes: tuple[int, int] = (1, 2)

    form = Form(Sizes)
    qtbot.addWidget(form)
    form.show()
    owner = Owner(form, Sizes())
    retype(qtbot, form.controls["sizes"], "1")
    assert owner.edits == []
    assert problems(form)[0].startswith("Sizes")


def test_undoing_is_putting_the_old_value_back(owner, qtbot):
    qtbot.keyClick(owner.shown.controls["optimizer"].combo, Qt.Key.Key_M)
    owner.shown.set_value(Training())
    combo = owner.shown.controls["optimizer"].combo
    assert combo.currentText() == "Gradient descent"
    assert len(owner.edits) == 1


def test_setting_an_equal_value_touches_no_control(form, monkeypatch):
    form.set_value(Training(schedule=Warmup()))
    shown = []
    for control in form.controls.values():
        monkeypatch.setattr(control, "_show", shown.append)
    form.set_value(Training(schedule=Warmup()))
    assert shown == []


def test_the_controls_of_all_rows_begin_on_one_line(owner):
    owner.take(Training(schedule=Warmup()), 0, "")
    owner.shown.layout().activate()
    schedule = owner.shown.controls["schedule"]
    inner = [owner.shown.controls["optimizer"].form.controls["rate"], schedule.form.controls["inner"]]
    rows = [owner.shown.controls["rate"], schedule, *inner]
    assert len({row.mapTo(owner.shown, row.rect().topLeft()).x() for row in rows}) == 1


def test_the_tab_key_goes_down_the_rows(owner, qtbot):
    owner.take(Training(schedule=Warmup()), 0, "")
    owner.shown.controls["optimizer"].combo.setFocus()
    reached = []
    for _ in range(8):
        go_on(owner.shown, forward=True)
        reached.append(QApplication.focusWidget().accessibleName())
    assert reached == ["Learning rate", "Learning rate", "β", "β", "Schedule", "Steps", "Steps", "Then"]


def test_a_disabled_form_cannot_be_edited(owner, qtbot):
    owner.shown.setEnabled(False)
    qtbot.mouseClick(owner.shown.controls["shuffle"].box, Qt.MouseButton.LeftButton)
    assert owner.edits == []


def test_a_title_has_the_room_it_needs(qtbot):
    class Long(Value):
        a_title_that_is_far_too_long_for_its_column: int = 3

    form = Form(Long)
    qtbot.addWidget(form)
    form.show()
    title, control = form.findChild(QLabel), form.controls["a_title_that_is_far_too_long_for_its_column"]
    assert title.width() >= title.fontMetrics().horizontalAdvance(title.text())
    assert title.geometry().right() < control.x()


def test_a_field_that_no_control_edits_is_said_by_name(qtbot):
    class Odd(Value):
        odd: dict[str, int]

    with pytest.raises(TypeError, match="odd"):
        control_for(describe(Odd)[0])


# --- fields that depend on each other ---------------------------------------------------------------


@pytest.fixture
def pieces(qtbot):
    """Two boundaries and three rates: neither number can be changed alone."""
    form = Form(PiecewiseConstant)
    qtbot.addWidget(form)
    with qtbot.waitExposed(form):
        form.show()
    return Owner(form, PiecewiseConstant(boundaries=(10, 20), values=(0.3, 0.2, 0.1)))


def test_what_is_refused_alone_is_accepted_together(pieces, qtbot):
    boundaries, values = (pieces.shown.controls[name] for name in ("boundaries", "values"))
    retype(qtbot, boundaries, "10")
    assert problems(pieces.shown) == ["1 boundary needs 2 rates, got 3"]
    assert boundaries.line.text() == "10"
    retype(qtbot, values, "0.3, 0.1")
    assert pieces.value == PiecewiseConstant(boundaries=(10,), values=(0.3, 0.1))
    assert problems(pieces.shown) == []
    assert len(pieces.edits) == 1


def test_a_refused_entry_that_was_taken_back_no_longer_counts(pieces, qtbot):
    boundaries, values = (pieces.shown.controls[name] for name in ("boundaries", "values"))
    retype(qtbot, boundaries, "10")
    qtbot.keyClick(boundaries.line, Qt.Key.Key_Escape)
    retype(qtbot, values, "0.3, 0.1")
    assert pieces.edits == []
    assert problems(pieces.shown) == ["2 boundaries need 3 rates, got 2"]
