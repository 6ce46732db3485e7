"""A snapshot of random numbers, and a person who acts on a canvas."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.training.snapshot import DataSnapshot, LayerSnapshot, Measures, Snapshot, State
from widgets.canvas.menus import context_menu
from widgets.canvas.parts import Role, Target

R = 10


# --- what can be pointed at, in the words of a person ---


def on_card(layer_id):
    return Target(Role.CARD, layer_id)


def neuron(layer_id, unit):
    return Target(Role.TILE, layer_id, unit)


def bias(layer_id, unit):
    return Target(Role.BIAS, layer_id, unit)


def edge(layer_id, unit, source):
    return Target(Role.EDGE, layer_id, unit, source)


def skip_wire(source_id, target_id):
    return Target(Role.SKIP, target_id, source_id=source_id)


def layer_snapshot(node, random):
    weights = random.normal(size=(node.units, node.input_units[0]))
    neurons = node.layer.has_neurons
    return LayerSnapshot(
        units=node.units,
        weights=weights if neurons else None,
        bias=np.full(node.units, 0.25) if neurons else None,
        weight_gradients=weights / 100 if neurons else None,
        bias_gradients=np.full(node.units, 0.5) if neurons else None,
        weight_updates=weights / 1000 if neurons else None,
        bias_updates=np.full(node.units, -0.02) if neurons else None,
        gradient_norm=1e-3,
        maps=random.normal(size=(node.units, R, R)).astype(np.float32) if neurons else None,
        mean=np.full(node.units, 0.31, np.float32),
        active=np.full(node.units, 0.46, np.float32),
    )


def snapshot_of(experiment, seed=0):
    """A snapshot of random numbers that is of the experiment's structure."""
    random = np.random.default_rng(seed)
    measures = Measures(0.5, {})
    none = np.empty((0, 2)), np.empty(0)
    return Snapshot(
        run=1, state=State.RUNNING, experiment=experiment, epoch=1, step=10, progress=0.0, steps_per_epoch=10,
        goal=100, train=measures, test=measures, penalty=0.0, learning_rate=0.1, steps_per_second=1.0,
        parameters=1,
        layers={node.layer.id: layer_snapshot(node, random) for node in experiment.graph.nodes},
        input_maps=random.normal(size=(len(experiment.data.inputs), R, R)).astype(np.float32),
        output=None, low=0.0, focus=None, data=DataSnapshot(*none, *none), history={},
    )  # fmt: skip


class Person:
    """Points at the canvas, clicks, drags and types."""

    def __init__(self, qtbot, canvas, document):
        self.qtbot, self.canvas, self.document = qtbot, canvas, document
        self.view = canvas.view

    # --- where things are ---

    def card(self, layer_id):
        return self.view.state.scene.card(layer_id)

    def on_screen(self, point):
        return self.view.state.camera.to_screen(point).toPoint()

    def body(self, layer_id):
        """A plain spot of a card: its title."""
        rect = self.card(layer_id).rect
        return self.on_screen(QPointF(rect.center().x(), rect.top() + 16))

    def tile(self, layer_id, unit):
        return self.on_screen(self.view.state.tile_rect(layer_id, unit).center())

    def bias(self, layer_id, unit):
        return self.on_screen(self.card(layer_id).area(Role.BIAS, unit).center())

    def edge(self, layer_id, unit, source):
        """A spot of an edge that no other edge is near."""
        bundle = next(bundle for bundle in self.view.state.scene.bundles if bundle.layer_id == layer_id)
        k = int(np.flatnonzero((bundle.units == unit) & (bundle.inputs == source))[0])
        points = [QPointF(*point) for point in bundle.points[k, 4:-4]]
        return self.on_screen(next(point for point in points if bundle.nearest(point)[0] == k))

    def gap(self, position):
        return self.on_screen(self.view.state.scene.gap(position).center())

    # --- what is done ---

    def choose(self, action):
        """Choose an action of the window, by its name."""
        self.canvas.calls()[action]()

    def click(self, at, modifiers=Qt.KeyboardModifier.NoModifier, button=Qt.MouseButton.LeftButton):
        self.move(at)
        QTest.mouseClick(self.view, button, modifiers, at)

    def move(self, at):
        QTest.mouseMove(self.view, at)
        QApplication.processEvents()

    def drag(self, start, end, button=Qt.MouseButton.LeftButton, release=True):
        QTest.mousePress(self.view, button, pos=start)
        for share in (0.3, 0.7, 1.0):
            self.move(start + (end - start) * share)
        if release:
            QTest.mouseRelease(self.view, button, pos=end)

    def drag_chip(self, name, at, release=True, chip=None):
        chip = chip or self.chip(name)
        centre = chip.rect().center()
        end = chip.mapFromGlobal(self.view.mapToGlobal(at))
        QTest.mousePress(chip, Qt.MouseButton.LeftButton, pos=centre)
        QTest.mouseMove(chip, centre + QPoint(30, 5))
        QTest.mouseMove(chip, end)
        QApplication.processEvents()
        if release:
            QTest.mouseRelease(chip, Qt.MouseButton.LeftButton, pos=end)

    def chip(self, name):
        return next(chip for chip in self.canvas.palette_row.chips if chip.text() == name)

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.view, key, modifiers)

    def menu(self, target):
        """What the right button offers on a target; whoever asks deletes it."""
        return context_menu(self.view, self.view.state, target, self.view.act)

    # --- what came of it ---

    @property
    def ids(self):
        return [layer.id for layer in self.document.experiment.network.layers]

    @property
    def units(self):
        return [layer.units for layer in self.document.experiment.network.layers if hasattr(layer, "units")]

    @property
    def steps(self):
        """The words of every step of undo."""
        stack = self.document.undo_stack
        return [stack.text(index) for index in range(stack.index())]
