"""The view of a graph: colours, marks, the pointer, the keyboard, and what it says aloud."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from playground.data.datasets.karate import Karate
from playground.data.datasets.recipes import GraphGrid, Molecules, StochasticBlocks
from playground.data.graphs.node_graph import NodeGraph
from playground.data.graphs.over_graph import OverGraph
from playground.data.spaces import PlaneOfColumns
from playground.experiment import Experiment
from playground.training.observer import Observer, Progress
from playground.training.snapshot import State, View
from playground.training.trainer import Trainer
from widgets import theme
from widgets.panels.output import OutputPanel
from widgets.plots.graph import many
from widgets.plots.graph.content import ColourBy, graph_content
from widgets.plots.graph.steps import towards
from widgets.plots.graph.view import GraphView
from widgets.tab_order import go_on
from widgets.theme import class_colours


def snapshot_of(dataset, space=None, focus=None, epochs=0):
    trainer = Trainer(Experiment().with_dataset(dataset))
    for _ in range(epochs):
        trainer.run_epoch()
    observer = Observer(trainer)
    observer.view = View(space=space, focus=focus)
    return observer.snapshot(Progress(1, State.PAUSED, 1000, 0.0, None))


@pytest.fixture
def panel(show):
    """An output panel that shows the karate club, and what it asks for."""
    panel = show(OutputPanel(), 380, 520)
    panel.show_snapshot(snapshot_of(Karate(), epochs=5))

    def show_over(space):
        panel.asked.append(space)
        panel.show_snapshot(snapshot_of(Karate(), space, epochs=5))

    panel.asked = []
    panel.space_chosen.connect(show_over)
    return panel


def colour_at(view, node):
    return view.grab().toImage().pixelColor(view.pixel_of(node).toPoint()).name()


def names_of(colours):
    return [QColor(colour).name() for colour in colours.tolist()]


def click(qtbot, view, node):
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.pixel_of(node).toPoint())


def shown(panel):
    return {field.caption: field.text for field in panel.read_out.fields}


# --- what is seen -----------------------------------------------------------------------------------


def test_nodes_have_the_colour_of_what_they_are_taken_for_or_of_the_truth(qtbot, panel):
    view, content = panel.graph.view, panel.graph.view.content
    orange, blue = class_colours(2)
    shares = np.tile([0.1, 0.9], (34, 1))
    view.show_content(replace(content, shares=shares, drawn=replace(content.drawn, labels=np.ones(34))))
    assert colour_at(view, 16) == blue
    shares[16] = [0.9, 0.1]
    view.show_content(replace(content, shares=shares))

    bar = panel.graph.bar.colour_by
    bar.setCurrentIndex(bar.findData(ColourBy.TRUTH))
    bar.activated.emit(bar.currentIndex())

    assert colour_at(view, 25) == blue
    assert colour_at(view, 16) == orange


def test_the_less_sure_the_nearer_a_colour_is_to_that_of_nothing():
    content = graph_content(snapshot_of(Karate()))
    shares = np.tile([0.5, 0.5], (34, 1))
    shares[1], shares[2] = [0.25, 0.75], [0, 1]
    colours = names_of(replace(content, shares=shares).colours(ColourBy.CERTAINTY, theme.DARK))
    assert colours[0] == theme.DARK.zero
    assert colours[2] == class_colours(2)[1]
    blues = [QColor(colours[node]).blue() for node in (0, 1, 2)]
    assert blues == sorted(blues)


def test_what_is_wrong_are_known_nodes_that_are_taken_for_another_class():
    content = graph_content(snapshot_of(StochasticBlocks(), epochs=2))
    taken = content.shares.argmax(axis=1)
    np.testing.assert_array_equal(content.wrong, taken != content.drawn.labels)
    labels = content.drawn.labels.copy()
    labels[:10] = np.nan
    unknown = replace(content, drawn=replace(content.drawn, labels=labels))
    assert not unknown.wrong[:10].any()
    assert names_of(unknown.colours(ColourBy.TRUTH, theme.DARK))[0] == theme.DARK.canvas
    assert unknown.fields(0)[-1].text == "unknown"


def test_the_score_is_the_test_accuracy():
    snapshot = snapshot_of(StochasticBlocks(), epochs=5)
    accuracy = snapshot.test.metrics["accuracy"]
    assert graph_content(snapshot).score == f"{round(accuracy * 45)} of 45 right"


def test_a_neuron_that_is_pointed_at_colours_the_nodes_by_its_values():
    snapshot = snapshot_of(Karate(), focus=("dense1", 2))
    content = graph_content(snapshot)
    assert content.of_neuron
    assert content.values.shape == (34,)
    assert [field.caption for field in content.fields(3)] == ["node", "activation"]


def test_an_autoencoder_of_nodes_is_coloured_by_the_truth_alone():
    experiment = Experiment().with_dataset(GraphGrid())
    experiment = experiment.with_data(experiment.data.with_(targets="inputs"))
    snapshot = Observer(Trainer(experiment)).snapshot(Progress(1, State.PAUSED, 1, 0.0, None))
    content = graph_content(snapshot)
    assert content.ways == (ColourBy.TRUTH,)
    first = names_of(content.colours(ColourBy.PREDICTION, theme.DARK))[0]
    assert first == class_colours(4)[int(content.drawn.labels[0])]


def test_over_a_plane_of_columns_the_graph_makes_room_for_the_map(panel):
    panel.show_snapshot(snapshot_of(Karate(), PlaneOfColumns()))
    assert panel.map.isVisible()
    assert not panel.graph.bar.isVisible()
    panel.show_snapshot(snapshot_of(Karate()))
    assert panel.graph.view.isVisible()
    assert not panel.boxes.isVisible()


# --- the pointer ------------------------------------------------------------------------------------


def test_pointing_at_a_node_reads_it_out_and_lights_its_neighbours(qtbot, panel):
    view = panel.graph.view
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, view.pixel_of(33).toPoint())
    assert view.lit == 33
    assert shown(panel)["node"] == "34"
    assert shown(panel)["truth"] == "president"
    qtbot.mouseMove(view, QPoint(2, 2))
    assert view.lit is None
    assert set(shown(panel).values()) == {"–"}


def test_a_click_chooses_a_node_and_another_click_on_it_leaves_it(qtbot, panel):
    view = panel.graph.view
    click(qtbot, view, 11)
    assert panel.asked[-1].node == 11
    assert view.content.drawn.chosen == 11
    assert view.isVisible(), "the graph stays, while the canvas shows the node's values"
    click(qtbot, view, 11)
    assert panel.asked[-1].node == -1


def test_a_node_that_is_dragged_stays_where_it_was_put_and_no_other_moves(qtbot, panel):
    view = panel.graph.view
    before = [view.pixel_of(node) for node in range(34)]
    start = before[11].toPoint()
    target = QPoint(30, view.height() - 30)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for share in (0.3, 0.7, 1.0):
        qtbot.mouseMove(
            view, start + QPoint(*(np.rint(share * np.array((target - start).toTuple()))).astype(int))
        )
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=target)
    assert panel.asked[-1].moved[0][0] == 11
    assert panel.asked[-1].node == -1, "a drag is no click"
    assert (view.pixel_of(11) - QPointF(target)).manhattanLength() < 2
    assert all(view.pixel_of(node) == before[node] for node in range(34) if node != 11)
    qtbot.mouseClick(panel.graph.bar.fit, Qt.MouseButton.LeftButton)
    assert panel.asked[-1].moved == ()
    assert (view.pixel_of(11) - before[11]).manhattanLength() < 1e-6


def test_what_was_dragged_in_one_graph_does_not_move_another(panel):
    key = snapshot_of(Karate()).data.graph.graph.key
    moved = OverGraph(moved=((0, 0.9, 0.9),), of=key)
    grid, same = snapshot_of(GraphGrid(), moved), snapshot_of(GraphGrid())
    np.testing.assert_array_equal(grid.data.graph.positions, same.data.graph.positions)


def test_the_wheel_goes_nearer_to_what_is_pointed_at(qtbot, panel):
    view = panel.graph.view
    point, other = view.pixel_of(33), view.pixel_of(0)
    event = QWheelEvent(
        point, view.mapToGlobal(point), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    assert (view.pixel_of(33) - point).manhattanLength() < 1e-6
    assert (view.pixel_of(0) - point).manhattanLength() > 1.5 * (other - point).manhattanLength()
    view.fit()
    assert (view.pixel_of(0) - other).manhattanLength() < 1e-6


# --- the keyboard and what is said ------------------------------------------------------------------


def test_arrow_keys_go_to_the_neighbour_that_lies_there():
    graph = NodeGraph(5, np.array([(0, 1), (0, 2), (0, 3)]))
    places = np.array([(0, 0), (1, 0.2), (0, 1), (-1, 0), (0.2, 0.01)], float)
    assert towards(graph, places, 0, (1, 0)) == 1, "a neighbour goes before a nearer node"
    assert towards(graph, places, 0, (0, 1)) == 2
    assert towards(graph, places, 0, (-1, 0)) == 3
    assert towards(graph, places, 0, (0, -1)) == 0, "nothing lies below"
    assert towards(graph, places, 3, (1, 0)) == 0
    assert towards(graph, places, 1, (-1, 0)) == 0
    assert towards(graph, places, 4, (1, 0)) == 1, "a node without edges is left for the nearest"


def test_by_keyboard_a_node_is_chosen_left_and_seen_nearer(qtbot, panel):
    view = panel.graph.view
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)
    first, second = (space.node for space in panel.asked[-2:])
    assert second in view.content.drawn.graph.neighbours(first)
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.viewpoint.zoom > 1
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.viewpoint.zoom == 1
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert panel.asked[-1].node == -1


def test_a_screen_reader_is_told_of_the_graph_and_of_the_chosen_node(qtbot, panel):
    view = panel.graph.view
    assert view.accessibleDescription().startswith("34 nodes, 78 edges; ")
    click(qtbot, view, 11)
    assert "node 12, predicted " in view.accessibleDescription()
    assert "truth instructor" in view.accessibleDescription()
    assert view.accessibleDescription().endswith("joined to 1")
    assert panel.graph.bar.legend.accessibleName().startswith("instructor, president, learnt from")


def test_the_numbers_of_a_graph_can_be_taken_elsewhere(panel):
    columns = panel.graph.view.columns()
    assert list(columns) == ["node", "x", "y", "label", "instructor", "president"]
    np.testing.assert_allclose(columns["instructor"] + columns["president"], 1, rtol=1e-6)


def test_a_molecule_is_drawn_with_the_letters_of_its_atoms_and_the_answer(show, qtbot):
    panel = show(OutputPanel(), 380, 520)
    panel.show_snapshot(snapshot_of(Molecules(samples=20)))
    assert panel.sample.isVisible()
    assert panel.sample.content.graph is not None
    assert [bar.name for bar in panel.sample.content.answer] == ["no", "yes"]
    image = panel.sample.grab().toImage()
    left = {image.pixelColor(x, y).name() for x in range(0, 200, 2) for y in range(0, image.height(), 2)}
    assert theme.current().muted in left, "carbon"


# --- large graphs -----------------------------------------------------------------------------------


def test_edges_of_a_large_graph_are_as_dense_as_they_are_many():
    graph = NodeGraph(4, np.array([(0, 1), (2, 3), (0, 2)]))
    places = np.array([(5, 10), (95, 10), (50, 2), (50, 48)], float)
    image = many.edges_picture(graph, places, 100, 50, "#ffffff")
    alphas = [image.pixelColor(x, y).alpha() for x, y in ((20, 10), (50, 30), (50, 10), (20, 40))]
    once, also, twice, nothing = alphas
    assert nothing == 0
    assert once == also == round(255 * many.FAINT) or abs(once - 255 * many.FAINT) <= 1
    assert twice > once
    assert many.edges_picture(graph, places * 1000, 100, 50, "#ffffff").size() == image.size()


def test_nodes_of_a_large_graph_are_squares_with_a_frame_where_they_are_learnt_from():
    content = graph_content(snapshot_of(Karate(), epochs=20))
    labels = content.predicted.astype(float)
    labels[0] = 1 - labels[0]
    content = replace(content, drawn=replace(content.drawn, labels=labels))
    places = np.column_stack([10 + 20 * np.arange(34), np.full(34, 15)]).astype(float)
    places[33] = 10_000, 10_000  # out of sight
    colours = content.colours(ColourBy.PREDICTION, theme.DARK)
    image = many.nodes_picture(content, places, 700, 30, 6, colours, theme.DARK)
    for node in range(33):
        at_edge = image.pixelColor(10 + 20 * node - 4, 15 - 4)
        assert (at_edge.name() == theme.DARK.text) == (content.drawn.sides[node] == 0)
    assert image.pixelColor(10, 15).name() == theme.DARK.text, "the wrong one has a mark"
    assert image.pixelColor(30, 15).name() == QColor(int(colours[1])).name()


def test_a_large_graph_is_drawn_pointed_at_and_its_edges_come_when_they_are_ready(show, qtbot, monkeypatch):
    monkeypatch.setattr(many, "MANY", 10)
    panel = show(OutputPanel(), 380, 520)
    panel.show_snapshot(snapshot_of(Karate()))
    view = panel.graph.view
    with qtbot.waitSignal(view._painter.large.ready, timeout=10_000):
        view.grab()
    assert view.node_at(view.pixel_of(20)) == 20
    qtbot.mouseMove(view, QPoint(1, 1))
    qtbot.mouseMove(view, view.pixel_of(20).toPoint())
    assert view.lit == 20
    assert not view.grab().isNull()


def test_arrows_of_a_directed_graph_end_before_its_nodes(show):
    content = graph_content(snapshot_of(Karate()))
    graph = content.drawn.graph
    images = []
    for directed in (False, True):
        view = show(GraphView("Graph"), 300, 300)
        other = NodeGraph(graph.count, graph.edges, directed=directed)
        view.show_content(replace(content, drawn=replace(content.drawn, graph=other)))
        images.append(view.grab().toImage())
    assert images[0] != images[1]


def test_the_tab_key_goes_from_the_graph_to_what_it_is_coloured_by(qtbot, panel):
    view, bar = panel.graph.view, panel.graph.bar
    view.setFocus()
    reached = []
    for _ in range(2):
        go_on(panel, forward=True)
        reached.append(QApplication.focusWidget())
    assert reached == [bar.colour_by, bar.fit]
