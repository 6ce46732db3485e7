"""What is wrong with a lesson is said with file, line and step, and with what to do about it."""

import pytest

from playground.files.problem import FileProblem
from playground.lessons.lines import lines_of
from playground.lessons.reading import beginnings, parsed, read_lesson
from playground.lessons.shelf import name_of, own_lessons

GOOD = '''title = "Mine"
summary = "What it is about."

[[steps]]
title = "First"
text = """
A text
[not a table] = 3
"""
hints = ["One"]

[steps.open]
example = "xor"
set = { "training.batch_size" = 20 }

[[steps.goals]]
kind = "loss"
below = 0.1

[[steps]]
title = "Second"

[[steps.goals]]
kind = "choice"
question = "Which?"
choices = ["a", "b"]
right = 2
'''


def said(text, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FileProblem) as problem:
        beginnings(read_lesson(path), path)
    return str(problem.value)


def test_a_lesson_is_read_whole(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    plan = read_lesson(path)
    assert [step.title for step in plan.steps] == ["First", "Second"]
    assert beginnings(plan, path)[0].experiment.training.batch_size == 20
    assert plan.begins_at(1) == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("below = 0.1", 'below = "small"', "mine.toml, line 18, step 1: goals[0].below: must be a number"),
        ("below = 0.1", "", "line 16, step 1: goals[0]: needs “below” or “above”, one of them"),
        (
            "below = 0.1",
            "below = 0.1\nabove = 0.2",
            "step 1: goals[0]: needs “below” or “above”, one of them",
        ),
        (
            'kind = "loss"',
            'kind = "lost"',
            "line 16, step 1: goals[0]: is of an unknown kind, 'lost'; known are",
        ),
        ("right = 2", "right = 3", "step 2: goals[0]: choice 3 is right, and there are 2"),
        ("right = 2", 'right = 2\nreplies = ["no"]', "has 1 replies to 2 choices; give one to each, or none"),
        ('title = "Second"', "", "step 2: title: is missing"),
        ("hints =", "hint =", "line 10, step 1: hint: is not known here"),
        ('example = "xor"', 'example = "xorr"', "line 13, step 1: open.example: no example is called xorr"),
        ('example = "xor"', 'file = "../x.json"', "open.file: must be a file beside the lesson"),
        ('example = "xor"', 'file = "x.json"', "line 12, step 1: open: Could not open"),
        ("batch_size", "batchsize", "step 1: open: training.batchsize: is not known here"),
        ("training.batch_size", "net.x", "step 1: open: there is no place net.x in the experiment"),
        ('batch_size" = 20', 'batch_size" = 0', "open: training.batch_size: must be at least 1, got 0"),
        ('summary = "What', 'sumary = "What', "line 2: sumary: is not known here"),
    ],
)
def test_a_mistake_is_told_with_line_and_step(tmp_path, old, new, told):
    assert old in GOOD
    assert told in said(GOOD.replace(old, new, 1), tmp_path)


def test_a_goal_must_have_to_do_with_what_is_open(tmp_path):
    cases = {
        'kind = "weight"\nlayer = "deep"\nat_least = 0\nat_most = 1': "there is no layer deep; there are",
        'kind = "setting"\npath = "training.rate"\nat_least = 1': "there is no setting training.rate",
        'kind = "epochs"\nat_least = 1\n\n[[steps.callouts]]\nplace = "layer:deep"': "there is no layer deep",
        'kind = "entry"\nquestion = "z?"\nentry = "z"\nlayer = "hidden"\nat = [9]': "has no single number z",
    }
    for goal, told in cases.items():
        assert told in said(GOOD.replace('kind = "loss"\nbelow = 0.1', goal), tmp_path)


def test_what_is_no_toml_is_told_with_its_line(tmp_path):
    assert "mine.toml: this cannot be read as TOML" in said(
        GOOD.replace('title = "Mine"', "title = Mine"), tmp_path
    )
    assert "line 1" in said(GOOD.replace('title = "Mine"', "title = Mine"), tmp_path)
    assert "is no text in UTF-8" in said(b'title = "\xff"', tmp_path)


def test_what_editors_add_is_no_mistake():
    with_mark = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert parsed(with_mark, "mine.toml") == parsed(GOOD.encode(), "mine.toml")


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(FileProblem, match=r"Could not open .*gone\.toml"):
        read_lesson(tmp_path / "gone.toml")


def test_lines_are_those_that_people_count():
    lines = lines_of(GOOD)
    assert lines["steps[0].goals[0].below"] == 18
    assert lines["steps[1].goals[0].right"] == 27
    assert lines["steps[0].open.example"] == 13
    assert not any("not a table" in place for place in lines)


def test_own_lessons_are_all_read_in_their_order_and_known_by_their_names():
    shelved = own_lessons()
    assert [each.problem for each in shelved] == [None] * len(shelved)
    assert [each.name for each in shelved[:3]] == ["tour", "neuron", "lines"]


def test_the_same_lesson_in_another_language_has_the_same_name(tmp_path, monkeypatch):
    from playground.lessons import shelf

    monkeypatch.setattr(shelf, "FOLDER", tmp_path)
    (tmp_path / "zh_CN").mkdir()
    for folder, title in ((tmp_path, "Mine"), (tmp_path / "zh_CN", "我的")):
        (folder / "01_mine.toml").write_text(GOOD.replace('"Mine"', f'"{title}"'), encoding="utf-8")
    (chinese,) = shelf.own_lessons("zh_CN")
    (german,) = shelf.own_lessons("de_DE")
    assert chinese.plan.title == "我的"
    assert german.plan.title == "Mine"
    assert chinese.name == german.name == name_of(german.path) == "mine"
