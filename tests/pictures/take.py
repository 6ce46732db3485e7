"""Takes the pictures of the window: those of the README, and those that the tests compare with.

Run it when the look has changed on purpose, and look at what it wrote: `python tests/pictures/take.py`.
With a folder (`python tests/pictures/take.py FOLDER`) it writes those of the tests there, and no others.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np

from playground.cli import display
from playground.files.sources import resolve
from widgets import program

if TYPE_CHECKING:
    from widgets.main_window import MainWindow

ROOT = Path(__file__).parents[2]


def start_page(window: MainWindow) -> None:
    """Examples and recent files."""
    window.welcome.show()


def confusion_and_words(window: MainWindow) -> None:
    """What is taken for what, a chosen layer, and what lies behind the data."""
    window.design.plots.restore(("loss", "confusion"))
    window.design.canvas.set_selection(("hidden1",))
    window.design.inspector.explain.explain("data", "dataset")
    window.design.inspector.tabs.setCurrentWidget(window.design.inspector.explain)


def layer_panel(window: MainWindow) -> None:
    """What the tied layer is."""
    window.design.canvas.set_selection(("decoder",))
    window.design.inspector.tabs.setCurrentWidget(window.design.inspector.layer)


def neuron_lines(window: MainWindow) -> None:
    """Where each neuron of the first layer is zero."""
    window.design.output.boxes.neuron_lines.setChecked(True)


def painting(window: MainWindow) -> None:
    """Points that are painted, some of them chosen."""
    window.design.painting.start()
    painted = window.design.painting.draft
    painted.choose(painted.points.places[:, 1] > 1)


def data_page(window: MainWindow) -> None:
    """The samples in a table, with what the network says of each, and of one that is asked about."""
    from PySide6.QtWidgets import QApplication

    window.pages.open("data")
    page = window.pages.page
    while not page.ask.bars.rows:
        QApplication.processEvents()


def drawn_digit(window: MainWindow) -> None:
    """Samples with the answers to them, a digit that is drawn, and the weights of the first layer."""
    from PySide6.QtWidgets import QApplication

    from playground.data.pictures.strokes import PenStroke

    views = window.design.views.of("height width channels")
    while views.strip.judged is None:
        QApplication.processEvents()
    angles = np.radians(np.concatenate([np.linspace(190, 450, 30), np.linspace(270, 530, 30)]))
    middles = np.repeat([[0.47, 0.3], [0.47, 0.7]], 30, axis=0)
    points = middles + np.column_stack([0.26 * np.cos(angles), 0.2 * np.sin(angles)])
    views.drawing.pad.strokes = (PenStroke(points, views.drawing.pad.colour),)
    views.drawing.pad.changed.emit()
    window.design.canvas.set_selection(("hidden1",))
    window.design.inspector.show_layers(("hidden1",))
    while not views.drawing.answer.text():
        QApplication.processEvents()


def picture_wall(window: MainWindow) -> None:
    """All pictures, the worst first, one that is asked about, and the mean of each class."""
    from PySide6.QtWidgets import QApplication

    window.pages.open("data")
    page = window.pages.page
    while page.samples.verdict is None:
        QApplication.processEvents()
    wall = page.pictures.wall
    wall.order.setCurrentIndex(1)
    wall.order.activated.emit(1)
    page.tabs.setCurrentWidget(page.pictures.means)
    while page.samples.arrangement.rows[0] == 0:
        QApplication.processEvents()
    wall.wall.choose(int(page.samples.arrangement.rows[1]))
    page.pictures.ask.take(int(page.samples.arrangement.rows[1]))
    while not page.pictures.ask.bars.rows or page.pictures.means.wall.content is None:
        QApplication.processEvents()


def sequences(window: MainWindow) -> None:
    """Sequences in a table, with what follows and what is said of that, and one that is typed."""
    from PySide6.QtWidgets import QApplication

    window.pages.open("data")
    asked = window.pages.page.ask.sequence
    while not asked.bars.rows:
        QApplication.processEvents()


def node_of_graph(window: MainWindow) -> None:
    """A node of a graph, its neighbours, and what it makes of the network."""
    window.design.output.graph.view.chosen.emit(2)


def unrolled(window: MainWindow) -> None:
    """A recurrent layer, cell by cell."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    (first, *_) = (layer.id for layer in window.workspace.document.experiment.network.layers)
    window.design.canvas.set_selection((first,))
    QTest.keyClick(window.design.canvas.view, Qt.Key.Key_U)


def nothing(window: MainWindow) -> None:
    """As it opens."""


@dataclass(frozen=True)
class Scene:
    """What there is to be seen."""

    example: str
    epochs: int
    size: tuple[int, int]
    theme: str
    act: Callable[[MainWindow], None] = nothing

    def take(self, out: Path, share: float = 1.0) -> None:
        """Write the picture, at a share of its size."""
        from PySide6.QtCore import Qt

        from widgets import picture

        source = resolve(self.example)
        with picture.window(source.saved, source.name, self.epochs, self.size, self.theme) as window:
            picture.at_rest(window)
            self.act(window)
            image = picture.at_rest(window)
        image.scaledToWidth(round(image.width() * share), Qt.TransformationMode.SmoothTransformation).save(
            str(out)
        )


README = {
    "dark": Scene("spiral", 400, (1440, 900), "dark", neuron_lines),
    "light": Scene("three_classes", 200, (1440, 900), "light", confusion_and_words),
}

COMPARED = {
    "start-page": Scene("xor", 0, (1440, 900), "dark", start_page),
    "spiral-dark": Scene("spiral", 8, (1440, 900), "dark", neuron_lines),
    "classes-light": Scene("three_classes", 8, (1280, 720), "light", confusion_and_words),
    "autoencoder-dark": Scene("autoencoder", 4, (1100, 700), "dark", layer_panel),
    "painting-light": Scene("painted", 8, (1100, 700), "light", painting),
    "data-dark": Scene("three_classes", 8, (1280, 720), "dark", data_page),
    "graph-dark": Scene("karate", 30, (1440, 900), "dark"),
    "graph-light": Scene("karate", 30, (1100, 700), "light", node_of_graph),
    "messages-light": Scene("karate_gcn", 10, (1100, 700), "light", node_of_graph),
    "unrolled-dark": Scene("adding_lstm", 0, (1280, 720), "dark", unrolled),
    "digits-dark": Scene("digits", 2, (1440, 900), "dark", drawn_digit),
    "wall-light": Scene("digits", 2, (1280, 720), "light", picture_wall),
    "series-dark": Scene("series", 8, (1440, 900), "dark"),
    "sequences-light": Scene("series", 8, (1100, 700), "light", sequences),
    "line-small-light": Scene("sine", 8, (1000, 560), "light"),
}
"""Trained for so few epochs that every processor computes the same."""


def take(folder: str | None = None) -> None:
    """Write them all."""
    for name, scene in COMPARED.items():
        scene.take(Path(folder or Path(__file__).parent) / f"{name}.png", share=0.5)
    for name, scene in README.items() if folder is None else ():
        scene.take(ROOT / "resources" / "screenshots" / f"{name}.png")


if __name__ == "__main__":
    display.use_none(os.environ)
    os.environ["FONTCONFIG_FILE"] = str(program.FONT_SETTINGS)
    take(*sys.argv[1:2])
