"""The beginner's view: less is shown, nothing is lost, and nothing that acts is secret."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from playground.data.datasets.recipes.two_classes import Spiral
from playground.engine.optimizers import GradientDescent
from playground.engine.regularizers import L2
from playground.files import experiment_file
from playground.files.experiment_file import SavedExperiment
from playground.lessons.next_step import NEURON, NextStep
from playground.text import Text
from widgets import languages, theme
from widgets.gesture import new_gesture
from widgets.languages import shown_language
from widgets.main_window import MainWindow
from widgets.panels.next_step import NextStepCard
from widgets.preferences import Preferences


@pytest.fixture(autouse=True)
def as_usual_in_the_end(monkeypatch):
    monkeypatch.setattr(languages, "can_be_read", lambda _words: True)
    yield
    theme.themes.enlarge(False)
    shown_language.show("en")


@pytest.fixture
def beginner(window, qtbot):
    """A window in the beginner's view, with its plots."""
    qtbot.waitUntil(lambda: window.design.plots is not None)
    window.actions_["beginner"].trigger()
    return window


def field(window, name):
    design = window.design
    forms = (design.data.dataset_form, design.data.batch_size, design.inspector.training.form)
    return next(form.field(name) for form in forms if form.field(name) is not None)


def test_it_is_in_the_menu_and_remembered(qtbot, tmp_path):
    preferences = Preferences.unkept()

    def start():
        window = MainWindow(preferences, recovery_folder=tmp_path)
        qtbot.addWidget(window, before_close_func=lambda window: window.give_up())
        window.show()
        return window

    first = start()
    assert not first.actions_["beginner"].isChecked()
    first.actions_["beginner"].trigger()
    assert not field(first, "optimizer").isVisible()
    first.give_up()
    second = start()
    assert second.actions_["beginner"].isChecked()
    assert field(second, "optimizer").isHidden()
    second.actions_["beginner"].trigger()
    qtbot.waitUntil(lambda: field(second, "optimizer").isVisible())


def test_what_a_beginner_needs_is_there_and_the_rest_is_not(beginner):
    design = beginner.design
    for name in ("samples", "noise", "batch_size"):
        assert field(beginner, name).isVisible(), name
    training = design.inspector.training.form
    optimizer = training.field("optimizer")
    assert not optimizer.isVisible()
    assert optimizer.form.field("learning_rate").isVisible()
    for name in ("loss", "schedule", "regularizer", "clipping", "shuffle", "stopping"):
        assert not field(beginner, name).isVisible(), name
    assert [name for name, tab in design.plots.tabs.items() if tab.isVisible()] == ["loss"]
    assert [name for name, button in beginner.rail.buttons.items() if button.isVisible()] == [
        "design",
        "data",
        "labs",
    ]
    assert not beginner.status.precision.isVisible()
    assert beginner.run_bar.buttons["run"].isVisible()


def test_all_of_a_panel_is_one_click_away(beginner):
    design = beginner.design
    for panel in (design.data, design.inspector.training, design.output):
        panel.more.link.click()
    assert field(beginner, "regularizer").isVisible()
    assert design.data.scaling.isVisible()
    assert design.output.read_out.isVisible()
    assert design.inspector.tabs.isTabVisible(3)
    design.inspector.training.more.link.click()
    assert not field(beginner, "regularizer").isVisible()


def test_switching_while_it_trains_touches_neither_run_nor_experiment(window, qtbot):
    link, document = window.workspace.link, window.workspace.document
    before, count = document.experiment, document.undo_stack.count()
    window.workspace.run_or_pause()
    qtbot.waitUntil(lambda: link.latest.step > 0, timeout=10_000)
    run, step = link.latest.run, link.latest.step
    for _ in range(4):
        window.actions_["beginner"].trigger()
    qtbot.waitUntil(lambda: link.latest.step > step, timeout=10_000)
    assert link.latest.run == run
    assert document.experiment is before
    assert document.undo_stack.count() == count


