"""A person opens a graph of their own: a file of it, or tables of its nodes and edges."""

import networkx as nx
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from widgets.dialogs import questions
from widgets.dialogs.tables.dialog import TableDialog
from widgets.pages.data.sheet import Meaning

LEFT = Qt.MouseButton.LeftButton
NODES = "id,age,club\n" + "".join(
    f"n{number},{number},{'red' if number % 2 else 'blue'}\n" for number in range(12)
)
EDGES = "source,target\n" + "".join(f"n{number},n{(number + 2) % 12}\n" for number in range(12))


@pytest.fixture
def write(tmp_path):
    def write(name, content):
        path = tmp_path / name
        if isinstance(content, nx.Graph):
            nx.write_graphml(content, path)
        else:
            path.write_text(content, encoding="utf-8")
        return path

    return write


def drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    actions, no_modifier = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(window.rect().center(), actions, data, LEFT, no_modifier))
    QApplication.sendEvent(
        window, QDropEvent(QPointF(window.rect().center()), actions, data, LEFT, no_modifier)
    )


def settled(window, qtbot):
    def dialogs():
        return [dialog for dialog in window.findChildren(TableDialog) if dialog.isVisible()]

    qtbot.waitUntil(lambda: len(dialogs()) == 1)  # a drop is answered when it is over
    (dialog,) = dialogs()
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
    return dialog


def learn(window, qtbot, dialog):
    document = window.workspace.document
    before = document.experiment
    qtbot.mouseClick(dialog.ok, LEFT)
    qtbot.waitUntil(lambda: document.experiment != before, timeout=20_000)
    return document.experiment.data.dataset


def test_a_dropped_graph_is_looked_at_learnt_from_and_drawn(window, qtbot, write):
    graph = nx.karate_club_graph()
    del graph.nodes[5]["club"]
    drop(window, write("club.graphml", graph))
    dialog = settled(window, qtbot)
    assert not dialog.edges.isVisible()
    assert "78 edges" in dialog.facts.text()
    assert dialog.plan.targets == ("club",)

    dataset = learn(window, qtbot, dialog)

    assert dataset.are_nodes
    output = window.design.output
    qtbot.waitUntil(lambda: output.graph.view.content is not None, timeout=20_000)
    assert output.graph.view.content.drawn.sides[5] == 3, "a node without a label is drawn too"
    assert output.graph.view.isVisible()
    told = window.design.keys()
    assert "Arrow keys, on the graph" in told
    window.pages.open("data")
    sheet = window.pages.page.samples
    qtbot.waitUntil(lambda: sheet.sheet is not None and sheet.sheet.dataset == dataset, timeout=20_000)
    node = next(column for column in sheet.sheet.columns if column.meaning is Meaning.NAME)
    assert [sheet.sheet.text(row, node) for row in (0, 4, 5)] == ["0", "4", "6"], (
        "the one without a label is left out"
    )
    window.pages.open("design")
    window.workspace.document.undo_stack.undo()
    qtbot.waitUntil(lambda: not output.graph.view.isVisible(), timeout=20_000)


def test_two_dropped_tables_are_the_nodes_and_the_edges(window, qtbot, write):
    drop(window, write("my_edges.csv", EDGES), write("my_nodes.csv", NODES))
    dialog = settled(window, qtbot)
    assert dialog.edges.text() == "my_edges.csv"
    dataset = learn(window, qtbot, dialog)
    assert len(dataset.graph.edges) == 12
    assert [column.name for column in dataset.columns][-1] == "neighbours' age"
    window.pages.open("data")
    source = window.pages.page.source
    assert "nodes of a graph" in source.facts.toolTip().replace("\n", " ")
    qtbot.mouseClick(source.again, LEFT)
    again = settled(window, qtbot)
    assert "12 edges" in again.facts.text(), "they are read again too"
    again.reject()


def test_edges_are_chosen_in_the_dialog_and_wrong_ones_are_told(window, qtbot, write, monkeypatch):
    drop(window, write("nodes.csv", NODES))
    dialog = settled(window, qtbot)
    for name, content in (("wrong.csv", EDGES + "n1,n99\n"), ("right.csv", EDGES)):
        path = write(name, content)
        monkeypatch.setattr(questions, "data_to_open", lambda *_, path=path: path)
        qtbot.mouseClick(dialog.edges, LEFT)
        qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=20_000)
        if name == "wrong.csv":
            assert dialog.problem.text().startswith("row 14, column “target”: the edge has a node 'n99'")
            assert not dialog.ok.isEnabled()
    assert "12 edges" in dialog.facts.text()
    assert learn(window, qtbot, dialog).are_nodes
