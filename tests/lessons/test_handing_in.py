"""A pupil hands in, whatever names and folders are like; a teacher sees who did what, and nothing is lost."""

import csv
import io
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from playground.experiment import Experiment
from playground.files.archive import LESSON, pack
from playground.files.experiment_file import SavedExperiment, dumps, load
from playground.files.json_object import to_bytes
from playground.files.problem import FileProblem
from playground.lessons import handed_in, handing_in
from playground.lessons.handed_in import gathered, to_csv
from playground.lessons.handing_in import HandIn, done, earlier, hand_in, read_hand_in
from playground.lessons.progress import NEW, LessonProgress, ProgressBook
from playground.lessons.reading import parsed

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
PLAN = parsed(
    b"""
title = "Leaves"
summary = "About leaves."
[[steps]]
title = "One"
[[steps.goals]]
kind = "choice"
question = "Which?"
choices = ["oak", "beech"]
right = 2
[[steps.goals]]
kind = "number"
question = "How many?"
value = 2
[[steps]]
title = "Two"
[[steps.goals]]
kind = "epochs"
at_least = 5
""",
    "leaves.toml",
)
SAVED = SavedExperiment(Experiment())


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "Class 7b"
    place.mkdir()
    (place / "leaves.toml").write_text('title = "Leaves"', encoding="utf-8")
    return place


def record(pupil="Ada", author="a" * 16, progress=NEW, time=NOON, **changes):
    return HandIn(
        pupil=pupil,
        author=author,
        lesson="Leaves",
        file="leaves.toml",
        time=time,
        goals=done(PLAN, progress, str),
        **changes,
    )


def given(folder, *arguments, **named):
    path = hand_in(folder, folder / "leaves.toml", SAVED, record(*arguments, **named))
    stamp = NOON.timestamp()
    os.utime(path, (stamp, stamp))
    return path


def rows(folder, **named):
    return gathered(folder, now=NOON + timedelta(days=1), **named)


# --- what is handed in ---


def test_what_was_reached_and_answered_goes_with_the_experiment(folder):
    progress = (
        NEW.answered(0, 0, 1.0).answered(0, 0, 2.0).having(0, 0).answered(0, 0, 1.0).answered(0, 1, 2.0)
    )
    path = given(folder, progress=progress.having(0, 1))
    assert path == folder / "handed-in" / "leaves" / "Ada.nnplay"
    assert load(path).experiment == SAVED.experiment
    found = read_hand_in(path)
    assert [(goal.reached, goal.given, goal.tries) for goal in found.goals] == [
        (True, "beech", 2),  # what was chosen after it was right does not count
        (True, "2", 1),
        (False, "", 0),
    ]
    assert (found.reached, found.right, found.at_once, len(found.questions)) == (2, 2, 1, 2)


def test_answers_are_kept_between_starts_and_none_were_kept_before():
    progress = NEW.answered(1, 0, 0.25)
    book = ProgressBook({"a": progress})
    assert ProgressBook.read(book.written()).of("a") == progress
    assert ProgressBook.read('{"a": {"step": 2, "reached": [[0, 0]]}}').of("a") == LessonProgress(
        step=2, reached=frozenset({(0, 0)})
    )
    assert NEW.answered(0, 0, float("nan")) == NEW


def test_a_choice_that_the_lesson_no_longer_has_says_nothing():
    assert done(PLAN, NEW.answered(0, 0, 7.0), str)[0].given == ""


def test_the_same_person_replaces_and_another_of_the_same_name_does_not(folder):
    first = given(folder, "Ada")
    again = given(folder, "Ada", progress=NEW.having(1, 0))
    other = given(folder, "Ada", "b" * 16)
    assert first == again
    assert read_hand_in(first).reached == 1
    assert other.name == "Ada 2.nnplay"
    assert earlier(folder, folder / "leaves.toml", "Ada", "b" * 16) == NOON
    assert earlier(folder, folder / "leaves.toml", "Ada", "c" * 16) is None
    assert given(folder, "Ada", "b" * 16) == other  # each finds the own one again
    assert [row.pupil for row in rows(folder)] == ["Ada", "Ada"]


def test_a_damaged_file_of_that_name_is_left_where_it_is(folder):
    path = given(folder)
    path.write_bytes(path.read_bytes()[:200])
    assert given(folder).name == "Ada 2.nnplay"
    assert path.stat().st_size == 200


NAMES = {
    "A/B": "A-B",
    "小明": "小明",
    "Ends. . .": "Ends",
    "..": "-",
    "CON": "_CON",
    "nul.x": "_nul.x",
    "学" * 80: "学" * 66,
    "a\x00b": "a-b",
    "Zoe\u0308": "Zoë",
    'Ad"a': "Ad-a",
}


@pytest.mark.parametrize(("pupil", "name"), NAMES.items(), ids=map(ascii, NAMES))
def test_any_name_is_one_of_a_file_and_stands_as_it_was_in_the_table(folder, pupil, name):
    path = given(folder, pupil)
    assert path.name == f"{name}.nnplay"
    assert [row.pupil for row in rows(folder)] == [pupil]
    assert given(folder, pupil, "b" * 16).parent == path.parent


# --- where it cannot be handed in ---


def test_a_folder_that_is_gone_is_told_and_not_made(tmp_path):
    with pytest.raises(FileProblem, match="The folder of the class is not there"):
        given(tmp_path / "gone")
    assert not (tmp_path / "gone").exists()


def test_a_disk_that_is_full_is_told_and_leaves_no_empty_file(folder, monkeypatch):
    def full(path, _saved):
        raise FileProblem(handing_in.say("x", "no space left on the device"))

    monkeypatch.setattr(handing_in, "save", full)
    with pytest.raises(FileProblem, match="no space"):
        given(folder)
    assert list((folder / "handed-in" / "leaves").iterdir()) == []


