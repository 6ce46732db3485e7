"""The program starts whatever is in its settings, its recent files and its recovery folder."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QPushButton

from widgets import presence
from widgets.dialogs import questions
from widgets.main_window import MainWindow
from widgets.preferences import RECENT_FILES, WATCHABLE, Preferences

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start(qtbot, tmp_path):
    """Starts the window as the program does, with these preferences, and closes it in the end."""
    windows = []

    def start(preferences, recovery_folder=None):
        window = MainWindow(preferences, recovery_folder=recovery_folder or tmp_path / "recovery")
        windows.append(window)
        window.show()
        window.welcome.show()
        window.offer_recovery()
        qtbot.waitUntil(lambda: window.workspace.link.latest is not None, timeout=10_000)
        return window

    yield start
    for window in windows:
        window.give_up()
        window.deleteLater()


@pytest.fixture
def things(tmp_path):
    """Whatever may be behind a recent file."""
    folder = tmp_path / "things"
    folder.mkdir()
    good = folder / "good.nnplay"
    good.write_text("{}")
    (folder / "dangling.nnplay").symlink_to(folder / "nowhere")
    (folder / "loop.nnplay").symlink_to(folder / "loop.nnplay")
    return {
        "good": good,
        "missing": folder / "missing.nnplay",
        "long": folder / ("n" * 300 + ".nnplay"),
        "folder": folder,
        "dangling": folder / "dangling.nnplay",
        "loop": folder / "loop.nnplay",
        "below a file": good / "a.nnplay",
        "nul": Path(f"{folder}/a\0b.nnplay"),
    }


def recent_entries(window):
    return {action.toolTip(): action for action in window.welcome.menu.actions() if action.toolTip()}


def buttons(window):
    return {button.toolTip(): button for button in window.welcome.page.findChildren(QPushButton)}


@pytest.mark.parametrize(
    "name", ["good", "missing", "long", "folder", "dangling", "loop", "below a file", "nul"]
)
def test_a_recent_file_that_cannot_be_opened_is_marked(qtbot, start, things, name):
    preferences = Preferences.unkept()
    preferences._settings.setValue("recent", [str(things[name])])
    window = start(preferences)
    if name == "nul":
        assert preferences.recent == []
        return
    action, button = recent_entries(window)[str(things[name])], buttons(window)[str(things[name])]
    if name == "good":
        qtbot.wait(100)
        assert action.isEnabled()
        assert button.isEnabled()
    else:
        qtbot.waitUntil(lambda: not action.isEnabled() and not button.isEnabled(), timeout=5_000)
        assert action.text().endswith("(missing)")
        assert button.text().endswith("(missing)")
    assert len(button.text()) < 70


def test_a_file_that_nobody_may_look_at_is_marked(qtbot, start, things, monkeypatch):
    stat = os.stat

    def refuse(path, *arguments, **words):
        if path == things["good"]:
            raise PermissionError(13, "Permission denied")
        return stat(path, *arguments, **words)

    monkeypatch.setattr(os, "stat", refuse)
    preferences = Preferences.unkept()
    preferences.add_recent(things["good"])
    window = start(preferences)
    action = recent_entries(window)[str(things["good"])]
    qtbot.waitUntil(lambda: not action.isEnabled(), timeout=5_000)


def test_a_share_that_does_not_answer_holds_nothing_up_and_may_answer_late(qtbot, start, things, monkeypatch):
    waiting, asked = threading.Event(), []

    def hang(path):
        asked.append(path)
        return waiting.wait(30)

    monkeypatch.setattr(presence, "isfile", hang)
    monkeypatch.setattr(presence, "LIMIT", 0.05)
    preferences = Preferences.unkept()
    preferences.add_recent(things["good"])
    window = start(preferences)
    action = recent_entries(window)[str(things["good"])]
    qtbot.waitUntil(lambda: action.text().endswith("(does not answer)"), timeout=5_000)
    assert not action.isEnabled()
    window.welcome.show()  # asks again, but not on one more thread
    assert asked == [things["good"]]
    waiting.set()
    qtbot.waitUntil(lambda: recent_entries(window)[str(things["good"])].isEnabled(), timeout=5_000)
    assert buttons(window)[str(things["good"])].isEnabled()


@pytest.mark.parametrize(
    "kept",
    [None, 5, "", "a.nnplay", {"a": 1}, [1, None, ["b"]], b"\xff", [""], ["\0"], float("nan")],
    ids=repr,
)
def test_recent_files_that_are_no_list_of_files_are_none(start, kept):
    preferences = Preferences.unkept()
    preferences._settings.setValue("recent", kept)
    assert preferences.recent == []
    start(preferences)


def test_a_name_that_no_text_can_hold_is_not_remembered_wrongly(tmp_path):
    preferences = Preferences.unkept()
    preferences.add_recent(tmp_path / os.fsdecode(b"\xff.nnplay"))
    assert preferences.recent == []


def test_the_same_file_is_listed_once_and_there_is_an_end(tmp_path):
    preferences = Preferences.unkept()
    names = [str(tmp_path / f"{number}.nnplay") for number in range(50)]
    preferences._settings.setValue("recent", [names[0], names[0], *names])
    assert preferences.recent == [Path(name) for name in names[:RECENT_FILES]]


def test_a_single_ampersand_in_a_name_is_shown(start, tmp_path):
    preferences = Preferences.unkept()
    preferences.add_recent(tmp_path / "R&D.nnplay")
    window = start(preferences)
    assert recent_entries(window)[str(tmp_path / "R&D.nnplay")].text().startswith("R&&D.nnplay")


@pytest.mark.parametrize("speed", ["nan", "-5", "0", "fast", [], {}, "1e400", b"\0"], ids=repr)
def test_a_speed_that_is_none_starts_at_one_that_is(start, speed):
    preferences = Preferences.unkept()
    preferences._settings.setValue("speed", speed)
    assert preferences.speed == (None if speed == "1e400" else WATCHABLE)
    start(preferences)


GARBLED = {
    "not settings": b"\xff\xfe\0\0garbage\n[[[=\n]=",
    "half a line": b"[General]\nrecent=@Var",
    "other kinds": b"[General]\nrecent=@Rect(1 2 3 4)\ntheme=@Point(1 2)\nspeed=@ByteArray(x)\n"
    b"start_page=@Size(1 1)",
    "lists": b"[General]\nrecent=a, b\ntheme=a, b\nspeed=1, 2\nstart_page=a, b\n"
    b"[layout]\ngeometry=1, 2\nplots=a, b",
    "layout": b"[layout]\ngeometry=@ByteArray(\\x1\\xd9\\xd0\\xcb)\n"
    b"docks=@ByteArray(\\0\\0\\0\\xff\\xff\\xff)\nplots=@Rect(1 2 3 4)",
    "layout of words": b"[layout]\ngeometry=wide\ndocks=left\nplots=every",
}


@pytest.mark.parametrize("content", GARBLED.values(), ids=GARBLED)
def test_garbled_settings_start_as_fresh_ones(qtbot, start, tmp_path, content):
    file = tmp_path / "settings.ini"
    file.write_bytes(content)
    window = start(Preferences(QSettings(str(file), QSettings.Format.IniFormat)))
    qtbot.waitUntil(lambda: window.design.plots is not None, timeout=10_000)
    assert window.isVisible()
    assert window.preferences.recent == []
    assert window.preferences.theme == "system"


def test_settings_that_can_neither_be_read_nor_written_do_not_hinder(start, tmp_path):
    file = tmp_path / "settings.ini"
    file.mkdir()
    window = start(Preferences(QSettings(str(file), QSettings.Format.IniFormat)))
    window.preferences.add_recent(tmp_path / "a.nnplay")
    window.commands.set_theme("dark")
    window.give_up()


@pytest.mark.parametrize("kind", ["file", "dangling", "loop", "long", "below a file"])
def test_a_recovery_folder_that_cannot_be_does_not_hinder(start, tmp_path, kind):
    place = tmp_path / "place"
    match kind:
        case "file":
            place.write_text("")
        case "dangling":
            place.symlink_to(tmp_path / "nowhere")
        case "loop":
            place.symlink_to(place)
        case "long":
            place = tmp_path / ("n" * 300)
        case _:
            (tmp_path / "a").write_text("")
            place = tmp_path / "a" / "b"
    window = start(Preferences.unkept(), recovery_folder=place)
    assert window.workspace.notice.text == ""


def test_odd_things_in_the_recovery_folder_do_not_hinder(qtbot, start, tmp_path):
    folder = tmp_path / "recovery"
    folder.mkdir()
    (folder / "a.nnplay").mkdir()
    (folder / "b.nnplay").symlink_to(folder / "nowhere")
    (folder / "c.nnplay").symlink_to(folder / "c.nnplay")
    (folder / "d.nnplay").write_bytes(b"")
    (folder / "d.owner").mkdir()
    (folder / "e.nnplay").write_bytes(b"PK garbage")
    (folder / "e.owner").write_bytes(b"\xff\0\n" * 200)
    window = start(Preferences.unkept(), recovery_folder=folder)
    assert window.isVisible()
    for found in window.workspace.filing.keeper.recoverable():
        window.workspace.filing.recover(found)
    qtbot.wait(200)
    assert window.workspace.document.path is None


STARTED = """
import sys
from PySide6.QtCore import QTimer
from widgets import app, main_window

