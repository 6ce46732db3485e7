"""Every laboratory has the same manner: it steps, runs, rests, and is reached by keys and in both themes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from playground.labs import Laboratory
from widgets import theme
from widgets.motion import motion
from widgets.tab_order import go_on

LEFT = Qt.MouseButton.LeftButton

every_laboratory = pytest.mark.parametrize("kind", Laboratory.members(), ids=lambda kind: kind.tag())


@every_laboratory
def test_it_steps_runs_rests_and_takes_on_another_theme(open_room, qtbot, qapp, kind):
    room = open_room(kind.usual())
    qtbot.mouseClick(room.step, LEFT)
    qtbot.mouseClick(room.run, LEFT)
    assert room.run.text() == "Pause"
    theme.apply(qapp, "light")
    qtbot.mouseClick(room.run, LEFT)
    assert room.run.text() == "Run"
    theme.apply(qapp, "dark")
    for button in room.tries:
        qtbot.mouseClick(button, LEFT)
    qtbot.mouseClick(room.reset, LEFT)


def test_with_less_motion_what_runs_is_drawn_now_and_then(open_room, qtbot):
    room = open_room(Laboratory.members()[0].usual())
    motion.choose(True)
    try:
        room.run_or_pause()
        assert not room.updatesEnabled()
        room.run_or_pause()
        assert room.updatesEnabled()
    finally:
        motion.choose(False)


@every_laboratory
def test_it_is_gone_through_by_tab(open_room, qtbot, kind):
    room = open_room(kind.usual())
    room.back.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [room.back]
    for _ in range(80):
        go_on(room, forward=True)
        seen.append(QApplication.focusWidget())
    named = [widget for widget in seen if room.isAncestorOf(widget)]
    assert all(widget.accessibleName() or getattr(widget, "text", lambda: "")() for widget in named)
    assert {room.run, room.step, room.reset, room.save, room.back, *room.tries} <= set(named)
