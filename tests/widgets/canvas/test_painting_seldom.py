"""The canvas paints as seldom as it can while training runs, and what it shows is never stale at rest."""

from dataclasses import replace

import numpy as np
import pytest
from canvas_examples import snapshot_of
from PySide6.QtGui import QImage, QPainter

from playground.engine.graph import Architecture
from playground.engine.layers import Dense
from playground.training.snapshot import State
from widgets.canvas.painter import CanvasPainter
from widgets.canvas.state import Reply

HOURS = 10_000_000


@pytest.fixture
def drawn():
    """The layers whose edges were drawn, one behind the other."""
    return []


@pytest.fixture
def paint(person, drawn, monkeypatch):
    """Paints a snapshot by one painter, again and again."""
    painter, image = CanvasPainter(person.view.font()), QImage(830, 520, QImage.Format.Format_RGB32)
    image.fill(0)
    draw = painter._edges.paint

    def noted(into, bundle, pens, chosen):
        drawn.append(bundle.layer_id)
        draw(into, bundle, pens, chosen)

    monkeypatch.setattr(painter._edges, "paint", noted)

    def paint(snapshot):
        with QPainter(image) as into:
            painter.paint(into, person.view.state.with_(snapshot=snapshot), ring=False, info=False)
        return image

    return paint


def with_weights(snapshot, change):
    layers = {
        name: replace(layer, weights=None if layer.weights is None else change(layer.weights.copy()))
        for name, layer in snapshot.layers.items()
    }
    return replace(snapshot, layers=layers, step=snapshot.step + 1)


def test_edges_are_drawn_once_as_long_as_each_looks_the_same(person, paint, drawn):
    shown = snapshot_of(person.document.experiment)
    paint(shown)
    paint(with_weights(shown, lambda weights: weights * 1.0000001))
    assert drawn == ["dense1", "dense2", "output"]


def test_edges_are_drawn_anew_when_one_looks_otherwise(person, paint, drawn):
    shown = snapshot_of(person.document.experiment)
    paint(shown)
    drawn.clear()

    def turned(weights):
        weights[0, 0] *= -1
        return weights

    paint(with_weights(shown, turned))
    assert drawn == ["dense1", "dense2", "output"]


def pixels(image):
    return np.array(image.constBits()).view(np.uint8).astype(int)


def assert_a_new_painter_agrees(person, seen, shown):
    """But for the last digit of a colour, which the border of what is drawn anew may change."""
    state = person.view.state.with_(snapshot=shown)
    other = QImage(seen.size(), seen.format())
    other.fill(0)
    with QPainter(other) as into:
        CanvasPainter(person.view.font()).paint(into, state, ring=False, info=False)
    assert np.abs(pixels(seen) - pixels(other)).max() <= 3


def test_edges_are_drawn_anew_only_where_one_looks_otherwise(person, paint, drawn):
    shown = snapshot_of(person.document.experiment)
    paint(shown)
    drawn.clear()
    layer = shown.layers["dense1"]
    changed = replace(shown, layers={**shown.layers, "dense1": replace(layer, weights=-layer.weights)})

    seen = paint(changed)

    assert "dense1" in drawn
    assert "output" not in drawn
    assert_a_new_painter_agrees(person, seen, changed)


def test_kept_edges_look_as_those_of_a_new_painter(person, paint):
    first, second = (snapshot_of(person.document.experiment, seed) for seed in (0, 1))
    paint(first)
    seen = paint(second).copy()

    assert_a_new_painter_agrees(person, seen, second)


def test_tiles_that_were_out_of_sight_are_coloured_when_they_are_seen(person, paint):
    network = person.document.experiment.network
    layers = (Dense(id="dense1", units=40), *network.layers[1:])
    person.document.open(person.document.experiment.with_(network=Architecture(layers=layers)))
    shown = snapshot_of(person.document.experiment)
    paint(shown)

    person.view.take(Reply(person.view.state.scrolled("dense1", 20)))
    seen = paint(shown)

    assert person.card("dense1").first_unit == 20
    assert_a_new_painter_agrees(person, seen, shown)


def test_while_training_runs_the_canvas_rests_between_two_pictures(person, monkeypatch):
    view = person.view
    rest, updates = view._rest, []
    for timer in (rest._pause, rest._late):
        timer.setInterval(HOURS)
    monkeypatch.setattr(rest, "_draw", lambda: updates.append(view.state.snapshot.step))
    monkeypatch.setattr(rest, "took", lambda seconds: None)
    shown = snapshot_of(person.document.experiment)
    view.show_snapshot(replace(shown, state=State.PAUSED))
    updates.clear()

    for step in (11, 12, 13, 14):
        view.show_snapshot(replace(shown, step=step))
    assert updates == [11]  # the first that runs

    view.show_snapshot(replace(shown, step=15, state=State.PAUSED))
    assert updates == [11, 15]


def test_a_picture_that_took_long_is_followed_by_a_longer_rest(person):
    rest = person.view._rest
    pauses = []
    for seconds in (0.0, 0.008, 0.012, 5.0):
        rest.took(seconds)
        pauses.append(rest._pause.interval())
    assert np.all(np.diff(pauses) > 0)
    assert pauses[1] == pytest.approx(80)  # a tenth of the time
    assert pauses[-1] == 200
