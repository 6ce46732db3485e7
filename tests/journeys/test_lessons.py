"""A person takes a lesson: what is reached ticks itself, and the work that was there before is never lost."""

import shutil

import pytest
from PySide6.QtCore import QLocale, QMimeData, QRect, Qt, QUrl
from PySide6.QtWidgets import QLabel

from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.experiment import Experiment
from playground.files.experiment_file import SavedExperiment
from playground.lessons.shelf import FOLDER
from widgets import incoming
from widgets.dialogs.questions import Answer
from widgets.languages import shown_language
from widgets.training_link import shown

NEURON = FOLDER / "01_neuron.toml"
XOR = FOLDER / "03_xor.toml"

OWN = """
title = "Mine"
summary = "A lesson of my own."

[[steps]]
title = "First"
text = "Say two."

[steps.open]
example = "xor"

[[steps.goals]]
kind = "number"
question = "How many are two?"
value = 2.5

[[steps]]
title = "Second"
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def german():
    """A person in Germany, where decimals follow a comma."""
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


def begin(qtbot, window, path=NEURON):
    window.lessons.open(path)
    qtbot.waitUntil(lambda: window.lessons.panel is not None and window.lessons.panel.step_view is not None)
    qtbot.waitUntil(lambda: shown(window.workspace.link) is not None)
    qtbot.waitUntil(lambda: window.lessons.panel.step_view.isVisible())
    return window.lessons.panel


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(qtbot, row, text):
    row.line.clear()
    qtbot.keyClicks(row.line, text)
    qtbot.keyClick(row.line, Qt.Key.Key_Return)


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def trained(qtbot, window):
    window.workspace.step(whole_epoch=True)
    qtbot.waitUntil(
        lambda: shown(window.workspace.link) is not None and shown(window.workspace.link).epoch == 1
    )


def test_learn_at_the_foot_of_the_rail_offers_every_lesson_and_closes_them_again(qtbot, open_window):
    window = open_window(size=(1440, 860))
    assert not window.design.docks["data"].isHidden()
    press(qtbot, window.rail.foot)
    panel = window.lessons.panel
    qtbot.waitUntil(lambda: bool(panel.list.cards))
    assert len(panel.list.cards) == len(list(FOLDER.glob("*.toml")))
    assert window.design.docks["data"].isHidden()
    assert "train" in panel.list.suggested.text()  # nothing was trained yet
    assert panel.list.way.text() == "Lesson: A neuron and its bias"
    press(qtbot, window.rail.foot)
    assert not window.lessons.place.isVisible()
    assert not window.design.docks["data"].isHidden()


def test_own_work_comes_back_with_its_training_and_its_mark_and_what_was_made_can_be_had_instead(
    qtbot, window, answer
):
    answer.reply = Answer.DISCARD
    document = window.workspace.document
    trained(qtbot, window)
    mine = document.experiment
    panel = begin(qtbot, window)
    lesson = document.experiment
    assert lesson != mine
    assert not document.modified  # nobody is asked to save what belongs to a lesson
    trained(qtbot, window)
    press(qtbot, panel.close_button)
    qtbot.waitUntil(lambda: document.experiment == mine)
    qtbot.waitUntil(
        lambda: shown(window.workspace.link) is not None and shown(window.workspace.link).epoch == 1
    )
    assert document.modified
    assert not window.lessons.place.isVisible()
    assert "back" in window.workspace.notice.text
    (button,) = window.workspace.notice.findChildren(type(panel.next))
    press(qtbot, button)
    assert document.experiment == lesson
    assert document.modified


def test_closing_the_window_in_a_lesson_asks_about_the_own_work(qtbot, window, answer):
    trained(qtbot, window)
    mine = window.workspace.document.experiment
    begin(qtbot, window)
    window.close()
    qtbot.waitUntil(lambda: answer.times == 1)
    assert window.isVisible()
    assert window.workspace.document.experiment == mine


def test_a_program_that_ends_in_a_lesson_leaves_the_own_work_to_be_recovered(qtbot, window, tmp_path):
    trained(qtbot, window)
    mine = window.workspace.document.experiment
    begin(qtbot, window)
    keeper = window.workspace.filing.keeper
    window.give_up(keeps=True)
    qtbot.waitUntil(lambda: len(keeper.recoverable()) == 1)
    assert keeper.recoverable()[0].load().experiment == mine


def test_a_goal_ticks_itself_and_opens_the_way_on(qtbot, window):
    panel = begin(qtbot, window)
    number, choice = panel.step_view.rows
    assert not panel.next.isEnabled()
    answer(qtbot, number, "a quarter")
    assert "not a number" in number.refusal.text()
    answer(qtbot, number, "7")
    assert not number.sign.reached
    answer(qtbot, number, "0.25")
    assert number.sign.reached
    assert not number.line.hasFocus()  # Space trains again
    press(qtbot, choice.choices[0])
    assert not choice.sign.reached
    press(qtbot, choice.choices[1])
    assert choice.sign.reached
    assert panel.next.isEnabled()
    press(qtbot, panel.next)
    assert panel.place.text() == "2 / 4"


@pytest.mark.usefixtures("german")
def test_a_number_is_answered_with_the_decimal_comma_of_the_person(qtbot, window):
    panel = begin(qtbot, window)
    answer(qtbot, panel.step_view.rows[0], "0,25")
    assert panel.step_view.rows[0].sign.reached


def test_a_goal_that_was_reached_stays_so_after_training_goes_astray_and_after_a_new_start(
    qtbot, open_window
):
    first = open_window()
    panel = begin(qtbot, first, XOR)
    panel.skip.click()
    assert panel.place.text() == "2 / 3"
    document = first.workspace.document
    network = document.experiment.network
    wider = network.with_(layers=(network.layers[0].with_(units=2), *network.layers[1:]))
    document.edit(document.experiment.with_(network=wider), "More neurons")
    qtbot.waitUntil(lambda: panel.step_view.rows[0].sign.reached)
    first.actions_["undo"].trigger()
    first.lessons.classroom.judging.judge()
    assert panel.step_view.rows[0].sign.reached
    again = type(first.lessons.classroom.book)(first.preferences)
    assert again.of("xor").step == 1
    assert again.of("xor").reached == {(1, 0)}


def test_hints_come_one_at_a_time_and_one_can_skip_go_back_and_begin_again(qtbot, window):
    panel = begin(qtbot, window)
    first, second = panel.classroom.step.hints
    assert not any(first in text or second in text for text in words(panel))
    press(qtbot, panel.step_view.more)
    assert any(first in text for text in words(panel))
    assert not any(second in text for text in words(panel))
    press(qtbot, panel.step_view.more)
    assert any(second in text for text in words(panel))
    assert not panel.step_view.more.isVisible()
    assert not panel.back.isEnabled()
    press(qtbot, panel.skip)
    assert panel.place.text() == "2 / 4"
    press(qtbot, panel.back)
    assert panel.place.text() == "1 / 4"
    answer(qtbot, panel.step_view.rows[0], "0.25")
    panel.classroom.begin_anew()
    qtbot.waitUntil(lambda: not panel.step_view.rows[0].sign.reached)


def test_a_ring_is_where_its_layer_is_after_resizing_too_and_never_in_the_way(qtbot, window):
    panel = begin(qtbot, window)
    rings = window.lessons.rings
    qtbot.waitUntil(lambda: bool(rings.shown))
    (_, ring, bubble) = rings.shown[0]
    for size in ((1400, 860), (1000, 600)):
        window.resize(*size)
        rings.follow()
        place = rings.place_of("layer:output")
        assert ring.geometry().intersected(window.rect()).contains(place.intersected(window.rect()))
        assert window.rect().contains(bubble.geometry())
    assert panel.isVisible()
    for _, ring, bubble in window.lessons.rings.shown:
        assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        assert bubble.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    find = window.lessons.rings.place_of
    window.pages.open("runs")
    button = window.rail.buttons["design"]
    assert (
        find("layer:output").center()
        == QRect(button.mapTo(window, button.rect().topLeft()), button.size()).center()
    )
    window.pages.open("design")
    assert find("layer:nowhere") is None
    assert find("setting:training.nothing") is None


def test_an_own_lesson_is_read_anew_while_it_is_written(qtbot, window, own):
    panel = begin(qtbot, window, own)
    panel.classroom.reader.timer.setInterval(50)
    assert "First" in words(panel)
    own.write_text(OWN.replace('"First"', '"Once more"'), encoding="utf-8")
    qtbot.waitUntil(lambda: "Once more" in words(panel), timeout=5000)
    own.write_text(OWN.replace("value = 2.5", "value = []"), encoding="utf-8")
    qtbot.waitUntil(lambda: panel.problem.isVisible(), timeout=5000)
    qtbot.waitUntil(lambda: "mine.toml, line 15, step 1" in panel.problem.text(), timeout=5000)
    assert "Once more" in words(panel)  # what could be read last stays
    own.write_text(OWN, encoding="utf-8")
    qtbot.waitUntil(lambda: "First" in words(panel) and not panel.problem.isVisible(), timeout=5000)


def test_a_dropped_lesson_opens_once_nothing_is_wrong_with_it_and_its_neighbours_are_offered(
    qtbot, window, own
):
    own.write_text(OWN.replace('"xor"', '"xorr"'), encoding="utf-8")
    window.lessons.open(own)
    qtbot.waitUntil(lambda: bool(window.workspace.notice.text))
    assert window.workspace.notice.text.startswith(
        "mine.toml, line 10, step 1: open.example: no example is called xorr"
    )
    own.write_text(OWN, encoding="utf-8")
    shutil.copy(own, own.with_name("other.toml"))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(own))])
    window.workspace.take(incoming.read(data))
    qtbot.waitUntil(lambda: window.lessons.panel is not None and window.lessons.panel.step_view is not None)
    panel = window.lessons.panel
    panel.classroom.leave()
    qtbot.waitUntil(lambda: len(panel.list.cards) == len(list(FOLDER.glob("*.toml"))) + 2)


def test_a_file_opened_during_a_lesson_is_cared_for_before_the_own_work_comes_back(qtbot, window, answer):
    trained(qtbot, window)
    mine = window.workspace.document.experiment
    panel = begin(qtbot, window)
    window.workspace.filing.new()
    trained(qtbot, window)
    press(qtbot, panel.close_button)
    assert answer.times == 1  # the new work is unsaved too
    assert window.lessons.place.isVisible()
    answer.reply = Answer.DISCARD
    press(qtbot, panel.close_button)
    assert window.workspace.document.experiment == mine
    assert not window.lessons.place.isVisible()


def test_a_lesson_that_is_done_is_marked_so_and_can_be_done_again(qtbot, window, own):
    panel = begin(qtbot, window, own)
    answer(qtbot, panel.step_view.rows[0], "2.5")
    press(qtbot, panel.next)
    assert panel.next.text() == "Finish"
    press(qtbot, panel.next)
    assert panel.step_view is None
    assert panel.classroom.book.of(str(own)).finished
    panel = begin(qtbot, window, own)
    assert panel.place.text() == "1 / 2"


def test_another_language_shows_the_same_step_and_loses_no_work(qtbot, window):
    trained(qtbot, window)
    mine = window.workspace.document.experiment
    panel = begin(qtbot, window)
    press(qtbot, panel.skip)
    begun = window.workspace.document.experiment
    shown_language.show("pseudo")
    try:
        qtbot.waitUntil(
            lambda: window.lessons.panel is not None and window.lessons.panel.step_view is not None
        )
        assert window.lessons.classroom.progress.step == 1
        assert window.workspace.document.experiment == begun
        assert not window.workspace.document.modified
        window.lessons.leave()
        assert window.workspace.document.experiment == mine
        assert window.workspace.document.modified
    finally:
        window.give_up()
        shown_language.show("en")


def test_the_whole_network_is_in_sight_whatever_was_open_before(qtbot, window):
    view = window.design.canvas.view
    one = Dense(id="output", units=1)
    small = Experiment(network=Architecture(layers=(one,))).fitted()
    window.workspace.filing.show(SavedExperiment(small))
    qtbot.wait(250)
    window.workspace.filing.show(SavedExperiment(Experiment()))
    qtbot.wait(250)  # cards that slide have arrived
    assert len(view.state.scene.cards) == 4
    assert view.rect().contains(view.state.camera.rect_to_screen(view.state.scene.bounds).toAlignedRect())


def test_the_start_page_offers_a_tour_that_leads_through_the_window(qtbot, window):
    window.welcome.show()
    window.welcome.page.tour_asked.emit()
    desk = window.commands._lessons
    qtbot.waitUntil(lambda: desk.classroom is not None and desk.classroom.plan is not None)
    assert not window.welcome.shown
    assert desk.classroom.plan.title == "A tour in a minute"
    titles = [desk.classroom.step.title]
    while desk.panel.next.text() != "Finish":
        (desk.panel.next if desk.panel.next.isEnabled() else desk.panel.skip).click()
        titles.append(desk.classroom.step.title)
    assert titles == [step.title for step in desk.classroom.plan.steps]
