"""Saving may fail at any moment: the old file stays whole, nothing else is left, and a sentence says why."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from playground.experiment import Experiment
from playground.files import atomic
from playground.files.atomic import check_writable, write_atomically
from playground.files.experiment_file import SavedExperiment, save
from playground.files.problem import FileProblem


def fail(*arguments, **keywords):
    raise OSError(errno.ENOSPC, "No space left on device")


class FullDisk:
    """A file that takes nothing."""

    def __init__(self, file):
        self._file = file

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._file.close()

    def fileno(self):
        return self._file.fileno()

    write = fail


def cannot_open(monkeypatch):
    monkeypatch.setattr(Path, "open", fail)


def cannot_write(monkeypatch):
    genuine = Path.open
    monkeypatch.setattr(Path, "open", lambda path, mode: FullDisk(genuine(path, mode)))


def cannot_flush_to_disk(monkeypatch):
    monkeypatch.setattr(atomic.os, "fsync", fail)


def cannot_copy_permissions(monkeypatch):
    monkeypatch.setattr(atomic.shutil, "copymode", fail)


def cannot_rename(monkeypatch):
    monkeypatch.setattr(atomic.os, "replace", fail)


@pytest.mark.parametrize(
    "trouble", [cannot_open, cannot_write, cannot_flush_to_disk, cannot_copy_permissions, cannot_rename]
)
def test_a_failure_leaves_the_old_file_whole(trouble, tmp_path):
    path = tmp_path / "mine.nnplay"
    path.write_bytes(b"old")
    with pytest.MonkeyPatch.context() as monkeypatch:
        trouble(monkeypatch)
        with pytest.raises(FileProblem) as problem:
            save(path, SavedExperiment(Experiment()))
    assert str(problem.value) == f"Could not save to {path}: no space left on the device."
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupt(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic.os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "mine.nnplay", b"new")
    assert list(tmp_path.iterdir()) == []


def test_the_new_file_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "mine.nnplay"
    path.write_bytes(b"old")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_new_file_has_the_permissions_of_the_old(tmp_path):
    path = tmp_path / "mine.nnplay"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few people make links")
def test_a_link_stays_a_link(tmp_path):
    target, link = tmp_path / "target.nnplay", tmp_path / "link.nnplay"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_file_that_may_only_be_read_is_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "lesson.nnplay"
    path.write_bytes(b"old")
    monkeypatch.setattr(atomic.os, "access", lambda path, mode: False)  # as if this were not the superuser
    with pytest.raises(FileProblem, match="permission denied"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_missing_folder_is_named(tmp_path):
    path = tmp_path / "gone" / "mine.nnplay"
    with pytest.raises(FileProblem) as problem:
        write_atomically(path, b"new")
    assert str(problem.value) == f"Could not save to {path}: there is no such folder."


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800"], ids=["empty", "null", "surrogate"])
def test_an_impossible_name_is_refused(tmp_path, name):
    with pytest.raises(FileProblem, match=r"^Could not save to "):
        write_atomically(tmp_path / name, b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_very_long_name_is_refused(tmp_path):
    with pytest.raises(FileProblem, match="the name is too long"):
        write_atomically(tmp_path / ("x" * 1000), b"new")


# --- before the work --------------------------------------------------------------------------------


def test_what_can_be_written_is_left_as_it_is(tmp_path):
    (tmp_path / "old").write_bytes(b"old")
    check_writable(tmp_path / "old")
    check_writable(tmp_path / "new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "it is a folder"),
        ("gone/a", "there is no such folder"),
        ("file/a", "there is no such folder"),
        ("x" * 300, "the name is too long"),
        ("a\0b", "this cannot be the name of a file"),
    ],
)
def test_what_cannot_be_written_is_said_as_writing_would_say_it(tmp_path, name, words):
    (tmp_path / "file").touch()
    with pytest.raises(FileProblem, match=words) as before:
        check_writable(tmp_path / name)
    with pytest.raises(FileProblem) as problem:
        write_atomically(tmp_path / name, b"new")
    assert str(before.value) == str(problem.value)


def test_a_device_is_not_replaced():
    with pytest.raises(FileProblem, match="it is not a file"):
        check_writable(Path(os.devnull))


def test_a_folder_where_nothing_can_be_made_is_said_before(tmp_path, monkeypatch):
    (tmp_path / "mine").write_bytes(b"old")
    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(FileProblem, match="no space left"):
        check_writable(tmp_path / "mine")


# --- programs that are killed -----------------------------------------------------------------------

WRITER = """
import os, sys, time
from pathlib import Path
from playground.files import atomic

def wait(_):
    print("begun", flush=True)
    time.sleep(60)

atomic.os.fsync = wait
atomic.write_atomically(Path(sys.argv[1]), b"new")
"""


@pytest.fixture
def writer(tmp_path):
    """Another program, in the middle of writing."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path / "other")],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert process.stdout.readline() == "begun\n"
    with process:
        yield process
        process.kill()


def test_what_a_killed_program_had_begun_is_removed_by_the_next_to_write(tmp_path, writer):
    writer.kill()
    writer.wait()
    assert len(list(tmp_path.iterdir())) == 1
    write_atomically(tmp_path / "mine", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]


def test_what_another_program_is_writing_is_left_alone(tmp_path, writer):
    (begun,) = tmp_path.iterdir()
    write_atomically(tmp_path / "mine", b"new")
    assert begun.exists()


def test_files_of_others_are_left_alone(tmp_path):
    others = [tmp_path / ".0123456789abcdef.tmp", tmp_path / "notes.tmp", tmp_path / ".neural-playground"]
    for path in others:
        path.touch()
    write_atomically(tmp_path / "mine", b"new")
    assert sorted(tmp_path.iterdir()) == sorted([*others, tmp_path / "mine"])


def test_a_file_that_is_taken_for_an_abandoned_one_is_begun_again(tmp_path, monkeypatch):
    taken = []

    def lock(file):
        if not taken:
            taken.append(file.name)
            os.unlink(file.name)

    monkeypatch.setattr(atomic, "lock", lock)
    write_atomically(tmp_path / "mine", b"new")
    assert taken
    assert (tmp_path / "mine").read_bytes() == b"new"


def test_a_file_system_without_locks_is_written_to(tmp_path, monkeypatch):
    def lock(file):
        raise OSError(errno.ENOLCK, "")

    monkeypatch.setattr(atomic, "lock", lock)
    write_atomically(tmp_path / "mine", b"new")
    assert (tmp_path / "mine").read_bytes() == b"new"
