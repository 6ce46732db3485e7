"""The start page has room for many examples: below titles by what they learn from, each a click away."""

import pytest
from PySide6.QtCore import QPoint, Qt

from playground.files.examples import LearnsFrom, examples
from widgets import theme
from widgets.sentences import sentence
from widgets.start_page import StartPage, example_cards

SIZES = [(1440, 900), (1100, 700)]


@pytest.fixture(params=SIZES, ids=str)
def page(qtbot, qapp, request):
    theme.apply(qapp, "dark")
    page = StartPage(example_cards())
    qtbot.addWidget(page)
    page.resize(*request.param)
    with qtbot.waitExposed(page):
        page.show()
    return page


def test_every_example_stands_below_one_title_in_the_order_of_teaching(page):
    listed = {
        title: [card.example.title for card in section.cards] for title, section in page.sections.items()
    }
    wanted = {}
    for section in LearnsFrom:
        if found := [each.title for each in examples() if each.section is section]:
            wanted[sentence(section.value)] = found
    assert listed == wanted
    assert list(listed) == list(wanted)
    assert {"Digits", "Convolution"} <= set(listed["Pictures"])
    assert "Karate club" in listed["Graphs"]


def test_a_word_leads_to_each_section(page, qtbot):
    for section in page.sections.values():
        qtbot.mouseClick(section.link, Qt.MouseButton.LeftButton)
        top = section.mapTo(page, QPoint(0, 0)).y()
        assert -1 < top < page.height() - 150


def test_no_example_is_cut_off_at_the_side(page):
    for card in page.cards:
        left = card.mapTo(page, QPoint(0, 0)).x()
        assert left >= 0
        assert left + card.width() <= page.width()
