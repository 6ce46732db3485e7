"""The name that a file gets is settled by what was typed and by the endings there are."""

from pathlib import Path

import pytest

from playground.files.names import complete, suggest

MEANT = {
    "a": "a.nnplay",
    "a.nnplay": "a.nnplay",
    "b.NNPLAY": "b.NNPLAY",
    "b.NnPlay ": "b.NnPlay",
    "run.v2": "run.v2.nnplay",
    "0.01": "0.01.nnplay",
    "a.": "a.nnplay",
    "a...": "a.nnplay",
    "a . ": "a.nnplay",
    "a.nnplay.": "a.nnplay",
    "a\u00a0": "a.nnplay",
    "a.json": "a.json.nnplay",
    "größer": "größer.nnplay",
    "学习.第一": "学习.第一.nnplay",
    ".nnplay": ".nnplay.nnplay",
    ".hidden": ".hidden.nnplay",
    "two words": "two words.nnplay",
}


@pytest.mark.parametrize(("typed", "meant"), MEANT.items(), ids=map(ascii, MEANT))
def test_an_experiment_is_called_by_one_ending(typed, meant):
    assert complete(Path("/home") / typed, (".nnplay",), ".nnplay") == Path("/home") / meant


@pytest.mark.parametrize("meant", MEANT.values(), ids=ascii)
def test_a_settled_name_is_settled(meant):
    assert complete(Path(meant), (".nnplay",), ".nnplay") == Path(meant)


def test_a_folder_with_dots_is_no_ending():
    assert complete(Path("/home/v1.nnplay/a"), (".nnplay",), ".nnplay") == Path("/home/v1.nnplay/a.nnplay")


def test_a_known_ending_goes_before_the_usual_one():
    endings = (".png", ".csv")
    assert complete(Path("a.CSV"), endings, ".png") == Path("a.CSV")
    assert complete(Path("a.txt"), endings, ".png") == Path("a.txt.png")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Exclusive or", "Exclusive or.nnplay"),
        ("Loss / epoch: 1?", "Loss - epoch- 1-.nnplay"),
        ("v1.5 test", "v1.5 test.nnplay"),
        ("ends with.", "ends with.nnplay"),
        ("x" * 300, "x" * 100 + ".nnplay"),
        ("größer", "größer.nnplay"),
    ],
)
def test_a_suggested_name_can_be_written_everywhere(title, name):
    assert suggest(title, ".nnplay") == name
