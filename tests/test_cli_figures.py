"""What `render` writes besides pictures of the window."""

import re

import pytest
from PySide6.QtGui import QImage

from widgets.program import main


def render(*arguments):
    return main(["render", *map(str, arguments)])


def test_a_diagram_is_written_as_its_ending_says(tmp_path, qapp):
    begins = {"svg": b"<svg", "tex": b"% Compile", "pdf": b"%PDF", "png": b"\x89PNG"}
    for ending, signature in begins.items():
        out = tmp_path / f"network.{ending}"
        assert render("xor", "--diagram", "--out", out) == 0
        assert out.read_bytes().startswith(signature)
    pdf = (tmp_path / "network.pdf").read_bytes()
    assert b"/FontFile" in pdf  # the typeface comes with it
    assert b"/Subtype /Image" not in pdf


def test_a_diagram_is_black_on_white_or_on_nothing(tmp_path, qapp):
    render("xor", "--diagram", "--out", tmp_path / "a.png")
    render("xor", "--diagram", "blocks", "--transparent", "--out", tmp_path / "b.png")
    white, clear = QImage(str(tmp_path / "a.png")), QImage(str(tmp_path / "b.png"))
    assert white.pixelColor(0, 0).name() == "#ffffff"
    assert clear.pixelColor(0, 0).alpha() == 0
    dark = min(white.pixelColor(x, y).lightness() for x in range(0, white.width(), 2) for y in range(40, 80))
    assert dark < 40


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--diagram", "--out", "a.gif"], "--out must end in .svg or .pdf or .png or .tex for a diagram"),
        (["--out", "a.svg"], "--out must end in .png for a picture of the window"),
        (["--diagram", "--out", "a"], "must be the name of a file such as a.png"),
    ],
)
def test_a_format_that_is_not_written_is_refused_before_anything_is_made(arguments, told, capsys):
    assert render("xor", *arguments) == 2
    assert re.search(re.escape(told), capsys.readouterr().err)
