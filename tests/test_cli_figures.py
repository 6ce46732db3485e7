"""What `render` writes besides pictures of the window."""

import re

import av
import pytest
from PIL import Image
from PySide6.QtGui import QImage

from playground.animation.timing import HOLD
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
        (["--out", "a.svg"], "--out must end in .png or .gif or .webp or .mp4 for the window or a film"),
        (["--out", "a.gif", "--size", "100x100"], "--size must be at least 320x180, the smallest film"),
        (["--out", "a.gif", "--fps", "0"], "must be frames a second from 1 to 60"),
        (["--out", "a.gif", "--views", "map,sound"], "must be some of map, network, curves"),
        (["--diagram", "--out", "a"], "must be the name of a file such as a.png"),
    ],
)
def test_a_format_that_is_not_written_is_refused_before_anything_is_made(arguments, told, capsys):
    assert render("xor", *arguments) == 2
    assert re.search(re.escape(told), capsys.readouterr().err)


@pytest.mark.parametrize("ending", ["gif", "webp", "mp4"])
def test_a_film_is_written_as_its_ending_says(ending, tmp_path, qapp):
    out = tmp_path / f"a.{ending}"
    options = ["--epochs", 4, "--every", 2, "--fps", 5, "--size", "322x200", "--views", "map"]
    assert render("xor", "--out", out, *options) == 0
    if ending == "mp4":
        with av.open(out) as container:
            frames = sum(1 for _ in container.decode(video=0))
            assert frames == 2 + round(5 * HOLD)
            assert (container.streams.video[0].width, container.streams.video[0].height) == (322, 200)
    else:
        with Image.open(out) as image:
            assert (image.n_frames, image.size) == (3, (322, 200))
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_a_film_that_cannot_be_written_is_refused_before_it_is_made(tmp_path, capsys):
    assert render("xor", "--epochs", 1, "--out", tmp_path / "no" / "a.gif") == 2
    assert "there is no such folder" in capsys.readouterr().err


def test_a_report_is_written_or_refused(tmp_path, qapp, capsys):
    out = tmp_path / "xor.html"
    assert main(["report", "xor", "--epochs", "2", "--out", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.count("data:image/png;base64,") == 2
    assert main(["report", "xor", "--out", "a.pdf"]) == 2
    assert "must be the name of an .html file" in capsys.readouterr().err
