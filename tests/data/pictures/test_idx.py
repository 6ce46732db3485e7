"""IDX files, the form of MNIST, are read as its description says, or refused in a sentence."""

import gzip
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from idx_files import idx

from playground.data.pictures import idx as module
from playground.data.pictures.files import File
from playground.data.pictures.opening import is_pictures
from playground.data.pictures.problem import PictureProblem
from playground.data.pictures.reading import Sizing, guess, read

USUAL = Sizing(side=28, fit="pad")


def file(data, name="train-images-idx3-ubyte"):
    return File((name,), lambda most: data)


def refused(call):
    with pytest.raises(PictureProblem) as problem:
        call()
    return str(problem.value)


@pytest.mark.parametrize("packed", [True, False])
def test_the_four_files_are_one_dataset_with_its_test_samples(mnist, packed):
    source = mnist(packed=packed)
    assert guess(source) == USUAL
    album = read(source, USUAL)
    assert album.pixels.shape == (40, 28, 28, 1)
    assert album.class_names == tuple("0123456789")
    assert np.bincount(album.sides).tolist() == [30, 0, 10]
    expected = np.random.default_rng(1).integers(0, 256, (30, 28, 28), np.uint8)
    np.testing.assert_array_equal(album.pixels[:30, ..., 0], expected)
    assert album.labels[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]


def test_any_of_the_files_opens_them_all(mnist):
    source = mnist()
    (source / "notes.txt").write_text("hi")
    for name in ("train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"):
        assert is_pictures(source / name)
        assert len(read(source / name, USUAL).labels) == 40


def test_a_set_of_training_samples_alone_says_no_sides(mnist):
    source = mnist()
    for path in source.glob("t10k*"):
        path.unlink()
    assert read(source, USUAL).sides is None


def test_another_size_is_made_of_them(mnist):
    album = read(mnist(), Sizing(side=14, colour="colour"))
    assert album.pixels.shape == (40, 14, 14, 3)
    whole = read(mnist(), USUAL).pixels[..., 0].astype(float)
    assert np.corrcoef(album.pixels[..., 1].mean(axis=(1, 2)), whole.mean(axis=(1, 2)))[0, 1] > 0.9


def test_pictures_without_labels_beside_them_are_told(mnist):
    source = mnist()
    (source / "train-labels-idx1-ubyte.gz").unlink()
    assert refused(lambda: read(source, USUAL)) == (
        "train-images-idx3-ubyte.gz has no labels beside it, "
        "which would be called train-labels-idx1-ubyte.gz."
    )


def test_labels_without_pictures_are_told(mnist):
    source = mnist()
    for path in source.glob("*images*"):
        path.unlink()
    assert "There are labels, but no pictures" in refused(lambda: read(source, USUAL))


def test_labels_of_another_number_are_told(mnist):
    source = mnist(packed=False)
    (source / "train-labels-idx1-ubyte").write_bytes(idx(np.arange(29)))
    assert refused(lambda: read(source, USUAL)) == (
        "train-images-idx3-ubyte holds 30 pictures, and there are labels of shape (29,)."
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "train-images-idx3-ubyte is empty."),
        (b"\x89PNG\r\n", "begins with 89 50 4e 47, not with 00 00 08"),
        (idx(np.zeros((2, 3, 3)), kind=0x0D), "begins with 00 00 0d 03"),
        (idx(np.zeros((2, 3, 3)))[:-1], "it says that it holds 18 values, and has 17"),
        (b"\0\0\x08\x03\0\0", "it says that it holds 0 values"),
        (b"\0\0\x08\x03" + b"\xff" * 12, "is cut off"),
        (gzip.compress(idx(np.zeros((2, 3, 3))))[:-9], "is damaged or cut off"),
        (idx(np.zeros(5)), "holds values of shape (5,), and no pictures"),
    ],
    ids=["empty", "other", "kind", "short", "header", "huge", "packed", "labels"],
)
def test_a_bad_file_is_refused_with_its_name(data, words):
    told = refused(lambda: module.stacks([file(data), file(idx([1, 2]), "train-labels-idx1-ubyte")]))
    assert words in told
    assert "train-images-idx3-ubyte" in told


def test_what_is_packed_without_end_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(module, "MOST_OF_ARRAY", 1 << 20)
    told = refused(lambda: module.values(file(gzip.compress(bytes(3 << 20)))))
    assert told == "train-images-idx3-ubyte is larger than 1 MiB."


@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=1, max_dims=4, max_side=6)), st.booleans())
def test_every_array_is_read_back(array, packed):
    data = gzip.compress(idx(array)) if packed else idx(array)
    np.testing.assert_array_equal(module.values(file(data)), array)


@given(st.binary(max_size=64), st.booleans())
def test_any_bytes_are_an_array_or_a_sentence(data, begins_well):
    data = b"\0\0\x08" + data if begins_well else data
    with suppress(PictureProblem):
        assert module.values(file(data)).dtype == np.uint8
