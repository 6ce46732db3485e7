"""Pictures in files, as people have them."""

import gzip

import numpy as np
import pytest
from idx_files import idx
from PIL import Image


@pytest.fixture
def folder(tmp_path):
    """Writes a folder of pictures: names with a colour each, or with the bytes of a file."""

    def write(files, name="pictures"):
        for place, content in files.items():
            path = tmp_path / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, bytes):
                path.write_bytes(content)
            else:
                Image.new("RGB", (12, 12), content).save(path)
        (tmp_path / name).mkdir(exist_ok=True)
        return tmp_path / name

    return write


@pytest.fixture
def two(folder):
    """A folder of two classes with two pictures each."""
    return folder({"cat/1.png": "red", "cat/2.png": "red", "dog/1.png": "blue", "dog/2.png": "blue"})


@pytest.fixture
def mnist(tmp_path):
    """The four files of a small set like MNIST; `packed` as they are given out."""

    def write(train=30, test=10, packed=True, side=28):
        rng, place = np.random.default_rng(1), tmp_path / "mnist"
        place.mkdir(exist_ok=True)
        for name, count in (("train", train), ("t10k", test)):
            pictures = rng.integers(0, 256, (count, side, side), np.uint8)
            for kind, array in (("images-idx3", pictures), ("labels-idx1", np.arange(count) % 10)):
                data = idx(array)
                path = place / f"{name}-{kind}-ubyte{'.gz' if packed else ''}"
                path.write_bytes(gzip.compress(data) if packed else data)
        return place

    return write
