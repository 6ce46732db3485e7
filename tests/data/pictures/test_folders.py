"""Folders and zips of pictures: classes by their names, and a sentence for all that is otherwise."""

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from playground.data.pictures import files, reading
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.reading import Cancelled, Sizing, guess, read

SMALL = Sizing(side=8)
COLOUR = Sizing(side=8, colour="colour")


def refused(source, sizing=SMALL):
    with pytest.raises(PictureProblem) as problem:
        read(source, sizing)
    return str(problem.value)


def remarks(album):
    return [str(remark) for remark in album.remarks]


def packed(folder, path, kind=zipfile.ZIP_DEFLATED, extra=()):
    with zipfile.ZipFile(path, "w", kind) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder.parent))
        for name, data in extra:
            archive.writestr(name, data)
    return path


# --- classes ----------------------------------------------------------------------------------------


def test_folders_are_classes_and_pictures_have_their_colours(two):
    album = read(two, COLOUR)
    assert album.name == "pictures"
    assert album.class_names == ("cat", "dog")
    assert album.labels.tolist() == [0, 0, 1, 1]
    assert album.pixels[0, 4, 4].tolist() == [255, 0, 0]
    assert album.pixels[3, 4, 4].tolist() == [0, 0, 255]
    assert album.names == ("cat/1.png", "cat/2.png", "dog/1.png", "dog/2.png")
    assert album.sides is None
    assert album.remarks == ()


def test_classes_and_files_stand_in_natural_order(folder):
    source = folder({f"{name}/{number}.png": "red" for name in ("10", "9", "b", "A") for number in (10, 9)})
    album = read(source, SMALL)
    assert album.class_names == ("9", "10", "A", "b")
    assert album.names[:2] == ("9/9.png", "9/10.png")


def test_folders_in_a_class_belong_to_it(folder):
    source = folder({"cat/young/1.png": "red", "cat/old/grey/2.png": "red", "dog/1.png": "blue"})
    album = read(source, SMALL)
    assert album.class_names == ("cat", "dog")
    assert album.labels.tolist() == [0, 0, 1]


def test_a_folder_around_all_others_is_none_of_the_classes(folder):
    album = read(folder({"all/of/them/cat/1.png": "red", "all/of/them/dog/1.png": "blue"}), SMALL)
    assert album.class_names == ("cat", "dog")


def test_names_may_be_in_any_script(folder):
    names = ("кошка", "犬", "عربي", "ὗς 🐖", "café")
    album = read(folder({f"{name}/1.png": "red" for name in names}), SMALL)
    assert set(album.class_names) == set(names)


def test_a_name_that_is_written_in_two_ways_is_one_class(folder):
    """macOS writes é as e and an accent, other systems as one letter."""
    source = folder({"caf\u00e9/1.png": "red", "cafe\u0301/2.png": "red", "tea/1.png": "blue"})
    assert read(source, SMALL).class_names == ("caf\u00e9", "tea")


@pytest.mark.skipif(os.name == "nt", reason="names of files are texts there")
def test_a_name_that_is_no_text_is_read_all_the_same(two):
    try:
        os.rename(os.fsencode(two / "cat"), os.fsencode(two) + b"/c\xe4t")
    except OSError:
        pytest.skip("this file system takes texts alone")
    album = read(two, SMALL)
    assert album.class_names[0].encode()
    assert len(album.labels) == 4


def test_hidden_files_and_those_that_systems_leave_are_counted(folder):
    source = folder(
        {
            "cat/1.png": "red",
            "dog/1.png": "blue",
            ".DS_Store": b"x",
            "cat/Thumbs.db": b"x",
            "cat/._1.png": b"x",
            ".ipynb_checkpoints/1.png": "red",
            "__MACOSX/cat/1.png": "red",
            "dog/desktop.ini": b"x",
        }
    )
    album = read(source, SMALL)
    assert album.class_names == ("cat", "dog")
    assert len(album.labels) == 2
    assert remarks(album)[0] == "Hidden files passed over: 6."


def test_what_is_no_picture_is_named(folder):
    source = folder(
        {"cat/1.png": "red", "dog/1.png": "blue", "notes.txt": b"hi", "cat/a.csv": b"1"}
        | {f"dog/{number}.json": b"{}" for number in range(4)}
    )
    assert remarks(read(source, SMALL))[0] == (
        "No pictures, and passed over: cat/a.csv, dog/0.json, dog/1.json, dog/2.json and 2 more."
    )


def test_empty_folders_are_no_classes(two):
    (two / "bird").mkdir()
    assert read(two, SMALL).class_names == ("cat", "dog")


