"""Work in slices: it tells what it finds, can be given up, and gives way to other work."""

import pytest

from playground.analysis.inspections.landscape.absent import NoLandscape
from playground.analysis.piecemeal import Piecemeal, WorkPiece
from playground.text import say
from widgets.background import Background
from widgets.pages.inside.tabs.landscape.slow_work import SlowWork


@pytest.fixture
def work(qapp):
    background = Background()
    yield SlowWork(background, background)
    background.close()


def counting(count, name="number"):
    def pieces():
        for number in range(1, count + 1):
            yield WorkPiece(number, count, f"{name} {number}")

    return pieces


def endless():
    while True:
        yield WorkPiece(1, 2)


def test_it_finds_and_ends(work, qtbot):
    with qtbot.waitSignal(work.found) as found:
        work.begin(counting(3))
    assert found.args == ["number 3"]
    assert not work.busy
    assert work.work.done == 1


def test_what_is_begun_anew_takes_the_place_of_what_is_under_way(work, qtbot):
    told = []
    work.found.connect(told.append)
    work.begin(endless)
    work.begin(counting(2, "other"))
    qtbot.waitUntil(lambda: not work.busy)
    assert told == ["other 2"]


def test_it_can_be_given_up(work, qtbot):
    work.begin(endless)
    with qtbot.waitSignal(work.moved):
        pass
    work.cancel()
    assert not work.busy
    work.begin(counting(1))
    qtbot.waitUntil(lambda: not work.busy)


def test_why_it_cannot_be_done_is_told(work, qtbot):
    def refuses():
        raise NoLandscape(say("landscape.no_path", "There is no path yet: train for a few epochs."))
        yield

    with qtbot.waitSignal(work.refused) as refused:
        work.begin(refuses)
    assert str(refused.args[0]) == "There is no path yet: train for a few epochs."
    assert not work.busy


def test_how_much_is_left_follows_from_what_is_done():
    work = Piecemeal(iter(WorkPiece(done, 4) for done in range(1, 5)))
    assert work.left == 0
    work.advance(0)
    assert work.done == 0.25
    assert work.left > 0
    work.advance(10)
    assert (work.done, work.left, work.ended) == (1, 0, True)
