import csv
import errno
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QImage

from playground.files import atomic
from widgets import saving
from widgets.background import Background
from widgets.colouring import Diverging
from widgets.figures import files as export
from widgets.plots.curves import Curve, CurvePlot
from widgets.plots.decision_map import DecisionMap
from widgets.plots.map_content import MapContent
from widgets.theme import DARK

X = np.arange(5.0)


def curve_plot():
    plot = CurvePlot("Test loss", "epoch")
    plot.show_curves(
        X,
        [
            Curve("training", 1 / (X + 1), "#4a9ae2"),
            Curve("test", np.array([1, 0.1, np.nan, 1e-9, 0.0]), "#f39237"),
        ],
    )
    return plot


def decision_map():
    widget = DecisionMap("Test loss")
    values = np.linspace(-1, 1, 49, dtype=np.float32).reshape(1, 7, 7)
    widget.show_map(MapContent(values, Diverging(), names=("P(blue)",)))
    return widget


@pytest.fixture(params=[curve_plot, decision_map], ids=lambda make: make.__name__)
def figure(request, show):
    return show(request.param(), 400, 240)


@pytest.fixture
def choose(monkeypatch):
    """Answers the file dialog as a person would."""

    def choose(path, chosen=""):
        answers = [(path, chosen), None]  # gives up when asked again
        monkeypatch.setattr(saving, "choose", lambda *_: answers.pop(0) if path else None)

    return choose


@pytest.fixture
def save_by_menu(qtbot):
    def save(figure):
        (action,) = [action for action in figure.menu.actions() if action.text().startswith("Save")]
        action.trigger()
        qtbot.waitUntil(lambda: figure.findChild(Background) is None)

    return save


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    columns = np.array([[float(cell or "nan") for cell in row] for row in rows]).T
    return dict(zip(names, columns, strict=True))


def test_a_png_is_sharp_and_has_the_background_of_the_theme(figure, choose, save_by_menu, tmp_path):
    choose(tmp_path / "plot.png")

    save_by_menu(figure)

    image = QImage(str(tmp_path / "plot.png"))
    assert (image.width(), image.height()) == (800, 480)
    assert image.pixelColor(799, 479) == QColor(DARK.panel)


def test_an_svg_holds_text_and_lines(figure, choose, save_by_menu, tmp_path):
    choose(tmp_path / "plot.svg")

    save_by_menu(figure)

    root = ElementTree.parse(tmp_path / "plot.svg").getroot()
    assert root.get("viewBox") == "0 0 400 240"
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "text" in tags
    assert tags & {"path", "polyline", "rect"}


def test_the_svg_of_curves_names_them(show, tmp_path):
    figure = show(curve_plot())

    root = ElementTree.fromstring(export.to_svg(figure))
    text = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("text"))
    assert {"training", "test", "epoch"} <= set(text.split())


