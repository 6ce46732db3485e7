"""Unsaved work outlives a crash, and a running program's work is its own."""

import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playground.experiment import Experiment
from playground.files import experiment_file
from playground.files.autosave import DECLINED, KEPT, Autosave, recoverable, tidy
from playground.files.experiment_file import SavedExperiment
from playground.files.problem import FileProblem

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys
from pathlib import Path
from playground.experiment import Experiment
from playground.files.autosave import Autosave
from playground.files.experiment_file import SavedExperiment

folder, document = sys.argv[1:]
autosave = Autosave(Path(folder))
saved = SavedExperiment(Experiment(notes="of the other program"))
autosave.write(saved, Path(document) if document else None)
print("written", flush=True)
sys.stdin.readline()
"""


@contextmanager
def other_program(folder, document=""):
    """A program that has written its recovery file, and is killed at the end."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(document)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout.readline() == "written\n"
        yield
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def autosave(tmp_path):
    autosave = Autosave(tmp_path / "recovery")
    yield autosave
    autosave.discard()


def notes(text):
    return SavedExperiment(Experiment(notes=text))


def test_work_of_a_killed_program_is_recovered(tmp_path):
    document = tmp_path / "größer.nnplay"
    with other_program(tmp_path, document):
        assert recoverable(tmp_path) == []
    (recovered,) = recoverable(tmp_path)
    assert recovered.document == document
    assert abs(datetime.now(UTC) - recovered.time) < timedelta(minutes=1)
    assert recovered.load() == notes("of the other program")

    recovered.discard()
    assert recoverable(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_an_untitled_document_is_recovered_without_a_path(tmp_path):
    with other_program(tmp_path):
        pass
    (recovered,) = recoverable(tmp_path)
    assert recovered.document is None


def test_a_running_program_keeps_its_own(autosave, tmp_path):
    folder = tmp_path / "recovery"
    autosave.write(notes("mine"), None)
    assert recoverable(folder) == []
    with other_program(folder):
        assert recoverable(folder) == []
    assert [recovered.load().experiment.notes for recovered in recoverable(folder)] == [
        "of the other program"
    ]


def test_the_last_state_is_kept(tmp_path):
    folder = tmp_path / "recovery"
    autosave = Autosave(folder)
    autosave.write(notes("first"), None)
    autosave.write(notes("second, and in a file"), tmp_path / "a.nnplay")
    autosave.write(notes("third"), tmp_path / "b")
    autosave.leave()
    (recovered,) = recoverable(folder)
    assert recovered.document == tmp_path / "b"
    assert recovered.load() == notes("third")


def test_the_newest_comes_first(tmp_path):
    for age, text in enumerate(["today", "yesterday"]):
        autosave = Autosave(tmp_path)
        autosave.write(notes(text), None)
        time = datetime.now(UTC).timestamp() - 86_400 * age
        os.utime(autosave._file, (time, time))
        autosave.leave()
    assert [recovered.load().experiment.notes for recovered in recoverable(tmp_path)] == [
        "today",
        "yesterday",
    ]


def test_discarding_leaves_nothing(autosave, tmp_path):
    autosave.discard()
    autosave.write(notes("saved"), None)
    autosave.discard()
    assert list((tmp_path / "recovery").iterdir()) == []
    autosave.write(notes("changed again"), None)
    assert len(list((tmp_path / "recovery").iterdir())) == 2


def test_a_file_without_owner_is_recovered(tmp_path):
    experiment_file.save(tmp_path / "17-abcd.nnplay", notes("lost"))
    (recovered,) = recoverable(tmp_path)
    assert recovered.document is None
    assert recovered.load() == notes("lost")


def test_a_damaged_file_is_refused_when_it_is_loaded(tmp_path):
    (tmp_path / "17-abcd.nnplay").write_bytes(b"PK")
    (recovered,) = recoverable(tmp_path)
    with pytest.raises(FileProblem):
        recovered.load()


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert recoverable(tmp_path / "gone") == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    folder = tmp_path / "file" / "recovery"
    with pytest.raises(FileProblem) as problem:
        Autosave(folder).write(notes("mine"), None)
    assert str(problem.value) == f"Could not keep a recovery file in {folder}: there is no such folder."


# --- what was offered and declined, and what nobody needs -------------------------------------------


def left_behind(folder, text, document=None):
    autosave = Autosave(folder)
    autosave.write(notes(text), document)
    autosave.leave()
    return next(each for each in recoverable(folder) if each.load() == notes(text))


def test_declined_work_is_kept_for_a_week_and_not_offered_again(tmp_path):
    aside = left_behind(tmp_path, "not now", tmp_path / "größer.nnplay").decline()
    assert recoverable(tmp_path) == []
    assert aside.name.startswith("größer ")
    declined = datetime.now(UTC)
    tidy(tmp_path, declined + KEPT - timedelta(hours=1))
    assert experiment_file.load(aside) == notes("not now")
    tidy(tmp_path, declined + KEPT + timedelta(hours=1))
    assert list(tmp_path.rglob("*")) == [tmp_path / DECLINED]


def test_the_week_begins_when_work_is_declined(tmp_path):
    recovered = left_behind(tmp_path, "from long ago")
    os.utime(recovered.file, (0, 0))
    aside = recovered.decline()
    tidy(tmp_path, datetime.now(UTC))
    assert aside.exists()


def test_work_of_the_same_file_and_time_is_put_aside_side_by_side(tmp_path):
    for text in ("one", "two"):
        os.utime(left_behind(tmp_path, text, tmp_path / "a.nnplay").file, (0, 0))
    aside = {recovered.decline() for recovered in recoverable(tmp_path)}
    assert sorted(experiment_file.load(path).experiment.notes for path in aside) == ["one", "two"]


def test_what_cannot_be_put_aside_is_where_it_was(tmp_path):
    recovered = left_behind(tmp_path, "mine")
    (tmp_path / DECLINED).touch()
    with pytest.raises(FileProblem, match="aside"):
        recovered.decline()
    assert recovered.load() == notes("mine")


def test_tidying_leaves_what_is_offered_or_in_use(autosave, tmp_path):
    folder = tmp_path / "recovery"
    autosave.write(notes("mine"), None)
    left_behind(folder, "offered")
    before = sorted(folder.iterdir())
    tidy(folder, datetime.now(UTC) + 2 * KEPT)
    assert sorted(folder.iterdir()) == before


def test_what_a_program_had_begun_when_it_was_killed_is_tidied_away(tmp_path):
    (tmp_path / "17-abcd.owner").touch()
    (tmp_path / ".neural-playground-0123456789abcdef.tmp").touch()
    tidy(tmp_path, datetime.now(UTC))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_tidy(tmp_path):
    tidy(tmp_path / "gone", datetime.now(UTC))


def test_recovered_work_knows_what_its_file_held(tmp_path):
    document = tmp_path / "mine.nnplay"
    held = experiment_file.save(document, notes("old"))
    autosave = Autosave(tmp_path / "recovery")
    autosave.write(replace(notes("new"), fingerprint=held), document)
    autosave.leave()
    (recovered,) = recoverable(tmp_path / "recovery")
    assert recovered.document == document
    assert recovered.load().fingerprint == held == experiment_file.load(document).fingerprint