class Window(main_window.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(1500, self.work)
        QTimer.singleShot(2500, self.give_up)

    def work(self):
        self.workspace.draw_new_weights()
        self.workspace.filing.keeper.keep()

app.MainWindow = Window
sys.exit(app.run())
"""


def unwritable(kind, tmp_path):
    home = tmp_path / "home"
    match kind:
        case "a file":
            home.write_text("")
        case "missing":
            pass
        case "kernel":
            return Path("/proc/self")  # nobody can write there, not even root
    return home


@pytest.mark.parametrize("kind", ["a file", "missing", "kernel"])
def test_the_program_starts_and_ends_with_a_home_folder_that_cannot_be_written(kind, tmp_path):
    home = unwritable(kind, tmp_path)
    if kind == "kernel" and not home.is_dir():
        pytest.skip("this system has no such folder")
    free = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-c", STARTED],
        cwd=ROOT,
        env=free | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("answers", [True, False])
def test_a_dialog_begins_in_the_last_folder_that_answers(start, things, monkeypatch, answers):
    waiting, ticks = threading.Event(), []

    def hang(path):
        return True if answers else waiting.wait(30)

    monkeypatch.setattr(presence, "isdir", hang)
    monkeypatch.setattr(presence, "LIMIT", 0.2)
    preferences = Preferences.unkept()
    preferences.add_recent(things["good"])
    window = start(preferences)
    begun = []
    monkeypatch.setattr(questions, "file_to_open", lambda _parent, folder: begun.append(folder))
    monkeypatch.setattr(questions, "file_to_save", lambda _parent, path: begun.append(path.parent))
    timer = QTimer(interval=10)
    timer.timeout.connect(lambda: ticks.append(len(begun)))
    timer.start()
    window.actions_["open"].trigger()
    window.actions_["save_as"].trigger()
    assert begun == [things["good"].parent if answers else Path.home()] * 2
    assert answers or {0, 1} <= set(ticks)  # the window lives while it waits
    waiting.set()
