"""What is seen of graph layers in the window: messages, the embedding, and what has no effect any more."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from playground.files.examples import examples
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State
from playground.training.trainer import Trainer
from widgets.document import Document
from widgets.panels.data import DataPanel
from widgets.panels.output import OutputPanel
from widgets.panels.training import TrainingPanel
from widgets.plots.embedding_plot import EmbeddingPlot
from widgets.plots.graph.messages import flowing_into
from widgets.plots.graph.view import GraphView
from widgets.plots.plots_panel import PlotsPanel


def example(name="karate_gcn"):
    return next(each for each in examples() if each.name == name).load().experiment


def snapshot_of(name="karate_gcn", epochs=3):
    trainer = Trainer(example(name))
    for _ in range(epochs):
        trainer.run_epoch()
    return Observer(trainer).snapshot(Progress(1, State.PAUSED, 1000, 0.0, None))


def test_a_node_that_is_pointed_at_says_what_flows_into_it(show, qtbot):
    panel, snapshot = show(OutputPanel(), 380, 520), snapshot_of()
    panel.show_snapshot(snapshot)
    view = panel.findChild(GraphView)
    plain = view.grab().toImage()
    qtbot.mouseMove(view, QPointF(2, 2).toPoint())
    qtbot.mouseMove(view, view.pixel_of(16).toPoint())
    assert view.under == 16
    about = view.content.about(16)
    messages = snapshot.nodes.messages
    assert {each.source for each in flowing_into(messages, 16)} == {5, 6, 16}
    assert "from 7 by a weight of" in about
    assert "together" in about
    assert view.content.called(16).startswith("17 · Σ ")
    assert view.grab().toImage() != plain


def test_a_graph_that_no_layer_reads_has_no_messages(show):
    panel = show(OutputPanel(), 380, 520)
    panel.show_snapshot(snapshot_of("karate"))
    view = panel.findChild(GraphView)
    assert view.content.messages is None
    assert view.content.called(11) == "12"


def test_the_embedding_shows_every_node_and_how_different_layers_make_them(show, qtbot):
    plot, snapshot = show(EmbeddingPlot(), 560, 220), snapshot_of()
    plot.show_snapshot(snapshot)
    assert plot.caption == "Graph conv 2, its values"
    assert [words.rpartition(" ")[0] for words in plot.sentences()] == [
        "Inputs", "Graph conv 1", "Graph conv 2", "Output"
    ]  # fmt: skip
    places = plot.places()
    assert (places >= 0).all()
    assert (places <= [560, 220]).all()
    qtbot.mouseMove(plot, QPointF(*places[33]).toPoint())
    assert plot.pointed is not None
    assert "president" in plot.toolTip() or "instructor" in plot.toolTip()
    assert len(plot.columns()["across"]) == 34


def test_the_embedding_moves_while_it_trains(show):
    plot = show(EmbeddingPlot(), 560, 220)
    plot.show_snapshot(snapshot_of())
    before = plot.nodes.embedding
    plot.show_snapshot(snapshot_of(epochs=30))
    assert (plot.nodes.embedding != before).any()


def test_nodes_of_the_embedding_are_walked_by_arrow_keys(show, qtbot):
    plot, snapshot = show(EmbeddingPlot(), 560, 220), snapshot_of()
    plot.show_snapshot(snapshot)
    plot.setFocus()
    qtbot.keyClick(plot, Qt.Key.Key_Right)
    first, places = plot.pointed, plot.places()
    assert first == int(np.hypot(*(places - places.mean(axis=0)).T).argmin())  # begins in the middle
    assert plot.heading.startswith(plot.content.about(first)[:10])
    assert plot.content.about(first) in plot.accessibleDescription()
    qtbot.keyClick(plot, Qt.Key.Key_Up)
    assert plot.pointed != first
    assert places[plot.pointed, 1] < places[first, 1]  # y grows downward
    qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert plot.pointed is None
    assert plot.heading == plot.caption


def test_the_embedding_is_offered_where_layers_read_the_graph(show):
    panel = show(PlotsPanel(), 900, 240)
    panel.show_snapshot(snapshot_of("karate"))
    assert not panel.tabs["embedding"].offered
    panel.show_snapshot(snapshot_of())
    assert panel.tabs["embedding"].offered
    assert panel.plots["embedding"].isVisible()


@pytest.mark.parametrize(("name", "whole"), [("karate_gcn", True), ("karate", False)])
def test_settings_of_batches_are_there_where_they_have_an_effect(show, name, whole):
    document = Document(example(name))
    data, training = show(DataPanel(document), 320, 700), show(TrainingPanel(document), 320, 700)
    assert data.batch_size.isHidden() is whole
    assert data.whole_graph.isHidden() is not whole
    assert training.form.controls["shuffle"].isHidden() is whole
    assert not training.form.controls["epochs"].isHidden()
    assert data.whole_graph.text() == "Each step takes the whole graph."
