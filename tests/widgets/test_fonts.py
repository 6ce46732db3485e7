"""The typeface that comes with the program."""

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QTextLayout
from PySide6.QtWidgets import QLabel

from widgets import fonts

ROOT = Path(__file__).parent.parent.parent

FALLING_BACK = set("⋯⌊⌋٫٬⊙")
"""What the interface writes, or understands when typed, and Inter lacks; any system has it."""

WEIGHTS = pytest.mark.parametrize(
    "weight", [QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold]
)


def glyphs(text, font):
    """Which typefaces draw the text, and the numbers of their glyphs (0 is the sign for a missing one)."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [
        (run.rawFont().familyName(), number) for run in layout.glyphRuns() for number in run.glyphIndexes()
    ]


def letters_of_the_interface():
    """Every character beyond ASCII that the sources write."""
    sources = [path for folder in ("widgets", "playground") for path in (ROOT / folder).rglob("*.py")]
    return sorted({letter for path in sources for letter in path.read_text("utf-8") if ord(letter) > 126})


@WEIGHTS
def test_every_weight_that_the_program_uses_comes_with_it(qapp, weight):
    font = fonts.font()
    font.setWeight(weight)
    assert QFontInfo(font).family() == "Inter"
    assert QFontInfo(font).weight() == weight


@WEIGHTS
def test_all_figures_are_equally_wide(qapp, weight):
    font = fonts.font()
    font.setWeight(weight)
    widths = [QFontMetricsF(font).horizontalAdvance(figure * 10) for figure in "0123456789"]
    assert max(widths) - min(widths) < 1


@pytest.mark.parametrize("role", ["", "muted", "caption", "figure", "heading"])
def test_figures_stay_equally_wide_in_what_the_style_sheet_dresses(qtbot, role):
    label = QLabel()
    label.setProperty("role", role)
    qtbot.addWidget(label)
    label.ensurePolished()
    widths = [label.fontMetrics().horizontalAdvance(figure * 10) for figure in "0123456789"]
    assert max(widths) - min(widths) <= 1


def test_the_letters_of_the_interface_are_its_own_but_for_a_few_signs(qapp):
    own = "".join(letter for letter in letters_of_the_interface() if letter not in FALLING_BACK)
    foreign = {
        letter for letter in own if any(family != "Inter" for family, _ in glyphs(letter, fonts.font()))
    }
    assert not foreign
    assert all(number for _, number in glyphs(own, fonts.font()))


def test_the_licence_lies_beside_the_typeface():
    licence = (fonts.FOLDER / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "The Inter Project Authors" in licence


def test_a_typeface_that_cannot_be_loaded_is_told_and_stops_nothing(qapp, monkeypatch, tmp_path, caplog):
    (tmp_path / "Inter-Regular.otf").write_bytes(b"no typeface")
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    fonts.load.__wrapped__()
    assert "Inter-Regular.otf cannot be loaded" in caplog.text