def test_pictures_beside_the_folders_are_of_no_class(two):
    Image.new("RGB", (9, 9)).save(two / "loose.png")
    album = read(two, SMALL)
    assert len(album.labels) == 4
    assert remarks(album) == ["In the folder of no class, and passed over: loose.png."]


def test_a_class_of_one_picture_is_told(folder):
    source = folder({"cat/1.png": "red", "cat/2.png": "red", "dog/1.png": "blue"})
    assert remarks(read(source, SMALL)) == [
        "Of dog there is one picture alone, which is either learnt from or tested with."
    ]


def test_several_folders_are_the_classes(two):
    album = read((two / "cat", two / "dog"), SMALL)
    assert album.class_names == ("cat", "dog")
    assert album.name == "pictures"


def test_files_that_cannot_be_read_are_left_out_and_named(folder):
    source = folder({"cat/1.png": "red", "dog/1.png": "blue", "dog/2.jpg": "blue"})
    whole = (source / "dog/2.jpg").read_bytes()
    (source / "dog/2.jpg").write_bytes(whole[:200])
    (source / "cat/empty.png").write_bytes(b"")
    (source / "cat/text.png").write_text("a text")
    album = read(source, SMALL)
    assert len(album.labels) == 2
    assert remarks(album)[0] == (
        "Left out: cat/empty.png (is empty), cat/text.png (is no picture), dog/2.jpg (is damaged or cut off)."
    )


# --- sides ------------------------------------------------------------------------------------------


def test_folders_of_training_validation_and_test_part_the_pictures(folder):
    album = read(
        folder(
            {
                f"{side}/{name}/{number}.png": "red"
                for side, count in (("Train", 4), ("val", 1), ("test", 2))
                for name in ("a", "b")
                for number in range(count)
            }
        ),
        SMALL,
    )
    assert album.class_names == ("a", "b")
    assert np.bincount(album.sides).tolist() == [8, 2, 4]
    assert {name.split("/")[0] for name, side in zip(album.names, album.sides, strict=True) if side == 2} == {
        "test"
    }


def test_pictures_without_class_in_the_test_folder_are_told(folder):
    """As competitions give them out."""
    source = folder(
        {"train/a/1.png": "red", "train/b/1.png": "blue", "test/1.png": "red", "test/2.png": "red"}
    )
    album = read(source, SMALL)
    assert len(album.labels) == 2
    assert "In the folder of no class, and passed over: test/1.png, test/2.png." in remarks(album)


def test_a_class_may_be_called_as_a_side_is(folder):
    """Without a folder for training they are classes."""
    assert read(folder({"test/1.png": "red", "dev/1.png": "blue"}), SMALL).class_names == ("dev", "test")
    assert read(folder({"train/1.png": "red", "bus/1.png": "blue"}, "v"), SMALL).class_names == (
        "bus",
        "train",
    )


# --- zips -------------------------------------------------------------------------------------------


def test_a_zip_of_a_folder_is_as_the_folder(two, tmp_path):
    album = read(packed(two, tmp_path / "pets.zip"), COLOUR)
    whole = read(two, COLOUR)
    assert album.name == "pets"
    assert album.class_names == whole.class_names
    np.testing.assert_array_equal(album.pixels, whole.pixels)


def test_names_in_a_zip_that_does_not_say_how_they_are_written(two, tmp_path):
    path = packed(two, tmp_path / "pets.zip")
    name = "pictures/ö".encode() + b"t"
    assert len(name) == len(b"pictures/cat")
    path.write_bytes(path.read_bytes().replace(b"pictures/cat", name))
    assert "öt" in read(path, SMALL).class_names


@pytest.mark.parametrize("name", ["../out.png", "a/../../out.png", "/etc/out.png", "C:\\out.png"])
def test_a_zip_that_leads_out_of_itself_is_refused(two, tmp_path, name):
    path = packed(two, tmp_path / "bad.zip", extra=[(name, b"x")])
    assert "which leads out of it" in refused(path)


