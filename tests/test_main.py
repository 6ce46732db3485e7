"""The way in: help, version, and what is missing where no window can open."""

import ctypes
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from playground.cli import display
from playground.cli.arguments import parse
from playground.cli.called import called
from playground.cli.commands import Render, Train, Window
from playground.cli.usage import UsageProblem
from playground.files import laboratory_file
from playground.files.examples import examples
from playground.files.laboratory_file import SavedLaboratory
from playground.labs.hopfield import Hopfield
from playground.version import VERSION
from widgets.program import main

ROOT = Path(__file__).parent.parent


# --- arguments --------------------------------------------------------------------------------------


def test_arguments_become_a_command():
    assert parse([]) == Window(None)
    assert parse(["spiral"]) == Window("spiral")
    assert parse(["file:///home/a%20b/%C3%BC.nnplay"]) == Window("/home/a b/ü.nnplay")
    assert parse(["train", "spiral"]) == Train("spiral", None, None, None, None)
    assert parse(["train", "spiral", "--epochs", "3", "--save", "a"]) == Train(
        "spiral", 3, Path("a"), None, None
    )
    assert parse(["render", "spiral", "--out", "a.png"]) == Render(
        "spiral", Path("a.png"), None, None, "dark"
    )
    assert parse(
        ["render", "x", "--out", "a.PNG", "--epochs", "0", "--size", "1100x600", "--theme", "light"]
    ) == (Render("x", Path("a.PNG"), 0, (1100, 600), "light"))


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["render", "-h"]])
def test_help_explains_every_option(arguments, capsys):
    assert main(arguments) == 0
    text = capsys.readouterr().out
    assert text.startswith("usage: python main.py")
    assert "SOURCE" in text


def test_the_help_names_every_example(capsys):
    main(["--help"])
    names = ", ".join(example.name for example in examples())
    assert f"examples:\n  {names}\n" in capsys.readouterr().out


def test_the_version_is_the_projects(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"Neural Playground {VERSION}\n"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "playground.version.VERSION"}


def test_a_file_of_a_laboratory_opens_the_window_on_it(monkeypatch, tmp_path):
    path, opened = tmp_path / "memory.nnplay", []
    path.write_bytes(laboratory_file.dumps(SavedLaboratory(Hopfield())))
    monkeypatch.setattr(display, "check", lambda _: None)
    monkeypatch.setattr(
        "widgets.program.load_app", lambda: SimpleNamespace(run=lambda **given: opened.append(given) or 0)
    )
    assert main([str(path)]) == 0
    assert opened == [{"laboratory": path, "language": ""}]


def test_a_laboratory_cannot_be_trained_and_the_sentence_says_so(tmp_path, capsys):
    path = tmp_path / "memory.nnplay"
    path.write_bytes(laboratory_file.dumps(SavedLaboratory(Hopfield())))
    assert main(["train", str(path)]) == 2
    assert "holds a laboratory and no experiment" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("script", "typed"),
    [
        ("main.py", "python main.py"),
        ("/usr/bin/neural-playground", "neural-playground"),
        ("C:/Scripts/neural-playground.exe", "neural-playground"),
        ("/lib/python/widgets/__main__.py", "python -m widgets"),
    ],
)
def test_the_usage_says_what_was_typed(monkeypatch, script, typed):
    monkeypatch.setattr("sys.argv", [script])
    assert called() == typed


def test_help_imports_nothing_heavy():
    program = (
        "import sys, widgets.program as program; program.main(['train', '--help']);"
        "print({'numpy', 'pydantic', 'rich', 'PySide6'} & {*sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stderr == "set()\n"


# --- what is missing --------------------------------------------------------------------------------


@pytest.mark.parametrize("environment", [{}, {"QT_QPA_PLATFORM": "xcb"}, {"QT_QPA_PLATFORM": "wayland;xcb"}])
def test_without_a_display_there_is_no_window(environment):
    with pytest.raises(UsageProblem, match=r"no display\..*`train` and `render` work without one"):
        display.check(environment, "linux")


def test_missing_libraries_are_named_with_the_way_to_install_them(monkeypatch):
    def load(name):
        if name in ("libxcb-cursor.so.0", "libxkbcommon-x11.so.0"):
            raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", load)
    with pytest.raises(UsageProblem, match=r"sudo apt install libxcb-cursor0 libxkbcommon-x11-0$"):
        display.check({"DISPLAY": ":0"}, "linux")


def test_a_display_that_does_not_answer_is_said(monkeypatch):
    monkeypatch.setattr(display, "_loads", lambda library: True)
    monkeypatch.setattr(display, "_can_connect", lambda: False)
    with pytest.raises(UsageProblem, match="The display :77 does not answer"):
        display.check({"DISPLAY": ":77"}, "linux")


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux"),
        ({"QT_QPA_PLATFORM": "vnc:size=800x600"}, "linux"),
        ({}, "win32"),
        ({}, "darwin"),
    ],
)
def test_a_window_may_open_where_qt_needs_no_x11(environment, platform):
    display.check(environment, platform)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ModuleNotFoundError("No module named 'numpy'", name="numpy"), "The package numpy is missing."),
        (ModuleNotFoundError("No module named 'PySide6'", name="PySide6.QtCore"), "pip install -e"),
        (
            ImportError("libEGL.so.1: cannot open shared object file: No such file"),
            "sudo apt install libegl1",
        ),
        (ImportError("libodd.so.7: cannot open shared object file: No such file"), "libodd.so.7 is missing"),
        (ImportError("cannot import name 'x' from 'widgets'"), "Unexpected fault"),
        (ModuleNotFoundError("No module named 'widgets.x'", name="widgets.x"), "Unexpected fault"),
        (MemoryError(), "not enough memory"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_on_one_line(fault, words, monkeypatch, capsys):
    def fail(*_):
        raise fault

    monkeypatch.setattr("widgets.program.run", fail)
    assert main([]) == 2
    line, *more = capsys.readouterr().err.splitlines()
    assert words in line
    assert not more


def test_ctrl_c_before_training_is_quiet(monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("widgets.program.run", interrupt)
    assert main([]) == 130
    assert capsys.readouterr().err == ""