def test_what_a_file_sets_is_told_though_its_control_is_hidden(beginner, tmp_path):
    document = beginner.workspace.document
    training = document.experiment.training.with_(optimizer=GradientDescent(), regularizer=L2())
    path = tmp_path / "secret.nnplay"
    experiment_file.save(path, SavedExperiment(document.experiment.with_(training=training)))
    beginner.workspace.filing.show(experiment_file.load(path))
    more = beginner.design.inspector.training.more
    assert more.told.isVisible()
    assert more.told.text() == "2 more settings differ from the usual: Optimizer, Regularization."
    more.link.click()
    assert field(beginner, "regularizer").isVisible()
    assert not more.told.isVisible()


def test_undo_goes_across_the_switch(beginner):
    document = beginner.workspace.document
    first = document.experiment
    training = first.training
    document.edit(first.with_(training=training.with_(regularizer=L2())), "Change", new_gesture())
    assert "Regularization" in beginner.design.inspector.training.more.told.text()
    beginner.actions_["undo"].trigger()
    assert document.experiment == first
    assert not beginner.design.inspector.training.more.told.isVisible()
    beginner.actions_["beginner"].trigger()
    beginner.actions_["redo"].trigger()
    assert isinstance(field(beginner, "regularizer").value, L2)


def test_another_dataset_and_another_layer_show_no_more_than_before(beginner, qtbot):
    design, document = beginner.design, beginner.workspace.document
    document.edit(document.experiment.with_dataset(Spiral()), "Choose", new_gesture())
    qtbot.waitUntil(lambda: field(beginner, "noise").isVisible())
    assert not design.data.scaling.isVisibleTo(beginner)
    layer = document.experiment.network.layers[0].id
    design.canvas.set_selection((layer,))
    form = design.inspector.layer.form
    qtbot.waitUntil(lambda: form.field("units").isVisible())
    assert not form.field("initializer").isVisibleTo(beginner)


def test_a_page_that_is_not_in_the_rail_opens_by_its_key_and_stands_there_meanwhile(beginner):
    beginner.actions_["page_runs"].trigger()
    assert beginner.pages.front == "runs"
    assert beginner.rail.buttons["runs"].isVisible()
    beginner.actions_["page_design"].trigger()
    assert not beginner.rail.buttons["runs"].isVisible()


def test_text_is_larger_at_once_and_as_before_afterwards(window):
    before = window.design.data.dataset_form.font().pointSizeF()
    window.actions_["beginner"].trigger()
    assert window.design.data.dataset_form.font().pointSizeF() == pytest.approx(1.15 * before)
    window.actions_["beginner"].trigger()
    assert window.design.data.dataset_form.font().pointSizeF() == pytest.approx(before)


def test_it_stays_through_other_colours(beginner):
    before = theme.themes.scheme
    beginner.commands.set_theme("contrast")
    assert beginner.run_bar.words.isVisible()
    assert not field(beginner, "optimizer").isVisible()
    beginner.commands.set_theme(before)


def test_it_stays_through_another_language(beginner, qtbot):
    menu = beginner.menu_bar
    beginner.actions_["language_zh_CN"].trigger()
    qtbot.waitUntil(lambda: beginner.menu_bar is not menu)
    assert beginner.actions_["beginner"].isChecked()
    assert not field(beginner, "optimizer").isVisible()
    assert beginner.design.data.more.link.text() == "全部显示"
    assert beginner.run_bar.words.new.text() == "它什么还没学：只是在猜。"


def test_the_keyboard_never_is_on_what_is_hidden(window, qtbot):
    window.activateWindow()
    optimizer = field(window, "optimizer")
    optimizer.inputs[0].setFocus()
    window.actions_["beginner"].trigger()
    assert QApplication.focusWidget().isVisible()
    seen: set[QWidget] = set()
    for _ in range(120):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus.isVisible()
        if focus in seen:
            break
        seen.add(focus)
    assert optimizer.inputs[0] not in seen


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_clipped_in_a_small_window(open_window, language):
    shown_language.show(language)
    window = open_window(size=(1100, 700))
    window.actions_["beginner"].trigger()
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1100, 700)
    for shown in (window.run_bar, window.design.data, window.design.inspector, window.design.output):
        corner = shown.mapTo(window, shown.rect().bottomRight())
        assert corner.x() <= window.width()
        assert corner.y() <= window.height()
    words = window.run_bar.words
    assert words.new.width() >= words.new.sizeHint().width()


