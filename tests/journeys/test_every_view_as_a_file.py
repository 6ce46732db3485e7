"""Every view of every page is found, and saved in each format: sharp, whole, with text as text."""

from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QGuiApplication, QImage

from playground.analysis.inspection import Inspection
from playground.data.datasets.digits import Digits
from playground.labs import Laboratory
from widgets import saving, theme
from widgets.background import Background
from widgets.figures import files
from widgets.figures.dialog import FigureDialog, formats
from widgets.figures.views import SeenTable, SeenWidget, views_of
from widgets.plots.figure import Figure
from widgets.theme import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4).copy()


def check_png(view):
    clear = files.to_image(view, 1, ground=False)
    assert clear.size() == view.figure_size()
    if isinstance(view, SeenWidget):
        return True
    clear = pixels(clear)
    assert (clear[..., 3] == 0).any(), f"{view.title} has a ground without it"
    return bool((clear != clear[0, 0]).any())


def check_svg(view, something):
    root = ElementTree.fromstring(files.to_svg(view))
    size = view.figure_size()
    assert root.get("viewBox") == f"0 0 {size.width()} {size.height()}"
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not something or tags & {"text", "path", "polyline", "rect", "circle", "image"}
    whole = [
        element
        for element in root.iter(f"{SVG}image")
        if float(element.get("width")) >= 0.98 * size.width()
        and float(element.get("height")) >= 0.98 * size.height()
    ]
    assert not whole or tags & {"text", "path", "polyline"}, f"{view.title} is nothing but a picture"
    for element in root.iter():
        assert "nan" not in (element.get("d") or element.get("points") or "")
        if (family := element.get("font-family")) is not None:
            assert family.endswith("sans-serif") or "Inter" not in family
    return "text" in tags


def check_pdf(view, says_something):
    data = files.to_pdf(view)
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1
    assert b"/FontFile" in data or not says_something


def check_csv(view):
    columns = view.columns()
    assert len({len(values) for values in columns.values()}) <= 1
    assert isinstance(view, SeenWidget) or files.to_csv(view)


def check(page):
    """Save all views of a page; gives them by what they are called."""
    views = views_of(page)
    for view in views[:-1]:
        something = check_png(view)
        says = check_svg(view, something)
        check_pdf(view, says)
        check_csv(view)
    found = {id(getattr(view, "widget", view)) for view in views}
    lost = [each.title for each in page.findChildren(Figure) if each.isVisible() and id(each) not in found]
    assert lost == []
    return {view.title: view for view in views}


def settle(qtbot, window):
    qtbot.waitUntil(lambda: window.design.plots is not None)
    qtbot.wait(50)


def test_the_pages_around_a_network(window, qtbot):
    settle(qtbot, window)
    found = check(window.design)
    assert {"Network", "Output", "Loss", "Gradients", "Whole page"} <= set(found)
    window.pages.open("data")
    qtbot.waitUntil(lambda: window.pages.page.samples.verdict is not None, timeout=20_000)
    table = next(view for view in check(window.pages.page).values() if isinstance(view, SeenTable))
    assert len(next(iter(table.columns().values()))) == table.widget.model().rowCount()
    window.pages.open("runs")
    settle(qtbot, window)
    assert "Losses of the runs" in check(window.pages.page)


def test_the_looks_inside(window, qtbot):
    settle(qtbot, window)
    window.pages.open("inside")
    for kind in Inspection.members():
        window.pages.page.open(kind.tag())
        qtbot.wait(150)
        assert len(check(window.pages.page)) > 1, kind


def test_pictures_and_their_network(window, qtbot):
    settle(qtbot, window)
    experiment = window.workspace.document.experiment.with_dataset(Digits())
    window.workspace.document.edit(experiment, "")
    qtbot.waitUntil(lambda: window.workspace.link.latest.experiment is experiment, timeout=10_000)
    settle(qtbot, window)
    assert {"Sample", "Samples"} <= set(check(window.design))


def test_every_laboratory(window, qtbot):
    window.pages.open("labs")
    for kind in Laboratory.members():
        window.pages.page.open(kind.tag())
        qtbot.wait(20)
        assert len(check(window.pages.page)) > 1, kind


# --- as a person --------------------------------------------------------------------------------------


@pytest.fixture
def dialog(window, qtbot):
    settle(qtbot, window)
    window.actions_["export_figure"].trigger()
    shown = window.findChild(FigureDialog)
    yield shown
    shown.reject()


def choose(dialog, title):
    dialog.view.setCurrentIndex(dialog.view.findText(title))


