"""How far one came is a value that outlives the program, and whatever is wrong with what was kept."""

import pytest

from playground.lessons.progress import MOST_LESSONS, NEW, LessonProgress, ProgressBook


def test_progress_is_kept_as_a_text_and_read_again():
    there = NEW.at(2).having(0, 1).having(2, 0)
    book = ProgressBook().with_lesson("xor", there).with_lesson("neuron", NEW.with_(finished=True))
    assert ProgressBook.read(book.written()) == book
    assert book.of("xor") == there
    assert book.of("never begun") == NEW


@pytest.mark.parametrize(
    "kept", ["", "nonsense", "[1]", '{"xor": 3}', '{"xor": {"step": -1}}', '{"xor": {"other": 1}}', "null"]
)
def test_what_cannot_be_read_is_as_if_nothing_was_done(kept):
    assert ProgressBook.read(kept).of("xor") == NEW


def test_one_lesson_that_cannot_be_read_costs_no_other():
    kept = '{"xor": {"step": 2}, "neuron": {"step": "x"}}'
    assert ProgressBook.read(kept).of("xor") == LessonProgress(step=2)


def test_the_oldest_are_forgotten_first():
    book = ProgressBook()
    for number in range(MOST_LESSONS + 1):
        book = book.with_lesson(str(number), NEW.at(1))
    assert book.of("0") == NEW
    assert book.of(str(MOST_LESSONS)).step == 1
