"""Nothing in the window is cut off, covered or out of reach, whatever its size, colours and typeface."""

import pytest
from PySide6.QtCore import QSize
from seeing import faults

from playground.data import Dataset
from widgets import fonts, theme
from widgets.forms import switch

SIZES = [(1440, 900), (1366, 768), (1280, 720), (1100, 700), (1024, 600), (1000, 560)]
FACTOR = 120
"""Percent of its width that another typeface may have."""


@pytest.fixture(params=["Inter", "a wider typeface"])
def typeface(request, monkeypatch):
    usual = fonts.font

    def wider():
        font = usual()
        font.setStretch(FACTOR)
        return font

    if request.param != "Inter":
        monkeypatch.setattr(fonts, "font", wider)


@pytest.fixture(params=["dark", "light"])
def dressed(request, qapp, typeface):
    theme.apply(qapp, request.param)
    yield
    qapp.setFont(fonts.font())


@pytest.fixture
def look(dressed, window, qtbot):
    """Asserts that a person sees everything there is, at every size of the window or at a few."""
    qtbot.waitUntil(lambda: window.plots is not None)

    def look(sizes=(SIZES[0], SIZES[3], SIZES[-1])):
        for size in sizes:
            window.resize(*size)
            assert window.size() == QSize(*size)
            found = []
            try:
                qtbot.waitUntil(lambda found=found: see(window, found), timeout=10_000)
            except Exception:
                pytest.fail(f"at {size}:\n" + "\n".join(found))

    return look


def see(window, found):
    found[:] = faults(window)
    return not found


def test_the_panels(look, window):
    look(SIZES)


def test_the_start_page(look, window):
    window.show_start_page()
    look(SIZES)


def test_the_data_panel_with_every_dataset(look, window):
    for member in Dataset.members():
        experiment = window.document.experiment
        dataset = switch(experiment.data.dataset, member)
        window.document.edit(experiment.with_dataset(dataset), "")
        look()
    window.document.undo_stack.setClean()


def test_the_layer_tab_and_its_explanation(look, window):
    for layer in window.document.experiment.network.layers:
        for page in (window.inspector.layer, window.inspector.explain):
            window.inspector.tabs.setCurrentWidget(page)
            window.inspector.show_layers((layer.id,))
            look()
