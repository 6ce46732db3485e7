"""Pictures in files of NumPy are found by the shape of their arrays, and their labels by name or length."""

import io
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.data.pictures.opening import is_pictures
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.reading import Sizing, guess, read

SMALL = Sizing(side=8, fit="pad")
PICTURES = np.random.default_rng(0).integers(0, 256, (6, 8, 8), np.uint8)
LABELS = np.array([0, 1, 2, 0, 1, 2])


@pytest.fixture
def save(tmp_path):
    def save(**held):
        np.savez(tmp_path / "set.npz", **held)
        return tmp_path / "set.npz"

    return save


def refused(path, sizing=SMALL):
    with pytest.raises(PictureProblem) as problem:
        read(path, sizing)
    return str(problem.value)


@pytest.mark.parametrize(
    "names",
    [("images", "labels"), ("x", "y"), ("X", "Y"), ("arr_0", "arr_1"), ("data", "target"), ("a", "b")],
)
def test_labels_are_found_by_name_or_as_the_only_other_array(save, names):
    path = save(**dict(zip(names, (PICTURES, LABELS), strict=True)))
    assert is_pictures(path)
    album = read(path, guess(path))
    np.testing.assert_array_equal(album.pixels[..., 0], PICTURES)
    assert album.labels.tolist() == LABELS.tolist()
    assert album.class_names == ("0", "1", "2")


def test_training_and_test_arrays_are_the_sides(save):
    path = save(x_train=PICTURES, y_train=LABELS, x_test=PICTURES[:3], y_test=LABELS[:3])
    album = read(path, SMALL)
    assert album.sides.tolist() == [0] * 6 + [2] * 3


def test_arrays_as_medmnist_names_them(save):
    path = save(
        **{f"{side}_images": PICTURES for side in ("test", "val", "train")},
        **{f"{side}_labels": LABELS[:, np.newaxis] for side in ("train", "val", "test")},
    )
    assert read(path, SMALL).sides.tolist() == [0] * 6 + [1] * 6 + [2] * 6


@pytest.mark.parametrize(
    "labels",
    [
        LABELS.astype(np.float32),
        np.eye(3)[LABELS],
        LABELS[:, np.newaxis],
        LABELS.astype(np.int8),
        np.array(["0", "1", "2", "0", "1", "2"]),
        np.array([b"0", b"1", b"2", b"0", b"1", b"2"]),
    ],
    ids=["floats", "one-hot", "column", "bytes", "texts", "byte texts"],
)
def test_labels_may_be_written_in_any_usual_way(save, labels):
    album = read(save(images=PICTURES, labels=labels), SMALL)
    assert album.labels.tolist() == LABELS.tolist()


@pytest.mark.parametrize(
    ("pictures", "expected"),
    [
        (PICTURES / 255, PICTURES),
        (PICTURES / 127.5 - 1, PICTURES),
        (PICTURES.astype(np.int64), PICTURES),
        (PICTURES.astype(np.uint16) * 257, PICTURES),
        (PICTURES > 99, np.where(PICTURES > 99, 255, 0)),
        (PICTURES[..., np.newaxis], PICTURES),
        (PICTURES[:, np.newaxis], PICTURES),
    ],
    ids=["0 to 1", "−1 to 1", "whole", "16 bits", "yes or no", "channel last", "channel first"],
)
def test_values_of_any_kind_are_pictures(save, pictures, expected):
    album = read(save(images=pictures, labels=LABELS), SMALL)
    np.testing.assert_array_equal(album.pixels[..., 0], expected)


def test_three_channels_are_colours(save):
    coloured = np.random.default_rng(0).integers(0, 256, (6, 8, 8, 3), np.uint8)
    path = save(images=coloured, labels=LABELS)
    assert guess(path) == Sizing(side=8, colour="colour", fit="pad")
    np.testing.assert_array_equal(read(path, guess(path)).pixels, coloured)
    first = save(images=np.moveaxis(coloured, -1, 1), labels=LABELS)
    np.testing.assert_array_equal(read(first, guess(first)).pixels, coloured)
    grey = read(path, SMALL).pixels
    np.testing.assert_allclose(grey[..., 0], coloured @ [0.299, 0.587, 0.114], atol=1)


def test_tables_are_no_pictures(save):
    assert not is_pictures(save(a=np.zeros(5), b=np.zeros((5, 3))))
    assert not is_pictures(save(a=np.zeros((5, 3, 1))))


# --- what cannot be learnt from ---------------------------------------------------------------------


def test_python_objects_are_refused(save):
    path = save(images=PICTURES, labels=np.array([1, "a", None, 2, 3, 4], object))
    assert is_pictures(path)
    assert refused(path) == (
        "The array 'labels' holds Python objects, which are not read; save numbers and texts."
    )


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"images": PICTURES, "labels": LABELS[:5]}, "images holds 6 pictures, and there are labels of"),
        ({"images": PICTURES, "labels": LABELS.reshape(2, 3)}, "there are labels of shape (2, 3)"),
        ({"images": PICTURES, "labels": LABELS + 0.5}, "are numbers with decimals or none, and no classes"),
        ({"images": PICTURES, "labels": np.where(LABELS, 1.0, np.nan)}, "and no classes"),
        ({"images": PICTURES}, "There are no labels for the pictures 'images': an array with a class"),
        ({"images": PICTURES, "a": LABELS, "b": LABELS}, "There are no labels for the pictures 'images'"),
        ({"images": PICTURES, "labels": np.zeros(6)}, "All pictures are of one class, “0”"),
        ({"images": PICTURES[:0], "labels": LABELS[:0]}, "It is empty"),
        ({"images": np.zeros((2, 3, 4, 5, 6)), "labels": LABELS[:2]}, "None of its arrays is pictures"),
    ],
    ids=["shorter", "square", "decimals", "none", "no labels", "which", "one class", "empty", "rank"],
)  # fmt: skip
def test_what_cannot_be_learnt_is_told(save, held, words):
    assert words in refused(save(**held))


def test_the_first_picture_with_values_that_are_no_numbers_is_named(save):
    pictures = PICTURES / 255
    pictures[3, 2, 2] = np.nan
    assert refused(save(images=pictures, labels=LABELS)) == (
        "Picture 4 of images holds values that are no numbers."
    )


def test_arrays_that_say_they_are_huge_are_not_read(tmp_path):
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        header, {"descr": "|u1", "fortran_order": False, "shape": (10**6, 10**4, 10**4)}
    )
    with zipfile.ZipFile(tmp_path / "huge.npz", "w") as archive:
        archive.writestr("images.npy", header.getvalue())
    assert refused(tmp_path / "huge.npz") == "Its arrays are larger than 1,024 MiB."


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    arrays.arrays(
        arrays.scalar_dtypes() | arrays.unicode_string_dtypes(),
        arrays.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=4),
    ),
    arrays.arrays(arrays.scalar_dtypes(), arrays.array_shapes(min_dims=0, max_dims=2, max_side=4)),
)
def test_any_arrays_are_pictures_or_a_sentence(save, first, second):
    path = save(images=first, labels=second)
    is_pictures(path)
    with suppress(PictureProblem):
        assert read(path, SMALL).pixels.shape == (len(first), 8, 8, 1)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.integers(0, 600), st.binary(min_size=1, max_size=4))
def test_a_damaged_file_is_pictures_or_a_sentence(save, place, over):
    path = save(images=PICTURES, labels=LABELS)
    data = bytearray(path.read_bytes())
    data[place : place + len(over)] = over
    path.write_bytes(data)
    is_pictures(path)
    with suppress(PictureProblem):
        read(path, SMALL)