def test_an_encrypted_zip_is_refused(two, tmp_path):
    path = packed(two, tmp_path / "secret.zip", zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(start)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(start, place + 1)
    path.write_bytes(data)
    assert refused(path) == "The zip is encrypted; unpack it, and open the folder."


def test_zeros_without_end_are_not_unpacked(two, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 1 << 20)
    monkeypatch.setattr(files.File.content, "__defaults__", (1 << 20,))
    path = packed(two, tmp_path / "zeros.zip", extra=[("pictures/cat/zeros.png", bytes(5 << 20))])
    album = read(path, SMALL)
    assert remarks(album)[0] == "Left out: cat/zeros.png (is larger than 1 MiB)."


def test_a_zip_that_is_cut_off_is_refused(two, tmp_path):
    path = packed(two, tmp_path / "cut.zip")
    path.write_bytes(path.read_bytes()[:-30])
    assert refused(path) == "The zip is damaged or cut off."


# --- what cannot be learnt from ---------------------------------------------------------------------


def test_what_is_not_there_is_told(tmp_path):
    assert refused(tmp_path / "nothing") == "There is no such file or folder."


def test_an_empty_folder_is_told(folder):
    assert refused(folder({})) == "It is empty."


def test_a_folder_without_pictures_is_told(folder):
    assert refused(folder({"a/notes.txt": b"hi", "b/x.csv": b"1"})) == (
        "There are no pictures in it, but a/notes.txt, b/x.csv."
    )


def test_pictures_without_folders_are_told(folder):
    assert refused(folder({"1.png": "red", "2.png": "blue"})) == (
        "Its pictures lie in no sub-folders; put those of each class into a folder with its name."
    )


def test_one_class_alone_is_told(folder):
    assert refused(folder({"cat/1.png": "red", "cat/2.png": "red"})) == (
        "All pictures are of one class, “cat”; there must be two to tell apart."
    )


def test_more_classes_than_can_be_told_apart_are_told(folder):
    source = folder({f"{number}/1.png": "red" for number in range(101)})
    assert refused(source) == "There are 101 classes; 100 at most can be told apart."


def test_one_picture_alone_is_told(two):
    assert refused(two / "cat" / "1.png").startswith("It is one picture; put those of each class")


def test_pictures_of_which_none_can_be_read_are_told(folder):
    source = folder({"cat/1.png": b"a", "dog/1.png": b""})
    assert refused(source) == (
        "None of its pictures can be read: cat/1.png (is no picture), dog/1.png (is empty)."
    )


def test_a_class_of_which_nothing_can_be_read_is_none(folder):
    source = folder({"cat/1.png": "red", "dog/1.png": b"no"})
    assert refused(source) == "All pictures are of one class, “cat”; there must be two to tell apart."


def test_more_than_memory_holds_is_refused_before_it_is_read(two, monkeypatch):
    monkeypatch.setattr("playground.data.pictures.limits.MOST_VALUES", 4 * 64 * 3 - 1)
    assert refused(two, COLOUR) == (
        "4 pictures of 8×8×3 are too many values; take a smaller size, greys, or fewer pictures."
    )


def test_a_folder_of_far_too_many_files_is_refused(two, monkeypatch):
    monkeypatch.setattr("playground.data.pictures.limits.MOST_FILES", 3)
    assert "more than 3 files" in refused(two)


def test_a_loop_of_links_ends(two):
    try:
        (two / "cat" / "again").symlink_to(two, target_is_directory=True)
    except OSError:
        pytest.skip("links are not to be had here")
    assert read(two, SMALL).class_names == ("cat", "dog")


def test_a_link_to_a_folder_is_followed(two, folder):
    try:
        (two / "horse").symlink_to(folder({"1.png": "lime"}, "elsewhere"), target_is_directory=True)
    except OSError:
        pytest.skip("links are not to be had here")
    assert read(two, SMALL).class_names == ("cat", "dog", "horse")


def test_a_folder_that_cannot_be_opened_is_named(two, monkeypatch):
    usual = os.scandir

    def scan(path):
        if Path(path).name == "bird":
            raise PermissionError(13, "Permission denied")
        return usual(path)

    (two / "bird").mkdir()
    monkeypatch.setattr(os, "scandir", scan)
    assert remarks(read(two, SMALL)) == ["Folders that cannot be opened: bird."]
    monkeypatch.setattr(os, "scandir", lambda path: scan("bird"))
    assert refused(two) == "It cannot be opened."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_is_not_waited_for(two):
    os.mkfifo(two / "cat" / "pipe.png")
    assert remarks(read(two, SMALL))[0] == "Left out: cat/pipe.png (cannot be opened)."


# --- how it is read ---------------------------------------------------------------------------------


def test_progress_is_told_and_reading_can_be_stopped(two, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 1)
    told = []
    read(two, SMALL, told.append)
    assert told == sorted(told)
    assert told[-1] == 0.75
    with pytest.raises(Cancelled):
        read(two, SMALL, told.append, lambda: len(told) > 6)


def test_how_pictures_are_taken_is_guessed_by_how_they_look(folder):
    assert guess(folder({"a/1.png": "red", "b/1.png": "blue"})) == Sizing(side=12, colour="colour")
    grey = folder({"a/1.png": "grey", "b/1.png": "black"}, "grey")
    assert guess(grey).colour == "grey"
    Image.new("L", (300, 200)).save(grey / "a" / "2.png")
    assert guess(grey).side == 28
