"""The window looks as it did when somebody last looked: stored pictures, compared with a small tolerance."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

BLOCK = 8
"""Pixels of a block's side; its mean colour is compared: letters differ a little from Qt to Qt."""

TOLERANCE = 10
"""How far, of 255, a block's colour may be from that of the stored picture."""


pytestmark = pytest.mark.timeout(600)  # all pictures are taken before the first test, beside other tests


@pytest.fixture(scope="session")
def taken(tmp_path_factory):
    """A folder with the pictures of the window as it is now."""
    folder = tmp_path_factory.mktemp("pictures")
    subprocess.run([sys.executable, HERE / "take.py", folder], check=True, cwd=ROOT, timeout=500)
    return folder


@pytest.mark.parametrize("stored", sorted(HERE.glob("*.png")), ids=lambda path: path.stem)
def test_the_window_looks_as_in_the_picture(taken, stored):
    now, before = blocks(taken / stored.name), blocks(stored)
    assert now.shape == before.shape
    rows, columns = np.nonzero(np.abs(now - before).max(axis=2) > TOLERANCE)
    places = sorted({(int(x) * BLOCK, int(y) * BLOCK) for y, x in zip(rows, columns, strict=True)})
    assert not places, (
        f"{taken / stored.name} differs from {stored} in {len(places)} blocks, as at {places[:5]}; "
        "if it should: python tests/pictures/take.py"
    )


def test_every_picture_is_stored(taken):
    assert {path.name for path in taken.glob("*.png")} == {path.name for path in HERE.glob("*.png")}


def test_a_missing_word_is_seen(taken):
    image = QImage(str(HERE / "spiral-dark.png"))
    changed = image.copy()
    for x in range(40, 72):
        for y in range(272, 286):  # "Inputs"
            changed.setPixelColor(x, y, image.pixelColor(38, 272))
    assert np.abs(blocks_of(changed) - blocks_of(image)).max() > 2 * TOLERANCE


def blocks(path):
    """The mean colour of every block of a picture, (rows, columns, 3)."""
    return blocks_of(QImage(str(path)))


def blocks_of(image):
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    bytes_ = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    rows, columns = image.height() // BLOCK, image.width() // BLOCK
    pixels = bytes_[: rows * BLOCK, : columns * BLOCK * 3].reshape(rows, BLOCK, columns, BLOCK, 3)
    return pixels.mean(axis=(1, 3))
