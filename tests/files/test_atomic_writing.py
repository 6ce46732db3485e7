"""Saving may fail at any moment: the old file stays whole, nothing else is left, and a sentence says why."""

import errno
import os
import stat
from pathlib import Path

import pytest

from playground.experiment import Experiment
from playground.files import atomic
from playground.files.atomic import write_atomically
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
    assert str(problem.value) == f"Could not save to {path}: there is no such file or folder."


@pytest.mark.parametrize("name", ["", "a\0b", "\ud800"], ids=["empty", "null", "surrogate"])
def test_an_impossible_name_is_refused(tmp_path, name):
    with pytest.raises(FileProblem, match=r"^Could not save to "):
        write_atomically(tmp_path / name, b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_very_long_name_is_refused(tmp_path):
    with pytest.raises(FileProblem, match="the name is too long"):
        write_atomically(tmp_path / ("x" * 1000), b"new")