def test_a_view_is_saved_light_and_on_nothing_while_the_window_stays_dark(
    dialog, window, qtbot, tmp_path, monkeypatch
):
    choose(dialog, "Loss")
    dialog.colours.setCurrentIndex(dialog.colours.findText("Light"))
    dialog.clear.click()
    monkeypatch.setattr(saving, "choose", lambda *_: (tmp_path / "loss.png", ""))
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.findChild(Background) is None)

    saved, size = QImage(str(tmp_path / "loss.png")), window.design.plots.plots["loss"].size()
    assert saved.size() == size * 2
    seen = pixels(saved)
    inked = seen[seen[..., 3] == 255][:, :3].astype(int)
    assert seen[-1, 0, 3] == 0
    assert np.abs(inked - [int(LIGHT.training[at : at + 2], 16) for at in (1, 3, 5)]).sum(axis=1).min() < 6
    assert theme.current() is DARK
    plot = window.design.plots.plots["loss"]
    assert pixels(files.to_image(plot, 1))[-1, 0, :3].tolist() == [30, 33, 40]  # the panel, dark as before


def test_the_network_is_a_diagram_too_and_each_view_offers_what_it_holds(
    dialog, qtbot, tmp_path, monkeypatch
):
    choose(dialog, "Network diagram")
    assert formats(dialog.chosen) == ("svg", "pdf", "png", "tex")
    monkeypatch.setattr(saving, "choose", lambda *_: (tmp_path / "net.tex", ""))
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.findChild(Background) is None)
    assert r"\begin{tikzpicture}" in (tmp_path / "net.tex").read_text()

    choose(dialog, "Whole page")
    assert formats(dialog.chosen) == ("png", "svg", "pdf")
    choose(dialog, "Output")
    assert formats(dialog.chosen) == ("png", "svg", "pdf", "csv")
    dialog.scale.setCurrentIndex(dialog.scale.findText("1×"))
    dialog.copy.click()
    assert QGuiApplication.clipboard().image().size() == dialog.chosen.figure_size()


def test_another_view_is_drawn_once_also_where_the_colours_are_given(dialog, monkeypatch):
    choose(dialog, "Loss")
    dialog.colours.setCurrentIndex(1)
    drawn, draw = [], files.to_image
    monkeypatch.setattr(files, "to_image", lambda *given: drawn.append(given) or draw(*given))
    choose(dialog, "Network diagram")
    assert dialog.colours.currentIndex() == 0
    assert len(drawn) == 1


def test_a_diagram_is_saved_in_the_size_that_is_chosen(dialog, qtbot, tmp_path, monkeypatch):
    choose(dialog, "Network diagram")
    widths = []
    for factor in ("1×", "2×", "4×"):
        path = tmp_path / f"{factor[0]}.png"
        dialog.scale.setCurrentIndex(dialog.scale.findText(factor))
        monkeypatch.setattr(saving, "choose", lambda *_, path=path: (path, ""))
        dialog.save.click()
        qtbot.waitUntil(lambda: dialog.findChild(Background) is None)
        widths.append(QImage(str(path)).width())
    assert widths == [widths[0], 2 * widths[0], 4 * widths[0]]


def test_the_view_with_the_keyboard_is_offered_first(window, qtbot):
    settle(qtbot, window)
    window.activateWindow()
    window.design.output.map.setFocus()
    qtbot.waitUntil(window.design.output.map.hasFocus)
    window.actions_["export_figure"].trigger()
    shown = window.findChild(FigureDialog)
    assert shown.view.currentText() == "Output"
    shown.reject()


def test_the_network_is_drawn_whole_wherever_the_view_looks_and_each_tile_is_its_own(window, qtbot):
    """What writes SVG leaves out which part of an image is meant."""
    settle(qtbot, window)
    view = next(each for each in views_of(window.design) if each.title == "Network")
    whole = files.to_svg(view)
    window.actions_["actual_size"].trigger()
    for _ in range(6):
        window.actions_["zoom_in"].trigger()
    assert files.to_svg(view) == whole
    tiles = [element.get(LINK) for element in ElementTree.fromstring(whole).iter(f"{SVG}image")]
    assert len(set(tiles)) == len(tiles) == 2 + 4 + 2 + 1  # of the inputs and of all neurons

    shown = window.design.output.map
    large, usual = pixels(files.to_image(shown, 2)), pixels(files.to_image(shown, 1))
    assert large.shape[0] == 2 * usual.shape[0]
    assert (large[::2, ::2] != usual).any()  # sharper, and not blown up

    window.design.docks["output"].hide()
    assert "Output" not in [each.title for each in views_of(window.design)]
