"""The handbook has a page for everything, finds it by its words, and opens at what a person is at."""

import pytest
from PySide6.QtCore import Qt

from playground.engine.activations import Activation
from playground.engine.layers import Layer
from playground.engine.losses import Loss
from playground.engine.optimizers import Adam, Optimizer
from playground.experiment import Experiment
from playground.labs import Laboratory
from playground.manual import manual
from widgets.document import Document
from widgets.handbook.chapters import chapters, title_of
from widgets.handbook.window import TOPIC, Handbook
from widgets.languages import shown_language
from widgets.pages import entries, learn_entry
from widgets.sentences import said


@pytest.fixture
def handbook(qtbot):
    shown = Handbook(Document(Experiment()))
    qtbot.addWidget(shown)
    shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    shown.show()
    return shown


def found(handbook):
    """The titles that are not hidden, chapter by chapter."""
    tops = [handbook.contents.topLevelItem(at) for at in range(handbook.contents.topLevelItemCount())]
    children = [top.child(at) for top in tops for at in range(top.childCount())]
    return [item.text(0) for item in children if not item.isHidden()]


def test_every_chapter_has_pages_and_no_page_comes_twice():
    pages = [page for chapter in chapters() for page in chapter.pages]
    assert all(chapter.pages for chapter in chapters())
    assert len(set(pages)) == len(pages)


@pytest.mark.parametrize("family", [Activation, Layer, Loss, Optimizer, Laboratory])
def test_every_member_of_the_families_has_a_page(family):
    pages = {page for chapter in chapters() for page in chapter.pages}
    assert set(family.ready()) <= pages


def test_every_page_can_be_turned_to(handbook):
    for chapter in chapters()[1:]:
        for member in chapter.pages:
            handbook.open_at(member)
            assert handbook.page.heading.text() == said(member)
            handbook.page.grab()


@pytest.mark.parametrize("page", manual(), ids=lambda page: page.name)
def test_every_page_of_the_manual_can_be_turned_to(handbook, page):
    handbook.open_at(page.name)
    assert handbook.contents.currentItem().text(0) == page.title
    assert handbook.text.heading.text() == page.title
    assert handbook.text.text.toPlainText().strip()
    assert "*" not in handbook.text.text.toPlainText(), "names are shown, not marked"


def test_a_word_of_the_manual_is_found(handbook):
    handbook.line.setText("SIGTERM")
    assert found(handbook) == ["Without a window"]


def test_the_manual_is_read_in_the_language_that_is_shown(handbook):
    shown_language.show("zh_CN")
    try:
        (first, *_) = chapters()
    finally:
        shown_language.show("en")
    assert "比较运行" in [title_of(page) for page in first.pages]


def test_a_page_shows_a_value_as_it_is_set(handbook):
    handbook.open_at(Adam(learning_rate=0.0123))
    assert handbook.contents.currentItem().data(0, TOPIC) is Adam
    assert "0.0123" in handbook.page.fields.text()


def test_a_word_finds_every_page_that_has_it(handbook):
    handbook.line.setText("POLYAK")
    assert "Momentum" in found(handbook), "the source counts, and capitals do not"
    assert handbook.page.heading.text() == "Momentum"


def test_a_title_comes_before_a_mention(handbook):
    handbook.line.setText("batch norm")
    assert handbook.page.heading.text() == "Batch norm"


def test_all_words_have_to_be_there_in_any_order(handbook):
    handbook.line.setText("adam nesterov")
    assert found(handbook) == ["Nadam"]
    handbook.line.setText("nesterov adam")
    assert found(handbook) == ["Nadam"]


def test_where_nothing_is_found_it_says_so_and_all_comes_back(handbook):
    everything = found(handbook)
    handbook.line.setText("zygote")
    assert found(handbook) == []
    assert not handbook.nothing.isHidden()
    handbook.line.clear()
    assert found(handbook) == everything
    assert handbook.nothing.isHidden()


def test_it_is_read_by_keys_alone(qtbot, handbook):
    qtbot.keyClicks(handbook.line, "momentum")
    qtbot.keyClick(handbook.line, Qt.Key.Key_Return)
    handbook.contents.setCurrentItem(handbook.contents.currentItem())
    qtbot.keyClick(handbook.contents, Qt.Key.Key_Up)
    assert handbook.page.heading.text() != "Momentum"


# --- from the window --------------------------------------------------------------------------------


def opened(window):
    window.actions_["handbook"].trigger()
    return window.commands.handbook.shown


def test_f1_opens_it_at_the_setting_that_has_the_keyboard(qtbot, window):
    optimizer = window.workspace.document.experiment.training.optimizer
    form = window.pages.page.inspector.training.form
    form.controls["optimizer"].form.controls["learning_rate"].inputs[-1].setFocus()
    qtbot.waitUntil(lambda: window.focusWidget() is not None)
    handbook = opened(window)
    assert handbook.page.heading.text() == said(optimizer)


def test_f1_opens_it_at_the_layer_that_is_selected(window):
    window.pages.page.canvas.setFocus()
    window.pages.page.inspector.explain.show_layers(["output"])
    assert opened(window).page.heading.text() == said(window.workspace.document.experiment.network.output)


@pytest.mark.parametrize("entry", [*entries(), learn_entry()], ids=lambda entry: entry.name)
def test_every_page_of_the_window_has_one_of_the_manual(entry):
    assert entry.name in [page.name for page in manual()]


def test_f1_on_a_page_that_is_about_nothing_opens_the_manual_at_it(window):
    window.pages.open("runs")
    window.setFocus()
    assert opened(window).text.heading.text() == "Compare runs"


def test_f1_in_a_laboratory_opens_the_page_of_it(window):
    window.pages.open("labs")
    room = window.pages.page.open("race")
    room.setFocus()
    assert opened(window).page.heading.text() == said(room.kind)


def test_there_is_one_handbook_which_a_laboratory_can_be_opened_from(window):
    handbook = opened(window)
    assert opened(window) is handbook
    handbook.open_at(Adam)
    handbook.page.laboratories.chosen.emit("race")
    assert window.pages.page.room.kind.tag() == "race"


def test_it_is_there_again_after_it_was_closed(qtbot, window):
    opened(window).close()
    qtbot.waitUntil(lambda: window.commands.handbook.shown is None)
    assert opened(window).contents.currentItem() is not None
