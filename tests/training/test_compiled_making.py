"""Machine code is made ready behind a program that goes on, and what is outdated is taken away."""

import errno
import os
import sys
from pathlib import Path
from threading import Event
from time import time

import numpy as np
import pytest
from machines import needs_numba, read_by_python

from playground.training.compiled import building, making
from playground.training.compiled.making import READY, STARTED, Making

LONG = 60.0


@pytest.fixture
def workshop(monkeypatch):
    """Making, without Numba: a list of what happened, and what is compiled already."""
    happened, ready = [], set()
    monkeypatch.setattr(making, "is_ready", lambda dtype: dtype.name in ready)
    monkeypatch.setattr(making, "can_be_kept", lambda: True)
    monkeypatch.setattr(making, "code_of", lambda dtype: happened.append(f"loaded {dtype.name}"))
    monkeypatch.setattr(making, "NOT_KEPT", [])
    monkeypatch.setattr(
        Making, "_compile_elsewhere", lambda self, precision: happened.append(f"compiled {precision}")
    )
    return happened, ready


def made(happened, *precisions):
    work = Making(precisions, happened.append, lambda precision: happened.append(f"made {precision}"))
    work.start()
    work._thread.join(LONG)
    return happened


def test_what_is_not_compiled_is_compiled_elsewhere_and_then_loaded(workshop):
    happened, ready = workshop
    ready.add("float64")
    assert made(happened, "float32", "float64") == [
        STARTED, "compiled float32", "loaded float32", "made float32", "loaded float64", "made float64", READY
    ]  # fmt: skip


def test_what_is_compiled_is_loaded_without_a_word(workshop):
    happened, ready = workshop
    ready.add("float32")
    assert made(happened, "float32") == ["loaded float32", "made float32"]


def test_a_folder_that_cannot_be_written_is_said_and_does_without(workshop, monkeypatch):
    happened, _ = workshop
    monkeypatch.setattr(making, "can_be_kept", lambda: False)
    monkeypatch.setattr(making, "NOT_KEPT", ["read-only"])
    first, *others, last = made(happened, "float32")
    assert (first, others) == (STARTED, ["loaded float32", "made float32"])
    assert "read-only" in str(last)


def test_a_program_that_ends_gives_up_the_other_process(workshop, monkeypatch):
    happened, _ = workshop
    monkeypatch.undo()
    monkeypatch.setattr(making, "is_ready", lambda dtype: False)
    monkeypatch.setattr(making, "can_be_kept", lambda: True)
    monkeypatch.setattr(making, "code_of", lambda dtype: happened.append("loaded"))
    monkeypatch.setattr(making, "COMPILE", "import time; time.sleep(600)")
    started = Event()
    work = Making(("float32",), lambda words: started.set(), happened.append)
    work.start()
    assert started.wait(LONG)
    assert work.stop(LONG)
    assert happened == []


@needs_numba
@pytest.mark.timeout(600)
def test_another_process_can_import_what_it_needs(monkeypatch, tmp_path):
    """From whatever folder the program was started."""
    monkeypatch.chdir(tmp_path)
    written = tmp_path / "there"
    command = "import playground.training.compiled.making; open({path!r}, 'w').close()"
    monkeypatch.setattr(making, "COMPILE", command.replace("{path!r}", repr(str(written))))
    Making((), print, print)._compile_elsewhere("float32")
    assert written.exists()
    assert sys.executable


# --- the cache folder -------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(building, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(building, "fingerprint", lambda: "0123456789abcdef")
    (tmp_path / "__pycache__").mkdir()
    return tmp_path


def files_of(folder, letters, age_in_days):
    names = [
        f"compiled_{letters}.py",
        f"compiled_{letters}.float32",
        f"__pycache__/compiled_{letters}.run-3.nbi",
    ]
    then = time() - age_in_days * 24 * 3600
    for name in names:
        (folder / name).write_text("")
        os.utime(folder / name, (then, then))
    return [folder / name for name in names]


def test_files_of_versions_that_nobody_uses_any_more_are_removed(folder):
    old = files_of(folder, "a" * 16, 30)
    lately, present = files_of(folder, "b" * 16, 1), files_of(folder, "0123456789abcdef", 300)
    other = folder / "notes.txt"
    other.write_text("")
    building._remove_outdated()
    assert not any(file.exists() for file in old)
    assert all(file.exists() for file in (*lately, *present, other))


def test_a_version_that_is_used_stays_however_old_it_is(folder):
    """Each start marks what it uses."""
    files = files_of(folder, "a" * 16, 30)
    files[1].touch()
    building._remove_outdated()
    assert all(file.exists() for file in files)


def test_whether_something_can_be_kept_is_tried(folder, monkeypatch):
    assert building.can_be_kept()
    blocked = folder / "file"
    blocked.write_text("no folder")
    monkeypatch.setattr(building, "cache_folder", lambda: blocked)
    assert not building.can_be_kept()


def test_a_full_folder_keeps_no_half_a_file(folder, monkeypatch):
    def full(self, *_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    assert not building.can_be_kept()
    assert not [file for file in folder.rglob("*") if file.is_file()]


def test_what_is_loaded_is_at_hand(monkeypatch):
    monkeypatch.setattr(building, "AT_HAND", set())
    monkeypatch.setattr(building, "_code_of", read_by_python)
    assert not building.is_at_hand(np.dtype("float32"))
    building.code_of(np.dtype("float32"))
    assert building.is_at_hand(np.dtype("float32"))
