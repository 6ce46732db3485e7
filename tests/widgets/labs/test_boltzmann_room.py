"""A person lets a Boltzmann machine learn and dream, paints for it, and brings what it learnt elsewhere."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.labs.boltzmann import Boltzmann

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def room(open_room, qtbot):
    room = open_room(Boltzmann(data="bars", hidden=4))
    seen(qtbot, room, lambda it: it.epoch == 0)
    return room


def lab(room):
    return room.document.value


def seen(qtbot, room, holds):
    qtbot.waitUntil(lambda: room.view._seen is not None and holds(room.view._seen), timeout=10_000)
    return room.view._seen


def weights(room):
    return room.view.units.wall.content.source


def test_it_learns_on_its_own_thread_until_it_is_paused(room, qtbot):
    before = weights(room).copy()
    qtbot.mouseClick(room.run, LEFT)
    seen(qtbot, room, lambda it: it.epoch >= 3)
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view._steps.busy)
    at_rest = room.view._seen
    qtbot.wait(60)
    assert room.view._seen is at_rest
    assert (weights(room) != before).any()
    assert "log-likelihood" in room.told.text()


def test_a_step_is_one_update_and_reset_goes_back_to_the_first_weights(room, qtbot):
    before = weights(room).copy()
    qtbot.mouseClick(room.step, LEFT)
    qtbot.mouseClick(room.step, LEFT)
    seen(qtbot, room, lambda it: it.epoch == 1)
    assert (weights(room) != before).any()
    qtbot.mouseClick(room.reset, LEFT)
    seen(qtbot, room, lambda it: it.epoch == 0)
    np.testing.assert_array_equal(weights(room), before)


def test_the_rate_changes_while_it_learns_and_other_pictures_begin_anew(room, qtbot):
    qtbot.mouseClick(room.step, LEFT)
    seen(qtbot, room, lambda it: it.epoch > 0)
    room.document.edit(lab(room).with_(rate=0.5, steps=3), "")
    qtbot.mouseClick(room.step, LEFT)
    seen(qtbot, room, lambda it: it.epoch == 1)
    room.document.edit(lab(room).with_(hidden=7), "")
    seen(qtbot, room, lambda it: it.epoch == 0 and len(it.machine.hidden) == 7)
    room.document.edit(lab(room).with_(data="painted"), "")
    seen(qtbot, room, lambda it: it.pictures.side == 8)


def test_the_chain_goes_on_when_it_is_asked_to_and_begins_from_noise(room, qtbot):
    chain = room.view.chain
    qtbot.mouseClick(chain.on, LEFT)
    assert [len(row.pictures) for row in chain.tiles.rows] == [2, 2]
    qtbot.mouseClick(chain.noise, LEFT)
    assert [len(row.pictures) for row in chain.tiles.rows] == [1, 1]
    first = chain.tiles.rows[0].pictures[0]
    qtbot.mouseClick(chain.picture, LEFT)
    picture = chain.tiles.rows[0].pictures[0].ravel().tolist()
    assert picture in room.view._seen.pictures.test.tolist()
    assert first.shape == (4, 4)
    for _ in range(12):
        qtbot.mouseClick(chain.on, LEFT)
    assert len(chain.tiles.rows[0].pictures) == 6


def test_reconstructions_stand_below_their_pictures(room):
    given, made = room.view.made.tiles.rows
    machine, pictures = room.view._seen.machine, room.view._seen.pictures.test[:6]
    np.testing.assert_array_equal(given.pictures.reshape(6, 16), pictures)
    np.testing.assert_array_equal(made.pictures.reshape(6, 16), machine.reconstructed(pictures))
    assert set(room.view.made.tiles.columns()) == {"row", "picture", "y", "x", "value"}


def test_what_is_painted_is_learnt(room, qtbot):
    view = room.view
    assert not view.pattern.isVisible()
    room.document.edit(lab(room).with_(data="painted"), "")
    assert view.pattern.isVisible()
    qtbot.mouseClick(view.patterns.empty, LEFT)
    qtbot.mouseClick(view.pattern, LEFT, pos=view.pattern.cell(2, 3).center().toPoint())
    assert lab(room).patterns[-1][2 * 8 + 3] == "1"
    seen(qtbot, room, lambda it: len(it.pictures.train) == 7 and it.pictures.train[-1].sum() == 1)


def test_weights_that_run_away_are_told_and_stop_it(room, qtbot):
    seen(qtbot, room, lambda it: True)
    room.view._apprentice._learning.machine.weights[:] = 1e7
    qtbot.mouseClick(room.run, LEFT)
    qtbot.waitUntil(lambda: not room.view.running)
    assert "ran away" in room.told.text()
    qtbot.mouseClick(room.reset, LEFT)
    seen(qtbot, room, lambda it: it.epoch == 0 and not it.diverged)


def test_what_it_remembers_goes_on_in_another_room_to_the_bit(open_room, room, qtbot):
    for _ in range(3):
        qtbot.mouseClick(room.step, LEFT)
    seen(qtbot, room, lambda it: it.epoch > 1)
    other = open_room(lab(room))
    other.view.restore(room.view.memory())
    seen(qtbot, other, lambda it: it.epoch > 1)
    for each in (room, other):
        qtbot.mouseClick(each.step, LEFT)
        seen(qtbot, each, lambda it: it.epoch == 2)
    np.testing.assert_array_equal(weights(room), weights(other))


def test_only_digits_can_be_used_in_a_network(room, qtbot):
    assert not room.view.use.isEnabled()
    qtbot.mouseClick(room.step, LEFT)
    seen(qtbot, room, lambda it: it.epoch > 0)
    assert not room.view.use.isEnabled()
    room.document.edit(lab(room).with_(data="digits"), "")
    seen(qtbot, room, lambda it: it.pictures.side == 8)
    assert not room.view.use.isEnabled()
    qtbot.mouseClick(room.step, LEFT)
    qtbot.waitUntil(room.view.use.isEnabled)
