"""The tab Trace: a person goes through a step of training number by number, on networks of all kinds."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from playground.analysis.inspections.trace import Tracing
from playground.files import examples
from playground.files.sources import resolve
from widgets.document import Document
from widgets.pages.inside.tabs.trace.sheet_layout import CELL_HEIGHT, CELL_WIDTH
from widgets.pages.inside.tabs.trace.tab import TraceTab
from widgets.preferences import Preferences
from widgets.workspace import Workspace

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def open_trace(qtbot, tmp_path):
    """Opens the tab by itself on an example, and waits for its first trace."""
    opened = []

    def open_tab(name="xor"):
        host = QWidget()
        qtbot.addWidget(host)
        experiment = resolve(name).saved.experiment
        workspace = Workspace(Preferences.unkept(), host, tmp_path / "recovery", Document(experiment))
        tab = TraceTab(Tracing(), workspace, host)
        column = QVBoxLayout(host)
        column.addWidget(tab.head)
        column.addWidget(tab)
        host.resize(1200, 760)
        host.show()
        workspace.link.painted.connect(tab.show_snapshot)
        workspace.link.start()
        opened.append((tab, workspace))
        qtbot.waitUntil(lambda: tab.trace is not None)
        return tab

    yield open_tab
    for tab, workspace in opened:
        tab.end()
        workspace.close()


def stage(tab):
    return tab.trace.stages[tab.strip.current]


def stage_kinds(tab):
    return [each.kind for each in tab.trace.stages]


def press(tab, key):
    tab.take_focus()
    QTest.keyClick(tab.middle.stage.sheet, key)


def test_the_arrows_go_through_the_step_and_its_numbers(open_trace):
    tab = open_trace()
    seen = [stage(tab).kind]
    for _ in range(len(tab.trace.stages)):
        press(tab, Qt.Key.Key_Right)
        seen.append(stage(tab).kind)
    assert seen == [
        "input",
        "forward",
        "forward",
        "loss",
        "slope",
        "backward",
        "backward",
        "update",
        "update",
    ]
    press(tab, Qt.Key.Key_Left)
    assert (stage(tab).kind, stage(tab).layer_id) == (
        "backward",
        tab.trace.ran.network.graph.nodes[0].layer.id,
    )
    press(tab, Qt.Key.Key_Down)
    da = tab.trace.values["da1"][0, 0]
    assert tab.middle.stage.told.text().startswith("da₁[1] = ")
    assert tab.middle.stage.told.text().endswith(f"= {da:.4g}".replace("-", "−"))


def test_an_entry_below_the_pointer_is_written_out_with_its_terms_lit(open_trace, qtbot):
    tab = open_trace()
    tab.strip.choose(1)
    sheet = tab.middle.stage.sheet
    laid = next(each for each in sheet.laid.matrices if each.result and each.name == "z1")
    qtbot.mouseMove(sheet, laid.cell(1, 0).center())
    w, x, b = (tab.trace.values[name] for name in ("W1", "x", "b1"))
    text = tab.middle.stage.told.text()
    assert text.startswith("z₁[2] = ")
    assert text.count("·") == 2
    assert text.endswith(f"= {(w[1] @ x[:, 0] + b[1, 0]):.4g}".replace("-", "−"))


def test_a_chip_and_the_slider_choose_a_stage(open_trace, qtbot):
    tab = open_trace()
    chips = tab.strip.chips
    qtbot.mouseClick(chips, LEFT, pos=chips.rects()[3].center().toPoint())
    assert stage(tab).kind == "loss"
    tab.strip.slider.setValue(1)
    assert stage(tab).kind == "forward"
    assert chips.current == 1


def test_playing_goes_on_by_itself_and_stops_at_the_end(open_trace, qtbot):
    tab = open_trace()
    tab.strip._beat.setInterval(1)
    press(tab, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: stage(tab).kind == "update")
    qtbot.waitUntil(lambda: not tab.strip.play.isChecked())


def test_a_click_on_the_map_and_on_the_list_takes_another_sample(open_trace, qtbot):
    tab = open_trace()
    place, raw = tab.right.place, tab.traced.source.data.train.raw
    there = place.pixels(raw[7:8])[0]
    nearest = int(np.linalg.norm(raw - raw[7], axis=1).argmin())
    qtbot.mouseClick(place, LEFT, pos=QPointF(*there).toPoint())
    assert tab.tracing.sample == nearest
    qtbot.waitUntil(lambda: tab.trace.tracing.sample == nearest)
    np.testing.assert_allclose(tab.trace.values["x"][:, 0], raw[nearest], rtol=1e-6)
    tab.right.samples.setCurrentIndex(tab.right.samples.rows.index(0, 0))
    worst = int(tab.traced.around.judged.order[0])
    qtbot.waitUntil(lambda: tab.trace.tracing.sample == worst)
    assert tab.value.sample == worst


def test_the_next_wrong_sample_is_one_that_is_wrong(open_trace, qtbot):
    tab = open_trace()
    qtbot.mouseClick(tab.left.next_wrong, LEFT)
    qtbot.waitUntil(lambda: tab.trace.tracing.sample == tab.tracing.sample)
    assert tab.traced.around.judged.wrong[tab.tracing.sample]


def test_the_next_batch_and_the_test_side_can_be_looked_at(open_trace, qtbot):
    tab = open_trace()
    tab.left.of.activated.emit(1)
    qtbot.waitUntil(lambda: tab.trace.tracing.of == "batch")
    assert "Mean over the 10 samples" in tab.left.told.text()
    tab.right.side.activated.emit(1)
    qtbot.waitUntil(lambda: tab.trace.tracing.side == "test")
    assert len(tab.traced.around.judged.order) == len(tab.traced.source.data.test.inputs)


def test_wrong_validation_samples_are_gone_through_and_left_when_there_are_none_any_more(open_trace, qtbot):
    tab = open_trace()
    document = tab.workspace.document
    plain = document.experiment
    document.edit(plain.with_(data=plain.data.with_(validation_percent=20)), "Validation")
    qtbot.waitUntil(lambda: tab.right.side.count() == 3)
    tab.right.side.activated.emit(tab.right.side.findText("Validation"))
    qtbot.waitUntil(lambda: tab.trace.tracing.side == "validation")
    assert "no update follows" in tab.left.notes.text()
    assert stage_kinds(tab)[-1] == "backward"
    press(tab, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: tab.trace.tracing == tab.tracing)
    judged = tab.traced.around.judged
    assert judged.wrong[tab.tracing.sample]
    assert tab.trace.row == tab.traced.source.data.validation.rows[tab.tracing.sample]
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: tab.trace.tracing.side == "train")
    assert [tab.right.side.itemText(place) for place in range(2)] == ["Training", "Test"]
    assert stage_kinds(tab)[-1] == "update"


def test_a_click_on_a_unit_shows_what_gives_its_value(open_trace, qtbot):
    tab = open_trace()
    network = tab.left.network
    column = network.columns[1]
    qtbot.mouseClick(network, LEFT, pos=column.rects[2].center().toPoint())
    assert stage(tab).layer_id == column.layer_id
    assert tab.middle.stage.told.text().startswith("a₁[3] = tanh(")


def test_symbols_and_code_take_the_place_of_numbers(open_trace, qtbot):
    tab = open_trace()
    tab.strip.choose(1)
    qtbot.mouseClick(tab.middle.stage.choice.buttons["symbols"], LEFT)
    assert tab.middle.stage.code.toPlainText() == "z₁ = W₁ x + b₁\na₁ = tanh(z₁)"
    qtbot.mouseClick(tab.middle.stage.choice.buttons["code"], LEFT)
    assert tab.middle.stage.code.toPlainText() == "z1 = W1 @ x + b1\na1 = np.tanh(z1)"
    assert tab.value.written == "code"


def test_the_copied_code_runs(open_trace):
    tab = open_trace()
    copied = {}
    for action in tab.left.copy.menu().actions():
        action.trigger()
        copied[action.text()] = QGuiApplication.clipboard().text()
    made = {}
    exec(copied["As NumPy code"], made)
    np.testing.assert_allclose(made["dW1"], tab.trace.values["dW1"], rtol=1e-4)
    assert r"\begin{bmatrix}" in copied["As LaTeX"]
    assert "z₁ = W₁ x + b₁" in copied["As text"]


def test_it_moves_with_training_and_rests_with_it(open_trace, qtbot):
    tab = open_trace()
    link = tab.workspace.link
    link.session.ask(lambda run: run.step_epoch())
    link.session.want()
    qtbot.waitUntil(lambda: tab.trace.step == link.latest.step > 0)
    before = tab.trace
    tab.show_snapshot(link.latest)
    assert not tab.asker._busy
    assert tab.trace is before


def test_a_row_of_the_table_on_the_page_data_is_traced(open_window, qtbot):
    window = open_window()
    qtbot.mouseClick(window.rail.buttons["data"], LEFT)
    page = window.pages.page
    qtbot.waitUntil(lambda: page.panel.table.rows.rowCount() > 5)
    table, sheet = page.panel.table, page.samples.sheet
    row = next(row for row in range(50) if sheet.side[table.rows.sample(row)] == 1)
    table.customContextMenuRequested.emit(table.visualRect(table.rows.index(row, 1)).center())
    menu = QApplication.activePopupWidget()
    next(action for action in menu.actions() if action.text() == "Trace this sample").trigger()
    menu.close()
    tab = window.pages.page.tab
    qtbot.waitUntil(lambda: tab.trace is not None and tab.trace.tracing.side == "test")
    assert tab.trace.row + 1 == sheet.numbers(np.array([table.rows.sample(row)]))[0]
    assert tab.strip.isVisible()


def test_the_sample_that_is_nearest_on_the_map_is_traced(open_window, qtbot):
    window = open_window()
    plane = window.design.output.map
    qtbot.waitUntil(lambda: plane.drawing.content is not None)
    there = plane.drawing.training.places[3]
    plane.point_at(tuple(map(float, there)))
    plane.menu.aboutToShow.emit()
    window.design.tracing.action.trigger()
    tab = window.pages.page.tab
    qtbot.waitUntil(lambda: tab.trace is not None and tab._wished is None)
    qtbot.waitUntil(lambda: np.allclose(tab.trace.values["x"][:, 0], there, atol=1e-5))


def laid_of(tab, name, result=True):
    matrices = tab.middle.stage.sheet.laid.matrices
    return next(each for each in matrices if each.name == name and each.result == result)


def test_any_entry_of_a_large_matrix_is_reached_with_the_keys(open_trace):
    tab = open_trace("digits")
    tab.strip.choose(stage_kinds(tab).index("forward"))
    sheet, z = tab.middle.stage.sheet, tab.trace.values["z2"]
    assert len(z) > 8
    press(tab, Qt.Key.Key_Down)
    QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert tab.middle.stage.told.text().startswith("z₂[9] = ")
    assert laid_of(tab, "z2").first == (8, 0)
    assert laid_of(tab, "W2", result=False).first[0] == 8  # what it is made of comes along
    QTest.keyClick(sheet, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert tab.middle.stage.told.text().startswith("z₂[10] = ")
    for _ in range(len(z)):
        QTest.keyClick(sheet, Qt.Key.Key_PageDown)
    assert tab.middle.stage.told.text().startswith(f"z₂[{len(z)}] = ")
    assert tab.left.network._marked == (tab.trace.ran.network.graph.nodes[1].layer.id, len(z) - 1)
    column = tab.left.network.columns[1]
    assert column.shown.stop == len(z)
    sheet.choose("z2", (0, 0))
    QTest.keyClick(sheet, Qt.Key.Key_PageUp)
    assert laid_of(tab, "z2").first == (0, 0)


def test_a_large_matrix_is_moved_by_its_bar_by_its_cells_and_with_the_wheel(open_trace, qtbot):
    tab = open_trace("digits")
    tab.strip.choose(stage_kinds(tab).index("forward"))
    sheet = tab.middle.stage.sheet
    _, columns = tab.trace.values["W2"].shape

    def weights():
        return laid_of(tab, "W2", result=False)

    _, across = weights().bars()
    qtbot.mousePress(sheet, LEFT, pos=across.center())
    qtbot.mouseMove(sheet, across.topRight())
    qtbot.mouseRelease(sheet, LEFT)
    assert weights().first == (0, columns - weights().shown[1])
    at = weights().rect.center()
    qtbot.mousePress(sheet, LEFT, pos=at)
    qtbot.mouseMove(sheet, at + QPoint(2 * CELL_WIDTH, -3 * CELL_HEIGHT))
    qtbot.mouseRelease(sheet, LEFT)
    assert weights().first == (3, columns - weights().shown[1] - 2)
    turn_wheel(sheet, weights().rect.center(), -120, Qt.KeyboardModifier.ControlModifier)
    turn_wheel(sheet, weights().rect.center(), -120, Qt.KeyboardModifier.ShiftModifier)
    assert weights().first == (4, columns - weights().shown[1] - 1)
    assert weights().sizes[0].startswith("5–12 × ")
    assert not tab.grab().isNull()
    entry = sheet.entry_at(weights().rect.topLeft() + QPoint(5, 5))
    assert entry[1:] == ("W2", weights().first)


def test_any_unit_of_a_large_layer_is_shown_in_the_network(open_trace, qtbot):
    tab = open_trace("digits")
    network, units = tab.left.network, len(tab.trace.values["x"])
    page = len(network.columns[0].rects)
    assert page < units
    above, below = network.columns[0].buttons()
    assert above.isEmpty()
    qtbot.mouseClick(network, LEFT, pos=below.center().toPoint())
    assert network.columns[0].first == page
    turn_wheel(network, network.columns[0].rects[2].center().toPoint(), -120)
    assert network.columns[0].first == page + 1
    QTest.keyClick(network, Qt.Key.Key_PageUp)
    assert network.columns[0].first == 1
    qtbot.mouseClick(network, LEFT, pos=network.columns[0].rects[1].center().toPoint())
    assert tab.middle.stage.told.text().startswith("x[3] = ")
    for _ in range(units):
        QTest.keyClick(network, Qt.Key.Key_PageDown)
    assert network.columns[0].shown.stop == units
    assert network.columns[0].buttons()[1].isEmpty()


def turn_wheel(widget, place, by, keys=Qt.KeyboardModifier.NoModifier):
    where = QPointF(place)
    turned = QPoint(0, by)
    event = QWheelEvent(
        where, QPointF(widget.mapToGlobal(place)), QPoint(), turned, Qt.MouseButton.NoButton, keys,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_a_gradient_that_is_written_out_is_checked_on_a_click(open_window, qtbot):
    window = open_window()
    window.pages.open("inside")
    tab = window.pages.page.open("trace")
    qtbot.waitUntil(lambda: tab.trace is not None)
    tab.strip.choose(stage_kinds(tab).index("backward"))
    panel, number = tab.middle.stage, tab.trace.number(stage(tab).layer_id)
    panel.sheet.choose(f"db{number}", (0, 0))
    assert panel.check.isVisible()
    panel.sheet.choose(f"dW{number}", (0, 1))
    qtbot.mouseClick(panel.check, LEFT)
    check = window.pages.page.tab
    qtbot.waitUntil(lambda: check.picked is not None)
    assert (check.picked.part, check.picked.index) == ("weights", (0, 1))
    assert check.picked.layer_id == tab.trace.ran.network.graph.nodes[-1].layer.id


def test_an_example_opens_at_the_look_that_it_is_about(open_window, qtbot):
    window = open_window()
    by_hand, kinks = (examples.FOLDER / f"{name}.nnplay" for name in ("by_hand", "kinks"))
    window.workspace.filing.open_example(by_hand, "By hand")
    qtbot.waitUntil(lambda: window.pages.front == "inside")
    tab = window.pages.page.tab
    qtbot.waitUntil(lambda: tab.trace is not None and tab.trace.row == 4)
    assert tab.trace.values["x"].ravel().tolist() == [-2, -2]
    window.workspace.filing.open_example(kinks, "Kinks")
    qtbot.waitUntil(lambda: window.pages.page.open_kind == "gradient_check")


@pytest.mark.parametrize("name", ["digits_cnn", "text_gru", "karate_gcn", "autoencoder"])
def test_networks_of_other_kinds_are_shown_stage_by_stage(name, open_trace):
    tab = open_trace(name)
    for number in range(len(tab.trace.stages)):
        tab.strip.choose(number)
        tab.middle.stage.step_entry(1)
        assert not tab.grab().isNull()
        assert tab.middle.stage.told.text()
        in_part = [each.sizes for each in tab.middle.stage.sheet.laid.matrices if each.sizes[0]]
        if name == "text_gru" and number == 2:
            assert in_part[0] == ("8×6", "37×64")


def test_samples_without_probabilities_have_no_column_for_them(open_trace, qtbot):
    tab = open_trace("sine")
    samples = tab.right.samples
    qtbot.waitUntil(lambda: samples.rows.rowCount() > 1)
    assert samples.isColumnHidden(1)
    header = samples.horizontalHeader()
    assert header.sectionSize(0) + header.sectionSize(2) == header.width()
    tab.workspace.document.open(resolve("xor").saved.experiment)
    qtbot.waitUntil(lambda: not samples.isColumnHidden(1))
    assert header.sectionSize(0) < header.width() / 2


def test_a_network_that_cannot_train_says_why(open_trace, qtbot):
    tab = open_trace()
    document = tab.workspace.document
    experiment = document.experiment
    document.edit(experiment.with_(network=experiment.network.with_(layers=())), "Clear")
    qtbot.waitUntil(lambda: "no layers" in tab.left.told.text())
    assert tab.trace is None
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: tab.trace is not None)
    assert tab.left.network.isVisible()


def test_another_experiment_takes_the_place_of_one_that_runs(open_trace, qtbot):
    tab = open_trace("spiral")
    session = tab.workspace.link.session
    session.run()
    qtbot.waitUntil(lambda: tab.trace.step > 0)
    other = resolve("three_classes").saved.experiment
    tab.workspace.document.open(other)
    qtbot.waitUntil(lambda: tab.trace is not None and tab.traced.source.experiment == other)
    session.pause()
    assert len(tab.traced.around.judged.order) == len(tab.traced.source.data.train.inputs)
    assert len(tab.traced.around.plane.outputs) == 3
    assert not tab.grab().isNull()
