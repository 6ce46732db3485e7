"""Makes the pictures of the start page: each example trained to its end, drawn in both themes.

Run by hand from the top folder when an example or the drawing changes, with the names of some or for all:
`QT_QPA_PLATFORM=offscreen python resources/examples/make_pictures.py painted`.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from playground.analysis.ranges import symmetric_level
from playground.data import Samples, preview
from playground.data.augmentation import varied
from playground.engine.layers.convolution import Conv2D
from playground.files.examples import examples
from playground.training.codes import CodeView
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.panels.augmentation.samples_picture import MOST_PICTURES, SamplesPicture
from widgets.panels.output import OutputPanel
from widgets.pictures import picture_image, signed_image
from widgets.plots.colour_bar import BAR_SPACE
from widgets.plots.latent.content import CodeContent
from widgets.plots.latent.ground import Ground

SIZE = 224
"""Pixels of a picture's side: twice what the start page shows, for screens of twice the density."""

CODES = 7
"""Decoded codes in each direction of a picture."""


def trained(example):
    """A snapshot of the example at the end of its training."""
    trainer = Trainer(example.load().experiment)
    with np.errstate(all="ignore"):
        while trainer.epoch < trainer.experiment.training.epochs:
            trainer.run_epoch()
    observer = Observer(trainer)
    if example.name == "vae":
        observer.view = View(code=CodeView(grid=tuple(Ground((-2.2, -2.2), (2.2, 2.2)).cells(CODES, CODES))))
    return observer.snapshot(Progress(1, State.FINISHED, trainer.epoch, 0.0, ""))


def varied_pictures(data):
    """Some samples as an epoch learns from them."""
    few = preview(data.dataset, MOST_PICTURES)
    raw, targets = varied(data.augmentations, few.raw, few.targets, np.random.default_rng(1))
    shown = SamplesPicture()
    shown.show_samples(data.dataset, Samples(raw, targets, few.task), few.raw)
    shown.resize(SIZE, SIZE)
    return shown.grab()


def of_codes(content):
    """What places all over the plane of codes are decoded to."""
    return content.grid(CODES, CODES).scaled(SIZE, SIZE)


def of_maps(snapshot):
    """The chosen picture in the middle of what the filters of the first layer make of it."""
    maps = list(snapshot.layers[snapshot.experiment.network.layers[0].id].maps[:8])
    level, shown, side = symmetric_level(np.array(maps)), theme.current(), SIZE // 3
    images = [signed_image(each, (-level, level), shown) for each in maps]
    images.insert(4, picture_image(snapshot.data.chosen.raw))
    found = QPixmap(SIZE, SIZE)
    found.fill(QColor(shown.canvas))
    with QPainter(found) as painter:
        for place, image in enumerate(images):
            row, column = divmod(place, 3)
            painter.drawImage(QRect(column * side + 2, row * side + 2, side - 3, side - 3), image)
    return found


def of_graph(view):
    """A graph without the panel about it."""
    view.setParent(None)
    view.resize(SIZE, SIZE)
    view.show()
    return view.grab()


def picture(snapshot):
    """What the output panel draws, without its colour bar and captions; of pictures a few."""
    if (content := CodeContent.of(snapshot, (0, 1))) is not None:
        return of_codes(content)
    if any(isinstance(layer, Conv2D) for layer in snapshot.experiment.network.layers[:1]):
        return of_maps(snapshot)
    shape = snapshot.experiment.data.dataset.shape
    if not (shape.is_row or shape.is_sequence):
        return varied_pictures(snapshot.experiment.data)
    panel = OutputPanel()
    panel.boxes.test_points.setChecked(False)
    panel.show()
    panel.show_snapshot(snapshot)
    if snapshot.data.graph is not None:
        return of_graph(panel.graph.view)
    axes = len(snapshot.data.axes)
    plot = {0: panel.sample, 1: panel.curve, 2: panel.map}[axes]
    plot.setParent(None)
    plot.resize(SIZE + BAR_SPACE if axes == 2 else SIZE, SIZE)
    plot.show()
    return plot.grab().copy(0, 0, SIZE, SIZE)


def main():
    """Write two pictures an example."""
    application, names = QApplication([]), sys.argv[1:]
    for example in examples():
        if names and example.name not in names:
            continue
        snapshot = trained(example)
        for scheme in ("dark", "light"):
            theme.apply(application, scheme)
            picture(snapshot).save(str(example.path.with_name(f"{example.name}-{scheme}.png")))


if __name__ == "__main__":
    main()
