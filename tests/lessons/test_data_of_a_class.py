"""The folder of a class serves data: a step learns from them by their names, and all of them are offered."""

import numpy as np
import pytest
from PIL import Image

from playground.data import OwnPictures, OwnTable
from playground.data.datasets.own_text import OwnText
from playground.files.problem import FileProblem
from playground.lessons.reading import beginnings, read_lesson
from playground.lessons.shelf import data_in, lessons_in

LESSON = """
title = "Leaves"
summary = "About leaves."

[[steps]]
title = "One"

[steps.open]
{opens}
"""

TABLE = "length,width,kind\n" + "".join(f"{n % 7},{n % 3},{'oak' if n % 2 else 'beech'}\n" for n in range(40))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "leaves.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def begun(folder, opens):
    path = folder / "lesson.toml"
    path.write_text(LESSON.format(opens=opens), encoding="utf-8")
    return beginnings(read_lesson(path), path)[0].experiment


def refused(folder, opens):
    with pytest.raises(FileProblem) as problem:
        begun(folder, opens)
    return str(problem.value)


def make_pictures(folder):
    for kind, shade in (("dark", 20), ("light", 220)):
        (folder / kind).mkdir(parents=True)
        for number in range(4):
            pixels = np.full((12, 12), shade + number, np.uint8)
            Image.fromarray(pixels).save(folder / kind / f"{number}.png")


def test_a_table_beside_the_lesson_is_learnt_from(folder):
    experiment = begun(folder, 'data = "leaves.csv"\ntarget = "kind"')
    assert isinstance(experiment.data.dataset, OwnTable)
    assert experiment.task.classes == 2
    assert not experiment.problems()


def test_an_example_gives_the_network_and_settings_come_last(folder):
    experiment = begun(
        folder,
        'example = "spiral"\ndata = "leaves.csv"\ntarget = ["length", "width"]\n'
        'set = { "training.batch_size" = 7 }',
    )
    assert experiment.data.dataset.name == "leaves"
    assert experiment.training.batch_size == 7
    assert experiment.task.classes == 0


def test_a_text_and_pictures_are_learnt_from_too(folder):
    (folder / "poem.txt").write_text("A poem, of several lines.\nIt goes on\n" * 20, encoding="utf-8")
    make_pictures(folder / "shades")
    assert isinstance(begun(folder, 'data = "poem.txt"').data.dataset, OwnText)
    pictures = begun(folder, 'data = "shades"')
    assert isinstance(pictures.data.dataset, OwnPictures)
    assert not pictures.problems()


@pytest.mark.parametrize(
    ("opens", "says"),
    [
        ('data = "gone.csv"\ntarget = "kind"', "gone.csv: There is no such file."),
        ('data = "leaves.csv"', "leaves.csv is a table: say which column to predict"),
        ('data = "leaves.csv"\ntarget = "colour"', "colour"),
        ('data = "../leaves.csv"', "must be a file beside the lesson"),
        ('data = "C:/leaves.csv"', "must be a file beside the lesson"),
        ('laboratory = "race"\ndata = "leaves.csv"', "needs one of"),
        ('example = "xor"\ntarget = "kind"', "no “data” to take it from"),
        ('target = "kind"', "needs one of"),
        ('example = "xor"\nfile = "a.nnplay"', "needs one of"),
    ],
)
def test_what_cannot_be_is_told_with_its_line(folder, opens, says):
    told = refused(folder, opens)
    assert told.startswith("lesson.toml, line ")
    assert says in told


def test_data_of_the_folder_are_offered_and_nothing_else_that_lies_there(folder):
    make_pictures(folder / "shades")
    for name in ("b.xlsx", "pictures.zip", "~$b.xlsx", ".hidden.csv", "notes.pdf", "one.toml", "x.nnplay"):
        (folder / name).touch()
    for name in ("empty", "zh_CN", "handed-in/one"):
        (folder / name).mkdir(parents=True)
    (folder / "handed-in" / "one" / "Ada.nnplay").touch()
    assert [path.name for path in data_in(folder)] == ["b.xlsx", "leaves.csv", "pictures.zip", "shades"]
    assert len(lessons_in(folder)) == 1
    assert data_in(folder / "gone") == ()
