"""What Windows does otherwise, faked: locks, open files, names, drives, addresses, processes and clocks."""

import errno
import importlib.util
import io
import subprocess
import sys
import types
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath

import pytest

from playground import folders, processes, words
from playground.cli import display
from playground.cli.typed_arguments import opened
from playground.data.tables import apart, stored
from playground.files import atomic, locking
from playground.files.atomic import reason, write_atomically
from playground.files.names import fits_windows, suggest
from playground.files.problem import FileProblem
from playground.search import addresses
from playground.search.addresses import address, lies_elsewhere
from playground.value import InvalidValue
from widgets import program


@pytest.fixture
def windows(monkeypatch):
    """This system says that it is Windows, to the modules that are asked."""
    for module in (atomic, addresses):
        monkeypatch.setattr(module, "sys", types.SimpleNamespace(platform="win32"))
    monkeypatch.setattr(atomic, "PAUSES", (0.0, 0.0, 0.0))


def of_windows(number, code=errno.EACCES):
    error = PermissionError(code, "") if code == errno.EACCES else OSError(code, "")
    error.winerror = number
    return error


# --- locks and open files ---


def test_a_lock_of_another_is_told_as_everywhere(monkeypatch):
    def refuse(*_arguments):
        raise PermissionError(errno.EACCES, "Permission denied")

    faked = types.SimpleNamespace(locking=refuse, LK_NBLCK=2)
    monkeypatch.setitem(sys.modules, "msvcrt", faked)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("locking_of_windows", locking.__file__)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with open(__file__, "rb") as file, pytest.raises(BlockingIOError):
        module.lock(file)


@pytest.mark.parametrize("times", [0, 2, 3])
def test_a_file_that_somebody_looks_at_for_a_moment_is_replaced_all_the_same(
    tmp_path, windows, monkeypatch, times
):
    target, tried, replace = tmp_path / "a", [], atomic.os.replace

    def busy(*paths):
        tried.append(paths)
        if len(tried) <= times:
            raise of_windows(32)
        replace(*paths)

    monkeypatch.setattr(atomic.os, "replace", busy)
    target.write_bytes(b"old")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert len(tried) == times + 1
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_stays_open_elsewhere_is_told_and_is_as_it_was(tmp_path, windows, monkeypatch):
    def busy(*_paths):
        raise of_windows(32)

    monkeypatch.setattr(atomic.os, "replace", busy)
    target = tmp_path / "table.csv"
    target.write_bytes(b"old")
    with pytest.raises(FileProblem, match="permission denied, or another program has it open"):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_what_windows_calls_an_error_says_more_than_what_python_makes_of_it():
    assert str(reason(of_windows(206, errno.ENOENT))) == "the name is too long"
    assert str(reason(of_windows(53, errno.ENOENT))) == "the network drive does not answer"
    assert str(reason(of_windows(2, errno.ENOENT))) == "there is no such file or folder"
    assert str(reason(PermissionError(errno.EACCES, ""))) == "permission denied"


# --- names ---

DEVICES = ("CON", "con.nnplay", "Aux.tar.gz", "COM1", "lpt9.csv", "com¹.txt", "NUL .csv", "CONOUT$")
OTHERS = ("a:b.csv", "what?.csv", "a|b", "ends.", "ends ", "tab\t.csv")


@pytest.mark.parametrize("name", [*DEVICES, *OTHERS])
def test_no_file_gets_a_name_that_is_none_there(tmp_path, windows, name):
    assert not fits_windows(name)
    with pytest.raises(FileProblem, match="this cannot be the name of a file"):
        write_atomically(tmp_path / name, b"")
    assert list(tmp_path.iterdir()) == []
    assert fits_windows(suggest(name, ".nnplay"))


@pytest.mark.parametrize("name", ["console.csv", "nul1", "com.csv", "学习.csv", ".hidden", "a.b.c", "com10"])
def test_names_that_only_look_like_those_are_names(tmp_path, windows, name):
    write_atomically(tmp_path / name, b"x")
    assert (tmp_path / name).read_bytes() == b"x"


# --- addresses ---


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///C:/Users/Ada/a%20b.nnplay", "C:/Users/Ada/a b.nnplay"),
        ("file://localhost/C:/a.nnplay", "C:/a.nnplay"),
        ("file://server/share/a.nnplay", "//server/share/a.nnplay"),
        ("FILE:///d:/a.nnplay", "d:/a.nnplay"),
        ("file:///C:/%E5%AD%A6.nnplay", "C:/学.nnplay"),
        ("C:\\a.nnplay", "C:\\a.nnplay"),
        ("xor", "xor"),
    ],
)
def test_an_address_of_a_file_is_its_path(uri, path):
    assert opened(uri, "win32") == path


def test_an_address_elsewhere_is_its_path_as_before():
    assert opened("file:///home/ada/a%20b.nnplay", "linux") == "/home/ada/a b.nnplay"