def test_a_pdf_is_one_page_of_the_size_of_the_figure(figure, choose, save_by_menu, tmp_path):
    choose(tmp_path / "plot.pdf")

    save_by_menu(figure)

    data = (tmp_path / "plot.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1


def test_a_csv_holds_the_columns(figure, choose, save_by_menu, tmp_path):
    choose(tmp_path / "plot.csv")

    save_by_menu(figure)

    read, shown = read_csv(tmp_path / "plot.csv"), figure.columns()
    assert list(read) == list(shown)
    for name, values in shown.items():
        np.testing.assert_array_equal(read[name], values.astype(float))


@pytest.mark.parametrize("name", ["plot", "plot.", "run 2.5", "plot.docx", "größer"])
def test_the_chosen_filter_names_the_format_when_the_name_does_not(
    figure, choose, save_by_menu, tmp_path, name
):
    choose(tmp_path / name, "SVG (*.svg)")

    save_by_menu(figure)

    (saved,) = tmp_path.iterdir()
    assert saved.name == f"{name.rstrip('.')}.svg"
    assert b"<svg" in saved.read_bytes()


def test_a_format_that_the_name_tells_goes_before_the_filter(figure, choose, save_by_menu, tmp_path):
    choose(tmp_path / "plot.PDF", "SVG (*.svg)")

    save_by_menu(figure)

    assert (tmp_path / "plot.PDF").read_bytes().startswith(b"%PDF")


def test_a_full_disk_leaves_the_old_figure_and_is_told(figure, choose, save_by_menu, tmp_path, monkeypatch):
    (tmp_path / "plot.png").write_bytes(b"old")
    told = []
    monkeypatch.setattr(saving, "may_replace", lambda *_: True)
    monkeypatch.setattr(saving, "tell", lambda _parent, sentence: told.append(sentence))
    monkeypatch.setattr(atomic.os, "fsync", full_disk)
    choose(tmp_path / "plot.png")

    save_by_menu(figure)

    assert "no space left" in told[0]
    assert (tmp_path / "plot.png").read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def full_disk(_):
    raise OSError(errno.ENOSPC, "")


def test_a_cancelled_dialog_saves_nothing(figure, choose, save_by_menu, tmp_path):
    choose("")

    save_by_menu(figure)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["no/such/folder/plot.png", "x" * 300])
def test_what_cannot_be_saved_is_told_before_it_is_drawn(
    figure, choose, save_by_menu, tmp_path, monkeypatch, name
):
    told = []
    monkeypatch.setattr(saving, "tell", lambda _parent, sentence: told.append(sentence))
    monkeypatch.setattr(export, "drawn", None)
    choose(tmp_path / name)

    save_by_menu(figure)

    assert len(told) == 1
    assert told[0].startswith("Could not save to ")
    assert not list(tmp_path.iterdir())


def test_copy_puts_the_picture_on_the_clipboard(figure):
    (action,) = [action for action in figure.menu.actions() if action.text() == "Copy"]

    action.trigger()

    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (800, 480)


def test_every_format_is_offered(figure, save_by_menu, monkeypatch):
    asked = []
    monkeypatch.setattr(saving, "choose", lambda *words: asked.append(words))

    save_by_menu(figure)

    assert asked[0][2] == Path("test-loss.png")
    assert asked[0][3] == ("PNG (*.png)", "SVG (*.svg)", "PDF (*.pdf)", "CSV (*.csv)")


def test_text_of_an_svg_keeps_its_place_where_our_typeface_is_not(show):
    root = ElementTree.fromstring(export.to_svg(show(curve_plot())))
    texts = [element for element in root.iter() if element.tag.endswith("text")]
    assert all(element.get("font-family") == "Inter, Helvetica, Arial, sans-serif" for element in texts)
    font = QFont("Inter")
    font.setPixelSize(110)
    (name,) = [element for element in texts if element.text == "training"]
    assert name.get("lengthAdjust") == "spacingAndGlyphs"
    assert abs(float(name.get("textLength")) - QFontMetricsF(font).horizontalAdvance("training") / 10) < 0.2


def test_without_its_ground_a_figure_is_saved_on_nothing(figure, choose, save_by_menu, tmp_path):
    figure.clear.trigger()
    for name in ("plot.png", "plot.svg", "plot.pdf"):
        choose(tmp_path / name)
        save_by_menu(figure)
    assert QImage(str(tmp_path / "plot.png")).pixelColor(799, 479).alpha() == 0
    assert DARK.panel not in (tmp_path / "plot.svg").read_text()
    figure.copy()
    assert QGuiApplication.clipboard().image().pixelColor(799, 479).alpha() == 0


def test_a_figure_is_drawn_at_the_size_that_is_asked_for_and_not_blown_up(figure):
    small, large = export.to_image(figure, 1), export.to_image(figure, 4)
    assert large.size() == small.size() * 4
    blown = small.scaled(large.size())
    assert blown != large
