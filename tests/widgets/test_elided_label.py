"""A label that shortens its text."""

from __future__ import annotations

import pytest

from widgets.elided_label import ElidedLabel

TEXT = "a caption that is longer than its room"


def picture(label, width):
    label.resize(width, 20)
    return label.grab().toImage()


@pytest.fixture
def label(qtbot):
    made = ElidedLabel(TEXT)
    qtbot.addWidget(made)
    return made


def test_it_asks_for_the_room_of_its_whole_text(label):
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(TEXT)


def test_it_gives_way_to_what_is_beside_it(label):
    assert label.minimumSizeHint().width() < 30
    assert label.minimumSizeHint().height() == label.sizeHint().height()


def test_a_text_too_long_ends_in_an_ellipsis(label):
    metrics = label.fontMetrics()
    room = metrics.horizontalAdvance("a caption…") + 2
    shortened = picture(label, room)
    label.setText("a caption…")
    assert picture(label, room) == shortened


def test_the_text_stays_whole_for_those_who_ask(label):
    picture(label, 40)
    assert label.text() == TEXT