@pytest.mark.parametrize(
    ("path", "elsewhere"),
    [
        (r"\\server\share\a.db", True),
        (r"\\?\UNC\server\share\a.db", True),
        (r"\\?\C:\a.db", False),
        (r"C:\a.db", False),
        (r"Z:\a.db", True),
    ],
)
def test_a_share_is_known_whether_it_has_a_letter_or_not(monkeypatch, path, elsewhere):
    monkeypatch.setattr(addresses, "drive_type", lambda root: 4 if root.startswith("Z:") else 3)
    assert lies_elsewhere(PureWindowsPath(path).drive) is elsewhere


def test_a_database_on_a_share_is_refused_and_a_journal_is_not(windows, monkeypatch):
    monkeypatch.setattr(addresses, "lies_elsewhere", lambda _drive: True)
    with pytest.raises(InvalidValue, match=r"loses trials: call it \.journal"):
        address("search.db")
    with pytest.raises(InvalidValue, match="network drive"):
        address("sqlite:///search.db")
    assert address("search.journal").sort == "journal"


# --- processes ---


def test_processes_beside_a_window_open_none_for_text(monkeypatch):
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0x4000, raising=False)
    assert processes.flags(processes.HIDDEN, processes.BEHIND) == 0x08004000


def test_a_bundle_runs_its_modules_by_name_and_a_python_by_file(monkeypatch):
    assert processes.python_of(apart) == [sys.executable, apart.__file__]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert processes.python_of(apart) == [sys.executable, "-m", "playground.data.tables.apart"]


def test_a_parquet_file_is_read_in_a_bundle_too(tmp_path, monkeypatch):
    import polars as pl

    pl.DataFrame({"a": [1, 2]}).write_parquet(tmp_path / "a.parquet")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.chdir(Path(__file__).parents[1])  # where the modules of this Python are
    assert stored.parquet(tmp_path / "a.parquet", lambda _share: None)["a"].to_list() == [1, 2]


def test_a_program_without_a_terminal_says_in_its_window_what_is_wrong(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(
        program, "load_app", lambda: types.SimpleNamespace(run=lambda **how: asked.append(how) or 0)
    )
    monkeypatch.setattr(program.display, "check", lambda _environment: None)
    gone = str(tmp_path / "gone.nnplay")
    monkeypatch.setattr(sys, "stderr", None)
    assert program.window(gone, "") == 0
    assert asked[0]["problem"].startswith("Could not open")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with pytest.raises(FileProblem):
        program.window(gone, "")
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(program, "_opened", lambda _text: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # a fault of the program is none of the file
        program.window(gone, "")


class Terminal(io.StringIO):
    def __init__(self, is_one):
        super().__init__()
        self.is_one = is_one

    def isatty(self):
        return self.is_one


@pytest.mark.parametrize(
    ("platform", "tty", "environment", "processes", "reads"),
    [
        ("linux", True, {}, 0, True),
        ("linux", True, {"DESKTOP_STARTUP_ID": "1"}, 0, True),
        ("linux", False, {}, 0, True),  # a file, or a pipe
        ("linux", False, {"DESKTOP_STARTUP_ID": "1"}, 0, False),
        ("linux", False, {"XDG_ACTIVATION_TOKEN": "1"}, 0, False),
        ("win32", True, {}, 1, False),
        ("win32", True, {}, 2, True),
        ("win32", False, {}, 1, True),
    ],
)
def test_it_is_known_whether_somebody_reads_what_is_wrong(
    monkeypatch, platform, tty, environment, processes, reads
):
    monkeypatch.setattr(sys, "stderr", Terminal(tty))
    monkeypatch.setattr(display, "_processes_of_console", lambda: processes)
    assert display.has_terminal(environment, platform) is reads


# --- folders and clocks ---


def test_somebody_without_a_folder_has_one_all_the_same(monkeypatch):
    def none():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(folders.Path, "home", none)
    assert folders.home().is_dir()
    assert address("").path.name.endswith(".db")


@pytest.mark.parametrize("seconds", [-1e9, -1, 0, 1e9, 1e12, -1e20, float(2**63)])
def test_a_time_of_a_file_that_no_clock_knows_is_some_moment(seconds):
    assert words.moment_of(seconds).tzinfo is UTC
    assert words.moment(words.moment_of(seconds))


@pytest.mark.parametrize("error", [OSError(22, "Invalid argument"), OverflowError(), ValueError()])
def test_a_moment_that_the_clock_here_cannot_show_is_shown_as_it_is(error):
    class Stubborn(datetime):
        def astimezone(self, tz=None):
            raise error

    assert words.moment(Stubborn(1960, 1, 2, 3, 4, 5, tzinfo=UTC)) == "1960-01-02 03:04:05"
