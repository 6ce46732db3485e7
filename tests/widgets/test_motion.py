"""Less motion: as the person or the system says, at once, everywhere, and nothing is left half-way."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QSettings
from PySide6.QtWidgets import QApplication, QWidget

from widgets import motion as place
from widgets.canvas.slide import Slide
from widgets.motion import CALM, Calm, Motion, motion
from widgets.plots.graph.messages import MessageClock
from widgets.preferences import Preferences

WIDGETS = Path(place.__file__).parent
ANIMATIONS = {
    "QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie", "QParallelAnimationGroup",
    "QSequentialAnimationGroup", "QGraphicsItemAnimation", "startTimer",
}  # fmt: skip
STILL = {
    "asking": "asks again after a rest", "garbage": "nothing is seen of it", "keeper": "saves",
    "judging": "sees whether a goal is reached", "panel": "tells what was done",
    "presence": "asks whether files are there", "reader": "tells how far reading is",
    "repeating": "tells how far trainings are", "reporting": "draws a file",
    "rings": "follows what was moved",
    "searching": "at most 2.5 times a second", "shooting": "draws a film, and tells how far that is",
    "stages": "about once a second, and only on request", "view": "drawn by Calm (laboratories)",
    "views": "each once", "waiting": "tells the seconds",
}  # fmt: skip
"""Modules with timers that move nothing, and what they do instead."""


@pytest.fixture(autouse=True)
def usual():
    motion.choose(False)
    yield
    motion.choose(False)


@pytest.fixture
def fresh(qapp):
    """Motion as it is before anybody chose."""
    motion_of_its_own = Motion()
    yield motion_of_its_own
    motion_of_its_own.choose(False)


class Hints:
    """What Qt tells of the system, from 6.12 on."""

    def __init__(self, name):
        self.name = name
        self.told = []
        self.motionPreferenceChanged = self

    def connect(self, slot):
        self.told.append(slot)

    def motionPreference(self):
        return self


# --- who says so ---


@pytest.mark.parametrize(("system", "reduced"), [("ReducedMotion", True), ("NoPreference", False)])
def test_at_first_it_is_as_the_system_says(fresh, monkeypatch, system, reduced):
    monkeypatch.setattr(place, "_hints", lambda: Hints(system))
    fresh.choose(None)
    assert fresh.reduced is reduced


def test_without_a_word_of_the_system_nothing_is_reduced(fresh, monkeypatch):
    monkeypatch.setattr(place, "_hints", lambda: None)
    fresh.choose(None)
    assert not fresh.reduced


def test_it_follows_the_system_until_the_person_chooses(fresh, monkeypatch):
    hints = Hints("NoPreference")
    monkeypatch.setattr(place, "_hints", lambda: hints)
    fresh.choose(None)
    hints.name = "ReducedMotion"
    hints.told[0](hints)
    assert fresh.reduced
    fresh.choose(False)
    hints.told[0](hints)
    assert not fresh.reduced


@pytest.mark.parametrize("kept", [None, True, False])
def test_the_choice_is_kept_in_a_file_of_settings(tmp_path, kept):
    def store():
        return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))

    first = store()
    if kept is not None:
        first.reduced_motion = kept
        first.flush()
    assert store().reduced_motion is kept


@pytest.mark.parametrize("kept", ["", "perhaps", 7, [True]])
def test_a_choice_that_is_none_is_the_system_s(kept):
    store = Preferences.unkept()
    store._settings.setValue("reduced_motion", kept)
    assert store.reduced_motion is None


# --- what does not move ---


def test_the_text_cursor_does_not_blink_and_blinks_again_later(qapp):
    before = qapp.cursorFlashTime()
    motion.choose(True)
    assert QApplication.cursorFlashTime() == 0
    motion.choose(False)
    assert QApplication.cursorFlashTime() == before


def test_a_card_is_at_its_place_at_once(qapp, qtbot):
    motion.choose(True)
    slide = Slide(qapp)
    slide.start({"a": QPointF(100, 0)}, 10_000)
    assert slide.offsets() == {}


def test_a_card_on_its_way_arrives_when_motion_is_reduced(qapp, qtbot):
    slide = Slide(qapp)
    slide.start({"a": QPointF(100, 0)}, 10_000)
    assert slide.offsets()
    with qtbot.waitSignal(slide.moved):
        motion.choose(True)
    assert slide.offsets() == {}


def test_messages_stand_still_and_move_on_later(qapp):
    clock = MessageClock(qapp)
    clock.run(True)
    motion.choose(True)
    assert not clock._timer.isActive()
    clock.run(True)
    assert not clock._timer.isActive()
    motion.choose(False)
    assert clock._timer.isActive()
    clock.run(False)


class Painted(QWidget):
    times = 0

    def paintEvent(self, event):
        self.times += 1


def test_what_runs_is_drawn_now_and_then_and_at_the_end(qtbot):
    widget = Painted()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    calm = Calm(widget)
    motion.choose(True)
    calm.run(True)
    before = widget.times
    for _ in range(20):
        widget.update()
        qtbot.wait(1)
    assert widget.times == before
    qtbot.waitUntil(lambda: widget.times == before + 1)
    calm.run(False)
    assert widget.updatesEnabled()
    qtbot.waitUntil(lambda: widget.times > before + 1)


def test_nothing_can_flash_more_than_three_times_a_second():
    assert 1000 / CALM < 3
    motion.choose(True)
    assert motion.pause(16) == CALM
    assert motion.pause(1000) == 1000
    assert motion.time(150) == 0
    motion.choose(False)
    assert (motion.pause(16), motion.time(150)) == (16, 150)


# --- everywhere ---


def names_in(path):
    """Every name that a module uses, and whether it has a timer that goes on by itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    ticks = any(
        isinstance(call.func, ast.Name)
        and call.func.id == "QTimer"
        and "singleShot" not in {keyword.arg for keyword in call.keywords}
        for call in calls
    )
    busy = any(
        isinstance(call.func, ast.Attribute)
        and call.func.attr == "setRange"
        and [getattr(argument, "value", None) for argument in call.args] == [0, 0]
        for call in calls
    )
    return names, ticks, busy


def test_all_that_could_move_asks_first():
    for path in sorted(WIDGETS.rglob("*.py")):
        names, ticks, busy = names_in(path)
        moves = names & ANIMATIONS or busy or (ticks and path.stem not in STILL)
        if moves and path.name != "motion.py":
            assert names & {"motion", "Calm"}, f"{path} moves by itself and does not ask widgets.motion"


def test_every_timer_that_is_said_to_be_still_is_there():
    timed = {path.stem for path in WIDGETS.rglob("*.py") if names_in(path)[1]}
    assert timed >= STILL.keys()