def test_the_palette_of_commands_finds_what_is_hidden(beginner):
    from widgets.dialogs.lookup import CommandPalette

    palette = CommandPalette(beginner.actions_, beginner)
    for words in ("Runs", "Search", "New weights", "One epoch", "Beginner's view"):
        palette.line.setText(words)
        assert palette.list.model().rowCount(), words
    palette.close()


def test_plots_come_back_as_they_were(window, qtbot):
    qtbot.waitUntil(lambda: window.design.plots is not None)
    plots = window.design.plots
    plots.restore(["accuracy", "gradients"])
    window.actions_["beginner"].trigger()
    assert [name for name, plot in plots.plots.items() if not plot.isHidden()] == ["loss"]
    assert plots.state() == ["accuracy", "gradients"]
    window.actions_["beginner"].trigger()
    assert {name for name, plot in plots.plots.items() if not plot.isHidden()} == {"accuracy", "gradients"}


def step_of(window):
    window.design.plain.suggesting._look()
    return window.design.plain.suggesting.step


def test_the_next_step_is_seen_and_its_button_does_it(beginner, qtbot):
    card, link = beginner.design.plain.suggesting.card, beginner.workspace.link
    assert card.isVisible()
    assert step_of(beginner).text.key == "next.start"
    assert "Press Space" in card.words.text()
    card.button.click()
    qtbot.waitUntil(lambda: link.latest.step > 0, timeout=10_000)
    assert step_of(beginner).text.key in ("next.watch", "next.solved")
    beginner.actions_["beginner"].trigger()
    assert not card.isVisible()


def test_the_next_step_is_as_high_as_its_words(beginner, qtbot):
    card = beginner.design.output.findChild(NextStepCard)
    lines = card.words.fontMetrics().lineSpacing()
    before = card.minimumSizeHint().height()
    card.show_step("One word after another, and more of them than stand in a line. " * 3, "Do it")
    qtbot.waitUntil(lambda: card.minimumSizeHint().height() > before + lines)
    assert card.minimumSizeHint().height() >= card.heightForWidth(card.width())


def test_a_suggested_edit_is_one_step_of_undo(beginner, monkeypatch):
    document = beginner.workspace.document
    before = document.experiment
    suggesting = beginner.design.plain.suggesting
    suggesting.step = NextStep(Text("a", "It is stuck."), NEURON.title, cure=NEURON)
    suggesting.card.button.click()
    units = [layer.units for layer in document.experiment.network.layers]
    assert sum(units) == sum(layer.units for layer in before.network.layers) + 1
    beginner.actions_["undo"].trigger()
    assert document.experiment == before


def test_the_last_suggestion_leads_to_a_lesson_which_says_itself_what_is_next(beginner, qtbot):
    beginner.workspace.next_lesson_asked.emit()
    qtbot.waitUntil(lambda: beginner.lessons.classroom.step is not None, timeout=10_000)
    card = beginner.design.plain.suggesting.card
    qtbot.waitUntil(lambda: not card.isVisibleTo(beginner))


def test_what_a_lesson_is_about_is_shown_as_long_as_it_is(beginner):
    design, meant = beginner.design, beginner.workspace.meant
    meant.emit(("setting:training.regularizer", "tab:diagnosis", "page:inside", "setting:data.scaling"))
    assert not field(beginner, "regularizer").isHidden()
    assert field(beginner, "schedule").isHidden()
    assert design.inspector.tabs.isTabVisible(3)
    assert beginner.rail.buttons["inside"].isVisible()
    assert design.data.scaling.isVisibleTo(design.data)
    meant.emit(())
    assert field(beginner, "regularizer").isHidden()
    assert not design.inspector.tabs.isTabVisible(3)
    assert not beginner.rail.buttons["inside"].isVisible()
    assert not design.data.scaling.isVisibleTo(design.data)


def test_the_start_page_offers_it_in_one_line(window):
    window.welcome.show()
    page = window.welcome.page
    offered = page.beginner.text()
    page.beginner.click()
    assert window.actions_["beginner"].isChecked()
    assert page.isVisible()
    assert page.beginner.text() != offered
    page.beginner.click()
    assert not window.actions_["beginner"].isChecked()
    assert page.beginner.text() == offered
