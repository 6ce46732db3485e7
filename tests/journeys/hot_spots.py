"""Where in a window something can be clicked: controls, and the parts of the network's drawing."""

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QMenuBar,
    QTabBar,
)

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QMenuBar, QTabBar,
)  # fmt: skip


def hot_spot(random, top, window):
    """A point of a top-level widget at which something is; None when there is nothing."""
    within = in_front(top, window)
    if within is window and window.design.canvas.isVisible() and random.random() < 0.5:
        return on_canvas(random, window)
    controls = visible(within, CONTROLS)
    if not controls:
        return None
    control = random.choice(controls)
    inside = QPoint(random.randrange(max(control.width(), 1)), random.randrange(max(control.height(), 1)))
    return control.mapTo(top, inside)


def in_front(top, window):
    """The start page, where that covers the window."""
    page = window.welcome.page
    return page if top is window and page is not None and page.isVisible() else top


def visible(within, kinds):
    """What can be seen and used of some kinds."""
    found = [child for kind in kinds for child in within.findChildren(kind)]
    return [child for child in found if child.isVisible() and child.isEnabled()]


def on_canvas(random, window):
    """A point of the window at which a part of the network is drawn."""
    view = window.design.canvas.view
    part = random.choice(parts(random, view.state.scene, random.choice(view.state.scene.cards)))
    return view.mapTo(window, view.state.camera.to_screen(part).toPoint())


def parts(random, scene, card):
    """Points of a card's title, of all of its parts, and of edges into it."""
    places = [QPointF(card.rect.center().x(), card.rect.top() + 16)]
    places += [QPointF(card.rect.center().x(), card.rect.bottom() - above) for above in (1, 12)]
    places += [part.rect.center() for part in card.parts]
    for bundle in scene.bundles:
        if bundle.layer_id == card.id and len(bundle.points):
            places.append(QPointF(*random.choice(random.choice(bundle.points))))
    return places