def test_a_folder_that_can_only_be_read_is_told(folder, monkeypatch):
    def refused(*_arguments, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(handing_in.Path, "mkdir", refused)
    with pytest.raises(FileProblem, match=r"Could not hand in to .*leaves: permission denied\."):
        given(folder)


def test_a_file_in_the_place_of_the_folder_is_told(folder):
    (folder / "handed-in").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem, match="Could not hand in"):
        given(folder)


# --- the table ---


def test_the_table_has_a_row_for_each_whatever_is_wrong_with_it(folder):
    good = given(folder, progress=NEW.answered(0, 1, 2.0).having(0, 1))
    place = good.parent
    (place / "cut.nnplay").write_bytes(good.read_bytes()[:300])
    (place / "text.nnplay").write_text("no zip", encoding="utf-8")
    (place / "plain.nnplay").write_bytes(dumps(SAVED))
    (place / "wrong.nnplay").write_bytes(pack({LESSON: to_bytes({"format": 1})}))
    (place / "folder.nnplay").mkdir()
    (place / "notes.txt").write_text("no hand-in", encoding="utf-8")
    (place / ".neural-playground-1.tmp").write_text("half", encoding="utf-8")
    if sys.platform != "win32":
        os.mkfifo(place / "pipe.nnplay")  # which would be waited for
    found = {row.path.name: row for row in rows(folder)}
    assert found["Ada.nnplay"].remark is None
    assert str(found["cut.nnplay"].remark) == "cut.nnplay: is damaged or cut off"
    assert str(found["text.nnplay"].remark) == "text.nnplay: is damaged or cut off"
    assert str(found["plain.nnplay"].remark) == "It says nothing of a lesson."
    assert "pupil" in str(found["wrong.nnplay"].remark)
    assert "folder.nnplay" in found
    assert "notes.txt" not in found


def test_a_file_that_is_just_begun_is_waited_for_and_one_that_stays_empty_is_shown(folder):
    place = given(folder).parent
    (place / "Bob.nnplay").touch()
    assert len(gathered(folder)) == 1
    later = datetime.now(UTC) + timedelta(hours=1)
    assert [row.path.stem for row in gathered(folder, now=later)] == ["Ada", "Bob"]


@pytest.mark.parametrize("inside", ["", "handed-in", "handed-in/leaves"])
def test_the_folder_of_the_class_and_those_in_it_show_the_same(folder, inside):
    given(folder)
    assert [row.pupil for row in rows(folder / inside)] == ["Ada"]


def test_a_folder_without_any_or_that_is_gone_is_empty(folder, tmp_path):
    assert rows(folder) == ()
    assert rows(tmp_path / "gone") == ()


def test_a_lesson_that_was_changed_since_is_told_and_the_row_stays_as_it_was(folder):
    lesson = folder / "leaves.toml"
    given(folder, fingerprint=handing_in.fingerprint_of(lesson))
    assert rows(folder)[0].remark is None
    before = rows(folder)
    lesson.write_text('title = "Other"', encoding="utf-8")
    (row,) = rows(folder, before=before)
    assert str(row.remark) == "The lesson was changed since."
    assert row.record == before[0].record
    lesson.unlink()
    assert rows(folder, before=(row,))[0].remark is None


def test_a_clock_that_is_ahead_is_not_believed_and_a_copy_made_later_is_no_fault(folder):
    path = given(folder, time=NOON + timedelta(days=400))
    (row,) = rows(folder)
    assert str(row.remark) == "The clock there was wrong."
    assert row.time == NOON
    later = (NOON + timedelta(hours=5)).timestamp()
    path = given(folder)
    os.utime(path, (later, later))
    (row,) = rows(folder)
    assert row.remark is None
    assert row.time == NOON


def test_what_was_read_is_not_read_again_unless_it_is_another(folder, monkeypatch):
    path = given(folder)
    before = rows(folder)
    read = []
    monkeypatch.setattr(
        handed_in, "read_hand_in", lambda path: read.append(path) or handing_in.read_hand_in(path)
    )
    assert rows(folder, before=before) == before
    assert read == []
    given(folder, progress=NEW.having(1, 0))
    os.utime(path, ns=(1, 1))
    rows(folder, before=before)
    assert read == [path]


def test_two_hundred_are_read_with_little_of_each(folder):
    first = given(folder)
    data = first.read_bytes()
    for number in range(199):
        (first.parent / f"pupil {number}.nnplay").write_bytes(data)
    shares = []
    assert len(rows(folder, report=shares.append)) == 200
    assert shares == sorted(shares)


def test_the_table_is_saved_for_spreadsheets_and_no_name_is_a_formula(folder):
    given(folder, '=HYPERLINK("x")', progress=NEW.answered(0, 0, 2.0).having(0, 0))
    given(folder, "小明, jr.", "b" * 16, finished=True)
    text = to_csv(rows(folder)).decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    assert first["pupil"] == '\'=HYPERLINK("x")'
    assert (first["goals_reached"], first["goals"], first["answers_right"], first["right_at_once"]) == (
        "1", "3", "1", "1",
    )  # fmt: skip
    assert second["pupil"] == "小明, jr."
    assert second["finished"] == "yes"


def test_the_record_of_a_file_is_found_without_the_rest_of_it(folder):
    path = given(folder)
    data = path.read_bytes()
    saved = load(path)
    assert saved.lesson["pupil"] == "Ada"
    assert load(path) == replace(SAVED, fingerprint=saved.fingerprint, lesson=saved.lesson)
    assert data == path.read_bytes()
