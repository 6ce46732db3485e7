"""What is said of one sample: the likeliest classes in a sentence, wrong answers with a sign."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.datasets.digits import Digits
from playground.experiment import Experiment
from playground.numbers.writing import NONE
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets.panels.output import OutputPanel
from widgets.plots.sample_content import Bar, sample_content
from widgets.plots.sample_view import likeliest


@pytest.fixture(scope="module")
def shown_sample():
    """A snapshot of digits, whose answer is to be replaced."""
    observer = Observer(Trainer(Experiment().with_dataset(Digits())))
    return observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, None))


def answering(snapshot, **shares):
    answer = np.zeros(10, np.float32)
    for name, share in shares.items():
        answer[int(name[1:])] = share
    return replace(snapshot, answer=answer)


def other_than(truth):
    return (truth + 1) % 10, (truth + 2) % 10


def test_a_right_answer_is_told_with_the_next_likeliest(show, shown_sample):
    truth = int(shown_sample.data.chosen.label)
    second, _ = other_than(truth)
    panel = show(OutputPanel(), 330, 460)
    panel.show_snapshot(answering(shown_sample, **{f"c{truth}": 0.93, f"c{second}": 0.03}))
    assert panel.answer.text() == f"{truth} with 93.0 %, then {second} with 3.0 %"
    assert panel.answer.property("role") == "muted"


def test_a_wrong_answer_has_a_sign_and_the_truth(show, shown_sample):
    truth = int(shown_sample.data.chosen.label)
    first, second = other_than(truth)
    panel = show(OutputPanel(), 330, 460)
    panel.show_snapshot(answering(shown_sample, **{f"c{first}": 0.6, f"c{second}": 0.4}))
    assert panel.answer.text() == f"✗ {first} with 60.0 %, then {second} with 40.0 %; it is {truth}"
    assert panel.answer.property("role") == "error"


def test_numbers_that_are_none_choose_no_class(show, shown_sample):
    snapshot = replace(shown_sample, answer=np.full(10, np.nan, np.float32))
    content = sample_content(snapshot)
    assert content.chosen is None
    assert not content.wrong
    assert {bar.text for bar in content.answer} == {NONE}
    panel = show(OutputPanel(), 330, 460)
    panel.show_snapshot(snapshot)
    assert not panel.answer.isVisible()


def test_of_a_hundred_classes_the_likeliest_are_shown():
    bars = [Bar(f"class {place}", "", share=place / 100) for place in range(100)]
    shown = likeliest(bars, 150)
    assert [bar.name for bar in shown] == [*(f"class {place}" for place in range(99, 90, -1)), "+91 more"]


def test_as_many_classes_as_have_room_stay_in_their_order():
    bars = [Bar(str(place), "", share=place / 10) for place in range(10)]
    assert likeliest(bars, 150) == bars
